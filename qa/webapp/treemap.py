"""Squarified treemaps (Bruls, Huizing and van Wijk, 2000): rectangles whose areas are parts of a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Tile:
    """A rectangle in the unit square; `index` is the place of its value among those given."""

    index: int
    x0: float
    y0: float
    x1: float
    y1: float


def squarify(values: Sequence[Decimal], width: float = 1.0, height: float = 1.0) -> tuple[Tile, ...]:
    """Tiles for positive values, given largest first, that fill a width × height rectangle."""
    whole = sum(values, Decimal(0))
    if whole <= 0:
        return ()
    areas = [float(value / whole) * width * height for value in values]
    tiles: list[Tile] = []
    x, y, start = 0.0, 0.0, 0
    while start < len(areas):
        side = min(width - x, height - y)
        end = _row_end(areas, start, side)
        thickness = sum(areas[start:end]) / side if side > 0 else 0.0
        upright = width - x >= height - y  # the row stands along the shorter side
        place = y if upright else x
        for index in range(start, end):
            length = areas[index] / thickness if thickness > 0 else 0.0
            if upright:
                tiles.append(Tile(index, x, place, x + thickness, place + length))
            else:
                tiles.append(Tile(index, place, y, place + length, y + thickness))
            place += length
        x, y = (x + thickness, y) if upright else (x, y + thickness)
        start = end
    return tuple(tiles)


def _row_end(areas: Sequence[float], start: int, side: float) -> int:
    """Where the next row ends: it grows as long as its worst proportion gets no worse."""
    end = start + 1
    while end < len(areas) and _worst(areas[start : end + 1], side) <= _worst(areas[start:end], side):
        end += 1
    return end


def _worst(row: Sequence[float], side: float) -> float:
    total = sum(row)
    if total <= 0 or side <= 0 or min(row) <= 0:
        return 1e9
    return max(side * side * max(row) / (total * total), total * total / (side * side * min(row)))
