"""A book laid out on pages: cover, contents with page numbers, prose, tables."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from eval.generate.book import Book, Contents, Cover, Heading, Paragraph, Part
from eval.generate.flow import Flow, Furniture
from eval.generate.fonts import Face
from eval.generate.layout import Paper
from eval.generate.placed import Placed, PlacedCell, wrap
from eval.generate.sheet import Sheet
from eval.generate.spec import Language
from eval.generate.table_place import place_sheet
from ingest.units import DOLLAR, MILLION_DOLLARS, THOUSAND_DOLLARS, Unit

_MARGIN = 78.0
_BODY = 11.5
_LEADING = 20.0
_UNIT_WORDS = {DOLLAR: "dollars", THOUSAND_DOLLARS: "dollars in thousands", MILLION_DOLLARS: "dollars in millions"}


@dataclass(slots=True)
class _Log:
    """Where things came to stand: headings and titles for the contents, cells and paragraphs for the gold."""

    entries: dict[int, int] = field(default_factory=dict)
    cells: list[PlacedCell] = field(default_factory=list)
    sheets: list[int] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)


def place_book(book: Book, face: Face) -> Placed:
    """Lay the book out twice: the first time to learn the page numbers that the contents and the footers print."""
    furniture = Furniture(
        book.layout.page_number,
        book.title if book.layout.running_head else None,
        book.mark if book.invented else None,
        book.mark,
    )
    _, known = _lay_out(book, face, furniture, {})
    placed, log = _lay_out(book, face, furniture, known.entries)
    if book.layout.page_number.value == "of":
        pages = placed.number
        placed, log = _lay_out(book, face, replace(furniture, pages=pages), known.entries)
    return Placed(placed.finish(), tuple(log.cells), tuple(log.sheets), tuple(log.paragraphs))


def _lay_out(book: Book, face: Face, furniture: Furniture, known: dict[int, int]) -> tuple[Flow, _Log]:
    flow, log = Flow(face, furniture), _Log()
    for number, part in enumerate(book.parts):
        _place_part(flow, log, book, part, known)
        if isinstance(part, Heading | Sheet):
            log.entries[number] = flow.number if isinstance(part, Heading) else log.sheets[-1]
    return flow, log


def _place_part(flow: Flow, log: _Log, book: Book, part: Part, known: dict[int, int]) -> None:
    if isinstance(part, Sheet):
        cells = place_sheet(flow, part, len(log.sheets), book.layout, unit_words(part.unit, book))
        log.cells.extend(cells)
        log.sheets.append(cells[0].page if cells else flow.number)
        return
    if isinstance(part, Cover):
        _place_cover(flow, part)
    elif isinstance(part, Contents):
        _place_contents(flow, book, part, known)
    elif isinstance(part, Heading):
        _place_heading(flow, part)
    else:
        log.paragraphs.append(_place_paragraph(flow, part, book.language))


def unit_words(unit: Unit | None, book: Book) -> str | None:
    """The unit line of a table in the document's language; None for a table that prints none."""
    if unit is None:
        return None
    if book.language is Language.ENGLISH:
        return f"({_UNIT_WORDS.get(unit, unit.symbol)})"
    return f"单位：{unit.symbol}"


def _place_cover(flow: Flow, cover: Cover) -> None:
    flow.new_page(Paper.A4_PORTRAIT, _MARGIN)
    flow.top = 250
    for words in cover.lines:
        for line in wrap(words, flow.right - flow.left, 24, flow.face):
            flow.centred(flow.top, 24, line)
            flow.top += 44
    flow.top = flow.bottom


def _place_contents(flow: Flow, book: Book, contents: Contents, known: dict[int, int]) -> None:
    flow.new_page(Paper.A4_PORTRAIT, _MARGIN)
    flow.centred(flow.top, 16, contents.title)
    flow.top += 36
    for number, part in enumerate(book.parts):
        if isinstance(part, Heading | Sheet) and not (isinstance(part, Heading) and part.level > 2):
            _place_entry(flow, part, known.get(number, 0))
    flow.top = flow.bottom


def _place_entry(flow: Flow, part: Heading | Sheet, page: int) -> None:
    if flow.room < 18:
        flow.new_page(Paper.A4_PORTRAIT, _MARGIN)
    level = part.level if isinstance(part, Heading) else 2
    x = flow.left + (level - 1) * 20
    text = part.text if isinstance(part, Heading) else " ".join(t for t in (part.number, part.title) if t)
    room = flow.right - x - flow.face.width("000", 11)
    shown = wrap(text, room, 11, flow.face)[0]
    dots = "." * max(3, int((room - flow.face.width(shown, 11)) / flow.face.width(".", 11)) - 1)
    flow.text(x, flow.top, 11, shown + dots)
    flow.flush_right(flow.top, 11, str(page))
    flow.top += 19


def _place_heading(flow: Flow, heading: Heading) -> None:
    size = {1: 16.0, 2: 13.0}.get(heading.level, 11.5)
    if heading.new_page or flow.paper is not Paper.A4_PORTRAIT or flow.left != _MARGIN or flow.room < 3 * _LEADING:
        flow.new_page(Paper.A4_PORTRAIT, _MARGIN)
    flow.top += 6
    if heading.level == 1 and heading.new_page:
        for line in wrap(heading.text, flow.right - flow.left, size, flow.face):
            flow.centred(flow.top, size, line)
            flow.top += size * 1.4
    else:
        for line in wrap(heading.text, flow.right - flow.left, size, flow.face):
            flow.text(flow.left, flow.top, size, line)
            flow.top += size * 1.4
    flow.top += 8


def _place_paragraph(flow: Flow, paragraph: Paragraph, language: Language) -> int:
    """Draw the paragraph, its first line indented in Chinese; returns the page of its first line."""
    first = 2 * _BODY if language is Language.CHINESE else 0.0
    inset = 8.0 if paragraph.framed else 0.0
    width = flow.right - flow.left - 2 * inset
    lines = wrap(paragraph.text, width, _BODY, flow.face, first)
    if paragraph.framed and flow.room < len(lines) * _LEADING + 12:
        flow.new_page(Paper.A4_PORTRAIT, _MARGIN)
    top = flow.top
    flow.top += 6 if paragraph.framed else 0
    start = 0
    for number, line in enumerate(lines):
        if flow.room < _LEADING:
            flow.new_page(Paper.A4_PORTRAIT, _MARGIN)
        start = start or flow.number
        flow.text(flow.left + inset + (first if number == 0 else 0.0), flow.top, _BODY, line)
        flow.top += _LEADING
    if paragraph.framed:
        _frame(flow, top)
    return start


def _frame(flow: Flow, top: float) -> None:
    bottom = flow.top + 2
    for x in (flow.left, flow.right):
        flow.rule(x, top, x, bottom, 0.8)
    for y in (top, bottom):
        flow.rule(flow.left, y, flow.right, y, 0.8)
    flow.top += 12
