"""Questions to the facts as SQL: a `FactQuery` becomes one SELECT, one row of it a `FactHit`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, and_, or_, select

from ingest import schema
from ingest.codec import load_json
from ingest.corpus import FactHit, FactQuery
from ingest.numbers import CellState
from ingest.records import TableKind

_PATH = tuple[str, ...]
_ROW_PATHS = schema.paths.alias("row_paths")
_COLUMN_PATHS = schema.paths.alias("column_paths")
_LAST_CHARACTER = "\U0010ffff"
_FACTS = schema.facts.c
_FACT_COLUMNS = [_FACTS[name] for name in schema.FACT.names]


def facts_statement(query: FactQuery) -> Select[Any]:
    """The facts that meet every condition of the query, in document order."""
    statement = all_facts().where(*_conditions(query))
    return statement if query.limit is None else statement.limit(query.limit)


def all_facts() -> Select[Any]:
    """Every fact with its paths, its document's id and its table's title and kind, in document order."""
    of_table = and_(schema.tables.c.doc == _FACTS.doc, schema.tables.c.id == _FACTS.table)
    return (
        select(
            *_FACT_COLUMNS,
            _ROW_PATHS.c.path,
            _COLUMN_PATHS.c.path,
            schema.documents.c.id,
            schema.tables.c.title,
            schema.tables.c.kind,
        )
        .select_from(schema.facts)
        .join(schema.documents, schema.documents.c.seq == _FACTS.doc)
        .join(_ROW_PATHS, _ROW_PATHS.c.id == _FACTS.row_path)
        .join(_COLUMN_PATHS, _COLUMN_PATHS.c.id == _FACTS.column_path)
        .outerjoin(schema.tables, of_table)
        .order_by(_FACTS.doc, _FACTS.pos)
    )


def read_hit(row: Sequence[Any]) -> FactHit:
    """One row of `all_facts` as a hit."""
    row_path, column_path, document, title, kind = row[len(_FACT_COLUMNS) :]
    fact = schema.FACT.decode(row, row_path=load_json(_PATH, row_path), column_path=load_json(_PATH, column_path))
    return FactHit(document, fact, title, None if kind is None else TableKind(kind))


def _conditions(query: FactQuery) -> list[ColumnElement[bool]]:
    """The query's conditions, those left open left out."""
    return [
        *_any_of(schema.documents.c.id, query.documents),
        *_any_of(_FACTS.label, query.labels),
        *_any_of(_FACTS.code, query.codes),
        *_any_of(_FACTS.organisation, query.organisations),
        *_any_of(schema.tables.c.kind, query.table_kinds),
        *_any_of(_FACTS.year, query.years),
        *_any_of(_FACTS.phase, query.phases),
        *_any_of(_FACTS.measure, query.measures),
        *_named_tables(query.tables),
        *_code_begins(query.code_prefix),
        *_path_has(_FACTS.row_path, query.path_contains),
        *_path_has(_FACTS.column_path, query.column_contains),
        *_source(query.from_tables),
        *([_FACTS.state == CellState.FIGURE.value] if query.figures_only else []),
    ]


def _any_of(column: Column[Any], wanted: Sequence[Any] | None) -> list[ColumnElement[bool]]:
    return [column.in_(list(wanted))] if wanted else []


def _named_tables(names: Sequence[str] | None) -> list[ColumnElement[bool]]:
    """Tables by id, or by title, since titles are among the corpus's labels."""
    if not names:
        return []
    return [or_(_FACTS.table.in_(list(names)), schema.tables.c.title.in_(list(names)))]


def _code_begins(prefix: str | None) -> list[ColumnElement[bool]]:
    if not prefix:
        return []
    return [and_(_FACTS.code >= prefix, _FACTS.code < prefix + _LAST_CHARACTER)]


def _path_has(column: Column[Any], element: str | None) -> list[ColumnElement[bool]]:
    if not element:
        return []
    having = select(schema.path_elements.c.path).where(schema.path_elements.c.element == element)
    return [column.in_(having)]


def _source(from_tables: bool | None) -> list[ColumnElement[bool]]:
    if from_tables is None:
        return []
    return [_FACTS.table.is_not(None) if from_tables else _FACTS.table.is_(None)]
