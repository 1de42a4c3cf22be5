"""A page as an image with boxes drawn on it: what a citation looks like."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import UnreadableDocument
from ingest.geometry import Box

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

POINTS_PER_INCH = 72
DEFAULT_DPI = 110
Colour = tuple[int, int, int]
VERMILION: Colour = (213, 94, 0)  # of the Okabe-Ito palette, as the others: told apart by colour-blind people
BLUE: Colour = (0, 114, 178)
GREEN: Colour = (0, 158, 115)
PURPLE: Colour = (204, 121, 167)


@dataclass(frozen=True, slots=True)
class Mark:
    """A box to draw: its colour, line width in pixels, opacity of the fill (0–255), margin in points."""

    box: Box
    colour: Colour = VERMILION
    width: int = 3
    fill: int = 40
    margin: float = 2.0  # left free between the printed text and the line


def page_image(file: Path, page: int, boxes: Sequence[Box] = (), dpi: int = DEFAULT_DPI) -> bytes:
    """The page (numbered from 1) as PNG, each box outlined. Raises `UnreadableDocument` where there is no such page."""
    return marked_page(file, page, [Mark(box) for box in boxes], dpi)


def marked_page(file: Path, page: int, marks: Sequence[Mark], dpi: int = DEFAULT_DPI) -> bytes:
    """Like `page_image`, each mark drawn in its own way."""
    with _opened(file, page) as opened:
        return _draw(opened, marks, dpi)


def page_offset(file: Path, page: int) -> tuple[float, float]:
    """Where a page's image begins, in points from the whole page's top left. Raises `UnreadableDocument`."""
    with _opened(file, page) as opened:
        return crop_offset(opened.get_mediabox(), opened.get_cropbox(), opened.get_rotation())


def page_width(file: Path, page: int) -> float:
    """How wide a page's image is, in points. Raises `UnreadableDocument`."""
    with _opened(file, page) as opened:
        width: float = opened.get_width()
        return width


@contextmanager
def _opened(file: Path, page: int) -> Iterator[PdfPage]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(f"{file.name}: cannot be shown: {error}") from error
    try:
        if not 1 <= page <= len(document):
            raise UnreadableDocument(f"{file.name}: has no page {page}, only {len(document)}")
        yield document[page - 1]
    finally:
        document.close()


def _draw(page: PdfPage, marks: Sequence[Mark], dpi: int) -> bytes:
    from PIL import Image, ImageDraw

    scale = dpi / POINTS_PER_INCH
    image = page.render(scale=scale).to_pil().convert("RGB")
    left, top = crop_offset(page.get_mediabox(), page.get_cropbox(), page.get_rotation())
    shade = Image.new("RGBA", image.size)
    draw = ImageDraw.Draw(shade)
    for mark in marks:
        box, free = mark.box, mark.margin
        edges = (box.x0 - left - free, box.top - top - free, box.x1 - left + free, box.bottom - top + free)
        draw.rectangle(
            [edge * scale for edge in edges], fill=(*mark.colour, mark.fill), outline=mark.colour, width=mark.width
        )
    image.paste(shade, mask=shade)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=2)  # a third larger than the default, in a third of the time
    return buffer.getvalue()


Edges = tuple[float, float, float, float]


def crop_offset(media: Edges, crop: Edges, rotation: int) -> tuple[float, float]:
    """How far, in points, the visible page's top left lies from the whole one's, once turned (PDF boxes: y upwards)."""
    left, bottom = crop[0] - media[0], crop[1] - media[1]
    right, top = media[2] - crop[2], media[3] - crop[3]
    return {0: (left, top), 90: (bottom, left), 180: (right, bottom), 270: (top, right)}[rotation]
