"""Doubts about operands out of unlike columns: one row's 项目支出 set against all that another row spends."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ingest.corpus import FactHit
from qa.case import Case, Doubt
from qa.keys import label_key
from qa.plan import Difference, Sum


def unlike_columns(case: Case) -> Iterator[Doubt]:
    """Two rows of one table in two columns of which the question names only one."""
    if not isinstance(case.core, (Sum, Difference)):
        return
    said = _said(case)
    for one, other in combinations(case.hits, 2):
        if in_unlike_columns(one, other) and (_leaf(one) in said) != (_leaf(other) in said):
            yield Doubt("operation", next(h.fact.column_path[-1] for h in (one, other) if _leaf(h) in said))
            return


def _said(case: Case) -> frozenset[str]:
    """The columns that the question names, in either language."""
    return frozenset(label_key(c.label.text) for m in case.linked.mentions for c in m.candidates[:2])


def in_unlike_columns(one: FactHit, other: FactHit) -> bool:
    """Whether two figures stand in two rows and two columns of one table."""
    a, b = one.fact, other.fact
    same = one.document == other.document and a.table is not None and a.table == b.table
    return same and a.row != b.row and a.column != b.column and bool(a.column_path and b.column_path)


def _leaf(hit: FactHit) -> str:
    return label_key(hit.fact.column_path[-1])
