"""Sets ranked or filtered by something else than their amounts: by growth, change, or what was spent of a budget."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ingest.corpus import FactQuery
from ingest.records import Measure
from qa.asked import as_executed
from qa.operands import Operands
from qa.plan import Group, Item, Members

_SAID = {"completed_most": Measure.COMPLETION, "grown_most": Measure.RATE, "changed_most": Measure.DELTA}


def measure_asked(ops: Operands) -> Measure | None:
    """What the members are to be compared by, where it is not their amounts."""
    return next((measure for what, measure in _SAID.items() if ops.ask.says(what)), None)


def measured_rows(ops: Operands, measure: Measure) -> Iterator[Members]:
    """The rows of the first table that prints the measure; none where only sentences tell it."""
    read = as_executed(ops) if measure is Measure.COMPLETION else ops
    item = Item(ops.ask.text, scope=read.scope(ops.ask.slots, None), measure=measure)
    rows = FactQuery(documents=item.scope.documents, measures=(measure,), from_tables=True)
    titles = dict.fromkeys(h.table_title for h in ops.calculator.corpus.facts(rows) if h.table_title)
    if titles:
        yield Members(Group.ROWS, replace(item, sources=tuple(titles)[:1]))
