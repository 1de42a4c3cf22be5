"""One fact seen as an answer: its kind of row, its quantity, and whether two facts print the same figure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ingest.corpus import FactHit
from ingest.numbers import CellState, printed_decimals
from ingest.records import TableKind
from ingest.units import Dimension, Quantity, Unit
from qa.keys import label_key
from qa.plan import Kind

UNSTATED = Unit("", Dimension.COUNT)  # a figure whose unit is printed nowhere: it converts into nothing
PROJECT_TABLES = (TableKind.PROJECTS, TableKind.PERFORMANCE, TableKind.INDICATORS)
BALANCES = (TableKind.BALANCE, TableKind.FISCAL_BALANCE)
_BY_TABLE = {
    TableKind.REVENUE: Kind.REVENUE,
    TableKind.EXPENDITURE: Kind.FUNCTION,
    TableKind.FISCAL_EXPENDITURE: Kind.FUNCTION,
    TableKind.GENERAL_PUBLIC: Kind.FUNCTION,
    TableKind.BASIC: Kind.ECONOMIC,
    TableKind.OPERATING: Kind.ECONOMIC,
    TableKind.THREE_PUBLIC: Kind.THREE_PUBLIC,
}
_BY_CODE = {"1": Kind.REVENUE, "2": Kind.FUNCTION, "3": Kind.ECONOMIC, "5": Kind.ECONOMIC}


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing a question may mean, with the fact that is cited for it.

    `agreeing` are facts elsewhere that print the same figure. `score` orders readings; `certainty` is how surely
    the name was matched. The fact's value may be missing (a blank or a dash).
    """

    hit: FactHit
    kind: Kind
    score: float
    certainty: float
    agreeing: tuple[FactHit, ...] = ()

    @property
    def quantity(self) -> Quantity | None:
        return quantity_of(self.hit)


def kind_of(hit: FactHit) -> Kind:
    """Which classification a fact's row belongs to, by its code, then its table."""
    fact, table = hit.fact, hit.table_kind
    if fact.table is None:
        return Kind.PROSE
    if table in PROJECT_TABLES:
        return Kind.PROJECT
    if fact.code and fact.code[:1] in _BY_CODE and len(fact.code) in (3, 5, 7):
        return _BY_CODE[fact.code[0]]
    if table in BALANCES:
        heading = "".join(fact.column_path[:1])
        return Kind.REVENUE if "收" in heading and "支" not in heading else Kind.FUNCTION
    return _BY_TABLE.get(table, Kind.OTHER) if table is not None else Kind.OTHER


def quantity_of(hit: FactHit) -> Quantity | None:
    """The fact's figure with its unit (`UNSTATED` where none is known); None for a blank or a dash."""
    fact = hit.fact
    if fact.state is not CellState.FIGURE or fact.value is None:
        return None
    return Quantity(fact.value, fact.unit.unit or UNSTATED)


def same_figure(one: FactHit, other: FactHit) -> bool:
    """Whether two facts print the same figure: equal at the coarser of the two printed precisions, units converted."""
    a, b = one.fact, other.fact
    if a.value is None or b.value is None:
        return a.value is b.value and a.state is b.state
    one_unit, other_unit = a.unit.unit, b.unit.unit
    if one_unit is None or other_unit is None or one_unit == other_unit:
        return _same_rounded(a.value, b.value)
    if one_unit.dimension != other_unit.dimension:
        return False
    if _step(a.value, one_unit) >= _step(b.value, other_unit):
        return _converts_to(b.value, other_unit, a.value, one_unit)
    return _converts_to(a.value, one_unit, b.value, other_unit)


def _step(value: Decimal, unit: Unit) -> Decimal:
    return unit.scale * Decimal(1).scaleb(-printed_decimals(value))


def _same_rounded(one: Decimal, other: Decimal) -> bool:
    digits = min(printed_decimals(one), printed_decimals(other))
    return rounded(one, digits) == rounded(other, digits)


def _converts_to(fine: Decimal, fine_unit: Unit, coarse: Decimal, coarse_unit: Unit) -> bool:
    converted = fine * fine_unit.scale / coarse_unit.scale
    return rounded(converted, printed_decimals(coarse)) == coarse


def rounded(value: Decimal, digits: int) -> Decimal:
    """The value at so many digits behind the point, halves away from zero."""
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def path_key(path: tuple[str, ...]) -> tuple[str, ...]:
    """A row or column path in the spelling that compares equal."""
    return tuple(label_key(p) for p in path)
