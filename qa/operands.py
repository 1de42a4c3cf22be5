"""From slots to operands: which name is the row, which the column, the parent or the organisation, checked on facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from ingest.corpus import FactHit, LabelKind
from ingest.records import Measure, TableKind
from ingest.units import Dimension
from qa.arithmetic import TIMES
from qa.ask import YEAR, Ask
from qa.bears import bears
from qa.calculator import Calculator
from qa.intent import pattern, says
from qa.keys import label_key
from qa.narrowing import SURE, narrowings, strong_first
from qa.plan import Group, Item, Kind, Lookup, Members, Name, Plan, Scope, Sum, Total
from qa.question import Language
from qa.result import Result, Status
from qa.roles import Role, plays
from qa.scope import of_agencies, organisation_names
from qa.slot import ROWS, Slot, kinds_of_projects, names_projects
from qa.slotroles import borrowed_by, is_row, opening_column, rows_of_neighbour, shared_column
from qa.slots import within

HEADS = (*ROWS, LabelKind.COLUMN)
MOST_TRIES = 16
MOST_ALONE = 3  # pieces from which the first may be but the place of the others
MOST_LOOSE = 4  # names of which some may be left out
ONE_MATTER = (TableKind.THREE_PUBLIC, TableKind.OPERATING, TableKind.PROCUREMENT, TableKind.PERFORMANCE)


class Operands:
    """Builds the operands of one question."""

    def __init__(self, ask: Ask, calculator: Calculator) -> None:
        self.ask = ask
        self.calculator = calculator

    def plan(self, slots: Sequence[Slot], region: tuple[int, int] | None = None) -> Plan:
        """The first way of putting the slots together that finds a figure; the first way at all where none does."""
        first: Plan | None = None
        declared: Plan | None = None
        for tries, plan in enumerate(self.ways(slots, region)):
            result = self.calculator.run(plan)
            if result.answered:
                return plan
            first = first or plan
            if result.status is Status.DECLARED_NONE:
                declared = declared or plan
            if tries >= MOST_TRIES:
                break
        return declared or self._loosely(slots, region) or first or Lookup(self.whole(region))

    def _loosely(self, slots: Sequence[Slot], region: tuple[int, int] | None) -> Plan | None:
        """Some of the names alone, where the cell found bears what the names left out say ("政府采购预算" beside
        面向中小企业预留政府采购项目预算金额)."""
        scope = self.scope(slots, region)
        rest = [s for s in slots if is_row(s)]
        tries = 0
        for size in range(min(len(rest), MOST_LOOSE) - 1, 0, -1):
            for chosen in sorted(combinations(rest, size), key=lambda c: -sum(len(s.text) for s in c)):
                others = [s for s in rest if s not in chosen]
                for item in self._items(chosen, scope):
                    result = self.calculator.run(Lookup(item))
                    tries += 1
                    if result.answered and all(bears(result, s, self.calculator.corpus) for s in others):
                        return Lookup(item)
                    if tries >= MOST_TRIES:
                        return None
        return None

    def says_anywhere(self, what: str) -> bool:
        """Whether the question holds a word of the named kind, inside mentions too."""
        return says(what, self.ask.text, self.ask.language)

    def item(self, slots: Sequence[Slot], region: tuple[int, int] | None = None) -> Item:
        """Like `plan`, but an item: for operations that need one."""
        plan = self.plan(slots, region)
        if isinstance(plan, Lookup):
            return plan.item
        return next((p.item for p in self.ways(slots, region) if isinstance(p, Lookup)), self.whole(region))

    def result(self, plan: Plan) -> Result:
        """What a plan would give."""
        return self.calculator.run(plan)

    def ways(self, slots: Sequence[Slot], region: tuple[int, int] | None = None) -> Iterator[Plan]:
        """Every sensible way to read the slots as one operand, likeliest first."""
        scope = self.scope(slots, region)
        rest = [s for s in slots if not s.is_agency and not s.is_organisation and (s.has_row or s.has_column)]
        rest = [s for s in rest if not _LEVEL.fullmatch(s.text)] or rest
        organisations = [s for s in slots if s.is_organisation]
        if not rest:
            yield from self._without_row(organisations, scope, region)
            return
        rest = _without_names_of_code(rest)
        tables = [s for s in rest if len(rest) > 1 and self.called_table(s)]
        for chosen in strong_first([s for s in rest if s not in tables]):
            for item in self._items(chosen, scope):
                if tables:
                    yield Lookup(replace(item, sources=self.titled(tables)))
                yield Lookup(item)
        yield from self._projects_said(rest, scope, bool(organisations))
        kinds = kinds_of_projects(rest[0]) if len(rest) == 1 else ()
        if kinds and (self.ask.says("project_noun") or self.ask.says("price_noun")):  # which have no row of their own
            yield Sum(members=Members(Group.PROJECTS, Item(rest[0].text, parents=kinds, scope=scope)))
        for place in organisations:  # "科技馆" may be the item 科技馆站 as well as the organisation
            if place.has_row:
                others = [s for s in organisations if s is not place]
                for item in self._items((place, *rest), self.scope(others, region)):
                    yield Lookup(item)

    def _projects_said(self, rest: Sequence[Slot], scope: Scope, placed: bool) -> Iterator[Plan]:
        """ "项目支出" as the sort of row that the other name is, or as all projects of an organisation."""
        others = [s for s in rest if not names_projects(s)]
        if others and len(others) < len(rest):
            for item in self._items(others, scope):
                yield Lookup(replace(item, kind=Kind.PROJECT))
        elif placed and not others:
            yield Sum(members=Members(Group.PROJECTS, Item(_said(rest), scope=scope)))

    def _without_row(
        self, organisations: Sequence[Slot], scope: Scope, region: tuple[int, int] | None
    ) -> Iterator[Plan]:
        whole = replace(self.whole(region), scope=scope)
        if not organisations:
            yield Lookup(whole)
            return
        said = _said(organisations)
        if not self.ask.says("project_noun", region):
            named = [self._base(place, self.scope((), region)) for place in organisations if place.has_row]
            for item in (replace(whole, said=said), *named):
                if self._is_whole_budget(item):
                    yield Lookup(item)
        yield Sum(members=Members(Group.PROJECTS, Item(said, scope=scope)))

    def _is_whole_budget(self, item: Item) -> bool:
        """Whether the figure of an organisation is of its whole budget, not of one matter (its 三公, its vehicles)."""
        evidence = self.calculator.run(Lookup(item)).evidence
        return all(not isinstance(e, FactHit) or e.table_kind not in ONE_MATTER for e in evidence)

    def whole(self, region: tuple[int, int] | None = None) -> Item:
        """The grand total, of revenue where the words say so."""
        revenue = self.ask.says("revenue", region) and not self.ask.says("spent", region)
        total = Total.REVENUE if revenue else Total.EXPENDITURE
        named = _GRAND.search(self.ask.text if region is None else self.ask.text[slice(*region)])
        said = _TOTAL_SAID[self.ask.language][total] if named is None else named.group()
        return Item(said, total=total, scope=self.ask.setting.scope())

    def scope(self, slots: Sequence[Slot], region: tuple[int, int] | None) -> Scope:
        """The question's scope, narrowed by the agency, organisation or year of this operand."""
        setting = self.ask.setting
        agencies = [s for s in slots if s.is_agency]
        if agencies:
            setting = replace(setting, documents=of_agencies(setting.documents, agencies) or setting.documents)
        organisations = organisation_names([s for s in slots if s.is_organisation])
        low, high = region or (0, len(self.ask.text))
        here = {int(m) for m in YEAR.findall(self.ask.text[low:high])} if region else set()
        years = [y for y in setting.years if y in here] or None
        return setting.scope(years, organisations or None)

    def _items(self, slots: Sequence[Slot], scope: Scope) -> Iterator[Item]:
        """Each slot in turn as the head, the others as its column, parent, organisation or table."""
        ordered = list(slots)[::-1] if self.ask.language is Language.ZH else list(slots)
        heads = sorted(ordered, key=lambda s: not s.of(*ROWS) and s.code is None)
        if self._spends_a_fund(slots):
            for head in (h for h in heads if not _FUND.fullmatch(h.text)):
                yield from self._constrained(self._base(head, scope), [s for s in slots if s is not head], tables=True)
        for head in heads:
            others = [s for s in slots if s is not head]
            yield from self._in_funds_table(self._base(head, scope), others)
            yield from self._constrained(self._base(head, scope), others, tables=False)
        for head in heads if len(slots) > 1 else ():
            others = [s for s in slots if s is not head]
            yield from self._constrained(self._base(head, scope), others, tables=True)

    def _in_funds_table(self, item: Item, others: Sequence[Slot]) -> Iterator[Item]:
        """The item in the table of a fund that is named beside a column: 一般公共预算财政拨款 … 项目支出."""
        funds = [s for s in others if _FUND.fullmatch(s.text)]
        columns = [s for s in others if s.has_column and s not in funds]
        if len(funds) == 1 and columns and len(columns) == len(others) - 1:
            for narrowed in self._constrained(item, columns, tables=False):
                yield from self._in_table(narrowed, funds[0])

    def _spends_a_fund(self, slots: Sequence[Slot]) -> bool:
        """Whether spending out of a fund is asked for: "财政拨款花了…", which a column of a revenue table is not."""
        return len(slots) > 1 and any(_FUND.fullmatch(s.text) for s in slots) and self.ask.says("outgoing")

    def _constrained(self, item: Item, others: Sequence[Slot], tables: bool) -> Iterator[Item]:
        if not others:
            yield item
            return
        slot, rest = others[0], others[1:]
        for narrowed in self._in_table(item, slot) if tables else narrowings(item, slot):
            yield from self._constrained(narrowed, rest, tables)

    def _in_table(self, item: Item, slot: Slot) -> Iterator[Item]:
        """The item in the tables whose titles hold the slot's words ("基本支出里的会议费")."""
        fund = _FUND.fullmatch(slot.text)
        titles = self._titled_by(fund["fund"]) if fund is not None and fund["fund"] else self.titled((slot,))
        if titles and not item.sources:
            yield replace(item, sources=titles)

    def _base(self, head: Slot, scope: Scope) -> Item:
        measure = self.ask.linked.unit
        counted = measure is not None and measure.dimension is Dimension.COUNT and measure != TIMES
        counted = counted or (self.ask.says("how_many") and self.ask.language is Language.EN and not self._counts())
        if head.code is not None:
            return Item(head.text, codes=(head.code,), scope=scope)
        names = tuple(n for n in head.of(*HEADS) if not _is_heading(n))
        total = _total_named(names)
        if total is not None:
            incoming = "收入" in head.text and "支" not in head.text  # 总收入 for a row that is only called 合计
            return Item(head.text, total=Total.REVENUE if incoming else total, scope=scope)
        kind = Kind.PROJECT if self._called_project(head) else Kind.REVENUE if self._of_revenue() else None
        amount = Measure.QUANTITY if counted else Measure.AMOUNT
        if counted and measure is not None:
            scope = replace(scope, unit=measure.symbol)
        return Item(head.text, names=names, scope=scope, kind=kind, measure=amount)

    def _of_revenue(self) -> bool:
        """Whether the question speaks of money that comes in, and of none that goes out."""
        return self.ask.says("revenue") and not self.ask.says("outgoing")

    def _counts(self) -> bool:
        """Whether members are to be counted or figures divided, so that "how many" asks for no printed quantity."""
        return any(c.intent in ("count", "filter_count", "multiple") for c in self.ask.cues)

    def own_rows(self, what: str) -> int:
        """How many pieces between separators name a row of their own."""
        pieces = (within(self.ask.slots, p) for p in self.ask.pieces(what))
        return sum(any(is_row(s) and not self.called_table(s) for s in slots) for slots in pieces)

    def called_table(self, slot: Slot) -> bool:
        """Whether "表" or "table" stands right behind the name, or behind a list it is in: it says where to read."""
        text = self.ask.text
        after = next((s for s in self.ask.slots if s.start > slot.start), None)
        if after is not None and text[slot.end : after.start].strip() == "、" and self.ask.language is Language.ZH:
            return self.called_table(after)
        if self.ask.language is Language.EN and _TABLE_OF.search(text[: slot.start]):
            return True
        noun = pattern("table_noun", self.ask.language).match(text[slot.end : slot.end + 12])
        return slot.text.endswith("表") or noun is not None

    def titled(self, slots: Sequence[Slot]) -> tuple[str, ...]:
        """The titles of tables that hold the words of the slots."""
        sure = [n for s in slots for n in s.names[:4] if n.score >= SURE]
        return self._titled_by(*(label_key(n.text) for n in sure), *(label_key(s.text) for s in slots))

    def _titled_by(self, *words: str) -> tuple[str, ...]:
        titles = [label.text for label in self.calculator.corpus.labels((LabelKind.TABLE,))]
        return tuple(t for t in titles if any(w in label_key(t) for w in words if w))

    def _called_project(self, head: Slot) -> bool:
        """Whether "项目" or "project" stands right behind the name."""
        after = _THIS.sub("", self.ask.text[head.end : head.end + 12].lstrip(" '\"”》」的"))
        noun = pattern("project_noun", self.ask.language).match(after)
        return noun is not None and not after.startswith(("项目支出", "项目数"))

    def groups(self, what: str, region: tuple[int, int] | None = None) -> list[Plan]:
        """The operands between separators; what one lacks (row, organisation, year) it takes from its neighbours."""
        pieces = [(p, within(self.ask.slots, p)) for p in self.ask.pieces(what, region)]
        named = [(p, slots) for p, slots in pieces if slots or self._years_in(p)]
        if sum(bool(slots) for _, slots in named) > 1:  # "In 2024, …" is no operand
            named = [(p, slots) for p, slots in named if slots]
        named = self._without_tables(named)
        context, named = self._apart_from_place(named)
        if sum(any(is_row(s) for s in slots) for _, slots in named) > 1:  # a place said once is everyone's
            alone = [s for _, slots in named if slots and not any(map(is_row, slots)) for s in slots]
            named = [(p, slots) for p, slots in named if any(map(is_row, slots))]
            placed = any(s.is_agency or s.is_organisation for _, slots in named for s in slots)
            named = [(p, slots if placed else (*alone, *slots)) for p, slots in named]
        plans = []
        for at, (piece, slots) in enumerate(named):
            groups = [s for _, s in named]
            plan = self.plan_at(context, (*slots, *borrowed_by(at, groups)), piece)
            rows = rows_of_neighbour(at, groups)
            beside = self.plan_at(context, (*slots, *rows), piece) if rows else plan
            plans.append(beside if self.result(beside).answered else plan)
        return self._in_shared_column(plans, named)

    def _in_shared_column(
        self, plans: list[Plan], named: list[tuple[tuple[int, int], tuple[Slot, ...]]]
    ) -> list[Plan]:
        """The operands in the column that the last one closes with, where all have a figure there."""
        groups = [slots for _, slots in named]
        column = shared_column(groups) or opening_column(groups)
        if column is None:
            return plans
        own = (slots if column in slots else (*slots, column) for slots in groups)
        again = [self.plan(slots, piece) for slots, (piece, _) in zip(own, named, strict=True)]
        return again if all(self.result(p).answered for p in again) else plans

    def plan_at(self, place: Sequence[Slot], slots: Sequence[Slot], piece: tuple[int, int] | None) -> Plan:
        """The plan of an operand at a place: what it is paid from narrows it, any other place only if need be."""
        inside, alone = (*place, *slots), tuple(slots)
        paid_from = bool(place) and all(_FUND.fullmatch(s.text) for s in place)
        first, second = (inside, alone) if paid_from else (alone, inside)
        plan = self.plan(first, piece)
        return plan if not place or self.result(plan).answered else self.plan(second, piece)

    def without_place(self, slots: Sequence[Slot]) -> tuple[Slot, ...]:
        """The slots of an operand without those of a clause before it that says where it stands ("总额里，货物…")."""
        text = self.ask.text
        comma = text.find(",", slots[0].end) if slots else -1
        behind = tuple(s for s in slots if s.start > comma >= 0)
        placed = comma >= 0 and _PLACE_FIRST.match(text[:comma].strip())
        return behind if placed and any(map(is_row, behind)) else tuple(slots)

    def _apart_from_place(
        self, named: list[tuple[tuple[int, int], tuple[Slot, ...]]]
    ) -> tuple[tuple[Slot, ...], list[tuple[tuple[int, int], tuple[Slot, ...]]]]:
        """The slots of a first piece that only says where the others stand ("采购预算总额里，…"), and the others."""
        funds = [s for _, s in named if s and all(_FUND.fullmatch(slot.text) for slot in s)]
        others = [(p, s) for p, s in named if s not in funds]
        if funds and sum(any(map(is_row, s)) for _, s in others) > 1:  # "A和B，财政拨款一共…": paid from it
            return tuple(slot for s in funds for slot in s), others
        if len(named) < MOST_ALONE or not _PLACE_FIRST.match(self.ask.text[slice(*named[0][0])].strip()):
            return (), named
        rest = named[1:]
        return (named[0][1], rest) if sum(any(map(is_row, s)) for _, s in rest) > 1 else ((), named)

    def _without_tables(
        self, named: list[tuple[tuple[int, int], tuple[Slot, ...]]]
    ) -> list[tuple[tuple[int, int], tuple[Slot, ...]]]:
        """The pieces without those that only say in which table to look, which is then where the others are read."""

        def only_table(slots: Sequence[Slot]) -> bool:
            rows = [s for s in slots if is_row(s)]
            return bool(rows) and all(self.called_table(s) for s in rows)

        tables = [s for _, slots in named if only_table(slots) for s in slots]
        others = [(p, slots) for p, slots in named if not only_table(slots)]
        return [(p, (*tables, *slots) if slots else slots) for p, slots in others] if others else named

    def _years_in(self, piece: tuple[int, int]) -> bool:
        return any(int(y) in self.ask.setting.years for y in YEAR.findall(self.ask.text[slice(*piece)]))


_FUND = re.compile(r"财政拨款|(?P<fund>一般公共预算|政府性基金)(?:预算)?(?:财政)?(?:拨款?)?")
_PLACE_FIRST = re.compile(
    r".*(?:里|中|内|里面|里头|当中|之中|方面)$|(?:按照?|根据|依照?|照).*"
    r"|(?:under|within|in|of|from|among|as part of) .*",
    re.I,
)
_TABLE_OF = re.compile(r"\btables? (?:of|on|for|about) (?:the )?[\"'“‘]?$", re.I)
_THIS = re.compile(r"^(?:这一?个?|那一?个?|该)(?=项目)")
_LEVEL = re.compile(r"[一二三]级项目")
_GRAND = re.compile(r"(?:收入支出|收支|收入|支出)(?:预算|决算)?总计")
_TOTAL_SAID = {
    Language.ZH: {Total.EXPENDITURE: "总支出", Total.REVENUE: "总收入"},
    Language.EN: {Total.EXPENDITURE: "total expenditure", Total.REVENUE: "total revenue"},
}


def _without_names_of_code(slots: list[Slot]) -> list[Slot]:
    """The slots without those that name what a code names more surely ("retired staff … code 30302")."""
    coded = {n.text for s in slots if s.code is not None for n in s.names}
    return [s for s in slots if s.code is not None or not coded & {n.text for n in s.names}]


def _is_heading(name: Name) -> bool:
    """Whether a name is a column that every table has (预算数, 合计): it names no item."""
    return name.kind is LabelKind.COLUMN and plays(Role.TOTAL_COLUMN, name.text)


def _total_named(names: Sequence[Name]) -> Total | None:
    """The grand total, where the likeliest name is one."""
    for name in names[:1]:
        if plays(Role.EXPENDITURE, name.text) or plays(Role.TOTAL_ROW, name.text):
            return Total.EXPENDITURE
        if plays(Role.REVENUE, name.text):
            return Total.REVENUE
    return None


def _said(slots: Sequence[Slot]) -> str:
    return " ".join(s.text for s in slots)
