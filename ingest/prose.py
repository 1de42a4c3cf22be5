"""Paragraphs: printed lines joined over line and page breaks, with the headings they stand under.

The cues are those of Chinese official documents and English reports alike: numbering, indents, lines that end short of
the right edge, sentence ends, sizes, gaps.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from ingest.furniture import BodyLine, body_lines
from ingest.geometry import Box
from ingest.numbering import PART_RANK, UNNUMBERED_RANK, Numbering, read_numbering, without_numbering
from ingest.pages import Line, Page
from ingest.records import Passage, PassageKind, PassageLine

_TERMINAL = re.compile(r"[。！？；：!?;:][”’」』）)\]]*$|[a-z0-9)%一-鿿]\.[”\"’)]*$")
_INNER = re.compile(r"[，。；！？,;!?]|：.|:\s?\S")
_ITEM_PATH = re.compile(r"[（(]项[)）]")
_CUT_PATH = re.compile(r"[（(](?:类|款)[)）]")
_CHINESE = re.compile(r"[一-鿿]")
_WORD = re.compile(r"[!-~]{1,24}")
_NOTE = re.compile(r"(?:注|备注|说明|附注|note)\s*\d*\s*[：:.]", re.IGNORECASE)
_TERM = re.compile(r"(?!其中|包括)[^，。；：:]{2,80}?[：:]\s*\S")
_GLOSSARY = re.compile(r"名词解释|名词说明|术语|专业名词|glossary|definitions", re.IGNORECASE)
_TOPIC = re.compile(r"(?:情况|说明|职能|职责|概况|构成|设置|结构|规模|表)[）)]?。$")
_LONG_HEADING = 60


@dataclass(slots=True)
class _Block:
    """Lines that were joined into one paragraph, while the document is read."""

    lines: list[BodyLine]
    text: str = ""
    heading: bool = False
    rank: int = UNNUMBERED_RANK

    @property
    def last(self) -> BodyLine:
        return self.lines[-1]


def read_passages(pages: Sequence[Page], skip: Collection[Line] = frozenset()) -> tuple[Passage, ...]:
    """The headings and paragraphs of a document in reading order.

    `skip` holds the lines of those pages that belong to tables (titles, unit lines, notes).
    """
    blocks = _join_lines(body_lines(pages, skip))
    _mark_headings(blocks)
    return _with_sections(blocks)


def passage_boxes(passage: Passage, start: int, end: int) -> tuple[tuple[int, Box], ...]:
    """(page, box) for each printed line that characters [start, end) of the passage stand on.

    Exact where the reader knew the characters' positions, else estimated from their widths; empty without boxes.
    """
    boxes: list[tuple[int, Box]] = []
    for line in passage.lines:
        first, last = max(start, line.start), min(end, line.end)
        if first < last and line.box is not None:
            edges = line.edges or _estimated_edges(passage.text[line.start : line.end], line.box)
            x0, x1 = edges[first - line.start], edges[last - line.start]
            boxes.append((line.page, Box(x0, line.box.top, x1, line.box.bottom)))
    return tuple(boxes)


def _estimated_edges(text: str, box: Box) -> tuple[float, ...]:
    """Where the characters of a line stand if a Latin character is half as wide as a Chinese one."""
    widths = [0.5 if c.isascii() else 1.0 for c in text]
    unit = box.width / (sum(widths) or 1.0)
    edges = [box.x0]
    for width in widths:
        edges.append(edges[-1] + width * unit)
    return tuple(edges)


def _join_lines(lines: Iterable[BodyLine]) -> list[_Block]:
    blocks: list[_Block] = []
    for line in lines:
        if blocks and _continues(blocks[-1], line):
            blocks[-1].lines.append(line)
            blocks[-1].text = _joined(blocks[-1].text, line.text)
        else:
            blocks.append(_Block([line], line.text))
    return blocks


def _joined(text: str, more: str) -> str:
    return text + (" " if _blank_between(text, more) else "") + more


def _blank_between(text: str, more: str) -> bool:
    """A blank where Latin words would run together; none next to a Chinese character, a hyphen or inside a number.

    A Chinese line may break anywhere, inside a number too; a Latin one breaks between words.
    """
    if not text or not more or not (text[-1].isascii() and more[0].isascii()):
        return False
    if _CHINESE.search(text[-40:]) or _CHINESE.search(more):
        return text[-1].isalpha() and more[0].isalpha()
    return text[-1] != "-"


def _continues(block: _Block, line: BodyLine) -> bool:
    """Whether a line goes on with the paragraph before it."""
    last = block.last
    if line.barrier or last.cover != line.cover or _sizes_differ(last, line) or _NOTE.match(line.text):
        return False
    number = read_numbering(line.text)
    ended = _TERMINAL.search(block.text) is not None
    if last.box is None or line.box is None:
        return number is None and not ended and not _looks_like_heading(block.text) and not _NOTE.match(block.text)
    full, indented = _reaches_edge(last, line.text), _is_indented(line)
    if number and (indented or ended or not full or _looks_like_heading(block.text)):
        return False
    if _is_centred(last) and not ended:
        return _is_centred(line) and not number and last.bold == line.bold and last.page == line.page
    if _is_centred(line) and not number and not ended and full:
        return True
    if _gap_is_wide(last, line) and (ended or not full):
        return False
    if ended and block.text.rstrip().endswith(("：", "；", ":", ";")) and line.indents and _is_indented(block.lines[0]):
        return not indented
    if ended:
        indented = indented or _is_indented_from(last, line)
        set_in = line.indents or _is_indented(block.lines[0])
        return full and not indented and (set_in or not _CHINESE.search(line.text))
    if _looks_like_heading(block.text):
        return not indented and (full or (_is_indented(block.lines[0]) and read_numbering(block.text) is None))
    return True


def _sizes_differ(line: BodyLine, other: BodyLine) -> bool:
    small, large = sorted((line.size, other.size))
    return small > 0 and large / small > 1.2


def _reaches_edge(line: BodyLine, following: str) -> bool:
    """Whether a line ends where the next word, which may not be broken, no longer fits."""
    if line.box is None:
        return False
    word = _WORD.match(following)
    room = max(2.2, 0.6 * len(word.group()) + 1.0 if word else 0.0) * line.size
    return line.box.x1 >= line.right - room


def _is_indented(line: BodyLine) -> bool:
    return line.box is not None and line.box.x0 - line.left > 0.9 * line.size


def _is_indented_from(last: BodyLine, line: BodyLine) -> bool:
    """Whether the first line of a page without a margin of its own is set in from that of the page before."""
    if line.box is None or line.page == last.page or line.box.x0 > line.left:
        return False
    return abs(line.box.x0 - last.left - 2 * line.size) < 0.2 * line.size


def _is_centred(line: BodyLine) -> bool:
    """Well inside both edges of the text column and symmetric about the page's or the column's middle."""
    if line.box is None or min(line.box.x0 - line.left, line.right - line.box.x1) < 2.5 * line.size:
        return False
    middle = line.box.middle[0]
    return min(abs(middle - line.width / 2), abs(middle - (line.left + line.right) / 2)) < 1.5 * line.size


def _gap_is_wide(line: BodyLine, other: BodyLine) -> bool:
    if line.box is None or other.box is None or line.page != other.page or not other.pitch:
        return False
    return other.box.top - line.box.top > 1.35 * other.pitch


def _looks_like_heading(text: str) -> bool:
    """Short, without a sentence's punctuation, and no classification path that was cut in two."""
    bare = without_numbering(text).strip()
    if not bare or len(bare) > _LONG_HEADING or _INNER.search(bare.rstrip("。：:")):
        return False
    if text is not bare and re.search(r"\d[\d,.]*\s?(?:万元|亿元|元|%)", bare):
        return False
    path = _CUT_PATH.search(bare)
    if _ITEM_PATH.search(bare) or (path and not bare.endswith((")", "）", "：", ":"))):
        return False
    return not bare.endswith(("，", ",", "、", "的", "和", "与", "及"))


def _mark_headings(blocks: list[_Block]) -> None:
    """Set `heading` and `rank`; items of a list that follow each other with nothing between are no headings."""
    body = _body_size(blocks)
    numbers = [read_numbering(block.text) for block in blocks]
    for block, number in zip(blocks, numbers, strict=True):
        block.rank = number.rank if number else UNNUMBERED_RANK
        block.heading = _is_heading(block, number, body)
    for index, block in enumerate(blocks):
        if block.heading and block.rank not in (PART_RANK, UNNUMBERED_RANK) and _is_list_item(blocks, index):
            block.heading = False


def _body_size(blocks: Sequence[_Block]) -> float:
    """The size most characters of prose have; 0 where sizes are unknown."""
    counts: dict[float, int] = {}
    for block in blocks:
        for line in block.lines:
            counts[round(line.size)] = counts.get(round(line.size), 0) + len(line.text)
    return max(counts, key=lambda size: counts[size], default=0.0)


def _is_heading(block: _Block, number: Numbering | None, body: float) -> bool:
    text = block.text.strip()
    if not _looks_like_heading(text) or _NOTE.match(text):
        return False
    if text.endswith("。") and not _TOPIC.search(text):
        return False
    if number is not None:
        return number.rank == PART_RANK or not text.endswith(("：", ":")) or _GLOSSARY.search(text) is not None
    if text.endswith(("：", ":", "；")):
        return False
    first = block.lines[0]
    if first.box is None:
        return len(text) <= 30
    return first.size > 1.15 * body or (_is_centred(first) and len(text) > 1) or (first.bold and len(text) <= 40)


def _is_list_item(blocks: Sequence[_Block], index: int) -> bool:
    """A numbered line with a sibling directly before or after it."""
    block = blocks[index]
    after = blocks[index + 1] if index + 1 < len(blocks) else None
    before = blocks[index - 1] if index else None
    if after and after.heading and after.rank == block.rank and not after.lines[0].barrier:
        return True
    return bool(
        before and before.rank == block.rank and not block.lines[0].barrier and _looks_like_heading(before.text)
    )


_FIRST = re.compile(r"一\s?[、．.]|（一）|1\s?[．.、]")


def _with_sections(blocks: Sequence[_Block]) -> tuple[Passage, ...]:
    """Number the passages and give each the headings above it."""
    stack: list[tuple[float, str]] = []
    passages: list[Passage] = []
    below: tuple[float, float] | None = None  # a rank that stands below a deeper one here, and how deep
    for index, block in enumerate(blocks):
        cover = block.lines[0].cover
        if block.heading and not cover:
            depth = 0.5 if block.rank == UNNUMBERED_RANK else float(block.rank)
            if _begins_anew(block, blocks[index - 1] if index else None):
                below = depth, blocks[index - 1].rank + 0.25
            elif below is not None and not any(d < below[1] and d > below[0] for d, _ in stack):
                below = None
            depth = below[1] if below is not None and depth == below[0] else depth
            stack = [entry for entry in stack if entry[0] < depth]
        section = tuple(text for _, text in stack)
        kind = PassageKind.HEADING if block.heading or cover else _kind(block.text, section)
        passages.append(_passage(f"P{index + 1}", kind, section, block))
        if block.heading and not cover:
            stack.append((depth, block.text.strip()))
    return tuple(passages)


def _begins_anew(block: _Block, before: _Block | None) -> bool:
    """Whether a first 一、 stands right below a （一）: each project's own chapters under its numbered name."""
    if before is None or not before.heading or before.rank == UNNUMBERED_RANK or before.rank <= block.rank:
        return False
    return _FIRST.match(block.text.strip()) is not None


def _kind(text: str, section: tuple[str, ...]) -> PassageKind:
    if any(_GLOSSARY.search(heading) for heading in section) and _TERM.match(without_numbering(text)):
        return PassageKind.DEFINITION
    return PassageKind.NOTE if _NOTE.match(text) else PassageKind.PARAGRAPH


def _passage(identifier: str, kind: PassageKind, section: tuple[str, ...], block: _Block) -> Passage:
    text = ""
    lines: list[PassageLine] = []
    for line in block.lines:
        text = _joined(text, line.text)
        lines.append(PassageLine(len(text) - len(line.text), len(text), line.page, line.box, line.edges))
    return Passage(identifier, kind, section, text, tuple(lines))
