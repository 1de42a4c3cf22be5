"""Logical tables set out as text, CSV and JSON. Every writer yields lines without their line break."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import MappingProxyType

from ingest.numbers import CellState, read_cell
from ingest.records import ColumnRole, Document, Row, RowLabel, Table
from qa.terminal import display_width, format_grid, one_line, shorten

Chosen = Sequence[tuple[Document, Table]]
_LABEL_WIDTH = 36  # terminal columns given to a cell that is not a figure
_FORMULA = tuple("=+-@\t\r＝＋－＠")
_CONTEXT = ("document", "table", "title", "unit", "page", "code", "path")


def row_label(row: Row) -> RowLabel | None:
    """The label of the row's first panel that has one."""
    return next((label for label in row.labels if label is not None), None)


def table_to_json(document: Document, table: Table) -> dict[str, object]:
    """A table as `budgetqa tables --format json` has it: `cells` aligned with `columns`, header rows left out."""
    return {
        "document": document.id,
        "file": document.file,
        "title": table.title,
        "number": table.number,
        "unit": unit_name(table),
        "pages": list(table.pages),
        "columns": [list(column.path) for column in table.columns],
        "rows": [_row_to_json(row) for row in table.rows],
    }


def _row_to_json(row: Row) -> dict[str, object]:
    label = row_label(row)
    return {
        "cells": [cell.text for cell in row.cells],
        "code": label.code if label else None,
        "path": list(label.path) if label else [],
        "page": row.page,
    }


def unit_name(table: Table) -> str | None:
    """The table's own unit as a symbol; None where it is not known."""
    return table.unit.unit.symbol if table.unit.unit else None


def json_lines(chosen: Chosen) -> Iterator[str]:
    """One JSON array, a table a line."""
    if not chosen:
        yield "[]"
    for index, (document, table) in enumerate(chosen):
        opening = "[" if index == 0 else " "
        closing = "]" if index == len(chosen) - 1 else ","
        yield opening + json.dumps(table_to_json(document, table), ensure_ascii=False) + closing


def csv_lines(chosen: Chosen) -> Iterator[str]:
    """A block a table, an empty line between two: a heading line, then the rows, each with where it comes from."""
    for index, (document, table) in enumerate(chosen):
        if index:
            yield ""
        yield _csv_line([*_CONTEXT, *(" > ".join(column.path) for column in table.columns)])
        for row in table.rows:
            label = row_label(row)
            path = " > ".join(label.path) if label else ""
            code = (label.code or "") if label else ""
            context = (document.file, table.id, table.title, unit_name(table) or "", str(row.page), code, path)
            yield _csv_line([*context, *(cell.text for cell in row.cells)])


def _csv_line(cells: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow([safe_cell(cell) for cell in cells])
    return buffer.getvalue()


def safe_cell(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it as a formula; figures stay as printed."""
    runs = text.startswith(_FORMULA) and read_cell(text).state not in (CellState.FIGURE, CellState.NIL)
    return f"'{text}" if runs else text


def text_lines(chosen: Chosen) -> Iterator[str]:
    """Tables to be read in a terminal: title line, header rows, a rule, body rows; long labels are shortened."""
    for index, (document, table) in enumerate(chosen):
        if index:
            yield ""
        pages = f"p. {table.pages[0]}" if len(table.pages) == 1 else f"pp. {table.pages[0]}–{table.pages[-1]}"
        unit = unit_name(table) or "unit unknown"
        yield one_line(f"{table.id}  {table.title}  [{unit}]  {document.file} {pages}")
        header = header_rows(table)
        body = [tuple(_shown(cell.text) for cell in row.cells) for row in table.rows]
        right = [column.role is ColumnRole.VALUE for column in table.columns]
        lines = format_grid([*header, *body], right)
        rule = "-" * max((display_width(line) for line in lines), default=0)
        yield from (*lines[: len(header)], rule, *lines[len(header) :])


def _shown(text: str) -> str:
    return text if read_cell(text).state is CellState.FIGURE else shorten(one_line(text), _LABEL_WIDTH)


def header_rows(table: Table) -> list[tuple[str, ...]]:
    """The header tree as printed: a row a level, a label that spans several columns over the first of them only."""
    depth = max((len(column.path) for column in table.columns), default=0)
    rows = []
    for level in range(depth):
        paths = [column.path[: level + 1] for column in table.columns]
        rows.append(
            tuple(
                shorten(path[level], _LABEL_WIDTH) if len(path) > level and (i == 0 or paths[i - 1] != path) else ""
                for i, path in enumerate(paths)
            )
        )
    return rows


FORMATS: MappingProxyType[str, Callable[[Chosen], Iterator[str]]] = MappingProxyType(
    {"text": text_lines, "csv": csv_lines, "json": json_lines}
)
