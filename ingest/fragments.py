"""Table fragments: what one page shows of a table, as a matrix of cells with the caption above and notes below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.captions import Caption, is_continuation, is_page_number, is_title, read_caption
from ingest.furniture import is_running
from ingest.geometry import Box
from ingest.pages import Grid, GridCell, Line, Page

_NOTE = re.compile(r"^\s*(?:备?注|说明|附注|Notes?|Source)\s*\d*\s*[：:.．]|无数据|为空|没有.{0,40}(?:安排|支出|收入)")
_MAX_NOTES = 8


@dataclass(frozen=True, slots=True)
class Fragment:
    """One grid of one page. `xs` are its column positions (None without places), `leading` says that only captions,
    headers or page numbers stand above it on its page, `trailing` the same for what stands below.
    """

    page: int
    rows: tuple[tuple[GridCell, ...], ...]  # rows[r][c] is the cell that covers (r, c); a merged cell appears often
    xs: tuple[float, ...] | None
    caption: Caption
    notes: tuple[str, ...] = ()
    used: tuple[Line, ...] = ()
    leading: bool = False
    trailing: bool = False

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0


def read_fragments(page: Page, running: frozenset[str] = frozenset()) -> Iterator[Fragment]:
    """The tables of one page, top to bottom; frames round paragraphs and `running` headers are passed over."""
    blocks = tuple(b for b in page.blocks if not (isinstance(b, Line) and is_running(b, page, running)))
    places = [i for i, block in enumerate(blocks) if isinstance(block, Grid) and is_table(block)]
    for order, place in enumerate(places):
        start = places[order - 1] + 1 if order else 0
        end = places[order + 1] if order + 1 < len(places) else len(blocks)
        above = [b for b in blocks[start:place] if isinstance(b, Line)]
        below = [b for b in blocks[place + 1 : end] if isinstance(b, Line)]
        grid = blocks[place]
        if isinstance(grid, Grid):
            yield _fragment(page, grid, above, below, first=order == 0, last=order == len(places) - 1)


def _fragment(page: Page, grid: Grid, above: list[Line], below: list[Line], first: bool, last: bool) -> Fragment:
    rows, inside = _split_caption_rows(_matrix(grid))
    caption = read_caption([*above, *inside], grid.box)
    note_lines = _notes(below)
    rest_above = [b for b in above if not (b in caption.lines or is_page_number(b) or is_continuation(b))]
    rest_below = [b for b in below if b not in note_lines and not is_page_number(b)]
    return Fragment(
        page.number,
        rows,
        _column_positions(grid),
        caption,
        _joined_notes(note_lines),
        (*caption.lines, *note_lines, *(b for b in above if is_continuation(b))),
        leading=first and all(_in_margin(b.box, page) for b in rest_above),
        trailing=last and all(_in_margin(b.box, page) for b in rest_below),
    )


def is_table(grid: Grid) -> bool:
    """Whether a grid is more than a frame round a paragraph: two columns, and two cells with text in different ones."""
    filled = [c for c in grid.cells if c.text]
    return grid.columns >= 2 and len({c.column for c in filled}) >= 2


def frame_lines(page: Page) -> Iterator[Line]:
    """The texts inside grids that are no tables, as lines of prose."""
    for grid in page.grids:
        if not is_table(grid):
            yield from (Line(c.text, c.text_box) for c in grid.cells if c.text)


def _matrix(grid: Grid) -> tuple[tuple[GridCell, ...], ...]:
    covering: dict[tuple[int, int], GridCell] = {}
    for cell in grid.cells:
        for r in range(cell.row, cell.row_end):
            for c in range(cell.column, cell.column_end):
                covering[r, c] = cell
    return tuple(
        tuple(covering.get((r, c)) or GridCell(r, r + 1, c, c + 1, "") for c in range(grid.columns))
        for r in range(grid.rows)
    )


def _split_caption_rows(
    rows: tuple[tuple[GridCell, ...], ...],
) -> tuple[tuple[tuple[GridCell, ...], ...], list[Line]]:
    """Take title, owner and unit rows that spreadsheet software put inside the grid off its top."""
    captions: list[Line] = []
    for index, row in enumerate(rows[:4]):
        cells = list({id(c): c for c in row if c.text}.values())
        text = " ".join(c.text for c in cells)
        spans_all = len(cells) == 1 and cells[0].column_end - cells[0].column == len(row)
        belongs = bool(cells) and (
            (spans_all and (is_title(text) or read_caption([Line(text, None)]).lines))
            or (bool(captions) and len(cells) <= 2 and bool(read_caption([Line(text, None)]).lines))
        )
        if not belongs:
            return rows[index:], captions
        captions.append(Line(text, cells[0].text_box))
    return rows[len(captions) :], captions


def _column_positions(grid: Grid) -> tuple[float, ...] | None:
    if grid.box is None:
        return None
    xs: dict[int, float] = {}
    for cell in grid.cells:
        if cell.box is not None:
            xs[cell.column] = cell.box.x0
            xs[cell.column_end] = cell.box.x1
    return tuple(xs.get(c, grid.box.x0) for c in range(grid.columns + 1))


def _notes(below: Sequence[Line]) -> list[Line]:
    """The lines directly under a table that explain it, with their continuation lines."""
    notes: list[Line] = []
    for line in below[:_MAX_NOTES]:
        if _NOTE.search(line.text) or (
            notes and not is_title(line.text) and not is_page_number(line) and not _ends(notes[-1].text)
        ):
            notes.append(line)
        else:
            break
    return notes


def _ends(text: str) -> bool:
    return text.rstrip().endswith(("。", ".", "；", "!", "！"))


def _joined_notes(lines: Sequence[Line]) -> tuple[str, ...]:
    notes: list[str] = []
    for line in lines:
        if notes and not _NOTE.search(line.text):
            notes[-1] += line.text
        else:
            notes.append(line.text)
    return tuple(notes)


def _in_margin(box: Box | None, page: Page) -> bool:
    """Whether a line stands where running headers and footers do: the top or bottom twelfth of the page."""
    return box is not None and (box.bottom < page.height / 12 or box.top > page.height * 11 / 12)


def aligned(fragment: Fragment, to: tuple[float, ...] | None, width: int) -> Fragment | None:
    """The fragment with its columns mapped onto those of the table it continues; None when they do not fit.

    A page without the heading may show fewer column lines than the first page did: its cells then span several.
    """
    if to is None or fragment.xs is None:
        return fragment if fragment.width == width else None
    places = [_nearest(to, x) for x in fragment.xs]
    if any(place is None for place in places) or len(set(places)) != len(places):
        return None
    if fragment.width == width:
        return fragment
    starts = [p for p in places if p is not None]
    rows = tuple(_widened(row, starts, width) for row in fragment.rows)
    return replace(fragment, rows=rows, xs=to)


def _nearest(xs: tuple[float, ...], x: float, tolerance: float = 8.0) -> int | None:
    best = min(range(len(xs)), key=lambda i: abs(xs[i] - x))
    return best if abs(xs[best] - x) <= tolerance else None


def _widened(row: tuple[GridCell, ...], starts: list[int], width: int) -> tuple[GridCell, ...]:
    wide: list[GridCell] = []
    for c, cell in enumerate(row):
        stretched = replace(cell, column=starts[cell.column], column_end=starts[cell.column_end])
        wide += [stretched] * (starts[c + 1] - starts[c])
    return tuple((wide + [GridCell(0, 1, i, i + 1, "") for i in range(width)])[:width])
