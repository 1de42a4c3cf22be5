"""Income and spending at a glance: the outermost rows of both halves of a balance table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.records import Column, Table, TableKind
from qa.webapp.hierarchy import Node, children, nodes, value_columns

_KINDS = (TableKind.BALANCE, TableKind.FISCAL_BALANCE)


@dataclass(frozen=True, slots=True)
class Half:
    """One side of the balance: the column its figures stand in and its outermost rows, largest first."""

    panel: int
    column: Column
    parts: tuple[Node, ...]


def balance_table(tables: Sequence[Table]) -> Table | None:
    """The document's balance of income and spending: the first that has two halves with figures."""
    of_kind = (t for kind in _KINDS for t in tables if t.kind is kind)
    return next((t for t in of_kind if len(halves(t)) == 2), None)


def halves(table: Table) -> tuple[Half, ...]:
    """Income (panel 0) and spending (panel 1), each by its first column of figures."""
    found = []
    for panel in (0, 1):
        column = next((c for c in value_columns(table) if c.panel == panel), None)
        if column is not None:
            parts = children(nodes(table, column), None)
            if parts:
                found.append(Half(panel, column, parts))
    return tuple(found)
