"""Builders of plans over sets: rankings, thresholds, counts, breakdowns, averages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from ingest.corpus import FactQuery, LabelKind
from ingest.records import ColumnRole, Measure, TableKind
from ingest.units import PERCENT
from qa.asked import (
    by_agency,
    by_year,
    counted_item,
    direction,
    enumerated,
    first_asked,
    is_money,
    operand_name,
    place_asked,
    rows_of,
    wants_count,
    years_asked,
)
from qa.build_pieces import per_piece
from qa.build_words import asks_target, indicator_target, topic
from qa.intent import Cue
from qa.keys import label_key, words
from qa.measured import FULL, limit_asked, measure_asked, measured_rows
from qa.members import gather
from qa.operands import Operands
from qa.plan import (
    Average,
    Breakdown,
    Compare,
    Count,
    Direction,
    Filter,
    Group,
    Item,
    Lookup,
    Members,
    Name,
    PerHead,
    Plan,
    Rank,
)
from qa.projectsets import conditioned_sets, project_sets
from qa.quantities import count_said
from qa.question import Language
from qa.receptions import cost_of_each
from qa.roles import Role, plays
from qa.shortnames import is_headquarters

SURE_COUNT = 0.8  # a counted thing named this nearly is looked up rather than counted in a table
MONTHS = Decimal(12)
LEAST_TITLE = 4  # characters that name a table by the beginning of its title
_WORDS = re.compile(r"货物|服务|工程")
_MEAN_SCORE = re.compile(r"平均[^,。]{0,4}分(?!之)|(?:得分|评分|分数)[^,。]{0,4}平均|\b(?:average|mean) score", re.I)
_BOUND = re.compile(r"(?:标准|单价|成本|时限)[^,。哪]{0,3}?最[高低多少长](?:多少|几|不)")
LEAST_BARE = Decimal(10_000)  # a threshold said without a unit ("超过500万的") is an amount in yuan from here on


_THE_MOST = re.compile(r"哪一?个[^,。]{0,8}最[多大高贵]|最[多大高贵]的是哪")


def filter_count(ops: Operands, cue: Cue) -> Iterator[Plan]:
    """How many members are beyond a threshold."""
    for plan in filter_members(ops, cue):
        if isinstance(plan, Filter):
            yield replace(plan, counted=True)


def filter_members(ops: Operands, cue: Cue) -> Iterator[Plan]:
    """The members beyond a threshold, unless the threshold is in a counted thing's name (单价20万元以上的设备).

    Of one that is the most of them ("100万以上的项目里哪个最多") the rank is asked.
    """
    if _THE_MOST.search(ops.ask.text) and any(c.intent == "rank" for c in ops.ask.cues):
        return
    limits = [(n.value, n.unit.symbol) for n in ops.ask.linked.numbers if is_money(n) and n.unit is not None]
    limits += [(n.value, "元") for n in ops.ask.linked.numbers if n.unit is None and n.value >= LEAST_BARE]
    measure = measure_asked(ops)
    if measure in (Measure.RATE, Measure.COMPLETION, Measure.QUANTITY):
        limits = [(value, unit.symbol) for value, unit in limit_asked(ops, measure)]
    counted = counted_item(ops, SURE_COUNT) is not None or (wants_count(ops) and not ops.ask.says("member_unit"))
    counted = counted and measure is None
    in_name = any("以上" in n.text or "以下" in n.text for s in rows_of(ops.ask.slots) for n in s.names[:1])
    if not limits or counted or in_name:
        return
    for members in _measured_sets(ops):
        side = Direction.LEAST if ops.ask.says("below") else Direction.MOST
        yield Filter(members, side, *limits[0], strict=ops.ask.says("strictly"))


_UNSPENT = re.compile(
    r"(?:没有?|未)能?(?:把|将)?(?:全年)?(?:预算|钱|资金|经费)?(?:全部|全都|都|全)?(?:花|用|执行|使用)(?:完|光|掉)"
)


def filter_full(ops: Operands, counted: bool = False) -> Iterator[Plan]:
    """The projects with full marks, or whose whole budget was spent, or was not."""
    if _UNSPENT.search(ops.ask.text) and ops.says_anywhere("project_noun"):
        for members in measured_rows(ops, Measure.COMPLETION):
            yield Filter(members, Direction.LEAST, FULL, PERCENT.symbol, counted, strict=True)
        return
    measure = measure_asked(ops)
    if measure not in (Measure.COMPLETION, Measure.QUANTITY):
        return
    for value, unit in limit_asked(ops, measure)[:1]:
        for members in measured_rows(ops, measure) if value == FULL else ():
            yield Filter(members, Direction.MOST, value, unit.symbol, counted)


def rank(ops: Operands, cue: Cue) -> Iterator[Plan]:
    """The largest or smallest members, or agency; not where an indicator's bound is asked ("补助标准最高多少元")."""
    goal = indicator_target(ops) if _BOUND.search(ops.ask.text) else None
    if goal is not None and ops.result(goal).answered:
        yield goal
        return
    agencies = by_agency(ops)
    if len(agencies) > 1:
        yield Compare(agencies, direction(ops))
        return
    several = enumerated(ops)
    if len(several) > 1 and measure_asked(ops) is None:
        places = [s for s in ops.ask.slots if s.is_agency or s.is_organisation]
        items = [ops.item((*places, row)) for row in several]
        yield Compare(tuple(replace(i, said=row.text) for i, row in zip(items, several, strict=True)), direction(ops))
    for members in _measured_sets(ops):
        place, first = place_asked(ops.ask.text), first_asked(ops.ask.text)
        yield Rank(members, direction(ops), first or 1, place if not first else None)


def _measured_sets(ops: Operands) -> Iterator[Members]:
    """The sets whose figures are compared: organisations, where no item is named, by their whole budgets only."""
    if ops.ask.says("organisation_noun") and not rows_of(ops.ask.slots) and not ops.ask.says("project_noun"):
        yield _units(ops, replace(ops.whole(), scope=ops.scope(ops.ask.slots, None)))
        return
    measure = measure_asked(ops)
    yield from sets_of(ops) if measure is None else measured_rows(ops, measure)


def count(ops: Operands, cue: Cue) -> Iterator[Plan]:
    """How many there are: as the prose says, else by counting rows; not where a mean over them is asked."""
    if any(c.intent == "average" for c in ops.ask.cues):
        return
    yield from filter_full(ops, counted=True)
    yield from (Count(members) for members in conditioned_sets(ops))
    said = counted_item(ops, SURE_COUNT)
    if said is not None:
        yield Lookup(said)
    goal = indicator_target(ops)
    if goal is not None and goal.projects and asks_target(ops, goal) and not ops.ask.says("project_noun"):
        yield goal
    if ops.ask.says("indicator_noun") and ops.ask.slots:
        yield Count(Members(Group.INDICATORS, ops.item(ops.ask.slots)))
    if ops.says_anywhere("unit_list"):
        yield Count(Members(Group.UNITS, in_scope(ops)))
    for members in sets_of(ops):
        if members.group is not Group.CHILDREN or rows_of(ops.ask.slots) or ops.ask.says("category_noun"):
            yield Count(members)
    loosely = counted_item(ops)
    if loosely is not None:
        yield Lookup(loosely)


def breakdown(ops: Operands, cue: Cue) -> Iterator[Plan]:
    """What something consists of; several names side by side; units from the tables or the prose."""
    if years_asked(ops) or any(c.intent == "average" for c in ops.ask.cues):
        return
    yield from filter_full(ops)
    several = [p for p in ops.groups("list_word") if isinstance(p, Lookup)]
    if len(several) > 1 and all(p.item.names or p.item.codes for p in several):
        yield Compare(tuple(p.item for p in several))
        return
    if ops.ask.says("indicator_noun") and rows_of(ops.ask.slots):
        yield Breakdown(Members(Group.INDICATORS, ops.item(ops.ask.slots)))
    units = ops.ask.says("organisation_noun")
    if units and not rows_of(ops.ask.slots) and not ops.ask.says("direct_units"):
        yield Breakdown(Members(Group.UNITS, in_scope(ops)))
    tables = [s for s in rows_of(ops.ask.slots) if ops.called_table(s)]
    if units and tables and len(tables) == len(rows_of(ops.ask.slots)):
        yield Breakdown(Members(Group.ORGANISATIONS, replace(in_scope(ops), sources=ops.titled(tables))))
    for members in sets_of(ops, parts_first=True):
        if units and members.group is not Group.ORGANISATIONS and not ops.ask.says("project_noun"):
            continue
        plan = Breakdown(members)
        if ops.result(plan).answered and (not units or len(ops.result(plan).lines) > 1):
            yield plan
    if units or ops.says_anywhere("organisation_noun"):
        yield from topic(ops)


def average(ops: Operands, cue: Cue) -> Iterator[Plan]:
    """The mean over years, named terms, projects or parts; an amount a month or for each counted thing."""
    narrowed = tuple(project_sets(ops)) if ops.says_anywhere("project_noun") else tuple(conditioned_sets(ops))
    narrowed = tuple(m for m in narrowed if m.graded or m.written or m.unplanned or _is_narrow(m.item))
    if not _MEAN_SCORE.search(ops.ask.text):
        yield from (_average_of(ops, members) for members in narrowed)
    years = years_asked(ops)
    if years and rows_of(ops.ask.slots):
        yield Average(terms=tuple(Lookup(i) for i in by_year(ops, sorted(years))))
        return
    of_receptions = cost_of_each(ops)
    if of_receptions is not None:
        yield of_receptions
    yield from per_piece(ops)
    if _MEAN_SCORE.search(ops.ask.text):
        yield from (_average_of(ops, members) for members in measured_rows(ops, Measure.QUANTITY))
        return
    several = ops.groups("conjunction")
    if len(several) > 1 and all(isinstance(p, Lookup) and p.item.names for p in several):
        yield Average(terms=tuple(several))
    if ops.ask.says("organisation_noun") and rows_of(ops.ask.slots):
        yield Average(Members(Group.ORGANISATIONS, ops.item(ops.ask.slots)))
    if ops.ask.says("month"):
        yield PerHead(ops.plan(ops.ask.slots), MONTHS)
        return
    thing = counted_item(ops)
    if ops.ask.says("each_thing") and thing is not None:
        amount = ops.plan(rows_of(ops.ask.slots)[:1] or ops.ask.slots)
        yield PerHead(amount, by=Lookup(thing))
    amounts = money_of(ops, thing) if thing is not None else None
    if thing is not None and amounts is not None:
        yield PerHead(Lookup(amounts), by=Lookup(thing))
    if ops.says_anywhere("project_noun") and (thing is None or not rows_of(ops.ask.slots)):
        yield from (_average_of(ops, members) for members in project_sets(ops))
    if ops.ask.says("each_part") and rows_of(ops.ask.slots):
        yield Average(Members(Group.CHILDREN, ops.item(ops.ask.slots)))


def _average_of(ops: Operands, members: Members) -> Average:
    """The mean over a set of projects, called so."""
    return Average(replace(members, item=called_projects(ops, members.item)))


def called_projects(ops: Operands, item: Item) -> Item:
    """The item of a set of projects, called so in the answer."""
    return replace(item, said="各项目" if ops.ask.language is Language.ZH else "the projects")


def money_of(ops: Operands, thing: Item) -> Item | None:
    """The amount that the prose states for a counted thing ("12 个项目，涉及预算资金 …")."""
    label = thing.names[0].text
    query = FactQuery(
        documents=thing.scope.documents, path_contains=label, measures=(Measure.AMOUNT,), from_tables=False
    )
    labels = dict.fromkeys(h.fact.label for h in ops.calculator.corpus.facts(query) if h.fact.label != label)
    if len(labels) != 1:
        return None
    found = next(iter(labels))
    return Item(found, names=(Name(found, LabelKind.ITEM),), parents=(label,), scope=thing.scope)


def sets_of(ops: Operands, parts_first: bool = False) -> Iterator[Members]:
    """The sets a question may speak of, likeliest first."""
    ask = ops.ask
    rows = rows_of(ask.slots)
    conditioned = tuple(conditioned_sets(ops))
    if conditioned:
        yield from conditioned
        return
    yield from goods_of(ops)
    if ask.says("organisation_noun"):
        yield _units(ops, ops.item(ask.slots) if rows else in_scope(ops))
    if rows:
        yield from _sets_of_item(ops, parts_first)
        return
    if ask.says("project_noun") or any(s.is_organisation for s in ask.slots):
        yield from project_sets(ops)
    if ask.says("economic_noun"):
        yield Members(Group.ECONOMIC, in_scope(ops))
    titles = tables_headed(ops)
    if titles:
        yield Members(Group.ROWS, replace(in_scope(ops), sources=titles))
    if ask.says("function_noun") and not ask.says("category_noun"):
        yield Members(Group.FUNCTIONS, in_scope(ops))
    yield Members(Group.CHILDREN, ops.whole())


def _is_narrow(item: Item) -> bool:
    """Whether projects are those of a kind, a fund or a functional item."""
    return bool(item.parents or item.columns or item.codes)


_SUBORDINATE = re.compile(
    r"(?<![含括同及和与上])(?:下属|所属|直属|下辖)的?(?:事业|预算|二级)?(?:单位|机构|部门)|\b(?:subordinate|affiliated)\b"
)


_HOW_MANY = re.compile(r"([一二两三四五六七八九十]|\d{1,2})(?:个|家)(?:下属|所属|直属|下辖)")


def subordinate_units(ops: Operands) -> Iterator[Members]:
    """The units under an agency, each with what is asked of it, where a question speaks of them."""
    rows = rows_of(ops.ask.slots)
    if _SUBORDINATE.search(ops.ask.text):
        yield _units(ops, ops.item(ops.ask.slots) if rows else ops.whole())


def _units(ops: Operands, item: Item) -> Members:
    """The units of an agency, without its own house where those under it are asked for."""
    units = Members(Group.ORGANISATIONS, item)
    if not _SUBORDINATE.search(ops.ask.text):
        return units
    told = gather(units, ops.calculator).hits
    said = _HOW_MANY.search(ops.ask.text)
    if said is not None and count_said(said[1]) == len(told):  # 三个下属单位, its own house one of them
        return units
    names = (h.fact.organisation or h.fact.label for h in told)
    return replace(units, without=tuple(dict.fromkeys(n for n in names if is_headquarters(n))))


def goods_of(ops: Operands) -> Iterator[Members]:
    """The goods and services of a procurement table, of the category asked for, where single things are asked."""
    single = ops.says_anywhere("goods_noun") or any(c.intent == "rank" for c in ops.ask.cues)
    if not (single and ops.says_anywhere("procurement_noun")):
        return
    scope = ops.scope(ops.ask.slots, None)
    for document in scope.documents:
        for table in ops.calculator.selector.tables(document):
            if table.kind is TableKind.PROCUREMENT:
                tops = dict.fromkeys(label.path[0] for row in table.rows for label in row.labels if label is not None)
                named = {n.text for slot in rows_of(ops.ask.slots) for n in slot.names if n.score >= SURE_COUNT}
                asked = tuple(t for t in tops if any(len(w) > 1 and w in ops.ask.text for w in _WORDS.findall(t)))
                asked = tuple(t for t in tops if t in named) or asked
                yield Members(Group.ROWS, Item(ops.ask.text, parents=asked, sources=(table.title,), scope=scope))
                return


def _sets_of_item(ops: Operands, parts_first: bool) -> Iterator[Members]:
    """The sets that an item names: its parts, or the rows of a table in the column it names."""
    ask = ops.ask
    item = ops.item(ask.slots)
    columns = tuple(n.text for n in item.names if n.kind is LabelKind.COLUMN)[:4]
    heads_column = bool(item.names) and item.names[0].kind is LabelKind.COLUMN
    asked = tuple(project_sets(ops)) if ask.says("project_noun") else ()
    if any(_is_narrow(m.item) or not ask.says("children_cue") for m in asked):
        yield from asked
    if columns and any(plays(Role.PROJECT_COLUMN, c) for c in columns) and not parts_first:
        yield Members(Group.PROJECTS, in_scope(ops))
    in_column = replace(in_scope(ops), columns=columns)
    if heads_column and ask.says("function_noun") and not ask.says("project_noun"):
        yield Members(Group.FUNCTIONS, in_column)
    by_economics = heads_column and not any(plays(Role.PROJECT_COLUMN, c) for c in columns)
    if by_economics and not parts_first:
        yield Members(Group.ECONOMIC, in_column)
    yield Members(Group.CHILDREN, replace(item, measure=Measure.AMOUNT))
    if ask.says("project_noun"):
        yield Members(Group.PROJECTS, in_scope(ops))
    if columns:
        yield Members(Group.ECONOMIC, in_column)
        yield Members(Group.FUNCTIONS, in_column)
    titles = tables_titled(ops)
    if titles:
        yield Members(Group.ROWS, replace(in_scope(ops), sources=titles))


def tables_titled(ops: Operands) -> tuple[str, ...]:
    """The general table whose title begins with what the question names: 政府购买服务 of 政府购买服务…明细表."""
    said = [label_key(s.text) for s in rows_of(ops.ask.slots)]
    documents = ops.scope(ops.ask.slots, None).documents if len(said) == 1 and len(said[0]) >= LEAST_TITLE else ()
    tables = (t for d in documents for t in ops.calculator.selector.tables(d) if t.kind is TableKind.GENERAL)
    return tuple(t.title for t in tables if label_key(t.title).startswith(said[0]))[:1]


def tables_headed(ops: Operands) -> tuple[str, ...]:
    """The general tables whose rows are what the question names: "programs" for a column headed Program."""
    asked = {w.stem for w in words(ops.ask.masked.text)}
    titles = []
    for document in ops.scope(ops.ask.slots, None).documents if asked else ():
        for table in ops.calculator.selector.tables(document):
            heads = [c.path[-1] for c in table.columns if c.role is ColumnRole.LABEL and c.path]
            if table.kind is TableKind.GENERAL and any({w.stem for w in words(h)} & asked for h in heads):
                titles.append(table.title)
    return tuple(titles[:1])


def in_scope(ops: Operands) -> Item:
    """No item: the question's place and time alone."""
    return Item(ops.ask.text, scope=ops.scope(ops.ask.slots, None))


def compare(ops: Operands, cue: Cue) -> Iterator[Plan]:
    """Figures side by side, and which is larger."""
    items = [p.item for p in ops.groups("against") if isinstance(p, Lookup)]
    if len(items) < 2:
        items = [p.item for p in ops.groups("conjunction") if isinstance(p, Lookup)]
    if len(items) < 2 and len(ops.ask.setting.years) > 1:
        items = by_year(ops, ops.ask.setting.years)
    placed = [i for i in items if len({d for x in items for d in x.scope.documents}) > len(i.scope.documents)]
    items = placed if len(placed) > 1 else items
    named = [replace(i, said=operand_name(ops, i, items)) for i in items]
    if len(named) > 1:
        yield Compare(tuple(named), direction(ops))
