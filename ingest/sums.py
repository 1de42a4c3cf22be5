"""Nesting a flat list of figures so that parents equal the sum of their children and the top level equals a total."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

Values = tuple[Decimal, ...]
_MAX_ROWS = 120
_MAX_STATES = 20_000


def nest_by_sums(rows: Sequence[Sequence[Decimal | None]], total: Sequence[Decimal | None]) -> dict[int, int]:
    """Parents, by row index, of the nesting in which every parent is exactly the sum of its children.

    Rows are in printed order, a parent before its children. Empty when the rows add up to the total as they are, or
    when no nesting does: then nothing proves one.
    """
    if not rows or len(rows) > _MAX_ROWS or not any(total):
        return {}
    search = _Search([tuple(v or Decimal(0) for v in row) for row in rows])
    target = tuple(v or Decimal(0) for v in total)
    if _sum(search.values) == target:
        return {}
    top = next(search.cover(0, target, to_end=True), None)
    return dict(_parents(top, None)) if top is not None else {}


class _Tree:
    """A row with its children; `end` is the row behind the last of them."""

    def __init__(self, row: int, end: int, children: list[_Tree]) -> None:
        self.row, self.end, self.children = row, end, children


class _Search:
    """Depth-first search with a memory of dead ends; gives up, finding nothing, when it grows too large."""

    def __init__(self, values: list[Values]) -> None:
        self.values = values
        self._dead: set[tuple[int, Values, bool]] = set()
        self._states = 0

    def cover(self, start: int, target: Values, to_end: bool) -> Iterator[list[_Tree]]:
        """Trees from row `start` on whose roots add up to the target; with `to_end`, reaching the last row."""
        if not any(target) and (start == len(self.values) or not to_end):
            yield []
            return
        self._states += 1
        if start >= len(self.values) or (start, target, to_end) in self._dead or self._states > _MAX_STATES:
            return
        remaining = tuple(t - v for t, v in zip(target, self.values[start], strict=True))
        found = False
        if all(r >= 0 for r in remaining):
            for tree in self._trees(start):
                for rest in self.cover(tree.end, remaining, to_end):
                    found = True
                    yield [tree, *rest]
        if not found:
            self._dead.add((start, target, to_end))

    def _trees(self, row: int) -> Iterator[_Tree]:
        if any(self.values[row]):
            for children in self.cover(row + 1, self.values[row], to_end=False):
                yield _Tree(row, children[-1].end, children)
        yield _Tree(row, row + 1, [])


def _sum(values: Sequence[Values]) -> Values:
    return tuple(sum(column, Decimal(0)) for column in zip(*values, strict=True))


def _parents(trees: Sequence[_Tree], parent: int | None) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    for tree in trees:
        if parent is not None:
            pairs.append((tree.row, parent))
        pairs += _parents(tree.children, tree.row)
    return pairs
