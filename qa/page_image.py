"""A page as an image with boxes drawn on it: what a citation looks like."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import UnreadableDocument
from ingest.geometry import Box

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

POINTS_PER_INCH = 72
DEFAULT_DPI = 110
_BOX_COLOUR = (213, 94, 0)  # vermilion: told apart by colour-blind people, and seen on grey
_FILL = (213, 94, 0, 40)
_LINE_WIDTH = 3
_MARGIN = 2.0  # points left free between the printed text and the line


def page_image(file: Path, page: int, boxes: Sequence[Box] = (), dpi: int = DEFAULT_DPI) -> bytes:
    """The page (numbered from 1) as PNG, each box outlined. Raises `UnreadableDocument` where there is no such page."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(f"{file.name}: cannot be shown: {error}") from error
    try:
        if not 1 <= page <= len(document):
            raise UnreadableDocument(f"{file.name}: has no page {page}, only {len(document)}")
        return _draw(document[page - 1], boxes, dpi)
    finally:
        document.close()


def _draw(page: PdfPage, boxes: Sequence[Box], dpi: int) -> bytes:
    from PIL import Image, ImageDraw

    scale = dpi / POINTS_PER_INCH
    image = page.render(scale=scale).to_pil().convert("RGB")
    left, top = crop_offset(page.get_mediabox(), page.get_cropbox(), page.get_rotation())
    shade = Image.new("RGBA", image.size)
    draw = ImageDraw.Draw(shade)
    for box in boxes:
        edges = (box.x0 - left - _MARGIN, box.top - top - _MARGIN, box.x1 - left + _MARGIN, box.bottom - top + _MARGIN)
        draw.rectangle([edge * scale for edge in edges], fill=_FILL, outline=_BOX_COLOUR, width=_LINE_WIDTH)
    image.paste(shade, mask=shade)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


Edges = tuple[float, float, float, float]


def crop_offset(media: Edges, crop: Edges, rotation: int) -> tuple[float, float]:
    """How far, in points, the visible page's top left lies from the whole one's, once turned (PDF boxes: y upwards)."""
    left, bottom = crop[0] - media[0], crop[1] - media[1]
    right, top = media[2] - crop[2], media[3] - crop[3]
    return {0: (left, top), 90: (bottom, left), 180: (right, bottom), 270: (top, right)}[rotation]
