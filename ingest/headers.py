"""Heading rows: where a table's heading ends, and the header path of each column."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.geometry import Box
from ingest.kpiforms import LEVEL_NAME
from ingest.numbers import CellState, fold_width, read_cell
from ingest.pages import GridCell

Matrix = Sequence[Sequence[GridCell]]

_CODE = re.compile(r"^\d{2,7}$")
_STARS = re.compile(r"^\*+$")
_ORDINAL = re.compile(r"^(?:\d{1,2}|[甲乙丙丁]|栏次|行次|[（(]\d{1,2}[）)])(?:\s*=.*)?$")
_BODY_LABEL = re.compile(
    r"^(?:合\s*计|总\s*计|小\s*计|[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十]+[）)]|\d+\s*[、.．]\D)"
)
_HEADING_WORDS = re.compile(
    r"^(?:项\s*目|科目|单位名称|名\s*称|功能|经济|预算数|决算数|金\s*额|收\s*入|支\s*出|合\s*计|小\s*计|类|款|项|备注)"
)
_MAX_HEADING = 6


def heading_length(rows: Matrix) -> int:
    """How many rows at the top are heading (a numbering row included); 0 when the table begins with its body."""
    end = 0
    for index in range(min(_MAX_HEADING, len(rows))):
        if index < end:
            continue  # a merged heading cell reaches into this row
        if is_numbering(rows[index]) or _numbers_beside_merged(rows[index]):
            return index + 1
        if (index > 0 and _is_body(rows[index])) or (index == 0 and _is_plainly_body(rows[index])):
            return index
        end = max([index + 1, *(c.row_end - rows[0][0].row for c in rows[index] if c.text)])
        end = min(end, len(rows))
        if end > index + 1 and _spans_like_body(rows, index, end):
            return index
    return max(1, min(end, len(rows)))


def is_numbering(row: Sequence[GridCell]) -> bool:
    """Whether a row only numbers the columns: ** 1 2 3, 栏次 1 2 3, 甲 乙 1 2."""
    texts = [fold_width(c.text).strip() for c in _distinct(row) if c.text.strip()]
    if len(texts) < 2 and not (texts and _STARS.match(texts[0])):
        return False
    if not all(_STARS.match(t) or _ORDINAL.match(t) for t in texts):
        return False
    numbers = [int(m.group()) for t in texts if (m := re.match(r"\d+", t.strip("（()）")))]
    starred = sum(bool(_STARS.match(t)) for t in texts)
    ascending = all(b == a + 1 for a, b in itertools.pairwise(numbers))
    return ascending and (starred > 0 or (len(numbers) >= 2 and numbers[0] <= 2))


def _numbers_beside_merged(row: Sequence[GridCell]) -> bool:
    """Whether a row numbers its columns (栏次 1 2 3) beside heading cells that reach down into it (类 款 项)."""
    reaching = [c for c in row if c.row_end - c.row > 1]
    own = [c for c in row if c.row_end - c.row == 1]
    named = any(re.sub(r"\s+", "", c.text) in ("栏次", "行次") for c in own)
    return bool(reaching) and named and is_numbering(own)


def without_heading_cells(row: Sequence[GridCell], first: int) -> tuple[GridCell, ...]:
    """A body row without the cells that reach into it from the heading, which ends before grid row `first`."""
    return tuple(replace(c, row=first, text="", text_box=None) if c.row < first else c for c in row)


def _is_body(row: Sequence[GridCell]) -> bool:
    cells = _distinct(row)
    texts = [c.text.strip() for c in cells if c.text.strip()]
    if not texts:
        return True
    if any(LEVEL_NAME.match(t) for t in texts):
        return True
    if any(_CODE.match(fold_width(t)) or read_cell(t).state in (CellState.FIGURE, CellState.NIL) for t in texts):
        return True
    first = texts[0]
    if len(texts) == 1 or all(not c.text.strip() for c in cells[1:]):
        return not _HEADING_WORDS.match(first) or bool(_BODY_LABEL.match(first))
    labels = [t for t in texts if _BODY_LABEL.match(t)]
    heading = [t for t in texts if _HEADING_WORDS.match(t) and t not in labels]
    return len(labels) > 0 and len(heading) == 0 and len(labels) == len(texts)


def _is_plainly_body(row: Sequence[GridCell]) -> bool:
    """For a first row, which is heading unless it holds a figure, a code or an indicator's level (产出指标)."""
    texts = [c.text.strip() for c in _distinct(row) if c.text.strip()]
    if any(LEVEL_NAME.match(t) for t in texts):
        return True
    figures = sum(read_cell(t).state is CellState.FIGURE for t in texts)
    years = sum(bool(re.fullmatch(r"(?:FY)?20\d\d", fold_width(t))) for t in texts)
    return figures > years


def _spans_like_body(rows: Matrix, index: int, end: int) -> bool:
    """Whether the cells merged over rows [index, end) are labels of body rows: figures stand beside them."""
    return index > 0 and any(
        read_cell(c.text).state is CellState.FIGURE for r in range(index, end) for c in rows[r] if c.text
    )


def _distinct(row: Sequence[GridCell]) -> list[GridCell]:
    return list({(c.row, c.column): c for c in row}.values())


def header_paths(rows: Matrix, width: int) -> list[tuple[str, ...]]:
    """The heading texts over each column, outermost first; numbering rows and repeats of a merged cell left out."""
    paths: list[tuple[str, ...]] = []
    for c in range(width):
        seen: list[tuple[int, int]] = []
        path: list[str] = []
        for row in rows:
            cell = row[c]
            if not cell.text.strip() or (cell.row, cell.column) in seen or _only_numbers(cell, row):
                continue
            if path and _is_total_of_names(cell, rows):
                continue
            seen.append((cell.row, cell.column))
            path.append(cell.text.strip())
        paths.append(tuple(path))
    return paths


def _only_numbers(cell: GridCell, row: Sequence[GridCell]) -> bool:
    return is_numbering(row) or (cell.row_end - cell.row == 1 and _numbers_beside_merged(row))


def _is_total_of_names(cell: GridCell, rows: Matrix) -> bool:
    """Whether a 合计 in the heading stands under several headings of its own: it names the total row, not a column."""
    above = {row[c].column for row in rows for c in range(cell.column, cell.column_end) if row[c].row_end == cell.row}
    return cell.column_end - cell.column > 1 and len(above) > 1 and re.sub(r"\s+", "", cell.text) in ("合计", "总计")


def header_boxes(rows: Matrix, column: int) -> tuple[Box, ...]:
    """The boxes of the heading cells over a column, outermost first."""
    boxes: list[Box] = []
    for row in rows:
        cell = row[column]
        if cell.text.strip() and cell.box is not None and cell.box not in boxes and not _only_numbers(cell, row):
            boxes.append(cell.box)
    return tuple(boxes)


def heading_key(rows: Matrix) -> tuple[str, ...]:
    """The heading's texts in order, for recognising a repeated heading."""
    return tuple(re.sub(r"\s+", "", c.text) for row in rows for c in _distinct(row) if c.text.strip())
