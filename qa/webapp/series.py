"""Figures set side by side: one item over years, and the items of two documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.corpus import Corpus, FactHit, FactQuery
from ingest.records import Document, Measure, Phase, TableKind
from ingest.units import YUAN, Quantity, Unit

_TABLES = (TableKind.EXPENDITURE, TableKind.GENERAL_PUBLIC, TableKind.BALANCE, TableKind.REVENUE)
_TOTALS = ("合计", "总计", "金额", "预算数", "支出合计", "本年支出合计", "决算数", "年初预算数")


@dataclass(frozen=True, slots=True)
class Point:
    """A figure of one year."""

    document: Document
    year: int
    hit: FactHit
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Pair:
    """One item in two documents; None where a document does not have it."""

    name: str
    code: str | None
    left: FactHit | None
    right: FactHit | None


def with_several_years(documents: Iterable[Document]) -> dict[tuple[str, Phase], tuple[Document, ...]]:
    """The documents of each agency and phase that is held for two years or more, by year."""
    groups: dict[tuple[str, Phase], list[Document]] = {}
    for document in documents:
        who = document.identity
        if who.agency is not None and who.year is not None:
            groups.setdefault((who.agency, who.phase), []).append(document)
    return {
        key: tuple(sorted(group, key=lambda d: d.identity.year or 0))
        for key, group in groups.items()
        if len({d.identity.year for d in group}) > 1
    }


def item_facts(corpus: Corpus, document: Document) -> dict[str, FactHit]:
    """One figure for each item of a document by code, or by name where there is no code: that of its total column.

    From the most detailed of its tables by function; the first of several.
    """
    found: dict[str, FactHit] = {}
    for kind in _TABLES:
        hits = corpus.facts(FactQuery(documents=[document.id], table_kinds=[kind], from_tables=True))
        own = [h for h in hits if h.fact.year == document.identity.year and h.fact.measure is Measure.AMOUNT]
        for hit in sorted(own, key=lambda h: (not _is_total(h), h.fact.column or 0)):
            if hit.fact.unit.unit is not None and hit.fact.unit.unit.is_money:
                found.setdefault(item_key(hit), hit)
    return found


def _is_total(hit: FactHit) -> bool:
    return bool(hit.fact.column_path) and hit.fact.column_path[-1].replace(" ", "") in _TOTALS


def item_key(hit: FactHit) -> str:
    """What tells one item from another in every year: its code, or its name."""
    return hit.fact.code or "".join(hit.fact.label.split())


def trends(corpus: Corpus, documents: Sequence[Document]) -> dict[str, tuple[Point, ...]]:
    """The items that have a figure in two or more of the documents, by their newest name."""
    by_item: dict[str, list[Point]] = {}
    for document in documents:
        for key, hit in item_facts(corpus, document).items():
            quantity = quantity_of(hit)
            if quantity is not None and document.identity.year is not None:
                by_item.setdefault(key, []).append(Point(document, document.identity.year, hit, quantity))
    return {_name(points[-1].hit): tuple(points) for points in by_item.values() if len({p.year for p in points}) > 1}


def _name(hit: FactHit) -> str:
    return f"{hit.fact.label} {hit.fact.code}" if hit.fact.code else hit.fact.label


def quantity_of(hit: FactHit) -> Quantity | None:
    """The amount of a fact; None for one without a figure or without a unit."""
    if hit.fact.value is None or hit.fact.unit.unit is None:
        return None
    return Quantity(hit.fact.value, hit.fact.unit.unit)


def in_unit(quantity: Quantity, unit: Unit) -> Decimal | None:
    """The value in another unit of the same money; None where there is no such conversion."""
    if not quantity.unit.is_money or quantity.unit.dimension != unit.dimension:
        return None
    return quantity.to(unit).value


def common_unit(units: Iterable[Unit]) -> Unit | None:
    """The unit to show amounts of one currency in: the largest of theirs; None for several currencies or none."""
    found = list(units)
    if not found or len({unit.dimension for unit in found}) > 1 or not found[0].is_money:
        return None
    return max(found, key=lambda unit: unit.scale)


def pairs(corpus: Corpus, left: Document, right: Document, digits: int = 3) -> tuple[Pair, ...]:
    """The items of two documents with a code of so many digits, side by side, the larger first."""
    one, two = (item_facts(corpus, d) for d in (left, right))
    codes = [key for key in dict.fromkeys([*one, *two]) if key.isdigit() and len(key) == digits]
    found = [Pair((one.get(c) or two[c]).fact.label, c, one.get(c), two.get(c)) for c in codes]
    return tuple(sorted(found, key=lambda pair: -_largest(pair)))


def _largest(pair: Pair) -> Decimal:
    amounts = (quantity_of(hit) for hit in (pair.left, pair.right) if hit is not None)
    return max((in_unit(q, YUAN) or Decimal(0) for q in amounts if q is not None), default=Decimal(0))
