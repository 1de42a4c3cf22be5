"""What the text volume of a disclosure says, against the tables of its other volume."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.checks.amounts import amounts_in_tables
from ingest.checks.view import DocumentView
from ingest.corpus import Corpus, FactHit, FactQuery
from ingest.records import Check, Document, Extract, Fact, Table, Volume

KIND = "volumes"


def volume_checks(corpus: Corpus, document: Document) -> Iterator[Check]:
    """The amounts in the prose of a text volume against the figures of that name in the volume of tables.

    The facts of the other volume are cited by ids of `foreign_id`. Nothing where there is not exactly one such volume.
    """
    other = _volume_of_tables(document, corpus.documents())
    if other is None:
        return
    for check in amounts_in_tables(_together(corpus, document, other)):
        message = f"{check.message.replace('prose and table', f'{document.file} and {other.file},')}"
        yield replace(check, kind=KIND, message=message, table=None)


def foreign_facts(corpus: Corpus, document: Document) -> dict[str, FactHit]:
    """The facts of the other volume, by the ids under which checks of this one name them."""
    other = _volume_of_tables(document, corpus.documents())
    hits = corpus.facts(FactQuery(documents=[other.id], from_tables=True)) if other else ()
    return {foreign_id(hit.document, hit.fact.id): hit for hit in hits}


def foreign_id(document: str, fact: str) -> str:
    """The id of another document's fact in a check."""
    return f"{document}:{fact}"


def _volume_of_tables(document: Document, held: Sequence[Document]) -> Document | None:
    who = document.identity
    if who.volume is not Volume.TEXT or not who.agency or who.year is None:
        return None
    found = [
        d
        for d in held
        if (d.identity.agency, d.identity.year, d.identity.phase) == (who.agency, who.year, who.phase)
        and d.identity.volume is Volume.TABLES
    ]
    return found[0] if len(found) == 1 else None


def _together(corpus: Corpus, document: Document, other: Document) -> DocumentView:
    """The prose of one volume with the tables of the other, as if they were one document."""
    prose = tuple(h.fact for h in corpus.facts(FactQuery(documents=[document.id], from_tables=False)))
    cells = corpus.facts(FactQuery(documents=[other.id], from_tables=True, figures_only=False))
    tables = tuple(_renamed(table, other.id) for table in corpus.tables(other.id))
    extract = Extract(
        document,
        tables=tables,
        passages=tuple(h.record for h in corpus.passages(document.id)),
        facts=(*prose, *(_foreign(hit.fact, other.id) for hit in cells)),
        statements=tuple(h.record for h in corpus.statements(document=document.id)),
    )
    return DocumentView(extract, ())


def _renamed(table: Table, document: str) -> Table:
    return replace(table, id=foreign_id(document, table.id))


def _foreign(fact: Fact, document: str) -> Fact:
    table = None if fact.table is None else foreign_id(document, fact.table)
    return replace(fact, id=foreign_id(document, fact.id), table=table)
