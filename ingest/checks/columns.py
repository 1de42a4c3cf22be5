"""A row is the sum of its columns, where the headings say so; changes and rates follow from the columns beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ingest.checks.compare import compare_sum, rate_outcome, settled, side
from ingest.checks.headings import Partition, partitions
from ingest.checks.view import DocumentView, TableView
from ingest.records import Check, Column, ColumnRole, Fact, Measure, Outcome, Phase, Side, TableKind
from ingest.units import PERCENT, UnitReading, UnitSource

KIND = "row_sum"
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
    """Columns of changes, growth rates and completion rates, recomputed row by row from the two amounts beside them."""
    for view in document.tables:
        for panel in view.panels:
            amounts = view.additive_columns(panel)
            for column in view.table.columns:
                if column.panel == panel and column.role is ColumnRole.VALUE and column not in amounts:
                    yield from settled(_changes(view, panel, column, amounts), least_held=2)


def _changes(view: TableView, panel: int, column: Column, amounts: Sequence[Column]) -> Iterator[Check]:
    for row in view.table.rows:
        printed = view.figure(row.index, column.index)
        if printed is None or printed.value is None:
            continue
        base_column, column_of_now = _operands(printed.measure, amounts)
        if base_column is None or column_of_now is None:
            return
        base, now = view.figure(row.index, base_column.index), view.figure(row.index, column_of_now.index)
        if base is not None and now is not None:
            yield _recomputed(printed, base, now, view.named(row.index, panel, column))


def _operands(measure: Measure, amounts: Sequence[Column]) -> tuple[Column | None, Column | None]:
    """The columns compared: the budget and the actual for a completion rate, else the earlier and the later year."""
    if measure is Measure.COMPLETION:
        budgets = [c for c in amounts if c.phase in (Phase.BUDGET, Phase.ADJUSTED)]
        actuals = [c for c in amounts if c.phase is Phase.ACTUAL]
        return (budgets[-1] if budgets else None, actuals[0] if actuals else None)
    dated = [c for c in amounts if c.year is not None]
    earlier = min(dated, key=lambda c: c.year or 0, default=None)
    others = [c for c in amounts if earlier is None or (c.year or 9999) > (earlier.year or 0)]
    return (earlier, others[0]) if earlier is not None and len(others) == 1 else (None, None)


def _recomputed(printed: Fact, base: Fact, now: Fact, name: str) -> Check:
    if printed.measure is Measure.DELTA:
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
