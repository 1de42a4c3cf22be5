"""Names by their sound: a slip of the input method writes another character that is spoken alike (谱及 for 普及)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from qa.keys import CJK
from qa.romanise import romanise

SHORTEST, LONGEST = 3, 12  # characters; of two, one wrong leaves too little to go by
WRONG_SHARE = 3  # at most one character in so many may be wrong


class Sounds:
    """The names of a vocabulary by the sound of their characters, tones aside."""

    def __init__(self, names: Iterable[str]) -> None:
        found: dict[str, list[str]] = defaultdict(list)
        for name in names:
            if SHORTEST <= len(name) <= LONGEST and all(CJK.match(c) for c in name):
                found[_sound(name)].append(name)
        self._names: Mapping[str, list[str]] = found

    def misspelt(self, text: str) -> Iterator[tuple[int, int, str]]:
        """The stretches of a text that sound like a name and are written otherwise, with that name; longest first."""
        for length in range(min(LONGEST, len(text)), SHORTEST - 1, -1):
            for start in range(len(text) - length + 1):
                said = text[start : start + length]
                if all(CJK.match(c) for c in said):
                    name = next((n for n in self._names.get(_sound(said), ()) if _is_slip(said, n)), None)
                    if name is not None:
                        yield start, start + length, name


def _sound(text: str) -> str:
    return " ".join(romanise(c) for c in text)


def _is_slip(said: str, name: str) -> bool:
    wrong = sum(a != b for a, b in zip(said, name, strict=True))
    return 0 < wrong <= len(name) // WRONG_SHARE
