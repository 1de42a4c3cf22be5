"""A question prepared for planning: what it names, its words outside these names, its place and time, its intents."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.intent import Cue, Masked, pattern, says
from qa.question import Language, Linked
from qa.scope import Setting
from qa.slot import Slot

YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Ask:
    """A question prepared for planning."""

    linked: Linked
    slots: tuple[Slot, ...]
    masked: Masked
    setting: Setting
    cues: tuple[Cue, ...]

    @property
    def text(self) -> str:
        return self.linked.question.text

    @property
    def language(self) -> Language:
        return self.linked.question.language

    def says(self, what: str, region: tuple[int, int] | None = None) -> bool:
        """Whether the words outside mentions (of a region) hold a word of the named kind."""
        return says(what, self._open(region), self.language)

    def _open(self, region: tuple[int, int] | None) -> str:
        if region is None:
            return self.masked.text
        pairs = zip(self.masked.text, self.masked.origins, strict=True)
        return "".join(c for c, at in pairs if region[0] <= at < region[1])

    @property
    def base_year(self) -> int | None:
        """The year that the question compares with ("比2018年", "than in 2018"), if it names one."""
        match = pattern("base_year", self.language).search(self.masked.text)
        return int(YEAR.findall(match.group())[-1]) if match else None

    def pieces(self, what: str, region: tuple[int, int] | None = None) -> tuple[tuple[int, int], ...]:
        """The question (or a region of it) cut at separators of the named kind outside mentions."""
        low, high = region or (0, len(self.text))
        cuts = [low]
        for match in pattern(what, self.language).finditer(self.masked.text):
            start, end = self.masked.region(match.start(), match.end())
            if low < start and min(end, len(self.text)) < high:
                cuts += [start, end]
        cuts.append(min(high, len(self.text)))
        return tuple(zip(cuts[::2], cuts[1::2], strict=True))
