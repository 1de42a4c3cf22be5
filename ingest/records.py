"""The typed records that pass between modules and into the corpus. All frozen; every figure says where it stands.

Ids are strings, unique in a document: table "T3", passage "P12", fact "T3.R5.C2" (table) or "P12.F1" (sentence).
In the corpus they are used together with the document's id.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from ingest.geometry import Box
from ingest.numbers import CellState
from ingest.units import UNKNOWN_UNIT, UnitReading


class Phase(StrEnum):
    """Which stage of the budget cycle a figure belongs to."""

    BUDGET = "budget"  # 预算数, 年初预算
    ADJUSTED = "adjusted_budget"  # 全年预算, 调整预算数
    ACTUAL = "actual"  # 决算数, 执行数
    UNKNOWN = "unknown"


class Scope(StrEnum):
    """Whether a disclosure speaks for a whole department (部门) or for one unit (单位)."""

    DEPARTMENT = "department"
    UNIT = "unit"
    UNKNOWN = "unknown"


class Volume(StrEnum):
    """Which part of a disclosure a file holds."""

    WHOLE = "whole"
    TEXT = "text"
    TABLES = "tables"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who published what: read from the document's own text, the file name only where the text is silent."""

    title: str
    agency: str | None
    year: int | None
    phase: Phase
    scope: Scope = Scope.UNKNOWN
    volume: Volume = Volume.WHOLE


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read; the rest of the document was kept."""

    page: int | None
    message: str


@dataclass(frozen=True, slots=True)
class Document:
    """One ingested file. `id` is the first 16 hex digits of its SHA-256; `file` its base name."""

    id: str
    file: str
    sha256: str
    identity: Identity
    pages: int
    reader: str
    problems: tuple[Problem, ...] = ()


class TableKind(StrEnum):
    """The tables a Chinese disclosure has; anything else is GENERAL and still answerable."""

    BALANCE = "balance"  # 收支总表
    REVENUE = "revenue"  # 收入总表
    EXPENDITURE = "expenditure"  # 支出总表
    FISCAL_BALANCE = "fiscal_balance"  # 财政拨款收支总表
    FISCAL_EXPENDITURE = "fiscal_expenditure"  # 财政拨款支出表
    GENERAL_PUBLIC = "general_public"  # 一般公共预算支出表
    BASIC = "basic"  # 基本支出表 (by economic code)
    THREE_PUBLIC = "three_public"  # “三公”经费
    GOVERNMENT_FUND = "government_fund"  # 政府性基金
    STATE_CAPITAL = "state_capital"  # 国有资本经营
    PROJECTS = "projects"  # 项目支出
    PERFORMANCE = "performance"  # 项目支出绩效
    INDICATORS = "indicators"  # 绩效指标
    PROCUREMENT = "procurement"  # 政府采购
    OPERATING = "operating"  # 机关运行经费
    GENERAL = "general"


class ColumnRole(StrEnum):
    """What a column holds."""

    CODE = "code"  # a classification code, or one of its 类/款/项 parts
    LABEL = "label"  # the row's own name
    ORGANISATION = "organisation"  # 单位名称
    VALUE = "value"  # figures
    TEXT = "text"  # anything else


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a logical table: its header path from the outermost heading down.

    `panel` numbers the halves of a grid that holds two tables side by side (收入 | 支出), from 0. `year` and `phase`
    are set where the heading itself says them (上年执行数, 决算数), else they are the document's. `boxes` are the
    header cells, by page, of the first page of the table that prints them.
    """

    index: int
    path: tuple[str, ...]
    role: ColumnRole
    panel: int
    unit: UnitReading = UNKNOWN_UNIT
    year: int | None = None
    phase: Phase = Phase.UNKNOWN
    page: int | None = None
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell: `text` as printed, line breaks inside the cell removed; box None where the reader has none."""

    text: str
    page: int
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class RowLabel:
    """A row's name within one panel: path from the outermost parent down to itself, its code, and its parent's row.

    `parent` is the index, in the table, of the row that is the parent in this panel; None at the top.
    `total` is true for 合计/总计/小计-like rows, whose figure is the sum of others and not an item of its own.
    """

    path: tuple[str, ...]
    code: str | None = None
    parent: int | None = None
    total: bool = False
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One body row: cells aligned with the table's columns, and a label for each panel (None where it is empty)."""

    index: int
    page: int
    cells: tuple[Cell, ...]
    labels: tuple[RowLabel | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A logical table, over however many pages it runs. `notes` are the lines printed under it."""

    id: str
    title: str
    number: str | None
    kind: TableKind
    unit: UnitReading
    pages: tuple[int, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    title_box: Box | None = None


class PassageKind(StrEnum):
    """What a passage is for."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    DEFINITION = "definition"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class PassageLine:
    """One printed line of a passage: the characters [start, end) of the passage's text, and where they stand.

    `edges` are the x positions of those characters (end - start + 1 of them) while the document is being read; they
    are not stored and take no part in equality.
    """

    start: int
    end: int
    page: int
    box: Box | None = None
    edges: tuple[float, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, whole over page breaks, with the headings it stands under."""

    id: str
    kind: PassageKind
    section: tuple[str, ...]
    text: str
    lines: tuple[PassageLine, ...]

    @property
    def page(self) -> int:
        return self.lines[0].page


class Measure(StrEnum):
    """What a figure measures of its label."""

    AMOUNT = "amount"  # the item's money
    QUANTITY = "quantity"  # a count: vehicles, people, projects …
    BASE = "base"  # the earlier figure it is compared with
    DELTA = "delta"  # signed change from the base
    RATE = "rate"  # signed growth in %
    SHARE = "share"  # share of a whole in %
    COMPLETION = "completion"  # 完成预算的 … %


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure (or one blank figure cell) with everything needed to find, use and cite it.

    From a table: `table`, `row`, `column` are set. From a sentence: `passage`, `sentence` and `statement`.
    `label` is the last element of `row_path`. `value` is None unless `state` is FIGURE. `total` as in `RowLabel`.
    `year` and `phase` are the column's or sentence's own where printed, else the document's.
    `text` is the figure as printed; `box` its place on `page`.
    """

    id: str
    label: str
    row_path: tuple[str, ...]
    column_path: tuple[str, ...]
    code: str | None
    organisation: str | None
    year: int | None
    phase: Phase
    measure: Measure
    state: CellState
    value: Decimal | None
    unit: UnitReading
    text: str
    page: int
    box: Box | None
    total: bool = False
    table: str | None = None
    row: int | None = None
    column: int | None = None
    passage: str | None = None
    statement: str | None = None
    sentence: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence (or clause) of prose about one item: its facts share `id`; reason and use quoted from it.

    `label` is the item spoken of, `path` the classification path where the sentence names one
    (科学技术支出（类）科学技术普及（款）科普活动（项）); `reason` is what follows 主要是/主要原因是, `use` what follows
    主要用于.
    """

    id: str
    passage: str
    label: str
    path: tuple[str, ...]
    sentence: str
    start: int
    end: int
    reason: str | None = None
    use: str | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One KPI row (绩效指标): target with operator and unit. `value` is None for a qualitative target (定性).

    A self-evaluation (自评) prints what was reached as well: `done` as printed, with its value, unit and place, and the
    points given of `weight`.
    """

    id: str
    table: str
    row: int
    organisation: str | None
    project: str
    project_code: str | None
    goal: str | None
    level1: str
    level2: str
    name: str
    operator: str
    target: str
    value: Decimal | None
    unit: str
    weight: Decimal | None
    page: int
    box: Box | None
    done: str = ""
    done_value: Decimal | None = None
    done_unit: str = ""
    done_box: Box | None = None
    score: Decimal | None = None
    score_box: Box | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and what the document says it means (名词解释)."""

    term: str
    text: str
    passage: str


@dataclass(frozen=True, slots=True)
class Declaration:
    """A statement that there is none of something (没有使用政府性基金…). One of passage and table is set."""

    subject: str
    sentence: str
    page: int
    box: Box | None
    passage: str | None = None
    table: str | None = None


class Outcome(StrEnum):
    """How an identity came out."""

    HELD = "held"
    ROUNDING = "rounding"
    BROKEN = "broken"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an identity: its value and the ids of the facts it is made of."""

    value: Decimal | None
    unit: UnitReading
    facts: tuple[str, ...] = ()
    text: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """An identity that the document should obey, as it came out. `doubt` says why extraction may be to blame."""

    kind: str
    outcome: Outcome
    left: Side
    right: Side
    difference: Decimal | None
    message: str
    table: str | None = None
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Extract:
    """Everything read from one document: what the corpus takes whole or not at all."""

    document: Document
    tables: tuple[Table, ...] = ()
    passages: tuple[Passage, ...] = ()
    facts: tuple[Fact, ...] = ()
    statements: tuple[Statement, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    definitions: tuple[Definition, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    checks: tuple[Check, ...] = ()
