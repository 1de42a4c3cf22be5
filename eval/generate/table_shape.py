"""The measures of a printed table: type size, column edges, heading cells, wrapped lines and row heights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.generate.fonts import Face
from eval.generate.layout import Indent, Layout
from eval.generate.placed import wrap
from eval.generate.sheet import Head, Sheet, SheetRow
from ingest.records import ColumnRole

PAD = 3.0
GAP = 2.2
_SMALLEST = 4.5
_LEADING = 1.2
_WIDE = 12


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A heading that spans levels [top, bottom) and columns [left, right)."""

    text: str
    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class BodyCell:
    """A body cell's lines; it spans columns [left, right) and its text starts `shift` points in."""

    lines: tuple[str, ...]
    left: int
    right: int
    shift: float


@dataclass(frozen=True, slots=True)
class Shape:
    """Everything the drawing needs to know; heights and edges in points."""

    size: float
    edges: tuple[float, ...]
    heads: tuple[HeadCell, ...]
    head_heights: tuple[float, ...]
    number_height: float
    rows: tuple[tuple[BodyCell, ...], ...]
    row_heights: tuple[float, ...]
    roles: tuple[ColumnRole, ...]

    @property
    def header_height(self) -> float:
        return sum(self.head_heights) + self.number_height

    @property
    def leading(self) -> float:
        return self.size * _LEADING


def sheet_shape(sheet: Sheet, layout: Layout, left: float, right: float, face: Face) -> Shape:
    """Measure a sheet for a text column from `left` to `right`."""
    columns = sheet.columns()
    edges = column_edges([head.weight for head, _ in columns], left, right)
    size = _fitting_size(sheet, edges, layout.size if len(columns) < _WIDE else layout.size - 2, face)
    heads = tuple(head_cells(sheet))
    rows = tuple(tuple(_body_cells(sheet, row, edges, size, layout, face)) for row in sheet.rows)
    one_line = size * _LEADING + 2 * GAP
    heights = tuple(max(len(cell.lines) for cell in row) * size * _LEADING + 2 * GAP for row in rows)
    return Shape(
        size,
        edges,
        heads,
        _head_heights(heads, sheet.header_depth, edges, size, face),
        one_line if sheet.number_row() else 0.0,
        rows,
        heights,
        tuple(head.role for head, _ in columns),
    )


def column_edges(weights: Sequence[float], left: float, right: float) -> tuple[float, ...]:
    """The x of every column edge, widths in proportion to the weights."""
    scale = (right - left) / sum(weights)
    edges = [left]
    for weight in weights:
        edges.append(edges[-1] + weight * scale)
    return tuple(edges)


def head_cells(sheet: Sheet) -> list[HeadCell]:
    """The heading cells, a leaf reaching down to the last level."""
    cells: list[HeadCell] = []

    def visit(head: Head, level: int, column: int) -> None:
        bottom = level + 1 if head.children else sheet.header_depth
        cells.append(HeadCell(head.text, level, bottom, column, column + head.width))
        for child in head.children:
            visit(child, level + 1, column)
            column += child.width

    column = 0
    for head in sheet.heads:
        visit(head, 0, column)
        column += head.width
    return cells


def head_lines(cell: HeadCell, edges: Sequence[float], size: float, face: Face) -> list[str]:
    """A heading's text in lines that fit its width."""
    return wrap(cell.text, edges[cell.right] - edges[cell.left] - 2 * PAD, size, face)


def _head_heights(
    heads: Sequence[HeadCell], depth: int, edges: Sequence[float], size: float, face: Face
) -> tuple[float, ...]:
    heights = [size * _LEADING + 2 * GAP] * depth
    for cell in sorted(heads, key=lambda head: head.bottom - head.top):
        needed = len(head_lines(cell, edges, size, face)) * size * _LEADING + 2 * GAP
        missing = needed - sum(heights[cell.top : cell.bottom])
        if missing > 0:
            heights[cell.bottom - 1] += missing
    return tuple(heights)


def _fitting_size(sheet: Sheet, edges: Sequence[float], size: float, face: Face) -> float:
    """The largest size not above `size` at which every figure fits its column on one line."""
    while size > _SMALLEST:
        if all(
            face.width(row.cells[i], size) <= edges[i + 1] - edges[i] - 2 * PAD
            for i, (head, _) in enumerate(sheet.columns())
            if head.role is ColumnRole.VALUE
            for row in sheet.rows
        ):
            return size
        size -= 0.5
    return size


def _body_cells(
    sheet: Sheet, row: SheetRow, edges: Sequence[float], size: float, layout: Layout, face: Face
) -> list[BodyCell]:
    cells = []
    skipped = {c for left, right in row.merged for c in range(left + 1, right)}
    ends = dict(row.merged)
    for column, (head, _) in enumerate(sheet.columns()):
        if column in skipped:
            continue
        right = ends.get(column, column + 1)
        level = row.levels[head.panel] if head.role is ColumnRole.LABEL and head.panel < len(row.levels) else 0
        shift = level * size if layout.indent is Indent.OFFSET else 0.0
        blanks = "  " * level if layout.indent is Indent.BLANKS else ""
        width = edges[right] - edges[column] - 2 * PAD - shift
        lines = wrap(row.cells[column], width, size, face, first=face.width(blanks, size))
        cells.append(BodyCell((blanks + lines[0], *lines[1:]), column, right, shift))
    return cells
