"""Small builders of records and Extracts for everybody's tests. The figures and names are invented.

Typical use::

    items = [item("科学技术支出", "206", 0, "400.00"), item("科学技术普及", "20607", 1, "325.00")]
    table = build_table("T1", "支出总表", items, columns=("总计",))
    extract = build_extract("a", tables=(table,))          # its facts come from the table
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.geometry import Box
from ingest.numbers import CellState, read_cell
from ingest.records import (
    Cell,
    Check,
    Column,
    ColumnRole,
    Declaration,
    Definition,
    Document,
    Extract,
    Fact,
    Identity,
    Indicator,
    Measure,
    Outcome,
    Passage,
    PassageKind,
    PassageLine,
    Phase,
    Row,
    RowLabel,
    Side,
    Statement,
    Table,
    TableKind,
)
from ingest.units import WAN_YUAN, Unit, UnitReading, UnitSource

WAN = UnitReading(WAN_YUAN, UnitSource.TABLE_LINE)


@dataclass(frozen=True, slots=True)
class Item:
    """One body row to build: its name, code, depth in the hierarchy (0 is outermost) and printed figures."""

    label: str
    code: str | None
    depth: int
    figures: tuple[str, ...]
    total: bool = False
    organisation: str | None = None


def item(
    label: str, code: str | None, depth: int, *figures: str, total: bool = False, organisation: str | None = None
) -> Item:
    """An `Item` with its figures as positional arguments."""
    return Item(label, code, depth, figures, total, organisation)


def build_document(
    seed: str = "a", agency: str = "某市科学技术协会", year: int = 2024, phase: Phase = Phase.BUDGET, pages: int = 9
) -> Document:
    """A document whose id and hash come from `seed`; the title from agency and year."""
    sha = hashlib.sha256(seed.encode()).hexdigest()
    title = f"{agency}{year}年部门预算"
    return Document(sha[:16], f"{seed}.pdf", sha, Identity(title, agency, year, phase), pages, "test")


def row_label(items: Sequence[Item], index: int) -> RowLabel:
    """The label of one item: its path and parent follow from the depths of the items before it."""
    me = items[index]
    path, parent, depth = [me.label], None, me.depth
    for earlier in range(index - 1, -1, -1):
        if items[earlier].depth < depth:
            parent = earlier if parent is None else parent
            path.insert(0, items[earlier].label)
            depth = items[earlier].depth
    return RowLabel(tuple(path), me.code, parent, me.total, me.organisation)


def build_table(
    table: str,
    title: str,
    items: Sequence[Item],
    columns: Sequence[str | tuple[str, ...]] = ("总计",),
    kind: TableKind = TableKind.EXPENDITURE,
    unit: UnitReading = WAN,
    page: int = 3,
) -> Table:
    """A table with a code column, a label column and one value column for each of `columns` (a name or a path)."""
    paths = tuple((c,) if isinstance(c, str) else c for c in columns)
    header = (
        Column(0, ("科目编码",), ColumnRole.CODE, 0),
        Column(1, ("科目名称",), ColumnRole.LABEL, 0),
        *(Column(i + 2, p, ColumnRole.VALUE, 0, unit, page=page) for i, p in enumerate(paths)),
    )
    rows = []
    for index, entry in enumerate(items):
        texts = (entry.code or "", entry.label, *entry.figures)
        cells = tuple(Cell(text, page, _cell_box(index, c)) for c, text in enumerate(texts))
        rows.append(Row(index, page, cells, (row_label(items, index),)))
    return Table(table, title, None, kind, unit, (page,), header, tuple(rows), (), Box(72.0, 50.0, 300.0, 64.0))


def _cell_box(row: int, column: int) -> Box:
    return Box(72.0 + 80 * column, 100.0 + 14 * row, 150.0 + 80 * column, 113.0 + 14 * row)


def table_facts(table: Table, document: Document) -> tuple[Fact, ...]:
    """The facts of a table: one for each cell of its value columns that holds a figure, a dash or nothing."""
    facts = (
        _cell_fact(table, row, column, document)
        for row in table.rows
        for column in table.columns
        if column.role is ColumnRole.VALUE
    )
    return tuple(f for f in facts if f is not None)


def _cell_fact(table: Table, row: Row, column: Column, document: Document) -> Fact | None:
    label, cell = row.labels[column.panel], row.cells[column.index]
    reading = read_cell(cell.text)
    if label is None or reading.state is CellState.TEXT:
        return None
    return Fact(
        f"{table.id}.R{row.index}.C{column.index}", label.path[-1], label.path, column.path, label.code,
        label.organisation, document.identity.year, document.identity.phase, Measure.AMOUNT,
        reading.state, reading.value, column.unit, cell.text, cell.page, cell.box,
        label.total, table.id, row.index, column.index,
    )  # fmt: skip


def build_passage(
    passage: str, text: str, section: tuple[str, ...] = (), kind: PassageKind = PassageKind.PARAGRAPH, page: int = 2
) -> Passage:
    """A passage of one printed line."""
    return Passage(passage, kind, section, text, (PassageLine(0, len(text), page, Box(72.0, 90.0, 520.0, 104.0)),))


def sentence_fact(
    fact: str,
    passage: str,
    label: str,
    figure: str,
    sentence: str,
    document: Document,
    measure: Measure = Measure.AMOUNT,
    unit: Unit = WAN_YUAN,
    page: int = 2,
) -> Fact:
    """A fact read from a sentence; its statement is `S` and the passage's number."""
    reading = UnitReading(unit, UnitSource.SENTENCE)
    return Fact(
        fact, label, (label,), (), None, None, document.identity.year, document.identity.phase, measure,
        CellState.FIGURE, Decimal(figure), reading, figure, page, Box(100.0, 90.0, 140.0, 104.0),
        passage=passage, statement=f"S{passage[1:]}", sentence=sentence,
    )  # fmt: skip


def build_extract(
    seed: str = "a",
    tables: Sequence[Table] = (),
    agency: str = "某市科学技术协会",
    year: int = 2024,
    phase: Phase = Phase.BUDGET,
    passages: Sequence[Passage] = (),
    facts: Sequence[Fact] = (),
) -> Extract:
    """An Extract with the facts of its tables, then `facts`."""
    document = build_document(seed, agency, year, phase)
    found = tuple(f for table in tables for f in table_facts(table, document))
    return Extract(document, tuple(tables), tuple(passages), (*found, *facts))


SAMPLE_ITEMS = (
    item("合计", None, 0, "700.00", "310.00", "390.00", total=True),
    item("科学技术支出", "206", 0, "500.00", "110.00", "390.00"),
    item("科学技术普及", "20607", 1, "500.00", "110.00", "390.00"),
    item("机构运行", "2060701", 2, "110.00", "110.00", ""),
    item("科普活动", "2060702", 2, "390.00", "-", "390.00"),
    item("社会保障和就业支出", "208", 0, "200.00", "200.00", "0.00"),
)
SAMPLE_SENTENCE = "科普活动支出390.00万元，比上年增加40.00万元，主要是新增科普宣传项目。"


def sample_extract(
    seed: str = "a", agency: str = "某市科学技术协会", year: int = 2024, phase: Phase = Phase.BUDGET
) -> Extract:
    """A small document that holds every kind of record once: two tables, prose, an indicator, a definition, a check."""
    document = build_document(seed, agency, year, phase)
    columns = ("总计", ("支出", "基本支出"), ("支出", "项目支出"))
    spending = build_table("T1", f"{year}年部门支出预算总表", SAMPLE_ITEMS, columns)
    projects = (item("科普宣传", None, 0, "390.00", organisation=agency),)
    project_table = build_table("T2", f"{year}年项目支出表", projects, ("金额",), TableKind.PROJECTS, page=4)
    prose = build_passage("P1", SAMPLE_SENTENCE, ("第二部分", "一、支出情况"))
    term = build_passage("P2", "科普活动：指开展科普活动的支出。", ("名词解释",), PassageKind.DEFINITION)
    none = build_passage("P3", "本部门没有使用政府性基金预算拨款安排的支出。", ("第二部分",))
    facts = (
        sentence_fact("P1.F1", "P1", "科普活动", "390.00", SAMPLE_SENTENCE, document),
        sentence_fact("P1.F2", "P1", "科普活动", "40.00", SAMPLE_SENTENCE, document, Measure.DELTA),
    )
    box = Box(72.0, 200.0, 400.0, 214.0)
    total = Side(Decimal("700.00"), WAN, ("T1.R0.C2",), "700.00", 3)
    parts = Side(Decimal("700.00"), WAN, ("T1.R1.C2", "T1.R5.C2"))
    return Extract(
        document,
        (spending, project_table),
        (prose, term, none),
        tuple(f for t in (spending, project_table) for f in table_facts(t, document)) + facts,
        (
            Statement("S1", "P1", "科普活动", ("科普活动",), SAMPLE_SENTENCE, 0, len(SAMPLE_SENTENCE),
                      "新增科普宣传项目"),
        ),
        (
            Indicator("I1", "T2", 0, agency, "科普宣传", None, "提高科学素质", "产出指标", "数量指标", "科普讲座场次",
                      "≥", "12", Decimal("12"), "场", Decimal("10"), 4, box),
        ),
        (Definition("科普活动", "指开展科普活动的支出。", "P2"),),
        (Declaration("政府性基金", "本部门没有使用政府性基金预算拨款安排的支出。", 2, box, passage="P3"),),
        (Check("children_sum", Outcome.HELD, total, parts, Decimal("0.00"), "合计 = 各项之和", "T1"),),
    )  # fmt: skip


def synthetic_extract(number: int, facts: int = 2000, agencies: int = 40) -> Extract:
    """A large invented document for measurements: about `facts` facts in tables of 50 rows and 4 columns.

    Item names repeat over documents, as those of the standard classification do; project names are its own.
    """
    agency, year = f"第{number % agencies}局", 2015 + number // agencies % 10
    columns = ("总计", ("支出", "基本支出"), ("支出", "项目支出"), "上年数")
    tables = []
    for t in range(max(1, facts // 200)):
        items = [_synthetic_item(number, t, r) for r in range(50)]
        kind = TableKind.PROJECTS if t % 5 == 4 else TableKind.EXPENDITURE
        tables.append(build_table(f"T{t}", f"{year}年第{t}表", items, columns, kind, page=t + 3))
    prose = [build_passage(f"P{p}", f"{agency}{year}年第{p}项工作安排{number * 7 + p}.00万元。") for p in range(30)]
    return build_extract(f"synthetic-{number}", tables, agency, year, passages=prose)


def _synthetic_item(number: int, table: int, row: int) -> Item:
    figures = tuple(f"{(number * 31 + table * 17 + row * 7 + c) % 9000}.{row % 100:02d}" for c in range(4))
    if table % 5 == 4:
        return item(f"第{number % 40}局项目{row}", None, 0, *figures)
    depth = (0, 1, 2, 2, 2)[row % 5]
    code = f"{201 + row // 5}01{row % 5:02d}"[: 3 + 2 * depth]
    return item(f"第{table}类科目{row}", code, depth, *figures)
