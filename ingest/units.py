"""Units of money and of counting, and exact quantities that carry one.

One type, `Quantity`, holds every figure of the project. Arithmetic between different units raises
`UnitMismatch`; conversion is explicit (`to`) and exact, and only between units of one currency.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ingest.errors import UnitMismatch
from ingest.numbers import fold_width


class Dimension(StrEnum):
    """What a unit measures; only units of one money dimension convert into one another."""

    CNY = "CNY"
    USD = "USD"
    PERCENT = "percent"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it is printed (`symbol`), what it measures, and how many base units one is (`scale`)."""

    symbol: str
    dimension: Dimension
    scale: Decimal = Decimal(1)

    @property
    def is_money(self) -> bool:
        return self.dimension in (Dimension.CNY, Dimension.USD)

    def __str__(self) -> str:
        return self.symbol


YUAN = Unit("元", Dimension.CNY)
THOUSAND_YUAN = Unit("千元", Dimension.CNY, Decimal(1000))
WAN_YUAN = Unit("万元", Dimension.CNY, Decimal(10_000))
MILLION_YUAN = Unit("百万元", Dimension.CNY, Decimal(1_000_000))
YI_YUAN = Unit("亿元", Dimension.CNY, Decimal(100_000_000))
BILLION_YUAN = Unit("十亿元", Dimension.CNY, Decimal(1_000_000_000))
DOLLAR = Unit("dollars", Dimension.USD)
THOUSAND_DOLLARS = Unit("thousand dollars", Dimension.USD, Decimal(1000))
MILLION_DOLLARS = Unit("million dollars", Dimension.USD, Decimal(1_000_000))
BILLION_DOLLARS = Unit("billion dollars", Dimension.USD, Decimal(1_000_000_000))
PERCENT = Unit("%", Dimension.PERCENT)

_MONEY_NAMES = {
    "元": YUAN, "人民币元": YUAN, "圆": YUAN, "rmb": YUAN, "yuan": YUAN, "cny": YUAN,
    "千元": THOUSAND_YUAN, "thousandyuan": THOUSAND_YUAN,
    "万元": WAN_YUAN, "人民币万元": WAN_YUAN, "萬元": WAN_YUAN, "10thousandyuan": WAN_YUAN, "tenthousandyuan": WAN_YUAN,
    "百万元": MILLION_YUAN, "millionyuan": MILLION_YUAN,
    "十亿元": BILLION_YUAN, "billionyuan": BILLION_YUAN,
    "亿元": YI_YUAN, "億元": YI_YUAN, "100millionyuan": YI_YUAN, "hundredmillionyuan": YI_YUAN,
    "dollar": DOLLAR, "dollars": DOLLAR, "usd": DOLLAR, "us$": DOLLAR, "$": DOLLAR, "美元": DOLLAR,
    "thousanddollars": THOUSAND_DOLLARS, "thousandsofdollars": THOUSAND_DOLLARS, "$thousands": THOUSAND_DOLLARS,
    "dollarsinthousands": THOUSAND_DOLLARS, "$000": THOUSAND_DOLLARS, "$000s": THOUSAND_DOLLARS,
    "milliondollars": MILLION_DOLLARS, "millionsofdollars": MILLION_DOLLARS, "$millions": MILLION_DOLLARS,
    "dollarsinmillions": MILLION_DOLLARS,
    "billiondollars": BILLION_DOLLARS, "billionsofdollars": BILLION_DOLLARS, "dollarsinbillions": BILLION_DOLLARS,
    "%": PERCENT, "percent": PERCENT, "百分比": PERCENT,
}  # fmt: skip


def unit_named(name: str) -> Unit | None:
    """The unit a printed name stands for: money and percent by table, any other non-empty name as a counting unit.

    `name` is a bare unit ("万元", "Thousands of dollars", "人次"), blanks ignored; None for an empty one.
    """
    key = re.sub(r"\s+", "", fold_width(name)).strip("()（）:：").casefold()
    if not key:
        return None
    return _MONEY_NAMES.get(key) or Unit(re.sub(r"\s+", "", name), Dimension.COUNT)


def money_unit_named(name: str) -> Unit | None:
    """Like `unit_named`, but None for anything that is not money."""
    unit = unit_named(name)
    return unit if unit is not None and unit.is_money else None


@dataclass(frozen=True, slots=True)
class Quantity:
    """An exact value with its unit. Adding, subtracting or comparing different units raises `UnitMismatch`."""

    value: Decimal
    unit: Unit

    def to(self, unit: Unit) -> Quantity:
        """The same amount in another unit of the same money; raises `UnitMismatch` for anything else."""
        if unit == self.unit:
            return self
        if unit.dimension != self.unit.dimension or not unit.is_money:
            raise UnitMismatch(f"cannot convert {self.unit} to {unit}")
        return Quantity(shortest(self.value * self.unit.scale / unit.scale), unit)

    def _same_unit(self, other: Quantity) -> Unit:
        if self.unit != other.unit:
            raise UnitMismatch(f"cannot combine {self.unit} with {other.unit}")
        return self.unit

    def __add__(self, other: Quantity) -> Quantity:
        return Quantity(self.value + other.value, self._same_unit(other))

    def __sub__(self, other: Quantity) -> Quantity:
        return Quantity(self.value - other.value, self._same_unit(other))

    def __lt__(self, other: Quantity) -> bool:
        self._same_unit(other)
        return self.value < other.value

    def __str__(self) -> str:
        return f"{self.value:f} {self.unit}"


def shortest(value: Decimal) -> Decimal:
    """The value without trailing zeros or an exponent: 3250.0000 becomes 3250, 1E+3 becomes 1000."""
    value = value.normalize()
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


class UnitSource(StrEnum):
    """Where the unit of a figure was read."""

    TABLE_LINE = "table_line"
    TITLE = "title"
    COLUMN = "column"
    CELL = "cell"
    SENTENCE = "sentence"
    INFERRED = "inferred"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class UnitReading:
    """A unit with where it was read; `unit` is None exactly when the source is UNKNOWN."""

    unit: Unit | None
    source: UnitSource

    def __post_init__(self) -> None:
        if (self.unit is None) != (self.source is UnitSource.UNKNOWN):
            raise ValueError("a unit without a source, or a source without a unit")


UNKNOWN_UNIT = UnitReading(None, UnitSource.UNKNOWN)
