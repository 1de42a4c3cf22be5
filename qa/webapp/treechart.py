"""A level of the hierarchy as tiles with their words: what the treemap draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from qa.reading import rounded
from qa.webapp.hierarchy import Node, children
from qa.webapp.treemap import squarify

WIDTH = 1.6  # of the drawing, for a height of 1


@dataclass(frozen=True, slots=True)
class DrawnTile:
    """A tile with its node, its share of what is drawn (in %), and whether anything lies below it."""

    node: Node
    x0: float
    y0: float
    x1: float
    y1: float
    share: Decimal
    opens: bool


def level(tree: Sequence[Node], parent: int | None) -> tuple[DrawnTile, ...]:
    """The parts of one node (or of the whole) as tiles, largest first."""
    parts = children(tree, parent)
    whole = sum((part.value for part in parts), Decimal(0))
    parents = {node.parent for node in tree}
    return tuple(
        DrawnTile(
            parts[t.index], t.x0, t.y0, t.x1, t.y1,
            rounded(parts[t.index].value / whole * 100, 1), parts[t.index].row in parents,
        )
        for t in squarify([part.value for part in parts], WIDTH)
    )  # fmt: skip
