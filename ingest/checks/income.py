"""Income in the table of income beside expenditure is the income of the table of income."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ingest.checks.compare import compare_equal
from ingest.checks.named import bare
from ingest.checks.view import DocumentView, TableView, compact, rows_with_labels
from ingest.records import Check, Fact, Outcome, TableKind

KIND = "cross_table"
_NEAR = Decimal("0.01")
_RANK = {Outcome.HELD: 0, Outcome.ROUNDING: 1, Outcome.BROKEN: 2, Outcome.NOT_APPLICABLE: 3}


def income_in_two_tables(document: DocumentView) -> Iterator[Check]:
    """The total of the table of income against the income totals of the balance, and its sources against the lines.

    One table may count what was carried over and the other not, so a figure far from its fellow says nothing.
    """
    balances = [v for v in document.tables if v.table.kind is TableKind.BALANCE]
    for view in document.tables:
        if view.table.kind is not TableKind.REVENUE or len(balances) != 1:
            continue
        lines = _income_lines(balances[0])
        for name, fact in _sources(view):
            check = _compared(fact, [f for n, f in lines if n == name], f"{name}: {view.title} and {balances[0].title}")
            if check is not None:
                yield check


def _income_lines(view: TableView) -> list[tuple[str, Fact]]:
    """The rows of the income side by name; every total row is named by the empty text."""
    columns = view.additive_columns(0)[:1]
    return [
        ("" if label.total else bare(label.path[-1]), fact)
        for row, label in rows_with_labels(view, 0)
        for column in columns
        if (fact := view.figure(row, column.index)) is not None
    ]


def _sources(view: TableView) -> Iterator[tuple[str, Fact]]:
    """The grand total row of a table of income: its first column as the total, the others by their headings."""
    columns = view.additive_columns(0)
    rows = [r for r, label in rows_with_labels(view, 0) if label.total and len(label.path) == 1]
    for row in rows[:1] or ([0] if len(view.table.rows) == 1 else []):
        for position, column in enumerate(columns):
            fact = view.figure(row, column.index)
            if fact is not None:
                yield ("" if position == 0 else bare(compact(column.path[-1]))), fact


def _compared(fact: Fact, others: Sequence[Fact], message: str) -> Check | None:
    checks = [c for other in others if (c := compare_equal(KIND, fact, other, message.removeprefix(": ")))]
    best = min(checks, key=lambda c: (_RANK[c.outcome], abs(c.difference or Decimal(0))), default=None)
    if best is None or best.outcome is not Outcome.BROKEN:
        return best
    near = fact.value is not None and abs(best.difference or Decimal(0)) <= _NEAR * abs(fact.value)
    return best if near else None
