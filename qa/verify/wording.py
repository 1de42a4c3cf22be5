"""The words that qualify a claimed figure: hedges, opinion, phase, direction and what is claimed; patterns are data."""

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
    MANIFOLD = "manifold"


@dataclass(frozen=True, slots=True)
class Wording:
    """The patterns of one language; `origin`, `target` and `base` stand directly before a figure or a year."""

    before: tuple[tuple[Hedge, re.Pattern[str]], ...]
    after: tuple[tuple[Hedge, re.Pattern[str]], ...]
    opinion: re.Pattern[str]
    actual: re.Pattern[str]
    budget: re.Pattern[str]
    fall: re.Pattern[str]
    rise: re.Pattern[str]
    share: re.Pattern[str]
    completion: re.Pattern[str]
    superlative: re.Pattern[str]
    respectively: re.Pattern[str]
    origin: re.Pattern[str]
    target: re.Pattern[str]
    level: re.Pattern[str]
    base: re.Pattern[str]
    last_year: re.Pattern[str]
    revenue: re.Pattern[str]
    total: re.Pattern[str]
    fluff: re.Pattern[str]
    part: re.Pattern[str]
    every: re.Pattern[str]
    negated: re.Pattern[str]
    level_with: re.Pattern[str]
    of_base: re.Pattern[str]
    per: re.Pattern[str]


_NAME = re.compile(r"\b[A-Z]\w+")


def moves(language: Language, text: str) -> int:
    """1 where a text speaks of a rise, -1 of a fall, 0 of neither or both; an English name (Falls) speaks of none."""
    words = wording(language)
    plain = _NAME.sub("", text) if language is Language.EN else text
    return bool(words.rise.search(plain)) - bool(words.fall.search(plain))


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

    edge = r"\b" if language is Language.EN else ""
    return Wording(
        before=tuple((h, compiled(h.value, edge + r"{}\s*$")) for h in Hedge if h.value in found),
        after=tuple((h, compiled(f"{h.value}_after", r"^\s*{}")) for h in Hedge if f"{h.value}_after" in found),
        opinion=compiled("opinion"),
        actual=compiled("actual"),
        budget=compiled("budget"),
        fall=compiled("fall"),
        rise=compiled("rise"),
        share=compiled("share"),
        completion=compiled("completion"),
        superlative=compiled("superlative"),
        respectively=compiled("respectively"),
        origin=compiled("from"),
        target=compiled("to"),
        level=compiled("level"),
        base=compiled("base"),
        last_year=compiled("last_year"),
        revenue=compiled("revenue"),
        total=compiled("total"),
        fluff=compiled("fluff", edge + "{}" + edge),
        part=compiled("part"),
        every=compiled("every"),
        negated=compiled("negated"),
        level_with=compiled("level_with"),
        of_base=compiled("of_base"),
        per=compiled("per"),
    )
