"""A row is the sum of its columns, where the headings say so; changes and rates follow from the columns beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from ingest.checks.compare import compare_sum, rate_outcome, settled, side
from ingest.checks.headings import Partition, partitions
from ingest.checks.view import DocumentView, TableView
from ingest.records import Check, Column, ColumnRole, Fact, Measure, Outcome, Side, TableKind
from ingest.units import PERCENT, Dimension, UnitReading, UnitSource

KIND = "row_sum"
_PLAIN_AMOUNT = re.compile(r"预算数?$|决算数?$|执行数?$|\d{4}\s*年")
_CHANGE = re.compile(r"增减|变动|比上年|\bchange\b|\bvariance\b|\bincrease\b", re.IGNORECASE)
_PERCENT = UnitReading(PERCENT, UnitSource.INFERRED)


def row_sums(document: DocumentView) -> Iterator[Check]:
    """For every row: a 合计 or 小计 column against the sum of the columns that its headings say it is made of."""
    for view in document.tables:
        if view.table.kind is TableKind.INDICATORS:
            continue
        for panel in view.panels:
            for partition in partitions(view.additive_columns(panel)):
                yield from settled(_row_sums(view, panel, partition))


def _row_sums(view: TableView, panel: int, partition: Partition) -> Iterator[Check]:
    for row in view.table.rows:
        whole = view.figure(row.index, partition.whole.index)
        parts = [f for c in partition.parts if (f := view.figure(row.index, c.index)) is not None]
        if whole is not None and parts:
            yield compare_sum(KIND, whole, parts, view.named(row.index, panel, partition.whole))


def changes(document: DocumentView) -> Iterator[Check]:
    """Columns of changes, growth rates and completion rates, recomputed row by row from the amounts they compare.

    Which two columns are compared is the pair that most rows agree with; fewer than two rows prove nothing.
    """
    for view in document.tables:
        for panel in view.panels:
            amounts = [c for c in view.additive_columns(panel) if not _is_change(c)]
            for column in view.table.columns:
                if column.panel == panel and column.role is ColumnRole.VALUE and _is_compared(view, column):
                    found = [list(_changes(view, panel, column, pair)) for pair in _pairs(amounts)]
                    yield from settled(max(found, key=_passes, default=[]), least_held=2)


def _changes(view: TableView, panel: int, column: Column, pair: tuple[Column, Column]) -> Iterator[Check]:
    for row in view.table.rows:
        printed = view.figure(row.index, column.index)
        base, now = view.figure(row.index, pair[0].index), view.figure(row.index, pair[1].index)
        if printed is not None and base is not None and now is not None:
            yield _recomputed(printed, base, now, view.named(row.index, panel, column))


def _is_change(column: Column) -> bool:
    own, above = column.path[-1:], column.path[:-1]
    named = any(_CHANGE.search(heading) for heading in own)
    return named or (any(map(_CHANGE.search, above)) and not any(map(_PLAIN_AMOUNT.search, own)))


def _is_compared(view: TableView, column: Column) -> bool:
    """Whether a column holds changes or rates: by its heading, or by what its figures measure."""
    measures = {f.measure for (_, c), f in view.facts.items() if c == column.index}
    return _is_change(column) or bool(measures & {Measure.DELTA, Measure.RATE, Measure.COMPLETION})


def _pairs(amounts: Sequence[Column]) -> list[tuple[Column, Column]]:
    """The columns that may be compared, the base first: of different years or phases."""
    return [(b, n) for b in amounts for n in amounts if (b.year, b.phase) != (n.year, n.phase)]


def _passes(checks: Iterable[Check]) -> int:
    return sum(c.outcome in (Outcome.HELD, Outcome.ROUNDING) for c in checks)


def _recomputed(printed: Fact, base: Fact, now: Fact, name: str) -> Check:
    if printed.unit.unit is None or printed.unit.unit.dimension is not Dimension.PERCENT:
        return compare_sum("delta", printed, (now, base), name, (1, -1))
    operands = (now.id, base.id)
    kind = "completion_rate" if printed.measure is Measure.COMPLETION else "growth_rate"
    value, base_value, now_value = (f.value or Decimal(0) for f in (printed, base, now))
    if base_value == 0:
        right = Side(None, _PERCENT, operands, "undefined: the base is 0", base.page)
        return Check("zero_base", Outcome.BROKEN, side(printed), right, None, f"{name}: a rate over a base of 0",
                     printed.table)  # fmt: skip
    exact = now_value / base_value * 100 - (0 if printed.measure is Measure.COMPLETION else 100)
    text = f"{name}: {printed.text} against {exact:.4f} %"
    right = Side(exact, _PERCENT, operands, f"{now_value:f} / {base_value:f}", base.page)
    return Check(kind, rate_outcome(value, exact), side(printed), right, value - exact, text, printed.table)
