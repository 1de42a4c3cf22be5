"""A document's own arithmetic, read from the corpus: each identity with the cells on both sides and how it came out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.checks.view import compact
from ingest.corpus import Corpus, FactHit, FactQuery
from ingest.errors import EmptyCorpus
from ingest.geometry import Box, union
from ingest.records import Check, Document, Outcome, Passage, Side
from qa.answer import Citation, cite
from qa.audit.columns import other_document_checks
from qa.audit.prior import prior_year_checks
from qa.audit.volumes import foreign_facts, volume_checks

AGAINST_OTHERS = (prior_year_checks, other_document_checks, volume_checks)
EMPTY = "nothing has been ingested yet; ingest a document first, with: budgetqa ingest PATH"


@dataclass(frozen=True, slots=True)
class AuditedSide:
    """One side of an identity with the places it was read from."""

    side: Side
    citations: tuple[Citation, ...]

    def to_json(self) -> dict[str, Any]:
        """The side in the fixed form; a wording that is no figure has value and unit null."""
        return {
            "value": None if self.side.value is None else f"{self.side.value:f}",
            "unit": self.side.unit.unit.symbol if self.side.unit.unit is not None else None,
            "text": self.side.text,
            "citations": [c.to_json() for c in self.citations],
        }


@dataclass(frozen=True, slots=True)
class AuditedCheck:
    """A check with its sides cited."""

    document: Document
    check: Check
    left: AuditedSide
    right: AuditedSide

    @property
    def page(self) -> int | None:
        """The first page that a side stands on."""
        pages = (self.left.side.page, self.right.side.page, *(c.page for c in self.left.citations))
        return next((p for p in pages if p is not None), None)

    def to_json(self) -> dict[str, Any]:
        """The check in the fixed form."""
        check = self.check
        return {
            "kind": check.kind,
            "outcome": check.outcome.value,
            "doubt": check.doubt,
            "left": self.left.to_json(),
            "right": self.right.to_json(),
            "difference": None if check.difference is None else f"{check.difference:f}",
            "message": check.message,
            "table": check.table,
        }


@dataclass(frozen=True, slots=True)
class Audit:
    """All checks of one document."""

    document: Document
    checks: tuple[AuditedCheck, ...]

    def of(self, outcome: Outcome, doubted: bool = False) -> tuple[AuditedCheck, ...]:
        """The checks that came out so; of broken ones either those the extraction may have caused or the others."""
        return tuple(c for c in self.checks if c.check.outcome is outcome and (c.check.doubt is not None) is doubted)

    def counts(self) -> dict[str, Counter[str]]:
        """How often each outcome occurs, by kind; broken checks with a doubt count as "doubtful"."""
        counts: dict[str, Counter[str]] = {}
        for audited in self.checks:
            name = "doubtful" if audited.check.doubt is not None else audited.check.outcome.value
            counts.setdefault(audited.check.kind, Counter())[name] += 1
        return counts

    def to_json(self) -> dict[str, Any]:
        """The audit in the fixed form."""
        return {
            "document": self.document.id,
            "file": self.document.file,
            "checks": [c.to_json() for c in self.checks],
        }


def audit(corpus: Corpus, document: str | None = None) -> tuple[Audit, ...]:
    """The audits of one document (by id, file name or title) or of all. Raises `NoSuchDocument`, `EmptyCorpus`."""
    held = corpus.documents()
    if not held:
        raise EmptyCorpus(EMPTY)
    chosen = (corpus.find_document(document),) if document else held
    return tuple(audit_document(corpus, one) for one in chosen)


def audit_document(corpus: Corpus, document: Document) -> Audit:
    """The stored checks of a document and those against the agency's other documents, each side cited."""
    places = _Places(corpus, document)
    stored = tuple(held.record for held in corpus.checks(document.id))
    against = [check for run in AGAINST_OTHERS for check in run(corpus, document)]
    return Audit(document, tuple(places.audited(check) for check in (*stored, *against)))


class _Places:
    """Where the facts and sentences of one document stand."""

    def __init__(self, corpus: Corpus, document: Document) -> None:
        self._document = document
        self._documents = {d.id: d for d in corpus.documents()}
        query = FactQuery(documents=[document.id], figures_only=False)
        own = {hit.fact.id: hit for hit in corpus.facts(query)}
        self._facts: Mapping[str, FactHit] = own | foreign_facts(corpus, document)
        self._passages = [held.record for held in corpus.passages(document.id)]

    def audited(self, check: Check) -> AuditedCheck:
        """The check with both sides cited."""
        return AuditedCheck(self._document, check, self._side(check.left), self._side(check.right))

    def _side(self, side: Side) -> AuditedSide:
        cited = [cite(self._facts[fact], self._documents) for fact in side.facts if fact in self._facts]
        if not cited and side.page is not None and side.text:
            cited = [self._wording(side.text, side.page)]
        return AuditedSide(side, tuple(cited))

    def _wording(self, text: str, page: int) -> Citation:
        box, section = _place_of(text, page, self._passages)
        return Citation(self._document.id, self._document.file, page, text, box, section=section)


def _place_of(text: str, page: int, passages: Sequence[Passage]) -> tuple[Box | None, tuple[str, ...]]:
    """The box and section of the passage on a page that holds the words; no box where none does."""
    words = compact(text)
    for passage in passages:
        if any(line.page == page for line in passage.lines) and words in compact(passage.text):
            boxes = [line.box for line in _lines_of(passage, words, page) if line.box is not None]
            return union(boxes), passage.section
    return None, ()


def _lines_of(passage: Passage, words: str, page: int) -> Iterator[Any]:
    """The lines of a passage that share characters with the words; all of them where a line break hides which."""
    own = [line for line in passage.lines if line.page == page]
    touched = [line for line in own if compact(passage.text[line.start : line.end]) in words]
    holding = [line for line in own if words in compact(passage.text[line.start : line.end])]
    yield from holding or touched or own
