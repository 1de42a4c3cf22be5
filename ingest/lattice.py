"""Ruled tables: from drawn lines to regions, from regions to merged cells.

The algorithm: lines that cross form one region; the region's distinct x and y positions make a lattice; elementary
cells with no wall between them are one merged cell. A side that is not drawn (open left or right borders, a row cut
by the page break) is closed where the crossing lines end, so that its cells are not lost.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.geometry import Box
from ingest.rulings import Rulings, Segment

_TOUCH = 3.5  # points: lines that come this close count as crossing
_CLUSTER = 3.0  # points: positions this close are one lattice line


@dataclass(frozen=True, slots=True)
class Span:
    """A merged cell of a lattice: rows [row, row_end), columns [column, column_end)."""

    row: int
    row_end: int
    column: int
    column_end: int


@dataclass(frozen=True, slots=True)
class Lattice:
    """A ruled region: ascending line positions and the merged cells that fill it."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    spans: tuple[Span, ...]
    owner: tuple[tuple[int, ...], ...]  # owner[row][column] is the index of the span that covers it
    claims: tuple[tuple[Box, int], ...] = ()  # boxes of text that belongs to a span though it may stand beyond it

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @property
    def is_frame(self) -> bool:
        """Whether it is one cell only: a frame round a paragraph, or two lines that happen to cross."""
        return len(self.spans) < 2

    def span_at(self, x: float, y: float) -> int | None:
        """The index of the merged cell that a point lies in."""
        for box, span in self.claims:
            if box.contains(x, y):
                return span
        if not self.box.contains(x, y):
            return None
        row = min(bisect_right(self.ys, y) - 1, len(self.ys) - 2)
        column = min(bisect_right(self.xs, x) - 1, len(self.xs) - 2)
        return self.owner[max(row, 0)][max(column, 0)]

    def span_box(self, span: Span) -> Box:
        return Box(self.xs[span.column], self.ys[span.row], self.xs[span.column_end], self.ys[span.row_end])


def find_lattices(rulings: Rulings) -> list[Lattice]:
    """Every ruled region of a page, top to bottom; one of a single cell is a frame."""
    regions = _regions(rulings.horizontal, rulings.vertical)
    return sorted((_lattice(h, v) for h, v in regions), key=lambda t: (t.ys[0], t.xs[0]))


def _regions(horizontal: Sequence[Segment], vertical: Sequence[Segment]) -> list[tuple[list[Segment], list[Segment]]]:
    """Connected components of lines that cross or touch; those without lines of both directions are left out."""
    parent = list(range(len(horizontal) + len(vertical)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, h in enumerate(horizontal):
        for j, v in enumerate(vertical, len(horizontal)):
            if h.start - _TOUCH <= v.at <= h.end + _TOUCH and v.start - _TOUCH <= h.at <= v.end + _TOUCH:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Segment], list[Segment]]] = defaultdict(lambda: ([], []))
    for i, h in enumerate(horizontal):
        groups[root(i)][0].append(h)
    for j, v in enumerate(vertical, len(horizontal)):
        groups[root(j)][1].append(v)
    return [(hs, vs) for hs, vs in groups.values() if len(hs) >= 2 and len(vs) >= 1]


def _lattice(horizontal: list[Segment], vertical: list[Segment]) -> Lattice:
    xs = _positions([v.at for v in vertical], min(h.start for h in horizontal), max(h.end for h in horizontal))
    ys = _positions([h.at for h in horizontal], min(v.start for v in vertical), max(v.end for v in vertical))
    walls_right = [
        [_crossed(vertical, xs[c + 1], (ys[r] + ys[r + 1]) / 2) for c in range(len(xs) - 1)] for r in range(len(ys) - 1)
    ]
    walls_below = [
        [_crossed(horizontal, ys[r + 1], (xs[c] + xs[c + 1]) / 2) for c in range(len(xs) - 1)]
        for r in range(len(ys) - 1)
    ]
    spans, owner = _merge_cells(walls_right, walls_below)
    return Lattice(xs, ys, tuple(spans), owner)


def _positions(at: list[float], low: float, high: float) -> tuple[float, ...]:
    """Cluster line positions, and close the region where the crossing lines reach beyond the outermost one."""
    clusters: list[list[float]] = []
    for value in sorted(at):
        if clusters and value - clusters[-1][0] <= _CLUSTER:
            clusters[-1].append(value)
        else:
            clusters.append([value])
    positions = [sum(c) / len(c) for c in clusters]
    if low < positions[0] - 2 * _CLUSTER:
        positions.insert(0, low)
    if high > positions[-1] + 2 * _CLUSTER:
        positions.append(high)
    return tuple(positions)


def _crossed(segments: list[Segment], at: float, through: float) -> bool:
    return any(abs(s.at - at) <= _CLUSTER and s.start - 1 <= through <= s.end + 1 for s in segments)


def _merge_cells(
    walls_right: list[list[bool]], walls_below: list[list[bool]]
) -> tuple[list[Span], tuple[tuple[int, ...], ...]]:
    """Grow each unowned cell to the right, then down, as long as no wall stands between; always rectangles."""
    rows, columns = len(walls_right), len(walls_right[0]) if walls_right else 0
    owner = [[-1] * columns for _ in range(rows)]
    spans: list[Span] = []
    for r in range(rows):
        for c in range(columns):
            if owner[r][c] >= 0:
                continue
            c_end = c + 1
            while c_end < columns and not walls_right[r][c_end - 1] and owner[r][c_end] < 0:
                c_end += 1
            r_end = r + 1
            while r_end < rows and _open_below(walls_right, walls_below, r_end, c, c_end, owner):
                r_end += 1
            for rr in range(r, r_end):
                owner[rr][c:c_end] = [len(spans)] * (c_end - c)
            spans.append(Span(r, r_end, c, c_end))
    return spans, tuple(tuple(row) for row in owner)


def _open_below(
    walls_right: list[list[bool]], walls_below: list[list[bool]], row: int, c: int, c_end: int, owner: list[list[int]]
) -> bool:
    if any(walls_below[row - 1][k] or owner[row][k] >= 0 for k in range(c, c_end)):
        return False
    return not any(walls_right[row][k] for k in range(c, c_end - 1))
