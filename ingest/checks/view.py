"""A document as the checks look at it: the facts of each table by row and column, and the texts round them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ingest.numbers import CellState, fold_width
from ingest.pages import Page
from ingest.records import Column, ColumnRole, Extract, Fact, Measure, RowLabel, Table
from ingest.units import Dimension


@dataclass(frozen=True)
class TableView:
    """A table with its facts at their cells."""

    table: Table
    facts: dict[tuple[int, int], Fact]

    @property
    def panels(self) -> range:
        """The numbers of the table's panels."""
        return range(max((c.panel for c in self.table.columns), default=0) + 1)

    def additive_columns(self, panel: int) -> tuple[Column, ...]:
        """The columns of a panel whose figures may be added: amounts and counts under a heading, no rates."""
        return tuple(c for c in self.table.columns if c.panel == panel and self._is_additive(c))

    def _is_additive(self, column: Column) -> bool:
        if column.role is not ColumnRole.VALUE or (
            not any(column.path) and any(any(c.path) for c in self.table.columns)
        ):
            return False
        facts = [f for (_, c), f in self.facts.items() if c == column.index]
        return bool(facts) and all(
            f.measure in (Measure.AMOUNT, Measure.QUANTITY)
            and (f.unit.unit is None or f.unit.unit.dimension is not Dimension.PERCENT)
            for f in facts
        )

    def figure(self, row: int, column: int) -> Fact | None:
        """The fact at a cell that holds a figure."""
        fact = self.facts.get((row, column))
        return fact if fact is not None and fact.state is CellState.FIGURE else None

    def figures(self, rows: Sequence[int], column: int) -> list[Fact]:
        """The figures of some rows in one column, blanks left out."""
        return [fact for row in rows if (fact := self.figure(row, column)) is not None]

    def label(self, row: int, panel: int) -> RowLabel | None:
        """The label of a row in a panel; for tables whose one row has no name, the one its facts bear."""
        labels = self.table.rows[row].labels
        return labels[panel] if panel < len(labels) else None

    def named(self, row: int, panel: int, column: Column) -> str:
        """A row and column as a message names them."""
        label = self.label(row, panel)
        name = " ".join(filter(None, (label.code, compact(label.path[-1])))) if label else "合计"
        heading = " > ".join(compact(p) for p in column.path)
        return f"{self.title}, {name}, {heading}" if heading else f"{self.title}, {name}"

    @property
    def title(self) -> str:
        """The table's title for messages."""
        return self.table.title or self.table.id


@dataclass(frozen=True)
class DocumentView:
    """A document with its tables as views and its pages as read."""

    extract: Extract
    pages: Sequence[Page]

    @cached_property
    def tables(self) -> tuple[TableView, ...]:
        """The tables in document order."""
        facts: dict[str, dict[tuple[int, int], Fact]] = {t.id: {} for t in self.extract.tables}
        for fact in self.extract.facts:
            if fact.table is not None and fact.row is not None and fact.column is not None:
                facts[fact.table][fact.row, fact.column] = fact
        return tuple(TableView(table, facts[table.id]) for table in self.extract.tables)

    @cached_property
    def sentence_facts(self) -> dict[str, tuple[Fact, ...]]:
        """The facts of each statement, by its id."""
        grouped: dict[str, list[Fact]] = {}
        for fact in self.extract.facts:
            if fact.statement is not None:
                grouped.setdefault(fact.statement, []).append(fact)
        return {statement: tuple(facts) for statement, facts in grouped.items()}

    @property
    def year(self) -> int | None:
        """The document's fiscal year."""
        return self.extract.document.identity.year


def compact(text: str) -> str:
    """A text without blanks and with folded widths, as labels are compared."""
    return re.sub(r"\s+", "", fold_width(text))


def rows_with_labels(view: TableView, panel: int) -> Iterator[tuple[int, RowLabel]]:
    """The rows of a panel that have a label there, in order."""
    for row in view.table.rows:
        label = view.label(row.index, panel)
        if label is not None:
            yield row.index, label
