"""Text for a terminal: display width of CJK characters, padding, and nothing that could steer the terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

_ELLIPSIS = "…"
# Control characters, surrogates and the invisible format characters (bidirectional overrides among them).
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs"})


def one_line(text: str) -> str:
    """The text on one line: line breaks and tabs as blanks, control and format characters left out."""
    return printable(" ".join(text.split()))


def printable(text: str) -> str:
    """The text without control, format and surrogate characters, which documents must not send to a terminal."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c for c in text if unicodedata.category(c) not in _UNPRINTABLE)


def display_width(text: str) -> int:
    """How many terminal columns the text takes: two for wide characters, none for combining ones."""
    if text.isascii():
        return len(text)
    return sum(_char_width(c) for c in text)


def _char_width(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def shorten(text: str, width: int) -> str:
    """The text, cut with an ellipsis where it would take more than `width` columns."""
    if display_width(text) <= width:
        return text
    kept, used = [], 1
    for char in text:
        used += _char_width(char)
        if used > width:
            break
        kept.append(char)
    return "".join(kept) + _ELLIPSIS


def pad(text: str, width: int, right: bool = False) -> str:
    """The text with blanks up to `width` columns, on its left where `right` aligns it to the right."""
    blanks = " " * (width - display_width(text))
    return blanks + text if right else text + blanks


def format_grid(rows: Iterable[Sequence[str]], right: Sequence[bool]) -> list[str]:
    """Lines of aligned columns, two blanks apart; `right` says which columns are aligned to the right."""
    grid = [[one_line(cell) for cell in row] for row in rows]
    widths = [max((display_width(row[i]) for row in grid), default=0) for i in range(len(right))]
    return [
        "  ".join(pad(cell, width, to_right) for cell, width, to_right in zip(row, widths, right, strict=True)).rstrip()
        for row in grid
    ]
