"""Boxes on a page, in PDF points from the page's top left corner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: x grows to the right, top and bottom grow downwards."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    def contains(self, x: float, y: float, slack: float = 0.0) -> bool:
        """Whether a point lies inside, `slack` points outside counting as inside."""
        return self.x0 - slack <= x <= self.x1 + slack and self.top - slack <= y <= self.bottom + slack

    def as_list(self) -> list[float]:
        """[x0, top, x1, bottom], rounded to hundredths of a point, as the JSON form has it."""
        return [round(v, 2) for v in (self.x0, self.top, self.x1, self.bottom)]


def union(boxes: Iterable[Box]) -> Box | None:
    """The smallest box round all of them; None for no boxes."""
    found = list(boxes)
    if not found:
        return None
    return Box(
        min(b.x0 for b in found),
        min(b.top for b in found),
        max(b.x1 for b in found),
        max(b.bottom for b in found),
    )
