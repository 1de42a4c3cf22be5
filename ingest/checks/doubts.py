"""When a broken sum may be the extraction's fault: a figure outside the tables, a table that goes on untitled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.checks.view import DocumentView, TableView, compact, rows_with_labels
from ingest.errors import NotAFigure
from ingest.numbers import CellState, parse_figure
from ingest.pages import Page
from ingest.records import Check, Outcome, Table

_SUMS = frozenset(("children_sum", "total", "row_sum", "weights", "income_expenditure"))
_OF_TABLES = _SUMS | frozenset(
    ("cross_table", "prose_table", "declared_empty", "project_money", "project_total", "count", "delta", "zero_base")
)
_CODED = re.compile(r"^\s*[23]\d{2}(?:\d{2}){0,2}\s+[^\d\s年月]")
_MANY = 5  # one wrong figure breaks at most four: its parent, its own children, a subtotal and a total of its row
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Suspect:
    """A place where a row or figure may have been left out: the table, its pages, and the figure that is missing."""

    table: str
    pages: tuple[int, ...]
    missing: Decimal


def with_doubts(document: DocumentView, checks: Iterable[Check]) -> list[Check]:
    """The checks, each broken sum that the extraction may have caused with the reason to think so."""
    found = list(checks)
    views = {v.table.id: v for v in document.tables}
    flaws = {table: _flaw(document, view, found) for table, view in views.items()}
    return [
        replace(c, doubt=c.doubt or flaws[c.table] or _missing(document, views[c.table].table, c, found))
        if c.outcome is Outcome.BROKEN and c.kind in _OF_TABLES and c.table in views
        else c
        for c in found
    ]


def suspects(extract_tables: Sequence[Table], checks: Iterable[Check]) -> tuple[Suspect, ...]:
    """Where a second look may find a row: for each broken sum of rows, what is missing, and on which pages."""
    pages = {t.id: t.pages for t in extract_tables}
    return tuple(
        Suspect(c.table, pages[c.table], c.difference)
        for c in checks
        if c.kind in ("children_sum", "total") and c.outcome is Outcome.BROKEN and c.table in pages and c.difference
    )


def broken_sums(checks: Iterable[Check]) -> int:
    """How many sums within tables are broken."""
    return sum(c.kind in _SUMS and c.outcome is Outcome.BROKEN for c in checks)


def _flaw(document: DocumentView, view: TableView, checks: Sequence[Check]) -> str | None:
    """What makes the reading of a whole table doubtful."""
    table = view.table
    failed = [p for p in document.extract.document.problems if p.page in table.pages]
    if failed:
        return f"page {failed[0].page} could not be read whole"
    if "ocr" in document.extract.document.reader.casefold():
        return "the figures were read from an image"
    if _is_untitled(document, table):
        return "the table has no title that was read"
    if _has_figures_for_names(view):
        return "figures were read where names should stand"
    if any(f.state is CellState.TEXT and any(map(str.isdigit, f.text)) for f in view.facts.values()):
        return "a cell of its figures could not be read as one"
    if _continues(document, table):
        return f"the table may go on behind page {table.pages[-1]}"
    return _untrue(table, checks)


def _is_untitled(document: DocumentView, table: Table) -> bool:
    """Whether a table has no title, or only the document's own from the head of the page."""
    return not table.title or compact(table.title) == compact(document.extract.document.identity.title)


def _untrue(table: Table, checks: Sequence[Check]) -> str | None:
    sums = [c for c in checks if c.table == table.id and c.kind in _SUMS]
    broken = sum(c.outcome is Outcome.BROKEN for c in sums)
    passed = sum(c.outcome in (Outcome.HELD, Outcome.ROUNDING) for c in sums)
    if any(c.kind == "children_sum" and c.outcome is Outcome.NOT_APPLICABLE for c in sums):
        return "the nesting of its rows is not clear"
    if broken >= 2 and passed < broken:
        return "most sums of this table fail"
    return "many sums of this table fail" if broken >= _MANY else None


def _has_figures_for_names(view: TableView) -> bool:
    names = [label.path[-1] for p in view.panels for _, label in rows_with_labels(view, p) if not label.code]
    return any(_parsed(name) is not None or name.startswith("*") for name in names)


def _missing(document: DocumentView, table: Table, check: Check, checks: Sequence[Check]) -> str | None:
    """Whether what a sum lacks, or a row of figures, stands outside the tables: then a row was left out."""
    if check.kind == "count" and not any(
        c.table == table.id and c.kind == "total" and c.outcome in (Outcome.HELD, Outcome.ROUNDING) for c in checks
    ):
        return "no total proves that the table's rows were all read"
    if check.difference is None or check.kind not in ("children_sum", "total", "weights"):
        return None
    pages = [p for p in document.pages if table.pages[0] <= p.number <= table.pages[-1] + 1]
    page = _unplaced(pages, abs(check.difference))
    if page is not None:
        return f"the missing {abs(check.difference):f} stands outside the table on page {page}"
    page = next((p.number for p in pages for line in p.lines if _is_row(line.text)), None)
    return f"a row stands outside the table on page {page}" if page is not None else None


def _is_row(text: str) -> bool:
    """Whether a line is a row of a table: a code and a name, or mostly figures."""
    figures = [t for t in _NUMBER.findall(text) if "." in t or "," in t]
    return bool(_CODED.match(text)) or (len(figures) >= 2 and sum(map(len, figures)) * 3 >= len(text))


def _unplaced(pages: Sequence[Page], missing: Decimal) -> int | None:
    """The page that prints the missing figure in a line outside every grid."""
    for page in pages:
        for line in page.lines:
            if any(_parsed(text) == missing for text in _NUMBER.findall(line.text)):
                return page.number
    return None


def _parsed(text: str) -> Decimal | None:
    try:
        return parse_figure(text)
    except NotAFigure:
        return None


def _continues(document: DocumentView, table: Table) -> bool:
    """Whether a table begins on the next page that has no title, or the same one."""
    after = [t for t in document.extract.tables if t.pages[0] == table.pages[-1] + 1 and t.id != table.id]
    before = [t for t in document.extract.tables if t.pages[-1] == table.pages[0] - 1 and t.id != table.id]
    return any(_is_untitled(document, t) or t.title == table.title for t in (*after, *before))
