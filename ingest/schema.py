"""The tables of the store, one for each kind of record, in portable SQL.

Every table but `documents`, `paths`, `labels` and `meta` is keyed by the document's number and the record's position,
so a document's records lie together, in order. Row and column paths of facts are kept once each (`paths`): they are
the corpus's vocabulary and grow much more slowly than its facts.
"""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table

from ingest import records
from ingest.codec import TEXT, Codec

METADATA = MetaData()

DOCUMENT = Codec(records.Document)
TABLE = Codec(records.Table, leave_out=("columns", "rows"))
COLUMN = Codec(records.Column)
ROW = Codec(records.Row, leave_out=("cells",))
CELL = Codec(records.Cell)
PASSAGE = Codec(records.Passage, leave_out=("lines",))
LINE = Codec(records.PassageLine)
FACT = Codec(records.Fact, leave_out=("row_path", "column_path"))
STATEMENT = Codec(records.Statement)
INDICATOR = Codec(records.Indicator)
DEFINITION = Codec(records.Definition)
DECLARATION = Codec(records.Declaration)
CHECK = Codec(records.Check)


def _key(*names: str) -> list[Column[Any]]:
    """The primary key: the document, and positions within it."""
    document: Column[Any] = Column("doc", Integer, ForeignKey("documents.seq"), primary_key=True)
    return [document, *(Column(n, Integer, primary_key=True, autoincrement=False) for n in names)]


def _table(name: str, *columns: Column[Any]) -> Table:
    return Table(name, METADATA, *columns, sqlite_with_rowid=False)


meta = _table("meta", Column("key", TEXT, primary_key=True), Column("value", TEXT, nullable=False))
documents = Table(
    "documents", METADATA, Column("seq", Integer, primary_key=True, autoincrement=False), *DOCUMENT.columns()
)
tables = _table("tables", *_key("pos"), *TABLE.columns())
columns = _table("columns", *_key("of_table", "pos"), *COLUMN.columns())
rows = _table("rows", *_key("of_table", "pos"), *ROW.columns())
cells = _table("cells", *_key("of_table", "of_row", "pos"), *CELL.columns())
passages = _table("passages", *_key("pos"), *PASSAGE.columns())
lines = _table("lines", *_key("of_passage", "pos"), *LINE.columns())
paths = Table(
    "paths",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("path", TEXT, nullable=False),
)
path_elements = _table(
    "path_elements",
    Column("element", TEXT, primary_key=True),
    Column("path", Integer, ForeignKey("paths.id"), primary_key=True, autoincrement=False),
)
facts = _table(
    "facts",
    *_key("pos"),
    *FACT.columns(),
    Column("row_path", Integer, ForeignKey("paths.id"), nullable=False),
    Column("column_path", Integer, ForeignKey("paths.id"), nullable=False),
)
statements = _table("statements", *_key("pos"), *STATEMENT.columns())
indicators = _table("indicators", *_key("pos"), *INDICATOR.columns())
definitions = _table("definitions", *_key("pos"), *DEFINITION.columns())
declarations = _table("declarations", *_key("pos"), *DECLARATION.columns())
checks = _table("checks", *_key("pos"), *CHECK.columns())
labels = Table(
    "labels",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("kind", TEXT, nullable=False),
    Column("text", TEXT, nullable=False),
    Column("codes", TEXT, nullable=False),
    Column("uses", Integer, nullable=False),
)
document_labels = _table(
    "document_labels",
    *_key("label"),
    Column("codes", TEXT, nullable=False),
    Column("uses", Integer, nullable=False),
)

OF_DOCUMENT = (
    tables, columns, rows, cells, passages, lines, facts, statements, indicators, definitions, declarations, checks,
    document_labels,
)  # fmt: skip
"""Everything that goes when a document goes."""

Index("documents_id", documents.c.id, unique=True)
Index("tables_id", tables.c.doc, tables.c.id, unique=True)
Index("passages_id", passages.c.doc, passages.c.id, unique=True)
Index("facts_id", facts.c.doc, facts.c.id, unique=True)
Index("facts_label", facts.c.label, facts.c.doc)
Index("facts_code", facts.c.code, facts.c.doc)
Index("facts_row_path", facts.c.row_path, facts.c.doc)
Index("facts_organisation", facts.c.organisation, facts.c.doc)
Index("statements_label", statements.c.label)
Index("indicators_project", indicators.c.project)
Index("indicators_name", indicators.c.name)
Index("definitions_term", definitions.c.term)
Index("paths_path", paths.c.path, unique=True)
Index("labels_text", labels.c.text, labels.c.kind, unique=True)
Index("document_labels_label", document_labels.c.label)


def fingerprint() -> str:
    """Names this shape of store: 12 hex digits that change with any table, column or index."""
    shape = [
        [table.name, sorted((c.name, str(c.type)) for c in table.columns), sorted(str(i.name) for i in table.indexes)]
        for table in METADATA.sorted_tables
    ]
    return hashlib.sha256(repr(shape).encode()).hexdigest()[:12]
