"""Multiples: 翻一番, 翻番, 成倍, 是上年的5.7倍, "doubled", "three times as much"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.figures import FoundFigure
from ingest.numbers import parse_chinese_numeral, parse_figure
from ingest.units import Dimension, Unit
from qa.verify.numberwords import value_of

TIMES = Unit("倍", Dimension.COUNT)
_HEDGE = r"(?:近|将近|接近|约|不止|超过|不到)?"
_FOLDS = re.compile(rf"(?<=翻)(?:了|上了?|过)?{_HEDGE}(?P<folds>[一两二三四])番")
_PLAIN = re.compile(r"翻番|翻倍|成倍(?=增|上|提|扩|地)")
_MANY = "成倍"
_ENGLISH = re.compile(
    r"\b(?:(?P<two>doubl(?:ed|es|ing)|twofold|twice)|(?P<three>tripl(?:ed|es|ing)|trebl(?:ed|es|ing)|threefold)"
    r"|(?P<four>quadrupl(?:ed|es|ing)|fourfold)|(?P<five>quintupl(?:ed|es|ing)|fivefold)"
    r"|(?P<half>halv(?:ed|es|ing)|cut (?:\w+ ){0,4}?(?:in|by) half|(?:fell|dropped|shrank|down|reduced) by half))\b"
)
_ENGLISH_TIMES = re.compile(
    r"(?<![\w.])(?P<n>\d{1,6}(?:\.\d{1,4})?|two|three|four|five|six|seven|eight|nine|ten)\s+times\b"
    r"(?=\s+(?:as|that|what|the|its|their|last|more|higher|larger|bigger|greater|over)\b)",
    re.IGNORECASE,
)
_VALUES = {"two": Decimal(2), "three": Decimal(3), "four": Decimal(4), "five": Decimal(5), "half": Decimal("0.5")}
# 增长5.7倍 is 6.7 times as much; 增长到5.7倍 and 是…的5.7倍 are 5.7 times.
_MORE_BY = re.compile(
    r"(?:增长|增加|增|上升|提高|上涨|涨|多|高|大|升)(?:出|了|幅|达|约|近|超过|超|逾|将近|接近|不止|高达)*$"
)


def multiples(text: str, found: Sequence[FoundFigure]) -> Iterator[FoundFigure]:
    """The multiples that a text gives in words, and those of the found figures that are said with "times"."""
    for match in _FOLDS.finditer(text):
        start = match.start("folds")
        yield _multiple(start, match.end(), Decimal(2) ** int(parse_chinese_numeral(match["folds"])))
    for match in _PLAIN.finditer(text):
        yield _multiple(match.start(), match.end(), Decimal(2))
    for match in _ENGLISH.finditer(text):
        yield _multiple(match.start(), match.end(), _VALUES[match.lastgroup or "two"])
    digits = {f.start: f for f in found}
    for match in _ENGLISH_TIMES.finditer(text):
        bare = digits.get(match.start())
        value = bare.value if bare else parse_figure(match["n"]) if match["n"][0].isdigit() else value_of(match["n"])
        yield _multiple(match.start(), match.end(), value)


def is_multiple(figure: FoundFigure) -> bool:
    """Whether a figure says how many times as large something is."""
    return figure.unit is not None and figure.unit.symbol == TIMES.symbol


def is_manifold(text: str, figure: FoundFigure) -> bool:
    """Whether a multiple only says that it is at least twofold: 成倍增长."""
    return text[figure.start : figure.end] == _MANY


def is_increase(before: str, figure: FoundFigure) -> bool:
    """Whether a multiple is what came on top (增长16倍) and not the whole (是上年的16倍, 翻了一番, doubled)."""
    return figure.unit_end > figure.end and _MORE_BY.search(before) is not None


def _multiple(start: int, end: int, value: Decimal) -> FoundFigure:
    return FoundFigure(start, end, end, value, TIMES, numeral=True)


def with_multiples(text: str, found: Sequence[FoundFigure]) -> list[FoundFigure]:
    """The figures of a text with its multiples among them, each stretch of the text read once."""
    more = list(multiples(text, found))
    kept = [f for f in found if not any(m.start < f.unit_end and f.start < m.unit_end for m in more)]
    return sorted([*(replace(f, unit=TIMES) if is_multiple(f) else f for f in kept), *more], key=lambda f: f.start)
