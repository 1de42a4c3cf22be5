"""Pages of kept files as pictures, drawn one at a time."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from ingest.geometry import Box
from qa.page_image import POINTS_PER_INCH, Mark, marked_page, page_offset, page_width

PAGE_DPI = 144
ZOOMED_DPI = 220
WIDEST = 1460  # pixels: a wider picture streamlit would draw again, smaller, at every run of a page


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as PNG that begins at `offset` of the page that boxes are measured on, in points."""

    png: bytes
    offset: tuple[float, float]
    dpi: int

    def place(self, box: Box) -> tuple[float, float]:
        """Where a box begins, from the picture's left and from its top, as shares of its width."""
        from PIL import Image

        with Image.open(io.BytesIO(self.png)) as image:
            scale = self.dpi / POINTS_PER_INCH / image.width
        return (box.x0 - self.offset[0]) * scale, (box.top - self.offset[1]) * scale


@dataclass(frozen=True, slots=True)
class Renderer:
    """Draws pages one at a time: pdfium must not be used by two threads at once."""

    lock: Lock

    def dpi(self, file: Path, page: int, most: int) -> int:
        """The resolution, up to `most`, at which a page's picture is not too wide. Raises `UnreadableDocument`."""
        with self.lock:
            return max(1, min(most, int(WIDEST * POINTS_PER_INCH / page_width(file, page))))

    def page(self, file: Path, page: int, marks: Sequence[Mark], dpi: int = PAGE_DPI) -> bytes:
        """The page as PNG, marks drawn. Raises `UnreadableDocument`."""
        with self.lock:
            return marked_page(file, page, marks, dpi)

    def offset(self, file: Path, page: int) -> tuple[float, float]:
        """Where the page's picture begins on the whole page, in points. Raises `UnreadableDocument`."""
        with self.lock:
            return page_offset(file, page)
