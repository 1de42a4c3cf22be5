"""The corpus on disk: `SqlCorpus` implements `ingest.corpus.Corpus` over SQLite, or a PostgreSQL server by URL."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, delete, func, insert, inspect, select, update
from sqlalchemy import Table as SqlTable
from sqlalchemy.exc import DataError, IntegrityError

from ingest import schema, vocabulary
from ingest.codec import Codec
from ingest.corpus import FactHit, FactQuery, Held, Label, LabelKind
from ingest.database import Database, open_server, open_sqlite, store_errors, use_write_ahead_log
from ingest.errors import EmptyCorpus, NoSuchDocument, StoreError, UnreadableDocument
from ingest.naming import best_match, listing
from ingest.records import (
    Check,
    Declaration,
    Definition,
    Document,
    Extract,
    Indicator,
    Outcome,
    Passage,
    Statement,
    Table,
)
from ingest.selection import all_facts, facts_statement, read_hit
from ingest.sqlrows import extract_rows, read_passages, read_tables

R = TypeVar("R")
DATABASE_FILE = "corpus.sqlite"


def open_corpus(path: Path, create: bool = False, database: str | None = None) -> SqlCorpus:
    """The corpus in data directory `path`, or on the server at SQLAlchemy URL `database`.

    Raises `EmptyCorpus` when there is none and `create` is false, `StoreError` when it cannot be opened.
    """
    opened = _open_directory(path, create) if database is None else open_server(database)
    try:
        _prepare(opened, create)
    except BaseException:
        opened.close()
        raise
    return SqlCorpus(opened)


def _open_directory(path: Path, create: bool) -> Database:
    with store_errors(str(path)):
        if create:
            path.mkdir(parents=True, exist_ok=True)
        elif not (path / DATABASE_FILE).exists():
            raise _nothing_in(str(path))
    return open_sqlite(path / DATABASE_FILE)


def _nothing_in(name: str) -> EmptyCorpus:
    return EmptyCorpus(
        f"nothing has been ingested into {name} yet; ingest a document first, with: budgetqa ingest PATH"
    )


def _prepare(database: Database, create: bool) -> None:
    """Check that the store is there and of this program's shape; make it when asked to."""
    with database.reading() as connection:
        made = inspect(connection).has_table("meta")
        shape = _meta(connection, "shape") if made else None
    if shape is None:
        if not create:
            raise _nothing_in(database.name)
        _make(database)
    elif shape != schema.fingerprint():
        raise StoreError(
            f"store {database.name}: made by another version of budgetqa; ingest the documents into a new directory"
        )


def _make(database: Database) -> None:
    if database.engine.dialect.name == "sqlite":
        use_write_ahead_log(database)
    with database.writing() as connection:
        schema.METADATA.create_all(connection)
        if _meta(connection, "shape") is None:
            made = {"shape": schema.fingerprint(), "store": uuid.uuid4().hex, "version": "0"}
            connection.execute(insert(schema.meta), [{"key": k, "value": v} for k, v in made.items()])


def _meta(connection: Connection, key: str) -> str | None:
    return connection.scalar(select(schema.meta.c.value).where(schema.meta.c.key == key))


@dataclass(frozen=True, slots=True)
class Counts:
    """How many tables a document has, and how many of its checks came out in which way."""

    tables: int
    checks: Mapping[Outcome, int]


class SqlCorpus:
    """A corpus in SQL tables. Each document is one transaction; each reading method sees one snapshot.

    May be shared by threads. `database` is for maintenance and tests; readers never see SQL.
    """

    def __init__(self, database: Database) -> None:
        self.database = database

    def add(self, extract: Extract) -> bool:
        """Store a document whole or not at all; False (and no change) when its content is already held.

        Raises `StoreError` when the store cannot be written, `UnreadableDocument` when two of the document's records
        have one id or one holds what no database stores.
        """
        document = extract.document
        try:
            with self.database.writing() as connection:
                if _sequence(connection, document.id) is not None:
                    return False
                _insert(connection, extract)
                _step_version(connection)
        except StoreError as error:
            if isinstance(error.__cause__, IntegrityError | DataError):
                raise UnreadableDocument(
                    f"{document.file}: it cannot be stored, are two of its ids the same? ({error.__cause__.orig})"
                ) from error
            raise
        except (UnicodeEncodeError, OverflowError) as error:
            raise UnreadableDocument(f"{document.file}: holds a value that cannot be stored ({error})") from error
        return True

    def remove(self, document: str) -> None:
        """Take a document and everything of it out; raises `NoSuchDocument` for an id that is not held."""
        with self.database.writing() as connection:
            doc = _known(connection, document)
            freed = vocabulary.labels_of(connection, doc)
            used_paths = vocabulary.paths_of(connection, doc)
            for table in schema.OF_DOCUMENT:
                connection.execute(delete(table).where(table.c.doc == doc))
            connection.execute(delete(schema.documents).where(schema.documents.c.seq == doc))
            vocabulary.recount_labels(connection, freed)
            vocabulary.drop_unused_paths(connection, used_paths)
            _step_version(connection)

    def version(self) -> str:
        """Changes whenever a document is added or removed; what stands before the dash tells stores apart."""
        with self.database.reading() as connection:
            return f"{_meta(connection, 'store')}-{_meta(connection, 'version')}"

    def documents(self) -> tuple[Document, ...]:
        with self.database.reading() as connection:
            return _documents(connection)

    def find_document(self, name: str) -> Document:
        """By id, file name (with or without suffix), title or unique id prefix; raises `NoSuchDocument`."""
        return best_match(name, self.documents())

    def labels(self, kinds: Sequence[LabelKind] | None = None) -> tuple[Label, ...]:
        """The distinct labels in the order in which they first came; `count` is by how many records."""
        with self.database.reading() as connection:
            return vocabulary.read_labels(connection, kinds)

    def facts(self, query: FactQuery) -> tuple[FactHit, ...]:
        """The facts that meet every condition; `query.tables` names tables by id or by title."""
        with self.database.reading() as connection:
            return tuple(read_hit(row) for row in connection.execute(facts_statement(query)))

    def fact(self, document: str, fact: str) -> FactHit:
        """One fact by its document's id and its own; raises `NoSuchDocument`."""
        with self.database.reading() as connection:
            of_fact = (schema.facts.c.doc == _known(connection, document), schema.facts.c.id == fact)
            row = connection.execute(all_facts().where(*of_fact)).first()
        if row is None:
            raise NoSuchDocument(f"document {document} holds no fact {fact}")
        return read_hit(row)

    def tables(self, document: str) -> tuple[Table, ...]:
        with self.database.reading() as connection:
            return _tables(connection, _known(connection, document), None)

    def table(self, document: str, table: str) -> Table:
        """One table by its document's id and its own; raises `NoSuchDocument`, listing the tables held."""
        with self.database.reading() as connection:
            doc = _known(connection, document)
            ids = connection.scalars(
                select(schema.tables.c.id).where(schema.tables.c.doc == doc).order_by(schema.tables.c.pos)
            ).all()
            if table not in ids:
                raise NoSuchDocument(
                    f"document {document} holds no table {table}; it holds: {', '.join(ids) or 'none'}"
                )
            return _tables(connection, doc, list(ids).index(table))[0]

    def passages(self, document: str | None = None) -> tuple[Held[Passage], ...]:
        with self.database.reading() as connection:
            return _passages(connection, None if document is None else _known(connection, document), None)

    def passage(self, document: str, passage: str) -> Passage:
        """One passage by its document's id and its own; raises `NoSuchDocument`."""
        with self.database.reading() as connection:
            found = _passages(connection, _known(connection, document), passage)
        if not found:
            raise NoSuchDocument(f"document {document} holds no passage {passage}")
        return found[0].record

    def statements(
        self, labels: Sequence[str] | None = None, document: str | None = None
    ) -> tuple[Held[Statement], ...]:
        return self._held(schema.statements, schema.STATEMENT, document, label=labels)

    def indicators(
        self, projects: Sequence[str] | None = None, names: Sequence[str] | None = None, document: str | None = None
    ) -> tuple[Held[Indicator], ...]:
        return self._held(schema.indicators, schema.INDICATOR, document, project=projects, name=names)

    def definitions(self, terms: Sequence[str] | None = None) -> tuple[Held[Definition], ...]:
        return self._held(schema.definitions, schema.DEFINITION, None, term=terms)

    def declarations(self, document: str | None = None) -> tuple[Held[Declaration], ...]:
        return self._held(schema.declarations, schema.DECLARATION, document)

    def checks(self, document: str | None = None) -> tuple[Held[Check], ...]:
        return self._held(schema.checks, schema.CHECK, document)

    def counts(self) -> Mapping[str, Counts]:
        """For each document how many tables it has and how its checks came out, without reading any of them."""
        of = schema.documents.c
        tables = select(of.id, func.count()).join(schema.tables, schema.tables.c.doc == of.seq).group_by(of.id)
        checks = (
            select(of.id, schema.checks.c.outcome, func.count())
            .join(schema.checks, schema.checks.c.doc == of.seq)
            .group_by(of.id, schema.checks.c.outcome)
        )
        outcomes: dict[str, dict[Outcome, int]] = defaultdict(dict)
        with self.database.reading() as connection:
            ids = connection.scalars(select(of.id).order_by(of.seq)).all()
            held = {row[0]: row[1] for row in connection.execute(tables)}
            for document, outcome, count in connection.execute(checks):
                outcomes[document][Outcome(outcome)] = count
        return {document: Counts(held.get(document, 0), outcomes[document]) for document in ids}

    def close(self) -> None:
        self.database.close()

    def _held(
        self, table: SqlTable, codec: Codec[R], document: str | None, **wanted: Sequence[str] | None
    ) -> tuple[Held[R], ...]:
        """The records of one flat table, of one document or all, whose columns have one of the wanted values."""
        statement = (
            select(schema.documents.c.id, *(table.c[n] for n in codec.names))
            .join(schema.documents, schema.documents.c.seq == table.c.doc)
            .where(*(table.c[name].in_(list(values)) for name, values in wanted.items() if values))
            .order_by(table.c.doc, table.c.pos)
        )
        with self.database.reading() as connection:
            if document is not None:
                statement = statement.where(table.c.doc == _known(connection, document))
            return tuple(Held(row[0], codec.decode(row[1:])) for row in connection.execute(statement))


def _insert(connection: Connection, extract: Extract) -> None:
    """Write every record of a document that is not held yet."""
    doc = connection.scalar(select(func.coalesce(func.max(schema.documents.c.seq), 0) + 1))
    assert doc is not None
    connection.execute(insert(schema.documents), {"seq": doc, **schema.DOCUMENT.encode(extract.document)})
    path_ids = vocabulary.intern_paths(connection, (p for f in extract.facts for p in (f.row_path, f.column_path)))
    for table, values in extract_rows(extract, doc, path_ids):
        if values:
            connection.execute(insert(table), values)
    vocabulary.add_labels(connection, doc, extract)


def _step_version(connection: Connection) -> None:
    version = int(_meta(connection, "version") or 0)
    connection.execute(update(schema.meta).where(schema.meta.c.key == "version").values(value=str(version + 1)))


def _sequence(connection: Connection, document: str) -> int | None:
    return connection.scalar(select(schema.documents.c.seq).where(schema.documents.c.id == document))


def _known(connection: Connection, document: str) -> int:
    doc = _sequence(connection, document)
    if doc is None:
        raise NoSuchDocument(f"no document {document[:80]!r} here; held: {listing(_documents(connection))}")
    return doc


def _documents(connection: Connection) -> tuple[Document, ...]:
    columns = (schema.documents.c[name] for name in schema.DOCUMENT.names)
    found = connection.execute(select(*columns).order_by(schema.documents.c.seq))
    return tuple(schema.DOCUMENT.decode(row) for row in found)


def _tables(connection: Connection, doc: int, pos: int | None) -> tuple[Table, ...]:
    """The tables of a document, or the one at a position."""

    def read(table: SqlTable, codec: Codec[Any], *keys: str) -> list[Any]:
        wanted = select(*(table.c[n] for n in (*keys, *codec.names))).where(table.c.doc == doc)
        if pos is not None:
            wanted = wanted.where(table.c[keys[0]] == pos)
        return list(connection.execute(wanted.order_by(*(table.c[k] for k in keys))))

    return read_tables(
        read(schema.tables, schema.TABLE, "pos"),
        read(schema.columns, schema.COLUMN, "of_table", "pos"),
        read(schema.rows, schema.ROW, "of_table", "pos"),
        read(schema.cells, schema.CELL, "of_table", "of_row", "pos"),
    )


def _passages(connection: Connection, doc: int | None, passage: str | None) -> tuple[Held[Passage], ...]:
    """The passages of one document or of all, or one by id."""
    of_passages = schema.passages.c
    wanted = select(of_passages.doc, of_passages.pos, schema.documents.c.id,
                    *(of_passages[n] for n in schema.PASSAGE.names)).join(schema.documents)  # fmt: skip
    wanted = _limited(wanted, of_passages.doc, doc).order_by(of_passages.doc, of_passages.pos)
    if passage is not None:
        wanted = wanted.where(of_passages.id == passage)
    found = connection.execute(wanted).all()
    of_lines = schema.lines.c
    lines = select(of_lines.doc, of_lines.of_passage, *(of_lines[n] for n in schema.LINE.names))
    if passage is not None:
        lines = lines.where(of_lines.of_passage.in_([row[1] for row in found]))
    lines = _limited(lines, of_lines.doc, doc).order_by(of_lines.doc, of_lines.of_passage, of_lines.pos)
    return tuple(Held(document, record) for document, record in read_passages(found, connection.execute(lines)))


def _limited(statement: Select[Any], column: Any, doc: int | None) -> Select[Any]:
    return statement if doc is None else statement.where(column == doc)
