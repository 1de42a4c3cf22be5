"""What a document says of the year before, against what the document of that year says itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ingest.checks.named import bare
from ingest.checks.nearness import is_slip
from ingest.corpus import Corpus, FactQuery
from ingest.records import Check, Document, Fact, Identity, Measure, Outcome, Phase, Side, TableKind

KIND = "prior_year"
_KINDS = (TableKind.EXPENDITURE, TableKind.GENERAL_PUBLIC, TableKind.FISCAL_EXPENDITURE)
_OUTTURN = ("执行", "决算")


def prior_year_checks(corpus: Corpus, document: Document) -> Iterator[Check]:
    """The base that amount and change imply against the amount the same agency's document of that year prints.

    Only budgets compared with budgets. Broken only where the two look like one figure with a slip in it, or where the
    text says that nothing changed: publishers restate their bases, and that is no error.
    """
    before = _predecessor(document.identity, corpus.documents())
    if before is None:
        return
    amounts = _amounts(corpus, before)
    facts = _prose(corpus, document)
    for statement in dict.fromkeys(f.statement for f in facts):
        own = [f for f in facts if f.statement == statement]
        for delta in (f for f in own if f.measure is Measure.DELTA and not _compares_outturn(f)):
            nows = [f for f in own if f.measure is Measure.AMOUNT and f.row_path == delta.row_path]
            earlier = amounts.get(bare(delta.label))
            if len(nows) == 1 and earlier is not None and nows[0].unit.unit == delta.unit.unit == earlier.unit.unit:
                check = _check(nows[0], delta, earlier, before)
                if check is not None:
                    yield check


def _predecessor(who: Identity, documents: Sequence[Document]) -> Document | None:
    """The one budget document of the same agency and scope for the year before."""
    found = [
        d
        for d in documents
        if who.year is not None
        and who.agency
        and d.identity.agency == who.agency
        and d.identity.year == who.year - 1
        and d.identity.phase is who.phase is Phase.BUDGET
        and d.identity.scope is who.scope
        and d.identity.volume is who.volume
    ]
    return found[0] if len(found) == 1 else None


def _prose(corpus: Corpus, document: Document) -> list[Fact]:
    hits = corpus.facts(FactQuery(documents=[document.id], from_tables=False, figures_only=False))
    return [hit.fact for hit in hits if hit.fact.value is not None]


def _amounts(corpus: Corpus, document: Document) -> dict[str, Fact]:
    """The amounts of a document's own year, by name: those of its prose before those of its tables.

    Names with two amounts are left out.
    """
    query = FactQuery(documents=[document.id], from_tables=True, table_kinds=_KINDS, measures=[Measure.AMOUNT])
    cells = [h.fact for h in corpus.facts(query) if not h.fact.total and h.fact.value is not None]
    return _by_name(cells, document) | _by_name(_prose(corpus, document), document)


def _by_name(facts: Sequence[Fact], document: Document) -> dict[str, Fact]:
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.measure is Measure.AMOUNT and fact.year == document.identity.year and fact.unit.unit is not None:
            found.setdefault(bare(fact.label), []).append(fact)
    return {name: facts[0] for name, facts in found.items() if len({f.value for f in facts}) == 1}


def _compares_outturn(delta: Fact) -> bool:
    return any(word in heading for heading in delta.column_path for word in _OUTTURN)


def _check(now: Fact, delta: Fact, earlier: Fact, before: Document) -> Check | None:
    base = (now.value or Decimal(0)) - (delta.value or Decimal(0))
    printed = earlier.value or Decimal(0)
    difference = base - printed
    level = delta.value == 0
    if difference and not level and not is_slip(base, printed):
        return None
    text = (
        f"{' > '.join(delta.row_path)}: {now.text} less {delta.value:f} gives {base:f} for the year before; "
        f"{before.file} prints {earlier.text} on page {earlier.page}"
    )
    left = Side(base, now.unit, (now.id, delta.id), f"{now.text} - {delta.value:f}", now.page)
    right = Side(printed, earlier.unit, (), f"{before.file}, page {earlier.page}: {earlier.text}", None)
    return Check(KIND, Outcome.BROKEN if difference else Outcome.HELD, left, right, difference, text)
