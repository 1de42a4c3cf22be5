"""Operands of one computation read from one table, where one table has them all: like is set against like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.corpus import FactHit
from ingest.records import TableKind
from qa.lookup import figure_result
from qa.plan import Lookup, Plan
from qa.reading import Reading
from qa.result import Result

if TYPE_CHECKING:
    from qa.calculator import Calculator

AS_SURE = 0.031  # a reading in the common table may be matched this much less surely
LOOSELY = 0.07
Place = tuple[str, str]


def run_operands(plans: Sequence[Plan], calculator: Calculator) -> list[Result]:
    """The plans' results; looked-up operands of different tables are read from the first one that has them all."""
    results = [calculator.run(plan) for plan in plans]
    places = [_place(r.evidence[0]) if r.evidence else None for r in results]
    if len(set(places)) < 2 or not all(isinstance(p, Lookup) for p in plans) or not all(r.answered for r in results):
        return results
    lookups = [p for p in plans if isinstance(p, Lookup)]
    options = [_by_place(p, calculator) for p in lookups]
    shared = [place for place in options[0] if all(place in found for found in options)]
    for place in (*places, *shared):
        if place in shared:
            chosen = (found[place] for found in options)
            return [figure_result(p.item, [r], calculator) for p, r in zip(lookups, chosen, strict=True)]
    return results


def _by_place(plan: Lookup, calculator: Calculator) -> dict[Place, Reading]:
    """For each table that has a reading about as sure as the best, the first such reading there."""
    found: dict[Place, Reading] = {}
    readings = [r for r in calculator.selector.readings(plan.item) if r.quantity is not None]
    for reading in readings:
        least = readings[0].certainty - AS_SURE
        for hit in (reading.hit, *reading.agreeing):
            place = _place(hit)
            loosely = hit.table_kind is TableKind.THREE_PUBLIC  # whose headings name one thing in many ways
            if place is not None and reading.certainty >= least - (LOOSELY if loosely else 0):
                others = tuple(h for h in (reading.hit, *reading.agreeing) if h is not hit)
                found.setdefault(place, replace(reading, hit=hit, agreeing=others))
    return found


def _place(evidence: object) -> Place | None:
    if not isinstance(evidence, FactHit) or evidence.fact.table is None:
        return None
    return evidence.document, evidence.fact.table
