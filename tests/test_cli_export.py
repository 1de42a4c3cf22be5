"""Tables set out for terminals, spreadsheets and programs: widths, formulas, hostile text."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.numbers import CellState, read_cell
from qa.export import csv_lines, header_rows, json_lines, safe_cell, text_lines
from qa.terminal import display_width, format_grid, one_line, pad, printable, shorten
from tests.factories import build_table, item, sample_extract

EXTRACT = sample_extract()
CHOSEN = [(EXTRACT.document, table) for table in EXTRACT.tables]


@pytest.mark.parametrize(
    ("text", "width"), [("", 0), ("abc", 3), ("科普", 4), ("科普 12.00", 10), ("（款）", 6), ("e\u0301", 1)]
)
def test_display_width(text: str, width: int) -> None:
    assert display_width(text) == width


@given(st.text(max_size=30), st.integers(1, 20))
def test_shorten_fits_and_keeps_what_fits(text: str, width: int) -> None:
    short = shorten(text, width)
    assert display_width(short) <= width
    if display_width(text) <= width:
        assert short == text


@given(st.text(alphabet="科a1（ ", max_size=9), st.booleans())
def test_padding_reaches_the_width(text: str, right: bool) -> None:
    padded = pad(text, 20, right)
    assert display_width(padded) == 20
    assert padded.strip() == text.strip()


@given(st.text())
def test_nothing_printed_steers_the_terminal(text: str) -> None:
    assert not set(printable(text)) & {*map(chr, range(32)), "\x7f", "\x9b", "\u202e", "\u200b"}
    assert "\n" not in one_line(text)


def test_grid_columns_line_up() -> None:
    lines = format_grid([("科目", "金额"), ("科普活动", "325.00"), ("a", "-")], (False, True))
    assert lines == ["科目        金额", "科普活动  325.00", "a              -"]


def test_header_labels_stand_over_their_first_column() -> None:
    assert header_rows(EXTRACT.tables[0]) == [
        ("科目编码", "科目名称", "总计", "支出", ""),
        ("", "", "", "基本支出", "项目支出"),
    ]


def test_text_shows_every_figure_whole() -> None:
    figure = "1,234,567,890,123,456,789,012,345,678,901,234.56"
    long = build_table("T9", "长表", [item("很长的名称" * 20, None, 0, figure)])
    text = "\n".join(text_lines([(EXTRACT.document, long)]))
    assert figure in text
    assert "…" in text
    for _, table in CHOSEN:
        assert all(cell.text in "\n".join(text_lines(CHOSEN)) for row in table.rows for cell in row.cells)


@given(st.text(max_size=12))
def test_no_csv_cell_is_a_formula(text: str) -> None:
    cell = safe_cell(text)
    state = read_cell(cell).state
    assert state in (CellState.FIGURE, CellState.NIL) or not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
    assert cell.removeprefix("'") == text.removeprefix("'")


@pytest.mark.parametrize(("text", "written"), [("=1+1", "'=1+1"), ("-12.30", "-12.30"), ("-", "-"), ("@x", "'@x")])
def test_formulas_and_figures_in_csv(text: str, written: str) -> None:
    assert safe_cell(text) == written


def test_csv_of_several_tables_has_a_block_each() -> None:
    blocks = "\n".join(csv_lines(CHOSEN)).split("\n\n")
    assert [len(list(csv.reader(io.StringIO(block)))) for block in blocks] == [7, 2]


def test_json_is_one_array() -> None:
    assert len(json.loads("\n".join(json_lines(CHOSEN)))) == 2
    assert json.loads("\n".join(json_lines([]))) == []
