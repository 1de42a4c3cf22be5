"""Answers and their citations, and the JSON form that other programs read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ingest.corpus import FactHit, Held
from ingest.geometry import Box
from ingest.records import Document, Indicator
from qa.plan import Plan
from qa.planjson import plan_to_json
from qa.question import Language
from qa.result import Evidence, Quote, Status


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a document. A table cell has `table`, `row` and `column`; a sentence has `section`."""

    document: str
    file: str
    page: int
    text: str
    box: Box | None
    table: str | None = None
    row: tuple[str, ...] = ()
    code: str | None = None
    column: tuple[str, ...] = ()
    section: tuple[str, ...] | None = None
    label: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The citation in the fixed form; `bbox` is null where the source has no boxes (text files)."""
        data: dict[str, Any] = {"document": self.document, "file": self.file, "page": self.page}
        if self.section is not None:
            data["section"] = list(self.section)
            if self.label:
                data["label"] = self.label
        else:
            data |= {"table": self.table, "row": list(self.row), "code": self.code, "column": list(self.column)}
        return data | {"text": self.text, "bbox": None if self.box is None else self.box.as_list()}


@dataclass(frozen=True, slots=True)
class AnswerItem:
    """One member of an answer; `citation` is its index among the answer's citations."""

    label: str
    value: str | None
    unit: str | None
    citation: int


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading of the question, with its own figure and citation."""

    label: str
    value: str
    unit: str | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to a question, with everything needed to check it. `trace` is for `--explain`, not for JSON.

    `confidence`, in [0, 1], is the check's, `doubts` are the kinds of what lowered it; what is
    withheld for want of confidence has status abstained.
    """

    question: str
    language: Language
    status: Status
    answer: str
    value: str | None
    unit: str | None
    items: tuple[AnswerItem, ...]
    plan: Plan
    steps: tuple[str, ...]
    citations: tuple[Citation, ...]
    alternatives: tuple[Alternative, ...]
    notes: tuple[str, ...]
    elapsed_ms: float
    trace: tuple[str, ...] = ()
    confidence: float = 1.0
    doubts: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The answer in the fixed form, and how sure it is; money values are strings."""
        return {
            "question": self.question,
            "language": self.language.value,
            "status": self.status.value,
            "answer": self.answer,
            "value": self.value,
            "unit": self.unit,
            "items": [{"label": i.label, "value": i.value, "unit": i.unit, "citation": i.citation} for i in self.items],
            "plan": plan_to_json(self.plan),
            "steps": list(self.steps),
            "citations": [c.to_json() for c in self.citations],
            "alternatives": [
                {"label": a.label, "value": a.value, "unit": a.unit, "citation": a.citation.to_json()}
                for a in self.alternatives
            ],
            "notes": list(self.notes),
            "elapsed_ms": round(self.elapsed_ms, 1),
            "confidence": round(self.confidence, 4),
        }


def cite(evidence: Evidence, documents: dict[str, Document]) -> Citation:
    """The citation of a piece of evidence."""
    file = documents[evidence.document].file
    if isinstance(evidence, FactHit):
        return _cite_fact(evidence, file)
    if isinstance(evidence, Quote):
        section = None if evidence.table is not None else evidence.section
        return Citation(
            evidence.document, file, evidence.page, evidence.text, evidence.box, evidence.table, section=section
        )
    return _cite_indicator(evidence, file)


def _cite_fact(hit: FactHit, file: str) -> Citation:
    fact = hit.fact
    if fact.table is not None:
        row = fact.row_path
        if fact.organisation and fact.organisation not in row:
            row = (fact.organisation, *row)
        return Citation(
            hit.document, file, fact.page, fact.text, fact.box, hit.table_title or fact.table, row, fact.code,
            fact.column_path,
        )  # fmt: skip
    section = tuple(fact.row_path)
    return Citation(
        hit.document, file, fact.page, fact.sentence or fact.text, fact.box, section=section, label=fact.label
    )


def _cite_indicator(held: Held[Indicator], file: str) -> Citation:
    record = held.record
    row = tuple(p for p in (record.organisation, record.project, record.level1, record.level2, record.name) if p)
    return Citation(
        held.document, file, record.page, record.target, record.box, record.table, row, record.project_code,
        (record.operator, record.unit),
    )  # fmt: skip
