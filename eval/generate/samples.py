"""The sample documents that are committed in samples/: what they are and how they look."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from eval.generate.book import Book
from eval.generate.compose import budget_book, final_book
from eval.generate.english import EnglishSpec, english_book
from eval.generate.files import write_book
from eval.generate.layout import (
    Codes,
    Continuation,
    Declared,
    FigureStyle,
    Indent,
    Layout,
    Negative,
    Nothing,
    Numbering,
    PageNumber,
    Paper,
    TableNumber,
)
from eval.generate.random_english import random_english
from eval.generate.random_final import final_of
from eval.generate.random_spec import RandomOptions, random_spec
from eval.generate.shaoxing import shaoxing_2023, shaoxing_2024
from eval.generate.spec import FinalSpec, Spec
from eval.generate.vary import Variation, vary
from ingest.units import THOUSAND_DOLLARS, YUAN

INVENTED_AGENCY = "青岚市文化和旅游局"
_TWELVE = (
    "balance", "revenue", "expenditure", "fiscal_balance", "general_public", "basic", "three_public",
    "government_fund", "state_capital", "projects", "performance", "indicators",
)  # fmt: skip
_SIXTEEN = (*_TWELVE, "comparison", "procurement", "operating")

SHAOXING_LAYOUT = Layout(merged_organisations=False)
SHAOXING_BEFORE_LAYOUT = Layout(continuation=Continuation.HEADING, wording=1, page_number=PageNumber.PLAIN)
QINGLAN_LAYOUT = Layout(
    figures=FigureStyle(YUAN, 0, thousands=True),
    codes=Codes.SPLIT,
    continuation=Continuation.NOTHING,
    indent=Indent.NONE,
    numbering=Numbering.NONE,
    merged_total=True,
    total_last=True,
    page_number=PageNumber.OF,
    declared=Declared.BLANK_ROWS,
)
QINGLAN_FINAL_LAYOUT = Layout(
    table_number=TableNumber.PUBLIC,
    numbering=Numbering.NONE,
    indent=Indent.NONE,
    stacked=True,
    page_number=PageNumber.PLAIN,
    figures=FigureStyle(thousands=True),
)
LARKSPUR_LAYOUT = Layout(
    figures=FigureStyle(THOUSAND_DOLLARS, 0, True, Negative.BRACKETS, Nothing.DASH),
    numbering=Numbering.NONE,
    paper=Paper.A4_PORTRAIT,
    agency_line=False,
    page_number=PageNumber.OF,
    stacked=True,
)


def qinglan_2024() -> Spec:
    """An invented culture and tourism bureau with six organisations."""
    options = RandomOptions(
        year=2024, agency=INVENTED_AGENCY, main="207", scope="部门", leaves=8, organisations=4, projects=22, kpis=6,
        fund=False,
    )  # fmt: skip
    return replace(random_spec(207, options), agency_code="")


def qinglan_final() -> FinalSpec:
    """The final account of the same year: what was budgeted, what was adjusted and what was spent."""
    budget = qinglan_2024()
    actual = vary(budget, Variation(2024, 88, 104))
    total = sum((leaf.total for leaf in actual.leaves()), Decimal(0))
    prior = replace(budget.prior, total=total + actual.revenue.carried - Decimal(1_234_500))
    adjusted = {leaf.code: max(leaf.total, actual.function(leaf.code).total) for leaf in budget.leaves()}
    return final_of(budget, replace(actual, prior=prior), adjusted, actual.revenue.carried)


def larkspur_2025() -> EnglishSpec:
    """An invented parks department."""
    return replace(random_english(25, 2025), agency="City of Larkspur Falls Department of Parks and Recreation")


def sample_books() -> dict[str, Book]:
    """All samples by file name (without suffix)."""
    return {
        "shaoxing-kexie-2024-sample": budget_book(shaoxing_2024(), SHAOXING_LAYOUT, _TWELVE),
        "shaoxing-kexie-2023-invented": budget_book(shaoxing_2023(), SHAOXING_BEFORE_LAYOUT, _TWELVE),
        "qinglan-wenlv-2024-budget-invented": budget_book(qinglan_2024(), QINGLAN_LAYOUT, _SIXTEEN),
        "qinglan-wenlv-2024-final-invented": final_book(qinglan_final(), QINGLAN_FINAL_LAYOUT),
        "larkspur-parks-fy2025-invented": english_book(larkspur_2025(), LARKSPUR_LAYOUT),
    }


def write_sample_documents(folder: Path) -> list[str]:
    """Write every sample's PDF and gold into a folder; returns the files' names."""
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    for name, book in sample_books().items():
        write_book(book, folder, name)
        names += [f"{name}.pdf", f"{name}.gold.json"]
    return names
