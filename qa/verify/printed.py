"""Rows whose whole name stands in a claim: readings for what the engine does not answer."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ingest.corpus import FactHit, FactQuery
from ingest.records import Fact, Measure, Phase
from ingest.rows import bare_name
from ingest.units import PERCENT, Quantity
from qa.answer import cite
from qa.question import Language
from qa.verify.claims import Claim
from qa.verify.kinds import Kind, compares_stages
from qa.verify.readings import Reader, Reading, is_change_column, squeezed
from qa.verify.wording import wording

_SHORTEST_NAME = 2
_MEASURES = {
    Kind.CHANGE: Measure.DELTA,
    Kind.RATE: Measure.RATE,
    Kind.SHARE: Measure.SHARE,
    Kind.COMPLETION: Measure.COMPLETION,
}


def printed(claim: Claim, phase: Phase, reader: Reader) -> list[Reading]:
    """The figures of the rows named, of the claim's agency, year and kind; unsure where they differ."""
    hits = list(_rows(claim, phase, reader))
    documents = reader.documents()
    figures = [Quantity(h.fact.value, h.fact.unit.unit) for h in hits if h.fact.value is not None and h.fact.unit.unit]
    strange = claim.modified or bool(claim.extra)
    sure = not claim.loose and len({(abs(f.value), f.unit.symbol) for f in figures}) == 1
    return [
        Reading(figure, (cite(hit, documents),), (hit,), sure and not strange, None, strange)
        for hit, figure in zip(hits, figures, strict=True)
    ]


def _rows(claim: Claim, phase: Phase, reader: Reader) -> Iterator[FactHit]:
    """The figures of the longest name; of a row's several amounts the largest, which is its total."""
    hits = [h for h in _of_agency(claim, reader) if _is_of_kind(h.fact, claim.kind, phase) and _is_meant(h.fact, claim)]
    longest = max((len(bare_name(h.fact.label)) for h in hits), default=0)
    rows: dict[tuple[str, str | None, str | int | None], FactHit] = {}
    for hit in hits:
        if len(bare_name(hit.fact.label)) < longest and claim.named:
            continue
        key = (hit.document, hit.fact.table, hit.fact.row if hit.fact.table else hit.fact.id)
        if key not in rows or (rows[key].fact.value or Decimal(0)) < (hit.fact.value or Decimal(0)):
            rows[key] = hit
    yield from rows.values()


def _of_agency(claim: Claim, reader: Reader) -> tuple[FactHit, ...]:
    own = [d.id for d in reader.documents().values() if d.identity.agency in claim.agencies]
    if not own or not claim.year or claim.kind in (Kind.COUNT, Kind.PERCENT) or compares_stages(claim.clause):
        return ()
    return reader.corpus.facts(FactQuery(documents=own, years=[int(claim.year)]))


def _is_of_kind(fact: Fact, kind: Kind, phase: Phase) -> bool:
    unit = fact.unit.unit
    if fact.value is None or unit is None:
        return False
    if kind is Kind.AMOUNT:
        right_phase = phase is not Phase.ACTUAL or fact.phase is Phase.ACTUAL
        plain = fact.measure is Measure.AMOUNT and unit.is_money and not is_change_column(fact)
        return plain and right_phase and fact.table is not None
    in_column = is_change_column(fact) and (unit.is_money if kind is Kind.CHANGE else unit == PERCENT)
    return fact.measure is _MEASURES[kind] or (kind in (Kind.CHANGE, Kind.RATE) and in_column)


def _is_meant(fact: Fact, claim: Claim) -> bool:
    """Whether the claim writes the row's name out, or names no item and the row is the total of its side."""
    name = squeezed(bare_name(fact.label))
    if claim.named:
        return not fact.total and len(name) >= _SHORTEST_NAME and name in squeezed(claim.named)
    words = wording(claim.language)
    if claim.kind is Kind.AMOUNT and claim.language is Language.ZH:
        return False
    total = fact.total or name.startswith("total")
    return total and bool(words.revenue.search(claim.clause)) == bool(words.revenue.search(name))
