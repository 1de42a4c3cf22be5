"""Pages of kept files as pictures, drawn one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from qa.page_image import Mark, marked_page, page_offset

PAGE_DPI = 144
ZOOMED_DPI = 220


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
