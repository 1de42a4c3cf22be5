"""What a figure that is not the item's own may be: the item's in another phase or year, or another item's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.corpus import FactHit, FactQuery
from ingest.records import Document, Fact, Measure
from ingest.rows import bare_name
from ingest.units import Quantity
from qa.answer import Citation, cite
from qa.gloss import GlossIndex
from qa.keys import label_key, words
from qa.lexicon import load
from qa.question import Language
from qa.verify.claims import Claim
from qa.verify.closeness import Closeness, closeness, in_unit
from qa.verify.kinds import Kind
from qa.verify.multiples import TIMES
from qa.verify.readings import Reader, Reading, figure_of
from qa.wordtable import joiners, roots_of

_OF_ANOTHER_WHOLE = Decimal("0.05")  # a printed share that differs so much from the computed one is of another whole
_TELLING = 3  # a figure of fewer digits may stand in many rows by chance


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a claimed figure comes from: the phase, year or item it belongs to, with its places.

    `meant`: the item is one that the claim's words may name, though the engine read them otherwise.
    """

    phase: str = ""
    year: str = ""
    item: str = ""
    meant: bool = False
    hit: FactHit | None = None
    citations: tuple[Citation, ...] = ()


def origin_of(claim: Claim, claimed: Quantity, reading: Reading, reader: Reader) -> Origin | None:
    """The first of phase, year and item under which the claimed figure is printed; None where it is nowhere."""
    documents = reader.documents()
    own = reading.facts[0].fact if reading.facts else None
    levels = claim.kind in (Kind.AMOUNT, Kind.COUNT)
    same = list(same_figures(claimed, reading.facts, reader, documents)) if levels else []
    if own is not None:
        for hit in (h for h in same if item_name(h.fact) == item_name(own)):
            if hit.fact.year == own.year and hit.fact.phase is not own.phase:
                return Origin(phase=hit.fact.phase.value, citations=(cite(hit, documents),))
            if hit.fact.year != own.year:
                return Origin(year=str(hit.fact.year), citations=(cite(hit, documents),))
    other = in_another_year(claim, claimed, reading, reader)
    if other is not None or own is None:
        return other
    others = [h for h in same if item_name(h.fact) != item_name(own) and h.fact.year == own.year]
    meant = [h for h in others if _is_meant(h.fact, claim)]
    if meant:
        return Origin(item=item_name(meant[0].fact), meant=True, hit=meant[0], citations=(cite(meant[0], documents),))
    if others and _tells(claimed, others, reading.sure):
        return Origin(item=item_name(others[0].fact), citations=(cite(others[0], documents),))
    return None


def same_figures(
    claimed: Quantity, facts: Sequence[FactHit], reader: Reader, documents: dict[str, Document]
) -> Iterator[FactHit]:
    """Facts of the same agency that print the claimed figure exactly, money with money, table rows first."""
    agencies = {documents[f.document].identity.agency for f in facts}
    held = [d.id for d in documents.values() if d.identity.agency in agencies]
    hits = (hit for document in held for hit in reader.levels(document))
    for hit in sorted(hits, key=lambda h: h.fact.table is None):
        unit = hit.fact.unit.unit
        if hit.fact.value is None or unit is None:
            continue
        same = in_unit(Quantity(hit.fact.value, unit), claimed)
        if same is not None and same.value == claimed.value:
            yield hit


def prints_rate(claimed: Quantity, reading: Reading, reader: Reader) -> bool:
    """Whether the documents print a computed share or rate themselves, of one of the items it is computed from."""
    if abs(abs(reading.quantity.value) - abs(claimed.value)) > abs(claimed.value) * _OF_ANOTHER_WHOLE:
        return False
    names = {bare_name(f.fact.label) for f in reading.facts}
    held = reader.documents()
    disclosures = {(held[f.document].identity.agency, held[f.document].identity.year) for f in reading.facts}
    documents = [d.id for d in held.values() if (d.identity.agency, d.identity.year) in disclosures]
    hits = reader.corpus.facts(
        FactQuery(documents=documents, measures=[Measure.SHARE, Measure.RATE, Measure.COMPLETION])
    )
    return any(
        hit.fact.value is not None and abs(hit.fact.value) == abs(claimed.value) and bare_name(hit.fact.label) in names
        for hit in hits
    )


def prints_multiple(claimed: Quantity, reading: Reading, reader: Reader) -> bool:
    """Whether the documents print a multiple (增长16倍) of the item themselves."""
    names = {bare_name(f.fact.label) for f in reading.facts}
    hits = reader.corpus.facts(FactQuery(documents=sorted({f.document for f in reading.facts})))
    return any(
        hit.fact.value == claimed.value
        and hit.fact.unit.unit is not None
        and hit.fact.unit.unit.symbol == TIMES.symbol
        and any(name in bare_name(hit.fact.label) or bare_name(hit.fact.label) in name for name in names)
        for hit in hits
    )


def in_another_year(claim: Claim, claimed: Quantity, reading: Reading, reader: Reader) -> Origin | None:
    """The claim asked again of the other years that are held of the same agency."""
    if not claim.year:
        return None
    documents = reader.documents()
    agencies = {documents[c.document].identity.agency for c in reading.citations}
    years = {d.identity.year for d in documents.values() if d.identity.agency in agencies and d.identity.year}
    for year in sorted(str(y) for y in years if str(y) != claim.year):
        for question in claim.questions:
            other = reader.ask(question.replace(claim.year, year)) if claim.year in question else None
            found = figure_of(other)
            if other and found and closeness(claimed, found, claim.hedge) is not Closeness.OFF:
                return Origin(year=year, citations=other.citations)
    return None


def _is_meant(fact: Fact, claim: Claim) -> bool:
    """Whether the claim's words may name the item of a figure: as linked, or word by word in English."""
    name = item_name(fact)
    printed = [bare_name(text) for text in (fact.label, *fact.row_path, *fact.column_path, fact.organisation or "")]
    if claim.meant:
        named = (any(p.startswith(bare_name(label)) for p in printed for label in labels) for labels in claim.meant)
        if all(named):
            return True
    asked = {w.stem for w in words(claim.named)}
    if claim.language is not Language.EN or not asked or len(claim.meant) > 1:
        return False
    match = GlossIndex(load(), {0: label_key(name)}).match(0, asked)
    return match is not None and match.used == roots_of(claim.named) - joiners()


def item_name(fact: Fact) -> str:
    """What a figure is of: its row, or for a total row its column."""
    return bare_name(fact.column_path[-1]) if fact.total and fact.column_path else bare_name(fact.label)


def significant_digits(quantity: Quantity) -> int:
    """How many digits a figure has without its closing zeros."""
    return len(quantity.value.normalize().as_tuple().digits)


def _tells(claimed: Quantity, others: Sequence[FactHit], sure: bool) -> bool:
    """Whether a figure is telling enough to say whose it is: of several digits, or printed for one item only."""
    digits = significant_digits(claimed)
    return digits > _TELLING or (sure and (digits == _TELLING or len({item_name(h.fact) for h in others}) == 1))
