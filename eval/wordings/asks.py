"""What can be asked of a generated budget: for each ask, names to fill in and the gold that follows from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random

from eval.generate.asking import Asked, english_name, plain_economics, plain_functions, plain_projects
from eval.generate.list_tables import three_public_amounts
from eval.generate.question import rounded
from eval.generate.saying import percent
from eval.generate.spec import FunctionLine, Project, sum_of
from eval.question import Kind

STRANGERS = ("云中市渔业局", "月港县盐务局", "蓬莱洲市航天局")


@dataclass(frozen=True, slots=True)
class Case:
    """Names for the places of a wording, and the gold of the question that results."""

    kind: Kind
    gold: str
    unit: str = ""
    cite: str = ""
    names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Drawer:
    """Draws names from one budget; in English only items that have an English name are asked about."""

    asked: Asked
    language: str
    rng: Random

    def said(self, name: str) -> str:
        """A standard item as the question calls it."""
        return name if self.language == "zh" else english_name(name) or name

    def sayable(self, name: str) -> bool:
        return self.language == "zh" or english_name(name) is not None

    def functions(self, size: int) -> list[FunctionLine]:
        """The lines of a level that can be named without doubt, in random order."""
        lines = [line for line in plain_functions(self.asked.spec, size) if self.sayable(line.name)]
        return self.rng.sample(lines, len(lines))

    def families(self) -> Iterator[tuple[FunctionLine, list[FunctionLine]]]:
        """Items of the second level with two or more below them."""
        for line in self.functions(5):
            below = [leaf for leaf in self.asked.spec.leaves() if leaf.code.startswith(line.code)]
            if len(below) > 1 and not any(f.code.startswith(line.code) for f in self.asked.spec.fund):
                yield line, below

    def owners(self) -> Iterator[tuple[str, list[Project]]]:
        """Organisations with at least four projects of different amounts, largest first."""
        for owner in self.rng.sample(list(self.asked.spec.organisations), len(self.asked.spec.organisations)):
            own = sorted((p for p in self.asked.spec.projects if p.organisation == owner), key=lambda p: -p.amount)
            if len(own) > 3 and len({p.amount for p in own}) == len(own):
                yield owner, own


Ask = Callable[[Drawer], Iterator[Case]]


def _items(d: Drawer) -> Iterator[Case]:
    for line in d.functions(7):
        names = (("i", d.said(line.name)),)
        yield Case(Kind.LOOKUP, d.asked.gold(line.total), d.asked.unit, line.name, names)


def _tops(d: Drawer) -> Iterator[Case]:
    for line in d.functions(3):
        yield Case(Kind.LOOKUP, d.asked.gold(line.total), d.asked.unit, line.name, (("t", d.said(line.name)),))


def _codes(d: Drawer) -> Iterator[Case]:
    for line in d.functions(7):
        yield Case(Kind.LOOKUP, d.asked.gold(line.total), d.asked.unit, line.name, (("c", line.code),))


def _economics(d: Drawer) -> Iterator[Case]:
    items = [item for item in plain_economics(d.asked.spec) if d.sayable(item.name)]
    for item in d.rng.sample(items, len(items)):
        yield Case(Kind.LOOKUP, d.asked.gold(item.total), d.asked.unit, item.name, (("e", d.said(item.name)),))


def _columns(d: Drawer) -> Iterator[Case]:
    for line in d.functions(7):
        if line.project and line.basic:
            yield Case(Kind.LOOKUP, d.asked.gold(line.project), d.asked.unit, line.name, (("i", d.said(line.name)),))


def _projects(d: Drawer) -> Iterator[Case]:
    projects = plain_projects(d.asked.spec)
    for project in d.rng.sample(projects, len(projects)):
        yield Case(Kind.LOOKUP, d.asked.gold(project.amount), d.asked.unit, project.name, (("p", project.name),))


def _pairs(d: Drawer) -> Iterator[tuple[FunctionLine, FunctionLine, tuple[tuple[str, str], ...]]]:
    lines = d.functions(7)
    for one, two in zip(lines[::2], lines[1::2], strict=False):
        more, less = sorted((one, two), key=lambda line: -line.total)
        yield more, less, (("i", d.said(more.name)), ("j", d.said(less.name)))


def _sums(d: Drawer) -> Iterator[Case]:
    for one, two, names in _pairs(d):
        yield Case(Kind.SUM, d.asked.gold(one.total + two.total), d.asked.unit, one.name, names)


def _differences(d: Drawer) -> Iterator[Case]:
    for more, less, names in _pairs(d):
        yield Case(Kind.DIFFERENCE, d.asked.gold(more.total - less.total), d.asked.unit, more.name, names)


def _shares(d: Drawer) -> Iterator[Case]:
    for line in d.functions(3):
        gold = str(percent(line.total, d.asked.spec.total))
        yield Case(Kind.RATIO, gold, "%", line.name, (("t", d.said(line.name)),))


def _parent_shares(d: Drawer) -> Iterator[Case]:
    for parent, below in d.families():
        part = next((leaf for leaf in below if d.sayable(leaf.name) and leaf in d.functions(7)), None)
        if part is not None:
            gold = rounded(part.total * 100 / parent.total, 2)
            yield Case(Kind.RATIO, gold, "%", part.name, (("i", d.said(part.name)), ("q", d.said(parent.name))))


def _largest(d: Drawer) -> Iterator[Case]:
    for parent, below in d.families():
        first, second, *_ = sorted(below, key=lambda leaf: -leaf.total)
        if first.total != second.total:
            yield Case(Kind.RANK, d.asked.gold(first.total), d.asked.unit, first.name, (("q", d.said(parent.name)),))


def _children(d: Drawer) -> Iterator[Case]:
    for parent, below in d.families():
        yield Case(Kind.LIST, "|".join(leaf.name for leaf in below), names=(("q", d.said(parent.name)),))


def _project_counts(d: Drawer) -> Iterator[Case]:
    if d.language == "en":
        yield Case(Kind.COUNT, str(len(d.asked.spec.projects)), "个")
        return
    for owner, own in d.owners():
        yield Case(Kind.COUNT, str(len(own)), "个", names=(("o", owner),))


def _averages(d: Drawer) -> Iterator[Case]:
    style = d.asked.style
    digits = max(style.decimals, 2)
    if d.language == "en":
        own = d.asked.spec.projects
        mean = rounded(style.value(sum_of(p.amount for p in own)) / len(own), digits)
        yield Case(Kind.AVERAGE, mean, d.asked.unit)
        return
    for owner, projects in d.owners():
        mean = rounded(style.value(sum_of(p.amount for p in projects)) / len(projects), digits)
        yield Case(Kind.AVERAGE, mean, d.asked.unit, names=(("o", owner),))


def _top_projects(d: Drawer) -> Iterator[Case]:
    for owner, own in d.owners():
        yield Case(Kind.RANK, d.asked.gold(own[0].amount), d.asked.unit, own[0].name, (("o", owner),))


def _top_threes(d: Drawer) -> Iterator[Case]:
    for owner, own in d.owners():
        yield Case(Kind.LIST, "|".join(p.name for p in own[:3]), names=(("o", owner),))


def _single(amount: Callable[[Asked], object], cite: str = "") -> Ask:
    """An ask for one amount of the whole budget; nothing where it is nil."""

    def ask(d: Drawer) -> Iterator[Case]:
        value = amount(d.asked)
        if value:
            yield Case(Kind.LOOKUP, d.asked.gold(value), d.asked.unit, cite)  # type: ignore[arg-type]

    return ask


def _growth(d: Drawer, gold: Callable[[Asked], str], unit: str) -> Iterator[Case]:
    if d.asked.spec.total > d.asked.spec.prior.total > 0:
        yield Case(Kind.GROWTH, gold(d.asked), unit)


def _growth_rates(d: Drawer) -> Iterator[Case]:
    spec = d.asked.spec
    return _growth(d, lambda _: str(percent(spec.total - spec.prior.total, spec.prior.total)), "%")


def _growth_amounts(d: Drawer) -> Iterator[Case]:
    return _growth(d, lambda a: a.gold(a.spec.total - a.spec.prior.total), d.asked.unit)


def _uses(d: Drawer) -> Iterator[Case]:
    for line in d.functions(7):
        if line.use:
            yield Case(Kind.TEXT, line.use, names=(("i", d.said(line.name)),))


def _reasons(d: Drawer) -> Iterator[Case]:
    yield Case(Kind.TEXT, d.asked.spec.reasons.total)


def _none(d: Drawer) -> Iterator[Case]:
    yield Case(Kind.NONE, "没有" if d.language == "zh" else "none")


def _abstain(d: Drawer) -> Iterator[Case]:
    for line, top in zip(d.functions(7), d.functions(3), strict=False):
        names = {"i": d.said(line.name), "t": d.said(top.name), "x": d.rng.choice(STRANGERS)}
        yield Case(Kind.ABSTAIN, "", names=(*names.items(), ("z", str(d.asked.spec.year - 7))))


def _kpis(d: Drawer) -> Iterator[Case]:
    for block in d.asked.spec.kpis:
        for target in block.targets:
            if target.operator != "定性":
                names = (("k", block.project), ("n", target.name))
                yield Case(Kind.KPI, target.target, target.unit, target.name, names)


ASKS: Mapping[str, Ask] = {
    "item": _items,
    "top": _tops,
    "code": _codes,
    "econ": _economics,
    "column": _columns,
    "project": _projects,
    "sum": _sums,
    "difference": _differences,
    "share": _shares,
    "parent_share": _parent_shares,
    "largest": _largest,
    "children": _children,
    "projects": _project_counts,
    "average": _averages,
    "top_project": _top_projects,
    "top_three": _top_threes,
    "total": _single(lambda a: a.spec.total),
    "three_public": _single(lambda a: three_public_amounts(a.spec.three_public)[0]),
    "reception": _single(lambda a: sum_of(line.reception for line in a.spec.three_public)),
    "running": _single(lambda a: sum_of(line.running for line in a.spec.three_public)),
    "basic": _single(lambda a: a.spec.basic),
    "project_total": _single(lambda a: a.spec.project_total),
    "procurement": _single(lambda a: a.spec.procurement.total),
    "goods": _single(lambda a: a.spec.procurement.goods),
    "operating": _single(lambda a: a.spec.operating),
    "growth_rate": _growth_rates,
    "growth_amount": _growth_amounts,
    "use": _uses,
    "reason": _reasons,
    "none": _none,
    "year": _abstain,
    "actual": _abstain,
    "stranger": _abstain,
    "topic": _abstain,
    "kpi": _kpis,
}
