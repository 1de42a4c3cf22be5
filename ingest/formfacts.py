"""The money, execution rate and total score in the head and foot of KPI forms, as facts of the form's project.

A form is read as one row of a table of projects: its project against what each figure is called. Money stands beside
its name (项目预算金额（万元） | 386.00) or in a small table of its own (年初预算数 全年预算数 全年执行数 执行率 over
年度资金总额); the score of the whole (总分) stands below the indicators.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ingest.captions import read_unit
from ingest.columns import column_phase, column_year
from ingest.facts import fact_at
from ingest.kpiforms import WHOLE, KpiForm, read_form
from ingest.numbers import CellState, read_cell
from ingest.records import Column, ColumnRole, Fact, Identity, Row, RowLabel, Table
from ingest.units import PERCENT, UNKNOWN_UNIT, UnitReading, UnitSource, unit_named

_AMOUNT = re.compile(r"预算数|执行数|决算数|支出数|到位数")
_RATE = re.compile(r"执行率|预算完成率")
_MONEY = re.compile(r"资金|金额|总额|拨款|结转|预算|执行|投资|收入|安排|补助|配套|自筹")
_WHOLE_SUM = re.compile(
    r"^(?:其中[:：])?(?:年度|本年度|项目)?(?:财政)?(?:项目)?(?:资金|预算)?(?:总额|合计|总计)(?:合计)?$"
)
_TOTAL_SCORE = re.compile(r"^(?:自评|绩效自评|评价)?(?:总分|总得分|得分合计|综合得分|总计|合计|自评得分|自评总分)$")
_POINTS = re.compile(r"^得分|得分$")
_NOTE = re.compile(r"[（(][^（）()]*[）)]|[:：]$")


def form_facts(tables: Sequence[Table], identity: Identity) -> tuple[Fact, ...]:
    """The facts of all KPI forms, in order."""
    return tuple(
        fact for table in tables if (form := read_form(table)) is not None for fact in _facts(table, form, identity)
    )


def _facts(table: Table, form: KpiForm, identity: Identity) -> Iterator[Fact]:
    label = RowLabel((form.project,), organisation=form.organisation)
    if form.project == WHOLE and form.organisation:
        label = RowLabel((form.organisation,), organisation=form.organisation)
    headings: dict[int, str] = {}
    unit = table.unit
    for row in table.rows[: form.heading]:
        here = _headings(row)
        if here:
            headings, unit = here, _unit_of(row, table.unit)
            continue
        pairs = _below(row, headings) if headings else _beside(row)
        for column, path in pairs:
            yield _fact(table, row, column, path, unit if headings else _unit_of(row, table.unit), label, identity)
    for row in table.rows[form.heading + 1 :]:
        total = _total_score(row, table.rows[form.heading])
        if total is not None:
            yield _fact(table, row, total, ("总分",), UNKNOWN_UNIT, label, identity)


def _headings(row: Row) -> dict[int, str]:
    """The names over a small table of money, by column; empty where the row is none."""
    names = {c: _key(cell.text) for c, cell in enumerate(row.cells) if cell.text.strip()}
    over = {c: n for c, n in names.items() if (_AMOUNT.search(n) or _RATE.search(n)) and not _POINTS.search(n)}
    return over if len(over) >= 2 else {}


def _unit_of(row: Row, otherwise: UnitReading) -> UnitReading:
    found = (read_unit(cell.text, UnitSource.COLUMN) for cell in row.cells)
    return next((unit for unit in found if unit.unit is not None), otherwise)


def _below(row: Row, headings: Mapping[int, str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The figures of a row of the small table: those of the whole sum bear the headings' names alone."""
    first = min(headings)
    names = [_key(cell.text) for cell in row.cells[:first] if cell.text.strip()]
    name = _NOTE.sub("", names[-1]) if names else ""
    for column, heading in headings.items():
        if read_cell(row.cells[column].text).state is CellState.FIGURE:
            yield column, (heading,) if _WHOLE_SUM.match(name) or not name else (name, heading)


def _beside(row: Row) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Figures that stand right of a name of money."""
    name = ""
    for column, cell in enumerate(row.cells):
        key = _key(cell.text)
        if not key:
            continue
        if read_cell(key).state is CellState.FIGURE:
            if name and _MONEY.search(name) and "分" not in name:
                yield column, (name,)
            name = ""
        else:
            name = key.rstrip(":：")


def _total_score(row: Row, heading: Row) -> int | None:
    """The column of the total score: below 得分, else the last figure beside the name 总分."""
    first = next((_key(cell.text) for cell in row.cells if cell.text.strip()), "")
    if not _TOTAL_SCORE.match(_NOTE.sub("", first)):
        return None
    figures = [c for c, cell in enumerate(row.cells) if read_cell(cell.text).state is CellState.FIGURE]
    scored = [c for c in figures if _POINTS.search(_NOTE.sub("", _key(heading.cells[c].text)))]
    named = "分" in first
    return scored[-1] if scored else figures[-1] if figures and named else None


def _fact(
    table: Table, row: Row, column: int, path: tuple[str, ...], unit: UnitReading, label: RowLabel, identity: Identity
) -> Fact:
    read = read_unit(path[0], UnitSource.COLUMN)
    own = read if read.unit is not None else unit
    if _RATE.search(path[-1]):
        own = UnitReading(PERCENT, UnitSource.COLUMN)
    if path == ("总分",):
        own = UnitReading(unit_named("分"), UnitSource.COLUMN)
    year, phase = column_year(path, identity.year), column_phase(path)
    header = Column(column, path, ColumnRole.VALUE, 0, own, year, phase)
    return fact_at(table, row, header, label, identity)


def _key(text: str) -> str:
    return re.sub(r"\s+", "", text)
