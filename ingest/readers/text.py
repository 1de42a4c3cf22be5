"""Reads text files in which table cells are separated by tabs: one page, without places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ingest.errors import UnreadableDocument
from ingest.numbers import CellState, read_cell
from ingest.pages import Grid, GridCell, Line, Page, PageFailure

_ENCODINGS = ("utf-8-sig", "gb18030")
_NUMBERING = re.compile(r"^(?:\*+|\d{1,2})$")


class TextReader:
    """A `Reader` for plain text: lines with tabs are table rows, a blank line or a line without tabs ends a table."""

    name = "text"

    def accepts(self, path: Path) -> bool:
        return path.suffix.lower() == ".txt"

    def read(self, path: Path) -> Iterator[Page | PageFailure]:
        """Yield the whole file as one page; raises `UnreadableDocument` when it is empty or not text."""
        data = path.read_bytes()
        if b"\0" in data:
            raise UnreadableDocument(f"{path.name}: not a text file (it holds zero bytes)")
        text = _decode(data, path.name)
        if not text.strip():
            raise UnreadableDocument(f"{path.name}: the file is empty")
        yield Page(1, 0.0, 0.0, tuple(_blocks(text.splitlines())))


def _decode(data: bytes, name: str) -> str:
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableDocument(f"{name}: not text in UTF-8 or GB 18030")


def _blocks(lines: list[str]) -> Iterator[Line | Grid]:
    rows: list[list[str]] = []
    for line in [*lines, ""]:
        if "\t" in line:
            rows.append([cell.strip() for cell in line.split("\t")])
            continue
        if rows:
            yield _grid(rows)
            rows = []
        if line.strip():
            yield Line(line.strip(), None)


def _grid(rows: list[list[str]]) -> Grid:
    """Fill the rows up to one width, and let heading cells reach over the blanks they stand for."""
    width = max(len(row) for row in rows)
    padded = [row + [""] * (width - len(row)) for row in rows]
    heading = _heading_rows(padded)
    cells: list[GridCell] = []
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(padded):
        for c, text in enumerate(row):
            if (r, c) in taken:
                continue
            r_end, c_end = _reach(padded, r, c, heading) if r < heading and text else (r + 1, c + 1)
            taken |= {(i, j) for i in range(r, r_end) for j in range(c, c_end)}
            cells.append(GridCell(r, r_end, c, c_end, text))
    return Grid(len(padded), width, tuple(cells))


def _heading_rows(rows: list[list[str]]) -> int:
    """How many rows stand before the numbering row or the first row with a figure."""
    for index, row in enumerate(rows):
        filled = [cell for cell in row if cell]
        if any(read_cell(cell).state is CellState.FIGURE for cell in filled) or all(map(_NUMBERING.match, filled)):
            return index
    return 1


def _reach(rows: list[list[str]], r: int, c: int, heading: int) -> tuple[int, int]:
    """A heading reaches right over blanks that have headings of their own below, else down over blanks."""
    width = len(rows[0])
    c_end = c + 1
    while c_end < width and not rows[r][c_end] and r + 1 < heading and rows[r + 1][c_end]:
        c_end += 1
    r_end = r + 1
    while r_end < heading and not any(rows[r_end][c:c_end]):
        r_end += 1
    return r_end, c_end
