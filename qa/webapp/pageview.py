"""A cited page as pictures: the whole page with its marks, and a strip of it round the cited cells."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from ingest.geometry import Box, union
from qa.page_image import GREEN, POINTS_PER_INCH, VERMILION, Mark, marked_page, page_offset

PAGE_DPI = 144
ZOOMED_DPI = 220
_ABOVE, _BELOW, _BESIDE = 34.0, 26.0, 12.0  # points left round the cited cells in the strip
_NARROWEST = 300.0
_TALLEST = 240.0  # points; cells further apart are looked at on the page itself


@dataclass(frozen=True, slots=True)
class Renderer:
    """Draws pages one at a time: pdfium must not be used by two threads at once."""

    lock: Lock

    def page(self, file: Path, page: int, marks: Sequence[Mark], dpi: int = PAGE_DPI) -> bytes:
        """The page as PNG, marks drawn. Raises `UnreadableDocument`."""
        with self.lock:
            return marked_page(file, page, marks, dpi)

    def offset(self, file: Path, page: int) -> tuple[float, float]:
        """Where the page's picture begins on the whole page, in points. Raises `UnreadableDocument`."""
        with self.lock:
            return page_offset(file, page)


def strip(picture: bytes, marks: Sequence[Mark], offset: tuple[float, float], dpi: int = PAGE_DPI) -> bytes | None:
    """The lines of the cited cells of a page's picture, from names to figures; None where they lie far apart.

    The picture begins at `offset` of the page that the marks' boxes are measured on.
    """
    cited = union(mark.box for mark in marks if mark.colour == VERMILION)
    if cited is None or cited.height > _TALLEST:
        return None
    names = (m.box for m in marks if m.colour == GREEN and m.box.bottom > cited.top and m.box.top < cited.bottom)
    whole = union([cited, *names]) or cited
    left, top = offset
    right = max(whole.x1, whole.x0 + _NARROWEST) + _BESIDE
    near = Box(whole.x0 - _BESIDE - left, cited.top - _ABOVE - top, right - left, cited.bottom + _BELOW - top)
    return crop(picture, near, dpi)


def crop(image: bytes, part: Box, dpi: int) -> bytes:
    """The part of a page image that lies in a box."""
    from PIL import Image

    scale = dpi / POINTS_PER_INCH
    with Image.open(io.BytesIO(image)) as page:
        left, top = max(0, round(part.x0 * scale)), max(0, round(part.top * scale))
        right, bottom = min(page.width, round(part.x1 * scale)), min(page.height, round(part.bottom * scale))
        if bottom <= top or right <= left:
            return image
        buffer = io.BytesIO()
        page.crop((left, top, right, bottom)).save(buffer, "PNG")
        return buffer.getvalue()
