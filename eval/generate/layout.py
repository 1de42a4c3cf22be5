"""How a generated document looks: every option of layout as a typed value; all may be combined."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from ingest.units import WAN_YUAN, Unit


class Rules(StrEnum):
    """Which lines a table is drawn with."""

    GRID = "grid"
    OPEN_SIDES = "open_sides"  # a grid without its outer left and right edges
    ROWS = "rows"  # only under each row
    PARTIAL = "partial"  # above and below header and table, and under headings that span columns
    BORDERLESS = "borderless"  # only above and below header and table


class Continuation(StrEnum):
    """What a table prints again at the top of its next page."""

    TITLE = "heading_and_title"
    HEADING = "heading_only"
    NOTHING = "nothing"


class Codes(StrEnum):
    """A classification code in one column, or its 类/款/项 parts in columns of their own."""

    WHOLE = "whole"
    SPLIT = "split"


class Indent(StrEnum):
    """How a name shows its level: not at all, by its left edge, or by blanks printed before it."""

    NONE = "none"
    OFFSET = "offset"
    BLANKS = "blanks"


class Numbering(StrEnum):
    """The row under the heading that numbers the columns."""

    NONE = "none"
    STARS = "stars"  # ** for names, 1, 2 … for figures
    NUMBERS = "numbers"


class UnitPlace(StrEnum):
    """Where the unit stands."""

    LEFT = "left"
    RIGHT = "right"
    TITLE = "title"


class Paper(StrEnum):
    """The pages of the tables; ROTATED is A3 in portrait with a /Rotate of 90."""

    A4_PORTRAIT = "a4_portrait"
    A4_LANDSCAPE = "a4_landscape"
    A3_LANDSCAPE = "a3_landscape"
    ROTATED = "a3_rotated"


class Negative(StrEnum):
    """How a negative amount is printed."""

    MINUS = "minus"
    BRACKETS = "brackets"


class Nothing(StrEnum):
    """How an amount of nothing is printed."""

    BLANK = "blank"
    DASH = "dash"
    ZERO = "zero"


class PageNumber(StrEnum):
    """How pages are numbered."""

    NONE = "none"
    DASHES = "dashes"  # - 3 -
    PLAIN = "plain"
    OF = "of"  # 第 3 页 共 20 页


class TableNumber(StrEnum):
    """The number printed with a table."""

    NONE = "none"
    PUBLIC = "public"  # 公开01表, on a line of its own
    ORDINAL = "ordinal"  # 表一 before the title


class Declared(StrEnum):
    """How a table that is declared empty is drawn, above its sentence."""

    TOTAL_ROW = "total_row"
    HEADING_ONLY = "heading_only"
    BLANK_ROWS = "blank_rows"


@dataclass(frozen=True, slots=True)
class FigureStyle:
    """How amounts are printed: `decimals` behind the point, in `unit`."""

    unit: Unit = WAN_YUAN
    decimals: int = 2
    thousands: bool = False
    negative: Negative = Negative.MINUS
    nothing: Nothing = Nothing.BLANK

    @property
    def step(self) -> Decimal:
        """The smallest amount, in yuan, that is printed without rounding."""
        return self.unit.scale / (Decimal(10) ** self.decimals)

    def value(self, yuan: Decimal) -> Decimal:
        """An amount in this style's unit, at the digits that are printed."""
        return (yuan / self.unit.scale).quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)

    def printed(self, yuan: Decimal) -> str:
        """An amount as a table cell prints it; nothing as blank, dash or zero."""
        value = self.value(yuan)
        if value == 0 and self.nothing is not Nothing.ZERO:
            return "" if self.nothing is Nothing.BLANK else "—"
        return self.written(value)

    def written(self, value: Decimal) -> str:
        """A value of this unit as text, zero included."""
        digits = f"{abs(value):,f}" if self.thousands else f"{abs(value):f}"
        if value >= 0:
            return digits
        return f"({digits})" if self.negative is Negative.BRACKETS else f"-{digits}"


@dataclass(frozen=True, slots=True)
class Layout:
    """All options of one document. `prose` and `three_public` may print in another unit than the tables do."""

    figures: FigureStyle = FigureStyle()
    prose: FigureStyle = FigureStyle()
    three_public: FigureStyle = FigureStyle()
    rules: Rules = Rules.GRID
    continuation: Continuation = Continuation.TITLE
    lone_row: bool = False
    stacked: bool = False
    codes: Codes = Codes.WHOLE
    indent: Indent = Indent.OFFSET
    numbering: Numbering = Numbering.STARS
    unit_place: UnitPlace = UnitPlace.RIGHT
    paper: Paper = Paper.A4_LANDSCAPE
    narrow: bool = False
    merged_total: bool = False
    total_last: bool = False
    merged_organisations: bool = False
    page_number: PageNumber = PageNumber.DASHES
    running_head: bool = False
    contents: bool = True
    framed: bool = False
    table_number: TableNumber = TableNumber.NONE
    declared: Declared = Declared.TOTAL_ROW
    agency_line: bool = True
    tables_first: bool = False
    wording: int = 0
    size: float = 9.0
