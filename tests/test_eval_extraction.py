"""Rows and cells against gold, and the row finders on a generated document."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.extraction.bench import measure as measure_group
from eval.extraction.bench import random_specimens, rows_table
from eval.extraction.finders import finders
from eval.extraction.rowscore import GoldLine, RowScore, holds_figure, lines_of_text, score_rows

LINES = [GoldLine(("会议费", "1.00", "")), GoldLine(("培训费", "2.00", "3.00"))]


def test_rows_found_whole_count_once() -> None:
    found = [("会 议费", "1.00", ""), ("培训费", "", "2.00", "3.00"), ("培训费", "2.00", "3.00")]
    score = score_rows(LINES, found)
    assert (score.right_rows, score.gold_rows, score.found_rows) == (2, 2, 3)
    assert (score.right_cells, score.gold_cells, score.found_cells) == (5, 5, 8)


def test_a_row_in_two_pieces_is_wrong_though_its_cells_are_found() -> None:
    score = score_rows(LINES, [("会议费", "1.00"), ("培训费", "2.00"), ("3.00",)])
    assert (score.right_rows, score.right_cells) == (1, 5)


def test_headings_and_numbering_rows_count_on_neither_side() -> None:
    heading, numbering = ("科目", "合计", "其中"), ("**", "1", "2")
    assert not holds_figure(heading)
    assert not holds_figure(numbering)
    assert score_rows(LINES, [heading, numbering, *(line.cells for line in LINES)]) == RowScore(2, 2, 2, 5, 5, 5)


def test_a_cell_printed_once_for_several_rows_may_be_missing_after_the_first() -> None:
    lines = [GoldLine(("科技馆", "水费", "1.00"), frozenset({0})), GoldLine(("科技馆", "电费", "2.00"), frozenset({0}))]
    once = score_rows(lines, [("科技馆", "水费", "1.00"), ("", "电费", "2.00")])
    twice = score_rows(lines, [line.cells for line in lines])
    assert once.right_rows == twice.right_rows == 2
    assert once.right_cells == once.gold_cells == 5
    assert twice.right_cells == twice.gold_cells == 6


@given(st.lists(st.tuples(st.sampled_from(["甲", "乙", ""]), st.sampled_from(["1.50", "2.50", "300.00"]))))
def test_gold_against_itself_is_all_right(rows: list[tuple[str, str]]) -> None:
    score = score_rows([GoldLine(row) for row in rows], rows)
    assert score.right_rows == score.gold_rows == score.found_rows == len(rows)
    assert score.right_cells == score.gold_cells == score.found_cells


def test_the_text_form(tmp_path: Path) -> None:
    path = tmp_path / "form.txt"
    path.write_text("说明\n科目\t合计\n会议费\t1.00\n", encoding="utf-8")
    assert [line.cells for line in lines_of_text(path)] == [("科目", "合计"), ("会议费", "1.00")]


@pytest.fixture(scope="module")
def specimens(tmp_path_factory: pytest.TempPathFactory) -> list[object]:
    return list(random_specimens([3], tmp_path_factory.mktemp("random")))


@pytest.mark.parametrize("number", range(2))
def test_every_finder_gives_rows_of_texts(number: int, specimens: list[object]) -> None:
    finder = finders()[number]
    measured = measure_group("generated", specimens, finder)  # type: ignore[arg-type]
    assert measured.score.right_rows > 0
    assert measured.score.right_rows <= min(measured.score.gold_rows, measured.score.found_rows)
    (_, _, line) = rows_table([measured])
    assert finder.name in line
