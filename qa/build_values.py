"""Builders of plans that compute one figure: shares, changes, sums, differences; and the plain lookup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ingest.corpus import FactHit, LabelKind
from ingest.records import Measure, Phase
from ingest.units import Dimension
from qa.asked import (
    as_executed,
    by_phase,
    by_year,
    direction,
    held_years,
    in_phase,
    is_money,
    is_percent,
    one_beside_stages,
    planned_items,
    rows_of,
    two_operands,
    years_asked,
)
from qa.build_sets import in_scope, subordinate_units
from qa.intent import Cue
from qa.joined import parts_of
from qa.keys import label_key
from qa.measured import measure_asked
from qa.operands import Operands
from qa.plan import (
    Compare,
    Difference,
    Group,
    Growth,
    Item,
    Lookup,
    Members,
    Multiple,
    PerHead,
    Plan,
    Prior,
    Ratio,
    Sum,
    Trend,
    Wanted,
    WhatIf,
)
from qa.projectsets import conditioned_sets
from qa.quantities import count_said
from qa.slot import Slot

_PEOPLE = frozenset({"人", "名", "人次", "residents", "people", "persons", "inhabitants", "citizens"})
_WITHIN = re.compile(r"里|中|之下|内|\b(?:within|of|under)\b")
_PLUS = re.compile(r"[、和与及跟同加+]|\b(?:and|plus)\b")
_OVER_SEVERAL = frozenset({"sum", "average", "difference", "growth_rate", "growth_delta", "fall_rate", "fall_delta"})


def what_if(ops: Operands, cue: Cue) -> Iterator[Plan]:
    """An amount changed by a percentage of the asker's."""
    percent = next((n for n in ops.ask.linked.numbers if is_percent(n)), None)
    if percent is not None:
        change = -percent.value if ops.ask.says("falling") else percent.value
        yield WhatIf(ops.plan(ops.ask.slots), change)


def per_head(ops: Operands, cue: Cue) -> Iterator[Plan]:
    """An amount over a number of the asker's."""
    heads = [n for n in ops.ask.linked.numbers if n.value > 0 and not is_money(n) and not is_percent(n)]
    if heads:
        unit = heads[0].unit.symbol if heads[0].unit is not None else ""
        yield PerHead(ops.plan(ops.ask.slots), heads[0].value, things="" if unit in _PEOPLE else unit)
    for counted in rows_of(ops.ask.slots) if len(rows_of(ops.ask.slots)) > 1 else ():
        things = replace(ops.item([counted]), measure=Measure.QUANTITY)
        people = ops.result(Lookup(things)).quantity
        if people is not None and people.unit.dimension is Dimension.COUNT:
            yield PerHead(ops.plan([s for s in ops.ask.slots if s is not counted]), by=Lookup(things))


def completion(ops: Operands, cue: Cue) -> Iterator[Plan]:
    """How much of its budget was spent: printed, else actual over budget; not where rows are ranked by it."""
    if measure_asked(ops) is not None:
        return
    item = as_executed(ops).item(ops.ask.slots)
    timeless = replace(item, scope=replace(item.scope, phases=()))
    yield Lookup(replace(timeless, measure=Measure.COMPLETION))
    for planned in planned_items(timeless):
        yield Ratio(Lookup(in_phase(timeless, Phase.ACTUAL)), Lookup(planned))


def multiple(ops: Operands, cue: Cue) -> Iterator[Plan]:
    """How many times one figure another is."""
    plans = two_operands(ops, cue)
    years = ops.ask.setting.years
    if len(plans) != 2 and len(years) == 2:
        base = ops.ask.base_year if ops.ask.base_year in years else min(years)
        plans = [Lookup(i) for i in by_year(ops, sorted(years, key=lambda y: y == base))]
    if len(plans) == 2:
        yield Multiple(plans[0], plans[1])


def rank_year(ops: Operands, cue: Cue) -> Iterator[Plan]:
    """In which year a figure was largest."""
    years = ops.ask.setting.years if len(ops.ask.setting.years) > 1 else held_years(ops)
    items = by_year(ops, sorted(years))
    if len(items) > 1:
        yield Compare(tuple(items), direction(ops))


def trend(ops: Operands, cue: Cue) -> Iterator[Plan]:
    """A figure a year."""
    if any(c.intent in _OVER_SEVERAL for c in ops.ask.cues):
        return
    years = ops.ask.setting.years if len(ops.ask.setting.years) > 1 else held_years(ops)
    if len(years) > 1:
        yield Trend(tuple(by_year(ops, sorted(years))))


def growth_rate(ops: Operands, cue: Cue) -> Iterator[Plan]:
    """A change in percent (in money where a unit of money is asked for)."""
    return _growth(ops, Wanted.DELTA if ops.ask.setting.unit else Wanted.RATE, cue)


def growth_delta(ops: Operands, cue: Cue) -> Iterator[Plan]:
    """A change in money."""
    return _growth(ops, Wanted.DELTA, cue)


def _growth(ops: Operands, wanted: Wanted, cue: Cue) -> Iterator[Plan]:
    years = ops.ask.setting.years
    falling = cue.intent.startswith("fall")
    base = ops.ask.base_year
    later = [y for y in years if y != base] or list(years)
    if len(later) > 1:
        base = min(later)
    item = ops.item(ops.ask.slots)
    if base is not None and later:
        item = replace(by_year(ops, (max(later),))[0], said=item.said)
    yield Growth(item, wanted, falling, base)


def phase_gap(ops: Operands, cue: Cue) -> Iterator[Plan]:
    """How far the final figure is from the budgeted one; of a unit's projects, all of them together."""
    phases = by_phase(ops)
    placed = any(s.is_organisation for s in ops.ask.slots)
    if phases is not None and placed and not rows_of(ops.ask.slots) and ops.ask.says("project_noun"):
        scope = ops.scope(ops.ask.slots, None)
        items = (Item(ops.ask.text, scope=replace(scope, phases=p.scope.phases)) for p in phases)
        left, right = (Sum(members=Members(Group.PROJECTS, item)) for item in items)
        yield Difference(left, right, absolute=True)
    if phases is not None:
        yield Difference(Lookup(phases[0]), Lookup(phases[1]), absolute=True)


def difference(ops: Operands, cue: Cue) -> Iterator[Plan]:
    """One figure less another: two items, two years, or actual and budget."""
    years = ops.ask.setting.years
    rows = rows_of(ops.ask.slots)
    by_stage = by_phase(ops) if len(ops.ask.linked.phases) > 1 and one_beside_stages(rows) else None
    plans = [Lookup(i) for i in by_stage] if by_stage is not None else two_operands(ops, cue)
    if len(plans) != 2 and len(rows) == 2 and rows[0].end == rows[1].start:  # 工会经费福利费差额
        places = [s for s in ops.ask.slots if s.is_agency or s.is_organisation]
        plans = [ops.plan((*places, row)) for row in rows]
    over_years = len(plans) != 2 and len(years) == 2
    if over_years:
        plans = [Lookup(i) for i in by_year(ops, years)]
    if len({repr(p) for p in plans}) < 2:
        phases = by_phase(ops)
        plans = [Lookup(i) for i in phases] if phases is not None else []
        if plans:
            yield Difference(plans[0], plans[1], absolute=True)
        elif rows and -1 in ops.ask.linked.relative_years:  # "how much less than the year before"
            yield Growth(ops.item(ops.ask.slots), Wanted.DELTA, ops.ask.says("reverse"))
        return
    if len(plans) == 2:
        backwards = ops.ask.says("reverse")
        left, right = plans[::-1] if backwards else plans
        one_sided = (cue.a is not None or backwards or ops.ask.says("one_sided")) and not ops.ask.says("apart")
        yield Difference(left, right, absolute=not one_sided)
    if over_years or ops.ask.base_year:
        yield from _growth(ops, Wanted.DELTA, cue)


def add_up(ops: Operands, cue: Cue) -> Iterator[Plan]:
    """A sum of named terms, of one item's years, or of names that stand side by side."""
    yield from (Sum(members=members) for members in conditioned_sets(ops))
    several = _distinct(ops.groups("conjunction"))
    if ops.own_rows("conjunction") < 2 and not _places_apart(several):
        several = several[:1]
    years = years_asked(ops)
    rows = [s for s in rows_of(ops.ask.slots) if not ops.called_table(s)]
    placed = any(s.is_organisation for s in ops.ask.slots)
    if all(map(_names_column, rows)) and placed and ops.ask.says("project_noun"):
        columns = tuple(n.text for row in rows for n in row.of(LabelKind.COLUMN))
        yield Sum(members=Members(Group.PROJECTS, replace(in_scope(ops), columns=columns)))
    yield from _of_like_named(ops)
    if not placed and ops.ask.says("organisation_noun"):
        yield from (Sum(members=members) for members in subordinate_units(ops))
    if len(several) > 1 and not _row_in_column(ops):
        yield Sum(tuple(several))
    elif (joined := joined_sum(ops)) is not None:
        yield joined
    elif len(rows) == 1 and (ops.ask.says("several_rows") or ops.says_anywhere("procurement_noun")):
        yield from same_named(ops)
    elif years:
        yield Sum(tuple(Lookup(i) for i in by_year(ops, sorted(years))))
    elif len(rows) > 1 and all(a.end == b.start and a.code is None for a, b in pairwise(rows)):
        places = [s for s in ops.ask.slots if s.is_agency or s.is_organisation]
        terms = tuple(ops.plan((*places, row)) for row in rows)
        if all(ops.result(t).answered for t in terms):
            yield Sum(terms)


_SO_MANY = re.compile(r"([两二三四五六七八九十]|\d{1,2})(?:家|个|所|座)$")


def _of_like_named(ops: Operands) -> Iterator[Plan]:
    """The sum over units that one name stands for alike, where the question says how many (四家社区卫生服务中心)."""
    for slot in (s for s in ops.ask.slots if s.is_organisation):
        said = _SO_MANY.search(ops.ask.text[: slot.start])
        best = slot.best(LabelKind.ORGANISATION)
        alike = dict.fromkeys(n.text for n in slot.of(LabelKind.ORGANISATION) if n.score >= best)
        if said is not None and len(alike) == count_said(said[1]):
            item = ops.item(ops.ask.slots)
            scopes = (replace(item.scope, organisations=(unit,)) for unit in alike)
            yield Sum(tuple(Lookup(replace(item, scope=scope)) for scope in scopes))


def _names_column(slot: Slot) -> bool:
    """Whether a slot names a column and no item or project."""
    return slot.has_column and not slot.of(LabelKind.ITEM, LabelKind.PROJECT)


def _row_in_column(ops: Operands) -> bool:
    """Whether the first of two names is where the other is looked for ("…当中，走项目支出的", "政府采购里，服务类")."""
    rows = rows_of(ops.ask.slots)
    between = ops.ask.text[rows[0].end : rows[1].start] if len(rows) == 2 else "和"
    if _PLUS.search(between):
        return False
    if _WITHIN.search(between):
        return True
    only_columns = [_names_column(s) for s in rows]
    return only_columns == [False, True]


def joined_sum(ops: Operands) -> Plan | None:
    """The sum of two things that one stretch names ("water and electricity"), unless a row is of both."""
    rows = rows_of(ops.ask.slots)
    named = [parts for row in rows if (parts := parts_of(row))]
    if len(named) != 1 or len(rows) > 2:
        return None
    parts = named[0]
    found = ops.result(ops.plan(ops.ask.slots)).evidence
    single = {label_key(n.text) for part in parts for n in part.names}
    if any(isinstance(e, FactHit) and label_key(e.fact.label) not in single for e in found):
        return None
    others = [s for s in ops.ask.slots if s.is_agency or s.is_organisation or (s in rows and not parts_of(s))]
    total = Sum(tuple(ops.plan((part, *others)) for part in parts))
    return total if ops.result(total).answered else None


def same_named(ops: Operands) -> Iterator[Plan]:
    """The sum of a table's rows of one name, each told by what it stands under ("两笔一共")."""
    item = ops.item(ops.ask.slots)
    facts = [r.hit.fact for r in ops.calculator.selector.readings(item)]
    kin = [f for f in facts if (f.table, f.column, f.label) == (facts[0].table, facts[0].column, facts[0].label)]
    shared = set.intersection(*(set(f.row_path) for f in kin)) if kin else set()
    own = [next((p for p in f.row_path if p not in shared), None) for f in kin]
    if len(kin) > 1 and len(set(own)) == len(kin) and None not in own:
        names = tuple(n for n in item.names if n.text == facts[0].label)
        yield Sum(tuple(Lookup(replace(item, names=names, parents=(p,))) for p in own if p is not None))


def _places_apart(plans: list[Plan]) -> bool:
    """Whether the plans ask one row of several organisations, agencies or years."""
    items = [p.item for p in plans if isinstance(p, Lookup)]
    return len({(i.scope.organisations, i.scope.documents, i.scope.years) for i in items}) > 1


def _distinct(plans: list[Plan]) -> list[Plan]:
    """The plans without a second reading of the same item in the same place and time."""
    kept: dict[object, Plan] = {}
    for plan in plans:
        item = plan.item if isinstance(plan, Lookup) else None
        key = plan if item is None else (item.names[:1], item.codes, item.total, item.scope, item.columns)
        kept.setdefault(key, plan)
    return list(kept.values())


def derived(ops: Operands, cue: Cue) -> Iterator[Plan]:
    """Last year's figure as this year's figures imply it."""
    yield Prior(ops.item(ops.ask.slots))


def prior(ops: Operands, cue: Cue) -> Iterator[Plan]:
    """Last year's figure."""
    if ops.ask.linked.relative_years and not ops.ask.linked.years:
        yield Prior(ops.item(ops.ask.slots))
