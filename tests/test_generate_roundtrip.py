"""Generate, render, ingest: the same facts. Each layout option is also tried alone, so that a failure names it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eval.generate.book import Book
from eval.generate.compare import compare
from eval.generate.compose import budget_book, final_book, two_volumes
from eval.generate.english import english_book
from eval.generate.files import render_book, write_book
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
    Rules,
    TableNumber,
    UnitPlace,
)
from eval.generate.points import Aspect, Point
from eval.generate.random_book import english_layout
from eval.generate.random_english import random_english
from eval.generate.random_final import random_final
from eval.generate.random_layout import random_layout
from eval.generate.random_spec import RandomOptions, random_spec
from eval.generate.samples import sample_books
from ingest.extract import extract
from ingest.records import Volume
from ingest.units import THOUSAND_YUAN, YUAN

SAMPLES = Path(__file__).parent.parent / "samples"
IN_TABLES = frozenset(Aspect) - {Aspect.PROSE, Aspect.LABEL, Aspect.PASSAGE, Aspect.DEFINITION, Aspect.NONE}
SMALL = RandomOptions(kpis=2, leaves=4, projects=14)
LAYOUTS = {
    "plain": Layout(),
    "borderless": Layout(rules=Rules.BORDERLESS),
    "borderless, several on a page": Layout(rules=Rules.BORDERLESS, stacked=True, paper=Paper.A4_PORTRAIT),
    "open sides": Layout(rules=Rules.OPEN_SIDES),
    "rules under rows": Layout(rules=Rules.ROWS),
    "rules under spanning headings": Layout(rules=Rules.PARTIAL),
    "tables first": Layout(tables_first=True),
    "heading only": Layout(continuation=Continuation.HEADING),
    "nothing repeated": Layout(continuation=Continuation.NOTHING, lone_row=True),
    "lone row": Layout(lone_row=True),
    "several on a page": Layout(stacked=True, paper=Paper.A4_PORTRAIT),
    "split codes": Layout(codes=Codes.SPLIT),
    "indent by blanks": Layout(indent=Indent.BLANKS),
    "no indent": Layout(indent=Indent.NONE),
    "no numbering": Layout(numbering=Numbering.NONE),
    "numbers": Layout(numbering=Numbering.NUMBERS),
    "unit left": Layout(unit_place=UnitPlace.LEFT),
    "unit in title": Layout(unit_place=UnitPlace.TITLE),
    "yuan": Layout(figures=FigureStyle(YUAN, 2, thousands=True, negative=Negative.BRACKETS)),
    "thousands of yuan": Layout(figures=FigureStyle(THOUSAND_YUAN, 1, nothing=Nothing.DASH)),
    "zeros": Layout(figures=FigureStyle(nothing=Nothing.ZERO)),
    "portrait, narrow": Layout(paper=Paper.A4_PORTRAIT, narrow=True),
    "A3": Layout(paper=Paper.A3_LANDSCAPE),
    "rotated": Layout(paper=Paper.ROTATED),
    "merged total, last": Layout(merged_total=True, total_last=True),
    "merged organisations": Layout(merged_organisations=True),
    "running head": Layout(running_head=True, continuation=Continuation.NOTHING, page_number=PageNumber.OF),
    "public numbers": Layout(table_number=TableNumber.PUBLIC),
    "ordinal numbers": Layout(table_number=TableNumber.ORDINAL),
    "blank rows": Layout(declared=Declared.BLANK_ROWS),
    "heading of an empty table": Layout(declared=Declared.HEADING_ONLY),
    "frame": Layout(framed=True),
    "no owner line": Layout(agency_line=False),
}

# What the extraction does not read yet; an entry whose layout is read after all fails its test and is to be taken out.
OPEN: dict[str, str] = {}  # layouts or samples that are not read right yet, and why; a strict expected failure each
TABLES = (
    "balance", "revenue", "fiscal_balance", "general_public", "basic", "three_public", "government_fund", "projects",
    "indicators", "procurement",
)  # fmt: skip


def wrong_points(book: Book, folder: Path, aspects: frozenset[Aspect] = IN_TABLES) -> list[Point]:
    """What the extraction of a book gets wrong."""
    rendered = write_book(book, folder, "generated", embed=False)
    comparison = compare(rendered.gold, extract(folder / "generated.pdf"))
    return [point for point in comparison.wrong if point.aspect in aspects]


def marked(name: str) -> object:
    """The name as a parameter, expected to fail where it stands in `OPEN`."""
    marks = [pytest.mark.xfail(reason=OPEN[name], strict=True)] if name in OPEN else []
    return pytest.param(name, marks=marks)


@pytest.mark.parametrize("name", [marked(name) for name in LAYOUTS])
def test_each_layout_option_is_read_back(name: str, tmp_path: Path) -> None:
    book = budget_book(random_spec(11, SMALL), LAYOUTS[name], TABLES)
    assert not wrong_points(book, tmp_path)[:5]


@pytest.mark.parametrize("volume", [Volume.TEXT, Volume.TABLES])
def test_the_volumes_of_one_disclosure_are_read_back(volume: Volume, tmp_path: Path) -> None:
    books = two_volumes(budget_book(random_spec(11, SMALL), Layout(), TABLES))
    assert not wrong_points(next(book for book in books if book.volume is volume), tmp_path)[:5]


@pytest.mark.parametrize("seed", [1, 2])
def test_final_accounts_are_read_back(seed: int, tmp_path: Path) -> None:
    assert not wrong_points(final_book(random_final(seed, SMALL), Layout(numbering=Numbering.NONE)), tmp_path)[:5]


@pytest.mark.parametrize("seed", [1, 2])
def test_english_budgets_are_read_back(seed: int, tmp_path: Path) -> None:
    layout = english_layout(replace(Layout(numbering=Numbering.NONE), figures=FigureStyle(negative=Negative.BRACKETS)))
    assert not wrong_points(english_book(random_english(seed), layout), tmp_path)[:5]


@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 5_000))
def test_random_combinations_of_layouts_are_read_back(seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    layout = random_layout(seed)
    layout = replace(layout, rules=Rules.GRID, framed=False, running_head=False, merged_total=False)
    step = max(layout.figures.step, layout.three_public.step, layout.prose.step)
    book = budget_book(random_spec(seed, replace(SMALL, step=step)), layout, TABLES)
    assert not wrong_points(book, tmp_path_factory.mktemp("random"))[:5]


@pytest.mark.parametrize("name", [marked(name) for name in sample_books()])
def test_samples_are_read_back(name: str) -> None:
    gold = render_book(sample_books()[name], f"{name}.pdf").gold
    wrong = compare(gold, extract(SAMPLES / f"{name}.pdf")).wrong
    assert not [point for point in wrong if point.aspect in IN_TABLES][:5]
