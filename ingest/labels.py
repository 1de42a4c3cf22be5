"""The distinct labels of a document: what its questions can be linked to, with codes and counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.corpus import LabelKind
from ingest.records import Extract, Fact, TableKind

PROJECT_TABLES = frozenset({TableKind.PROJECTS, TableKind.PERFORMANCE, TableKind.INDICATORS})


@dataclass(frozen=True, slots=True)
class Bearing:
    """One record bears a label: `weight` is 1, or 0 for a record that names it without a figure."""

    kind: LabelKind
    text: str
    code: str | None = None
    weight: int = 1


@dataclass(frozen=True, slots=True)
class LabelUse:
    """How one document uses a label: by how many facts (or indicators, terms, tables), and with which codes."""

    kind: LabelKind
    text: str
    codes: tuple[str, ...]
    count: int


def label_uses(extract: Extract) -> tuple[LabelUse, ...]:
    """The distinct labels of one document in the order in which they first stand in its records; empty texts left out.

    An item that only a sentence without figures speaks of is a label with count 0.
    """
    counts: dict[tuple[LabelKind, str], int] = defaultdict(int)
    codes: dict[tuple[LabelKind, str], set[str]] = defaultdict(set)
    for bearing in _bearings(extract):
        if not bearing.text:
            continue
        key = (bearing.kind, bearing.text)
        counts[key] += bearing.weight
        if bearing.code:
            codes[key].add(bearing.code)
    return tuple(LabelUse(*key, tuple(sorted(codes[key])), count) for key, count in counts.items())


def _bearings(extract: Extract) -> Iterator[Bearing]:
    identity = extract.document.identity
    if identity.agency:
        yield Bearing(LabelKind.AGENCY, identity.agency)
    yield from (Bearing(LabelKind.TABLE, table.title) for table in extract.tables)
    project_tables = {table.id for table in extract.tables if table.kind in PROJECT_TABLES}
    for fact in extract.facts:
        yield from _fact_bearings(fact, fact.table in project_tables)
    for statement in extract.statements:
        yield Bearing(LabelKind.ITEM, statement.label, weight=0)
    for indicator in extract.indicators:
        yield Bearing(LabelKind.PROJECT, indicator.project, indicator.project_code)
        yield Bearing(LabelKind.INDICATOR, indicator.name)
        if indicator.organisation:
            yield Bearing(LabelKind.ORGANISATION, indicator.organisation)
    yield from (Bearing(LabelKind.TERM, definition.term) for definition in extract.definitions)


def _fact_bearings(fact: Fact, of_project_table: bool) -> Iterator[Bearing]:
    yield Bearing(LabelKind.ITEM, fact.label, fact.code)
    if fact.table is not None:  # a level of stairs may have no row of its own
        yield from (Bearing(LabelKind.ITEM, p, weight=0) for p in fact.row_path[:-1] if p != fact.organisation)
    if fact.organisation:
        yield Bearing(LabelKind.ORGANISATION, fact.organisation)
    yield from (Bearing(LabelKind.COLUMN, element) for element in dict.fromkeys(fact.column_path))
    if of_project_table and not fact.total:
        yield Bearing(LabelKind.PROJECT, fact.label, fact.code)
