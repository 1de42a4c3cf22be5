"""Lists printed as stairs: each level of names has a column of its own and a row fills only its own steps.

    goods |            |               |           | 84.00
          | programme A | office devices |           | 30.00
          |             |                | printers  |  3.00

A row's path is then the text last printed in each column up to its own deepest one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.records import Column, ColumnRole

_LEAST_STEPS = 3  # columns that rows begin at, for a list to be stairs
_MOST_FULL = 0.2  # the share of rows that may fill all the steps


@dataclass(frozen=True, slots=True)
class Step:
    """A row of stairs: its path, and the row whose path is the longest proper prefix of it."""

    path: tuple[str, ...]
    parent: int | None


def step_columns(texts: Sequence[Sequence[str]], columns: Sequence[Column]) -> tuple[int, ...]:
    """The columns that are steps of a panel's stairs, from the outermost in; empty where its rows form none.

    Text columns between two name columns count: what stands there is a level of its own.
    """
    names = [c.index for c in columns if c.role is ColumnRole.LABEL]
    plain = not any(c.role in (ColumnRole.CODE, ColumnRole.ORGANISATION) for c in columns)
    if len(names) < 2 or not plain:
        return ()
    between = [c.index for c in columns if c.role is ColumnRole.TEXT and names[0] < c.index < names[-1]]
    steps = tuple(sorted((*names, *between)))
    filled = [[c for c in steps if row[c].strip()] for row in texts]
    begins = {cells[0] for cells in filled if cells}
    full = sum(len(cells) == len(steps) for cells in filled)
    return steps if len(begins) >= _LEAST_STEPS and full <= _MOST_FULL * len(filled) else ()


def read_stairs(texts: Sequence[Sequence[str]], steps: Sequence[int]) -> list[Step | None]:
    """The path and parent of every row; None for a row without a name."""
    current: dict[int, str] = {}
    rows: dict[tuple[str, ...], int] = {}
    found: list[Step | None] = []
    for index, row in enumerate(texts):
        own = [c for c in steps if row[c].strip()]
        if not own:
            found.append(None)
            continue
        current = {c: t for c, t in current.items() if c < own[0]} | {c: row[c].strip() for c in own}
        path = tuple(current[c] for c in steps if c in current)
        parent = next((rows[path[:n]] for n in range(len(path) - 1, 0, -1) if path[:n] in rows), None)
        found.append(Step(path, parent))
        rows[path] = index
    return found
