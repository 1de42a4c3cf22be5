"""A citation's box is drawn where the text stands, on upright and on rotated pages."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from ingest.errors import UnreadableDocument
from ingest.geometry import Box
from qa.page_image import crop_offset, page_image

WIDTH, HEIGHT = 300, 200
SQUARE = Box(50, 30, 70, 50)  # black, in points from the top left of the unrotated page


def make_pdf(path: Path, rotation: int = 0) -> Path:
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT))
    canvas.rect(SQUARE.x0, HEIGHT - SQUARE.bottom, SQUARE.width, SQUARE.height, fill=1)
    canvas.showPage()
    canvas.save()
    document = pypdfium2.PdfDocument(path.read_bytes())
    document[0].set_rotation(rotation)
    document.save(path)
    document.close()
    return path


def rotated(box: Box, rotation: int) -> Box:
    """The box as a reader sees it once the page is turned clockwise."""
    return {
        0: box,
        90: Box(HEIGHT - box.bottom, box.x0, HEIGHT - box.top, box.x1),
        180: Box(WIDTH - box.x1, HEIGHT - box.bottom, WIDTH - box.x0, HEIGHT - box.top),
        270: Box(box.top, WIDTH - box.x1, box.bottom, WIDTH - box.x0),
    }[rotation]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_box_lies_round_the_text(tmp_path: Path, rotation: int) -> None:
    file = make_pdf(tmp_path / "page.pdf", rotation)
    box = rotated(SQUARE, rotation)
    image = Image.open(io.BytesIO(page_image(file, 1, [box], dpi=72)))
    assert image.size == ((WIDTH, HEIGHT) if rotation in (0, 180) else (HEIGHT, WIDTH))
    red, green, blue = image.getpixel((round(box.x0) - 1, round(box.middle[1])))  # type: ignore[misc]
    assert red > 150 and green < 150 and blue < 100
    assert sum(image.getpixel(tuple(map(round, box.middle)))) < 200  # type: ignore[arg-type]
    assert image.getpixel((round(box.x1) + 20, round(box.bottom) + 20)) == (255, 255, 255)


def test_without_boxes_the_page_is_plain(tmp_path: Path) -> None:
    image = Image.open(io.BytesIO(page_image(make_pdf(tmp_path / "page.pdf"), 1)))
    red, green, blue = image.split()
    assert red.tobytes() == green.tobytes() == blue.tobytes()


@pytest.mark.parametrize("page", [0, 2])
def test_no_such_page(tmp_path: Path, page: int) -> None:
    with pytest.raises(UnreadableDocument, match=r"page\.pdf: has no page"):
        page_image(make_pdf(tmp_path / "page.pdf"), page)


def test_not_a_pdf(tmp_path: Path) -> None:
    (tmp_path / "page.pdf").write_bytes(b"no")
    with pytest.raises(UnreadableDocument, match=r"page\.pdf"):
        page_image(tmp_path / "page.pdf", 1)


@pytest.mark.parametrize(("rotation", "offset"), [(0, (10, 40)), (90, (20, 10)), (180, (30, 20)), (270, (40, 30))])
def test_crop_offset(rotation: int, offset: tuple[float, float]) -> None:
    assert crop_offset((0, 0, 300, 200), (10, 20, 270, 160), rotation) == offset
