"""Pages drawn by hand for tests: text and rules at places of the displayed page, and tables in any style of rules."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from eval.generate.fonts import face_for
from eval.generate.spec import Language

A4 = (595.0, 842.0)
WIDE = (842.0, 595.0)
Box = tuple[float, float, float, float]
Rule = Callable[["Pen", Box], None]


class Pen:
    """Draws on the last page of a document; all places are points from the page's top left."""

    def __init__(self, size: tuple[float, float] = A4) -> None:
        self._out = io.BytesIO()
        self.canvas = Canvas(self._out, pagesize=size, invariant=1)
        self.size = size
        self.font = face_for(Language.CHINESE, embed=False).name

    def page(self) -> None:
        """Start another page."""
        self.canvas.showPage()

    def width(self, text: str, size: float = 9, font: str | None = None) -> float:
        """How wide a text is printed."""
        return float(stringWidth(text, font or self.font, size))

    def text(self, x: float, top: float, text: str, size: float = 9, font: str | None = None) -> None:
        """A text whose left edge is at `x`."""
        self.canvas.setFont(font or self.font, size)
        self.canvas.drawString(x, self.size[1] - top - 0.88 * size, text)

    def centred(self, x: float, top: float, text: str, size: float = 9, font: str | None = None) -> None:
        """A text whose middle is at `x`."""
        self.text(x - self.width(text, size, font) / 2, top, text, size, font)

    def right(self, x: float, top: float, text: str, size: float = 9, font: str | None = None) -> None:
        """A text that ends at `x`."""
        self.text(x - self.width(text, size, font), top, text, size, font)

    def line(self, x0: float, top: float, x1: float, bottom: float, thick: float = 0.5) -> None:
        """A straight stroke."""
        self.canvas.setLineWidth(thick)
        self.canvas.line(x0, self.size[1] - top, x1, self.size[1] - bottom)

    def fill(self, box: Box, grey: float = 0.0) -> None:
        """A filled rectangle without a stroke."""
        self.canvas.saveState()
        self.canvas.setFillGray(grey)
        self.canvas.rect(box[0], self.size[1] - box[3], box[2] - box[0], box[3] - box[1], stroke=0, fill=1)
        self.canvas.restoreState()

    def save(self, path: Path) -> Path:
        """Write the document."""
        self.canvas.save()
        path.write_bytes(self._out.getvalue())
        return path


def strokes(pen: Pen, box: Box) -> None:
    """A frame of four strokes."""
    x0, top, x1, bottom = box
    for edge in ((x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)):
        pen.line(*edge)


def bare(pen: Pen, box: Box) -> None:
    """No frame at all."""


def _joined(text: str) -> str:
    words = text.strip().split("\n")
    joined = words[0]
    for word in words[1:]:
        joined += (" " if joined[-1:].isalpha() and joined.isascii() and word[:1].isalnum() else "") + word
    return joined


@dataclass(frozen=True)
class Drawn:
    """A table to draw: column edges, heading and body rows.

    A heading cell is a text with how many columns and rows it spans. A body cell may be `^` (merged with the one
    above) or `<` (merged with the one to the left). A line break in a text begins a printed line.
    """

    xs: Sequence[float]
    head: Sequence[Sequence[tuple[str, int, int]]]
    body: Sequence[Sequence[str]]
    left: frozenset[int] = frozenset((0,))
    height: float = 18.0
    rule: Rule = strokes
    size: float = 9.0
    font: str | None = None
    head_rule: Rule | None = None
    numbering: int = 0  # how many of the last heading rows only number the columns

    def draw(self, pen: Pen, top: float) -> float:
        """Draw it from `top` down; returns where it ends."""
        for box, text, _ in self._head_cells(top):
            (self.head_rule or self.rule)(pen, box)
            self._centre(pen, box, text)
        top += len(self.head) * self.height
        for r, row in enumerate(self.body):
            for c, text in enumerate(row):
                if text not in ("^", "<"):
                    box = self._body_box(r, c, top)
                    self.rule(pen, box)
                    self._body(pen, box, text, c)
        return top + len(self.body) * self.height

    def paths(self) -> list[tuple[str, ...]]:
        """The header path of every column, as it should be read."""
        found: list[list[str]] = [[] for _ in self.xs[1:]]
        for box, text, c in self._head_cells(0.0):
            numbers = box[1] >= (len(self.head) - self.numbering) * self.height and box[3] - box[1] <= self.height
            if text and not numbers:
                for k in range(c, self.xs.index(box[2])):
                    found[k].append(_joined(text))
        return [tuple(path) for path in found]

    def rows(self) -> list[list[str]]:
        """The body's texts, as they should be read: a merged cell's in its first column, in each of its rows."""
        rows: list[list[str]] = []
        for row in self.body:
            above = rows[-1] if rows else []
            rows.append(
                ["" if t == "<" else "".join(above[c : c + 1]) if t == "^" else _joined(t) for c, t in enumerate(row)]
            )
        return rows

    def _head_cells(self, top: float) -> list[tuple[Box, str, int]]:
        taken: set[tuple[int, int]] = set()
        cells: list[tuple[Box, str, int]] = []
        for r, row in enumerate(self.head):
            c = 0
            for text, columns, rows in row:
                while (r, c) in taken:
                    c += 1
                taken |= {(r + i, c + k) for i in range(rows) for k in range(columns)}
                y = top + r * self.height
                cells.append(((self.xs[c], y, self.xs[c + columns], y + rows * self.height), text, c))
        return cells

    def _body_box(self, r: int, c: int, top: float) -> Box:
        c_end, r_end = c + 1, r + 1
        while c_end < len(self.body[r]) and self.body[r][c_end] == "<":
            c_end += 1
        while r_end < len(self.body) and self.body[r_end][c] == "^":
            r_end += 1
        return self.xs[c], top + r * self.height, self.xs[c_end], top + r_end * self.height

    def _lines(self, box: Box, text: str) -> list[tuple[float, str]]:
        lines = text.split("\n")
        first = (box[1] + box[3]) / 2 - len(lines) * self.size * 0.6
        return [(first + i * self.size * 1.2 + 0.1 * self.size, line) for i, line in enumerate(lines)]

    def _centre(self, pen: Pen, box: Box, text: str) -> None:
        for y, line in self._lines(box, text):
            pen.centred((box[0] + box[2]) / 2, y, line, self.size, self.font)

    def _body(self, pen: Pen, box: Box, text: str, column: int) -> None:
        for y, line in self._lines(box, text):
            if column in self.left:
                blanks = len(line) - len(line.lstrip(" "))
                pen.text(box[0] + 3 + blanks * self.size / 2, y, line.lstrip(" "), self.size, self.font)
            else:
                pen.right(box[2] - 3, y, line, self.size, self.font)
