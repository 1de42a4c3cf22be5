"""What the audit of a document should find, line by line of JSON, and what it does find: recall, and false alarms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.fields import Fields, known_fields, objects_of, page_of, text_of
from eval.groups import Group, group_of
from eval.plain import plain
from eval.scorers.check import Share
from ingest.corpus import Corpus
from ingest.errors import BadDataset
from ingest.records import Outcome
from qa.audit import AuditedCheck, audit
from qa.audit.words import kind_name
from qa.question import Language

_AUDIT_FIELDS = frozenset({"document", "findings", "lang"})
_FINDING_FIELDS = frozenset({"check", "page", "row", "outcome"})
_FOUND = (Outcome.BROKEN, Outcome.ROUNDING)


@dataclass(frozen=True, slots=True)
class GoldFinding:
    """One thing the audit should say: the kind of check, how it comes out, and, where known, a page and a row of it."""

    check: str
    outcome: Outcome = Outcome.BROKEN
    page: int | None = None
    row: str | None = None

    def says(self) -> str:
        """The finding on one line."""
        return f"{self.outcome} {self.check} p.{self.page or '?'} {self.row or ''}".strip()


@dataclass(frozen=True, slots=True)
class GoldAudit:
    """All that the audit of one document should say; without findings, a document in which everything agrees.

    What rounding explains is asked for only of the kinds of check that gold names with that outcome.
    """

    dataset: str
    line: int
    document: str
    findings: tuple[GoldFinding, ...]

    @property
    def group(self) -> Group:
        return group_of(self.dataset)


@dataclass(frozen=True, slots=True)
class ScoredAudit:
    """One document's audit against gold: findings missed, and what was raised without being in gold."""

    gold: GoldAudit
    missed: tuple[GoldFinding, ...]
    raised: int
    alarms: tuple[str, ...]

    @property
    def right(self) -> bool:
        return not self.missed and not self.alarms

    @property
    def shares(self) -> tuple[Share, Share]:
        """Of what was raised, what gold has; of what gold has, what was raised."""
        found = len(self.gold.findings) - len(self.missed)
        return (
            Share("finding precision", self.raised - len(self.alarms), self.raised),
            Share("finding recall", found, len(self.gold.findings)),
        )


def gold_audit(data: Fields, path: Path, line: int) -> GoldAudit:
    """A JSON line {"document", "findings": [{"check", "page", "row", "outcome"}]}. Raises `BadDataset`."""
    where = f"{path}:{line}"
    known_fields(data, _AUDIT_FIELDS, where)
    document = text_of(data, "document", where)
    if not document:
        raise BadDataset(f"{where}: no document")
    findings = objects_of(data, "findings", where)
    read = tuple(_finding(one, f"{where}: finding {number}") for number, one in enumerate(findings, 1))
    return GoldAudit(path.stem, line, document, read)


def _finding(data: Fields, where: str) -> GoldFinding:
    known_fields(data, _FINDING_FIELDS, where)
    check, outcome = text_of(data, "check", where), text_of(data, "outcome", where) or Outcome.BROKEN
    if kind_name(check, Language.EN) == check:
        raise BadDataset(f"{where}: no check is called {check!r} (docs/audit.md has their names)")
    if outcome not in _FOUND:
        raise BadDataset(f"{where}: outcome {outcome!r} is none of {', '.join(_FOUND)}")
    return GoldFinding(check, Outcome(outcome), page_of(data, f"{where}: page"), text_of(data, "row", where) or None)


def score_audits(audits: Sequence[GoldAudit], corpus: Corpus) -> Iterator[ScoredAudit]:
    """Audit each document that gold names and compare. Raises `NoSuchDocument` for one that is not held."""
    for gold in audits:
        (found,) = audit(corpus, gold.document)
        yield score_audit(gold, found.checks)


def score_audit(gold: GoldAudit, checks: Sequence[AuditedCheck]) -> ScoredAudit:
    """The findings of gold among the checks that did not hold, and the others among these.

    A broken check with a doubt (a misreading may be the cause) is no alarm, but a finding if gold has it.
    """
    rounded = {f.check for f in gold.findings if f.outcome is Outcome.ROUNDING}
    found = [
        c for c in checks
        if c.check.outcome is Outcome.BROKEN or (c.check.outcome is Outcome.ROUNDING and c.check.kind in rounded)
    ]  # fmt: skip
    missed = tuple(f for f in gold.findings if not any(_is(f, c) for c in found))
    raised = [c for c in found if c.check.doubt is None]
    alarms = tuple(
        f"{c.check.outcome} {c.check.kind} p.{c.page or '?'}: {c.check.message}"
        for c in raised
        if not any(_is(f, c) for f in gold.findings)
    )
    return ScoredAudit(gold, missed, len(raised), alarms)


def _is(finding: GoldFinding, audited: AuditedCheck) -> bool:
    check, sides = audited.check, (audited.left, audited.right)
    if (check.kind, check.outcome) != (finding.check, finding.outcome):
        return False
    pages = {page for s in sides for page in (s.side.page, *(c.page for c in s.citations))}
    if finding.page is not None and finding.page not in pages:
        return False
    rows = (label for s in sides for c in s.citations for label in (*c.row[-1:], c.code or ""))
    said = (check.message, *(s.side.text for s in sides), *rows)
    return finding.row is None or any(plain(finding.row) in plain(text) for text in said)
