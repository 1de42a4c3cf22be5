"""One builder for each intent: the plans a question may mean, likeliest first; none where operands are lacking."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.corpus import LabelKind
from ingest.numbers import CHINESE_NUMERAL, parse_chinese_numeral
from ingest.records import Measure, Phase
from ingest.units import Dimension
from qa.intent import Cue
from qa.leftover import leftover
from qa.operands import Operands
from qa.plan import (
    Abstain,
    Aspect,
    Average,
    Breakdown,
    Compare,
    Count,
    Define,
    Difference,
    Direction,
    Explain,
    Filter,
    Group,
    Growth,
    Item,
    Lack,
    Lookup,
    Members,
    Multiple,
    PerHead,
    Plan,
    Prior,
    Rank,
    Ratio,
    Sum,
    Target,
    Trend,
    Wanted,
    WhatIf,
)
from qa.question import NumberInQuestion
from qa.slots import ROWS, Slot, within

_OVER_SEVERAL = frozenset({"sum", "average", "difference", "growth_rate", "growth_delta", "fall_rate", "fall_delta"})
NAMED = 0.6  # how surely an indicator has to be named to count as named
_FIRST = re.compile(
    r"(?:前|top|first|largest|biggest|highest|lowest|smallest|bottom)\s*([一二三四五六七八九十两\d]+)", re.I
)
_PLACE = re.compile(
    r"(?:第|倒数第)([二三四五六七八九十\d]+)(?:多|大|高|贵|少|小|低|名|位|个)|\b(second|third|fourth|fifth)[- ]", re.I
)
_ORDINALS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5}
_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_WORD_FIRST = re.compile(r"\b(two|three|four|five|six|seven|eight|nine|ten)\b", re.I)
_LARGEST_N = re.compile(r"最[多大高贵少小低]的?(?:前)?([一二两三四五六七八九十\d]+)(?:个|项|家|类|种)")


def define(ops: Operands, cue: Cue) -> Iterator[Plan]:
    names = [n for s in ops.ask.slots if not s.is_agency for n in s.names]
    ordered = sorted(names, key=lambda n: (n.kind is not LabelKind.TERM, -n.score))
    if ordered or ops.ask.slots:
        yield Define(tuple(ordered), ops.ask.text, ops.ask.setting.scope())


def reason(ops: Operands, cue: Cue) -> Iterator[Plan]:
    yield Explain(Aspect.REASON, ops.item(ops.ask.slots))


def use(ops: Operands, cue: Cue) -> Iterator[Plan]:
    if ops.ask.slots:
        yield Explain(Aspect.USE, ops.item(ops.ask.slots))


def duties(ops: Operands, cue: Cue) -> Iterator[Plan]:
    yield Explain(Aspect.DUTIES, Item(ops.ask.text, scope=ops.ask.setting.scope()))


def topic(ops: Operands, cue: Cue) -> Iterator[Plan]:
    plan = Explain(Aspect.TOPIC, Item(ops.ask.text, scope=ops.ask.setting.scope()))
    if ops.result(plan).answered:
        yield plan


def what_if(ops: Operands, cue: Cue) -> Iterator[Plan]:
    percent = next((n for n in ops.ask.linked.numbers if _is_percent(n)), None)
    if percent is not None:
        change = -percent.value if ops.ask.says("falling") else percent.value
        yield WhatIf(ops.plan(ops.ask.slots), change)


def per_head(ops: Operands, cue: Cue) -> Iterator[Plan]:
    heads = [n.value for n in ops.ask.linked.numbers if n.value > 0 and not _is_money(n) and not _is_percent(n)]
    if heads:
        yield PerHead(ops.plan(ops.ask.slots), heads[0])


def completion(ops: Operands, cue: Cue) -> Iterator[Plan]:
    item = ops.item(ops.ask.slots)
    timeless = replace(item, scope=replace(item.scope, phases=()))
    yield Lookup(replace(timeless, measure=Measure.COMPLETION))
    actual = replace(timeless, scope=replace(timeless.scope, phases=(Phase.ACTUAL,)))
    for phase in (Phase.ADJUSTED, Phase.BUDGET):
        planned = replace(timeless, scope=replace(timeless.scope, phases=(phase,)))
        yield Ratio(Lookup(actual), Lookup(planned))


def ratio(ops: Operands, cue: Cue) -> Iterator[Plan]:
    if not ops.ask.slots:
        return
    part = within(ops.ask.slots, cue.a) if cue.a else ()
    whole = within(ops.ask.slots, cue.b) if cue.b else ()
    if not part and not whole:
        part = ops.ask.slots
    if not part and whole:
        part, whole = ops.ask.slots, ()
    places = [s for s in part if s.is_agency or s.is_organisation]
    top = Lookup(replace(ops.whole(), scope=ops.scope(places, None))) if not _rows(whole) else None
    base = top if top is not None else ops.plan((*whole, *_agencies(places, whole)), cue.b)
    yield Ratio(ops.plan(part, cue.a), base)


def multiple(ops: Operands, cue: Cue) -> Iterator[Plan]:
    plans = _two(ops, cue)
    if len(plans) == 2:
        yield Multiple(plans[0], plans[1])


def compare(ops: Operands, cue: Cue) -> Iterator[Plan]:
    items = [p.item for p in ops.groups("against") if isinstance(p, Lookup)]
    items += [p.item for p in ops.groups("conjunction") if isinstance(p, Lookup)] if len(items) < 2 else []
    years = ops.ask.setting.years
    if len(items) < 2 and len(years) > 1:
        items = _by_year(ops, years)
    named = [replace(i, said=_operand_name(ops, i, items)) for i in items]
    if len(named) > 1:
        yield Compare(tuple(named), _direction(ops))


def rank_year(ops: Operands, cue: Cue) -> Iterator[Plan]:
    items = _by_year(ops, ops.ask.setting.years or _held_years(ops))
    if len(items) > 1:
        yield Compare(tuple(items), _direction(ops))


def filter_count(ops: Operands, cue: Cue) -> Iterator[Plan]:
    for plan in filter_members(ops, cue):
        if isinstance(plan, Filter):
            yield replace(plan, counted=True)


def filter_members(ops: Operands, cue: Cue) -> Iterator[Plan]:
    limits = [n for n in ops.ask.linked.numbers if _is_money(n)]
    if not limits or limits[0].unit is None:
        return
    for members in _members(ops):
        side = Direction.LEAST if ops.ask.says("below") else Direction.MOST
        yield Filter(members, side, limits[0].value, limits[0].unit.symbol)


def rank(ops: Operands, cue: Cue) -> Iterator[Plan]:
    side = _direction(ops)
    for members in _members(ops):
        place, first = _place(ops.ask.text), _first(ops.ask.text)
        yield Rank(members, side, first or 1, place if not first else None)


def count(ops: Operands, cue: Cue) -> Iterator[Plan]:
    if ops.ask.says("indicator_noun") and ops.ask.slots:
        yield Count(Members(Group.INDICATORS, ops.item(ops.ask.slots)))
    for members in _members(ops):
        if members.group is not Group.CHILDREN or ops.ask.slots:
            yield Count(members)


def breakdown(ops: Operands, cue: Cue) -> Iterator[Plan]:
    if _over_years(ops):
        return
    several = [p for p in ops.groups("conjunction") if isinstance(p, Lookup)]
    if len(several) > 1 and all(p.item.names or p.item.codes for p in several):
        yield Compare(tuple(p.item for p in several))
        return
    for members in _members(ops):
        plan = Breakdown(members)
        if ops.result(plan).answered:
            yield plan


def _over_years(ops: Operands) -> bool:
    """Whether the question goes over several years, so that it asks for a figure a year."""
    if len(ops.ask.setting.years) > 1:
        return True
    return len(_held_years(ops)) > 1 and any(c.intent == "trend" for c in ops.ask.cues)


def trend(ops: Operands, cue: Cue) -> Iterator[Plan]:
    if any(c.intent in _OVER_SEVERAL for c in ops.ask.cues):
        return
    years = ops.ask.setting.years if len(ops.ask.setting.years) > 1 else _held_years(ops)
    if len(years) > 1:
        yield Trend(tuple(_by_year(ops, sorted(years))))


def growth_rate(ops: Operands, cue: Cue) -> Iterator[Plan]:
    return _growth(ops, Wanted.DELTA if ops.ask.setting.unit else Wanted.RATE, cue)


def growth_delta(ops: Operands, cue: Cue) -> Iterator[Plan]:
    return _growth(ops, Wanted.DELTA, cue)


def _growth(ops: Operands, wanted: Wanted, cue: Cue) -> Iterator[Plan]:
    years = ops.ask.setting.years
    falling = cue.intent.startswith("fall")
    if len(years) > 1:
        now, before = max(years), min(years)
        item = next(iter(_by_year(ops, (now,))))
        yield Growth(item, wanted, falling, before)
        return
    item = ops.item(ops.ask.slots)
    yield Growth(item, wanted, falling)


def difference(ops: Operands, cue: Cue) -> Iterator[Plan]:
    plans = _two(ops, cue)
    years = ops.ask.setting.years
    if len(plans) != 2 and len(years) == 2:
        plans = [Lookup(i) for i in _by_year(ops, years)]
    if len(plans) == 2:
        left, right = plans[::-1] if ops.ask.says("reverse") else plans
        one_sided = cue.a is not None or ops.ask.says("reverse")
        yield Difference(left, right, absolute=not one_sided)


def average(ops: Operands, cue: Cue) -> Iterator[Plan]:
    if _over_years(ops) and _rows(ops.ask.slots):
        years = ops.ask.setting.years if len(ops.ask.setting.years) > 1 else _held_years(ops)
        yield Average(terms=tuple(Lookup(i) for i in _by_year(ops, years)))
        return
    several = ops.groups("conjunction")
    if len(several) > 1 and all(isinstance(p, Lookup) and p.item.names for p in several):
        yield Average(terms=tuple(several))
    for members in _members(ops):
        yield Average(members)


def add_up(ops: Operands, cue: Cue) -> Iterator[Plan]:
    several = ops.groups("conjunction")
    if len(several) > 1:
        yield Sum(tuple(several))
    elif _over_years(ops):
        years = ops.ask.setting.years if len(ops.ask.setting.years) > 1 else _held_years(ops)
        yield Sum(tuple(Lookup(i) for i in _by_year(ops, years)))


def prior(ops: Operands, cue: Cue) -> Iterator[Plan]:
    if ops.ask.linked.relative_years and not ops.ask.linked.years:
        yield Prior(ops.item(ops.ask.slots))


def target(ops: Operands, cue: Cue) -> Iterator[Plan]:
    plan = _target(ops)
    if plan is not None and ops.result(plan).answered and _is_money_free(ops):
        yield plan


def look_up(ops: Operands) -> Plan:
    """A figure by name; where counts are asked of a project, its indicator's target; several names side by side."""
    several = [p for p in ops.groups("conjunction") if isinstance(p, Lookup) and (p.item.names or p.item.codes)]
    apart = len({(p.item.names, p.item.codes) for p in several}) == len(several)
    if len(several) > 1 and apart and all(ops.result(p).answered for p in several):
        return Compare(tuple(p.item for p in several))
    if not _rows(ops.ask.slots) and not _speaks_of_total(ops):
        return Abstain(Lack.NOT_UNDERSTOOD, (ops.ask.text,), ops.ask.setting.scope())
    plan = ops.plan(ops.ask.slots)
    asked = _target(ops)
    if asked is None or not (_counts(ops) or any(n.score >= NAMED for n in asked.indicators)):
        return plan
    result = ops.result(plan)
    exact = isinstance(plan, Lookup) and result.answered and plan.item.measure is Measure.QUANTITY
    return asked if not exact and _is_money_free(ops) and ops.result(asked).answered else plan


def _speaks_of_total(ops: Operands) -> bool:
    """Whether a question without an item may mean the total: it speaks of money, and of nothing else unexplained."""
    if _counts(ops) or leftover(ops.ask.masked.text, ops.ask.language):
        return False
    return ops.ask.says("money_noun") or any(s.is_organisation for s in ops.ask.slots)


def _target(ops: Operands) -> Target | None:
    rows = [s for s in ops.ask.slots if not s.is_agency]
    projects = tuple(n for s in rows for n in s.of(*ROWS) if not s.is_organisation)
    indicators = tuple(n for s in rows for n in s.of(LabelKind.INDICATOR))
    if not projects and not indicators:
        return None
    unit = ops.ask.linked.unit
    places = [s for s in rows if s.is_organisation]
    counted = unit.symbol if unit is not None and unit.dimension is Dimension.COUNT else None
    return Target(projects, indicators, ops.ask.text, ops.scope(places, None), counted)


def _counts(ops: Operands) -> bool:
    unit = ops.ask.linked.unit
    return unit is not None and not unit.is_money


def _is_money_free(ops: Operands) -> bool:
    unit = ops.ask.linked.unit
    money = unit is not None and unit.is_money
    return not money and not re.search(r"多少钱|预算|金额|花了|经费|how much", ops.ask.text, re.I)


def _members(ops: Operands) -> Iterator[Members]:
    """The set a question speaks of: an item's children, projects, organisations, or the items of a classification."""
    ask = ops.ask
    rows = _rows(ask.slots)
    if rows and not ask.says("organisation_noun"):
        item = ops.item(ask.slots)
        if ask.says("project_noun") and not ask.says("children_cue"):
            yield Members(Group.PROJECTS, _in_scope(ops))
        yield Members(Group.CHILDREN, item)
        if ask.says("project_noun"):
            yield Members(Group.PROJECTS, _in_scope(ops))
        yield Members(Group.FUNCTIONS, replace(_in_scope(ops), columns=tuple(n.text for n in item.names[:1])))
        return
    if ask.says("organisation_noun"):
        item = ops.item(ask.slots) if rows else _in_scope(ops)
        yield Members(Group.ORGANISATIONS, item)
    if ask.says("project_noun") or any(s.is_organisation for s in ask.slots):
        yield Members(Group.PROJECTS, _in_scope(ops))
    if ask.says("economic_noun"):
        yield Members(Group.ECONOMIC, _in_scope(ops))
    if ask.says("function_noun"):
        yield Members(Group.FUNCTIONS, _in_scope(ops))
    yield Members(Group.CHILDREN, ops.whole())


def _in_scope(ops: Operands) -> Item:
    return Item(ops.ask.text, scope=ops.scope(ops.ask.slots, None))


def _rows(slots: Sequence[Slot]) -> list[Slot]:
    return [s for s in slots if not s.is_agency and not s.is_organisation and (s.has_row or s.has_column)]


def _agencies(places: Sequence[Slot], whole: Sequence[Slot]) -> list[Slot]:
    return [] if any(s.is_agency or s.is_organisation for s in whole) else [s for s in places if s.is_agency]


def _two(ops: Operands, cue: Cue) -> list[Plan]:
    """Both operands: by the pattern's groups, else by the words between them."""
    if cue.a and cue.b and (within(ops.ask.slots, cue.b) or within(ops.ask.slots, cue.a)):
        first, second = within(ops.ask.slots, cue.a), within(ops.ask.slots, cue.b)
        if first and second:
            own = [s for s in first if s.is_agency]
            extra = own if not any(s.is_agency for s in second) else []
            return [ops.plan(first, cue.a), ops.plan((*second, *extra), cue.b)]
    return ops.groups("against")


def _by_year(ops: Operands, years: tuple[int, ...] | list[int]) -> list[Item]:
    item = ops.item(ops.ask.slots)
    setting = ops.ask.setting
    units = item.scope.organisations
    return [replace(item, said=str(y), scope=replace(setting, years=(y,)).scope((y,), units)) for y in years]


def _held_years(ops: Operands) -> tuple[int, ...]:
    return tuple(sorted({d.identity.year for d in ops.ask.setting.documents if d.identity.year is not None}))


def _operand_name(ops: Operands, item: Item, items: list[Item]) -> str:
    """What tells an operand from the others: its own words, or its agency or year where the words are the same."""
    if sum(i.said == item.said for i in items) < 2:
        return item.said
    if len({i.scope.years for i in items}) == len(items):
        return "、".join(map(str, item.scope.years))
    if len({i.scope.organisations for i in items}) == len(items):
        return "、".join(item.scope.organisations)
    held = ops.calculator.selector.documents
    return "、".join(dict.fromkeys(held[d].identity.agency or held[d].file for d in item.scope.documents))


def _direction(ops: Operands) -> Direction:
    return Direction.LEAST if ops.ask.says("least") else Direction.MOST


def _place(text: str) -> int | None:
    match = _PLACE.search(text)
    if match is None:
        return None
    return _ORDINALS[match[2].casefold()] if match[2] else _integer(match[1])


def _first(text: str) -> int | None:
    match = _FIRST.search(text) or _LARGEST_N.search(text)
    if match is not None and (number := _integer(match[1])) is not None:
        return number
    word = _WORD_FIRST.search(text)
    return _WORDS[word[1].casefold()] if word is not None else None


def _integer(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    return int(parse_chinese_numeral(text)) if CHINESE_NUMERAL.fullmatch(text) else None


def _is_percent(number: NumberInQuestion) -> bool:
    return number.unit is not None and number.unit.dimension is Dimension.PERCENT


def _is_money(number: NumberInQuestion) -> bool:
    return number.unit is not None and number.unit.is_money
