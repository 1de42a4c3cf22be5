"""Choose the facts that an item may mean: fetch, filter by scope, pick the column, merge equal figures, order.

Preferences, strongest first: how surely the name was matched; the kind of row the asker named; the classification
before projects before totals of other tables; a row of the whole before one of a single organisation; a table
before a sentence; the table that is most specific for the kind of row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from functools import cached_property

from ingest.corpus import Corpus, FactHit, FactQuery, LabelKind
from ingest.numbers import CellState
from ingest.records import Document, Measure, Phase, Table, TableKind
from qa.columns import choose_columns, column_matches
from qa.keys import label_key
from qa.merging import merge
from qa.plan import Item, Kind, Name, Total
from qa.question import How
from qa.reading import PROJECT_TABLES, Reading, kind_of, path_key, quantity_of
from qa.roles import Role, role_names, totalled_table

MOST_TABLES = 48  # documents of which the tables are kept
MOST_KEPT = 4096  # items whose readings are kept: planning asks for the same ones again and again
PRIOR = {
    Kind.FUNCTION: 0.10,
    Kind.THREE_PUBLIC: 0.08,
    Kind.ECONOMIC: 0.06,
    Kind.COLUMN: 0.05,
    Kind.PROJECT: 0.05,
    Kind.REVENUE: 0.04,
    Kind.OTHER: 0.02,
    Kind.PROSE: 0.0,
}
PRINTED_NAME = 0.05  # a row that bears the very name asked for, before a standard item that the name may also mean
KIND_ASKED = 0.30
GOALS_TABLE = -0.15  # a row of a performance table is a goal's heading first of all
PROSE_TOTAL = 0.3
SURE = 0.9  # below it, the total of the table that goes by the name is a reading too
OTHER_PHASE = -0.03  # the adjusted budget where the budget was asked
ONLY_BASIC = -0.08  # 公务接待费 of the basic expenditure alone, where the table of the 三公 tells all of it
ONE_ORGANISATION = -0.20  # a single organisation's row where the whole was asked
TABLE_ORDER = (
    TableKind.EXPENDITURE,
    TableKind.GENERAL_PUBLIC,
    TableKind.PROJECTS,
    TableKind.THREE_PUBLIC,
    TableKind.BASIC,
    TableKind.OPERATING,
    TableKind.FISCAL_EXPENDITURE,
    TableKind.REVENUE,
    TableKind.BALANCE,
    TableKind.FISCAL_BALANCE,
    TableKind.PROCUREMENT,
    TableKind.GOVERNMENT_FUND,
    TableKind.STATE_CAPITAL,
    TableKind.PERFORMANCE,
    TableKind.GENERAL,
    TableKind.INDICATORS,
)
GRAND = "总计"
SIDES = ("收入", "支出")  # of a balance, each with a 总计 of its own
AS_SAID = 1.25  # a grand total called by its own name goes before the others
MOST_STEPS, SURE_STEP = 2, 0.96
CERTAIN = Name("", LabelKind.ITEM)
BY_CODE = 0.97
_THREE_PUBLIC = re.compile(r"因公出国|公务接待|公务用车")
_OF_BASIC = (TableKind.BASIC, TableKind.OPERATING)
_TOLD_ONCE = re.compile(r"(?:预留|涉及).*预算")  # budgets that a final account tells once, and without a stage
Graded = tuple[FactHit, Name]
Place = tuple[str, str | None]  # a document and a table of it


class Selector:
    """Finds the readings of an item in a corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._readings: dict[Item, tuple[Reading, ...]] = {}
        self._tables: dict[str, tuple[Table, ...]] = {}

    @cached_property
    def documents(self) -> dict[str, Document]:
        return {d.id: d for d in self.corpus.documents()}

    @cached_property
    def _texts_by_key(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for label in self.corpus.labels((LabelKind.ITEM,)):
            found.setdefault(label_key(label.text), []).append(label.text)
        return {key: tuple(texts) for key, texts in found.items()}

    def tables(self, document: str) -> tuple[Table, ...]:
        """The tables of a document; those of the last few documents are kept."""
        if document not in self._tables:
            if len(self._tables) >= MOST_TABLES:
                self._tables.clear()
            self._tables[document] = self.corpus.tables(document)
        return self._tables[document]

    def table_of(self, hit: FactHit) -> Table | None:
        """The table that a figure stands in; None for a figure of prose."""
        return next((t for t in self.tables(hit.document) if t.id == hit.fact.table), None)

    def readings(self, item: Item) -> tuple[Reading, ...]:
        """Everything the item may mean, likeliest first; blanks and dashes included, after figures of equal rank."""
        if item not in self._readings:
            if len(self._readings) >= MOST_KEPT:
                self._readings.clear()
            self._readings[item] = self._find(item)
        return self._readings[item]

    def _find(self, item: Item) -> tuple[Reading, ...]:
        graded = self._within(item, self._fetch(item))
        if item.measure is Measure.AMOUNT and max((n.score for _, n in graded), default=0.0) < SURE:
            graded += self._within(item, self._table_totals(item))
        graded = choose_columns(graded, item)
        by_unit = _tables_by_unit(hit for hit, _ in graded)
        found = [self._read(item, hit, name, by_unit) for hit, name in graded]
        return merge(sorted(found, key=lambda r: self._order(r, item)), self.documents, item.scope.unit)

    def within(self, item: Item, hits: Iterable[FactHit]) -> list[Graded]:
        """The facts that stand where and when the item asks, whatever their names."""
        return self._within(item, [(h, CERTAIN) for h in hits])

    def _table_totals(self, item: Item) -> Iterator[Graded]:
        """The grand totals of the tables that an item's name stands for (政府采购预算 for the table of that kind)."""
        for name in item.names[:3]:
            kind = totalled_table(name.text)
            if kind is not None:
                query = FactQuery(documents=item.scope.documents or None, table_kinds=(kind,))
                rows = (h for h in self.corpus.facts(query) if self._summary_row(item, h) and not _of_more(h))
                yield from ((h, replace(name, kind=LabelKind.TABLE)) for h in rows)

    def _within(self, item: Item, graded: Iterable[Graded]) -> list[Graded]:
        return self._in_time(item, [g for g in graded if self._in_place(item, g[0])])

    def exists(self, item: Item) -> bool:
        """Whether the item has a reading with a figure."""
        return any(r.hit.fact.state is CellState.FIGURE for r in self.readings(item))

    def column_of(self, hit: FactHit) -> tuple[FactHit, ...]:
        """All facts of the table column that a fact stands in; empty for a sentence fact."""
        if hit.fact.table is None:
            return ()
        query = FactQuery(documents=(hit.document,), tables=(hit.fact.table,), figures_only=False)
        return tuple(h for h in self.corpus.facts(query) if h.fact.column == hit.fact.column)

    def spellings(self, text: str) -> tuple[str, ...]:
        """The row labels of the corpus that are written like a text, brackets and blanks aside."""
        return self._texts_by_key.get(label_key(text), ())

    def texts(self, role: Role) -> tuple[str, ...]:
        """The row labels of the corpus that play a role, most usual first."""
        return tuple(t for key in role_names(role) for t in self._texts_by_key.get(key, ()))

    def _fetch(self, item: Item) -> list[Graded]:
        base = FactQuery(documents=item.scope.documents or None, figures_only=False)
        found: list[Graded] = []
        if item.total is not None:
            return self._totals(item, base)
        if item.codes:
            coded = self.corpus.facts(replace(base, codes=item.codes))
            found += [(h, CERTAIN) for h in coded]
            if item.scope.phases:  # a stage that only prose tells, under the name that the code has in the tables
                labels = dict.fromkeys(h.fact.label for h in coded)
                found += self._rows(tuple(Name(label, LabelKind.ITEM, BY_CODE) for label in labels), base)
        found += self._rows(item.names, base)
        for name in item.names:
            if name.kind is LabelKind.COLUMN:
                query = replace(base, column_contains=name.text)
                hits = (h for h in self.corpus.facts(query) if column_matches(h.fact, (name.text,)))
                found += [(h, name) for h in hits if self._summary_row(item, h)]
        return found

    def _rows(self, names: Sequence[Name], base: FactQuery) -> list[Graded]:
        best: dict[str, Name] = {}
        for name in names:
            if name.kind in (LabelKind.ITEM, LabelKind.PROJECT, LabelKind.ORGANISATION, LabelKind.TERM):
                best.setdefault(name.text, name)
        if not best:
            return []
        found = [(h, best[h.fact.label]) for h in self.corpus.facts(replace(base, labels=tuple(best)))]
        borne = {h.fact.label for h, _ in found}
        steps = [n for n in best.values() if n.score >= SURE_STEP and n.text not in borne][:MOST_STEPS]
        stepped = [g for name in steps for g in self._only_row_under(name, base)]
        taken = {(h.document, h.fact.id) for h, _ in stepped}
        return [g for g in found if (g[0].document, g[0].fact.id) not in taken] + stepped

    def _only_row_under(self, name: Name, base: FactQuery) -> list[Graded]:
        """For a level of stairs without a row of its own: the one row that stands for it, where there is just one."""
        under = self.corpus.facts(replace(base, path_contains=name.text))
        hits = [h for h in under if h.fact.row_path[-2:-1] == (name.text,)]
        rows = {(h.document, h.fact.table, h.fact.row) for h in hits}
        return [(h, name) for h in hits] if len(rows) == 1 else []

    def _totals(self, item: Item, base: FactQuery) -> list[Graded]:
        revenue = item.total is Total.REVENUE
        names = self.texts(Role.REVENUE if revenue else Role.EXPENDITURE)
        names += self.texts(Role.REVENUE_PROSE if revenue else Role.EXPENDITURE_PROSE)
        kinds = (TableKind.REVENUE,) if revenue else (TableKind.EXPENDITURE, TableKind.GENERAL_PUBLIC)
        grand = tuple(Name(t, LabelKind.ITEM, 1.0 - 0.01 * i) for i, t in enumerate(names))
        found = [_less_sure(g) for g in self._rows(grand, base)] + self._as_said(item, base)
        rows = replace(base, labels=self.texts(Role.TOTAL_ROW), table_kinds=kinds)
        found += [(h, Name(h.fact.label, LabelKind.ITEM, 0.99)) for h in self.corpus.facts(rows)]
        return found + self._own_rows(item, base, kinds)

    def _own_rows(self, item: Item, base: FactQuery, kinds: tuple[TableKind, ...]) -> list[Graded]:
        """The rows of the organisations asked for in tables by unit; a unit's whole budget is also what it receives."""
        own = replace(base, labels=item.scope.organisations)
        wanted = self.corpus.facts(replace(own, table_kinds=kinds)) if own.labels else ()
        if not wanted and item.total is Total.EXPENDITURE and own.labels:
            received = self.corpus.facts(replace(own, table_kinds=(TableKind.REVENUE,)))
            wanted = tuple(h for h in received if h.fact.phase is Phase.BUDGET)
        if not wanted and own.labels:  # receipts and payments of each unit side by side
            beside = self.corpus.facts(replace(own, table_kinds=(TableKind.BALANCE,)))
            wanted = tuple(h for h in beside if _is_total_of_side(h, item))
        return [(h, Name(h.fact.label, LabelKind.ORGANISATION, 1.0)) for h in wanted]

    def _as_said(self, item: Item, base: FactQuery) -> list[Graded]:
        """A grand total under the very name the asker used; 收入总计 and 支出总计 also as the last row of a balance.

        In a final account the 总计 of receipts and payments holds what was carried over, the 本年合计 does not.
        """
        key = label_key(item.said)
        roles = (Role.REVENUE, Role.EXPENDITURE, Role.EXPENDITURE_PROSE)
        named = tuple(t for role in roles for t in self.texts(role) if same_total(key, label_key(t)))
        found = self._rows(tuple(Name(t, LabelKind.ITEM, AS_SAID) for t in dict.fromkeys(named)), base)
        if not key.endswith(GRAND):
            return found
        last = self._texts_by_key.get(GRAND, ())
        rows = self.corpus.facts(replace(base, labels=last, table_kinds=(TableKind.BALANCE,))) if last else ()
        side = next((s for s in SIDES if key == s + GRAND), "")
        kept = (h for h in rows if side in label_key("".join(h.fact.column_path)))
        return found + [(h, Name(h.fact.label, LabelKind.ITEM, AS_SAID)) for h in kept]

    def _summary_row(self, item: Item, hit: FactHit) -> bool:
        """Whether a row speaks for the whole (or for the organisation asked), so that its columns are items."""
        fact = hit.fact
        if fact.table is None:
            return False
        key = label_key(fact.label)
        if item.scope.organisations:
            own = {label_key(o) for o in item.scope.organisations}
            whole = fact.total or key in (*own, *role_names(Role.TOTAL_ROW), "")
            return whole and self._of_organisation(item.scope.organisations, hit)
        agency = label_key(self.documents[hit.document].identity.agency or "")
        return fact.total or key in (*role_names(Role.TOTAL_ROW), agency, "")

    def _of_organisation(self, organisations: Sequence[str], hit: FactHit) -> bool:
        keys = {label_key(o) for o in organisations}
        fact = hit.fact
        if fact.table is None and any(k in label_key(fact.sentence or "") for k in keys):
            return True
        return bool(keys & {label_key(fact.organisation or ""), *path_key(fact.row_path)})

    def _in_place(self, item: Item, hit: FactHit) -> bool:
        fact, scope = hit.fact, item.scope
        if _empty_goal(hit):
            return False
        if scope.organisations and not self._of_organisation(scope.organisations, hit):
            return False
        if item.parents and not {label_key(p) for p in item.parents} & set(path_key(fact.row_path)):
            return False
        if item.columns and not column_matches(fact, item.columns):
            return False
        if item.sources and (hit.table_title or fact.table) not in item.sources:
            return False
        if item.columns and fact.table is not None and fact.measure is Measure.COMPLETION:
            return item.measure in (Measure.AMOUNT, Measure.COMPLETION)
        return fact.measure is item.measure or (item.measure is Measure.AMOUNT and fact.measure is Measure.QUANTITY)

    def _in_time(self, item: Item, graded: list[Graded]) -> list[Graded]:
        """The facts of the asked year and phase; where nothing names one, the document's own."""
        timely = [g for g in graded if self._year_fits(item, g[0])]
        if not timely:  # stock figures ("as of 31 December of the year before") belong to the document's year too
            timely = [g for g in graded if g[0].fact.measure is Measure.QUANTITY and self._own_year(item, g[0])]
        fitting = [g for g in timely if self._phase_fits(item, g[0])]
        return fitting or self._told_of_another_year(item, graded)

    def _told_of_another_year(self, item: Item, graded: Sequence[Graded]) -> list[Graded]:
        """Where no year is asked and the document tells none of its own: what its prose tells of the latest one."""
        if item.scope.years:
            return []
        phases = item.scope.phases or tuple(Phase)
        told = [g for g in graded if g[0].fact.table is None and g[0].fact.phase in phases]
        told = [g for g in told if g[0].fact.measure is not Measure.BASE and g[0].fact.year is not None]
        newest = max((g[0].fact.year or 0 for g in told), default=0)
        return [g for g in told if g[0].fact.year == newest]

    def _year_fits(self, item: Item, hit: FactHit) -> bool:
        own = self.documents[hit.document].identity.year
        year = hit.fact.year if hit.fact.year is not None else own
        if item.scope.years:
            return year in item.scope.years
        return own is None or year == own

    def _own_year(self, item: Item, hit: FactHit) -> bool:
        return not item.scope.years or self.documents[hit.document].identity.year in item.scope.years

    def _phase_fits(self, item: Item, hit: FactHit) -> bool:
        phase = hit.fact.phase
        if item.scope.phases:
            return phase in item.scope.phases or phase is Phase.UNKNOWN
        own = self.documents[hit.document].identity.phase
        if item.scope.years and own is Phase.BUDGET and hit.fact.year != self.documents[hit.document].identity.year:
            return True
        named = hit.fact.table is None and _TOLD_ONCE.search(hit.fact.label) is not None
        return phase is own or Phase.UNKNOWN in (phase, own) or named

    def _read(self, item: Item, hit: FactHit, name: Name, by_unit: Set[Place]) -> Reading:
        kind = Kind.COLUMN if name.kind is LabelKind.COLUMN else self._kind(hit)
        score = name.score + PRIOR[kind]
        if name.how is How.EXACT and name.kind is not LabelKind.COLUMN:
            score += PRINTED_NAME
        if item.kind is kind:
            score += KIND_ASKED
        if hit.table_kind in _OF_BASIC and not item.sources and _THREE_PUBLIC.match(label_key(hit.fact.label)):
            score += ONLY_BASIC
        if item.scope.phases and hit.fact.phase is not item.scope.phases[0]:
            score += OTHER_PHASE
        if hit.table_kind in (TableKind.PERFORMANCE, TableKind.INDICATORS):
            score += GOALS_TABLE
        alone = hit.fact.organisation is not None and hit.table_kind not in PROJECT_TABLES
        whole = self._is_agency(hit) and (hit.document, hit.fact.table) not in by_unit
        if alone and not item.scope.organisations and not whole:
            score += ONE_ORGANISATION
        return Reading(hit, kind, round(score, 6), name.score)

    def _kind(self, hit: FactHit) -> Kind:
        """The row's classification; a project's row of another table (of services bought) is not of its code's item."""
        kind = kind_of(hit)
        elsewhere = hit.table_kind in (TableKind.GENERAL, TableKind.PROCUREMENT)
        return Kind.OTHER if elsewhere and kind is not Kind.OTHER and hit.fact.label in self._projects else kind

    @cached_property
    def _projects(self) -> frozenset[str]:
        return frozenset(label.text for label in self.corpus.labels((LabelKind.PROJECT,)))

    def _is_agency(self, hit: FactHit) -> bool:
        agency = self.documents[hit.document].identity.agency
        return agency is not None and label_key(hit.fact.organisation or "") == label_key(agency)

    def _order(self, reading: Reading, item: Item) -> tuple[bool, float, bool, int]:
        hit = reading.hit
        table = len(TABLE_ORDER) if hit.table_kind is None else TABLE_ORDER.index(hit.table_kind)
        quantity = quantity_of(hit)
        foreign_unit = item.scope.unit is not None and (quantity is None or quantity.unit.symbol != item.scope.unit)
        return hit.fact.state is not CellState.FIGURE, -reading.score, foreign_unit and hit.fact.table is None, table


def _tables_by_unit(hits: Iterable[FactHit]) -> Set[Place]:
    """The tables with a row of several organisations each: the agency's own row there is that of one unit."""
    owners: dict[Place, set[str | None]] = {}
    for hit in hits:
        owners.setdefault((hit.document, hit.fact.table), set()).add(hit.fact.organisation)
    return {place for place, names in owners.items() if len(names - {None}) > 1}


def _of_more(hit: FactHit) -> bool:
    """Whether a table's total holds more than the table is named for (“三公”经费、会议费、培训费支出表)."""
    return hit.table_kind is TableKind.THREE_PUBLIC and "会议" in (hit.table_title or "")


def _empty_goal(hit: FactHit) -> bool:
    """An empty cell of a table of goals, whose money columns are filled on some rows only."""
    return hit.table_kind is TableKind.INDICATORS and hit.fact.state is not CellState.FIGURE


def _is_total_of_side(hit: FactHit, item: Item) -> bool:
    """Whether a unit's figure stands in the total of the side that is asked for (本年支出, 本年支出 > 合计)."""
    path = path_key(hit.fact.column_path)
    own, other = ("收入", "支出") if item.total is Total.REVENUE else ("支出", "收入")
    role = Role.REVENUE if item.total is Total.REVENUE else Role.EXPENDITURE
    heads = "".join(path)
    total = bool(path) and path[-1] in (*role_names(role), *role_names(Role.TOTAL_COLUMN))
    return total and own in heads and other not in heads


def same_total(one: str, other: str) -> bool:
    """Whether two names of a grand total are the same but for 预算 and how receipts and payments are joined."""
    return _plain_total(one) == _plain_total(other)


def _plain_total(key: str) -> str:
    return key.replace("收入支出", "收支").replace("预算", "")


def _less_sure(graded: Graded) -> Graded:
    """A grand total in prose stands behind the tables' own."""
    hit, name = graded
    return graded if hit.fact.table is not None else (hit, replace(name, score=name.score - PROSE_TOTAL))
