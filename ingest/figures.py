"""Figures inside running text: where they stand, their exact value, and the unit printed beside them.

The digits themselves are parsed by `ingest.numbers`; this module only finds them and reads the unit next to them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.errors import NotAFigure
from ingest.numbers import parse_chinese_numeral, parse_figure
from ingest.units import PERCENT, Dimension, Unit, unit_named


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """A figure at [start, end) of a text; its unit, where one is printed, runs on to `unit_end`.

    `unit` is None for a bare number. `numeral` says that it is written in Chinese numerals, `threshold` that it
    limits the thing named after it (单价50万元以上的设备) and is no amount of its own.
    """

    start: int
    end: int
    unit_end: int
    value: Decimal
    unit: Unit | None
    numeral: bool = False
    threshold: bool = False


# Full-width forms one for one, so that positions stay those of the text. The full-width comma is a clause mark and
# only separates thousands between full-width digits.
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if code != 0xFF0C} | {0x3000: 0x20, 0x2212: 0x2D}
_WIDE_COMMA = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")

_MONEY = r"百万元|千万元|亿元|億元|万元|萬元|千元|亿美元|万美元|美元|元"
_COUNTS = (
    r"台\s?[(/]\s?套\s?\)?|套\s?[(/]\s?台\s?\)?|批次|人次|家次|户次|人份|场次|件次|平方米|平方公里|立方米|公里|千米|公顷|公斤|小时"
    r"|㎡|辆|艘|架|台|套|件|家|户|项|名(?![称义])|人(?![员民均才])|位|批(?![复准])|场|次|米|亩|吨|层|处(?![置理])|间|栋|幢|座"
    r"|所(?![有属需])|门|种|册|份|篇|块|条(?![例件])|期|分(?![之别公])|天|倍|株|头|箱|支(?![出付])|枚|张|幅|部(?![门分级])"
    r"|个(?!月|百分点|年|多|工作日)"
)
_POINTS = r"个百分点|percentage\s+points?"
_PERCENT = r"%|percent\b|per\s+cent\b"
_ENGLISH_MONEY = r"(?:(?:thousand|million|billion)\s+)?(?:dollars|yuan|rmb)\b"
_UNIT = re.compile(
    rf"[^\S\n]?(?:(?P<points>{_POINTS})|(?P<percent>{_PERCENT})|(?P<money>{_MONEY})|(?P<count>[万亿千百]?(?:{_COUNTS}))"
    rf"|(?P<english>{_ENGLISH_MONEY})|(?P<scale>thousand|million|billion|[KMB])\b)",
    re.IGNORECASE,
)
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_FIGURE = re.compile(
    r"(?<![\dA-Za-z.\[【〔第/_#])(?P<sign>-)?(?P<currency>US\$|[$¥]|RMB\s?)?"
    rf"(?P<open>\()?(?P<digits>{_NUMBER})(?P<close>\))?"
)
_NUMERAL = re.compile(
    r"百分之([零〇一二两三四五六七八九十百点]{1,12})"
    rf"|(?<!第)([一二两三四五六七八九十][一二两三四五六七八九十百千万亿]{{0,15}})(?={_MONEY}|倍|家|辆|名)"
)
_NOT_A_FIGURE = re.compile(r"\s?(?:年|月|日|号|时\d|[-/]\d|、\s?[一-鿿]|[\]】〕])")
_DURATION = re.compile(r"[^\S\n]?(?P<unit>年(?![度初末底代])|个月)")
_TERM_BEFORE = re.compile(
    r"(?:年限|期限|工期|周期|寿命|[质保修租赁]期)(?:一般|均|约|暂定|不少于|不低于|不超过)?(?:为|是|约|：|:)?\s?$"
)
_LONGEST_TERM = 3  # digits: longer ones are a year
# 38万 after words of money is an amount, though the publisher left 元 out.
_SHORT_MONEY = re.compile(r"[^\S\n]?(?P<scale>[万亿])(?=[\s，。；、,;)）]|$)")
_MONEY_BEFORE = re.compile(r"(?:费用?|经费|支出|收入|预算|决算|资金|拨款|金额)[^，。；、\d]{0,6}$")
_THRESHOLD = re.compile(r"\s?(?:[(]含[^)]*[)])?\s?(?:及|或)?(?:以上|以下|以内|\(含\))")
_SCALES = {"k": "thousand", "m": "million", "b": "billion"}


def find_figures(text: str) -> tuple[FoundFigure, ...]:
    """The figures of a text in reading order; years, dates, list numbers and document numbers are left out.

    Thousands separators, full-width forms, signs, $ and ¥ are understood; Chinese numerals only before a unit and in
    百分之…. A bare number is returned with unit None.
    """
    folded = _WIDE_COMMA.sub(",", text).translate(_FOLD)
    found = [figure for match in _FIGURE.finditer(folded) if (figure := _read_digits(folded, match)) is not None]
    found += [figure for match in _NUMERAL.finditer(folded) if (figure := _read_numeral(folded, match)) is not None]
    return tuple(_as_printed(text, figure) for figure in sorted(found, key=lambda figure: figure.start))


def read_count(text: str) -> FoundFigure | None:
    """The count that is all of a text ("26台"); None for money, bare figures and other texts."""
    found = find_figures(text.strip())
    if len(found) != 1 or found[0].start > 0 or found[0].unit_end < len(text.strip()):
        return None
    return found[0] if found[0].unit is not None and not found[0].unit.is_money else None


def _as_printed(text: str, figure: FoundFigure) -> FoundFigure:
    """The figure with its counting unit in the text's own characters (台（套）, not 台(套))."""
    if figure.unit is None or figure.unit.dimension is not Dimension.COUNT:
        return figure
    return replace(figure, unit=unit_named(text[figure.end : figure.unit_end]))


def _read_digits(text: str, match: re.Match[str]) -> FoundFigure | None:
    digits, currency = match["digits"], (match["currency"] or "").strip()
    negative = match["sign"] is not None and not _joins(text, match.start())
    bracketed = bool(match["open"] and match["close"] and currency)
    start = match.start("currency") if currency else match.start("digits")
    start = match.start("sign") if negative else start
    end = match.end("close") if bracketed else match.end("digits")
    if match["open"] and not bracketed and currency:
        return None
    unit, unit_end = _unit_after(text, end, currency)
    if unit is None and len(digits) <= _LONGEST_TERM:
        unit, unit_end = _term_after(text, start, end)
    if unit is None:
        unit, unit_end = _money_after(text, start, end)
    if unit is None and (_NOT_A_FIGURE.match(text, end) or _is_list_number(text, match.start("digits"), end)):
        return None
    try:
        value = parse_figure(digits)
    except NotAFigure:  # digits of another script
        return None
    value = -value if (negative or bracketed) and value else value
    return FoundFigure(start, end, unit_end, value, unit, threshold=_THRESHOLD.match(text, unit_end) is not None)


def _read_numeral(text: str, match: re.Match[str]) -> FoundFigure | None:
    start = match.start()
    try:
        if match[1] is not None:
            return FoundFigure(start, match.end(), match.end(), _spoken(match[1]), PERCENT, numeral=True)
        value = parse_chinese_numeral(match[2])
    except NotAFigure:
        return None
    if start and text[start - 1].isdigit():
        return None
    unit, unit_end = _unit_after(text, match.end(), "")
    if unit is None:
        return None
    return FoundFigure(start, match.end(), unit_end, value, unit, numeral=True)


def _spoken(numeral: str) -> Decimal:
    """十二点五 as 12.5; raises `NotAFigure`."""
    whole, point, decimals = numeral.partition("点")
    value = parse_chinese_numeral(whole)
    if not point:
        return value
    digits = [parse_chinese_numeral(digit) for digit in decimals]
    if not digits or any(digit > 9 for digit in digits):
        raise NotAFigure(f"not a spoken decimal: {numeral!r}")
    return Decimal(f"{value}." + "".join(str(digit) for digit in digits))


def _unit_after(text: str, end: int, currency: str) -> tuple[Unit | None, int]:
    """The unit printed after a number that ends at `end`, with the currency sign before it taken into account."""
    match = _UNIT.match(text, end)
    money = "yuan" if currency in ("¥", "RMB") else "dollars"
    if match is None:
        return unit_named(money) if currency else None, end
    if currency and not (match["scale"] or match["english"] or match["money"]):
        return unit_named(money), end
    if match["scale"] is not None:
        if not currency:
            return None, end
        scale = _SCALES.get(match["scale"].casefold(), match["scale"].casefold())
        return unit_named(f"{scale} {money}"), match.end()
    if match["percent"] is not None:
        return PERCENT, match.end()
    return unit_named(match.group().strip()), match.end()


def _term_after(text: str, start: int, end: int) -> tuple[Unit | None, int]:
    """The years or months of a term that is named before them: 设计使用年限为50年; any other 年 tells a date."""
    match = _DURATION.match(text, end) if _TERM_BEFORE.search(text[max(0, start - 12) : start]) else None
    return (unit_named(match["unit"]), match.end()) if match is not None else (None, end)


def _money_after(text: str, start: int, end: int) -> tuple[Unit | None, int]:
    """万 or 亿 as 万元 or 亿元 where the words before the number speak of money."""
    match = _SHORT_MONEY.match(text, end) if _MONEY_BEFORE.search(text[max(0, start - 20) : start]) else None
    return (unit_named(f"{match['scale']}元"), match.end()) if match is not None else (None, end)


def _joins(text: str, start: int) -> bool:
    """Whether the dash at `start` joins two numbers or words and is no minus sign."""
    return start > 0 and (text[start - 1].isalnum() and text[start - 1].isascii())


def _is_list_number(text: str, start: int, end: int) -> bool:
    """1. or （1） at the beginning of a text or sentence."""
    before, after = text[:start].rstrip(), text[end : end + 1]
    opened = not before or before[-1] in "。;:(\n"
    return opened and (after in (".", "、", ")") and after != "")
