"""The one number parser: printed figures and Chinese numerals to Decimal, exactly."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ingest.errors import NotAFigure


class CellState(StrEnum):
    """What stands in a cell. Blank, nil (a dash) and a printed zero are different things and stay so."""

    FIGURE = "figure"
    BLANK = "blank"
    NIL = "nil"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class CellValue:
    """The reading of one cell: its state, and the exact value (with its printed decimals) where it is a figure."""

    state: CellState
    value: Decimal | None = None


_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+"
_FIGURE = re.compile(rf"^(?P<open>\()?(?P<sign>[-+])?(?:[¥$]|US\$)?(?P<digits>{_NUMBER})(?P<percent>%)?(?P<close>\))?$")
_TWO_FIGURES = re.compile(r"^\d+(?:\.\d+)?\s+\d{1,3}(?:\.\d+)?%$")  # points over a rate in one cell: 10 97.54%
_DASHES = frozenset("-—–－―─ー一")
_MINUS = str.maketrans({"−": "-", "－": "-", "﹣": "-", "–": "-", "，": ",", "（": "(", "）": ")", "．": "."})


def fold_width(text: str) -> str:
    """Full-width digits, letters and punctuation as half-width (NFKC), minus signs as '-'."""
    return unicodedata.normalize("NFKC", text.translate(_MINUS)).translate(_MINUS)


def parse_figure(text: str) -> Decimal:
    """The exact value of one printed figure; thousands separators, brackets for negatives, a trailing % allowed.

    Trailing zeros are kept, since they say to which digit the publisher printed. Raises `NotAFigure`.
    """
    folded = fold_width(text)
    compact = re.sub(r"\s+", "", folded)
    match = None if _TWO_FIGURES.match(folded.strip()) else _FIGURE.match(compact)
    if match is None or bool(match["open"]) != bool(match["close"]) or (not compact.isascii() and "¥" not in compact):
        raise NotAFigure(f"not a figure: {text[:40]!r}")
    value = Decimal(match["digits"].replace(",", ""))
    negative = bool(match["open"]) != (match["sign"] == "-")
    return -value if negative and value else value


def read_cell(text: str) -> CellValue:
    """What a table cell holds: a figure, a blank, a dash for nothing, or text."""
    stripped = text.strip()
    if not stripped:
        return CellValue(CellState.BLANK)
    if set(re.sub(r"\s+", "", stripped)) <= _DASHES:
        return CellValue(CellState.NIL)
    try:
        return CellValue(CellState.FIGURE, parse_figure(stripped))
    except NotAFigure:
        return CellValue(CellState.TEXT)


def printed_decimals(value: Decimal) -> int:
    """How many digits stand behind the point as printed: 2 for 10.50, 0 for 7."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2, "廿": 20}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
CHINESE_NUMERAL = re.compile(r"[零〇一二两兩三四五六七八九十百千万萬亿億]+")


def parse_chinese_numeral(text: str) -> Decimal:
    """The value of a Chinese numeral: 一百万 is 1000000, 三千零五 is 3005, 二〇二四 is 2024. Raises `NotAFigure`."""
    if not text or not CHINESE_NUMERAL.fullmatch(text):
        raise NotAFigure(f"not a Chinese numeral: {text[:40]!r}")
    if all(c in _DIGITS for c in text):
        return Decimal("".join(str(_DIGITS[c]) for c in text))
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _SMALL:
            section += (digit or 1) * _SMALL[char]
            digit = 0
        elif _LARGE[char] == 10_000:
            total += (section + digit or 1) * 10_000
            section = digit = 0
        else:
            total = (total + section + digit or 1) * 100_000_000
            section = digit = 0
    return Decimal(total + section + digit)
