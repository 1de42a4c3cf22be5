"""What a reader hands over: pages of placed text lines and grids, before anything is understood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ingest.geometry import Box


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line outside every grid.

    `edges`, where the reader knows them, are len(text) + 1 x positions: the left edge of every character of `text`
    (blanks too) and the right edge of the last; they let a figure inside the line be boxed exactly.
    """

    text: str
    box: Box | None
    size: float = 0.0
    bold: bool = False
    edges: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a raw grid that spans rows [row, row_end) and columns [column, column_end)."""

    row: int
    row_end: int
    column: int
    column_end: int
    text: str
    box: Box | None = None
    text_box: Box | None = None
    indent: float = 0.0


@dataclass(frozen=True, slots=True)
class Grid:
    """A raw table region of one page: `rows` × `columns` with the cells that fill it."""

    rows: int
    columns: int
    cells: tuple[GridCell, ...]
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its lines and grids from top to bottom (`blocks`), size in points."""

    number: int
    width: float
    height: float
    blocks: tuple[Line | Grid, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(b for b in self.blocks if isinstance(b, Line))

    @property
    def grids(self) -> tuple[Grid, ...]:
        return tuple(b for b in self.blocks if isinstance(b, Grid))


class Reader(Protocol):
    """A plug point: turns one kind of file into pages, one after the other (memory stays flat)."""

    name: str

    def accepts(self, path: Path) -> bool:
        """Whether this reader is for the file, judged by its first bytes and its suffix."""
        ...

    def read(self, path: Path) -> Iterator[Page | PageFailure]:
        """Yield the pages in order; a page that fails is yielded as `PageFailure` and the rest go on.

        Raises `ingest.errors.UnreadableDocument` when the file as a whole cannot be read.
        """
        ...


@dataclass(frozen=True, slots=True)
class PageFailure:
    """A page that could not be read, and why."""

    number: int
    message: str
