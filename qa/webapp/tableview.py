"""A logical table as it is explored: search, order, unit; every shown row still knows its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.numbers import CellState, fold_width, read_cell
from ingest.records import Column, ColumnRole, Row, Table
from ingest.units import Quantity, Unit
from qa.webapp.places import Sheets


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell as shown: its text, and its value where it is a figure. Blank, dash and zero stay apart in `text`."""

    text: str
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class TableView:
    """Headings and rows as shown; `rows` are the table's own, in the same order as `cells`."""

    headings: tuple[str, ...]
    figures: tuple[bool, ...]
    rows: tuple[Row, ...]
    cells: tuple[tuple[ShownCell, ...], ...]


def view(sheets: Sheets, table: Table, search: str = "", unit: Unit | None = None) -> TableView:
    """The rows that hold every word of `search`; money is converted to `unit` wherever its own unit is known."""
    words = [fold_width(word).casefold() for word in search.split()]
    rows = tuple(row for row in table.rows if _holds(row, words))
    cells = tuple(tuple(_shown(sheets, table, row, column, unit) for column in table.columns) for row in rows)
    figures = tuple(column.role is ColumnRole.VALUE for column in table.columns)
    return TableView(headings(sheets, table, unit), figures, rows, cells)


def _holds(row: Row, words: Sequence[str]) -> bool:
    names = " ".join(part for label in row.labels if label is not None for part in (*label.path, label.code or ""))
    text = fold_width(" ".join([*(cell.text for cell in row.cells), names])).casefold()
    return all(word in text for word in words)


def _shown(sheets: Sheets, table: Table, row: Row, column: Column, unit: Unit | None) -> ShownCell:
    text = row.cells[column.index].text
    reading = read_cell(text)
    if reading.state is not CellState.FIGURE or column.role is not ColumnRole.VALUE or reading.value is None:
        return ShownCell(text, None)
    own = sheets.unit(table, row, column)
    if unit is None or own is None or not convertible(own, unit) or own == unit:
        return ShownCell(text, reading.value)
    value = Quantity(reading.value, own).to(unit).value
    return ShownCell(f"{value:,f}", value)


def convertible(own: Unit, unit: Unit) -> bool:
    """Whether an amount in one unit can be said in the other."""
    return own.is_money and own.dimension == unit.dimension


def headings(sheets: Sheets, table: Table, unit: Unit | None = None) -> tuple[str, ...]:
    """One heading a column, each different, with the unit where all its figures have one."""
    shown: list[str] = []
    for column in table.columns:
        name = " > ".join(column.path) or f"#{column.index + 1}"
        own = column_unit(sheets, table, column)
        if own is not None:
            name = f"{name} ({(unit if unit is not None and convertible(own, unit) else own).symbol})"
        same = sum(1 for s in shown if s == name or s.startswith(f"{name} ["))
        shown.append(f"{name} [{same + 1}]" if same else name)
    return tuple(shown)


def column_unit(sheets: Sheets, table: Table, column: Column) -> Unit | None:
    """The one unit of a column's figures; None where there are several or none."""
    units = {sheets.unit(table, row, column) for row in table.rows} - {None}
    return units.pop() if len(units) == 1 else None


def money_units(sheets: Sheets, table: Table) -> tuple[Unit, ...]:
    """The units of money of a table's figures."""
    units = (column_unit(sheets, table, column) for column in table.columns)
    return tuple(dict.fromkeys(u for u in units if u is not None and u.is_money))
