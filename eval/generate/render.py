"""Laid out pages to PDF bytes, the same bytes for the same pages."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from eval.generate.fonts import Face
from eval.generate.placed import PlacedPage

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_GREY = 0.35


def pages_to_pdf(pages: tuple[PlacedPage, ...], face: Face, title: str) -> bytes:
    """The PDF of these pages, without dates or random ids (reportlab's invariant mode)."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1, pageCompression=1)
    canvas.setTitle(title)
    for page in pages:
        _draw(canvas, page, face)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw(canvas: Canvas, page: PlacedPage, face: Face) -> None:
    canvas.setPageSize((page.width, page.height))
    canvas.setPageRotation(90 if page.rotated else 0)
    if page.rotated:
        canvas.transform(0, 1, -1, 0, page.height, 0)
    for rule in page.rules:
        canvas.setLineWidth(rule.thick)
        canvas.line(rule.x0, page.height - rule.top, rule.x1, page.height - rule.bottom)
    for text in page.texts:
        canvas.setFont(face.name, text.size)
        canvas.setFillGray(_GREY if text.grey else 0.0)
        canvas.drawString(text.x, page.height - text.top - face.ascent * text.size, text.text)
