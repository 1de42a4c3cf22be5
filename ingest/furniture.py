"""What is printed on pages but is not prose: running headers and footers, page numbers, the contents list.

`body_lines` hands on everything else, in reading order, with the text column each line stands in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from ingest.geometry import Box
from ingest.numbering import read_numbering, without_numbering
from ingest.pages import Grid, Line, Page


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A printed line of prose with its page's text column [left, right] and usual line pitch (0 without boxes).

    `indents` says that lines of its page begin at more than one place, so that an indent means something there.
    `barrier` says that a table, or something else that is no prose, stands between it and the line before.
    """

    text: str
    page: int
    box: Box | None
    size: float
    bold: bool
    edges: tuple[float, ...]
    left: float
    right: float
    width: float
    pitch: float
    indents: bool = True
    barrier: bool = False
    cover: bool = False


class _Column(NamedTuple):
    """Where the text of a page stands."""

    left: float
    right: float
    pitch: float
    indents: bool


_PAGE_NUMBER = re.compile(
    r"[-—–－―·\s]*\d{1,4}[-—–－―·\s]*|第\s*\d+\s*页(?:[，,/\s]*共\s*\d+\s*页)?|page\s+\d+(?:\s+of\s+\d+)?|\d+\s*/\s*\d+"
    r"|[ivxlc]{1,6}",
    re.IGNORECASE,
)
_MARGIN = 0.1  # share of the page height at top and bottom where running lines stand
_NARROWEST = 0.6  # of the page width: a text column ends no further left, however short its lines
_CONTENTS = re.compile(r"目\s*录|contents|table\s+of\s+contents", re.IGNORECASE)
_SHORT_LEADER = re.compile(
    r"([.．。…·•\-_])\1{3,}"
)  # a run of leader dots, to be read as one: the next patterns stay linear
_LEADER = re.compile(r"(?:[.…·．。_]\s?){3,}\s*\d*$|(?<=\s)\d{1,3}$")
_SENTENCE_END = ("。", "；", "：", ":", ";", "！", "？")
_CJK = r"[　-〿㐀-鿿＀-￯“”‘’…—]"
_LOOSE_BLANK = re.compile(rf"(?<={_CJK})\s+(?={_CJK})")
_BLANK_AT_MARK = re.compile(r"(?<!\s)\s+(?=[，。；：、！？）”’])|(?<=[（“‘])\s+")
_SPREAD = 3  # so many blanks between Chinese characters make a line a letter-spaced or justified one
_QUOTES = "“”‘’"


def body_lines(pages: Sequence[Page], skip: Collection[Line] = frozenset()) -> tuple[BodyLine, ...]:
    """The lines of prose of a document; `skip` holds lines of the pages that are used elsewhere."""
    skip = frozenset(skip)
    running = running_lines(pages)
    columns = _text_columns(pages, skip, running)
    kept: list[BodyLine] = []
    barrier = False
    for page, column in zip(pages, columns, strict=True):
        page_lines: list[BodyLine] = []
        for block in _in_order(page):
            if isinstance(block, Line) and is_running(block, page, running):
                continue
            if not isinstance(block, Line) or block in skip:
                barrier = True
                continue
            page_lines.append(_placed(block, page, column, barrier))
            barrier = False
        kept += _with_quotes_restored(page_lines)
    return _mark_cover(_without_contents(kept))


def _in_order(page: Page) -> list[Line | Grid]:
    """The page's blocks from top to bottom, whatever order they were put together in."""
    if any(block.box is None for block in page.blocks):
        return list(page.blocks)
    return sorted(page.blocks, key=lambda block: block.box.top if block.box else 0.0)


def tighten(text: str, edges: tuple[float, ...] = ()) -> tuple[str, tuple[float, ...]]:
    """The text without the blanks of letter-spaced or justified lines and those beside punctuation, edges alike."""
    loose = list(_LOOSE_BLANK.finditer(text))
    matches = [*(loose if len(loose) >= _SPREAD else ()), *_BLANK_AT_MARK.finditer(text)]
    drop = {i for match in matches for i in range(*match.span())}
    if not drop:
        return text, edges
    kept = "".join(c for i, c in enumerate(text) if i not in drop)
    return kept, tuple(x for i, x in enumerate(edges) if i not in drop)


def _placed(line: Line, page: Page, column: _Column, barrier: bool) -> BodyLine:
    text, edges = tighten(line.text, line.edges)
    return BodyLine(
        text,
        page.number,
        line.box,
        line.size,
        line.bold,
        edges,
        column.left,
        column.right,
        page.width,
        column.pitch,
        column.indents,
        barrier,
    )


def _text_columns(pages: Sequence[Page], skip: Collection[Line], running: frozenset[str]) -> list[_Column]:
    """Left and right edge of each page's text, and its usual distance from line to line.

    A page with few lines says little about its right edge, which is then that of the other pages of its width.
    """
    boxes = [
        [x.box for x in page.lines if x.box and x not in skip and not is_running(x, page, running)] for page in pages
    ]
    widest: dict[float, float] = {}
    for page, found in zip(pages, boxes, strict=True):
        widest[page.width] = max([widest.get(page.width, 0.0), *(b.x1 for b in found)])
    return [_text_column(found, page.width, widest[page.width]) for page, found in zip(pages, boxes, strict=True)]


def _text_column(boxes: list[Box], width: float, widest: float) -> _Column:
    if not boxes:
        return _Column(0.0, width, 0.0, True)
    tops = sorted({round(box.top, 1) for box in boxes})
    gaps = [b - a for a, b in pairwise(tops) if b - a > 4]
    right = max(b.x1 for b in boxes) if len(boxes) > 3 else widest
    lefts = [b.x0 for b in boxes]
    indents = max(lefts) - min(lefts) > 8
    return _Column(min(lefts), max(right, _NARROWEST * width), median(gaps) if gaps else 0.0, indents)


def _running_key(line: Line) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s+", "", line.text))


def _in_margin(line: Line, page: Page) -> bool:
    if line.box is None or not page.height:
        return False
    return line.box.bottom < _MARGIN * page.height or line.box.top > (1 - _MARGIN) * page.height


def running_lines(pages: Sequence[Page]) -> frozenset[str]:
    """Lines in the margins that come back, page numbers aside, on at least three pages and a third of them."""
    seen = Counter(key for page in pages for key in {_running_key(x) for x in page.lines if _in_margin(x, page)})
    needed = max(3, len(pages) // 3)
    return frozenset(key for key, count in seen.items() if count >= needed and len(key) < 80)


def is_running(line: Line, page: Page, running: frozenset[str]) -> bool:
    text = line.text.strip()
    if not _in_margin(line, page):
        last = bool(page.lines) and line.box is not None and page.lines[-1] is line
        return last and re.fullmatch(r"[-—–\s]*\d{1,4}[-—–\s]*", text) is not None
    return _PAGE_NUMBER.fullmatch(text) is not None or _running_key(line) in running


def _with_quotes_restored(lines: list[BodyLine]) -> list[BodyLine]:
    """Quotation marks of another font, read as a line of their own, put back into the line they belong to."""
    restored: list[BodyLine] = []
    for line in lines:
        marks = line.text.replace(" ", "")
        owner = restored[-1] if restored else None
        if marks and set(marks) <= set(_QUOTES) and owner and _overlaps(owner, line):
            parts = owner.text.split(" ")
            if len(parts) == len(marks) + 1 and not owner.edges:
                text = parts[0] + "".join(mark + part for mark, part in zip(marks, parts[1:], strict=True))
                restored[-1] = replace(owner, text=text)
                continue
            if owner.edges:
                text, edges = _insert_marks(owner, line, marks)
                restored[-1] = replace(owner, text=text, edges=edges)
                continue
        restored.append(line)
    return restored


def _overlaps(line: BodyLine, other: BodyLine) -> bool:
    if line.box is None or other.box is None:
        return False
    x, y = other.box.middle
    return line.box.contains(x, y, slack=other.box.height / 2)


def _insert_marks(owner: BodyLine, line: BodyLine, marks: str) -> tuple[str, tuple[float, ...]]:
    """The marks of `line` inserted into `owner` by their x positions."""
    characters = [(x, c) for x, c in zip(owner.edges, owner.text, strict=False) if c != " "]
    places = [x for x, c in zip(line.edges, line.text, strict=False) if c != " "]
    if len(places) != len(marks) and line.box:
        places = [line.box.x0, line.box.x1][: len(marks)]
    merged = sorted(characters + list(zip(places, marks, strict=False)), key=lambda pair: pair[0])
    return "".join(c for _, c in merged), (*(x for x, _ in merged), owner.edges[-1])


def _without_contents(lines: list[BodyLine]) -> list[BodyLine]:
    """The lines without the contents list: from its heading to where an entry comes back as a heading."""
    begin = next((i for i, x in enumerate(lines) if _CONTENTS.fullmatch(x.text.strip())), None)
    if begin is None:
        return lines
    entries: set[str] = set()
    end = begin + 1
    while end < len(lines) and _is_entry(lines, begin, end, entries):
        entries.add(_entry_key(lines[end].text))
        end += 1
    head = [replace(line, cover=True) for line in lines[:begin]]
    return head + [replace(x, barrier=True) for x in lines[end : end + 1]] + lines[end + 1 :]


def _is_entry(lines: list[BodyLine], begin: int, index: int, entries: set[str]) -> bool:
    line = lines[index]
    text = re.sub(r"^[-•*]\s*", "", line.text.strip())
    if _LEADER.search(text[-120:]):
        return True
    if text.endswith(_SENTENCE_END[:4]) and not _has_number(text):
        return False
    if _entry_key(text) in entries or len(text) > 60:
        return False
    if _has_number(text):
        return line.page - lines[index - 1].page <= 1
    previous = lines[index - 1]
    return line.box is not None and line.page == previous.page and line.size <= 1.05 * max(previous.size, 1.0)


def _has_number(text: str) -> bool:
    return read_numbering(text) is not None


def _entry_key(text: str) -> str:
    bare = _LEADER.sub("", _SHORT_LEADER.sub(r"\1", re.sub(r"^[-•*]\s*", "", text.strip()))[-120:])
    return re.sub(r"[\s（）()、.．。]", "", bare)


def _mark_cover(lines: list[BodyLine]) -> tuple[BodyLine, ...]:
    """Lines of the first page marked as cover when they hold no sentence and the document goes on behind them."""
    first = [line for line in lines if line.page == lines[0].page] if lines else []
    has_sentence = any(re.search("[。，]", x.text) or len(without_numbering(x.text)) > 60 for x in first)
    if has_sentence or len(first) > 8 or len(first) == len(lines):
        return tuple(lines)
    return tuple(replace(x, cover=x.cover or x.page == first[0].page) for x in lines)
