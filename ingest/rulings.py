"""The ruling lines of a page: what is visibly drawn, as horizontal and vertical segments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

THIN = 3.0  # points: a filled rectangle no thicker than this is a drawn line
_SNAP = 2.0  # points: segments this close lie on one line
_DOTTED = 12.0  # points: a row of specks this long is a dotted rule
_HEADING_REACH = 60.0  # points: further from the ruled part of its table no shaded cell of a heading stands
_JOIN = 3.5  # points: collinear segments with a gap this small are one


_Sides = tuple[float, float, float, float]  # x0, top, x1, bottom


class Segment(NamedTuple):
    """A line at `at` (y of a horizontal, x of a vertical one) from `start` to `end`."""

    at: float
    start: float
    end: float


class Rulings(NamedTuple):
    """All drawn lines of a page."""

    horizontal: list[Segment]
    vertical: list[Segment]


def read_rulings(objects: Mapping[str, Sequence[Mapping[str, Any]]]) -> Rulings:
    """The visible ruling lines among a page's drawn objects (pdfplumber's `page.objects`).

    White fills and rectangles without stroke frame nothing that a reader sees: several publishers' software lays
    an invisible white rectangle behind each table, which line-based finders take for an outer frame.
    """
    horizontal: list[Segment] = []
    vertical: list[Segment] = []
    drawn = [item for kind in ("line", "rect", "curve") for item in objects.get(kind, ()) if _has_ink(item)]
    for item in drawn:
        _add(item, horizontal, vertical)
    specks = [_box(item) for item in drawn if _is_speck(item)]
    horizontal += _rows_of_specks(specks)
    vertical += _rows_of_specks([(y0, x0, y1, x1) for x0, y0, x1, y1 in specks])
    rulings = Rulings(_merge(horizontal), _merge(vertical))
    return _with_shaded_cells(rulings, [_box(i) for i in drawn if i["object_type"] == "rect" and not i.get("stroke")])


def _box(item: Mapping[str, Any]) -> _Sides:
    return item["x0"], item["top"], item["x1"], item["bottom"]


def _has_ink(item: Mapping[str, Any]) -> bool:
    filled = item.get("fill") and not _is_white(item.get("non_stroking_color"))
    return bool(filled or (item.get("stroke") and not _is_white(item.get("stroking_color"))))


def _is_speck(item: Mapping[str, Any]) -> bool:
    x0, top, x1, bottom = _box(item)
    return x1 - x0 <= THIN and bottom - top <= THIN


def _rows_of_specks(specks: Sequence[_Sides]) -> list[Segment]:
    """Dotted rules: specks in a row, each close to the next (with x and y swapped, in a column)."""
    lines: list[list[_Sides]] = []
    for speck in sorted(specks, key=lambda s: (round((s[1] + s[3]) / 2), s[0])):
        near = lines and abs(lines[-1][-1][1] - speck[1]) <= 1 and -THIN <= speck[0] - lines[-1][-1][2] <= _JOIN
        if near:
            lines[-1].append(speck)
        else:
            lines.append([speck])
    rows = [Segment(sum(s[1] + s[3] for s in row) / (2 * len(row)), row[0][0], row[-1][2]) for row in lines]
    return [row for row in rows if row.end - row.start >= _DOTTED]


def _with_shaded_cells(rulings: Rulings, fills: Sequence[_Sides]) -> Rulings:
    """The rulings with the edges of shaded cells that continue the columns of a ruled table (a coloured heading)."""
    horizontal, vertical = list(rulings.horizontal), list(rulings.vertical)
    for x0, top, x1, bottom in fills:
        if min(x1 - x0, bottom - top) > THIN and all(_ends_at(rulings.vertical, x, top, bottom) for x in (x0, x1)):
            horizontal += [Segment(top, x0, x1), Segment(bottom, x0, x1)]
            vertical += [Segment(x0, top, bottom), Segment(x1, top, bottom)]
    if len(vertical) == len(rulings.vertical):
        return rulings
    return Rulings(_merge(horizontal), _merge(vertical))


def _ends_at(vertical: Sequence[Segment], x: float, top: float, bottom: float) -> bool:
    """Whether a vertical line begins or ends near the side of a shaded cell, without running beside it."""
    reach = _HEADING_REACH
    return any(
        abs(s.at - x) <= THIN and (bottom - _JOIN <= s.start <= bottom + reach or top - reach <= s.end <= top + _JOIN)
        for s in vertical
    )


def _add(item: Mapping[str, Any], horizontal: list[Segment], vertical: list[Segment]) -> None:
    x0, top, x1, bottom = _box(item)
    wide, high = x1 - x0, bottom - top
    if wide <= THIN and high <= THIN:
        return
    if high <= THIN:
        horizontal.append(Segment((top + bottom) / 2, x0, x1))
    elif wide <= THIN:
        vertical.append(Segment((x0 + x1) / 2, top, bottom))
    elif item["object_type"] == "rect" and item.get("stroke") and not _is_white(item.get("stroking_color")):
        horizontal += [Segment(top, x0, x1), Segment(bottom, x0, x1)]
        vertical += [Segment(x0, top, bottom), Segment(x1, top, bottom)]


def _is_white(colour: Any) -> bool:
    """Whether a colour (grey, RGB or CMYK components) is white, or near enough not to be seen as a line."""
    if colour is None:
        return False
    parts = list(colour) if isinstance(colour, (tuple, list)) else [colour]
    numbers = [c for c in parts if isinstance(c, (int, float))]
    if not numbers:
        return False
    return all(c < 0.04 for c in numbers) if len(numbers) == 4 else all(c > 0.96 for c in numbers)


def _merge(segments: Iterable[Segment]) -> list[Segment]:
    """Snap segments that lie on one line to it and join those that touch."""
    lines: list[list[Segment]] = []
    for segment in sorted(segments):
        if lines and segment.at - lines[-1][0].at <= _SNAP:
            lines[-1].append(segment)
        else:
            lines.append([segment])
    merged: list[Segment] = []
    for line in lines:
        at = sum(s.at for s in line) / len(line)
        start, end = None, 0.0
        for segment in sorted(line, key=lambda s: s.start):
            if start is not None and segment.start - end <= _JOIN:
                end = max(end, segment.end)
                continue
            if start is not None:
                merged.append(Segment(at, start, end))
            start, end = segment.start, segment.end
        if start is not None:
            merged.append(Segment(at, start, end))
    return merged
