"""Facts judged by eye: drawing, the judged file, finding facts again; and facts against the text in their boxes."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from eval.extraction.fact_boxes import boxed_facts, misplaced
from eval.extraction.facts_by_eye import COMPARED, FactLine, departures, draw, fact_lines, page_reading, read_lines
from ingest.extract import extract
from ingest.facts import all_table_facts
from ingest.geometry import Box
from ingest.numbers import CellState
from ingest.pages import Grid, GridCell, Line, Page
from ingest.records import Extract, Identity, Phase
from ingest.tables import read_tables
from tests.shared_documents import shared_document, shared_extract

SAMPLE = Path(__file__).parents[1] / "samples" / "qinglan-wenlv-2024-final-invented.pdf"
LINE = FactLine(
    "T1.R1.C2", "a.pdf", "3", "支出表", "科学技术支出", "206", "", "合计", "2024 budget", "amount", "1.00", "万元"
)
# Stocks at a day of the year before count as the document's year (a question's day is compared in qa), and the effect
# of one cause is read as a change of its own.
KNOWN_DEPARTURES = {
    "shaoxing-kexie-2024-borderless.pdf": 2,
    "上海市普陀区万里街道-2025-预算.pdf": 1,
    "上海市财政局-2025-预算.pdf": 6,
    "江苏省人民检察院-2018-预算.pdf": 1,
}


@pytest.fixture(scope="module")
def sample() -> Extract:
    return extract(SAMPLE)


def test_a_draw_depends_on_its_seed_alone_and_holds_blanks(sample: Extract) -> None:
    drawn = draw(sample, 40, random.Random(5), prose=False)
    assert drawn == draw(sample, 40, random.Random(5), prose=False)
    assert drawn != draw(sample, 40, random.Random(6), prose=False)
    states = Counter(fact.state for fact in drawn)
    assert (states[CellState.FIGURE], states[CellState.BLANK] + states[CellState.NIL]) == (40, 4)
    assert all(fact.table is None for fact in draw(sample, 5, random.Random(5), prose=True))


def test_a_fact_found_again_whatever_its_row_is_called() -> None:
    assert list(departures([replace(LINE, verdict="right")], [replace(LINE, id="T2.R9.C2")])) == []


def test_a_changed_field_is_named() -> None:
    other = replace(LINE, id="T9.R9.C9", label_path="农林水支出", code="213", value="7.00")
    (gone,) = departures([replace(LINE, verdict="right")], [other, replace(LINE, unit="元")])
    assert gone.fields == ("unit",)


def test_a_wrong_one_is_held_to_what_the_page_says() -> None:
    wrong = replace(LINE, verdict="wrong", remark="code=20607; label_path=科学技术支出 > 科学技术普及 # two levels")
    assert page_reading(wrong).label_path == "科学技术支出 > 科学技术普及"
    assert [d.fields for d in departures([wrong], [LINE])] == [("label_path", "code")]
    assert list(departures([wrong], [page_reading(wrong)])) == []


def test_what_is_not_on_the_page_must_not_be_found() -> None:
    none = replace(LINE, verdict="none")
    assert len(list(departures([none], [LINE]))) == 1
    assert list(departures([none], [replace(LINE, value="2.00")])) == []


def test_every_judged_line_has_a_verdict_and_readable_corrections() -> None:
    judged = read_lines()
    assert {line.verdict for line in judged} == {"right", "wrong", "none"}
    assert len({(line.document, line.id) for line in judged}) == len(judged)
    for line in judged:
        changed = [name for name in COMPARED if getattr(page_reading(line), name) != getattr(line, name)]
        assert bool(changed) == (line.verdict == "wrong"), line


@pytest.mark.parametrize("document", sorted({line.document for line in read_lines()}))
def test_facts_are_as_judged_on_the_page(document: str) -> None:
    read = shared_extract(document)
    mine = [line for line in read_lines() if line.document == document]
    gone = list(departures(mine, list(fact_lines(read, read.facts))))
    assert len(gone) <= KNOWN_DEPARTURES.get(document, 0), gone


def test_boxes_hold_their_facts(sample: Extract) -> None:
    for from_tables in (True, False):
        assert list(misplaced(SAMPLE, boxed_facts(sample, from_tables))) == []


def test_a_box_in_the_wrong_place_is_told(sample: Extract) -> None:
    fact = next(f for f in boxed_facts(sample, True) if f.state is CellState.FIGURE and f.box)
    assert fact.box is not None
    moved = replace(fact, box=Box(fact.box.x0, fact.box.top + 300, fact.box.x1, fact.box.bottom + 300))
    assert [one.fact for one in misplaced(SAMPLE, [moved])] == [moved]


@pytest.mark.parametrize("document", ["江苏省人民检察院-2017-预算.pdf"])
def test_blank_cells_are_boxed_where_nothing_is_printed(document: str) -> None:
    facts = boxed_facts(shared_extract(document), True)
    assert [one.fact.id for one in misplaced(shared_document(document), facts)] == []


def _cell(row: int, column: int, text: str, end: int | None = None) -> GridCell:
    after = end or column + 1
    return GridCell(row, row + 1, column, after, text, Box(column * 90.0, row * 20.0, after * 90.0, row * 20.0 + 20.0))


def test_a_name_merged_over_a_figure_column_leaves_no_blank_there() -> None:
    texts = (
        ("功能科目", "金额", "用途", "金额"),
        ("水利", "5.00", "基本支出", "3.00"),
        ("林业", "", "项目支出", "2.00"),
    )
    cells = [_cell(r, c, text) for r, row in enumerate(texts) for c, text in enumerate(row)]
    cells += [_cell(3, 0, "支出合计", 3), _cell(3, 3, "5.00")]
    page = Page(1, 400.0, 200.0, (Line("支出预算表", None), Line("单位：万元", None), Grid(4, 4, tuple(cells))))
    facts = all_table_facts(read_tables([page], 2031).tables, Identity("甲局", "甲局", 2031, Phase.BUDGET))
    blank = [(f.label, f.column) for f in facts if f.state is CellState.BLANK]
    assert blank == [("林业", 1)]
    assert ("支出合计", "5.00") in [(f.label, f.text) for f in facts]
