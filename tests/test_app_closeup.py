"""The close-up of cited cells: whole lines under their headings, cut where the boxes stand."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from threading import Lock

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas
from streamlit.elements.lib.image_utils import MAXIMUM_CONTENT_WIDTH

from ingest.extract import extract
from ingest.geometry import Box
from ingest.records import Cell, Extract, Passage, PassageKind, PassageLine
from qa.answer import Citation
from qa.page_image import Mark
from qa.webapp.closeup import Band, Closeup, close_up, draw, merged
from qa.webapp.pageview import PAGE_DPI, ZOOMED_DPI, Picture, Renderer
from qa.webapp.places import CitedPage, Place, Sheets, cell_citation, cited_pages, place_citation
from tests.browser import SAMPLES
from tests.factories import sample_extract


@pytest.fixture(scope="module")
def sample() -> Extract:
    return extract(SAMPLES / "qinglan-wenlv-2024-final-invented.pdf")


def one_cell(found: Extract, later: bool) -> tuple[Place, CitedPage]:
    """A figure of the first table, or of the first that runs on to a page that does not repeat the headings."""
    for table in found.tables:
        for row in table.rows[1:-1]:
            for column in table.columns:
                citation = cell_citation(found.document, table, row, column)
                wanted = column.role == "value" and column.page is not None and citation.text.strip()
                if wanted and citation.box is not None and (column.page != citation.page) is later:
                    place = Place(citation, table, row, column)
                    return place, cited_pages([place])[0]
    raise LookupError("no such cell")


@pytest.mark.parametrize("later", [False, True])
def test_the_lines_are_whole_and_stand_under_their_heading(sample: Extract, later: bool) -> None:
    place, page = one_cell(sample, later)
    shown = close_up(page)
    assert shown is not None and place.column is not None and place.row is not None and place.table is not None
    heading = place.column.boxes[-1]
    assert any(b.page == place.column.page and b.top <= heading.top and heading.bottom <= b.bottom for b in shown.bands)
    for index in (place.row.index - 1, place.row.index, place.row.index + 1):
        for cell in place.table.rows[index].cells:
            if cell.box is not None and cell.page == place.citation.page:
                cut = [
                    b
                    for b in shown.bands
                    if b.page == cell.page and b.top < cell.box.bottom and cell.box.top < b.bottom
                ]
                assert all(b.top <= cell.box.top and cell.box.bottom <= b.bottom for b in cut)
    cited = place.citation.box
    assert cited is not None and any(left <= cited.x0 and cited.x1 <= right for left, right in shown.sides)


def test_a_sentence_is_shown_alone_and_a_whole_page_is_not() -> None:
    def page(bottom: float) -> CitedPage:
        citation = Citation("d", "d.pdf", 1, "句子。", Box(90, 100, 500, bottom))
        return CitedPage("d", 1, (Place(citation),), ())

    assert close_up(page(130)) == Closeup((Band(1, 97, 133),), ((87, 503),))
    assert close_up(page(600)) is None


def test_a_cell_merged_over_many_rows_leaves_the_row_its_height() -> None:
    found = sample_extract("a")
    table = found.tables[0]
    row, column = table.rows[2], table.columns[2]
    citation = cell_citation(found.document, table, row, column)
    assert citation.box is not None
    before = close_up(cited_pages([Place(citation, table, row, column)])[0])
    tall = Cell("组织", citation.page, Box(20, citation.box.top, 60, citation.box.top + 300))
    merged_row = replace(row, cells=(tall, *row.cells[1:]))
    merged_table = replace(table, rows=(*table.rows[:2], merged_row, *table.rows[3:]))
    after = close_up(cited_pages([Place(citation, merged_table, merged_row, column)])[0])
    assert before is not None and after is not None and after.bands == before.bands


def test_a_heading_over_half_the_table_is_left_out_whole() -> None:
    found = sample_extract("a")
    table = found.tables[0]
    row = table.rows[2]
    citation = cell_citation(found.document, table, row, table.columns[2])
    cited = citation.box
    assert cited is not None
    own = Box(cited.x0, 20, cited.x1, 30)
    column = replace(table.columns[2], page=citation.page, boxes=(own,))
    over = replace(column, boxes=(Box(own.x0 - 300, 5, own.x1 + 300, 20), own))
    plainly, spanned = (close_up(cited_pages([Place(citation, table, row, c)])[0]) for c in (column, over))
    assert plainly is not None and spanned is not None
    assert spanned == plainly


def test_a_figure_in_prose_is_shown_in_its_sentence() -> None:
    lines = (PassageLine(0, 10, 1, Box(90, 100, 500, 110)), PassageLine(10, 20, 1, Box(80, 120, 500, 130)))
    after = PassageLine(20, 30, 1, Box(80, 140, 500, 150))
    passage = Passage("P1", PassageKind.PARAGRAPH, (), "一" * 5 + "经费27.35万元，" + "二" * 14 + "。", (*lines, after))
    citation = Citation("d", "d.pdf", 1, passage.text[5:18], Box(150, 102, 180, 109))
    place = place_citation(citation, lambda document: Sheets((), {}, (passage,)))
    assert place.lines == tuple(line.box for line in lines)
    shown = close_up(CitedPage("d", 1, (place,), ()))
    assert shown == Closeup((Band(1, 97, 133),), ((77, 503),))
    elsewhere = replace(citation, box=Box(150, 502, 180, 509))
    assert place_citation(elsewhere, lambda document: Sheets((), {}, (passage,))).lines == ()


def test_words_without_a_place_are_boxed_where_a_cell_holds_them(sample: Extract) -> None:
    table = sample.tables[0]
    row = next(row for row in table.rows if row.cells[0].text.strip() and row.cells[0].box is not None)
    cell = row.cells[0]
    sheets = Sheets(sample.tables, {})
    place = place_citation(Citation("d", "d.pdf", cell.page, f" {cell.text} ", None), lambda document: sheets)
    assert place.citation.box is not None and place.row is not None
    assert "".join(place.row.cells[0].text.split()) == "".join(cell.text.split())
    nowhere = Citation("d", "d.pdf", cell.page, "此页没有这些字", None)
    assert place_citation(nowhere, lambda document: sheets) == Place(nowhere)


def test_bands_that_touch_are_one() -> None:
    bands = [Band(2, 10, 20), Band(1, 50, 60), Band(1, 10, 30), Band(1, 32, 45)]
    assert list(merged(bands)) == [Band(1, 10, 60), Band(2, 10, 20)]
    assert list(merged([])) == []


@pytest.mark.parametrize("cropped", [0, 40])
def test_it_is_cut_where_the_box_stands(tmp_path: Path, cropped: int) -> None:
    """On pages that show only a part of themselves too."""
    file = tmp_path / "page.pdf"
    canvas = Canvas(str(file), pagesize=(600, 400), cropBox=(cropped, 0, 600, 400 - cropped))
    canvas.rect(300, 190, 30, 10, fill=1)
    canvas.showPage()
    canvas.save()
    renderer, marks = Renderer(Lock()), [Mark(Box(300, 200, 330, 210))]
    picture = Picture(renderer.page(file, 1, marks, 72), renderer.offset(file, 1), renderer.dpi(file, 1, 72))
    cut = draw(Closeup((Band(1, 195, 215), Band(1, 300, 310)), ((290, 340),)), lambda number: picture)
    image = Image.open(io.BytesIO(cut)).convert("L")
    assert image.size == (50, 38)
    assert image.crop((0, 0, 50, 20)).getextrema()[0] < 90 and image.crop((0, 28, 50, 38)).getextrema()[0] == 255


@pytest.mark.parametrize("page", [1, 13])
def test_no_picture_is_wider_than_streamlit_shows(page: int) -> None:
    """A wider one would be made smaller at every run of a page: most of what an answer costs the server."""
    file, renderer = SAMPLES / "shaoxing-kexie-2024-sample.pdf", Renderer(Lock())
    for most in (PAGE_DPI, ZOOMED_DPI):
        drawn = Image.open(io.BytesIO(renderer.page(file, page, [], renderer.dpi(file, page, most))))
        assert 1000 < drawn.width <= MAXIMUM_CONTENT_WIDTH
