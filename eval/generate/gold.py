"""The facts of a generated document, known by construction: typed records, and their JSON beside the PDF."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from eval.generate.book import Book, Paragraph
from eval.generate.placed import Placed, PlacedCell
from eval.generate.sheet import Sheet
from ingest.geometry import Box
from ingest.records import ColumnRole, Measure, PassageKind, Phase, RowLabel, TableKind, Volume


@dataclass(frozen=True, slots=True)
class GoldColumn:
    """A column with its header path; year and phase only where the heading says them."""

    path: tuple[str, ...]
    role: ColumnRole
    panel: int
    year: int | None
    phase: Phase


@dataclass(frozen=True, slots=True)
class GoldRow:
    """A row as printed; `boxes` are those of the texts (of the cell where it is empty, None where another covers it).

    `merged` are column ranges printed as one cell, whose text stands in the first of them.
    """

    page: int
    cells: tuple[str, ...]
    labels: tuple[RowLabel | None, ...]
    boxes: tuple[Box | None, ...]
    merged: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class GoldTable:
    """A logical table. `joined` is a column whose equal cells in successive rows are printed as one."""

    title: str
    number: str | None
    kind: TableKind
    unit: str | None
    pages: tuple[int, ...]
    columns: tuple[GoldColumn, ...]
    rows: tuple[GoldRow, ...]
    notes: tuple[str, ...]
    declared: str | None
    joined: int | None


@dataclass(frozen=True, slots=True)
class GoldPassage:
    """A paragraph with the page it begins on; `term` where it is a definition, `none_of` where it declares a none."""

    page: int
    section: tuple[str, ...]
    kind: PassageKind
    text: str
    term: str | None
    none_of: str | None


@dataclass(frozen=True, slots=True)
class GoldFigure:
    """A figure of a sentence; `passage` is the index of its passage."""

    passage: int
    text: str
    label: str
    path: tuple[str, ...]
    measure: Measure
    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class GoldIndicator:
    """A KPI row of the indicator table, as printed."""

    organisation: str
    project: str
    level1: str
    level2: str
    name: str
    operator: str
    target: str
    unit: str
    weight: str
    page: int


@dataclass(frozen=True, slots=True)
class Gold:
    """Everything that a right extraction of one document finds."""

    file: str
    title: str
    agency: str
    year: int
    phase: Phase
    scope: str
    language: str
    volume: Volume
    invented: bool
    pages: int
    tables: tuple[GoldTable, ...]
    passages: tuple[GoldPassage, ...]
    figures: tuple[GoldFigure, ...]
    indicators: tuple[GoldIndicator, ...]


def book_gold(book: Book, placed: Placed, file: str) -> Gold:
    """The gold of a book as it was laid out."""
    tables = tuple(_tables(book, placed))
    return Gold(
        file,
        book.title,
        book.agency,
        book.year,
        book.phase,
        book.scope,
        book.language.value,
        book.volume,
        book.invented,
        len(placed.pages),
        tables,
        tuple(_passages(book, placed)),
        tuple(_figures(book.paragraphs())),
        tuple(indicator for table in tables for indicator in _indicators(table)),
    )


def _tables(book: Book, placed: Placed) -> Iterator[GoldTable]:
    cells: dict[tuple[int, int], dict[int, PlacedCell]] = {}
    for cell in placed.cells:
        cells.setdefault((cell.sheet, cell.row), {})[cell.column] = cell
    for index, (sheet, first) in enumerate(zip(book.sheets(), placed.sheets, strict=True)):
        rows = tuple(_row(sheet, number, cells[index, number]) for number in range(len(sheet.rows)))
        pages = tuple(sorted({first, *(row.page for row in rows)}))
        columns = tuple(GoldColumn(path, h.role, h.panel, h.year, h.phase) for h, path in sheet.columns())
        unit = sheet.unit.symbol if sheet.unit else None
        yield GoldTable(
            sheet.title, sheet.number, sheet.kind, unit, pages, columns, rows, sheet.notes, sheet.declared, sheet.joined
        )


def _row(sheet: Sheet, number: int, placed: dict[int, PlacedCell]) -> GoldRow:
    row = sheet.rows[number]
    page = next(iter(placed.values())).page
    boxes = tuple(placed[c].box if c in placed else None for c in range(len(row.cells)))
    return GoldRow(page, row.cells, row.labels, boxes, row.merged)


def _passages(book: Book, placed: Placed) -> Iterator[GoldPassage]:
    for paragraph, page in zip(book.paragraphs(), placed.paragraphs, strict=True):
        p = paragraph
        yield GoldPassage(page, p.section, p.kind, p.text, p.term, p.none_of)


def _figures(paragraphs: tuple[Paragraph, ...]) -> Iterator[GoldFigure]:
    for number, paragraph in enumerate(paragraphs):
        for f in paragraph.figures:
            yield GoldFigure(number, f.text, f.label, f.path, f.measure, f.value, f.unit)


def _indicators(table: GoldTable) -> Iterator[GoldIndicator]:
    if table.kind is not TableKind.INDICATORS:
        return
    for row in table.rows:
        organisation, _, project, _, level1, level2, name, operator, target, unit, weight, *_ = row.cells
        if level1:
            texts = (organisation, project, level1, level2, name, operator, target, unit, weight)
            yield GoldIndicator(*texts, page=row.page)


def gold_to_json(gold: Gold) -> str:
    """The gold as JSON, one table row, passage or figure a line; figures as strings, boxes as [x0, top, x1, bottom]."""
    whole = {key: _plain(value) for key, value in asdict(gold).items()}
    lines = []
    for key, value in whole.items():
        if key == "tables":
            lines.append(f'"tables": [\n{",".join(_table_lines(table) for table in value)}]')
        elif isinstance(value, list):
            inner = ",\n".join(_dump(item) for item in value)
            lines.append(f"{_dump(key)}: [\n{inner}]")
        else:
            lines.append(f"{_dump(key)}: {_dump(value)}")
    return "{" + ",\n".join(lines) + "}\n"


def _table_lines(table: dict[str, Any]) -> str:
    rows = ",\n".join(_dump(row) for row in table["rows"])
    rest = {key: value for key, value in table.items() if key != "rows"}
    return _dump(rest)[:-1] + f', "rows": [\n{rows}]}}\n'


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dict):
        if set(value) == {"x0", "top", "x1", "bottom"}:
            return [round(edge, 1) for edge in value.values()]
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
