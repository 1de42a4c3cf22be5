"""A second look where a sum is broken: rows that the table finder left outside are put back from the text layer.

A broken sum is first of all an alarm of the extraction. Lines that stand right above or below a grid and fall into its
columns as a row does become rows of it; the reading with fewer broken sums is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.checks.doubts import Suspect
from ingest.geometry import Box, union
from ingest.numbers import CellState, read_cell
from ingest.pages import Grid, GridCell, Line, Page

_NEAR = 1.8  # in heights of the line: a row left outside stands no further from its grid
_OVERHANG = 6.0  # points that the text of such a row may reach beyond the grid


@dataclass(frozen=True, slots=True)
class Recovered:
    """The pages with the rows put back, and how many there were on each page."""

    pages: list[Page]
    rows: dict[int, int]


def recover_rows(pages: Sequence[Page], suspects: Iterable[Suspect]) -> Recovered:
    """Put rows that stand outside the grids of suspect pages, and of the page behind each, back into them."""
    numbers = {n for suspect in suspects for n in (*suspect.pages, suspect.pages[-1] + 1)}
    again = [_with_rows(page) if page.number in numbers else page for page in pages]
    rows = {new.number: len(old.lines) - len(new.lines) for old, new in zip(pages, again, strict=True)}
    return Recovered(again, {number: count for number, count in rows.items() if count})


def _with_rows(page: Page) -> Page:
    blocks = list(page.blocks)
    for grid in page.grids:
        grown = grid
        while (line := next(_rows_beside(grown, blocks), None)) is not None:
            grown = _with_row(grown, line)
            blocks.remove(line)
        blocks[next(i for i, block in enumerate(blocks) if block is grid)] = grown
    return replace(page, blocks=tuple(blocks))


def _rows_beside(grid: Grid, blocks: Sequence[Line | Grid]) -> Iterator[Line]:
    """The lines that touch a grid from above or below and read as rows of it."""
    if grid.box is None:
        return
    for block in blocks:
        if isinstance(block, Line) and block.box is not None and block.edges:
            gap = max(grid.box.top - block.box.bottom, block.box.top - grid.box.bottom)
            beside = grid.box.x0 - _OVERHANG <= block.box.x0 and block.box.x1 <= grid.box.x1 + _OVERHANG
            if beside and gap < _NEAR * block.box.height and _is_row(grid, _cut(grid, block)):
                yield block


def _is_row(grid: Grid, texts: Sequence[str]) -> bool:
    """Whether texts by column are a row: figures only where the grid has figures, and a name or code before them."""
    figured = {c.column for c in grid.cells if read_cell(c.text).state is CellState.FIGURE}
    states = [read_cell(text).state for text in texts]
    figures = {c for c, state in enumerate(states) if state is CellState.FIGURE}
    named = [c for c, state in enumerate(states) if state is CellState.TEXT]
    return bool(figures) and figures <= figured and bool(named) and min(named) < max(figures)


def _cut(grid: Grid, line: Line) -> list[str]:
    """The line's text cut at the grid's columns, each character where its middle stands."""
    xs = _edges(grid)
    texts = [""] * grid.columns
    for char, left, right in zip(line.text, line.edges, line.edges[1:], strict=False):
        column = sum(x <= (left + right) / 2 for x in xs[1:-1])
        texts[column] += char
    return [text.strip() for text in texts]


def _edges(grid: Grid) -> list[float]:
    box = grid.box or Box(0.0, 0.0, 0.0, 0.0)
    xs = {0: box.x0, grid.columns: box.x1}
    for cell in grid.cells:
        if cell.box is not None:
            xs[cell.column] = cell.box.x0
            xs[cell.column_end] = cell.box.x1
    return [xs.get(c, box.x0) for c in range(grid.columns + 1)]


def _with_row(grid: Grid, line: Line) -> Grid:
    """The grid with a line as its first or last row."""
    if grid.box is None or line.box is None:
        return grid
    first = line.box.top < grid.box.top
    xs, row = _edges(grid), 0 if first else grid.rows
    cells = [
        GridCell(row, row + 1, c, c + 1, text, Box(xs[c], line.box.top, xs[c + 1], line.box.bottom), line.box)
        for c, text in enumerate(_cut(grid, line))
    ]
    kept = [replace(c, row=c.row + 1, row_end=c.row_end + 1) for c in grid.cells] if first else list(grid.cells)
    box = union((grid.box, Box(grid.box.x0, line.box.top, grid.box.x1, line.box.bottom)))
    return Grid(grid.rows + 1, grid.columns, (*cells, *kept) if first else (*kept, *cells), box)
