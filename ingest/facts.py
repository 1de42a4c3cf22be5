"""Facts: every figure cell of a table, and every blank one, with all that is needed to find, use and cite it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.numbers import fold_width, read_cell
from ingest.records import Column, ColumnRole, Fact, Identity, Measure, Phase, Row, RowLabel, Table
from ingest.units import PERCENT, UNKNOWN_UNIT, UnitReading, UnitSource

_RATE = re.compile(r"增长率|增减率|增减(?:比例|%|％)|增长(?:比例|%|％)|变动率|%\s*change", re.IGNORECASE)
_SHARE = re.compile(r"占比|比重|占.{0,10}[%％]|\bshare\b", re.IGNORECASE)
_COMPLETION = re.compile(r"完成|执行率")
_DELTA = re.compile(
    r"^(?:比.{0,12})?增减(?:额|数|情况)?$|^增(?:加|减)[（(]?[+\-]?|^(?:变动|差异)(?:额|数)?$|\bchange\b|\bvariance\b",
    re.IGNORECASE,
)
_COUNT = re.compile(r"(?:数量|人数|个数|台数|辆数|件数)$")


def table_facts(table: Table, identity: Identity) -> Iterator[Fact]:
    """The facts of a table in reading order; blank cells under a figure heading are facts without a value."""
    for row in table.rows:
        for column in table.columns:
            if column.role is not ColumnRole.VALUE or _covered(row, column.index):
                continue
            label = row.labels[column.panel] if column.panel < len(row.labels) else None
            if label is None:
                label = _label_of_unnamed(row, table)
            if label is not None:
                yield _fact(table, row, column, label, identity)


def _covered(row: Row, column: int) -> bool:
    """Whether a name merged over several columns stands where the figure would: there is no cell to be blank."""
    cell = row.cells[column]
    return not cell.text and cell.box is not None and any(c.text and c.box == cell.box for c in row.cells)


def _label_of_unnamed(row: Row, table: Table) -> RowLabel | None:
    """A table with one row of totals under its headings names that row nowhere: it is the total."""
    unnamed = all(label is None for label in row.labels)
    return RowLabel(("合计",), total=True) if unnamed and len(table.rows) == 1 else None


def _fact(table: Table, row: Row, column: Column, label: RowLabel, identity: Identity) -> Fact:
    cell = row.cells[column.index]
    reading = read_cell(cell.text)
    unit = _unit(table, column, cell.text)
    return Fact(
        id=f"{table.id}.R{row.index}.C{column.index}",
        label=label.path[-1],
        row_path=label.path,
        column_path=column.path,
        code=label.code,
        organisation=label.organisation,
        year=column.year or identity.year,
        phase=_phase(column, identity),
        measure=_measure(column, unit),
        state=reading.state,
        value=reading.value,
        unit=unit,
        text=cell.text,
        page=cell.page,
        box=cell.box,
        total=label.total,
        table=table.id,
        row=row.index,
        column=column.index,
    )


def _unit(table: Table, column: Column, text: str) -> UnitReading:
    if "%" in fold_width(text):
        return column.unit if column.unit.unit == PERCENT else UnitReading(PERCENT, UnitSource.CELL)
    return column.unit if column.unit.unit is not None else table.unit


def _phase(column: Column, identity: Identity) -> Phase:
    if column.phase is not Phase.UNKNOWN:
        return column.phase
    if column.year is not None and identity.year is not None and column.year < identity.year:
        return Phase.UNKNOWN
    return identity.phase


def _measure(column: Column, unit: UnitReading) -> Measure:
    heading = fold_width(column.path[-1]) if column.path else ""
    if unit.unit == PERCENT:
        if _RATE.search(heading):
            return Measure.RATE
        if _COMPLETION.search(heading):
            return Measure.COMPLETION
        return Measure.SHARE if _SHARE.search(heading) else Measure.QUANTITY
    if _DELTA.search(heading):
        return Measure.DELTA
    if _COUNT.search(heading) and (unit is UNKNOWN_UNIT or not (unit.unit and unit.unit.is_money)):
        return Measure.QUANTITY
    return Measure.AMOUNT


def all_table_facts(tables: Sequence[Table], identity: Identity) -> tuple[Fact, ...]:
    """The facts of all tables, in order."""
    return tuple(fact for table in tables for fact in table_facts(table, identity))
