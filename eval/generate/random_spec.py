"""Random budgets that are right by construction: every sum holds, prose and tables say the same."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from eval.generate.data_files import economic_names, function_names, function_uses, rows_of
from eval.generate.random_kpis import random_kpis
from eval.generate.random_parts import grouped, random_amount, split, split_near
from eval.generate.spec import (
    NIL,
    Assets,
    Before,
    EconomicLine,
    FunctionLine,
    Prior,
    Procurement,
    Project,
    Reasons,
    Revenue,
    Spec,
    ThreePublic,
    function_leaf,
    sum_of,
    with_economic_parents,
    with_parents,
)

_FUND_CODES = ("2296002", "2296003")
_COMMON = ("2080505", "2080506", "2101101", "2101102", "2101103", "2210201", "2210202", "2210203")
_RETIRED = ("2080501", "2080502")


@dataclass(frozen=True, slots=True)
class RandomOptions:
    """The size and scale of a random budget; None leaves the choice to the seed.

    `step` is the smallest amount in yuan, so that figures print exactly; `kpis` counts projects with targets;
    `main` is the 类 that most of the spending belongs to.
    """

    year: int | None = None
    agency: str | None = None
    main: str | None = None
    scope: str | None = None
    step: Decimal = Decimal(100)
    leaves: int | None = None
    organisations: int | None = None
    projects: int | None = None
    kpis: int | None = None
    fund: bool | None = None


def random_spec(seed: int, options: RandomOptions | None = None) -> Spec:
    """A budget that follows from the seed and the options alone."""
    rng, chosen = Random(seed), options or RandomOptions()
    agency, main = _agency(rng, chosen)
    year = chosen.year or rng.randint(2017, 2026)
    organisations = _organisations(rng, agency, chosen)
    leaves = _leaves(rng, main, chosen)
    fund = _fund(rng, main, chosen)
    functions = with_parents(leaves, function_names())
    three_public = _three_public(rng, organisations, leaves, chosen.step)
    economics = _economics(rng, leaves, three_public, chosen.step)
    total = sum_of(leaf.total for leaf in (*leaves, *fund))
    projects = _projects(rng, organisations, leaves, fund, chosen)
    before = _before(rng, leaves, functions, chosen.step)
    lines = with_economic_parents(economics, economic_names())
    public = sum_of(line.public for line in economics)
    fund_total = sum_of(leaf.total for leaf in fund)
    carried = _carried(rng, total - fund_total, chosen.step)
    return Spec(
        agency=agency,
        agency_code=str(rng.randint(101, 899)) if rng.random() < 0.5 else "",
        scope=chosen.scope or rng.choice(("部门", "单位")),
        year=year,
        organisations=organisations,
        duties=tuple(f"{verb}{agency}职责范围内的{noun}。" for verb, noun in _DUTIES[: rng.randint(3, len(_DUTIES))]),
        revenue=Revenue(total - fund_total - carried, fund=fund_total, carried=carried),
        functions=functions,
        economics=lines,
        personnel=sum_of(line.personnel for line in economics),
        public=public,
        three_public=three_public,
        projects=projects,
        project_total=sum_of(project.amount for project in projects),
        programmes=grouped(rng, projects),
        kpis=random_kpis(rng, projects, chosen.kpis if chosen.kpis is not None else rng.randint(2, 6), year),
        procurement=Procurement(*[random_amount(rng, chosen.step, 2_000_000) for _ in range(3)]),
        operating=public,
        assets=Assets(rng.randint(0, 30), rng.randint(0, 3), rng.randint(0, 9), rng.randint(0, 20), rng.randint(0, 2)),
        prior=_prior(rng, before, functions, fund_total, three_public, public, chosen.step),
        reasons=_reasons(rng),
        fund=with_parents(fund, function_names()) if fund else (),
        before=before,
        seed=seed,
    )


_DUTIES = (
    ("拟订", "年度计划并组织实施"),
    ("承担", "日常管理和公共服务"),
    ("指导", "下属单位的业务工作"),
    ("组织", "宣传培训和对外交流"),
    ("负责", "资金使用的监督检查"),
    ("推进", "信息化和标准化建设"),
)


def _agency(rng: Random, options: RandomOptions) -> tuple[str, str]:
    places = [row[0] for row in rows_of("places")]
    name, main = rng.choice(rows_of("agencies"))
    return options.agency or rng.choice(places) + name, options.main or main


def _organisations(rng: Random, agency: str, options: RandomOptions) -> tuple[str, ...]:
    count = options.organisations or rng.randint(1, 5)
    units = ("服务中心", "信息中心", "培训中心", "执法队", "事务所", "研究院", "管理站")
    return (f"{agency}本级", *[f"{agency}{unit}" for unit in rng.sample(units, min(count, len(units)) - 1)])


def _leaves(rng: Random, main: str, options: RandomOptions) -> tuple[FunctionLine, ...]:
    """Leaves of the main function with projects, and those of pensions, health and housing with personnel only."""
    names, uses = function_names(), function_uses()
    pool = [code for code in names if len(code) == 7 and code.startswith(main) and code not in (*_COMMON, *_RETIRED)]
    count = options.leaves or rng.randint(2, 8)
    extra = [code for code in names if len(code) == 7 and code[:3] not in (main, "208", "210", "221", "229")]
    own = rng.sample(pool, min(count, len(pool))) + rng.sample(extra, max(0, min(count - len(pool), len(extra))))
    leaves = []
    for number, code in enumerate(own):
        staffed = number == 0 or rng.random() < 0.4
        personnel = random_amount(rng, options.step, 20_000_000) if staffed else NIL
        public = random_amount(rng, options.step, 3_000_000, 200_000) if staffed else NIL
        project = random_amount(rng, options.step, 9_000_000) if number <= 1 or rng.random() < 0.8 else NIL
        if not staffed and not project:
            project = random_amount(rng, options.step, 900_000)
        leaves.append(function_leaf(code, names[code], personnel, public, project, uses[code]))
    for code in (*_COMMON, *rng.sample(_RETIRED, rng.randint(0, 2))):
        if rng.random() < 0.85 or code == "2210201":
            amount = random_amount(rng, options.step, 2_000_000)
            leaves.append(function_leaf(code, names[code], amount, NIL, NIL, uses[code]))
    return tuple(sorted(leaves, key=lambda leaf: leaf.code))


def _fund(rng: Random, main: str, options: RandomOptions) -> tuple[FunctionLine, ...]:
    wanted = options.fund if options.fund is not None else rng.random() < 0.25
    if not wanted:
        return ()
    names, uses = function_names(), function_uses()
    codes = _FUND_CODES[: rng.randint(1, 2)]
    return tuple(
        function_leaf(c, names[c], NIL, NIL, random_amount(rng, options.step, 800_000), uses[c]) for c in codes
    )


def _economics(
    rng: Random, leaves: tuple[FunctionLine, ...], three_public: tuple[ThreePublic, ...], step: Decimal
) -> tuple[EconomicLine, ...]:
    """Economic lines that sum to the functional ones: insurance and housing to the same amounts, the rest split."""
    names = economic_names()
    of = {leaf.code: leaf.personnel for leaf in leaves}
    linked = {
        "30108": of.get("2080505", NIL),
        "30109": of.get("2080506", NIL),
        "30110": of.get("2101101", NIL) + of.get("2101102", NIL),
        "30111": of.get("2101103", NIL),
        "30113": of.get("2210201", NIL),
        "30301": of.get("2080501", NIL),
        "30302": of.get("2080502", NIL),
    }
    rest = sum_of(leaf.personnel for leaf in leaves) - sum_of(linked.values())
    salaries = {"30112": 3, "30103": 12, "30199": 6, "30102": 20, "30107": 24, "30101": 35}
    shares = split_near(rng, rest, list(salaries.values()), step)
    personnel = linked | dict(zip(salaries, shares, strict=True))
    fixed = {
        "30212": sum_of(line.abroad for line in three_public),
        "30217": sum_of(line.reception for line in three_public),
        "30231": sum_of(line.running for line in three_public),
    }
    goods = [code for code in names if code.startswith("302") and len(code) == 5 and code not in fixed]
    chosen = sorted(rng.sample(goods, rng.randint(5, len(goods))))
    left = sum_of(leaf.public for leaf in leaves) - sum_of(fixed.values())
    public = fixed | dict(zip(chosen, split(rng, left, len(chosen), step), strict=True))
    lines = [EconomicLine(code, names[code], amount, NIL) for code, amount in personnel.items() if amount]
    lines += [EconomicLine(code, names[code], NIL, amount) for code, amount in public.items() if amount]
    return tuple(lines)


def _three_public(
    rng: Random, organisations: tuple[str, ...], leaves: tuple[FunctionLine, ...], step: Decimal
) -> tuple[ThreePublic, ...]:
    """Small beside the public expenses, so that the economic lines they are part of stay positive."""
    room = sum_of(leaf.public for leaf in leaves) / 4 / len(organisations)
    lines = []
    for number, name in enumerate(organisations):
        abroad, running, reception = split(rng, room // step * step, 3, step)
        abroad = abroad if rng.random() < 0.3 else NIL
        running = running if rng.random() < 0.7 or not number else NIL
        purchase = random_amount(rng, step, 250_000) if rng.random() < 0.25 else NIL
        lines.append(ThreePublic(name, abroad, purchase, running, reception))
    return tuple(lines)


def _projects(
    rng: Random,
    organisations: tuple[str, ...],
    leaves: tuple[FunctionLine, ...],
    fund: tuple[FunctionLine, ...],
    options: RandomOptions,
) -> tuple[Project, ...]:
    """Projects that sum to the projects of the functions; names do not repeat within an organisation."""
    names = [row[0] for row in rows_of("projects")]
    count = options.projects or rng.randint(4, 24)
    general = split(rng, sum_of(leaf.project for leaf in leaves), count, options.step)
    amounts = [(amount, False) for amount in general if amount] + [(leaf.project, True) for leaf in fund]
    rng.shuffle(amounts)
    projects = []
    for number, (amount, is_fund) in enumerate(amounts):
        owner = organisations[number * len(organisations) // len(amounts)]
        turn, index = divmod(number, len(names))
        name = names[(index + _offset(owner)) % len(names)] + ("" if not turn else f"（{turn + 1}期）")
        projects.append(Project(owner, name, amount, is_fund))
    return tuple(projects)


def _offset(owner: str) -> int:
    """Where in the pool of names an organisation begins, so that organisations share some names."""
    return len(owner) * 5


def _before(
    rng: Random, leaves: tuple[FunctionLine, ...], functions: tuple[FunctionLine, ...], step: Decimal
) -> tuple[Before, ...]:
    spent = {leaf.code: max(step, leaf.total * rng.randint(70, 130) // 100 // step * step) for leaf in leaves}
    return tuple(
        Before(line.code, sum_of(amount for code, amount in spent.items() if code.startswith(line.code)))
        for line in functions
    )


def _prior(
    rng: Random,
    before: tuple[Before, ...],
    functions: tuple[FunctionLine, ...],
    fund_total: Decimal,
    three_public: tuple[ThreePublic, ...],
    operating: Decimal,
    step: Decimal,
) -> Prior:
    general = sum_of(line.amount for line in before if len(line.code) == 3)

    def near(amount: Decimal) -> Decimal:
        return amount * rng.choice((80, 95, 100, 110, 140)) // 100 // step * step

    abroad, purchase, running, reception = (
        near(sum_of(getattr(line, field) for line in three_public))
        for field in ("abroad", "purchase", "running", "reception")
    )
    return Prior(general + near(fund_total), general, abroad, purchase, running, reception, near(operating))


def _carried(rng: Random, general: Decimal, step: Decimal) -> Decimal:
    return general * rng.randint(1, 5) // 100 // step * step if rng.random() < 0.5 else NIL


def _reasons(rng: Random) -> Reasons:
    return Reasons(*[rng.choice(rows_of("reasons"))[0] for _ in range(5)])
