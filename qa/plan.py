"""Plans: a question as a small typed tree. Nodes only declare; `qa.calculator` runs them, `qa.planjson` stores them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar, get_args

from ingest.corpus import LabelKind
from ingest.records import Measure, Phase
from qa.question import How


@dataclass(frozen=True, slots=True)
class Name:
    """A label of the corpus that may be meant: its text, what it names, how surely and how it was matched."""

    text: str
    kind: LabelKind
    score: float = 1.0
    how: How = How.EXACT


@dataclass(frozen=True, slots=True)
class Scope:
    """Where an item may be read: documents by id, organisations, years and phases; empty means as the documents say.

    `unit` is the unit the asker wants; a figure printed in it is preferred to a converted one.
    """

    documents: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    phases: tuple[Phase, ...] = ()
    unit: str | None = None


class Kind(StrEnum):
    """Which classification a row belongs to; an asker may name it ("项目", "功能科目", "经济科目")."""

    FUNCTION = "function"
    ECONOMIC = "economic"
    PROJECT = "project"
    THREE_PUBLIC = "three_public"
    REVENUE = "revenue"
    COLUMN = "column"
    OTHER = "other"
    PROSE = "prose"


class Total(StrEnum):
    """A grand total asked for without naming a row."""

    EXPENDITURE = "expenditure"
    REVENUE = "revenue"


@dataclass(frozen=True, slots=True)
class Item:
    """One figure to be found: by names (best first) or codes, in a column, under a parent, within a scope.

    `said` are the asker's words. Of `columns`, `parents` and `sources` any one element has to match; empty means
    not asked. `sources` are table titles, or ids of tables without one. `total` asks for a grand total, no named row.
    """

    said: str
    names: tuple[Name, ...] = ()
    codes: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    scope: Scope = field(default_factory=Scope)
    measure: Measure = Measure.AMOUNT
    kind: Kind | None = None
    total: Total | None = None


class Group(StrEnum):
    """What the members of a set are."""

    CHILDREN = "children"  # the next level below an item
    PROJECTS = "projects"
    ORGANISATIONS = "organisations"
    INDICATORS = "indicators"
    FUNCTIONS = "functions"  # function items of the lowest printed level
    ECONOMIC = "economic"  # economic items of the lowest printed level
    ROWS = "rows"  # the rows of the tables in `sources`
    UNITS = "units"  # the units that the document says its budget covers


@dataclass(frozen=True, slots=True)
class Members:
    """A set of rows: the children of `item`, or the projects, organisations … of its scope and column.

    `without` are labels left out. `graded` (优, 优秀) and `written` are texts their cells bear; `unplanned`: no budget.
    """

    group: Group
    item: Item
    without: tuple[str, ...] = ()
    graded: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    unplanned: bool = False


class Direction(StrEnum):
    """Which end a ranking starts from, or which side of a threshold is kept."""

    MOST = "most"
    LEAST = "least"


class Wanted(StrEnum):
    """Which side of a change is asked for."""

    RATE = "rate"
    DELTA = "delta"


class Aspect(StrEnum):
    """What about an item is to be explained."""

    REASON = "reason"
    USE = "use"
    DUTIES = "duties"
    TOPIC = "topic"


class Lack(StrEnum):
    """Why nothing can be answered."""

    NOT_UNDERSTOOD = "not_understood"
    FOREIGN = "foreign"
    YEAR = "year"
    ACTUALS = "actuals"
    BUDGET = "budget"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Lookup:
    op: ClassVar[str] = "lookup"
    item: Item


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of terms named one by one, or of a set's members (whose printed total is preferred)."""

    op: ClassVar[str] = "sum"
    terms: tuple[Plan, ...] = ()
    members: Members | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """left - right; `absolute` where the asker only wants the gap."""

    op: ClassVar[str] = "difference"
    left: Plan
    right: Plan
    absolute: bool = False


@dataclass(frozen=True, slots=True)
class Ratio:
    """part / whole in percent."""

    op: ClassVar[str] = "ratio"
    part: Plan
    whole: Plan


@dataclass(frozen=True, slots=True)
class Multiple:
    """left / right as a plain number of times."""

    op: ClassVar[str] = "multiple"
    left: Plan
    right: Plan


@dataclass(frozen=True, slots=True)
class Average:
    """The mean over a set's members, or over terms named one by one."""

    op: ClassVar[str] = "average"
    members: Members | None = None
    terms: tuple[Plan, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    op: ClassVar[str] = "count"
    members: Members


@dataclass(frozen=True, slots=True)
class Growth:
    """The change from the year before (or between two named years), as a rate or an amount.

    `falling` records that the asker spoke of a decrease: a fall is then given as a positive figure.
    """

    op: ClassVar[str] = "growth"
    item: Item
    wanted: Wanted
    falling: bool = False
    base_year: int | None = None


@dataclass(frozen=True, slots=True)
class Prior:
    """The value of the year before."""

    op: ClassVar[str] = "prior"
    item: Item


@dataclass(frozen=True, slots=True)
class PerHead:
    """An amount divided by a number the asker gives (`heads`, of people unless `things` names another unit), or by a
    count that is looked up (`by`).
    """

    op: ClassVar[str] = "per_head"
    of: Plan
    heads: Decimal | None = None
    by: Plan | None = None
    things: str = ""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """An amount changed by a percentage the asker gives."""

    op: ClassVar[str] = "what_if"
    of: Plan
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Rank:
    """The `first` members from one end, or only the one at `position` (1 is the first)."""

    op: ClassVar[str] = "rank"
    members: Members
    direction: Direction = Direction.MOST
    first: int = 1
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """Members at or beyond a threshold in `unit` (beyond alone where `strict`); only their number where `counted`."""

    op: ClassVar[str] = "filter"
    members: Members
    direction: Direction
    threshold: Decimal
    unit: str
    counted: bool = False
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Breakdown:
    op: ClassVar[str] = "breakdown"
    members: Members


@dataclass(frozen=True, slots=True)
class Trend:
    op: ClassVar[str] = "trend"
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """Several figures side by side, and which is the largest (or smallest)."""

    op: ClassVar[str] = "compare"
    items: tuple[Item, ...]
    direction: Direction = Direction.MOST


@dataclass(frozen=True, slots=True)
class Target:
    """An indicator's target, or, unless `planned` is asked, what was reached of it; `said`, the question, names it."""

    op: ClassVar[str] = "target"
    projects: tuple[Name, ...]
    indicators: tuple[Name, ...]
    said: str
    scope: Scope
    unit: str | None = None
    planned: bool = False


@dataclass(frozen=True, slots=True)
class Define:
    op: ClassVar[str] = "define"
    terms: tuple[Name, ...]
    said: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class Explain:
    op: ClassVar[str] = "explain"
    aspect: Aspect
    item: Item


@dataclass(frozen=True, slots=True)
class Read:
    """What a document tells in a sentence, by its place: one figure, or passages; `fit` is how well it fits `said`.

    `none` marks a question whether there is any, which a printed zero or a sentence that there is none answers.
    """

    op: ClassVar[str] = "read"
    said: str
    document: str
    fact: str | None = None
    passages: tuple[str, ...] = ()
    none: bool = False
    fit: float = 1.0


@dataclass(frozen=True, slots=True)
class DeclareNone:
    """Whether the document declares that there is none of something."""

    op: ClassVar[str] = "declare_none"
    item: Item


@dataclass(frozen=True, slots=True)
class Convert:
    """The result of a plan in the unit the asker wants."""

    op: ClassVar[str] = "convert"
    of: Plan
    unit: str


@dataclass(frozen=True, slots=True)
class Abstain:
    """No answer, and why; `asked` are the words, years or agencies that found nothing."""

    op: ClassVar[str] = "abstain"
    lack: Lack
    asked: tuple[str, ...] = ()
    scope: Scope = field(default_factory=Scope)
    nearest: tuple[Item, ...] = ()


Plan = (
    Lookup
    | Sum
    | Difference
    | Ratio
    | Multiple
    | Average
    | Count
    | Growth
    | Prior
    | PerHead
    | WhatIf
    | Rank
    | Filter
    | Breakdown
    | Trend
    | Compare
    | Target
    | Define
    | Explain
    | Read
    | DeclareNone
    | Convert
    | Abstain
)

NODES: tuple[type[Plan], ...] = get_args(Plan)


def scopes_in(node: object) -> Iterator[Scope]:
    """Every scope in a plan."""
    if isinstance(node, Scope):
        yield node
    elif isinstance(node, tuple):
        for part in node:
            yield from scopes_in(part)
    elif dataclasses.is_dataclass(node) and not isinstance(node, type):
        for part in dataclasses.fields(node):
            yield from scopes_in(getattr(node, part.name))
