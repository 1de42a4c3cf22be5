"""The close-up of cited cells: their rows with the lines beside them, under their column headings, no line cut."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ingest.geometry import Box, union
from ingest.records import Row
from qa.page_image import GREEN, POINTS_PER_INCH
from qa.webapp.pageview import Picture
from qa.webapp.places import CitedPage, Place, place_marks

# All in points.
_MARGIN = 3.0
_NEAR_BAND, _NEAR_SIDE = 7.0, 75.0  # what lies nearer together is shown with what is between
_TALLEST = 300.0
_NEIGHBOUR = 45.0  # a line beside the cited one is shown up to this height
_TALL_LINE = 150.0  # beyond this a cell is merged over several rows
_WIDEST_HEADING = 320.0  # wider ones would crowd out the figure that they stand above; they are left out whole
_GAP, _GREY = 8, (160, 160, 160)  # pixels between parts that stand apart on the page


@dataclass(frozen=True, slots=True)
class Band:
    """A strip across a page, in points from its top."""

    page: int
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Closeup:
    """Bands one below the other, of each the same `sides`: stretches from left to right in points."""

    bands: tuple[Band, ...]
    sides: tuple[tuple[float, float], ...]


def close_up(page: CitedPage) -> Closeup | None:
    """What to show large of a page's citations; None where there is no box or it would be most of the page."""
    places = sorted((place for place in page.places if place.citation.box is not None), key=_table)
    tables = groupby(places, key=_table)
    bands = [band for _, group in tables for band in merged(b for place in group for b in _bands(place))]
    shown: list[Band] = []
    for band in bands:
        if sum(b.bottom - b.top for b in (*shown, band)) > _TALLEST:
            break
        shown.append(band)
    if not any(_holds(band, place) for band in shown for place in places):
        return None
    return Closeup(tuple(shown), tuple(_joined(side for place in places for side in _sides(place))))


def _table(place: Place) -> str:
    return place.table.id if place.table is not None else ""


def _holds(band: Band, place: Place) -> bool:
    box = place.citation.box
    return box is not None and place.citation.page == band.page and band.top <= box.top and box.bottom <= band.bottom


def _bands(place: Place) -> Iterator[Band]:
    """The headings of a citation's column, and its lines."""
    cited, column, heading = place.citation.box, place.column, union(_headings(place))
    if column is not None and column.page is not None and heading is not None:
        yield Band(column.page, heading.top - _MARGIN, heading.bottom + _MARGIN)
    if cited is not None:
        lines = union([cited, *_lines(place)]) or cited
        yield Band(place.citation.page, lines.top - _MARGIN, lines.bottom + _MARGIN)


def _headings(place: Place) -> list[Box]:
    """The headings of a citation's column that are not over half the table."""
    return [box for box in (place.column.boxes if place.column is not None else ()) if box.width <= _WIDEST_HEADING]


def _lines(place: Place) -> Iterator[Box]:
    """The cited row and those printed right above and below it."""
    table, row = place.table, place.row
    if table is None or row is None:
        yield from place.lines
        return
    own = _line(row, place.citation.page)
    if own is None:
        return
    yield own
    for index in (row.index - 1, row.index + 1):
        beside = _line(table.rows[index], place.citation.page) if 0 <= index < len(table.rows) else None
        if beside is not None and beside.height <= _NEIGHBOUR and _apart(own, beside) <= _NEAR_BAND:
            yield beside


def _line(row: Row, page: int) -> Box | None:
    """Where a row is printed; a cell that runs on beside many rows does not make it as tall as them all."""
    boxes = [cell.box for cell in row.cells if cell.page == page and cell.box is not None and cell.text.strip()]
    least = min((box.height for box in boxes), default=0.0)
    return union(box for box in boxes if box.height <= max(_TALL_LINE, least))


def _apart(one: Box, two: Box) -> float:
    return max(one.top, two.top) - min(one.bottom, two.bottom)


def merged(bands: Iterable[Band]) -> Iterator[Band]:
    """Bands of the same table from the first page down; those that touch or nearly do are one."""
    last: Band | None = None
    for band in sorted(bands, key=lambda b: (b.page, b.top)):
        if last is not None and band.page == last.page and band.top <= last.bottom + _NEAR_BAND:
            last = Band(last.page, last.top, max(last.bottom, band.bottom))
            continue
        if last is not None:
            yield last
        last = band
    if last is not None:
        yield last


def _sides(place: Place) -> Iterator[tuple[float, float]]:
    """From left to right: the row's names, the cited cell and its headings, or the lines of a sentence."""
    cited = place.citation.box
    if cited is None:
        return
    names = (mark.box for _, mark in place_marks(place) if mark.colour == GREEN)
    for box in (*names, cited, *place.lines, *_headings(place)):
        yield box.x0 - _MARGIN, box.x1 + _MARGIN


def _joined(sides: Iterable[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    last: tuple[float, float] | None = None
    for left, right in sorted(sides):
        if last is not None and left <= last[1] + _NEAR_SIDE:
            last = (last[0], max(last[1], right))
            continue
        if last is not None:
            yield last
        last = (left, right)
    if last is not None:
        yield last


def draw(closeup: Closeup, picture: Callable[[int], Picture]) -> bytes:
    """The close-up as PNG; parts that stand apart on the page are set apart. `picture` gives a page's."""
    from PIL import Image

    pictures = {band.page: picture(band.page) for band in closeup.bands}
    pages = {number: Image.open(io.BytesIO(one.png)) for number, one in pictures.items()}
    rows = [
        [
            pages[band.page].crop(_cut(pictures[band.page], pages[band.page].size, band, side)).convert("RGB")
            for side in closeup.sides
        ]
        for band in closeup.bands
    ]
    widths = [max(row[n].width for row in rows) for n in range(len(closeup.sides))]
    heights = [max(part.height for part in row) for row in rows]
    whole = Image.new("RGB", (_length(widths), _length(heights)), _GREY)
    for row, top in zip(rows, _starts(heights), strict=True):
        for part, left in zip(row, _starts(widths), strict=True):
            whole.paste(part, (left, top))
    buffer = io.BytesIO()
    whole.save(buffer, "PNG", compress_level=2)
    return buffer.getvalue()


def _cut(picture: Picture, size: tuple[int, int], band: Band, side: tuple[float, float]) -> tuple[int, int, int, int]:
    """What of a page's picture of that size a band shows on one side, in pixels: left, top, right, bottom."""
    scale = picture.dpi / POINTS_PER_INCH
    left, top = picture.offset
    x0, x1 = (min(max(0, round((x - left) * scale)), size[0]) for x in side)
    y0, y1 = (min(max(0, round((y - top) * scale)), size[1]) for y in (band.top, band.bottom))
    return x0, y0, max(x1, x0 + 1), max(y1, y0 + 1)


def _length(sizes: Sequence[int]) -> int:
    return sum(sizes) + _GAP * (len(sizes) - 1)


def _starts(sizes: Sequence[int]) -> list[int]:
    return [sum(sizes[:n]) + _GAP * n for n in range(len(sizes))]
