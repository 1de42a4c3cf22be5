"""Figures that differ as a slip of the pen makes them differ."""

from __future__ import annotations

from decimal import Decimal

_CLOSE = Decimal("0.005")
_LEAST_DIGITS = 4


def is_slip(printed: Decimal, meant: Decimal) -> bool:
    """Whether one figure looks like a slip of the other: a digit changed, two exchanged, or half a percent off.

    Figures of fewer than four digits are alike by chance, and are never called slips.
    """
    if not _comparable(printed, meant):
        return False
    return abs(printed - meant) <= _CLOSE * meant or is_digit_slip(printed, meant)


def is_digit_slip(printed: Decimal, meant: Decimal) -> bool:
    """Whether one figure is the other with one digit changed or two neighbours exchanged."""
    one, other = _digits(printed), _digits(meant)
    if not _comparable(printed, meant) or len(one) != len(other):
        return False
    unlike = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    exchanged = len(unlike) == 2 and unlike[1] == unlike[0] + 1 and one[unlike[0]] == other[unlike[1]]
    return len(unlike) == 1 or (exchanged and one[unlike[1]] == other[unlike[0]])


def _comparable(printed: Decimal, meant: Decimal) -> bool:
    if printed == meant or printed <= 0 or meant <= 0:
        return False
    return min(len(_digits(printed)), len(_digits(meant))) >= _LEAST_DIGITS


def _digits(value: Decimal) -> str:
    """The digits of a figure at two decimals, without the point."""
    return f"{value:.2f}".replace(".", "").lstrip("0")
