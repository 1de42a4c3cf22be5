"""Rough figures in words: 六成, 三分之一, 一半, "two thirds of"; and 2800万 of money with its 元 left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from ingest.figures import FoundFigure
from ingest.numbers import parse_chinese_numeral
from ingest.units import PERCENT, WAN_YUAN, YI_YUAN, Dimension, Unit, unit_named
from qa.verify.multiples import is_multiple
from qa.verify.numberwords import value_of

_TENTHS = re.compile(
    r"(?<![\d一二三四五六七八九十百千完组构分])([一二两三四五六七八九])成([一二三四五六七八九])?(?![立员为功本绩果效份长都效品])"
)
_PART = re.compile(r"(?<![百千万])([二三四五六七八九十])分之([一二三四五六七八九])")
_HALF = re.compile(r"一半|半数")
_ENGLISH = re.compile(
    r"\b(?:(?P<half>half)|(?P<many>an?|one|two|three|four|five|six|seven|eight|nine)[ -]"
    r"(?P<part>third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth)s?)\b",
    re.IGNORECASE,
)
_SHARE_AFTER = re.compile(r"\s+of\b(?!\s+an?\s)")
_SHARE_BEFORE = re.compile(r"\bby\s+(?:[a-z]+\s+){0,2}$")  # fell by more than a third
_PARTS = {
    "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
_SCALE = re.compile(r"\s?([万亿])(?=[，。、；,;！!？?）)\s多余来]|$|的|左右|以上|以下|上下)")
_ENGLISH_SCALE = re.compile(r"\s(thousand|million|billion)\b(?!\s[a-z]+s\b)", re.IGNORECASE)
_MONEY = re.compile(r"预算|支出|经费|收入|资金|费|花|投入|金额|采购|补贴")


def rough_shares(text: str) -> Iterator[FoundFigure]:
    """The shares that a text gives in words, in percent."""
    for match in _TENTHS.finditer(text):
        units = parse_chinese_numeral(match[2]) if match[2] else Decimal(0)
        yield _share(match, parse_chinese_numeral(match[1]) * 10 + units)
    for match in _PART.finditer(text):
        share = parse_chinese_numeral(match[2]) * 100 / parse_chinese_numeral(match[1])
        yield _share(match, share.quantize(Decimal("0.1")))
    for match in _HALF.finditer(text):
        yield _share(match, Decimal(50))
    for match in _ENGLISH.finditer(text):
        if _SHARE_AFTER.match(text, match.end()) or (match["part"] and _SHARE_BEFORE.search(text[: match.start()])):
            yield _share(match, _english_share(match))


def is_rough(text: str, figure: FoundFigure) -> bool:
    """Whether a figure is said in such words (一半, 翻番, "doubled"), and so meant roughly."""
    if figure.unit != PERCENT and not is_multiple(figure):
        return False
    return not re.search(r"[%\d]|百分|per\s?cent", text[figure.start : figure.unit_end])


def _english_share(match: re.Match[str]) -> Decimal:
    if match["half"]:
        return Decimal(50)
    many = Decimal(1) if match["many"].casefold() in ("a", "an") else value_of(match["many"])
    return (many * 100 / _PARTS[match["part"].casefold()]).quantize(Decimal("0.1"))


def with_money(text: str, figure: FoundFigure) -> FoundFigure:
    """2800万 and 1.2亿 in a sentence about money as 万元 and 亿元; other figures as they are."""
    scale = _SCALE.match(text, figure.end) if figure.unit is None else None
    if scale is None or not _MONEY.search(text):
        return figure
    return replace(figure, unit=WAN_YUAN if scale[1] == "万" else YI_YUAN, unit_end=scale.end())


def with_scale(text: str, figure: FoundFigure, money: Unit | None) -> FoundFigure:
    """1.6 million without a currency in an English sentence about money, as the currency of its other figures."""
    scale = _ENGLISH_SCALE.match(text, figure.end) if figure.unit is None and money is not None else None
    if scale is None or money is None:
        return figure
    currency = "yuan" if money.dimension is Dimension.CNY else "dollars"
    return replace(figure, unit=unit_named(f"{scale[1].casefold()} {currency}"), unit_end=scale.end())


def _share(match: re.Match[str], value: Decimal) -> FoundFigure:
    return FoundFigure(match.start(), match.end(), match.end(), value, PERCENT, numeral=True)
