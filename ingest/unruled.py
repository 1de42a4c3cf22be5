"""Tables without any rule: runs of lines whose figures stand under one another in columns.

Rows are lines that end in figures set apart from their name; at least three of them, with figures in at least two
columns that end at one place, make a table. Prose has no such gaps, and a list of contents only one column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.borderless import (
    FIGURE,
    YEAR,
    Region,
    TextWord,
    body_rows,
    body_tops,
    column_cuts,
    line_words,
    region_lattice,
)
from ingest.captions import is_caption
from ingest.geometry import Box
from ingest.glyphs import Glyph, TextLine, glyphs_to_lines
from ingest.lattice import Lattice, Span
from ingest.numbers import fold_width

_LEAST_ROWS = 3
_LEAST_DIGITS = 8
_ALIGNED = 3.0  # points: figures of one column end no further apart
_APART = 1.0  # in font sizes: figures stand at least so far behind their name
_PITCH = 3.2  # in heights of a line: rows of one table follow one another at least so closely
_MARGIN = 3.0
_LEADERS = re.compile(r"(?<=[^\s.·…])\s?(?:[.·…]\s?){4,}$")
_IS_CURRENCY = re.compile(r"^(?:[$¥€£]|US\$)$")
_SIGN = re.compile(r"^(?:[$¥€£%]|US\$|[-—–－]+)$")


def without_leaders(text: str) -> str:
    """A name without the dots that lead the eye from it to its figures."""
    return _LEADERS.sub("", text)


def find_unruled(glyphs: Sequence[Glyph], found: Sequence[Lattice]) -> list[Lattice]:
    """The tables among the text that stands in no table found so far, top to bottom."""
    free = [g for g in glyphs if not any(t.box.contains((g.x0 + g.x1) / 2, (g.top + g.bottom) / 2) for t in found)]
    if sum(g.text.isdigit() for g in free) < _LEAST_DIGITS:
        return []
    lines = [line for text in glyphs_to_lines(free) for line in glyphs_to_lines(_without_dots(text.glyphs))]
    tables: list[Lattice] = []
    for first, last in _runs(lines):
        header = _header(lines, first, lines[first:last])
        if header or not _touches(lines[first], lines[last - 1], found):
            table = _table(header, list(lines[first:last]))
            tables += [table] if table is not None else []
    return tables


def _touches(first: TextLine, last: TextLine, found: Sequence[Lattice]) -> bool:
    """Whether rows without a heading stand close under or over a table: they are rows it has lost."""
    reach = 2 * first.box.height
    return any(-reach < first.box.top - t.ys[-1] < reach or -reach < t.ys[0] - last.box.bottom < reach for t in found)


def _without_dots(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs of a line without runs of four or more dots."""
    kept: list[Glyph] = []
    run: list[Glyph] = []
    for glyph in glyphs:
        if glyph.text in ".·…":
            run.append(glyph)
            continue
        kept += [*(run if len(run) < 4 else []), glyph]
        run = []
    return kept + (run if len(run) < 4 else [])


def _runs(lines: Sequence[TextLine]) -> list[tuple[int, int]]:
    """The stretches [first, last) of lines that begin and end with a row and hold nothing but rows and lone names."""
    runs: list[tuple[int, int]] = []
    rows = [_is_row(line) for line in lines]
    index = 0
    while index < len(lines):
        if not rows[index]:
            index += 1
            continue
        end = last = index + 1
        while end < len(lines) and _follows(lines[end - 1], lines[end]) and (rows[end] or _is_name(lines[end])):
            end += 1
            last = end if rows[end - 1] else last
        if sum(rows[index:last]) >= _LEAST_ROWS:
            runs.append((index, last))
        index = end
    return runs


def _follows(above: TextLine, below: TextLine) -> bool:
    return below.box.top - above.box.top < _PITCH * max(above.box.height, below.box.height)


def _is_row(line: TextLine) -> bool:
    """Whether a line is a name or code and, set apart, nothing but figures, one of which is no year."""
    words = line_words(line)
    start = next((i for i in range(1, len(words)) if all(_is_figure(w) for w in words[i:])), None)
    if start is None or all(YEAR.match(w.text) or _SIGN.match(w.text) for w in words[start:]):
        return False
    return words[start].x0 - words[start - 1].x1 > _APART * line.glyphs[0].size


def _is_figure(word: TextWord) -> bool:
    return bool(FIGURE.match(_bare(word)) or _SIGN.match(word.text))


def _bare(word: TextWord) -> str:
    return fold_width(word.text).lstrip("$¥")


def _is_name(line: TextLine) -> bool:
    """Whether a line may head or continue rows: one short piece without a figure, no sentence and no caption."""
    words = line_words(line)
    return len(words) == 1 and len(words[0].text) < 40 and not is_caption(line.text) and line.text[-1] not in "。.；;"


def _table(header: list[TextLine], body: list[TextLine]) -> Lattice | None:
    if not _in_columns(body):
        return None
    every = [*header, *body]
    left, right = min(t.box.x0 for t in every) - _MARGIN, max(t.box.x1 for t in every) + _MARGIN
    region = Region(left, right, body[-1].box.bottom, header, body_rows(body))
    extents = _extents(body)
    heads = [(word, _over(word, extents)) for line in header for word in line_words(line)]
    if any(len(columns) != 1 for _, columns in heads) or any(len(line_words(line)) == 1 for line in header):
        return region_lattice(region, (), None)  # a heading over several columns
    xs = column_cuts(region, extents)
    ys = ((min(t.box.top for t in header) - 1,) if header else ()) + body_tops(region)
    rows, columns = len(ys) - 1, len(extents)
    spans = tuple(Span(r, r + 1, c, c + 1) for r in range(rows) for c in range(columns))
    owner = tuple(tuple(range(r * columns, (r + 1) * columns)) for r in range(rows))
    claims = tuple((Box(w.x0, w.y - w.half, w.x1, w.y + w.half), over[0]) for w, over in heads)
    return Lattice(xs, ys, spans, owner, claims)


def _extents(body: Sequence[TextLine]) -> list[tuple[float, float]]:
    """The columns from left to right: those of codes and names, then those of figures, which end alike."""
    figures: list[tuple[float, float]] = []
    names: list[tuple[float, float]] = []
    for line in body:
        words = line_words(line)
        start = next((i for i in range(1, len(words)) if all(_is_figure(w) for w in words[i:])), len(words))
        names += [(w.x0, w.x1) for w in words[:start]]
        sign: float | None = None
        for word in words[start:]:
            if _IS_CURRENCY.match(word.text):
                sign = word.x0
                continue
            figures.append((word.x0 if sign is None else sign, word.x1))
            sign = None
    columns: list[tuple[float, float]] = []
    for x0, x1 in sorted(figures, key=lambda f: f[1]):
        if columns and (x1 - columns[-1][1] <= _ALIGNED or x0 < columns[-1][1]):
            columns[-1] = (min(x0, columns[-1][0]), max(x1, columns[-1][1]))
        else:
            columns.append((x0, x1))
    labels: list[tuple[float, float]] = []
    for x0, x1 in sorted(names):
        if labels and x0 - labels[-1][1] < 1.0:
            labels[-1] = (labels[-1][0], max(x1, labels[-1][1]))
        else:
            labels.append((x0, x1))
    return [*labels, *columns]


def _over(word: TextWord, extents: Sequence[tuple[float, float]]) -> list[int]:
    """The columns that a heading stands over, else the nearest one."""
    over = [c for c, (x0, x1) in enumerate(extents) if word.x0 < x1 and x0 < word.x1]
    nearest = min(range(len(extents)), key=lambda c: max(extents[c][0] - word.x1, word.x0 - extents[c][1], 0.0))
    return over or [nearest]


def _in_columns(body: Sequence[TextLine]) -> bool:
    """Whether most figures end where figures of other rows end, in two columns or more."""
    ends = sorted(w.x1 for line in body for w in line_words(line)[1:] if FIGURE.match(_bare(w)))
    columns: list[list[float]] = []
    for end in ends:
        if columns and end - columns[-1][-1] <= _ALIGNED:
            columns[-1].append(end)
        else:
            columns.append([end])
    shared = [c for c in columns if len(c) >= _LEAST_ROWS]
    return len(shared) >= 2 and sum(map(len, shared)) * 10 >= len(ends) * 7


def _header(lines: Sequence[TextLine], first: int, body: Sequence[TextLine]) -> list[TextLine]:
    """The lines close above that head columns: several pieces, or one that stands over the figures only."""
    left, right = min(t.box.x0 for t in body), max(t.box.x1 for t in body)
    size = max(g.size for t in body for g in t.glyphs)
    header: list[TextLine] = []
    below = body[0]
    for line in reversed(lines[max(0, first - 5) : first]):
        over_figures = line.box.x0 > left + 0.3 * (right - left) and line.glyphs[0].size <= 1.1 * size
        heads = len(line_words(line)) > 1 or over_figures
        if not heads or is_caption(line.text) or not _follows(line, below) or line.glyphs[0].size > 1.3 * size:
            break
        header.insert(0, line)
        below = line
    return header
