"""The ruling lines of a page: what is visibly drawn, as horizontal and vertical segments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

THIN = 3.0  # points: a filled rectangle no thicker than this is a drawn line
_SNAP = 2.0  # points: segments this close lie on one line
_JOIN = 3.5  # points: collinear segments with a gap this small are one


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
    for kind in ("line", "rect", "curve"):
        for item in objects.get(kind, ()):
            _add(item, horizontal, vertical)
    return Rulings(_merge(horizontal), _merge(vertical))


def _add(item: Mapping[str, Any], horizontal: list[Segment], vertical: list[Segment]) -> None:
    x0, x1, top, bottom = item["x0"], item["x1"], item["top"], item["bottom"]
    wide, high = x1 - x0, bottom - top
    ink = (item.get("fill") and not _is_white(item.get("non_stroking_color"))) or (
        item.get("stroke") and not _is_white(item.get("stroking_color"))
    )
    if not ink or (wide <= THIN and high <= THIN):
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
