"""Builders of plans that compute one figure: shares, changes, sums, differences; and the plain lookup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ingest.corpus import FactHit, LabelKind
from ingest.records import Measure, Phase, TableKind
from ingest.units import Dimension
from qa.asked import (
    as_executed,
    by_phase,
    by_year,
    counted_item,
    direction,
    held_years,
    in_phase,
    is_money,
    is_percent,
    planned_items,
    rows_of,
    two_operands,
    wants_count,
    years_asked,
)
from qa.build_sets import in_scope, money_of
from qa.build_words import asks_target, indicator_target
from qa.intent import Cue
from qa.joined import parts_of
from qa.keys import label_key
from qa.leftover import leftover
from qa.measured import measure_asked
from qa.operands import Operands
from qa.plan import (
    Abstain,
    Compare,
    DeclareNone,
    Difference,
    Group,
    Growth,
    Item,
    Lack,
    Lookup,
    Members,
    Multiple,
    Name,
    PerHead,
    Plan,
    Prior,
    Ratio,
    Sum,
    Trend,
    Wanted,
    WhatIf,
)
from qa.roles import totalled_table
from qa.slot import Slot
from qa.slots import plays_total, within

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


def ratio(ops: Operands, cue: Cue) -> Iterator[Plan]:
    """A part of a whole in percent; of the total where no whole is named. An amount asked for is no share."""
    if not ops.ask.slots or ops.ask.setting.unit is not None or _asks_amount(ops):
        return
    part = within(ops.ask.slots, cue.a) if cue.a else ()
    whole = within(ops.ask.slots, cue.b) if cue.b else ()
    if not rows_of(part) and len(rows_of(whole)) > 1:
        whole, part = _split_last(whole)
    elif not rows_of(part):
        part, whole = ops.ask.slots, ()
    places = [s for s in ops.ask.slots if s.is_agency or s.is_organisation]
    own = any(s.is_agency or s.is_organisation for s in part)
    part_plan = ops.plan((*part, *(() if own else (s for s in places if s.is_agency))), cue.a)
    if ops.ask.says("its", cue.b) and isinstance(part_plan, Lookup) and part_plan.item.columns and _is_total(whole):
        yield Ratio(part_plan, Lookup(replace(part_plan.item, columns=())))
    crossed = _column_of(ops, part, whole)
    if crossed is not None:
        yield crossed
    if rows_of(whole):
        own = any(s.is_agency or s.is_organisation for s in whole)
        lent = [] if own else [s for s in places if s.is_agency or ops.ask.says("its", cue.b)]
        yield Ratio(part_plan, ops.plan((*whole, *lent), cue.b))
        return
    whole_item = procurement_whole(ops) if any("采购" in s.text for s in part) else None
    scope = ops.scope(places, None)
    if whole_item is None and cue.b is not None and ops.ask.says("project_noun", cue.b):
        yield Ratio(part_plan, Sum(members=Members(Group.PROJECTS, replace(ops.whole(), scope=scope))))
    yield Ratio(part_plan, Lookup(replace(whole_item or ops.whole(), scope=scope)))


def _column_of(ops: Operands, part: tuple[Slot, ...], whole: tuple[Slot, ...]) -> Plan | None:
    """For a part that is only a column (人员经费, 项目支出) and a whole that is a row: the column in that very row."""
    columns, rows = rows_of(part), rows_of(whole)
    only_column = len(columns) == 1 and not columns[0].of(LabelKind.PROJECT) and columns[0].has_column
    if not only_column or len(rows) != 1 or rows[0].has_column or _is_total(whole):
        return None
    inside = ops.plan((*whole, *columns))
    if isinstance(inside, Lookup) and inside.item.columns and inside.item.names and ops.result(inside).answered:
        return Ratio(inside, Lookup(replace(inside.item, columns=())))
    return None


def _is_total(slots: tuple[Slot, ...]) -> bool:
    """Whether the names are those of a grand total and of nothing else."""
    return all(s.names and plays_total(s.names[0].text) for s in rows_of(slots))


def procurement_whole(ops: Operands) -> Item | None:
    """All procurement, of which a category of it is a share where no whole is named."""
    labels = ops.calculator.corpus.labels((LabelKind.ITEM,))
    names = tuple(Name(x.text, x.kind) for x in labels if totalled_table(x.text) is TableKind.PROCUREMENT)
    return Item("政府采购", names=names) if names else None


def _asks_amount(ops: Operands) -> bool:
    """Whether money is asked for in so many words and no percentage: "占多少（金额）"."""
    unit = ops.ask.linked.unit
    counted = unit is not None and not unit.is_money
    return ops.ask.says("amount_noun") and not counted and not ops.ask.says("share_noun")


def _split_last(slots: tuple[Slot, ...]) -> tuple[tuple[Slot, ...], tuple[Slot, ...]]:
    """Whole and part of "share of WHOLE … PART": the last row is the part."""
    last = rows_of(slots)[-1]
    return tuple(s for s in slots if s is not last), (last,)


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
    """How far the final figure is from the budgeted one."""
    phases = by_phase(ops)
    if phases is not None:
        yield Difference(Lookup(phases[0]), Lookup(phases[1]), absolute=True)


def difference(ops: Operands, cue: Cue) -> Iterator[Plan]:
    """One figure less another: two items, two years, or actual and budget."""
    plans = two_operands(ops, cue)
    years = ops.ask.setting.years
    rows = rows_of(ops.ask.slots)
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
    several = _distinct(ops.groups("conjunction"))
    if ops.own_rows("conjunction") < 2 and not _places_apart(several):
        several = several[:1]
    years = years_asked(ops)
    rows = [s for s in rows_of(ops.ask.slots) if not ops.called_table(s)]
    placed = any(s.is_organisation for s in ops.ask.slots)
    if not rows and placed and ops.ask.says("project_noun"):
        yield Sum(members=Members(Group.PROJECTS, in_scope(ops)))
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


def _row_in_column(ops: Operands) -> bool:
    """Whether the first of two names is where the other is looked for ("…当中，走项目支出的", "政府采购里，服务类")."""
    rows = rows_of(ops.ask.slots)
    between = ops.ask.text[rows[0].end : rows[1].start] if len(rows) == 2 else "和"
    if _PLUS.search(between):
        return False
    if _WITHIN.search(between):
        return True
    only_columns = [s.has_column and not s.of(LabelKind.ITEM, LabelKind.PROJECT) for s in rows]
    return only_columns == [False, True]


def joined_sum(ops: Operands) -> Plan | None:
    """The sum of two things that one stretch names ("water and electricity"), unless a row is of both."""
    rows = rows_of(ops.ask.slots)
    parts = parts_of(rows[0]) if len(rows) == 1 else ()
    if not parts:
        return None
    found = ops.result(ops.plan(ops.ask.slots)).evidence
    single = {label_key(n.text) for part in parts for n in part.names}
    if any(isinstance(e, FactHit) and label_key(e.fact.label) not in single for e in found):
        return None
    places = [s for s in ops.ask.slots if s.is_agency or s.is_organisation]
    total = Sum(tuple(ops.plan((*places, part)) for part in parts))
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


def declared_none(ops: Operands) -> Plan | None:
    """A plan for what the documents in question declare there is none of, where the question names it."""
    text = label_key(ops.ask.text)
    scope = ops.scope(ops.ask.slots, None)
    for document in scope.documents:
        for held in ops.calculator.corpus.declarations(document):
            subject = label_key(held.record.subject)
            if len(subject) > 1 and subject in text:
                return DeclareNone(Item(held.record.subject, scope=scope))
    return None


def look_up(ops: Operands) -> Plan:
    """A figure by name; where counts are asked of a project, its indicator's target; several names side by side."""
    several = [p for p in ops.groups("list_word") if isinstance(p, Lookup) and (p.item.names or p.item.codes)]
    apart = len({(p.item.names, p.item.codes) for p in several}) == len(several)
    if len(several) > 1 and apart and all(ops.result(p).answered for p in several):
        return Compare(tuple(p.item for p in several))
    if len(ops.ask.setting.years) > 1:
        by_years = Trend(tuple(by_year(ops, sorted(ops.ask.setting.years))))
        if ops.result(by_years).answered:
            return by_years
    joined = joined_sum(ops)
    if joined is not None:
        return joined
    counted = counted_item(ops) if wants_count(ops) else None
    asked = indicator_target(ops)
    if not rows_of(ops.ask.slots) and asked is not None and ops.result(asked).answered:
        return asked
    if not rows_of(ops.ask.slots) and counted is None and not _speaks_of_total(ops):
        none = declared_none(ops)
        return none or Abstain(Lack.NOT_UNDERSTOOD, (ops.ask.text,), ops.ask.setting.scope())
    plan = ops.plan(ops.ask.slots)
    if isinstance(plan, Lookup) and (ops.ask.says("money_noun") or ops.ask.says("price_noun")):
        found = ops.result(plan).quantity
        counted_only = found is not None and found.unit.dimension is Dimension.COUNT
        amount = money_of(ops, plan.item) if counted_only and plan.item.names else None
        if amount is not None:
            return Lookup(amount)
    if counted is not None and "购置" in counted.said and "买" in ops.ask.text:
        return Lookup(counted)
    exact = isinstance(plan, Lookup) and plan.item.measure is Measure.QUANTITY and ops.result(plan).answered
    if not exact and asked is not None and asks_target(ops, asked) and ops.result(asked).answered:
        return asked
    return Lookup(counted) if counted is not None and not exact else plan


def _speaks_of_total(ops: Operands) -> bool:
    """Whether a question without an item may mean the total: it speaks of money, and of nothing else unexplained."""
    if wants_count(ops) or leftover(ops.ask.masked.text, ops.ask.language):
        return False
    return ops.ask.says("money_noun") or any(s.is_organisation for s in ops.ask.slots)
