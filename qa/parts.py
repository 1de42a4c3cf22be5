"""Items that a table prints in parts only: once for each unit or class of another classification, and no whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.corpus import FactHit, FactQuery, LabelKind
from ingest.records import Measure, TableKind
from qa.arithmetic import sum_of_members
from qa.columns import choose_columns
from qa.keys import label_key
from qa.lookup import run_lookup
from qa.members import Gathered
from qa.plan import Item, Lookup
from qa.reading import path_key, quantity_of
from qa.result import Note, Result, Status

if TYPE_CHECKING:
    from qa.calculator import Calculator

SURELY = 0.96  # how well the item's name has to be matched
LISTS = frozenset({TableKind.BASIC, TableKind.EXPENDITURE, TableKind.GENERAL_PUBLIC})  # an item's parts are all there


def run_lookup_of_parts(plan: Lookup, calculator: Calculator) -> Result:
    """The figure looked up; where the document prints nothing but its parts, in one table, their sum."""
    found = run_lookup(plan, calculator)
    item = plan.item
    if item.total is not None or item.measure is not Measure.AMOUNT or not item.names:
        return found
    first = found.evidence[0] if found.evidence else None
    hits: list[FactHit] = []
    if found.answered and isinstance(first, FactHit):
        hits = _beside(first, item, calculator)
    elif found.status is Status.ABSTAINED:
        hits = _below(item, calculator)
    if len(hits) < 2:
        return found
    summed = sum_of_members(Gathered(tuple(hits)), item)
    name = item.names[0].text
    return replace(summed, said="lookup", label=name, notes=(*summed.notes, Note("sum_of_parts", (str(len(hits)),))))


def _beside(first: FactHit, item: Item, calculator: Calculator) -> list[FactHit]:
    """The rows of a figure's name and code in its table, each of a unit: of all units, or of the one asked for."""
    fact = first.fact
    if first.table_kind not in LISTS or fact.total or fact.organisation is None:
        return []
    rows = [h for h in calculator.selector.column_of(first) if label_key(h.fact.label) == label_key(fact.label)]
    rows = [h for h, _ in calculator.selector.within(item, rows)]
    return _figures(rows) if all(h.fact.organisation and h.fact.code == fact.code for h in rows) else []


def _below(item: Item, calculator: Calculator) -> list[FactHit]:
    """The rows right under an item that has no row of its own, in the first table that lists them."""
    best = item.names[0]
    if best.score < SURELY or best.kind is not LabelKind.ITEM:
        return []
    query = FactQuery(documents=item.scope.documents or None, path_contains=best.text, figures_only=False)
    if calculator.corpus.facts(replace(query, path_contains=None, labels=calculator.selector.spellings(best.text))):
        return []
    free = replace(item, columns=())
    under = [h for h in calculator.corpus.facts(query) if h.table_kind in LISTS and not h.fact.total]
    under = [h for h in under if path_key(h.fact.row_path)[-2:-1] == (label_key(best.text),)]
    rows = [h for h, _ in choose_columns(calculator.selector.within(free, under), free)]
    same = [h for h in rows if (h.document, h.fact.table) == (rows[0].document, rows[0].fact.table)]
    return _figures(same)


def _figures(rows: list[FactHit]) -> list[FactHit]:
    return [h for h in rows if quantity_of(h) is not None]
