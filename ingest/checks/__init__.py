"""The identities a disclosure should obey, checked on everything that was read from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ingest.checks.across import across_tables, revenue_by_function
from ingest.checks.amounts import amounts_in_tables, parts_in_prose
from ingest.checks.columns import changes, row_sums
from ingest.checks.hierarchy import children_sums
from ingest.checks.rates import rates
from ingest.checks.shares import shares
from ingest.checks.totals import income_and_expenditure, totals
from ingest.checks.view import DocumentView
from ingest.pages import Page
from ingest.records import Check, Extract

Pass = Callable[[DocumentView], Iterator[Check]]

PASSES: tuple[Pass, ...] = (
    children_sums,
    totals,
    row_sums,
    changes,
    income_and_expenditure,
    across_tables,
    revenue_by_function,
    amounts_in_tables,
    parts_in_prose,
    rates,
    shares,
)


def run_checks(extract: Extract, pages: Sequence[Page]) -> tuple[Check, ...]:
    """Every identity the document should obey, with both sides and how it came out."""
    document = DocumentView(extract, pages)
    return tuple(check for run in PASSES for check in run(document))
