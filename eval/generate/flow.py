"""A cursor that moves down pages and starts new ones, with page furniture."""

from __future__ import annotations

from dataclasses import dataclass, field

from eval.generate.fonts import Face
from eval.generate.layout import PageNumber, Paper
from eval.generate.placed import PlacedPage, PlacedRule, PlacedText

A4 = (595.28, 841.89)
A3 = (841.89, 1190.55)
_SIZES = {
    Paper.A4_PORTRAIT: A4,
    Paper.A4_LANDSCAPE: (A4[1], A4[0]),
    Paper.A3_LANDSCAPE: (A3[1], A3[0]),
    Paper.ROTATED: (A3[1], A3[0]),
}


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands on every page beside its content; `pages` is the number of pages where it is known."""

    page_number: PageNumber
    running_head: str | None
    mark: str | None
    first_mark: str
    pages: int = 0


@dataclass(slots=True)
class _OpenPage:
    paper: Paper
    margin: float
    texts: list[PlacedText] = field(default_factory=list)
    rules: dict[PlacedRule, None] = field(default_factory=dict)


class Flow:
    """Pages under construction. Everything is drawn on the last one, at `top`."""

    def __init__(self, face: Face, furniture: Furniture) -> None:
        self.face = face
        self.furniture = furniture
        self.top = 0.0
        self._pages: list[_OpenPage] = []

    @property
    def number(self) -> int:
        return len(self._pages)

    @property
    def paper(self) -> Paper | None:
        return self._pages[-1].paper if self._pages else None

    @property
    def left(self) -> float:
        return self._pages[-1].margin

    @property
    def right(self) -> float:
        return _SIZES[self._pages[-1].paper][0] - self.left

    @property
    def bottom(self) -> float:
        return _SIZES[self._pages[-1].paper][1] - 52

    @property
    def room(self) -> float:
        return self.bottom - self.top

    def new_page(self, paper: Paper, margin: float) -> None:
        """Start a page; the cursor goes to its top."""
        self._pages.append(_OpenPage(paper, margin))
        self.top = 62.0

    def text(self, x: float, top: float, size: float, text: str, grey: bool = False) -> None:
        """Draw a text with its left edge at `x`; blanks at either end do not show but keep their place."""
        if text.strip():
            self._pages[-1].texts.append(PlacedText(x, top, size, text, grey))

    def centred(self, top: float, size: float, text: str, grey: bool = False) -> None:
        """Draw a text in the middle of the page."""
        middle = (self.left + self.right) / 2
        self.text(middle - self.face.width(text, size) / 2, top, size, text, grey)

    def flush_right(self, top: float, size: float, text: str, grey: bool = False) -> None:
        """Draw a text that ends at the right margin."""
        self.text(self.right - self.face.width(text, size), top, size, text, grey)

    def rule(self, x0: float, top: float, x1: float, bottom: float, thick: float = 0.5) -> None:
        """Draw a straight line, once however often it is asked for (cells share their edges)."""
        self._pages[-1].rules[PlacedRule(x0, top, x1, bottom, thick)] = None

    def finish(self) -> tuple[PlacedPage, ...]:
        """The pages with their furniture."""
        done = []
        for number, page in enumerate(self._pages, 1):
            width, height = _SIZES[page.paper]
            texts = (
                *self._furniture_above(number, page, width),
                *page.texts,
                *self._below(number, page, width, height),
            )
            done.append(PlacedPage(number, width, height, page.paper is Paper.ROTATED, texts, tuple(page.rules)))
        return tuple(done)

    def _furniture_above(self, number: int, page: _OpenPage, width: float) -> list[PlacedText]:
        head = self.furniture.running_head
        if not head or number == 1:
            return []
        return [PlacedText((width - self.face.width(head, 8)) / 2, 30, 8, head, grey=True)]

    def _below(self, number: int, page: _OpenPage, width: float, height: float) -> list[PlacedText]:
        texts = []
        label = self._page_label(number)
        if label:
            texts.append(PlacedText((width - self.face.width(label, 9)) / 2, height - 36, 9, label))
        mark = self.furniture.first_mark if number == 1 else self.furniture.mark
        if mark:
            x = width - page.margin - self.face.width(mark, 6)
            texts.append(PlacedText(max(x, 20), height - 22, 6, mark, grey=True))
        return texts

    def _page_label(self, number: int) -> str:
        style = self.furniture.page_number
        if style is PageNumber.NONE or number == 1:
            return ""
        if style is PageNumber.DASHES:
            return f"- {number} -"
        if style is PageNumber.OF and self.face.name != "Helvetica":
            return f"第 {number} 页 共 {self.furniture.pages} 页"
        return f"Page {number} of {self.furniture.pages}" if style is PageNumber.OF else str(number)
