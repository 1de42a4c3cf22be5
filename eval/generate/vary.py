"""Another year, or the execution, of a budget: every amount changed a little, every sum still right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from eval.generate.spec import (
    NIL,
    EconomicLine,
    FunctionLine,
    Programme,
    Project,
    Revenue,
    Spec,
    ThreePublic,
    function_leaf,
    sum_of,
    with_economic_parents,
    with_parents,
)

_LINKED = {
    "30108": ("2080505",),
    "30109": ("2080506",),
    "30110": ("2101101", "2101102"),
    "30111": ("2101103",),
    "30113": ("2210201",),
    "30301": ("2080501",),
    "30302": ("2080502",),
}


@dataclass(frozen=True, slots=True)
class Variation:
    """How to vary: amounts become `low` to `high` percent of what they were, whole numbers of `step` yuan."""

    seed: int
    low: int
    high: int
    step: Decimal = Decimal(100)
    three_public: tuple[ThreePublic, ...] | None = None
    without_projects: tuple[str, ...] = ()


def vary(spec: Spec, variation: Variation) -> Spec:
    """The varied budget. Year, prior, reasons and goals are left as they are, for the caller to replace."""
    rng = Random(f"vary {variation.seed}")
    names = {line.code: line.name for line in spec.functions} | {line.code: line.name for line in spec.economics}
    leaves = tuple(_varied_leaf(rng, leaf, variation) for leaf in spec.leaves())
    three_public = variation.three_public or tuple(_varied_trip(rng, line, variation) for line in spec.three_public)
    economics = _economics(spec, leaves, three_public, variation.step)
    projects = _projects(spec, sum_of(leaf.project for leaf in leaves), variation)
    total = sum_of(leaf.total for leaf in leaves)
    carried = _near(rng, spec.revenue.carried, variation)
    budgets = {(project.organisation, project.name): project.amount for project in projects}
    return replace(
        spec,
        revenue=Revenue(total - carried, carried=carried),
        functions=with_parents(leaves, names),
        economics=with_economic_parents(economics, names),
        personnel=sum_of(line.personnel for line in economics),
        public=sum_of(line.public for line in economics),
        three_public=three_public,
        projects=projects,
        project_total=sum_of(project.amount for project in projects),
        programmes=_programmes(spec, projects, variation.step),
        kpis=tuple(
            replace(block, budget=budgets[block.organisation, block.project])
            for block in spec.kpis
            if (block.organisation, block.project) in budgets
        ),
        operating=sum_of(line.public for line in economics),
        fund=(),
        before=(),
    )


def scale_to(amounts: list[Decimal], total: Decimal, step: Decimal) -> list[Decimal]:
    """Amounts in the same proportions that sum to `total`; the largest takes what rounding leaves."""
    whole = sum_of(amounts)
    scaled = [amount * total / whole // step * step for amount in amounts]
    largest = max(range(len(scaled)), key=lambda place: scaled[place])
    scaled[largest] += total - sum_of(scaled)
    return scaled


def _near(rng: Random, amount: Decimal, variation: Variation) -> Decimal:
    return amount * rng.randint(variation.low * 10, variation.high * 10) / 1000 // variation.step * variation.step


def _varied_leaf(rng: Random, leaf: FunctionLine, variation: Variation) -> FunctionLine:
    parts = [_near(rng, amount, variation) for amount in (leaf.personnel, leaf.public, leaf.project)]
    return function_leaf(leaf.code, leaf.name, parts[0], parts[1], parts[2], leaf.use)


def _varied_trip(rng: Random, line: ThreePublic, variation: Variation) -> ThreePublic:
    amounts = (line.abroad, line.purchase, line.running, line.reception)
    return ThreePublic(line.organisation, *[_near(rng, amount, variation) for amount in amounts])


def _economics(
    spec: Spec, leaves: tuple[FunctionLine, ...], three_public: tuple[ThreePublic, ...], step: Decimal
) -> tuple[EconomicLine, ...]:
    """Lines linked to functions or to the “三公” expenses take their amounts; the others are scaled to what is left."""
    own = {leaf.code: leaf.personnel for leaf in leaves}
    linked = {
        code: sum_of(own[function] for function in functions if function in own)
        for code, functions in _LINKED.items()
        if any(function in own for function in functions)
    }
    fixed = {
        "30212": sum_of(line.abroad for line in three_public),
        "30217": sum_of(line.reception for line in three_public),
        "30231": sum_of(line.running for line in three_public),
    }
    lines = [line for line in spec.economics if len(line.code) == 5]
    personnel_total = sum_of(leaf.personnel for leaf in leaves) - sum_of(linked.values())
    public_total = sum_of(leaf.public for leaf in leaves) - sum_of(fixed.values())
    staff = [line for line in lines if line.personnel and line.code not in linked]
    goods = [line for line in lines if line.public and line.code not in fixed]
    scaled_staff = scale_to([line.personnel for line in staff], personnel_total, step)
    scaled_goods = scale_to([line.public for line in goods], public_total, step)
    varied = {**linked, **fixed}
    varied |= {line.code: amount for line, amount in zip(staff, scaled_staff, strict=True)}
    varied |= {line.code: amount for line, amount in zip(goods, scaled_goods, strict=True)}
    kept = [line for line in lines if varied.get(line.code)]
    return tuple(
        EconomicLine(x.code, x.name, varied[x.code] if x.personnel else NIL, varied[x.code] if x.public else NIL)
        for x in kept
    )


def _projects(spec: Spec, total: Decimal, variation: Variation) -> tuple[Project, ...]:
    kept = [project for project in spec.projects if project.name not in variation.without_projects and not project.fund]
    amounts = scale_to([project.amount for project in kept], total, variation.step)
    return tuple(replace(project, amount=amount) for project, amount in zip(kept, amounts, strict=True))


def _programmes(spec: Spec, projects: tuple[Project, ...], step: Decimal) -> tuple[Programme, ...]:
    """Each organisation's programmes scaled to its projects."""
    varied: list[Programme] = []
    for owner in dict.fromkeys(programme.organisation for programme in spec.programmes):
        own = [programme for programme in spec.programmes if programme.organisation == owner]
        total = sum_of(project.amount for project in projects if project.organisation == owner)
        amounts = scale_to([programme.amount for programme in own], total, step)
        varied.extend(replace(programme, amount=amount) for programme, amount in zip(own, amounts, strict=True))
    return tuple(varied)
