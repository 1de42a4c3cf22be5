"""One point of comparison: what was asked of an extraction, and whether it was right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ingest.numbers import fold_width


class Aspect(StrEnum):
    """What a point is about."""

    IDENTITY = "identity"  # agency, year, phase
    TABLE = "table"  # a table is there; none is there that should not be
    TITLE = "title"
    KIND = "kind"
    UNIT = "unit"
    PAGES = "pages"
    COLUMN = "column"  # header path
    ROLE = "role"
    ROW = "row"  # a row is there; none is there that should not be
    CELL = "cell"  # text of a cell
    PLACE = "place"  # page and box of a cell
    CODE = "code"
    PATH = "path"
    PARENT = "parent"
    TOTAL = "total"
    ORGANISATION = "organisation"
    FACT = "fact"  # a figure cell is a fact with its value and unit
    NOTE = "note"
    INDICATOR = "indicator"
    PASSAGE = "passage"  # text of a paragraph
    PROSE = "prose"  # a sentence's figure with value, unit and measure
    LABEL = "label"  # what a sentence's figure is about
    DEFINITION = "definition"
    NONE = "none"  # a declaration that there is none of something


@dataclass(frozen=True, slots=True)
class Point:
    """A comparison: where, what gold says, what was got."""

    aspect: Aspect
    where: str
    gold: str
    got: str
    right: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """All points of one document."""

    points: tuple[Point, ...]

    @property
    def wrong(self) -> tuple[Point, ...]:
        return tuple(point for point in self.points if not point.right)

    def tally(self) -> dict[Aspect, tuple[int, int]]:
        """Wrong and all points, by aspect."""
        return tally([self])


def tally(comparisons: Sequence[Comparison]) -> dict[Aspect, tuple[int, int]]:
    """Wrong and all points by aspect over several documents."""
    points = [point for comparison in comparisons for point in comparison.points]
    asked = Counter(point.aspect for point in points)
    wrong = Counter(point.aspect for point in points if not point.right)
    return {aspect: (wrong[aspect], asked[aspect]) for aspect in Aspect if asked[aspect]}


def equal(aspect: Aspect, where: str, gold: object, got: object) -> Point:
    """A point that is right where both read the same but for blanks and width of characters."""
    return Point(aspect, where, str(gold), str(got), plain(str(gold)) == plain(str(got)))


def plain(text: str) -> str:
    """A text without blanks, full-width characters folded."""
    return re.sub(r"\s+", "", fold_width(text))
