"""The words that qualify a claimed figure: hedges, opinion, phase and direction; the patterns are data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from qa.question import Language


class Hedge(StrEnum):
    """What a claim leaves open about its figure."""

    NONE = "none"
    ABOUT = "about"
    NEARLY = "nearly"
    OVER = "over"
    UNDER = "under"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True, slots=True)
class Wording:
    """The patterns of one language."""

    before: tuple[tuple[Hedge, re.Pattern[str]], ...]
    after: tuple[tuple[Hedge, re.Pattern[str]], ...]
    opinion: re.Pattern[str]
    actual: re.Pattern[str]
    budget: re.Pattern[str]
    fall: re.Pattern[str]
    rise: re.Pattern[str]


@cache
def wording(language: Language) -> Wording:
    """The patterns of a language, read once."""
    rows = [
        line.split("\t")
        for line in (Path(__file__).parent / "wording.tsv").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    found = {kind: pattern for kind, tongue, pattern in rows if tongue == language.value}

    def compiled(kind: str, form: str = "{}") -> re.Pattern[str]:
        return re.compile(form.format(f"(?:{found.get(kind, '(?!)')})"), re.IGNORECASE)

    return Wording(
        tuple((h, compiled(h.value, r"{}\s*$")) for h in Hedge if h.value in found),
        tuple((h, compiled(f"{h.value}_after", r"^\s*{}")) for h in Hedge if f"{h.value}_after" in found),
        compiled("opinion"),
        compiled("actual"),
        compiled("budget"),
        compiled("fall"),
        compiled("rise"),
    )
