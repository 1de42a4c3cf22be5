"""Builders of plans for shares: a part of a whole in percent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.corpus import LabelKind
from ingest.records import TableKind
from qa.asked import rows_of
from qa.build_sets import called_projects, in_scope
from qa.intent import Cue
from qa.keys import label_key
from qa.operands import Operands
from qa.plan import Group, Item, Kind, Lookup, Members, Name, Plan, Ratio, Sum, Total
from qa.roles import Role, plays
from qa.slot import Slot
from qa.slots import plays_total, within
from qa.smallfirms import ALL_PROCURED, OF_SMALL_FIRMS

_FUNDS = (
    (
        TableKind.GENERAL_PUBLIC,
        re.compile(r"(?:本年|当年)?一般公共预算(?:当年)?(?:财政)?(?:拨款)?(?:支出|预算)*(?:合计|总额)?"),
    ),
    (TableKind.GOVERNMENT_FUND, re.compile(r"政府性基金(?:预算)?(?:财政)?(?:拨款)?(?:支出|预算)*(?:合计|总额)?")),
)


def ratio(ops: Operands, cue: Cue) -> Iterator[Plan]:
    """A part of a whole in percent; of the total where no whole is named. An amount asked for is no share."""
    if ops.ask.setting.unit is not None or _asks_amount(ops):
        return
    if not ops.ask.slots:  # "What share of spending goes to projects?"
        if ops.ask.says("project_noun"):
            yield from _projects_share(ops, Lookup(ops.whole()))
        return
    part = within(ops.ask.slots, cue.a) if cue.a else ()
    whole = within(ops.ask.slots, cue.b) if cue.b else ()
    yield from _of_unit(ops, part, whole)
    if not rows_of(part) and len(rows_of(whole)) > 1:
        whole, part = _split_last(whole)
    elif not rows_of(part):
        part, whole = ops.ask.slots, ()
    places = [s for s in ops.ask.slots if s.is_agency or s.is_organisation]
    own = any(s.is_agency or s.is_organisation for s in part)
    sums = [s.names[0].text for s in rows_of(part) if s.names]
    if sums and all(plays_total(text) or plays(Role.TOTAL_ROW, text) for text in sums) and ops.ask.says("project_noun"):
        yield from _projects_share(ops, Lookup(replace(ops.whole(), scope=ops.scope(places, None))))
        return
    units = [s for s in whole if s.is_organisation] if not own else []
    part_plan = ops.plan_at(units, (*part, *(() if own else (s for s in places if s.is_agency))), cue.a)
    if any(map(_of_small_firms, rows_of(part))) and not any(map(_of_small_firms, rows_of(whole))):
        yield from _told_of_procurement(ops, part_plan)
    if ops.ask.says("its", cue.b) and isinstance(part_plan, Lookup) and part_plan.item.columns and _is_total(whole):
        yield Ratio(part_plan, Lookup(replace(part_plan.item, columns=())))
    yield from _of_fund(ops, part_plan, whole)
    crossed = _column_of(ops, part, whole)
    if crossed is not None:
        yield crossed
    if rows_of(whole):
        own = any(s.is_agency or s.is_organisation for s in whole)
        lent = [] if own else [s for s in places if s.is_agency or ops.ask.says("its", cue.b)]
        whole_plan = ops.plan((*whole, *lent), cue.b)
        procured = procurement_whole(ops) if any(_is_procured(s) for s in part) else None
        if procured is not None and ops.result(whole_plan).evidence == ops.result(part_plan).evidence:
            whole_plan = Lookup(procured)
        yield Ratio(part_plan, whole_plan)
        return
    whole_item = procurement_whole(ops) if any(_is_procured(s) for s in part) else None
    scope = ops.scope(places, None)
    if whole_item is None and cue.b is not None and ops.ask.says("project_noun", cue.b):
        yield Ratio(part_plan, Sum(members=Members(Group.PROJECTS, replace(ops.whole(), scope=scope))))
    yield Ratio(part_plan, Lookup(replace(whole_item or ops.whole(), scope=scope)))


def _of_unit(ops: Operands, part: tuple[Slot, ...], whole: tuple[Slot, ...]) -> Iterator[Plan]:
    """For a part that is only a unit: what it has of the whole that is named ("局本级占全部门总预算…")."""
    units = [s for s in part if s.is_organisation]
    if not units or rows_of(part) or not rows_of(whole):
        return
    of_all = ops.plan(whole)
    scope = ops.scope((*units, *whole), None)
    if isinstance(of_all, Lookup):
        yield Ratio(Lookup(replace(of_all.item, scope=scope)), of_all)
        if of_all.item.names and plays(Role.PROJECT_COLUMN, of_all.item.names[0].text):
            yield Ratio(Sum(members=Members(Group.PROJECTS, Item(units[0].text, scope=scope))), of_all)


def _of_fund(ops: Operands, part: Plan, whole: tuple[Slot, ...]) -> Iterator[Plan]:
    """The share of what one fund pays for: part and whole out of the first table of that fund's spending."""
    rows = rows_of(whole)
    named = label_key(rows[0].names[0].text) if len(rows) == 1 and rows[0].names else ""
    kind = next((k for k, fund in _FUNDS if fund.fullmatch(named)), None)
    if kind is None or not isinstance(part, Lookup) or part.item.sources or part.item.total is not None:
        return
    tables = (t for d in part.item.scope.documents for t in ops.calculator.selector.tables(d) if t.kind is kind)
    title = next((t.title for t in tables if t.title), None)
    if title is not None:
        paid = Item(rows[0].text, total=Total.EXPENDITURE, sources=(title,), scope=part.item.scope)
        yield Ratio(Lookup(replace(part.item, sources=(title,))), Lookup(paid))


def _projects_share(ops: Operands, whole: Plan) -> Iterator[Plan]:
    """The share of all projects: as they are listed, else as the column of project expenditure tells."""
    yield Ratio(Sum(members=Members(Group.PROJECTS, called_projects(ops, in_scope(ops)))), whole)
    name = Name("项目支出", LabelKind.COLUMN)
    yield Ratio(Lookup(Item(name.text, names=(name,), scope=ops.scope(ops.ask.slots, None))), whole)


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


def _told_of_procurement(ops: Operands, part: Plan) -> Iterator[Plan]:
    """What the sentence on procurement gives small firms, of all that it procures; tables may hold a part of either."""
    whole = procurement_whole(ops)
    if whole is not None and isinstance(part, Lookup):
        item, scope = replace(part.item, parents=()), part.item.scope
        yield Ratio(Lookup(replace(item, kind=Kind.PROSE)), Lookup(replace(whole, scope=scope, kind=Kind.PROSE)))
        yield Ratio(Lookup(item), Lookup(replace(whole, scope=scope)))


def _is_procured(slot: Slot) -> bool:
    """Whether a slot is a part of procurement: said so, or what of it is reserved for or awarded to small firms."""
    return "采购" in slot.text or any("采购" in n.text for n in slot.names[:1]) or _of_small_firms(slot)


def _of_small_firms(slot: Slot) -> bool:
    return bool(slot.names) and OF_SMALL_FIRMS.search(slot.names[0].text) is not None


def procurement_whole(ops: Operands) -> Item | None:
    """All procurement, of which a category of it is a share where no whole is named."""
    labels = ops.calculator.corpus.labels((LabelKind.ITEM,))
    names = tuple(Name(x.text, x.kind) for x in labels if ALL_PROCURED.fullmatch(label_key(x.text)))
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
