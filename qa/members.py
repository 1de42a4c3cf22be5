"""The members of a set: children of an item, projects, organisations, leaf items. Never a parent beside its child."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.corpus import FactHit, FactQuery, LabelKind
from ingest.records import Fact, Measure, TableKind
from ingest.units import PERCENT
from qa.columns import choose_columns
from qa.functions import function_names
from qa.grades import with_grade
from qa.keys import label_key
from qa.plan import Group, Item, Kind, Members, Total
from qa.reading import PROJECT_TABLES, Reading, kind_of, path_key, quantity_of
from qa.roles import Role, classes_of, plays, role_names
from qa.rowcells import with_written, without_budget

if TYPE_CHECKING:
    from qa.calculator import Calculator

_CARRIED = re.compile(r"结转|结余")
_TOTAL_ENDS = ("合计", "总计", "小计", "总额")
AS_SURE = 0.15  # a name matched this much less surely is another thing, whose parts are not asked for
DEEPEST = 4  # levels of a classification
CLASS = 3  # digits of a class (类) of the economic classification
_LEAF_TABLES = {
    Group.FUNCTIONS: (TableKind.EXPENDITURE, TableKind.GENERAL_PUBLIC, TableKind.FISCAL_EXPENDITURE),
    Group.ECONOMIC: (TableKind.BASIC, TableKind.OPERATING),
}
# the tables whose total is all that an organisation spends or receives; another's is of one matter only (三公)
WHOLE_BUDGET = (
    TableKind.EXPENDITURE,
    TableKind.REVENUE,
    TableKind.BALANCE,
    TableKind.FISCAL_BALANCE,
    TableKind.GENERAL_PUBLIC,
    TableKind.FISCAL_EXPENDITURE,
)
_ECONOMIC = re.compile(r"[35]\d{4}")
_FURTHER = re.compile(r"上级|对下|转移支付|中期|规划")
_LEAF_KINDS = {Group.FUNCTIONS: Kind.FUNCTION, Group.ECONOMIC: Kind.ECONOMIC}


@dataclass(frozen=True, slots=True)
class Gathered:
    """A set's member facts and the printed total that covers exactly them, where there is one."""

    hits: tuple[FactHit, ...]
    total: FactHit | None = None


def gather(members: Members, calculator: Calculator) -> Gathered:
    """The facts of a set's members in document order; empty where the corpus has none."""
    if members.without:
        whole = gather(replace(members, without=()), calculator)
        keys = {label_key(text) for text in members.without}
        return Gathered(tuple(h for h in whole.hits if not _is_named(h.fact, keys, members.group)))
    if members.graded:
        whole = gather(replace(members, graded=()), calculator)
        return Gathered(tuple(with_grade(whole.hits, members.graded, calculator.selector)))
    if members.written:
        whole = gather(replace(members, written=()), calculator)
        return Gathered(tuple(with_written(whole.hits, members.written, calculator.selector)))
    if members.unplanned:
        whole = gather(replace(members, unplanned=False), calculator)
        return Gathered(tuple(without_budget(whole.hits, calculator.selector)))
    if members.group is Group.CHILDREN:
        found = children(members.item, calculator)
        return _without_carried(found) if members.item.total is Total.EXPENDITURE else found
    if members.group is Group.PROJECTS:
        return projects(members.item, calculator)
    if members.group is Group.ORGANISATIONS:
        return organisations(members.item, calculator)
    if members.group is Group.ROWS:
        return rows_of_table(members.item, calculator)
    return leaves(members.group, members.item, calculator)


def _is_named(fact: Fact, keys: Container[str], group: Group) -> bool:
    """Whether a member is one of those that are left out; of organisations by the name of the organisation too."""
    own = group is Group.ORGANISATIONS and label_key(fact.organisation or "") in keys
    return own or label_key(fact.label) in keys


def _without_carried(found: Gathered) -> Gathered:
    """The parts of all expenditure without what the balance carries over (年终结转结余), which is none of it."""
    kept = tuple(h for h in found.hits if not _CARRIED.search(h.fact.label))
    exact = all(
        quantity is None or not quantity.value for h in found.hits if h not in kept for quantity in (quantity_of(h),)
    )
    return Gathered(kept, found.total if exact else None) if kept else found


def rows_of_table(item: Item, calculator: Calculator) -> Gathered:
    """The lowest rows of a table named by its title, and its total row."""
    found = _table_rows((), item, calculator)
    rows = [h for h in found if not _is_total(h.fact) and h.fact.label]
    whole = [h for h in found if _is_total(h.fact)]
    return Gathered(tuple(_leaves_only(rows)), whole[0] if len(whole) == 1 else None)


def children(item: Item, calculator: Calculator) -> Gathered:
    """The next level below an item, in the first of its readings that has one printed below it."""
    readings = calculator.selector.readings(item)
    surest = max((r.certainty for r in readings), default=0.0)
    for reading in (r for r in readings if r.certainty >= surest - AS_SURE):
        for hit in (reading.hit, *reading.agreeing):
            found = _below(hit, reading, calculator)
            if item.total is Total.REVENUE and any((h.fact.code or "").startswith("2") for h in found):
                continue  # what the money is for, and not where it comes from
            if found:
                return Gathered(tuple(found), hit)
    return Gathered(tuple(_of_classes(item, calculator)), readings[0].hit if readings else None)


def _of_classes(item: Item, calculator: Calculator) -> list[FactHit]:
    """For 人员经费 and 公用经费, where no table puts anything under them: the items of their economic classes."""
    classes = next((c for n in item.names if (c := classes_of(n.text))), ())
    every = leaves(Group.ECONOMIC, Item(item.said, scope=item.scope), calculator).hits if classes else ()
    return [h for h in every if (h.fact.code or "").startswith(classes) and h.fact.code not in classes]


def with_only_childs_own(found: Gathered, calculator: Calculator) -> Gathered:
    """For an item with a single part: that part and what it is made of in turn."""
    below = list(found.hits)
    hits = below
    for _ in range(DEEPEST):
        if len(below) != 1 or below[0].fact.table is None:
            break
        below = _rows_below(below[0], calculator)
        hits = [*hits, *below]
    return replace(found, hits=tuple(hits))


def only_childs_own(found: Gathered, calculator: Calculator) -> Gathered:
    """For an item with a single part: what that part is made of."""
    every = with_only_childs_own(found, calculator).hits
    return replace(found, hits=every[len(found.hits) :]) if len(every) > len(found.hits) else found


def _rows_below(hit: FactHit, calculator: Calculator) -> list[FactHit]:
    path = path_key(hit.fact.row_path)
    return [
        h for h in calculator.selector.column_of(hit) if path_key(h.fact.row_path[:-1]) == path and not h.fact.total
    ]


def below_classes(found: Gathered, calculator: Calculator) -> Gathered:
    """For 公用经费 and the like, made of whole classes of the economic classification: the items of these classes."""
    codes = [h.fact.code or "" for h in found.hits]
    if not codes or not all(len(c) == CLASS and c.startswith("3") for c in codes):
        return found
    rows = calculator.selector.column_of(found.hits[0])
    inside = [h for h in rows if len(h.fact.code or "") > CLASS and (h.fact.code or "")[:CLASS] in codes]
    return replace(found, hits=tuple(inside)) if inside else found


def _below(hit: FactHit, reading: Reading, calculator: Calculator) -> list[FactHit]:
    if hit.fact.table is None:
        return _clauses_below(hit, calculator)
    if reading.kind is Kind.COLUMN or hit.table_kind is TableKind.THREE_PUBLIC:
        return _columns_below(hit, calculator)
    if hit.fact.total or plays(Role.TOTAL_ROW, hit.fact.label):
        return _top_rows(hit, calculator)
    same = FactQuery(documents=(hit.document,), tables=(hit.fact.table,), figures_only=False)
    path = path_key(hit.fact.row_path)
    rows = calculator.corpus.facts(replace(same, path_contains=hit.fact.label))
    found = [r for r in rows if r.fact.column == hit.fact.column and path_key(r.fact.row_path[:-1]) == path]
    if found or not hit.fact.code:
        return [r for r in found if not r.fact.total]
    rows = calculator.corpus.facts(replace(same, code_prefix=hit.fact.code))
    level = len(hit.fact.code) + 2
    return [r for r in rows if r.fact.column == hit.fact.column and len(r.fact.code or "") == level]


def _top_rows(hit: FactHit, calculator: Calculator) -> list[FactHit]:
    """The outermost rows under a table's grand total."""
    rows = calculator.corpus.facts(
        FactQuery(documents=(hit.document,), tables=(hit.fact.table or "",), figures_only=False)
    )
    column = [r for r in rows if r.fact.column == hit.fact.column and not _is_total(r.fact)]
    under = path_key(hit.fact.row_path)
    section = _section_of(hit.fact.label)
    nested = [r for r in column if path_key(r.fact.row_path[:-1]) in (under, (section,))]
    beside = [r for r in column if len(under) > 1 and path_key(r.fact.row_path[:-1]) == under[:-1]]
    depth = min((len(r.fact.row_path) for r in column), default=0)
    return nested or beside or [r for r in column if len(r.fact.row_path) == depth]


def _section_of(label: str) -> str:
    """The section that a total closes: expenditures for "Total expenditures"."""
    key = label_key(label)
    for word in role_names(Role.TOTAL_ROW):
        if key != word and (key.startswith(word) or key.endswith(word)):
            return key.removeprefix(word).removesuffix(word)
    return key


def _is_total(fact: Fact) -> bool:
    names = (*role_names(Role.TOTAL_ROW), *role_names(Role.EXPENDITURE), *role_names(Role.REVENUE))
    return fact.total or label_key(fact.label) in names


def _columns_below(hit: FactHit, calculator: Calculator) -> list[FactHit]:
    """The columns that a column's figure is made of: those under its heading, or beside a leading total."""
    rows = calculator.corpus.facts(
        FactQuery(documents=(hit.document,), tables=(hit.fact.table or "",), figures_only=False)
    )
    row = [r for r in rows if r.fact.row == hit.fact.row and r.fact.column != hit.fact.column]
    path = path_key(hit.fact.column_path)
    head = path[:-1] if len(path) > 1 and path[-1] in role_names(Role.TOTAL_COLUMN) else path
    under = [r for r in row if path_key(r.fact.column_path)[: len(head)] == head]
    if under:
        return under
    leads = path[-1] in role_names(Role.TOTAL_COLUMN) or path[-1].endswith(_TOTAL_ENDS)
    if not leads and hit.table_kind is not TableKind.THREE_PUBLIC:
        return []
    beside = [r for r in row if path_key(r.fact.column_path)[: len(path) - 1] == path[:-1]]
    parts = [r for r in beside if len(r.fact.column_path) == len(path) or _is_subtotal(r.fact)]
    return parts if leads or not _overlap(parts, hit) else []


def _is_subtotal(fact: Fact) -> bool:
    return len(fact.column_path) > 1 and plays(Role.TOTAL_COLUMN, fact.column_path[-1])


def _clauses_below(hit: FactHit, calculator: Calculator) -> list[FactHit]:
    """The amounts a sentence puts under another one ("其中：")."""
    said = FactQuery(documents=(hit.document,), path_contains=hit.fact.label, from_tables=False)
    found = calculator.corpus.facts(replace(said, measures=(hit.fact.measure,)))
    path = path_key(hit.fact.row_path)
    parts = [r for r in found if path_key(r.fact.row_path[:-1]) == path and r.fact.year == hit.fact.year]
    return [] if _overlap(parts, hit) else parts


def _overlap(parts: Sequence[FactHit], whole: FactHit) -> bool:
    """Whether parts come to more than their whole: one of them is of another (给小微企业 of 给中小企业)."""
    amounts = [q.value * q.unit.scale for h in (whole, *parts) if (q := quantity_of(h)) is not None]
    return len(amounts) == len(parts) + 1 and sum(amounts[1:]) > amounts[0]


def projects(item: Item, calculator: Calculator) -> Gathered:
    """The projects of a scope, from the first kind of project table that has any."""
    for kind in PROJECT_TABLES:
        found = _without_further_tables(_table_rows((kind,), item, calculator), item)
        rows = [h for h in found if not _is_total(h.fact) and h.fact.label and h.fact.label != h.fact.organisation]
        # forms without a heading tell of one project each
        rows = [h for h in rows if h.fact.column_path and not _is_function(h.fact)]
        if item.measure is Measure.AMOUNT:  # the shares of a plan of payments beside the money are no more projects
            rows = [h for h in rows if h.fact.unit.unit != PERCENT]
        if item.scope.organisations:
            keys = {label_key(o) for o in item.scope.organisations}
            rows = [h for h in rows if keys & {label_key(h.fact.organisation or ""), *path_key(h.fact.row_path[:-1])}]
        rows = [h for h in rows if (h.fact.code or "").startswith(item.codes or "")]
        if item.columns:  # of a fund: what it pays nothing for is not its project
            rows = [h for h in rows if h.fact.value]
        if rows:
            of_all = not (item.scope.organisations or item.codes)
            whole = [h for h in found if _is_total(h.fact)] if of_all else []
            rows = _one_of_each_form(rows)
            return Gathered(tuple(_leaves_only(_without_parts(rows))), whole[0] if len(whole) == 1 else None)
    return Gathered(())


def _one_of_each_form(rows: Sequence[FactHit]) -> list[FactHit]:
    """The rows with one figure for the project of each form: the whole sum, not its parts nor the points given."""
    told: dict[tuple[str, str | None], FactHit] = {}
    for hit in rows:
        if hit.table_kind is TableKind.INDICATORS:
            form = (hit.document, hit.fact.table)
            best = told.get(form)
            if best is None or _of_whole_sum(hit) > _of_whole_sum(best):
                told[form] = hit
    return [h for h in rows if h.table_kind is not TableKind.INDICATORS or h in told.values()]


def _of_whole_sum(hit: FactHit) -> bool:
    unit = hit.fact.unit.unit
    return len(hit.fact.column_path) == 1 and unit is not None and unit.is_money


def _without_parts(rows: Sequence[FactHit]) -> list[FactHit]:
    """The rows without the economic items that the row of a project is made of."""
    paths = {(h.document, h.fact.table, path_key(h.fact.row_path)) for h in rows}
    return [
        h
        for h in rows
        if not _ECONOMIC.fullmatch(h.fact.code or "")
        or not any(
            (h.document, h.fact.table, path_key(h.fact.row_path[:n])) in paths for n in range(1, len(h.fact.row_path))
        )
    ]


def _without_further_tables(found: list[FactHit], item: Item) -> list[FactHit]:
    """The rows without those of tables of what is passed on or planned for later years, unless it is asked for.

    上级补助项目, 对下转移支付项目 and 中期规划 stand beside the budget's own list of projects.
    """
    own = [h for h in found if not _FURTHER.search(h.table_title or "")]
    return found if not own or item.sources or _FURTHER.search(item.said) else own


def _is_function(fact: Fact) -> bool:
    """Whether a row bears a functional code with its standard name: 项目支出 told by function lists no projects."""
    return label_key(fact.label) in function_names(fact.code)


def organisations(item: Item, calculator: Calculator) -> Gathered:
    """One fact for each organisation: the item's where one is named, else any that names the organisation."""
    if item.names or item.total:
        named = [r.hit for r in calculator.selector.readings(_in_any_organisation(item, calculator))]
        named = [h for h in named if item.total is None or h.table_kind in WHOLE_BUDGET]
        rows = [h for h in named if not h.fact.total]
        rows = [h for h in rows if h.fact.organisation or h.fact.label in _organisation_names(calculator)]
        return _apart_from_whole(_first_of_each(rows), calculator)
    kinds = (TableKind.PROJECTS, TableKind.THREE_PUBLIC, TableKind.PERFORMANCE, TableKind.GENERAL)
    found = _table_rows(kinds, item, calculator)
    rows = [h for h in found if h.fact.organisation and not _is_total(h.fact)]
    return _apart_from_whole(_first_of_each([h for h in rows if is_of_whole_unit(h.fact)] or rows), calculator)


def _apart_from_whole(hits: Sequence[FactHit], calculator: Calculator) -> Gathered:
    """The units without the department's own row, where that is the sum of all the others: it is none of them."""
    amounts = [q.value * q.unit.scale for h in hits if (q := quantity_of(h)) is not None]
    for whole in hits if len(amounts) == len(hits) > 2 else ():
        agency = calculator.selector.documents[whole.document].identity.agency
        own = agency == (whole.fact.organisation or whole.fact.label)
        quantity = quantity_of(whole) if own else None
        if quantity is not None and quantity.value * quantity.unit.scale * 2 == sum(amounts):
            return Gathered(tuple(h for h in hits if h is not whole), whole)
    return Gathered(tuple(hits))


def is_of_whole_unit(fact: Fact) -> bool:
    """Whether a row tells of an organisation itself, and not of one of its projects or items."""
    return label_key(fact.label) == label_key(fact.organisation or "")


def _organisation_names(calculator: Calculator) -> tuple[str, ...]:
    return tuple(label.text for label in calculator.corpus.labels((LabelKind.ORGANISATION,)))


def _in_any_organisation(item: Item, calculator: Calculator) -> Item:
    return replace(item, scope=replace(item.scope, organisations=_organisation_names(calculator)))


def _first_of_each(hits: Iterable[FactHit]) -> list[FactHit]:
    found: dict[str, FactHit] = {}
    for hit in hits:
        found.setdefault(label_key(hit.fact.organisation or hit.fact.label), hit)
    return list(found.values())


def leaves(group: Group, item: Item, calculator: Calculator) -> Gathered:
    """The lowest printed level of a classification, from the first table kind that has it."""
    for kind in _LEAF_TABLES.get(group, ()):
        found = _table_rows((kind,), item, calculator)
        rows = [h for h in found if not _is_total(h.fact) and kind_of(h) is _LEAF_KINDS[group]]
        if rows:
            first = rows[0].fact.table
            return Gathered(tuple(_leaves_only([h for h in rows if h.fact.table == first])))
    return Gathered(())


def _table_rows(kinds: Sequence[TableKind], item: Item, calculator: Calculator) -> list[FactHit]:
    """One figure for each row of the tables of some kinds, in the asked column, of the scope's time."""
    query = FactQuery(documents=item.scope.documents or None, table_kinds=kinds or None, figures_only=False)
    scope = replace(item.scope, organisations=())
    anywhere = replace(item, scope=scope, names=(), parents=item.parents)
    chosen = choose_columns(calculator.selector.within(anywhere, calculator.corpus.facts(query)), item)
    return sorted((h for h, _ in chosen), key=lambda h: (h.document, _number(h.fact.table), h.fact.row or 0))


def _number(table: str | None) -> tuple[int, str]:
    digits = "".join(c for c in table or "" if c.isdigit())
    return (int(digits) if digits else 0), table or ""


def _leaves_only(hits: Sequence[FactHit]) -> list[FactHit]:
    """The rows that are nobody's parent among the rows given."""
    above = ((h, path_key(h.fact.row_path[:n])) for h in hits for n in range(1, len(h.fact.row_path)))
    parents = {(h.document, h.fact.table, path) for h, path in above}
    return [h for h in hits if (h.document, h.fact.table, path_key(h.fact.row_path)) not in parents]
