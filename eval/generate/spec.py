"""What a generated budget document says: the frozen specification, amounts in yuan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

NIL = Decimal(0)


class Language(StrEnum):
    """The language the whole document is written in."""

    CHINESE = "zh"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class FunctionLine:
    """One 功能分类 line (3, 5 or 7 digits) with its amounts; parents are lines of their own and carry their sums."""

    code: str
    name: str
    personnel: Decimal
    public: Decimal
    project: Decimal
    basic: Decimal
    total: Decimal
    use: str = ""


@dataclass(frozen=True, slots=True)
class EconomicLine:
    """One 经济分类 line (3 or 5 digits) of the basic expenditure, as 人员经费 or 公用经费."""

    code: str
    name: str
    personnel: Decimal
    public: Decimal

    @property
    def total(self) -> Decimal:
        return self.personnel + self.public


@dataclass(frozen=True, slots=True)
class ThreePublic:
    """The “三公” expenses of one organisation."""

    organisation: str
    abroad: Decimal
    purchase: Decimal
    running: Decimal
    reception: Decimal

    @property
    def vehicles(self) -> Decimal:
        return self.purchase + self.running

    @property
    def total(self) -> Decimal:
        return self.abroad + self.vehicles + self.reception


@dataclass(frozen=True, slots=True)
class Project:
    """One project of one organisation."""

    organisation: str
    name: str
    amount: Decimal
    fund: bool = False


@dataclass(frozen=True, slots=True)
class Programme:
    """One first-level project with its goal, as the performance table has it."""

    organisation: str
    name: str
    amount: Decimal
    goal: str


@dataclass(frozen=True, slots=True)
class Target:
    """One KPI: `operator` is ≥, =, ≤, > or 定性, and `target` text where it is qualitative."""

    level1: str
    level2: str
    name: str
    operator: str
    target: str
    unit: str
    weight: Decimal


@dataclass(frozen=True, slots=True)
class KpiBlock:
    """The KPIs of one project, its total over years and this year's budget in yuan."""

    organisation: str
    code: str
    subcode: str
    project: str
    goal: str
    total: Decimal
    budget: Decimal
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Procurement:
    """Government procurement by its three kinds."""

    goods: Decimal
    works: Decimal
    services: Decimal

    @property
    def total(self) -> Decimal:
        return self.goods + self.works + self.services


@dataclass(frozen=True, slots=True)
class Assets:
    """State-owned assets at the end of the year before."""

    vehicles: int
    special_vehicles: int
    general_equipment: int
    special_equipment: int
    bought_vehicles: int = 0


@dataclass(frozen=True, slots=True)
class Revenue:
    """Where the money comes from; `carried` is 上年结转 of the general public budget."""

    general: Decimal
    fund: Decimal = NIL
    capital: Decimal = NIL
    special_account: Decimal = NIL
    service: Decimal = NIL
    operating: Decimal = NIL
    carried: Decimal = NIL

    @property
    def current(self) -> Decimal:
        return self.general + self.fund + self.capital + self.special_account + self.service + self.operating

    @property
    def total(self) -> Decimal:
        return self.current + self.carried


@dataclass(frozen=True, slots=True)
class Prior:
    """The year before, as this year's document speaks of it."""

    total: Decimal
    general: Decimal
    abroad: Decimal
    purchase: Decimal
    running: Decimal
    reception: Decimal
    operating: Decimal

    @property
    def three_public(self) -> Decimal:
        return self.abroad + self.purchase + self.running + self.reception


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why figures changed, as phrases that follow 主要是."""

    total: str
    three_public: str
    reception: str
    purchase: str
    operating: str


@dataclass(frozen=True, slots=True)
class Before:
    """What was spent under one function code in the year before."""

    code: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Spec:
    """One Chinese budget document. `invented` says that its figures are made up; the pages then say so.

    `personnel`, `public` and `project_total` are the printed totals; a publisher's may differ from the sums by
    rounding. `fund` holds the lines of the government fund budget, all of it projects.
    """

    agency: str
    agency_code: str
    scope: str
    year: int
    organisations: tuple[str, ...]
    duties: tuple[str, ...]
    revenue: Revenue
    functions: tuple[FunctionLine, ...]
    economics: tuple[EconomicLine, ...]
    personnel: Decimal
    public: Decimal
    three_public: tuple[ThreePublic, ...]
    projects: tuple[Project, ...]
    project_total: Decimal
    programmes: tuple[Programme, ...]
    kpis: tuple[KpiBlock, ...]
    procurement: Procurement
    operating: Decimal
    assets: Assets
    prior: Prior
    reasons: Reasons
    fund: tuple[FunctionLine, ...] = ()
    before: tuple[Before, ...] = ()
    invented: bool = True
    seed: int = 0

    @property
    def total(self) -> Decimal:
        return self.revenue.total

    @property
    def fund_total(self) -> Decimal:
        return sum_of(line.total for line in self.fund if len(line.code) == 3)

    @property
    def general_total(self) -> Decimal:
        """What the general public budget pays for, carried-over money included."""
        return self.total - self.fund_total

    @property
    def general_projects(self) -> Decimal:
        return self.project_total - self.fund_total

    def all_functions(self) -> tuple[FunctionLine, ...]:
        """The lines of both budgets in code order; no code stands in both."""
        return tuple(sorted((*self.functions, *self.fund), key=lambda line: line.code))

    def tops(self) -> tuple[FunctionLine, ...]:
        """The lines of the highest level (类)."""
        return tuple(line for line in self.functions if len(line.code) == 3)

    def leaves(self) -> tuple[FunctionLine, ...]:
        """The lines of the lowest level (项)."""
        return tuple(line for line in self.functions if len(line.code) == 7)

    def function(self, code: str) -> FunctionLine:
        """The line with this code; raises `KeyError`."""
        for line in self.functions:
            if line.code == code:
                return line
        raise KeyError(code)

    @property
    def basic(self) -> Decimal:
        return self.personnel + self.public

    def before_of(self, code: str) -> Decimal:
        """What was spent under a code the year before; raises `KeyError`."""
        for line in self.before:
            if line.code == code:
                return line.amount
        raise KeyError(code)


@dataclass(frozen=True, slots=True)
class Budgeted:
    """What a final account was budgeted at: the start of the year's and the adjusted budget of one code."""

    code: str
    initial: Decimal
    adjusted: Decimal


@dataclass(frozen=True, slots=True)
class FinalSpec:
    """A final account: `actual` holds the actual figures, beside the budgeted ones by code."""

    actual: Spec
    budgeted: tuple[Budgeted, ...]
    three_public: tuple[ThreePublic, ...]
    carried_out: Decimal

    @property
    def total(self) -> Decimal:
        """Both sides' 总计: what was spent and what is carried into the next year."""
        return self.actual.total + self.carried_out

    def budget_of(self, code: str) -> Budgeted:
        """The budgeted amounts of a code; raises `KeyError`."""
        for line in self.budgeted:
            if line.code == code:
                return line
        raise KeyError(code)


def sum_of(amounts: Iterable[Decimal]) -> Decimal:
    """An exact sum that is a Decimal for no amounts too."""
    return sum(amounts, NIL)


def function_leaf(
    code: str, name: str, personnel: Decimal, public: Decimal, project: Decimal, use: str = ""
) -> FunctionLine:
    """A line of the lowest level whose basic expenditure and total follow from its parts."""
    basic = personnel + public
    return FunctionLine(code, name, personnel, public, project, basic, basic + project, use)


def with_parents(leaves: Sequence[FunctionLine], names: dict[str, str]) -> tuple[FunctionLine, ...]:
    """The lines of a tree in code order from its leaves: each parent's amounts are the sums of its leaves."""
    codes = sorted({leaf.code[:size] for leaf in leaves for size in (3, 5, 7)})
    lines = []
    for code in codes:
        below = [leaf for leaf in leaves if leaf.code.startswith(code)]
        personnel = sum_of(leaf.personnel for leaf in below)
        public = sum_of(leaf.public for leaf in below)
        project = sum_of(leaf.project for leaf in below)
        use = below[0].use if len(code) == 7 else ""
        lines.append(function_leaf(code, names[code], personnel, public, project, use))
    return tuple(lines)


def with_economic_parents(leaves: Sequence[EconomicLine], names: dict[str, str]) -> tuple[EconomicLine, ...]:
    """The economic lines with their 3-digit parents, in code order."""
    codes = sorted({leaf.code[:size] for leaf in leaves for size in (3, 5)})
    return tuple(
        EconomicLine(
            code,
            names[code],
            sum_of(leaf.personnel for leaf in leaves if leaf.code.startswith(code)),
            sum_of(leaf.public for leaf in leaves if leaf.code.startswith(code)),
        )
        for code in codes
    )
