"""Facts: every figure cell of a table, and every blank one, with all that is needed to find, use and cite it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.columns import column_phase, is_unit_of_counts, is_year_of_row
from ingest.figures import read_count
from ingest.numbers import CellState, CellValue, fold_width, read_cell
from ingest.records import Column, ColumnRole, Fact, Identity, Measure, Phase, Row, RowLabel, Table, TableKind
from ingest.units import PERCENT, UNKNOWN_UNIT, UnitReading, UnitSource, unit_named

_RATE = re.compile(r"增长率|增减率|增减(?:比例|%|％)|增长(?:比例|%|％)|变动率|%\s*change", re.IGNORECASE)
_SHARE = re.compile(r"占比|比重|占.{0,10}[%％]|\bshare\b", re.IGNORECASE)
_COMPLETION = re.compile(r"完成|执行率")
_DELTA = re.compile(
    r"^(?:比.{0,12})?增减(?:额|数|情况)?$|^增(?:加|减)[（(]?[+\-]?|^(?:变动|差异)(?:额|数)?$|\bchange\b|\bvariance\b",
    re.IGNORECASE,
)
_STAGE_ROW = re.compile(r"(?:年初|全年|本年|当年|调整)?(?:预算数?|决算数?|执行数)")
_UNIT_IN_NAME = re.compile(r"[（(](?:单位[:：])?(?P<unit>[^（()）\d]{1,6})[)）]$")
_BETWEEN_UNITS = re.compile(r"[、，,/]")
_COUNT = re.compile(r"(?:数量|人数|个数|台数|辆数|件数)$")
_SCORE = re.compile(r"得分|总分|评分|分值")


def table_facts(table: Table, identity: Identity) -> Iterator[Fact]:
    """The facts of a table in reading order; blank cells under a figure heading are facts without a value."""
    for row in table.rows:
        for column in table.columns:
            if column.role is not ColumnRole.VALUE or _covered(row, column.index) or _printed_above(table, row, column):
                continue
            label = row.labels[column.panel] if column.panel < len(row.labels) else None
            if label is None:
                label = _label_of_unnamed(row, table)
            if label is not None:
                yield fact_at(table, row, column, label, identity)


def _covered(row: Row, column: int) -> bool:
    """Whether a name merged over several columns stands where the figure would: there is no cell to be blank."""
    cell = row.cells[column]
    return not cell.text and cell.box is not None and any(c.text and c.box == cell.box for c in row.cells)


def _printed_above(table: Table, row: Row, column: Column) -> bool:
    """Whether a cell of a KPI table is merged with the one above it: one project's money beside its many indicators."""
    if table.kind is not TableKind.INDICATORS or not row.index:
        return False
    cell, above = row.cells[column.index], table.rows[row.index - 1].cells[column.index]
    return cell.box is not None and cell.box == above.box and cell.page == above.page


def _label_of_unnamed(row: Row, table: Table) -> RowLabel | None:
    """A table with one row of totals under its headings names that row nowhere: it is the total."""
    unnamed = all(label is None for label in row.labels)
    return RowLabel(("合计",), total=True) if unnamed and len(table.rows) == 1 else None


def fact_at(table: Table, row: Row, column: Column, label: RowLabel, identity: Identity) -> Fact:
    """The fact in a row's cell under a column, of the thing that the label names."""
    cell = row.cells[column.index]
    reading, unit = _reading(table, column, cell.text)
    if unit is UNKNOWN_UNIT and _is_count(column):
        unit = _counted_in(table, row)
    counted = _unit_in_name(label) if column.unit.unit is None else UNKNOWN_UNIT
    unit = counted if counted.unit is not None else unit
    return Fact(
        id=f"{table.id}.R{row.index}.C{column.index}",
        label=label.path[-1],
        row_path=label.path,
        column_path=column.path,
        code=label.code,
        organisation=label.organisation,
        year=column.year or _year_of_row(table, row) or identity.year,
        phase=_phase(column, label, identity),
        measure=Measure.QUANTITY if counted.unit is not None else _measure(column, unit),
        state=reading.state,
        value=reading.value,
        unit=unit,
        text=cell.text,
        page=cell.page,
        box=cell.box,
        total=label.total or _is_stage(label),
        table=table.id,
        row=row.index,
        column=column.index,
    )


def _reading(table: Table, column: Column, text: str) -> tuple[CellValue, UnitReading]:
    """The figure of a cell and its unit; a count may bear its own (26台)."""
    reading = read_cell(text)
    count = read_count(text) if reading.state is CellState.TEXT and _is_count(column) else None
    if count is None:
        return reading, _unit(table, column, text)
    return CellValue(CellState.FIGURE, count.value), UnitReading(count.unit, UnitSource.CELL)


def _is_count(column: Column) -> bool:
    return bool(column.path) and _COUNT.search(fold_width(column.path[-1])) is not None


def _counted_in(table: Table, row: Row) -> UnitReading:
    """The unit that a column of its own (计量单位) gives the counts of a row."""
    texts = (row.cells[c.index].text.strip() for c in table.columns if is_unit_of_counts(c))
    counts = [count for text in texts if (count := read_count(f"1{text}"))]
    return UnitReading(counts[0].unit, UnitSource.CELL) if len(counts) == 1 else UNKNOWN_UNIT


def _unit_in_name(label: RowLabel) -> UnitReading:
    """The unit that a row's name says its figures are counted in: 房屋（平方米）, 国内公务接待批次（个）."""
    named = _UNIT_IN_NAME.search(label.path[-1])
    count = read_count(f"1{_BETWEEN_UNITS.split(named['unit'])[-1]}") if named is not None else None
    return UnitReading(count.unit, UnitSource.CELL) if count is not None else UNKNOWN_UNIT


def _year_of_row(table: Table, row: Row) -> int | None:
    """The year that a column of years (预算年度) gives a row."""
    years = (fold_width(row.cells[c.index].text).strip() for c in table.columns if is_year_of_row(c))
    return next((int(y[:4]) for y in years if re.fullmatch(r"20\d\d年?", y)), None)


def _unit(table: Table, column: Column, text: str) -> UnitReading:
    if "%" in fold_width(text):
        return column.unit if column.unit.unit == PERCENT else UnitReading(PERCENT, UnitSource.CELL)
    if column.unit.unit is None and _is_count(column):  # 采购数量 in a table of 万元 is no money
        return UNKNOWN_UNIT
    return column.unit if column.unit.unit is not None else table.unit


def _is_stage(label: RowLabel) -> bool:
    """Whether a row tells one stage of all items that stand side by side: 预算数 over 决算数."""
    return _STAGE_ROW.fullmatch(label.path[-1].strip()) is not None


def _phase(column: Column, label: RowLabel, identity: Identity) -> Phase:
    if column.phase is not Phase.UNKNOWN:
        return column.phase
    if _is_stage(label):
        return column_phase(label.path[-1:])
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
    if _SCORE.search(heading) and unit.unit == unit_named("分"):
        return Measure.QUANTITY
    if _COUNT.search(heading) and (unit is UNKNOWN_UNIT or not (unit.unit and unit.unit.is_money)):
        return Measure.QUANTITY
    return Measure.AMOUNT


def all_table_facts(tables: Sequence[Table], identity: Identity) -> tuple[Fact, ...]:
    """The facts of all tables, in order."""
    return tuple(fact for table in tables for fact in table_facts(table, identity))
