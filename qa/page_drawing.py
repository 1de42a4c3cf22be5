"""A page with what was understood of it drawn on it: cells, headings, titles, prose, and figures placed nowhere.

Blue: a table's cells (figures filled). Purple: its heading. Green: its title. Thin green: prose. Vermilion:
a figure of the text layer that no cell, heading or passage holds, which is the first place to look when a sum breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ingest.corpus import Corpus
from ingest.errors import UnreadableDocument
from ingest.geometry import Box
from ingest.originals import find_original
from ingest.records import ColumnRole, Document, Table
from qa.page_image import BLUE, GREEN, PURPLE, VERMILION, Mark, marked_page

_FIGURE = re.compile(r"^[-(（]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\d{3,})[)）%]?$")


def draw_page(corpus: Corpus, store: Path, document: Document, page: int) -> bytes:
    """The page as PNG with its marks; raises `UnreadableDocument` where the file is not kept or has no such page."""
    file = find_original(store, document)
    if file is None or file.suffix.lower() != ".pdf":
        raise UnreadableDocument(f"{document.file}: has no pages to draw on")
    marks = [mark for table in corpus.tables(document.id) for mark in table_marks(table, page)]
    prose = [
        Mark(line.box, GREEN, width=1, fill=0, margin=0.5)
        for held in corpus.passages(document.id)
        for line in held.record.lines
        if line.page == page and line.box is not None
    ]
    placed = [mark.box for mark in (*marks, *prose)]
    unplaced = [Mark(box, VERMILION, fill=90) for box in _figure_boxes(file, page) if not _held(box, placed)]
    return marked_page(file, page, [*prose, *marks, *unplaced])


def table_marks(table: Table, page: int) -> Iterator[Mark]:
    """The marks of one table on one page."""
    if table.title_box is not None and page == table.pages[0]:
        yield Mark(table.title_box, GREEN, fill=30)
    for column in table.columns:
        if column.page == page:
            yield from (Mark(box, PURPLE, width=2, fill=30, margin=0) for box in column.boxes)
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            if cell.box is not None and cell.page == page and cell.text:
                fill = 30 if column.role is ColumnRole.VALUE else 0
                yield Mark(cell.box, BLUE, width=1, fill=fill, margin=0)


def _figure_boxes(file: Path, page: int) -> Iterator[Box]:
    import pdfplumber

    with pdfplumber.open(file) as pdf:
        if not 1 <= page <= len(pdf.pages):
            raise UnreadableDocument(f"{file.name}: has no page {page}, only {len(pdf.pages)}")
        for word in pdf.pages[page - 1].extract_words(x_tolerance=1.0, y_tolerance=2.0):
            if _FIGURE.match(word["text"]):
                yield Box(word["x0"], word["top"], word["x1"], word["bottom"])


def _held(box: Box, placed: list[Box]) -> bool:
    return any(other.contains(*box.middle, slack=1.0) for other in placed)
