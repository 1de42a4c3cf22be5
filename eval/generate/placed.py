"""A document after layout: texts and rules at their places on pages, and where each table cell stands."""

from __future__ import annotations

from dataclasses import dataclass

from eval.generate.fonts import Face
from ingest.geometry import Box


@dataclass(frozen=True, slots=True)
class PlacedText:
    """One run of text; `x` and `top` are points from the displayed page's top left corner."""

    x: float
    top: float
    size: float
    text: str
    grey: bool = False


@dataclass(frozen=True, slots=True)
class PlacedRule:
    """A straight line between two points of the displayed page."""

    x0: float
    top: float
    x1: float
    bottom: float
    thick: float = 0.5


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """A page as displayed: `width` × `height` points; `rotated` pages are stored upright with a /Rotate of 90."""

    number: int
    width: float
    height: float
    rotated: bool
    texts: tuple[PlacedText, ...]
    rules: tuple[PlacedRule, ...]


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """Where a body cell stands: the box of its text, or of the empty cell."""

    sheet: int
    row: int
    column: int
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Placed:
    """The whole document laid out; `paragraphs` are the first pages of the book's paragraphs, in order."""

    pages: tuple[PlacedPage, ...]
    cells: tuple[PlacedCell, ...]
    sheets: tuple[int, ...]
    paragraphs: tuple[int, ...]


_OPENING = "（“‘《(["
_CLOSING = "，。、；：）”’！？)],;:%》"


def wrap(text: str, width: float, size: float, face: Face, first: float = 0.0) -> list[str]:
    """Lines no wider than `width` (the first one `first` points less); words and numbers are kept whole if they fit."""
    if face.width(text, size) <= width - first:
        return [text.rstrip(" ")]
    lines: list[str] = []
    line, taken = "", 0.0
    for token in _tokens(text):
        room = width - (first if not lines else 0.0)
        wide = face.width(token, size)
        if taken + wide <= room or (line and token in _CLOSING):
            line, taken = line + token, taken + wide
        elif wide <= width:
            lines.append(line.rstrip(" "))
            line = token.lstrip(" ")
            taken = face.width(line, size)
        else:
            line = _break_token(line, token, width, size, face, lines)
            taken = face.width(line, size)
    return [kept for kept in (*lines, line.rstrip(" ")) if kept] or [""]


def _break_token(line: str, token: str, width: float, size: float, face: Face, lines: list[str]) -> str:
    for char in token:
        if face.width(line + char, size) > width and line:
            lines.append(line)
            line = ""
        line += char
    return line


def _tokens(text: str) -> list[str]:
    """Runs of Latin letters and digits as one token, opening brackets with what follows, else each character alone."""
    tokens: list[str] = []
    run = ""
    for char in text:
        if (char.isascii() and not char.isspace()) or char in _OPENING:
            run += char
            continue
        if run and run[-1] in _OPENING:
            tokens.append(run + char)
            run = ""
            continue
        if run:
            tokens.append(run)
            run = ""
        tokens.append(char)
    return [*tokens, run] if run else tokens
