"""A cited page as pictures: the whole page with its marks, and a strip of it round the cited cells."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from ingest.geometry import Box, union
from qa.page_image import GREEN, POINTS_PER_INCH, VERMILION, Mark, marked_page

PAGE_DPI = 110
ZOOMED_DPI = 220
STRIP_DPI = 150
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

    def strip(self, file: Path, page: int, marks: Sequence[Mark]) -> bytes | None:
        """The lines of the cited cells as PNG, from names to figures; None where they lie too far apart."""
        cited = union(mark.box for mark in marks if mark.colour == VERMILION)
        if cited is None or cited.height > _TALLEST:
            return None
        names = (m.box for m in marks if m.colour == GREEN and m.box.bottom > cited.top and m.box.top < cited.bottom)
        whole = union([cited, *names]) or cited
        near = Box(whole.x0 - _BESIDE, cited.top - _ABOVE, max(whole.x1, whole.x0 + _NARROWEST) + _BESIDE,
                   cited.bottom + _BELOW)  # fmt: skip
        return crop(self.page(file, page, marks, STRIP_DPI), near, STRIP_DPI)


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
