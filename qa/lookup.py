"""Run the plans that look one figure up, and say what is missing where there is none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.corpus import FactHit, FactQuery, Held
from ingest.numbers import CellState
from ingest.records import Declaration, Document, Fact, Phase, TableKind
from ingest.units import UnitSource
from qa.keys import label_key
from qa.merging import disclosure, unrelated
from qa.plan import Abstain, DeclareNone, Item, Kind, Lookup
from qa.reading import Reading, path_key, same_figure
from qa.result import Note, Quote, Result, Status
from qa.roles import Role, plays
from qa.select import SIDES
from qa.time import names_stage

if TYPE_CHECKING:
    from qa.calculator import Calculator

TIE = 0.021  # readings this close in score are equally likely
SHOWN = 0.50  # readings further below the likeliest are not worth showing
MOST_SHOWN = 8
KNOWN = 0.9  # a name matched this well is what is meant
FAR = 0.78  # and a reading matched less than this is something else
BETTER = 0.05  # … or this much better, where it is a cell of the same row
ALIKE = 0.06  # a longer name of the same thing is this much less surely said
LEAST_SAID = 4  # characters of the asker's words that may name what is declared to be none
SURER = 0.15  # a blank cell of a name matched this much better beats a figure of another name


def run_lookup(plan: Lookup, calculator: Calculator) -> Result:
    """The likeliest reading's figure; the other readings as alternatives."""
    return answer_item(plan.item, calculator)


def run_declare_none(plan: DeclareNone, calculator: Calculator) -> Result:
    """The declaration that there is none; the figure where there is one after all."""
    return answer_item(plan.item, calculator)


def run_abstain(plan: Abstain, calculator: Calculator) -> Result:
    """No answer, with figures near the question as alternatives."""
    nearest = [r for item in plan.nearest for r in calculator.selector.readings(item) if r.quantity is not None]
    said = f"abstain.{plan.lack}"
    return Result(Status.ABSTAINED, said, values=("、".join(plan.asked),), alternatives=tuple(nearest[:MOST_SHOWN]))


def answer_item(item: Item, calculator: Calculator) -> Result:
    """The figure an item stands for, a declaration of none, a blank, or the statement that it is missing."""
    readings = calculator.selector.readings(item)
    if not readings:
        declared = find_declaration(item, calculator)
        return declared if declared is not None else missing(item)
    figures = [r for r in readings if r.quantity is not None]
    if figures and figures[0].hit.fact.value == 0:
        declared = find_declaration(item, calculator)
        if declared is not None:  # a printed zero beside a sentence that there is none
            return replace(declared, alternatives=tuple(figures[:1]))
    surest = max(r.certainty for r in readings)
    if len(figures) == len(readings) and figures[0].certainty < surest - SURER:
        figures = [r for r in figures if r.certainty >= surest - SURER]  # a surer name's, before one only like it
    if not figures or figures[0].certainty < surest - SURER or _beside_blank(figures[0], readings):
        return no_figure(item, readings, calculator)
    if far_from_name(item, figures[0]):
        declared = find_declaration(item, calculator)
        near = tuple(figures[:MOST_SHOWN])
        return replace(declared if declared is not None else missing(item), alternatives=near)
    return figure_result(item, _whole_first(figures), calculator)


def _whole_first(figures: Sequence[Reading]) -> Sequence[Reading]:
    """The figures, a whole before its parts where both are called so.

    One as surely named goes before several rows of a procurement table that bear the one name (货物), and the whole of
    a sentence before its part (办理公证业务 before 其中涉外公证) where only a part of the part's name is said.
    """
    first = figures[0]
    above = path_key(first.hit.fact.row_path[:-1])
    if first.certainty < KNOWN and above and first.hit.fact.table is None:
        whole = next((f for f in figures if path_key(f.hit.fact.row_path) == above), None)
    else:
        kin = (first, *(f for f in figures[1:] if _two_names_alike(first, f)))
        others = (f for f in figures if f not in kin and f.certainty >= first.certainty - ALIKE)
        whole = next(others, None) if len(kin) > 1 else None
    return figures if whole is None else (whole, *(f for f in figures if f is not whole))


def _beside_blank(best: Reading, readings: Sequence[Reading]) -> bool:
    """Whether the very row has an empty cell of a name that fits better: 公务用车购置 beside 购置及运行维护."""
    same = (r for r in readings if r.quantity is None and r.certainty > best.certainty + BETTER)
    fact = best.hit.fact
    return fact.table is not None and any(
        (r.hit.document, r.hit.fact.table, r.hit.fact.row) == (best.hit.document, fact.table, fact.row) for r in same
    )


def far_from_name(item: Item, best: Reading) -> bool:
    """Whether the item is known by a name that only other documents use, and the best reading is of another name."""
    named = max((n.score for n in item.names), default=0.0)
    return named >= KNOWN and best.certainty < FAR


def figure_result(item: Item, figures: Sequence[Reading], calculator: Calculator) -> Result:
    """The first reading's figure with the others beside it."""
    first, others = figures[0], distinct(figures)
    tied = [r for r in others if not _counts_beside_money(r, first) and is_tie(first, r, calculator)]
    status = Status.AMBIGUOUS if tied else Status.ANSWERED
    shown = [r for r in others if r.score >= first.score - SHOWN][:MOST_SHOWN]
    return Result(
        status,
        "lookup",
        label_of(first.hit),
        first.quantity,
        evidence=(first.hit, *named_row(first.hit, calculator)),
        alternatives=tuple(shown),
        notes=lookup_notes(item, first, calculator),
    )


def _counts_beside_money(other: Reading, first: Reading) -> bool:
    """Whether another reading is a count or points where money was found: no other sense of a question for money."""
    units = [r.quantity.unit for r in (first, other) if r.quantity is not None]
    return len(units) > 1 and units[0].is_money and bool(units[1].symbol) and not units[1].is_money


def named_row(hit: FactHit, calculator: Calculator) -> tuple[FactHit, ...]:
    """For a figure read off a column of a total row: another place where the column's name is the row's own."""
    fact = hit.fact
    heads = tuple(p for p in fact.column_path if not plays(Role.TOTAL_COLUMN, p) and not _tells_time(p))
    if fact.table is None or not heads or not (fact.total or plays(Role.TOTAL_ROW, fact.label)):
        return ()
    names = tuple(t for p in heads for t in calculator.selector.spellings(p))
    beside = calculator.corpus.facts(FactQuery(documents=(hit.document,), labels=names)) if names else ()
    return tuple(h for h in beside if h.fact.phase is fact.phase and same_figure(h, hit))[:1]


def distinct(figures: Sequence[Reading]) -> list[Reading]:
    """The readings after the first that show something else: another name, value, organisation or document."""
    kept: list[Reading] = [figures[0]]
    for reading in figures[1:]:
        if not any(_looks_same(reading, k) for k in kept):
            kept.append(reading)
    return kept[1:]


def _looks_same(one: Reading, other: Reading) -> bool:
    a, b = one.hit.fact, other.hit.fact
    same = one.quantity == other.quantity and one.hit.document == other.hit.document
    return same and label_key(a.label) == label_key(b.label) and a.organisation == b.organisation


def is_tie(first: Reading, other: Reading, calculator: Calculator) -> bool:
    """Whether another reading is as likely: the same sort of row in another branch, organisation or disclosure."""
    documents = calculator.selector.documents
    if _two_figures_of_one_name(first, other, documents) or _two_names_alike(first, other):
        return True
    if other.score < first.score - TIE or other.kind is not first.kind:
        return False
    a, b = first.hit.fact, other.hit.fact
    elsewhere = disclosure(first.hit, documents) != disclosure(other.hit, documents)
    return elsewhere or unrelated(a.code, b.code) or a.organisation != b.organisation


_EXPENSES = {Kind.ECONOMIC, Kind.THREE_PUBLIC, Kind.COLUMN}


def _two_figures_of_one_name(first: Reading, other: Reading, documents: Mapping[str, Document]) -> bool:
    """One expense with one figure in the basic expenditure and another among the 三公: neither is meant more."""
    kinds = {first.kind, other.kind}
    tables = {first.hit.table_kind, other.hit.table_kind}
    if not (kinds <= _EXPENSES and TableKind.THREE_PUBLIC in tables and TableKind.BASIC in tables):
        return False
    surely = min(first.certainty, other.certainty) >= KNOWN
    whole = first.hit.fact.organisation == other.hit.fact.organisation
    one = disclosure(first.hit, documents) == disclosure(other.hit, documents)
    return surely and whole and one and not same_figure(first.hit, other.hit)


def _two_names_alike(first: Reading, other: Reading) -> bool:
    """Two rows of a procurement table of one name, or equally like what was asked, neither of them surely.

    Two figures of sentences too, where only their names tell them apart: 编制床位 and 实有床位 asked as 床位.
    """
    a, b = first.hit, other.hit
    vague = first.certainty < KNOWN and abs(first.certainty - other.certainty) <= TIE
    if a.fact.table is None and b.fact.table is None and a.document == b.document:
        return vague and a.fact.label != b.fact.label and a.fact.row_path[:-1] == b.fact.row_path[:-1]
    beside = (a.document, a.fact.table) == (b.document, b.fact.table) and a.fact.table is not None
    alike = label_key(a.fact.label) == label_key(b.fact.label)
    apart = a.fact.row != b.fact.row and a.fact.column == b.fact.column
    return (vague or alike) and beside and apart and a.table_kind is TableKind.PROCUREMENT


def lookup_notes(item: Item, first: Reading, calculator: Calculator) -> tuple[Note, ...]:
    """What a reader has to know beside the figure."""
    notes = []
    fact = first.hit.fact
    counted = fact.unit.unit is not None and not fact.unit.unit.is_money
    if fact.phase is Phase.BUDGET and not item.scope.phases and not counted:
        notes.append(Note("budget_not_actual"))
    tables = {h.table_title for h in first.agreeing if h.table_title and h.table_title != first.hit.table_title}
    if tables:
        notes.append(Note("agree", ("、".join(sorted(tables)),)))
    if fact.unit.source is UnitSource.INFERRED:
        notes.append(Note("unit_inferred"))
    if fact.unit.unit is None:
        notes.append(Note("unit_unknown"))
    return tuple(notes)


_CARRIED_OVER = re.compile(r"结转|结余")


def label_of(hit: FactHit) -> str:
    """What a fact's figure is of, in the document's words: organisation, row, and the column where it says more."""
    fact = hit.fact
    place = [fact.organisation] if fact.organisation and fact.organisation != fact.label else []
    return " ".join(_spaced(p) for p in (*place, *_row_and_column(fact)) if p)


def _row_and_column(fact: Fact) -> tuple[str, ...]:
    """The row's label and the column's heading; one alone where it says all ("合计", "决算数" say nothing)."""
    path = fact.column_path
    column, above = (path[-1] if path else ""), (path[-2] if len(path) > 1 else "")
    if _CARRIED_OVER.search(above) and not _CARRIED_OVER.search(column):  # 财政拨款结转结余 > 一般公共预算
        return (fact.label, above, column)
    above = "" if plays(Role.TOTAL_COLUMN, above) else above
    whole = fact.total or plays(Role.TOTAL_ROW, fact.label)
    unnamed = plays(Role.TOTAL_ROW, fact.label) or not fact.label
    if unnamed and len(fact.row_path) > 1:  # 小计 under 服务类
        return (fact.row_path[-2],)
    says_total, says_time = plays(Role.TOTAL_COLUMN, column), _tells_time(column)
    if unnamed and above and (says_total or says_time):
        return (above + _spaced(fact.label) if above in SIDES else above,)
    if column in fact.label or (whole and (says_time or (says_total and not above))):
        return (fact.label,)
    if whole and not says_total and column:
        return (column,)
    return fact.label, above if says_total and whole else "" if says_total else column


_TIME = re.compile(r"(?:fy ?)?20\d\d\b.*|.*\b(?:budget|adopted|actual|proposed|estimate)d?", re.I)


def _tells_time(column: str) -> bool:
    """Whether a column's heading only says which year or stage its figures are of."""
    return names_stage(column) or _TIME.fullmatch(column.strip()) is not None


def _spaced(text: str) -> str:
    """A label without the blanks that spread Chinese characters over a cell."""
    return text if text.isascii() else "".join(text.split())


def missing(item: Item) -> Result:
    """The statement that nothing is held under the item's name."""
    return Result(Status.ABSTAINED, "abstain.missing", item.said, values=(item.said,))


def no_figure(item: Item, readings: Sequence[Reading], calculator: Calculator) -> Result:
    """A declared none, an empty table, a dash or a blank cell: told apart, each with its evidence."""
    declared = find_declaration(item, calculator)
    if declared is not None:
        return declared
    hit = next(r.hit for r in readings if r.quantity is None)
    others = tuple(r for r in readings if r.quantity is not None)[:MOST_SHOWN]
    said = "nil" if hit.fact.state is CellState.NIL else "blank"
    return Result(Status.DECLARED_NONE, said, label_of(hit), evidence=(hit,), alternatives=others)


def find_declaration(item: Item, calculator: Calculator) -> Result | None:
    """The sentence that declares there is none of the item, if a document of its scope holds one."""
    said = label_key(item.said)
    wanted = {label_key(n.text) for n in item.names if n.score >= FAR}
    wanted |= {said} if len(said) >= LEAST_SAID or not item.names else set()
    for document in item.scope.documents or (None,):
        for held in calculator.corpus.declarations(document):
            if any(_speaks_of(held.record, key) for key in wanted if len(key) > 1):
                return Result(Status.DECLARED_NONE, "declared", item.said, evidence=(declaration_quote(held),))
    return None


def _speaks_of(declaration: Declaration, key: str) -> bool:
    subject = label_key(declaration.subject)
    return len(subject) > 1 and (subject in key or key in subject)


def declaration_quote(held: Held[Declaration]) -> Quote:
    """The declaring sentence as evidence."""
    record = held.record
    return Quote(held.document, record.page, record.box, record.sentence, table=record.table)
