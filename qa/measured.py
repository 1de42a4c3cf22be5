"""Sets ranked or filtered by something else than their amounts: growth, change, what was spent of a budget, a score."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.corpus import FactHit, FactQuery
from ingest.records import Measure
from ingest.units import Unit, unit_named
from qa.asked import as_executed
from qa.grades import grade_said
from qa.keys import label_key
from qa.operands import Operands
from qa.plan import Group, Item, Members
from qa.reading import PROJECT_TABLES

POINTS = unit_named("分")
FULL = Decimal(100)
_SAID = {
    "completed_most": Measure.COMPLETION,
    "scored_most": Measure.QUANTITY,
    "grown_most": Measure.RATE,
    "changed_most": Measure.DELTA,
}
_FULL = re.compile(r"满分|\b(full|perfect|maximum) (score|marks|points)\b", re.I)


def measure_asked(ops: Operands) -> Measure | None:
    """What the members are to be compared by, where it is not their amounts; scores are the only quantities."""
    return next((measure for what, measure in _SAID.items() if ops.says_anywhere(what)), None)


def measured_rows(ops: Operands, measure: Measure) -> Iterator[Members]:
    """The rows that the measure is printed of: of projects those in their fullest table, or in their forms.

    None where only sentences tell it.
    """
    read = as_executed(ops) if measure in (Measure.COMPLETION, Measure.QUANTITY) else ops
    item = Item(ops.ask.text, scope=read.scope(ops.ask.slots, None), measure=measure)
    query = FactQuery(documents=item.scope.documents, measures=(measure,), from_tables=True)
    hits = [h for h in ops.calculator.corpus.facts(query) if _is_of(h, measure)]
    if measure is Measure.QUANTITY or ops.ask.says("project_noun"):
        hits = _of_projects(hits) or hits
    else:
        titles = dict.fromkeys(h.table_title for h in hits if h.table_title)
        hits = [h for h in hits if h.table_title in tuple(titles)[:1]]
    if hits:
        columns = tuple(dict.fromkeys(h.fact.column_path[-1] for h in hits if h.fact.column_path))
        sources = tuple(dict.fromkeys(h.table_title or h.fact.table or "" for h in hits))
        scope = replace(item.scope, documents=tuple(dict.fromkeys(h.document for h in hits)))
        yield Members(
            Group.ROWS,
            replace(item, sources=sources, columns=columns, scope=scope),
            graded=grade_said(ops.ask.text) or (),
        )


def _is_of(hit: FactHit, measure: Measure) -> bool:
    return measure is not Measure.QUANTITY or hit.fact.unit.unit == POINTS


def _of_projects(hits: Sequence[FactHit]) -> list[FactHit]:
    """Those of the table that names most projects; forms of one project each are taken together."""
    tables: dict[tuple[str, str | None], list[FactHit]] = defaultdict(list)
    for hit in hits:
        if hit.table_kind in PROJECT_TABLES and not hit.fact.total:
            tables[hit.document, hit.fact.table].append(hit)
    projects = {table: {label_key(h.fact.label) for h in found} for table, found in tables.items()}
    fullest = max(tables, key=lambda table: len(projects[table]), default=None)
    if fullest is None:
        return []
    if len(projects[fullest]) > 1:
        return tables[fullest]
    return [h for found in tables.values() for h in found if len(h.fact.column_path) == 1]


def limit_asked(ops: Operands, measure: Measure) -> list[tuple[Decimal, Unit]]:
    """The threshold of a rate or score: 90%, 95分, 满分 (a hundred)."""
    unit = POINTS if measure is Measure.QUANTITY else unit_named("%")
    if unit is None:
        return []
    found = [(n.value, unit) for n in ops.ask.linked.numbers if n.unit == unit]
    if measure is not Measure.QUANTITY:
        return found
    bare = [(n.value, unit) for n in ops.ask.linked.numbers if n.unit is None and n.value <= FULL]
    return found or bare or ([(FULL, unit)] if _FULL.search(ops.ask.text) else [])
