"""The tree of a table's rows for one column of figures, and which tables have such a tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.numbers import CellState, read_cell
from ingest.records import Column, ColumnRole, Row, Table, TableKind

_SPENDING = frozenset({TableKind.EXPENDITURE, TableKind.GENERAL_PUBLIC, TableKind.FISCAL_EXPENDITURE})


@dataclass(frozen=True, slots=True)
class Node:
    """A row as a part of a whole: its index in the table, its name, code and figure, and its parent's row."""

    row: int
    name: str
    code: str | None
    value: Decimal
    parent: int | None


def nodes(table: Table, column: Column) -> tuple[Node, ...]:
    """The rows that have a positive figure in a column, totals left out; a parent that has none is passed over."""
    figures = {row.index: value for row in table.rows if (value := _value(row, column)) is not None}
    found = []
    for row in table.rows:
        label = row.labels[column.panel] if column.panel < len(row.labels) else None
        if row.index in figures and label is not None and not label.total:
            parent = _held_parent(table, column, label.parent, figures)
            found.append(Node(row.index, label.path[-1], label.code, figures[row.index], parent))
    return tuple(found)


def _value(row: Row, column: Column) -> Decimal | None:
    reading = read_cell(row.cells[column.index].text)
    return reading.value if reading.state is CellState.FIGURE and reading.value and reading.value > 0 else None


def _held_parent(table: Table, column: Column, parent: int | None, held: dict[int, Decimal]) -> int | None:
    """The nearest row above that is drawn: totals and rows without a figure are not."""
    seen: set[int] = set()
    while parent is not None and parent not in seen and 0 <= parent < len(table.rows):
        seen.add(parent)
        label = table.rows[parent].labels[column.panel]
        if label is None:
            return None
        if parent in held and not label.total:
            return parent
        parent = label.parent
    return None


def children(tree: Sequence[Node], parent: int | None) -> tuple[Node, ...]:
    """The parts of a node, or of the whole, largest first."""
    return tuple(sorted((n for n in tree if n.parent == parent), key=lambda n: -n.value))


def path_to(tree: Sequence[Node], row: int | None) -> tuple[Node, ...]:
    """The nodes from the outermost down to a row."""
    by_row = {n.row: n for n in tree}
    path: list[Node] = []
    while row is not None and row in by_row and by_row[row] not in path:
        path.insert(0, by_row[row])
        row = by_row[row].parent
    return tuple(path)


def value_columns(table: Table) -> tuple[Column, ...]:
    """The columns of figures that some row has one in."""
    return tuple(
        c for c in table.columns if c.role is ColumnRole.VALUE and any(_value(r, c) is not None for r in table.rows)
    )


def charted(tables: Sequence[Table]) -> tuple[Table, ...]:
    """The tables whose figures are parts of one another, by code or by indent; those of all spending first."""
    return tuple(sorted((t for t in tables if tree_columns(t)), key=lambda t: t.kind not in _SPENDING))


def tree_columns(table: Table) -> tuple[Column, ...]:
    """The columns of figures in which some row is a part of another that has a figure too."""
    return tuple(c for c in value_columns(table) if any(node.parent is not None for node in nodes(table, c)))
