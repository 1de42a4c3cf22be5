"""Headings of tables without vertical rules: words, which of them head a column, and which span several.

A word heads a column (a leaf) when no other word stands below it in its territory, the stretch between its neighbours
to the left and right. Columns are then matched, in order, with the strips that the body text stands in.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.geometry import Box
from ingest.glyphs import Glyph, TextLine
from ingest.lattice import Span
from ingest.rulings import Segment

_NUMBERING = re.compile(r"^(?:\*+|\d{1,2}|栏次|行次|[甲乙丙丁])$")
_CUT = 0.12  # in font sizes: glyphs of one heading touch, those of neighbouring ones do not
_WORD_SPACE = 0.75  # in font sizes: words of one Latin heading stand no further apart
_LEVEL = 0.8  # in line pitches: words nearer in height than this may stand side by side in one heading row
_EMPTY = 40.0  # points: what it costs to leave a heading without body text
_TOLERANCE = 4.0  # points: how far a heading may be off the middle of its cell, summed over the table
_MERGE = 15.0  # points: what it costs to take two strips of body text for one column


@dataclass(frozen=True, slots=True)
class Word:
    """One heading cell's text: where it stands, and the height of its middle."""

    text: str
    x0: float
    x1: float
    y: float
    size: float

    @property
    def x(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def box(self) -> Box:
        """Where its characters stand, all lines of a wrapped one."""
        half = self.size * (0.6 + 0.65 * self.text.count("\n"))
        return Box(self.x0 - 0.5, self.y - half, self.x1 + 0.5, self.y + half)


@dataclass(frozen=True, slots=True)
class Heading:
    """The leaves in order, the spanning words, and the numbering row's words (empty where there is none)."""

    leaves: tuple[Word, ...]
    spanning: tuple[Word, ...]
    numbering: tuple[Word, ...]
    rules: tuple[Segment, ...] = ()
    pitch: float = 10.0  # the distance of heading rows

    def rule_under(self, word: Word) -> Segment | None:
        """The short rule right under a word: where one is drawn, it says which columns the word spans."""
        return rule_under(word, self.rules)


def rule_under(word: Word, rules: Sequence[Segment]) -> Segment | None:
    """The first rule below a word, no more than its row away, that it stands over."""
    under = [r for r in rules if r.start - 1 <= word.x <= r.end + 1 and 0 < r.at - word.y < 1.9 * word.size]
    return min(under, key=lambda r: r.at) if under else None


def read_heading(lines: Sequence[TextLine], short: Sequence[Segment] = ()) -> Heading:
    """Read heading lines into leaves, spanning words and numbering; `short` are the rules inside the heading."""
    rows = [_line_words(line) for line in lines]
    numbering: tuple[Word, ...] = ()
    if rows and len(rows[-1]) >= 2 and all(_NUMBERING.match(w.text) for w in rows[-1]):
        numbering = tuple(rows.pop())
    words = _unwrapped([w for row in rows for w in row])
    pitch = _pitch(words)
    leaves = [w for w in words if not _has_below(w, words, pitch) and rule_under(w, short) is None]
    spanning = [w for w in words if w not in leaves]
    return Heading(tuple(sorted(leaves, key=lambda w: w.x)), tuple(spanning), numbering, tuple(short), pitch)


def _line_words(line: TextLine) -> list[Word]:
    runs: list[list[Glyph]] = []
    for glyph in line.glyphs:
        if runs and (_touches(runs[-1][-1], glyph) or _spaced_out(runs[-1], glyph)):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return [
        Word(
            _spelt(run),
            run[0].x0,
            max(g.x1 for g in run),
            sum((g.top + g.bottom) / 2 for g in run) / len(run),
            run[0].size,
        )
        for run in runs
    ]


def _touches(left: Glyph, right: Glyph) -> bool:
    """Whether two glyphs stand in one heading: close together, or with the blank between Latin words."""
    latin = left.text.isascii() and right.text.isascii()
    return right.x0 - left.x1 <= (_WORD_SPACE if latin else _CUT) * right.size


def _spelt(run: Sequence[Glyph]) -> str:
    """The text of a run, a blank where Latin words stand apart."""
    text = run[0].text
    for left, right in itertools.pairwise(run):
        apart = right.x0 - left.x1 > 2 * _CUT * right.size and left.text.isascii() and right.text.isascii()
        text += f" {right.text}" if apart else right.text
    return text


def _spaced_out(run: list[Glyph], glyph: Glyph) -> bool:
    """Whether a glyph goes on a word of two characters set apart, as 收 入 or 合 计 are."""
    gaps = [b.x0 - a.x1 for a, b in itertools.pairwise(run)]
    single = all(gap > _CUT * glyph.size for gap in gaps)
    text = run[-1].text + glyph.text
    return single and glyph.x0 - run[-1].x1 < 2.2 * glyph.size and text in _SPACED_PAIRS


_SPACED_PAIRS = frozenset(
    a + b
    for word in ("收入", "支出", "项目", "合计", "总计", "小计", "金额", "科目", "名称", "单位", "编码", "备注")
    for a, b in itertools.pairwise(word)
)


def _unwrapped(words: list[Word]) -> list[Word]:
    """Join the lines of a heading that is wrapped within its cell: centred alike, and at the pitch of one text."""
    joined: list[Word] = []
    for word in sorted(words, key=lambda w: (w.y, w.x)):
        for i, above in enumerate(joined):
            close = 0 < word.y - (above.y + (above.text.count("\n") * above.size * 0.6)) < 1.38 * word.size
            if close and abs(above.x - word.x) < 2.5:
                joined[i] = Word(
                    above.text + "\n" + word.text,
                    min(above.x0, word.x0),
                    max(above.x1, word.x1),
                    (above.y + word.y) / 2,
                    word.size,
                )
                break
        else:
            joined.append(word)
    return joined


def _pitch(words: Sequence[Word]) -> float:
    """The distance of heading rows: the least between words one over the other, else between all heights."""
    over = [
        abs(a.y - b.y)
        for a, b in itertools.combinations(words, 2)
        if a.x0 < b.x1 and b.x0 < a.x1 and abs(a.y - b.y) > 3
    ]
    heights = [w.y for w in words]
    return max(min(over, default=max(heights, default=0.0) - min(heights, default=0.0)), 6.0)


def _has_below(word: Word, words: Sequence[Word], pitch: float) -> bool:
    beside = [w for w in words if w is not word and abs(w.y - word.y) < _LEVEL * pitch]
    left = max((w.x1 for w in beside if w.x1 <= word.x0), default=float("-inf"))
    right = min((w.x0 for w in beside if w.x0 >= word.x1), default=float("inf"))
    return any(w.y - word.y >= _LEVEL * pitch and left - 1 <= w.x <= right + 1 for w in words)


def centred_cuts(
    heading: Heading, left: float, right: float, strips: Sequence[tuple[float, float]]
) -> tuple[float, ...] | None:
    """The column positions that follow from headings being centred in their cells; None where they are not.

    Cells adjoin, so each position mirrors the one before at the heading between them. The last must come out at the
    table's right edge, and no body text may stand across one.
    """
    cuts = [left]
    for leaf in heading.numbering or heading.leaves:
        cuts.append(2 * leaf.x - cuts[-1])
    ascending = all(b - a > 4 for a, b in itertools.pairwise(cuts))
    if len(cuts) < 3 or not ascending or abs(cuts[-1] - right) > _TOLERANCE:
        return None
    crossed = [cut for cut in cuts[1:-1] for lo, hi in strips if lo + _TOLERANCE < cut < hi - _TOLERANCE]
    return None if crossed else (*cuts[:-1], right)


def match_columns(
    heading: Heading, strips: Sequence[tuple[float, float]]
) -> list[tuple[tuple[float, float], Word | None]]:
    """The columns, left to right: the extent of each, and the leaf that heads it.

    Strips of body text are matched with leaves in order, as cheaply as possible in points of distance; a leaf that
    gets none is an empty column. Without a heading every strip is a column.
    """
    leaves = heading.numbering or heading.leaves
    if not leaves:
        return [(strip, None) for strip in strips]
    if not strips:
        return [((leaf.x0, leaf.x1), leaf) for leaf in leaves]
    assigned = _cheapest(strips, leaves)
    columns: list[tuple[tuple[float, float], Word | None]] = []
    for index, leaf in enumerate(leaves):
        own = [strip for strip, to in zip(strips, assigned, strict=True) if to == index]
        extent = (min(s[0] for s in own), max(s[1] for s in own)) if own else (leaf.x, leaf.x)
        columns.append((extent, leaf))
    return columns


def _cheapest(strips: Sequence[tuple[float, float]], leaves: Sequence[Word]) -> list[int]:
    """Non-decreasing leaf indexes for the strips at the least total cost (dynamic programming)."""
    best: list[dict[int, tuple[float, int]]] = []
    for i, strip in enumerate(strips):
        row: dict[int, tuple[float, int]] = {}
        for j, leaf in enumerate(leaves):
            own = _distance(strip, leaf)
            if i == 0:
                row[j] = (own + _EMPTY * j, -1)
                continue
            options = [
                (cost + own + (_MERGE + strip[0] - strips[i - 1][1] if k == j else _EMPTY * (j - k - 1)), k)
                for k, (cost, _) in best[-1].items()
                if k <= j
            ]
            row[j] = min(options)
        best.append(row)
    last = min(best[-1], key=lambda j: best[-1][j][0] + _EMPTY * (len(leaves) - 1 - j))
    path = [last]
    for row in reversed(best[1:]):
        path.append(row[path[-1]][1])
    return path[::-1]


def _distance(strip: tuple[float, float], leaf: Word) -> float:
    return max(strip[0] - leaf.x1, leaf.x0 - strip[1], 0.0)


def heading_cells(
    heading: Heading, columns: Sequence[Word | None]
) -> tuple[list[tuple[Span, Word | None]], tuple[float, ...]]:
    """Heading cells over the columns (given by their leaves), each with its word, and the tops of their rows."""
    if not any(columns):
        return [], ()
    heights = sorted({round(w.y) for w in heading.spanning})
    levels = [y for i, y in enumerate(heights) if i == 0 or y - heights[i - 1] > 4]
    depth = len(levels) + bool(heading.leaves)
    cells: list[tuple[Span, Word | None]] = []
    taken: set[tuple[int, int]] = set()
    centres = _leaf_centres(heading, columns)
    for level, y in enumerate(levels):
        words = sorted((w for w in heading.spanning if abs(w.y - y) <= 4), key=lambda w: w.x)
        for word, (c, c_end) in zip(words, _covered(words, heading, centres), strict=True):
            cells.append((Span(level, level + 1, c, c_end), word))
            taken |= {(level, k) for k in range(c, c_end)}
    leaves = _leaves_by_column(heading, centres)
    for c in range(len(columns)) if heading.leaves else ():
        top = depth - 1
        while top > 0 and (top - 1, c) not in taken:
            top -= 1
        cells += [(Span(r, r + 1, c, c + 1), None) for r in range(top) if (r, c) not in taken]
        cells.append((Span(top, depth, c, c + 1), leaves.get(c)))
    ys = [float(y) - 6 for y in levels]
    if heading.leaves:
        ys.append(max([w.y for w in heading.leaves]) - 6)
    if heading.numbering:
        cells += [(Span(depth, depth + 1, c, c + 1), word) for c, word in enumerate(columns)]
        ys.append(heading.numbering[0].y - 5)
    return cells, tuple(ys)


def _leaf_centres(heading: Heading, columns: Sequence[Word | None]) -> list[float]:
    return [word.x if word else 0.0 for word in columns]


def _leaves_by_column(heading: Heading, centres: Sequence[float]) -> dict[int, Word]:
    """The heading word of each column: as many words as columns go in order, else each to the nearest."""
    if len(heading.leaves) == len(centres):
        return dict(enumerate(heading.leaves))
    return {min(range(len(centres)), key=lambda c: abs(centres[c] - leaf.x)): leaf for leaf in heading.leaves}


def _covered(words: Sequence[Word], heading: Heading, centres: Sequence[float]) -> list[tuple[int, int]]:
    """For each spanning word of one line the columns [c, c_end) it is over: those in its territory nearest to it."""
    found: list[tuple[int, int]] = []
    leaves = _leaves_by_column(heading, centres)
    for word in words:
        beside = [w for w in heading.leaves if abs(w.y - word.y) < _LEVEL * heading.pitch]
        left = max((w.x for w in beside if w.x < word.x), default=float("-inf"))
        right = min((w.x for w in beside if w.x > word.x), default=float("inf"))
        mine = [
            c
            for c, x in enumerate(centres)
            if left < x < right and leaves.get(c) not in beside and word is min(words, key=lambda w: abs(w.x - x))
        ]
        rule = heading.rule_under(word)
        if rule is not None:
            mine = [c for c, x in enumerate(centres) if rule.start - 1 <= x <= rule.end + 1]
        nearest = min(range(len(centres)), key=lambda c: abs(centres[c] - word.x))
        found.append((min(mine), max(mine) + 1) if mine else (nearest, nearest + 1))
    return found
