"""The identities a disclosure should obey, checked on everything that was read from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ingest.checks.across import across_tables, basic_totals, revenue_by_function
from ingest.checks.amounts import amounts_in_tables, parts_in_prose
from ingest.checks.awards import awards
from ingest.checks.carried import carried_over
from ingest.checks.columns import changes, row_sums
from ingest.checks.contents import contents
from ingest.checks.declared import code_lengths, declared_empty
from ingest.checks.doubts import with_doubts
from ingest.checks.hierarchy import children_sums
from ingest.checks.income import income_in_two_tables
from ingest.checks.leftovers import other_agencies, other_levels, other_years, templates
from ingest.checks.lists import listed_items
from ingest.checks.misspelt import misspelt
from ingest.checks.projects import project_counts, project_money, project_names, project_totals, weights
from ingest.checks.rates import rates, twin_changes
from ingest.checks.shares import shares
from ingest.checks.spelling import punctuation_variants
from ingest.checks.totals import income_and_expenditure, totals
from ingest.checks.view import DocumentView
from ingest.checks.wording import directions, misspelt_items, wrong_items, wrong_levels
from ingest.pages import Page
from ingest.records import Check, Extract

Pass = Callable[[DocumentView], Iterator[Check]]

PASSES: tuple[Pass, ...] = (
    children_sums,
    totals,
    row_sums,
    changes,
    carried_over,
    income_and_expenditure,
    across_tables,
    revenue_by_function,
    basic_totals,
    income_in_two_tables,
    project_money,
    project_totals,
    project_counts,
    weights,
    amounts_in_tables,
    parts_in_prose,
    awards,
    rates,
    twin_changes,
    shares,
    directions,
    wrong_items,
    wrong_levels,
    misspelt_items,
    misspelt,
    listed_items,
    contents,
    declared_empty,
    code_lengths,
    project_names,
    punctuation_variants,
    other_years,
    other_levels,
    other_agencies,
    templates,
)


def run_checks(extract: Extract, pages: Sequence[Page]) -> tuple[Check, ...]:
    """Every identity the document should obey, with both sides and how it came out."""
    document = DocumentView(extract, pages)
    return tuple(with_doubts(document, (check for run in PASSES for check in run(document))))
