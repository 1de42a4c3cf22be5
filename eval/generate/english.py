"""English-language budgets: fiscal years side by side, dollars in thousands, parentheses for negatives."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from eval.generate.book import Book, Contents, Cover, Heading, Paragraph, Part, ProseFigure
from eval.generate.layout import FigureStyle, Layout
from eval.generate.saying import percent
from eval.generate.sheet import Head, Sheet, SheetRow
from eval.generate.spec import Language, sum_of
from ingest.records import ColumnRole, Measure, PassageKind, Phase, RowLabel, TableKind

MARK = "Sample document. All figures are invented."


@dataclass(frozen=True, slots=True)
class YearLine:
    """A line of a table over three fiscal years, in dollars: actual, budget of the year before, adopted."""

    name: str
    actual: Decimal
    budget: Decimal
    adopted: Decimal
    use: str = ""

    def amounts(self) -> tuple[Decimal, Decimal, Decimal]:
        return self.actual, self.budget, self.adopted


@dataclass(frozen=True, slots=True)
class Capital:
    """A capital project: its amounts in dollars in the adopted year and the two after it."""

    name: str
    location: str
    amounts: tuple[Decimal, Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Positions:
    """Full-time equivalents of one division over the three years."""

    division: str
    counts: tuple[Decimal, Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class EnglishSpec:
    """One invented English budget; `year` is the fiscal year that is adopted."""

    agency: str
    year: int
    revenues: tuple[YearLine, ...]
    expenditures: tuple[YearLine, ...]
    programs: tuple[YearLine, ...]
    positions: tuple[Positions, ...]
    capital: tuple[Capital, ...]
    mission: str
    reason: str


def total_line(name: str, lines: tuple[YearLine, ...]) -> YearLine:
    """The sum of some lines, year by year."""
    return YearLine(
        name,
        sum_of(line.actual for line in lines),
        sum_of(line.budget for line in lines),
        sum_of(line.adopted for line in lines),
    )


def english_book(spec: EnglishSpec, layout: Layout) -> Book:
    """The book of an English budget: overview, summary of figures, tables, glossary."""
    title = f"Fiscal Year {spec.year} Adopted Budget"
    parts: list[Part] = [Cover((spec.agency, title))]
    if layout.contents:
        parts.append(Contents("Contents"))
    parts.append(Heading("Overview", 1, new_page=True))
    parts.append(Paragraph(spec.mission, ("Overview",)))
    parts.append(Heading("Budget at a Glance", 1))
    parts.extend(_glance(spec))
    parts.append(Heading("Glossary", 1))
    parts.extend(_glossary())
    parts.append(Heading("Budget Tables", 1))
    parts.extend((summary(spec, layout), programs(spec, layout), positions(spec, layout), capital(spec, layout)))
    name = f"{spec.agency} {title}"
    return Book(
        name, spec.agency, spec.year, Phase.BUDGET, "department", Language.ENGLISH, tuple(parts), layout, MARK, True
    )


def summary(spec: EnglishSpec, layout: Layout) -> Sheet:
    """Revenues and expenditures under group headings without figures, their totals, and the net result."""
    rows: list[SheetRow] = []
    for group, lines in (("Revenues", spec.revenues), ("Expenditures", spec.expenditures)):
        parent = len(rows)
        rows.append(SheetRow((group, *[""] * 5), (RowLabel((group,)),)))
        rows.extend(
            SheetRow((line.name, *change(line, layout.figures)), (RowLabel((group, line.name), None, parent),), (1,))
            for line in lines
        )
        total = total_line(f"Total {group.lower()}", lines)
        rows.append(SheetRow((total.name, *change(total, layout.figures)), (RowLabel((total.name,), total=True),)))
    net = _net(spec)
    rows.append(SheetRow((net.name, *change(net, layout.figures)), (RowLabel((net.name,)),)))
    return _sheet(spec, layout, "Summary of Revenues and Expenditures", "Category", tuple(rows))


def programs(spec: EnglishSpec, layout: Layout) -> Sheet:
    """Expenditures by program with their total."""
    lines = (*spec.programs, total_line("Total", spec.programs))
    rows = tuple(
        SheetRow((line.name, *change(line, layout.figures)), (RowLabel((line.name,), total=line.name == "Total"),))
        for line in lines
    )
    return _sheet(spec, layout, "Expenditures by Program", "Program", rows)


def positions(spec: EnglishSpec, layout: Layout) -> Sheet:
    """Authorized positions, in full-time equivalents; not money."""
    rows = [SheetRow((p.division, *[f"{c:f}" for c in p.counts]), (RowLabel((p.division,)),)) for p in spec.positions]
    totals = [sum_of(p.counts[i] for p in spec.positions) for i in range(3)]
    rows.append(SheetRow(("Total", *[f"{c:f}" for c in totals]), (RowLabel(("Total",), total=True),)))
    heads = (Head("Division", ColumnRole.LABEL, 3.0), *_year_heads(spec))
    return Sheet(TableKind.GENERAL, "Authorized Positions (full-time equivalents)", heads, tuple(rows), None)


def capital(spec: EnglishSpec, layout: Layout) -> Sheet:
    """Capital projects over the adopted year and the two after it, with row and column totals."""
    style = layout.figures
    years = tuple(Head(f"FY {spec.year + i}", year=spec.year + i) for i in range(3))
    heads = (Head("Project", ColumnRole.LABEL, 2.6), Head("Location", ColumnRole.TEXT, 1.6), *years, Head("Total"))
    rows = []
    for project in spec.capital:
        cells = [style.printed(a) for a in (*project.amounts, sum_of(project.amounts))]
        rows.append(SheetRow((project.name, project.location, *cells), (RowLabel((project.name,)),)))
    sums = [sum_of(p.amounts[i] for p in spec.capital) for i in range(3)]
    cells = [style.printed(a) for a in (*sums, sum_of(sums))]
    rows.append(SheetRow(("Total", "", *cells), (RowLabel(("Total",), total=True),)))
    return Sheet(TableKind.GENERAL, "Capital Improvement Projects", heads, tuple(rows), style.unit)


def change(line: YearLine, style: FigureStyle) -> tuple[str, ...]:
    """The three years, the change from the budget of the year before, and its rate with a % sign."""
    values = [style.value(amount) for amount in line.amounts()]
    delta = values[2] - values[1]
    rate = _rate(percent(delta, values[1]), style) if values[1] > 0 else ""
    return (*[style.printed(a) for a in line.amounts()], style.printed(delta * style.unit.scale), rate)


def _rate(rate: Decimal, style: FigureStyle) -> str:
    """A rate with its % sign, inside the brackets of a negative one."""
    written = style.written(rate)
    return f"{written[:-1]}%)" if written.endswith(")") else f"{written}%"


def _net(spec: EnglishSpec) -> YearLine:
    inward, out = total_line("", spec.revenues), total_line("", spec.expenditures)
    return YearLine("Net result", inward.actual - out.actual, inward.budget - out.budget, inward.adopted - out.adopted)


def _year_heads(spec: EnglishSpec) -> tuple[Head, ...]:
    return (
        Head(f"FY {spec.year - 2} Actual", year=spec.year - 2, phase=Phase.ACTUAL),
        Head(f"FY {spec.year - 1} Budget", year=spec.year - 1, phase=Phase.BUDGET),
        Head(f"FY {spec.year} Adopted", year=spec.year, phase=Phase.BUDGET),
    )


def _sheet(spec: EnglishSpec, layout: Layout, title: str, first: str, rows: tuple[SheetRow, ...]) -> Sheet:
    changes = Head("Change", children=(Head("Amount"), Head("Percent")))
    heads = (Head(first, ColumnRole.LABEL, 3.0), *_year_heads(spec), changes)
    return Sheet(TableKind.GENERAL, title, heads, rows, layout.figures.unit)


def _glance(spec: EnglishSpec) -> list[Paragraph]:
    total = total_line("Total expenditures", spec.expenditures)
    section = ("Budget at a Glance",)
    delta = total.adopted - total.budget
    rate = percent(delta, total.budget)
    word = "an increase" if delta >= 0 else "a decrease"
    figures = (
        _dollars(total.adopted, "Total expenditures", Measure.AMOUNT),
        _dollars(abs(delta), "Total expenditures", Measure.DELTA, delta),
        ProseFigure(f"{abs(rate)}", "Total expenditures", Measure.RATE, rate, "%"),
    )
    first = (
        f"Total expenditures in the adopted budget for fiscal year {spec.year} are {figures[0].text}, {word} of "
        f"{figures[1].text}, or {figures[2].text} percent, from the fiscal year {spec.year - 1} budget. {spec.reason}"
    )
    largest = max(spec.programs, key=lambda line: line.adopted)
    amount = _dollars(largest.adopted, largest.name, Measure.AMOUNT)
    second = f"The largest program is {largest.name}, at {amount.text}. It pays for {largest.use}."
    return [Paragraph(first, section, figures=figures), Paragraph(second, section, figures=(amount,))]


def _dollars(amount: Decimal, label: str, measure: Measure, value: Decimal | None = None) -> ProseFigure:
    whole = amount.quantize(Decimal(1), ROUND_HALF_UP)
    return ProseFigure(f"${whole:,f}", label, measure, whole if value is None else value, "dollars")


def _glossary() -> list[Paragraph]:
    terms = (
        ("Adopted budget", "the spending plan as approved for the coming fiscal year."),
        ("Fiscal year", "the twelve months that begin on July 1 and are named for the year they end in."),
        ("Full-time equivalent", "one position that is filled for a full working year."),
        ("Net result", "total revenues less total expenditures; a figure in parentheses is a shortfall."),
    )
    return [
        Paragraph(f"{term}: {meaning}", ("Glossary",), PassageKind.DEFINITION, term=term) for term, meaning in terms
    ]
