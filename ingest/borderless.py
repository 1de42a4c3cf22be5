"""Tables with rules only above and below: columns and rows from where the text stands.

Columns are the strips of white that no body text crosses; an empty column is known by its heading. Rows are text
lines that overlap vertically; a heading over several columns spans those it is centred on.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.glyphs import Glyph, TextLine, glyphs_to_lines
from ingest.lattice import Lattice, Span
from ingest.rulings import Rulings, Segment

_ALIGNED = 6.0  # points: rules whose ends differ by no more belong to one table
_MIN_WIDTH = 150.0  # points: shorter rules are underlines
_STRIP = 0.9  # points: a strip of white this wide may separate columns
_MIN_COLUMNAR = 0.6  # share of a region's lines that must fall into columns
_NUMBERING = re.compile(r"^(?:\*+|\d{1,2}|栏次|行次|[甲乙丙丁])$")
_FIGURE = re.compile(r"^[-(（]?[\d,，.]+%?[)）]?$")


@dataclass(frozen=True, slots=True)
class _Word:
    """A run of characters with no wide gap."""

    text: str
    x0: float
    x1: float
    y: float

    @property
    def x(self) -> float:
        return (self.x0 + self.x1) / 2


def find_borderless(rulings: Rulings, glyphs: Sequence[Glyph], ruled: Sequence[Lattice]) -> list[Lattice]:
    """Regions between long horizontal rules of equal extent that hold columns of text, top to bottom."""
    free = [g for g in glyphs if not any(t.box.contains((g.x0 + g.x1) / 2, (g.top + g.bottom) / 2) for t in ruled)]
    found: list[Lattice] = []
    for rules in _rule_groups(rulings.horizontal, ruled):
        inside = [g for g in free if rules[0].start - 3 <= (g.x0 + g.x1) / 2 <= rules[0].end + 3]
        lattice = _region_lattice(rules, glyphs_to_lines(inside))
        if lattice is not None:
            found.append(lattice)
    return found


def _rule_groups(horizontal: Sequence[Segment], ruled: Sequence[Lattice]) -> list[list[Segment]]:
    """Long rules outside ruled tables, those with the same ends together, each group top to bottom."""
    groups: list[list[Segment]] = []
    for rule in sorted(horizontal):
        if rule.end - rule.start < _MIN_WIDTH or any(t.ys[0] - 4 <= rule.at <= t.ys[-1] + 4 for t in ruled):
            continue
        for group in groups:
            if abs(group[0].start - rule.start) <= _ALIGNED and abs(group[0].end - rule.end) <= _ALIGNED:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return groups


def _region_lattice(rules: list[Segment], lines: list[TextLine]) -> Lattice | None:
    header, body = _split_lines(rules, lines)
    rows = _rows(body)
    if not body or not _is_columnar(rows):
        return None
    left, right = rules[0].start, rules[0].end
    words = [w for line in header for w in _words(line)]
    numbering = [w for w in words if _NUMBERING.match(w.text)]
    if len(numbering) < 2 or len({round(w.y) for w in numbering}) > 1:
        numbering = []
    titles = [w for w in words if w not in numbering]
    intervals = _column_intervals(rows, titles, numbering)
    if len(intervals) < 2:
        return None
    cuts = [(a[1] + b[0]) / 2 for a, b in itertools.pairwise(intervals)]
    xs = (left, *cuts, right)
    header_spans, header_ys = _header_spans(titles, numbering, xs)
    body_ys = _body_ys(rows, rules)
    ys = (*header_ys, *body_ys)
    spans = list(header_spans)
    for r in range(len(header_ys), len(ys) - 1):
        spans += [Span(r, r + 1, c, c + 1) for c in range(len(xs) - 1)]
    return _with_owner(xs, ys, spans)


def _split_lines(rules: list[Segment], lines: list[TextLine]) -> tuple[list[TextLine], list[TextLine]]:
    """The heading lines and the body lines of a region; an undrawn top or bottom rule opens it to the page's edge."""
    first, last = rules[0].at, rules[-1].at

    def between(top: float, bottom: float) -> list[TextLine]:
        return [t for t in lines if top - 1 <= (t.box.top + t.box.bottom) / 2 <= bottom + 1]

    if len(rules) >= 3:
        return between(first, rules[1].at), between(rules[1].at, last)
    if len(rules) == 1:
        return [], _columnar_run(list(reversed(between(0.0, first))))[::-1]
    enclosed = between(first, last)
    if any(_FIGURE.match(w.text) and not _NUMBERING.match(w.text) for t in enclosed for w in _words(t)):
        return [], enclosed
    return enclosed, _columnar_run(between(last, float("inf")))


def _columnar_run(lines: list[TextLine]) -> list[TextLine]:
    """The lines from the first on that look like table rows (ended by prose or by a page number)."""
    run: list[TextLine] = []
    for line in lines:
        if len(_words(line)) < 2 and (not run or not _near(run[-1], line)):
            break
        run.append(line)
    return run


def _near(one: TextLine, other: TextLine) -> bool:
    gap = max(one.box.top, other.box.top) - min(one.box.bottom, other.box.bottom)
    return gap < 1.2 * one.box.height


def _words(line: TextLine) -> list[_Word]:
    """Runs of characters, cut at gaps of half a font size and where a figure meets a label without a blank."""
    words: list[list[Glyph]] = []
    for glyph in line.glyphs:
        if words and not _cut_between(words[-1], glyph):
            words[-1].append(glyph)
        else:
            words.append([glyph])
    return [
        _Word(
            "".join(g.text for g in w), w[0].x0, max(g.x1 for g in w), sum((g.top + g.bottom) / 2 for g in w) / len(w)
        )
        for w in words
    ]


def _cut_between(word: list[Glyph], glyph: Glyph) -> bool:
    gap = glyph.x0 - word[-1].x1
    if gap > 0.5 * glyph.size:
        return True
    return gap > _STRIP and bool(_FIGURE.match("".join(g.text for g in word))) and not glyph.text.isascii()


def _rows(lines: list[TextLine]) -> list[list[TextLine]]:
    """Body rows: lines that overlap vertically, and lone continuation lines close under their row."""
    rows: list[list[TextLine]] = []
    bottoms: list[float] = []
    for line in sorted(lines, key=lambda t: t.box.top):
        if rows and line.box.top < bottoms[-1] - 0.5:
            rows[-1].append(line)
            bottoms[-1] = max(bottoms[-1], line.box.bottom)
        else:
            rows.append([line])
            bottoms.append(line.box.bottom)
    return _attach_continuations(rows)


def _attach_continuations(rows: list[list[TextLine]]) -> list[list[TextLine]]:
    """Join a row of one short piece of text to the row it follows much more closely than rows usually do."""
    gaps = sorted(below[0].box.top - max(t.box.bottom for t in above) for above, below in itertools.pairwise(rows))
    if not gaps:
        return rows
    usual = gaps[len(gaps) // 2]
    joined: list[list[TextLine]] = [rows[0]]
    for row in rows[1:]:
        gap = row[0].box.top - max(t.box.bottom for t in joined[-1])
        pieces = [w for t in row for w in _words(t)]
        if gap < 0.5 * usual and len(pieces) == 1 and not _FIGURE.match(pieces[0].text):
            joined[-1].extend(row)
        else:
            joined.append(row)
    return joined


def _is_columnar(rows: list[list[TextLine]]) -> bool:
    """Whether most rows have several pieces and figures are among them: prose between two rules is no table."""
    if not rows:
        return False
    pieces = [[w for t in row for w in _words(t)] for row in rows]
    several = sum(len(p) >= 2 for p in pieces)
    figures = sum(any(_FIGURE.match(w.text) for w in p) for p in pieces)
    return several >= _MIN_COLUMNAR * len(rows) and figures >= 0.3 * len(rows)


def _column_intervals(
    rows: list[list[TextLine]], titles: list[_Word], numbering: list[_Word]
) -> list[tuple[float, float]]:
    """The x-extents of the columns: merged body text, then headings that stand over no body text."""
    extents = sorted((g.x0, g.x1) for row in rows for line in row for g in line.glyphs)
    intervals: list[list[float]] = []
    for x0, x1 in extents:
        if intervals and x0 - intervals[-1][1] < _STRIP:
            intervals[-1][1] = max(intervals[-1][1], x1)
        else:
            intervals.append([x0, x1])
    lowest = numbering or titles
    for word in sorted(lowest, key=lambda w: -w.y):
        if not any(word.x0 < hi + _STRIP and word.x1 > lo - _STRIP for lo, hi in intervals):
            intervals.append([word.x0, word.x1])
            intervals.sort()
    if numbering:
        intervals = _merge_unnumbered(intervals, numbering)
    return [(lo, hi) for lo, hi in intervals]


def _merge_unnumbered(intervals: list[list[float]], numbering: list[_Word]) -> list[list[float]]:
    """Where the columns are numbered, a strip of white inside one numbered column separates nothing."""
    if len(intervals) <= len(numbering):
        return intervals
    centres = sorted(w.x for w in numbering)
    merged: list[list[float]] = []
    for lo, hi in intervals:
        nearest = min(range(len(centres)), key=lambda i: max(lo - centres[i], centres[i] - hi, 0.0))
        if merged and merged[-1][2] == nearest:
            merged[-1][1] = hi
        else:
            merged.append([lo, hi, nearest])
    return [[lo, hi] for lo, hi, _ in merged]


def _header_spans(
    titles: list[_Word], numbering: list[_Word], xs: tuple[float, ...]
) -> tuple[list[Span], tuple[float, ...]]:
    """Heading cells as spans over the columns `xs`, and the y positions of their rows (without the last)."""
    if not titles and not numbering:
        return [], ()
    levels = _levels(titles)
    depth = len(levels)
    spans: list[Span] = []
    covered: set[tuple[int, int]] = set()
    for level, words in reversed(list(enumerate(levels))):
        for word in words:
            c, c_end = _columns_under(word, xs, {k for (r, k) in covered if r > level})
            spans.append(Span(level, level + 1, c, c_end))
            covered |= {(level, k) for k in range(c, c_end)}
    spans = _stretch(spans, depth, len(xs) - 1)
    ys = [min(w.y for w in words) - 6 for words in levels]
    if numbering:
        spans += [Span(depth, depth + 1, c, c + 1) for c in range(len(xs) - 1)]
        ys.append(numbering[0].y - 6)
    return spans, tuple(ys)


def _levels(titles: list[_Word]) -> list[list[_Word]]:
    """Heading words by line; a heading centred between two lines, as over a merged cell, joins the lower one."""
    lines: list[list[_Word]] = []
    for word in sorted(titles, key=lambda w: w.y):
        if lines and word.y - lines[-1][0].y < 4:
            lines[-1].append(word)
        else:
            lines.append([word])
    if len(lines) == 3:
        between = lines[1]
        others = lines[0] + lines[2]
        if not any(w.x0 < o.x1 and o.x0 < w.x1 for w in between for o in others):
            return [lines[0], sorted(between + lines[2], key=lambda w: w.x)]
    return lines


def _columns_under(word: _Word, xs: tuple[float, ...], below: set[int]) -> tuple[int, int]:
    """The columns [c, c_end) that a heading covers: those it is centred on, if lower headings stand there."""
    own = max(i for i in range(len(xs) - 1) if xs[i] <= word.x or i == 0)
    if not below:
        return own, own + 1
    best, best_offset = (own, own + 1), abs((xs[own] + xs[own + 1]) / 2 - word.x)
    for c in range(own + 1):
        for c_end in range(own + 1, len(xs)):
            offset = abs((xs[c] + xs[c_end]) / 2 - word.x)
            if all(k in below for k in range(c, c_end)) and offset < best_offset - 1:
                best, best_offset = (c, c_end), offset
    return best


def _stretch(spans: list[Span], depth: int, columns: int) -> list[Span]:
    """Let each heading reach over the empty heading cells above and below it; fill the rest with blanks."""
    taken = {(s.row, c): s for s in spans for c in range(s.column, s.column_end)}
    stretched: list[Span] = []
    for span in spans:
        top, bottom = span.row, span.row_end
        cells = range(span.column, span.column_end)
        while top > 0 and all((top - 1, c) not in taken for c in cells):
            top -= 1
        while bottom < depth and all((bottom, c) not in taken for c in cells):
            bottom += 1
        new = Span(top, bottom, span.column, span.column_end)
        taken |= {(r, c): new for r in range(top, bottom) for c in cells}
        stretched.append(new)
    blanks = [Span(r, r + 1, c, c + 1) for r in range(depth) for c in range(columns) if (r, c) not in taken]
    return stretched + blanks


def _body_ys(rows: list[list[TextLine]], rules: list[Segment]) -> tuple[float, ...]:
    tops = [min(t.box.top for t in row) for row in rows]
    bottoms = [max(t.box.bottom for t in row) for row in rows]
    middles = [(b + t) / 2 for b, t in zip(bottoms, tops[1:], strict=False)]
    return (tops[0] - 1, *middles, max(bottoms[-1] + 1, min(rules[-1].at, bottoms[-1] + 6)))


def _with_owner(xs: tuple[float, ...], ys: tuple[float, ...], spans: list[Span]) -> Lattice:
    owner = [[-1] * (len(xs) - 1) for _ in range(len(ys) - 1)]
    for index, span in enumerate(spans):
        for r in range(span.row, span.row_end):
            for c in range(span.column, span.column_end):
                owner[r][c] = index
    return Lattice(xs, ys, tuple(spans), tuple(tuple(r) for r in owner))
