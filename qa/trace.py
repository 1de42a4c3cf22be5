"""How an answer came about, in lines that a journalist can follow."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from ingest.corpus import FactHit, Held
from ingest.records import Document
from qa.plan import Plan
from qa.planjson import plan_to_json
from qa.question import Linked
from qa.result import Evidence, Quote, Result

MOST_NAMES = 3


def trace(linked: Linked, plan: Plan, result: Result, documents: Mapping[str, Document]) -> tuple[str, ...]:
    """Question as read, names found, plan, cells used, steps and outcome; one line each."""
    return (*_question(linked), *_plan(plan), *_cells(result, documents), *_outcome(result))


def _question(linked: Linked) -> Iterator[str]:
    yield f"question read as: {linked.question.text} ({linked.question.language})"
    for mention in linked.mentions:
        names = ", ".join(f"{c.label.text} ({c.how}, {c.score:.2f})" for c in mention.candidates[:MOST_NAMES])
        more = len(mention.candidates) - MOST_NAMES
        yield f"“{mention.text}” may name the {mention.kind}: {names}" + (f", and {more} more" if more > 0 else "")
    if linked.years or linked.relative_years:
        yield f"years: {linked.years or ''} {linked.relative_years or ''}".strip()
    if linked.phases:
        yield f"stages asked for: {', '.join(linked.phases)}"
    if linked.foreign:
        yield f"not in the documents: {', '.join(linked.foreign)}"


def _plan(plan: Plan) -> Iterator[str]:
    yield f"plan: {json.dumps(_short(plan_to_json(plan)), ensure_ascii=False)}"


def _short(value: object) -> object:
    """The plan without the long tail of candidate names."""
    if isinstance(value, dict):
        return {k: _short(v[:MOST_NAMES] if k == "names" else v) for k, v in value.items() if k != "scope"}
    return [_short(v) for v in value] if isinstance(value, list) else value


def _cells(result: Result, documents: Mapping[str, Document]) -> Iterator[str]:
    for evidence in result.evidence:
        yield f"read: {_place(evidence)} in {documents[evidence.document].file}"


def _place(evidence: Evidence) -> str:
    if isinstance(evidence, Quote):
        return f"page {evidence.page}, “{evidence.text[:80]}”"
    if isinstance(evidence, Held):
        return (
            f"page {evidence.record.page}, {evidence.record.project} / {evidence.record.name}: {evidence.record.target}"
        )
    return _cell(evidence)


def _cell(hit: FactHit) -> str:
    fact = hit.fact
    if fact.table is None:
        return f"page {fact.page}, “{fact.text}” in “{(fact.sentence or '')[:60]}”"
    row, column = " > ".join(fact.row_path), " > ".join(fact.column_path)
    return f"page {fact.page}, {hit.table_title or fact.table}, row {row}, column {column}: “{fact.text}”"


def _outcome(result: Result) -> Iterator[str]:
    for step in result.steps:
        yield f"step: {step}"
    for reading in result.alternatives:
        yield f"other reading ({reading.score:.2f}): {_cell(reading.hit)}"
    yield f"outcome: {result.status}"
