"""What `budgetqa tables --draw` draws: every cell of the page's tables, and figures that are placed nowhere."""

from __future__ import annotations

from pathlib import Path

from ingest.extract import extract
from qa.cli import main
from qa.page_drawing import table_marks
from qa.page_image import BLUE, PURPLE

_SAMPLE = Path(__file__).parents[1] / "samples" / "qinglan-wenlv-2024-final-invented.pdf"


def test_every_cell_and_heading_of_a_page_is_marked() -> None:
    table = next(t for t in extract(_SAMPLE).tables if len(t.pages) > 1)
    first, second = table.pages[:2]
    cells = [c for row in table.rows for c in row.cells if c.text]
    marks = [list(table_marks(table, page)) for page in (first, second)]
    drawn = sum(mark.colour == BLUE for page in marks for mark in page)
    assert drawn == sum(c.page in (first, second) for c in cells)
    assert any(mark.colour == PURPLE for mark in marks[0])
    assert not any(mark.colour == PURPLE for mark in marks[1])  # the heading is cited where it is first printed


def test_the_command_writes_a_png(tmp_path: Path) -> None:
    store, image = tmp_path / "store", tmp_path / "page.png"
    assert main(["--store", str(store), "ingest", str(_SAMPLE)]) == 0
    assert main(["--store", str(store), "tables", "--draw", "5", "--output", str(image)]) == 0
    assert image.read_bytes().startswith(b"\x89PNG")
    assert main(["--store", str(store), "tables", "--draw", "999", "--output", str(image)]) == 2
