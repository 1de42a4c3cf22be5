"""Tables with rules only above and below: columns and rows from where the text stands.

Columns are the strips of white that no body text crosses; an empty column is known by its heading. Rows are text
lines that overlap vertically; a heading over several columns spans those it is centred on.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.captions import is_caption
from ingest.glyphs import Glyph, TextLine, glyphs_to_lines
from ingest.headwords import Word, centred_cuts, heading_cells, match_columns, read_heading
from ingest.lattice import Lattice, Span
from ingest.rulings import Rulings, Segment

_ALIGNED = 6.0  # points: rules whose ends differ by no more belong to one table
_MIN_WIDTH = 150.0  # points: shorter rules are underlines
_NAME_INDENT = 25.0  # points: names of rows begin no further from the left edge
_STRIP = 0.9  # points: a strip of white this wide may separate columns
_MIN_COLUMNAR = 0.6  # share of a region's lines that must fall into columns
_NUMBERING = re.compile(r"^(?:\*+|\d{1,2}|栏次|行次|[甲乙丙丁])$")
YEAR = re.compile(r"^(?:FY)?20\d\d$")
FIGURE = re.compile(r"^[-(（]?\d(?:[\d,，.]*\d)?%?[)）]?$")


@dataclass(frozen=True, slots=True)
class TextWord:
    """A run of characters with no wide gap."""

    text: str
    x0: float
    x1: float
    y: float
    half: float = 5.0  # of its height

    @property
    def x(self) -> float:
        return (self.x0 + self.x1) / 2


def find_borderless(
    rulings: Rulings, glyphs: Sequence[Glyph], ruled: Sequence[Lattice], above: Lattice | None = None
) -> list[Lattice]:
    """Regions between long horizontal rules of equal extent that hold columns of text, top to bottom.

    `above` is the last table of the page before: rows without a heading go on in its columns.
    """
    free = [g for g in glyphs if not any(t.box.contains((g.x0 + g.x1) / 2, (g.top + g.bottom) / 2) for t in ruled)]
    found: list[Lattice] = []
    for group in _rule_groups(rulings.horizontal, ruled):
        inside = [g for g in free if group[0].start - 3 <= (g.x0 + g.x1) / 2 <= group[0].end + 3]
        lines = glyphs_to_lines(inside)
        for rules in _split_at_captions(group, lines):
            short = [r for r in rulings.horizontal if r not in group and _within(r, rules)]
            lattice = region_lattice(_region(rules, lines), short, above)
            if lattice is not None:
                found.append(lattice)
    return found


def _within(rule: Segment, rules: Sequence[Segment]) -> bool:
    """Whether a short rule lies in a region: those under headings that span several columns do."""
    inside = rules[0].start - 3 <= rule.start and rule.end <= rules[0].end + 3
    return inside and rules[0].at < rule.at < rules[-1].at and rule.end - rule.start > 15


def _split_at_captions(rules: list[Segment], lines: Sequence[TextLine]) -> list[list[Segment]]:
    """The rules of each table, where several of equal width stand one under the other with captions between."""
    parts = [[rules[0]]]
    for upper, lower in itertools.pairwise(rules):
        band = [t for t in lines if upper.at < (t.box.top + t.box.bottom) / 2 < lower.at]
        if any(is_caption(t.text) for t in band):
            parts.append([])
        parts[-1].append(lower)
    return [part for part in parts if part]


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


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of a page between rules: heading lines and body rows."""

    left: float
    right: float
    bottom: float
    header: list[TextLine]
    rows: list[list[TextLine]]


def _region(rules: list[Segment], lines: list[TextLine]) -> Region:
    """Sort a region's lines: an undrawn top or bottom rule opens it to the page's edge."""
    first, last = rules[0].at, rules[-1].at

    def between(top: float, bottom: float) -> list[TextLine]:
        return [t for t in lines if top - 1 <= (t.box.top + t.box.bottom) / 2 <= bottom + 1]

    def region(header: list[TextLine], rows: list[list[TextLine]]) -> Region:
        return Region(rules[0].start, rules[0].end, last, header, rows)

    if len(rules) >= 3:
        bands = [between(a.at, b.at) for a, b in itertools.pairwise(rules)]
        begin = next((i for i, band in enumerate(bands) if _holds_figures(band)), len(bands) - 1)
        while begin > 1 and _is_group_row(bands[begin - 1], rules[0].start):
            begin -= 1
        begin = max(begin, 1)
        return region([t for band in bands[:begin] for t in band], _banded_rows(bands[begin:]))
    if len(rules) == 1:
        return region([], _columnar_run(body_rows(between(0.0, first))[::-1])[::-1])
    enclosed = between(first, last)
    if _holds_figures(enclosed):
        return region([], body_rows(enclosed))
    return region(enclosed, _columnar_run(body_rows(between(last, float("inf")))))


def _is_group_row(band: Sequence[TextLine], left: float) -> bool:
    """Whether a band holds one name at the left edge only: it heads the rows below, not the columns."""
    pieces = [w for t in band for w in line_words(t)]
    return len(pieces) == 1 and pieces[0].x0 - left < _NAME_INDENT


def _holds_figures(lines: Sequence[TextLine]) -> bool:
    """Whether figures or codes stand in a band, numbering and years in headings aside."""
    words = [w.text for t in lines for w in line_words(t)]
    return any(FIGURE.match(w) and not _NUMBERING.match(w) and not YEAR.match(w) for w in words)


def _banded_rows(bands: Sequence[list[TextLine]]) -> list[list[TextLine]]:
    """Body rows: a band each where rules stand under every row, else by the white between lines."""
    clustered = [body_rows(band) for band in bands if band]
    if len(bands) > 2 and sum(len(rows) for rows in clustered) <= 1.6 * len(clustered):
        return [[line for row in rows for line in row] for rows in clustered]
    return [row for rows in clustered for row in rows]


def region_lattice(region: Region, short: Sequence[Segment], above: Lattice | None) -> Lattice | None:
    heading = read_heading(region.header, short)
    if not region.rows or not (heading.numbering or _is_columnar(region.rows)):
        return None
    if not region.header and above is not None and _same_extent(above, region):
        xs = above.xs
        leaves: list[Word | None] = []
    else:
        strips = _strips(region.rows)
        columns = match_columns(heading, strips)
        if len(columns) < 2:
            return None
        centred = centred_cuts(heading, region.left, region.right, strips)
        xs = centred or column_cuts(region, [extent for extent, _ in columns])
        leaves = [leaf for _, leaf in columns]
    cells, heading_ys = heading_cells(heading, leaves)
    ys = (*heading_ys, *body_tops(region))
    spans = [span for span, _ in cells]
    for r in range(len(heading_ys), len(ys) - 1):
        spans += [Span(r, r + 1, c, c + 1) for c in range(len(xs) - 1)]
    claims = tuple((word.box, index) for index, (_, word) in enumerate(cells) if word is not None)
    return Lattice(xs, ys, tuple(spans), _owners(spans, len(ys) - 1, len(xs) - 1), claims)


def _same_extent(above: Lattice, region: Region) -> bool:
    return abs(above.xs[0] - region.left) <= _ALIGNED and abs(above.xs[-1] - region.right) <= _ALIGNED


def column_cuts(region: Region, extents: Sequence[tuple[float, float]]) -> tuple[float, ...]:
    """Column positions: close before the text of each column, so that indents are measured from its left edge."""
    cuts = [max((a[1] + b[0]) / 2, b[0] - 2.0) for a, b in itertools.pairwise(extents)]
    return (region.left, *cuts, region.right)


def _columnar_run(rows: list[list[TextLine]]) -> list[list[TextLine]]:
    """The rows from the first on that have several pieces (ended by prose or by a page number)."""
    return list(itertools.takewhile(lambda row: sum(len(line_words(line)) for line in row) >= 2, rows))


def line_words(line: TextLine) -> list[TextWord]:
    """Runs of characters, cut at gaps of half a font size and where a figure meets a label without a blank."""
    words: list[list[Glyph]] = []
    for glyph in line.glyphs:
        if words and not _cut_between(words[-1], glyph):
            words[-1].append(glyph)
        else:
            words.append([glyph])
    return [
        TextWord(
            "".join(g.text for g in w),
            w[0].x0,
            max(g.x1 for g in w),
            sum((g.top + g.bottom) / 2 for g in w) / len(w),
            max(g.bottom - g.top for g in w) / 2,
        )
        for w in words
    ]


def _cut_between(word: list[Glyph], glyph: Glyph) -> bool:
    gap = glyph.x0 - word[-1].x1
    if gap > 0.5 * glyph.size:
        return True
    return gap > _STRIP and bool(FIGURE.match("".join(g.text for g in word))) and not glyph.text.isascii()


def body_rows(lines: list[TextLine]) -> list[list[TextLine]]:
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
    return _attach_continuations([part for row in rows for part in _apart(row)])


def _apart(row: list[TextLine]) -> list[list[TextLine]]:
    """Rows that only a cell merged over them holds together: lines with figures under one another are rows apart."""
    figured = [t for t in row if any(FIGURE.match(w.text) for w in line_words(t))]
    if len(figured) < 2 or not _under_one_another(figured):
        return [row]
    parts: dict[int, list[TextLine]] = {i: [line] for i, line in enumerate(figured)}
    for line in (t for t in row if t not in figured):
        middle = (line.box.top + line.box.bottom) / 2
        nearest = min(parts, key=lambda i: abs((figured[i].box.top + figured[i].box.bottom) / 2 - middle))
        parts[nearest].append(line)
    return list(parts.values())


def _under_one_another(figured: list[TextLine]) -> bool:
    """Whether figures of different lines stand in one column."""
    spans = [[(w.x0, w.x1) for w in line_words(t) if FIGURE.match(w.text)] for t in figured]
    return any(a0 < b1 and b0 < a1 for one, two in itertools.pairwise(spans) for a0, a1 in one for b0, b1 in two)


def _attach_continuations(rows: list[list[TextLine]]) -> list[list[TextLine]]:
    """Join lone pieces of wrapped text to the row they belong to.

    A lone piece is one that stands closer to its neighbours than rows of several pieces stand to one another. Lone
    pieces between two rows are divided where the white between them is widest.
    """
    usual = _usual_gap(rows)
    lone = [_is_lone(rows, index, usual) for index in range(len(rows))]
    anchors = [i for i, is_lone in enumerate(lone) if not is_lone]
    if not anchors or len(anchors) == len(rows):
        return rows
    bounds = [0]
    for one, other in itertools.pairwise(anchors):
        gaps = {k: _gap(rows[k - 1], rows[k]) for k in range(one + 1, other + 1)}
        bounds.append(max(gaps, key=lambda k: gaps[k]))
    bounds.append(len(rows))
    return [[line for row in rows[a:b] for line in row] for a, b in itertools.pairwise(bounds)]


def _gap(above: list[TextLine], below: list[TextLine]) -> float:
    return min(t.box.top for t in below) - max(t.box.bottom for t in above)


def _usual_gap(rows: list[list[TextLine]]) -> float | None:
    """The median gap between neighbouring rows of several pieces; None where none adjoin."""
    several = [sum(len(line_words(t)) for t in row) > 1 for row in rows]
    gaps = sorted(_gap(rows[i], rows[i + 1]) for i in range(len(rows) - 1) if several[i] and several[i + 1])
    return gaps[len(gaps) // 2] if gaps else None


def _is_lone(rows: list[list[TextLine]], index: int, usual: float | None) -> bool:
    pieces = [w for t in rows[index] for w in line_words(t)]
    if len(pieces) != 1 or FIGURE.match(pieces[0].text):
        return False
    if usual is None:  # nothing tells how far rows stand apart: a name in the first column is a row, other text is not
        return pieces[0].x0 - min(t.box.x0 for row in rows for t in row) > _NAME_INDENT
    gaps = [_gap(rows[k - 1], rows[k]) for k in (index, index + 1) if 0 < k < len(rows)]
    return bool(gaps) and min(gaps) < 0.55 * usual


def _is_columnar(rows: list[list[TextLine]]) -> bool:
    """Whether most rows have several pieces and figures are among them: prose between two rules is no table."""
    if not rows:
        return False
    pieces = [[w for t in row for w in line_words(t)] for row in rows]
    several = sum(len(p) >= 2 for p in pieces)
    figures = sum(any(FIGURE.match(w.text) for w in p) for p in pieces)
    return several >= _MIN_COLUMNAR * len(rows) and figures >= 0.3 * len(rows)


def _strips(rows: list[list[TextLine]]) -> list[tuple[float, float]]:
    """The x-extents that body text stands in, cut where a strip of white goes through all rows."""
    strips: list[list[float]] = []
    for x0, x1 in sorted((g.x0, g.x1) for row in rows for line in row for g in line.glyphs):
        if strips and x0 - strips[-1][1] < _STRIP:
            strips[-1][1] = max(strips[-1][1], x1)
        else:
            strips.append([x0, x1])
    return [(lo, hi) for lo, hi in strips]


def body_tops(region: Region) -> tuple[float, ...]:
    tops = [min(t.box.top for t in row) for row in region.rows]
    bottoms = [max(t.box.bottom for t in row) for row in region.rows]
    middles = [(b + t) / 2 for b, t in zip(bottoms, tops[1:], strict=False)]
    return (tops[0] - 1, *middles, max(bottoms[-1] + 1, min(region.bottom, bottoms[-1] + 6)))


def _owners(spans: list[Span], rows: int, columns: int) -> tuple[tuple[int, ...], ...]:
    owner = [[-1] * columns for _ in range(rows)]
    for index, span in enumerate(spans):
        for r in range(span.row, span.row_end):
            for c in range(span.column, span.column_end):
                owner[r][c] = index
    return tuple(tuple(r) for r in owner)
