"""When a broken sum may be the extraction's fault: a figure outside the tables, a table that goes on untitled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.checks.view import DocumentView
from ingest.errors import NotAFigure
from ingest.numbers import parse_figure
from ingest.pages import Page
from ingest.records import Check, Outcome, Table

_SUMS = frozenset(("children_sum", "total", "row_sum", "weights"))
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_SHAKY = 4


@dataclass(frozen=True, slots=True)
class Suspect:
    """A place where a row or figure may have been left out: the table, its pages, and the figure that is missing."""

    table: str
    pages: tuple[int, ...]
    missing: Decimal


def with_doubts(document: DocumentView, checks: Iterable[Check]) -> list[Check]:
    """The checks, each broken sum that the extraction may have caused with the reason to think so."""
    found = list(checks)
    tables = {t.id: t for t in document.extract.tables}
    unnested = {c.table for c in found if c.kind == "children_sum" and c.outcome is Outcome.NOT_APPLICABLE}
    shaky = {table for table in tables if _breaks(found, table) >= _SHAKY} | unnested
    return [
        replace(c, doubt=_doubt(document, tables[c.table], c, c.table in shaky))
        if c.outcome is Outcome.BROKEN and c.kind in _SUMS and c.table in tables
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


def _breaks(checks: Sequence[Check], table: str) -> int:
    return sum(c.table == table and c.kind in _SUMS and c.outcome is Outcome.BROKEN for c in checks)


def _doubt(document: DocumentView, table: Table, check: Check, shaky: bool) -> str | None:
    pages = [p for p in document.pages if table.pages[0] <= p.number <= table.pages[-1] + 1]
    failed = [p for p in document.extract.document.problems if p.page in table.pages]
    if failed:
        return f"page {failed[0].page} could not be read whole"
    if "ocr" in document.extract.document.reader.casefold():
        return "the figures were read from an image"
    if check.difference is not None and check.kind != "row_sum" and (page := _unplaced(pages, abs(check.difference))):
        return f"the missing {abs(check.difference):f} stands outside the table on page {page}"
    if _continues(document, table):
        return f"the table may go on behind page {table.pages[-1]}"
    return "many sums of this table fail" if shaky else None


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
    return any(not t.title or t.title == table.title for t in (*after, *before))
