"""What a document's tables print of another year or stage, against the document of that year and stage."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ingest.checks.compare import compare_equal, side
from ingest.checks.named import bare
from ingest.checks.nearness import is_slip
from ingest.checks.view import compact
from ingest.corpus import Corpus, FactQuery
from ingest.records import Check, Document, Fact, Measure, Outcome, Phase, Side, TableKind

KIND = "other_document"
_STAGE = re.compile(r"(?:20\d\d)年?|(?:本年|上年|年初|全年|当年)|预算数?|决算数?|执行数?|合计|总计|小计|>")
_KINDS = (TableKind.EXPENDITURE, TableKind.GENERAL_PUBLIC, TableKind.THREE_PUBLIC, TableKind.BASIC)
Key = tuple[str, str]


def other_document_checks(corpus: Corpus, document: Document) -> Iterator[Check]:
    """Columns of last year, or of the budget in a final account, against the document that they repeat.

    Held where that document prints the amount of that row. Broken only where its one amount looks like a slip of it:
    publishers restate what they compare with, and that is no error.
    """
    own = document.identity
    columns = [f for f in _cells(corpus, document) if (f.year, f.phase) != (own.year, own.phase)]
    for year, phase in dict.fromkeys((f.year, f.phase) for f in columns):
        other = _document_of(document, year, phase, corpus.documents())
        if other is None:
            continue
        printed = _by_row(_cells(corpus, other), other)
        for fact in (f for f in columns if (f.year, f.phase) == (year, phase)):
            check = _against(fact, printed.get(_key(fact), ()), other)
            if check is not None:
                yield check


def _document_of(document: Document, year: int | None, phase: Phase, held: Sequence[Document]) -> Document | None:
    """The one document of the same agency and scope that is of a year and stage itself."""
    who = document.identity
    found = [
        d
        for d in held
        if d.id != document.id
        and who.agency
        and year is not None
        and (d.identity.agency, d.identity.year, d.identity.phase) == (who.agency, year, phase)
        and (d.identity.scope, d.identity.volume) == (who.scope, who.volume)
    ]
    return found[0] if len(found) == 1 else None


def _cells(corpus: Corpus, document: Document) -> list[Fact]:
    query = FactQuery(documents=[document.id], from_tables=True, table_kinds=_KINDS, measures=[Measure.AMOUNT])
    return [h.fact for h in corpus.facts(query) if h.fact.value is not None and h.fact.unit.unit is not None]


def _by_row(facts: Sequence[Fact], document: Document) -> dict[Key, tuple[Fact, ...]]:
    found: dict[Key, list[Fact]] = defaultdict(list)
    for fact in facts:
        if (fact.year, fact.phase) == (document.identity.year, document.identity.phase):
            found[_key(fact)].append(fact)
    return {key: tuple(facts) for key, facts in found.items()}


def _key(fact: Fact) -> Key:
    """What tells a row, and in it a column beside those of the total, from others: code or path, and the heading."""
    row = fact.code or " > ".join(bare(name) for name in fact.row_path)
    return ("合计" if fact.total else row), _STAGE.sub("", compact("".join(fact.column_path)))


def _against(fact: Fact, candidates: Sequence[Fact], other: Document) -> Check | None:
    checks = [(c, check) for c in candidates if (check := compare_equal(KIND, fact, c, "")) is not None]
    if not checks:
        return None
    best, check = min(
        checks, key=lambda pair: (pair[1].outcome is Outcome.BROKEN, abs(pair[1].difference or Decimal(0)))
    )
    if check.outcome is Outcome.BROKEN and (len(checks) > 1 or not _is_slip(fact, best)):
        return None
    heading = " > ".join(compact(p) for p in fact.column_path)
    text = (
        f"{compact(fact.label)}, {heading}: {fact.text.strip()} {fact.unit.unit}; {other.file} prints "
        f"{best.text.strip()} {best.unit.unit} on page {best.page}"
    )
    right = Side(best.value, best.unit, (), f"{other.file}, page {best.page}: {best.text.strip()}", None)
    return Check(KIND, check.outcome, side(fact), right, check.difference, text, fact.table)


def _is_slip(fact: Fact, other: Fact) -> bool:
    return fact.unit.unit == other.unit.unit and is_slip(fact.value or Decimal(0), other.value or Decimal(0))
