"""Readings of one thing that is printed several times, told as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from ingest.corpus import FactHit
from ingest.numbers import printed_decimals
from ingest.records import Document, Phase
from ingest.units import Quantity
from qa.keys import label_key
from qa.plan import Kind
from qa.reading import Reading, quantity_of, same_figure


def merge(readings: Iterable[Reading], documents: dict[str, Document], unit: str | None = None) -> tuple[Reading, ...]:
    """Readings of one name, organisation and disclosure that print the same figure as one, the first cited."""
    merged: list[Reading] = []
    for reading in readings:
        for at, earlier in enumerate(merged):
            if same_reading(earlier, reading, documents):
                merged[at] = _joined(earlier, reading.hit, unit)
                break
        else:
            merged.append(reading)
    return tuple(merged)


def _joined(earlier: Reading, hit: FactHit, unit: str | None) -> Reading:
    """A reading with one more place of its figure; one in the unit asked for is cited first unless it is coarser."""
    one, other = quantity_of(earlier.hit), quantity_of(hit)
    asked = one is not None and other is not None and one.unit.symbol != unit and other.unit.symbol == unit
    if asked and one is not None and other is not None and last_digit(other) <= last_digit(one):
        return replace(earlier, hit=hit, agreeing=(earlier.hit, *earlier.agreeing))
    return replace(earlier, agreeing=(*earlier.agreeing, hit))


def last_digit(quantity: Quantity) -> Decimal:
    """What one of a printed figure's last digit is worth, in base units: 100 for 31.83 万元."""
    return quantity.unit.scale.scaleb(-printed_decimals(quantity.value))


def same_reading(one: Reading, other: Reading, documents: dict[str, Document]) -> bool:
    """Whether two readings are one thing printed twice."""
    a, b = one.hit.fact, other.hit.fact
    if disclosure(one.hit, documents) != disclosure(other.hit, documents):
        return False
    if (a.year, a.phase) != (b.year, b.phase) or not same_figure(one.hit, other.hit):
        return False
    same_name = label_key(a.label) == label_key(b.label) or Kind.COLUMN in (one.kind, other.kind)
    if a.organisation and b.organisation and label_key(a.organisation) != label_key(b.organisation):
        return False
    return same_name and not unrelated(a.code, b.code)


def unrelated(one: str | None, other: str | None) -> bool:
    """Whether two codes of one classification are of different branches."""
    if not one or not other or one[0] != other[0]:
        return False
    return not (one.startswith(other) or other.startswith(one))


def disclosure(hit: FactHit, documents: Mapping[str, Document]) -> tuple[str, int | None, Phase]:
    """What a document is a part of: two volumes of one disclosure give the same."""
    identity = documents[hit.document].identity
    return identity.agency or hit.document, identity.year, identity.phase
