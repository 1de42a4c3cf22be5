"""Drawing a table down as many pages as it takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.generate.flow import Flow
from eval.generate.layout import Continuation, Layout, Rules, UnitPlace
from eval.generate.placed import PlacedCell, wrap
from eval.generate.sheet import Sheet
from eval.generate.table_shape import PAD, BodyCell, Shape, head_lines, sheet_shape
from ingest.geometry import Box
from ingest.records import ColumnRole

MARGIN = 46.0
_MANY_ROWS = 12
_TITLE_SIZE = 14.0
_THICK = 0.9


@dataclass(frozen=True, slots=True)
class _Segment:
    """The part of a table on one page: rows [first, last) and the tops of its header and body."""

    top: float
    body: float
    first: int


def place_sheet(flow: Flow, sheet: Sheet, index: int, layout: Layout, unit_text: str | None) -> list[PlacedCell]:
    """Draw the sheet from the cursor on, starting pages as needed; returns where its body cells stand."""
    _start_page(flow, sheet, layout)
    shape = sheet_shape(sheet, layout, flow.left, flow.right, flow.face)
    cells: list[PlacedCell] = []
    segment = _open(flow, sheet, shape, layout, unit_text, 0)
    for row, height in enumerate(shape.row_heights):
        lone = layout.lone_row and row == len(shape.rows) - 1 and len(shape.rows) > _MANY_ROWS
        if flow.room < height or lone:
            cells.extend(_close(flow, sheet, shape, layout, index, segment, row))
            flow.new_page(layout.paper, MARGIN)
            segment = _open(flow, sheet, shape, layout, unit_text, row)
        flow.top += height
    cells.extend(_close(flow, sheet, shape, layout, index, segment, len(shape.rows)))
    _place_notes(flow, sheet, layout)
    return cells


def _start_page(flow: Flow, sheet: Sheet, layout: Layout) -> None:
    if layout.stacked and flow.paper is layout.paper and flow.left == MARGIN:
        flow.top += 24
        shape = sheet_shape(sheet, layout, flow.left, flow.right, flow.face)
        needed = 75 + shape.header_height + sum(shape.row_heights[:4])
        if flow.room >= needed:
            return
    flow.new_page(layout.paper, MARGIN)


def _open(flow: Flow, sheet: Sheet, shape: Shape, layout: Layout, unit_text: str | None, row: int) -> _Segment:
    """Draw title, unit line and heading as the continuation rule says; returns the segment that begins at `row`."""
    if row == 0 or layout.continuation is Continuation.TITLE:
        _place_title(flow, sheet, layout, unit_text)
    top = flow.top
    if row == 0 or layout.continuation is not Continuation.NOTHING:
        _place_header(flow, sheet, shape, layout)
    return _Segment(top, flow.top, row)


def _place_title(flow: Flow, sheet: Sheet, layout: Layout, unit_text: str | None) -> None:
    title = sheet.title
    if sheet.number and sheet.number.startswith("公开"):
        flow.text(flow.left, flow.top, 10, sheet.number)
        flow.top += 16
    elif sheet.number:
        title = f"{sheet.number} {title}"
    if unit_text and layout.unit_place is UnitPlace.TITLE:
        title = f"{title}（{unit_text}）" if not unit_text.startswith("(") else f"{title} {unit_text}"
    for line in wrap(title, flow.right - flow.left, _TITLE_SIZE, flow.face):
        flow.centred(flow.top, _TITLE_SIZE, line)
        flow.top += _TITLE_SIZE * 1.3
    flow.top += 4
    own_line = bool(unit_text) and layout.unit_place is not UnitPlace.TITLE
    if sheet.owner:
        flow.text(flow.left, flow.top, 9, sheet.owner)
    if unit_text and own_line:
        _place_unit(flow, sheet, layout, unit_text)
    flow.top += 15 if own_line or sheet.owner else 0


def _place_unit(flow: Flow, sheet: Sheet, layout: Layout, unit_text: str) -> None:
    if layout.unit_place is UnitPlace.RIGHT:
        flow.flush_right(flow.top, 9, unit_text)
    else:
        if sheet.owner:
            flow.top += 13
        flow.text(flow.left, flow.top, 9, unit_text)


def _place_header(flow: Flow, sheet: Sheet, shape: Shape, layout: Layout) -> None:
    tops = [flow.top]
    for height in shape.head_heights:
        tops.append(tops[-1] + height)
    for cell in shape.heads:
        lines = head_lines(cell, shape.edges, shape.size, flow.face)
        box = Box(shape.edges[cell.left], tops[cell.top], shape.edges[cell.right], tops[cell.bottom])
        _centre_lines(flow, lines, box, shape)
        _draw_edges(flow, box, shape, layout)
        if layout.rules is Rules.PARTIAL and cell.right - cell.left > 1:
            flow.rule(box.x0 + PAD, box.bottom, box.x1 - PAD, box.bottom)
    numbers = sheet.number_row()
    if numbers:
        for column, text in enumerate(numbers):
            box = Box(shape.edges[column], tops[-1], shape.edges[column + 1], tops[-1] + shape.number_height)
            _centre_lines(flow, [text], box, shape)
            _draw_edges(flow, box, shape, layout)
    flow.top += shape.header_height


def _close(
    flow: Flow, sheet: Sheet, shape: Shape, layout: Layout, index: int, segment: _Segment, last: int
) -> list[PlacedCell]:
    """Draw the rows of a segment, now that its end is known, and its rules."""
    cells: list[PlacedCell] = []
    top = segment.body
    runs = _joined_runs(sheet, segment.first, last)
    for row in range(segment.first, last):
        bottom = top + shape.row_heights[row]
        for cell in shape.rows[row]:
            box = Box(shape.edges[cell.left], top, shape.edges[cell.right], bottom)
            if cell.left == sheet.joined and row in runs:
                box = Box(box.x0, top, box.x1, top + sum(shape.row_heights[row : runs[row]]))
            elif cell.left == sheet.joined:
                continue
            placed = _place_cell(flow, shape, cell, box)
            columns = range(cell.left, cell.right)
            cells.extend(PlacedCell(index, row, column, flow.number, placed) for column in columns)
            _draw_edges(flow, box, shape, layout)
        top = bottom
    if layout.rules in (Rules.BORDERLESS, Rules.PARTIAL):
        for y in sorted({segment.top, segment.body, top}):
            flow.rule(shape.edges[0], y, shape.edges[-1], y, _THICK)
    return cells


def _joined_runs(sheet: Sheet, first: int, last: int) -> dict[int, int]:
    """For the joined column, the first row of each run of equal cells and the row after its last one."""
    runs: dict[int, int] = {}
    if sheet.joined is None:
        return runs
    start = first
    for row in range(first, last):
        if sheet.rows[row].cells[sheet.joined] != sheet.rows[start].cells[sheet.joined]:
            start = row
        runs[start] = row + 1
    return runs


def _place_cell(flow: Flow, shape: Shape, cell: BodyCell, box: Box) -> Box:
    """Draw a cell's lines; returns the box of its text, or the cell's box where it is empty."""
    height = len(cell.lines) * shape.leading
    top = (box.top + box.bottom - height) / 2 + (shape.leading - shape.size) / 2
    role = ColumnRole.TEXT if cell.right - cell.left > 1 else shape.roles[cell.left]
    lefts, rights = [], []
    for number, line in enumerate(cell.lines):
        width = flow.face.width(line, shape.size)
        x = _line_x(box, width, role, cell)
        flow.text(x, top + number * shape.leading, shape.size, line)
        lefts.append(x + width - flow.face.width(line.lstrip(" "), shape.size))
        rights.append(x + width)
    if not any(cell.lines):
        return box
    return Box(min(lefts), top, max(rights), top + height - (shape.leading - shape.size))


def _line_x(box: Box, width: float, role: ColumnRole, cell: BodyCell) -> float:
    if cell.right - cell.left > 1:
        return (box.x0 + box.x1 - width) / 2
    if role is ColumnRole.VALUE:
        return box.x1 - PAD - width
    return box.x0 + PAD + cell.shift


def _centre_lines(flow: Flow, lines: Sequence[str], box: Box, shape: Shape) -> None:
    top = (box.top + box.bottom - len(lines) * shape.leading) / 2 + (shape.leading - shape.size) / 2
    for number, line in enumerate(lines):
        x = (box.x0 + box.x1 - flow.face.width(line, shape.size)) / 2
        flow.text(x, top + number * shape.leading, shape.size, line)


def _draw_edges(flow: Flow, box: Box, shape: Shape, layout: Layout) -> None:
    """The rules round one cell that the layout draws."""
    if layout.rules in (Rules.BORDERLESS, Rules.PARTIAL):
        return
    flow.rule(box.x0, box.top, box.x1, box.top)
    flow.rule(box.x0, box.bottom, box.x1, box.bottom)
    for x, outer in ((box.x0, shape.edges[0]), (box.x1, shape.edges[-1])):
        if layout.rules is Rules.GRID or (layout.rules is Rules.OPEN_SIDES and x != outer):
            flow.rule(x, box.top, x, box.bottom)


def _place_notes(flow: Flow, sheet: Sheet, layout: Layout) -> None:
    flow.top += 5
    for note in (*sheet.notes, *((sheet.declared,) if sheet.declared else ())):
        for line in wrap(note, flow.right - flow.left, 9, flow.face):
            if flow.room < 12:
                flow.new_page(layout.paper, MARGIN)
            flow.text(flow.left, flow.top, 9, line)
            flow.top += 13
