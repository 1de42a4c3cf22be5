"""Figures in English words: "twelve vehicles", "half a million yuan", "eleven percent", "two dozen projects"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ingest.figures import FoundFigure
from ingest.units import DOLLAR, PERCENT, YUAN, Dimension, Unit, shortest, unit_named

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = {
    word: 10 * (n + 2)
    for n, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"])
}
_SMALL = {word: n for n, word in enumerate(_ONES)} | _TENS | {"dozen": 12}
_LARGE = {"thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}
_WORD = "|".join((*_SMALL, *_LARGE, "hundred"))
# "million" alone begins no number: it may be the scale of digits before it.
_FIRST = rf"{'|'.join(_SMALL)}|(?<=a\s)(?:{'|'.join(_LARGE)}|hundred)"
_RUN = rf"(?:(?:a|an)\s+(?=hundred|thousand|million|billion|dozen))?(?:{_FIRST})(?:(?:\s+and\s+|[\s-]+)(?:{_WORD}))*"
_SCALE = "hundred|thousand|million|billion|dozen"
_NUMBER = re.compile(
    rf"(?<![\w.-])(?:(?P<part>half|a\s+quarter|three\s+quarters)\s+(?:of\s+)?an?\s+(?P<of>{_SCALE})"
    rf"|(?P<run>{_RUN})(?P<half>\s+and\s+a\s+half(?:\s+(?P<more>{_SCALE}))?)?)(?![\w-])",
    re.IGNORECASE,
)
_UNIT = re.compile(r"\s+(?:(?P<percent>percent|per\s+cent)|(?P<money>yuan|rmb|dollars))\b", re.IGNORECASE)
# A bare number counts the noun behind it, which may have an adjective or two before it.
_COUNTED = re.compile(r"\s+(?:of\s+(?:them|these|those|which)\b|(?:[a-z]+[\s-]){0,2}(?:[a-z]{2,}s|people|staff)\b)")
_NOT_COUNTED = re.compile(
    r"\s+(?:publics?\b|thirds?\b|fifths?\b|quarters?\b|tenths?\b|(?:[a-z]+\s)?(?:years?|months?|weeks?|days?|hours?|times)\b"
    r"|(?:was|is|has|does|vs|versus)\b|of\s+(?:the|its|our)\b)"
)
_PARTS = {"half": Decimal("0.5"), "a quarter": Decimal("0.25"), "three quarters": Decimal("0.75")}
_LEAST_MONEY = 1000
_LEAST_COUNT = 2  # "one car" is an article more often than a count


def number_words(text: str, money: Unit | None = None) -> Iterator[FoundFigure]:
    """The figures that a text gives in English words, with percent, money, or the plural of what they count.

    `money` is the unit that a large one without a unit of its own is in: from 4.2 million yuan to half a million.
    """
    for match in _NUMBER.finditer(text):
        value = _value(match)
        unit, end = _unit_after(text, match.end())
        if unit is None and money is not None and value >= _LEAST_MONEY and not _counts(text, end, value):
            unit = YUAN if money.dimension is Dimension.CNY else DOLLAR
        if unit is not None and unit.is_money:
            value, unit = _in_scale(value, unit, match[0])
        if unit is not None or _counts(text, match.end(), value):
            yield FoundFigure(match.start(), match.end(), end, value, unit, numeral=True)


def _in_scale(value: Decimal, unit: Unit, words: str) -> tuple[Decimal, Unit]:
    """Two million yuan as 2 of a million: a figure in words is as precise as its scale, like one in digits."""
    scale = words.split()[-1].casefold()
    scaled = unit_named(f"{scale} {unit.symbol if unit.symbol != '元' else 'yuan'}") if scale in _LARGE else None
    return (shortest(value / _LARGE[scale]), scaled) if scaled is not None else (value, unit)


def _value(match: re.Match[str]) -> Decimal:
    if match["part"]:
        scale = value_of(match["of"])
        return _PARTS[" ".join(match["part"].casefold().split())] * scale
    value = value_of(match["run"])
    if match["half"] is None:
        return value
    last = match["run"].casefold().split()[-1]
    if match["more"]:  # two and a half million
        return (value + Decimal("0.5")) * value_of(match["more"])
    return value + value_of(last) / 2 if last in _SCALE.split("|") else value + Decimal("0.5")


def value_of(words: str) -> Decimal:
    """The number that a run of number words says: "two hundred and five thousand" is 205000."""
    total = section = 0
    for word in re.findall(r"[a-z]+", words.casefold()):
        if word in _LARGE:
            total += (section or 1) * _LARGE[word]
            section = 0
        elif word in ("hundred", "dozen"):
            section = (section or 1) * (100 if word == "hundred" else _SMALL["dozen"])
        elif word in _SMALL:
            section += _SMALL[word]
    return Decimal(sum((total, section)))


def _unit_after(text: str, end: int) -> tuple[Unit | None, int]:
    match = _UNIT.match(text, end)
    if match is None:
        return None, end
    return (PERCENT if match["percent"] else unit_named(match["money"])), match.end()


def _counts(text: str, end: int, value: Decimal) -> bool:
    return value >= _LEAST_COUNT and bool(_COUNTED.match(text, end)) and not _NOT_COUNTED.match(text, end)
