"""An Extract as rows of the store's SQL tables, and those of logical tables and passages as records again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Table as SqlTable

from ingest import schema
from ingest.codec import Codec, Value
from ingest.records import Cell, Column, Extract, Fact, Passage, PassageLine, Row, Table

Values = dict[str, Value]
PathIds = Mapping[tuple[str, ...], int]


def extract_rows(extract: Extract, doc: int, path_ids: PathIds) -> Iterator[tuple[SqlTable, list[Values]]]:
    """What goes into each SQL table for a document numbered `doc`, one SQL table after the other."""
    tables, passages = list(enumerate(extract.tables)), list(enumerate(extract.passages))
    yield schema.tables, _numbered(schema.TABLE, extract.tables, doc)
    yield schema.columns, [v for pos, t in tables for v in _numbered(schema.COLUMN, t.columns, doc, of_table=pos)]
    yield schema.rows, [v for pos, t in tables for v in _numbered(schema.ROW, t.rows, doc, of_table=pos)]
    yield (
        schema.cells,
        [
            values
            for pos, table in tables
            for row_pos, row in enumerate(table.rows)
            for values in _numbered(schema.CELL, row.cells, doc, of_table=pos, of_row=row_pos)
        ],
    )
    yield schema.passages, _numbered(schema.PASSAGE, extract.passages, doc)
    yield schema.lines, [v for pos, p in passages for v in _numbered(schema.LINE, p.lines, doc, of_passage=pos)]
    yield schema.facts, [_fact_values(fact, doc, pos, path_ids) for pos, fact in enumerate(extract.facts)]
    yield schema.statements, _numbered(schema.STATEMENT, extract.statements, doc)
    yield schema.indicators, _numbered(schema.INDICATOR, extract.indicators, doc)
    yield schema.definitions, _numbered(schema.DEFINITION, extract.definitions, doc)
    yield schema.declarations, _numbered(schema.DECLARATION, extract.declarations, doc)
    yield schema.checks, _numbered(schema.CHECK, extract.checks, doc)


def _numbered(codec: Codec[Any], records: Iterable[Any], doc: int, **within: int) -> list[Values]:
    return [{"doc": doc, **within, "pos": pos, **codec.encode(record)} for pos, record in enumerate(records)]


def _fact_values(fact: Fact, doc: int, pos: int, path_ids: PathIds) -> Values:
    paths: Values = {"row_path": path_ids[fact.row_path], "column_path": path_ids[fact.column_path]}
    return {"doc": doc, "pos": pos, **schema.FACT.encode(fact), **paths}


def read_tables(
    tables: Iterable[Sequence[Any]],
    columns: Iterable[Sequence[Any]],
    rows: Iterable[Sequence[Any]],
    cells: Iterable[Sequence[Any]],
) -> tuple[Table, ...]:
    """Logical tables from rows that begin with the positions of their table, their row and their cell."""
    columns_of: dict[int, list[Column]] = defaultdict(list)
    for of_table, _, *values in columns:
        columns_of[of_table].append(schema.COLUMN.decode(values))
    cells_of: dict[tuple[int, int], list[Cell]] = defaultdict(list)
    for of_table, of_row, _, *values in cells:
        cells_of[of_table, of_row].append(schema.CELL.decode(values))
    rows_of: dict[int, list[Row]] = defaultdict(list)
    for of_table, pos, *values in rows:
        rows_of[of_table].append(schema.ROW.decode(values, cells=tuple(cells_of[of_table, pos])))
    return tuple(
        schema.TABLE.decode(values, columns=tuple(columns_of[pos]), rows=tuple(rows_of[pos])) for pos, *values in tables
    )


def read_passages(passages: Iterable[Sequence[Any]], lines: Iterable[Sequence[Any]]) -> tuple[tuple[str, Passage], ...]:
    """Passages with their documents' ids, from rows that begin with (doc, position, id), lines with (doc, position)."""
    lines_of: dict[tuple[int, int], list[PassageLine]] = defaultdict(list)
    for doc, of_passage, *values in lines:
        lines_of[doc, of_passage].append(schema.LINE.decode(values))
    return tuple(
        (document, schema.PASSAGE.decode(values, lines=tuple(lines_of[doc, pos])))
        for doc, pos, document, *values in passages
    )
