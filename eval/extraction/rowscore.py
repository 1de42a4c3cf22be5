"""Precision and recall of table rows and cells, whatever found them.

Only rows that hold a figure count, on either side, so that it does not matter whether a library tells headings from
body rows. A row is right when its texts are gold's, in order, blanks and widths of characters aside.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.generate.gold import Gold
from ingest.numbers import CellState, fold_width, read_cell

_NUMBERING = re.compile(r"^(?:\*+|\d{1,2})$")


@dataclass(frozen=True, slots=True)
class GoldLine:
    """A row of gold; `spare` are cells whose text may also be missing, being printed once for several rows."""

    cells: tuple[str, ...]
    spare: frozenset[int] = frozenset()

    def spellings(self) -> Iterator[str]:
        """The spellings under which the row counts as found."""
        yield row_key(self.cells)
        if self.spare:
            yield row_key([cell for i, cell in enumerate(self.cells) if i not in self.spare])


@dataclass(frozen=True, slots=True)
class RowScore:
    """Counts over one or more documents: rows and cells in gold, found, and in both."""

    gold_rows: int = 0
    found_rows: int = 0
    right_rows: int = 0
    gold_cells: int = 0
    found_cells: int = 0
    right_cells: int = 0

    def __add__(self, other: RowScore) -> RowScore:
        return RowScore(
            self.gold_rows + other.gold_rows, self.found_rows + other.found_rows, self.right_rows + other.right_rows,
            self.gold_cells + other.gold_cells, self.found_cells + other.found_cells,
            self.right_cells + other.right_cells,
        )  # fmt: skip


def plain(text: str) -> str:
    """A text without blanks, full-width characters folded."""
    return re.sub(r"\s+", "", fold_width(text))


def row_key(cells: Iterable[str]) -> str:
    """A row's texts in order, empty cells left out."""
    return "|".join(text for cell in cells if (text := plain(cell)))


def holds_figure(cells: Sequence[str]) -> bool:
    """Whether a row holds a figure and is not the row that numbers the columns."""
    texts = [text for cell in cells if (text := plain(cell))]
    if all(_NUMBERING.match(text) for text in texts):
        return False
    return any(read_cell(text).state is CellState.FIGURE for text in texts)


def score_rows(gold: Sequence[GoldLine], found: Iterable[Sequence[str]]) -> RowScore:
    """Compare the rows that hold figures, each gold row matching at most one found row."""
    lines = [line for line in gold if holds_figure(line.cells)]
    rows = [row for row in found if holds_figure(row)]
    left = Counter(row_key(row) for row in rows)
    right = 0
    for line in lines:
        key = next((k for k in line.spellings() if left[k] > 0), None)
        if key is not None:
            left[key] -= 1
            right += 1
    gold_cells = _cells(line.cells for line in lines)
    spare = _cells([line.cells[i] for i in line.spare] for line in lines)
    found_cells = _cells(rows)
    common = (gold_cells & found_cells).total()
    # What is printed once for several rows may be missing, but not where it is found nowhere.
    excused = (spare & (gold_cells - found_cells)).total()
    return RowScore(len(lines), len(rows), right, gold_cells.total() - excused, found_cells.total(), common)


def _cells(rows: Iterable[Sequence[str]]) -> Counter[str]:
    return Counter(text for row in rows for cell in row if (text := plain(cell)))


def lines_of_text(path: Path) -> list[GoldLine]:
    """The table rows of a text form in which tabs separate cells."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return [GoldLine(tuple(line.split("\t"))) for line in lines if "\t" in line]


def lines_of_gold(gold: Gold) -> list[GoldLine]:
    """The table rows of a generated document; merged cells may be found once or in each column."""
    lines = []
    for table in gold.tables:
        for row in table.rows:
            spare = {c for left, right in row.merged for c in range(left + 1, right)}
            spare |= {table.joined} if table.joined is not None else set()
            lines.append(GoldLine(row.cells, frozenset(spare)))
    return lines
