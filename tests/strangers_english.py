"""Budgets of English-speaking cities as their own software prints them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.drawn import WIDE, Drawn, Pen, bare, strokes
from tests.strangers import Meant, Stranger, even, leaf

LATIN = "Helvetica"
BOLD = "Helvetica-Bold"

Line = tuple[str, ...]


def _column_rows(
    pen: Pen, top: float, rows: Sequence[Line], rights: Sequence[float], dollars: frozenset[int], leaders: bool = False
) -> float:
    """Rows without rules: a name, then figures flush right; in some rows a dollar sign stands apart to the left."""
    for r, row in enumerate(rows):
        font = BOLD if row[0].startswith("Total") else LATIN
        pen.text(60 + 12 * (len(row[0]) - len(row[0].lstrip())) / 2, top, row[0].strip(), 9, font)
        if leaders:
            x = 64 + pen.width(row[0], 9, font)
            while x < rights[0] - 70:
                pen.text(x, top, ".", 9, LATIN)
                x += 5
        for right, figure in zip(rights, row[1:], strict=True):
            if figure and r in dollars:
                pen.text(right - 58, top, "$", 9, font)
            pen.right(right, top, figure, 9, font)
        top += 14
    return top


FUNDS: tuple[Line, ...] = (
    ("Property Taxes", "112,340", "118,200", "121,455"),
    ("Sales Taxes", "58,210", "57,900", "60,125"),
    ("Licenses and Permits", "9,876", "10,050", "10,400"),
    ("Transfers In", "-", "1,500", "(250)"),
    ("Total Revenues", "180,426", "187,650", "191,730"),
    ("Police", "80,100", "84,650", "86,230"),
    ("Fire", "60,326", "62,000", "63,500"),
    ("Parks and Recreation", "40,000", "41,000", "42,000"),
    ("Total Expenditures", "180,426", "187,650", "191,730"),
)


def _meant(title: str, unit: str | None, heads: Sequence[str], rows: Sequence[Line]) -> Meant:
    table = Drawn(even(0, 100, *[1] * len(heads)), [leaf(*heads)], [list(r) for r in rows], rule=bare)
    return Meant(title, unit, (table,))


def fund_summary(leaders: bool = False, dollars: frozenset[int] = frozenset((0, 4, 8))) -> Stranger:
    """A fund summary without any rule: headings of two lines, dollar signs apart, totals in bold."""
    pen = Pen()
    pen.centred(297, 60, "General Fund Summary", 15, BOLD)
    pen.centred(297, 80, "(in thousands)", 9, LATIN)
    rights = (330.0, 430.0, 530.0)
    for right, (one, two) in zip(
        rights, (("FY 2023", "Actual"), ("FY 2024", "Adopted"), ("FY 2025", "Proposed")), strict=True
    ):
        pen.right(right, 104, one, 9, BOLD)
        pen.right(right, 116, two, 9, BOLD)
    _column_rows(pen, 136, FUNDS, rights, dollars, leaders)
    heads = ("", "FY 2023\nActual", "FY 2024\nAdopted", "FY 2025\nProposed")
    rows = [
        (row[0], *(f"${figure}" if r in dollars and figure else figure for figure in row[1:]))
        for r, row in enumerate(FUNDS)
    ]
    return pen, [_meant("General Fund Summary", "thousand dollars", heads, rows)]


def ruled_dollars() -> Stranger:
    """A ruled table in which the dollar signs stand at the left edge of their cells."""
    pen = Pen(WIDE)
    pen.centred(421, 60, "Table 3. Expenditures by Department", 14, BOLD)
    table = Drawn(
        even(60, 780, 3, 1, 1, 1, 1),
        [
            [("Department", 1, 2), ("Actual", 1, 1), ("Budget", 2, 1), ("Change", 1, 2)],
            leaf("FY2023", "FY2024", "FY2025"),
        ],
        [
            ["Police", "$80,100,000", "$84,650,000", "$86,230,000", "1.9%"],
            ["Fire", "60,326,000", "62,000,000", "63,500,000", "2.4%"],
            ["Parks and Recreation", "40,000,000", "41,000,000", "42,000,000", "2.4%"],
            ["TOTAL", "$180,426,000", "$187,650,000", "$191,730,000", "2.2%"],
        ],
        font=LATIN,
    )
    table.draw(pen, 90)
    return pen, [Meant("Expenditures by Department", None, (table,))]


def rules_at_totals() -> Stranger:
    """Short rules above totals and double rules below them, one under each figure and none across the table."""
    pen, meant = fund_summary(dollars=frozenset())
    for row in (4, 8):
        for right in (330.0, 430.0, 530.0):
            top = 136 + 14 * row - 3
            pen.line(right - 60, top, right, top, 0.5)
            pen.line(right - 60, top + 13, right, top + 13, 0.5)
            pen.line(right - 60, top + 14.5, right, top + 14.5, 0.5)
    return pen, meant


def amid_prose() -> Stranger:
    """The fund summary between paragraphs whose lines hold figures of their own."""
    pen, meant = fund_summary()
    prose = (
        "The General Fund pays for most services of the City. In FY 2024 the Council adopted a budget of",
        "$187,650 thousand; for FY 2025 the Mayor proposes $191,730 thousand, an increase of 2.2 percent over",
        "the 2024 level. Police and Fire together take 78.1 percent of the total.",
    )
    for i, line in enumerate(prose):
        pen.text(60, 290 + 14 * i, line, 10, LATIN)
    return pen, meant


def wide_headings() -> Stranger:
    """Rules above and below only, headings of one word set far apart, a code column before the name."""
    pen = Pen(WIDE)
    pen.centred(421, 60, "Schedule B: Authorized Expenditures by Program", 13, BOLD)
    pen.centred(421, 80, "(dollars in thousands)", 9, LATIN)
    table = Drawn(
        even(60, 780, 0.8, 3, 1.2, 1.2, 1.2, 1),
        [leaf("Code", "Program", "2023 Actual", "2024 Budget", "2025 Proposed", "Percent Change")],
        [
            ["100", "Library Services", "4,500", "4,700", "4,935", "5.0%"],
            ["200", "Street Maintenance", "10,250", "11,000", "10,450", "(5.0%)"],
            ["300", "Transit", "7,000", "7,000", "7,700", "10.0%"],
            ["", "Total", "21,750", "22,700", "23,085", "1.7%"],
        ],
        frozenset((0, 1)),
        rule=bare,
        font=LATIN,
    )
    end = table.draw(pen, 100)
    for y in (100.0, 118.0, end):
        pen.line(60, y, 780, y, 0.8)
    return pen, [Meant("Authorized Expenditures by Program", "thousand dollars", (table,))]


def boxed_funds() -> Stranger:
    """A ruled grid of funds across, with group rows merged over the whole width."""
    pen = Pen(WIDE)
    pen.centred(421, 60, "All Funds Summary, Fiscal Year 2025", 14, BOLD)
    pen.right(780, 82, "$ in millions", 9, LATIN)
    table = Drawn(
        even(60, 780, 3, 1, 1, 1, 1),
        [leaf("", "General\nFund", "Special\nRevenue", "Enterprise", "Total")],
        [
            ["Revenues", "<", "<", "<", "<"],
            ["  Taxes", "181.6", "12.0", "-", "193.6"],
            ["  Charges for Services", "10.1", "3.4", "95.2", "108.7"],
            ["  Total Revenues", "191.7", "15.4", "95.2", "302.3"],
            ["Expenditures", "<", "<", "<", "<"],
            ["  Public Safety", "149.7", "2.0", "-", "151.7"],
            ["  Utilities", "-", "-", "94.0", "94.0"],
            ["  Total Expenditures", "149.7", "2.0", "94.0", "245.7"],
        ],
        font=LATIN,
        height=26,
        rule=strokes,
    )
    table.draw(pen, 96)
    return pen, [Meant("All Funds Summary, Fiscal Year 2025", "million dollars", (table,))]


LAYOUTS: dict[str, Callable[[], Stranger]] = {
    "english, fund summary": fund_summary,
    "english, dotted leaders": lambda: fund_summary(leaders=True),
    "english, ruled": ruled_dollars,
    "english, rules at totals": rules_at_totals,
    "english, amid prose": amid_prose,
    "english, wide headings": wide_headings,
    "english, boxed funds": boxed_funds,
}
