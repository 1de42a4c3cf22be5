"""Pages of kept files as pictures, drawn one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from qa.page_image import POINTS_PER_INCH, Mark, marked_page, page_offset, page_width

PAGE_DPI = 144
ZOOMED_DPI = 220
WIDEST = 1460  # pixels: a wider picture streamlit would draw again, smaller, at every run of a page


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
