"""Money carried over: what was left at the year's beginning and came in is what was spent and is left at its end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.checks.compare import compare_sum, settled
from ingest.checks.view import DocumentView, TableView, compact
from ingest.records import Check, Column, TableKind

KIND = "carried_over"
_OPENING = re.compile(r"^(?:年初|上年)(?:财政拨款)?结转")
_INCOME = re.compile(r"^本年收入")
_SPENT = re.compile(r"^本年支出")
_CLOSING = re.compile(r"^(?:年末|结转下年)(?:财政拨款)?结?[转余]?")
_WHOLE = re.compile(r"合计$|总计$|小计$")


def carried_over(document: DocumentView) -> Iterator[Check]:
    """In the rows of a fund's final account: 年初结转 + 本年收入 - 本年支出 = 年末结转, where all four have columns."""
    for view in document.tables:
        if view.table.kind is TableKind.INDICATORS:
            continue
        for panel in view.panels:
            columns = view.additive_columns(panel)
            found = [_one(columns, pattern) for pattern in (_OPENING, _INCOME, _SPENT, _CLOSING)]
            if all(found):
                yield from settled(_rows(view, panel, [c for c in found if c is not None]))


def _one(columns: Sequence[Column], pattern: re.Pattern[str]) -> Column | None:
    """The one column under a heading: its total where it is divided."""
    under = [c for c in columns if any(pattern.search(compact(heading)) for heading in c.path)]
    whole = [c for c in under if _WHOLE.search(compact(c.path[-1]))] if len(under) > 1 else under
    return whole[0] if len(whole) == 1 else None


def _rows(view: TableView, panel: int, columns: Sequence[Column]) -> Iterator[Check]:
    opening, income, spent, closing = columns
    for row in view.table.rows:
        left = view.figure(row.index, closing.index)
        terms = [(sign, view.figure(row.index, c.index)) for sign, c in ((1, opening), (1, income), (-1, spent))]
        known = [(sign, fact) for sign, fact in terms if fact is not None]
        if left is not None and len(known) > 1:
            signs = [sign for sign, _ in known]
            yield compare_sum(KIND, left, [f for _, f in known], view.named(row.index, panel, closing), signs)
