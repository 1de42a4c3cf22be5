"""Placed characters, and how they are read into lines and cell texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from ingest.geometry import Box

_WIDE_GAP = 1.0  # in font sizes: a gap this wide between two characters is kept as a blank
_WORD_GAP = 0.2  # in font sizes: a gap this wide between Latin letters or digits is a blank
_SAME_LINE = 0.5  # share of the smaller height that two characters of one line overlap by


class Glyph(NamedTuple):
    """One printed character and its box, in points from the page's top left."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool

    @property
    def box(self) -> Box:
        return Box(self.x0, self.top, self.x1, self.bottom)


class TextLine(NamedTuple):
    """Characters of one printed line, left to right, with the text they read as.

    `edges` are len(text) + 1 x positions: the left edge of every character of the text, and the right edge of the last.
    """

    text: str
    glyphs: tuple[Glyph, ...]
    edges: tuple[float, ...] = ()

    @property
    def box(self) -> Box:
        return Box(
            min(g.x0 for g in self.glyphs),
            min(g.top for g in self.glyphs),
            max(g.x1 for g in self.glyphs),
            max(g.bottom for g in self.glyphs),
        )


def glyphs_to_lines(glyphs: Iterable[Glyph]) -> list[TextLine]:
    """Group characters into printed lines, top to bottom; lines of blanks only are left out."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: (g.top + g.bottom) / 2):
        for line in reversed(lines[-4:]):
            if _on_line(glyph, line[0]):
                line.append(glyph)
                break
        else:
            lines.append([glyph])
    read = (_read_line(line) for line in lines)
    return [line for line in read if line is not None]


def _on_line(glyph: Glyph, other: Glyph) -> bool:
    overlap = min(glyph.bottom, other.bottom) - max(glyph.top, other.top)
    return overlap > _SAME_LINE * min(glyph.bottom - glyph.top, other.bottom - other.top)


def _read_line(glyphs: list[Glyph]) -> TextLine | None:
    ordered = _without_overprints(sorted(glyphs, key=lambda g: g.x0))
    text = ""
    edges: list[float] = []
    previous: Glyph | None = None
    for glyph in ordered:
        blank = glyph.text.isspace()
        if text and text[-1] != " " and (blank or (previous is not None and _blank_between(previous, glyph))):
            text += " "
            edges.append(previous.x1 if previous is not None else glyph.x0)
        if not blank:
            text += glyph.text
            edges += [glyph.x0 + i * (glyph.x1 - glyph.x0) / len(glyph.text) for i in range(len(glyph.text))]
            previous = glyph
    text = text.rstrip()
    visible = tuple(g for g in ordered if not g.text.isspace())
    return TextLine(text, visible, (*edges[: len(text)], visible[-1].x1)) if text and visible else None


def _without_overprints(glyphs: list[Glyph]) -> list[Glyph]:
    """Drop characters printed twice a hair apart, which is how some software makes bold."""
    kept: list[Glyph] = []
    for glyph in glyphs:
        width = max(glyph.x1 - glyph.x0, 0.1)
        if any(
            other.text == glyph.text and abs(other.x0 - glyph.x0) < 0.2 * width and abs(other.top - glyph.top) < 1
            for other in kept[-2:]
        ):
            continue
        kept.append(glyph)
    return kept


def _blank_between(left: Glyph, right: Glyph) -> bool:
    gap = right.x0 - left.x1
    size = max(left.size, right.size, 1.0)
    if gap > _WIDE_GAP * size:
        return True
    return gap > _WORD_GAP * size and left.text.isascii() and right.text.isascii()


_HALF_EMPTY = 0.6  # of a cell's width: a line this short was not wrapped for want of room
_IS_FIGURE = re.compile(r"[-+]?\d+(?:,\d+)*(?:\.\d+)?[%％]?")


def join_lines(texts: Sequence[str]) -> str:
    """One text from the lines of a wrapped cell or paragraph: a blank only where two Latin words would run together."""
    joined = ""
    for text in texts:
        if joined and text and joined[-1].isascii() and text[0].isascii() and _needs_blank(joined[-1], text[0]):
            joined += " "
        joined += text
    return joined


def join_in_cell(lines: Sequence[TextLine], width: float) -> str:
    """The text of a cell: a figure below one that left its line half empty is another figure ("10" over "97.54%").

    `width` is that of the cell, in points.
    """
    texts = [line.text for line in lines]
    for i, (above, below) in enumerate(pairwise(lines), 1):
        broken = above.box.x1 - above.box.x0 < width * _HALF_EMPTY
        if broken and _IS_FIGURE.fullmatch(above.text) and _IS_FIGURE.fullmatch(below.text):
            texts[i] = f" {texts[i]}"
    return join_lines(texts)


def _needs_blank(left: str, right: str) -> bool:
    if left.isdigit() and right.isdigit():
        return False
    return (left.isalnum() or left in ",.;:)&") and (right.isalnum() or right in "($&")
