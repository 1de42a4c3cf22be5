"""What a project has from the year before: the columns under 财政拨款结转结余 in the row of the project.

The table is the one of 财政部's template for 部门预算 (项目支出表: 本年拨款 | 财政拨款结转结余 by fund).
"""

from __future__ import annotations

import re

from ingest.corpus import FactHit, FactQuery, LabelKind
from ingest.records import TableKind
from qa.asked import rows_of
from qa.keys import label_key
from qa.operands import Operands
from qa.plan import Read

_CARRIED = re.compile(r"(?:上年|去年|往年)?\S{0,2}(?:结转|结余)|carried (?:over|forward)|carry-?over", re.I)
_COLUMN = re.compile(r"结转|结余")
_LEAST = 0.65  # how surely a project has to be named


def carried_of_project(ops: Operands) -> Read | None:
    """The one figure that a project's row has under what was carried over; None where it has none, or several."""
    if _CARRIED.search(ops.ask.text) is None:
        return None
    named = [n for s in rows_of(ops.ask.slots) for n in s.of(LabelKind.PROJECT)[:1] if n.score >= _LEAST]
    if len({label_key(n.text) for n in named}) != 1:
        return None
    scope = ops.scope(ops.ask.slots, None)
    query = FactQuery(documents=scope.documents, labels=(named[0].text,), table_kinds=(TableKind.PROJECTS,))
    told = [h for h in ops.calculator.corpus.facts(query) if h.fact.value and _is_carried(h)]
    if scope.organisations:
        owners = {label_key(o) for o in scope.organisations}
        told = [h for h in told if label_key(h.fact.organisation or "") in owners]
    alone = len({(h.fact.table, h.fact.row, h.fact.value) for h in told}) == 1  # 小计 and the one fund it is of
    return Read(ops.ask.text, told[0].document, fact=told[0].fact.id) if alone else None


def _is_carried(hit: FactHit) -> bool:
    return any(_COLUMN.search(label_key(heading)) for heading in hit.fact.column_path)
