"""Pages of placed lines for tests: paragraphs set in a column the way a word processor sets them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from ingest.geometry import Box
from ingest.pages import Line, Page

SIZE = 12.0
LEFT = 80.0
WIDTH, HEIGHT = 595.0, 842.0


def char_width(char: str) -> float:
    """A Latin character is half as wide as a Chinese one."""
    return SIZE * (0.5 if char.isascii() else 1.0)


def placed(text: str, top: float, x0: float = LEFT, size: float = SIZE) -> Line:
    """One line at a place, with the edges of its characters."""
    scale = size / SIZE
    edges = tuple(accumulate((char_width(c) * scale for c in text), initial=x0))
    return Line(text, Box(x0, top, edges[-1], top + size), size, False, edges)


def page_of(number: int, lines: Sequence[Line]) -> Page:
    return Page(number, WIDTH, HEIGHT, tuple(lines))


def set_paragraphs(paragraphs: Sequence[str], columns: int = 36, rows: int = 30, footer: bool = True) -> list[Page]:
    """Paragraphs broken into lines of `columns` Chinese characters, the first indented by two, `rows` lines a page."""
    texts: list[tuple[str, float]] = []
    for paragraph in paragraphs:
        indent = 2 * SIZE
        while paragraph:
            taken = _fitting(paragraph, columns * SIZE - indent)
            texts.append((paragraph[:taken], LEFT + indent))
            paragraph, indent = paragraph[taken:], 0.0
    pages: list[Page] = []
    for start in range(0, len(texts), rows):
        lines = [placed(text, 90 + 20 * i, x0) for i, (text, x0) in enumerate(texts[start : start + rows])]
        number = len(pages) + 1
        pages.append(page_of(number, [*lines, placed(f"— {number} —", 800, 280)] if footer else lines))
    return pages


def _fitting(text: str, width: float) -> int:
    total = 0.0
    for index, char in enumerate(text):
        total += char_width(char)
        if total > width:
            return max(index, 1)
    return len(text)
