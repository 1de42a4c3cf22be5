"""A generated document as files: the PDF and its gold."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from eval.generate.book import Book
from eval.generate.fonts import face_for
from eval.generate.gold import Gold, book_gold, gold_to_json
from eval.generate.place import place_book
from eval.generate.render import pages_to_pdf


@dataclass(frozen=True, slots=True)
class Rendered:
    """A rendered book: the bytes of the PDF, and what is in it."""

    pdf: bytes
    gold: Gold


def render_book(book: Book, file: str, embed: bool = True) -> Rendered:
    """Lay out and render a book; `embed` false uses a font that readers have instead of embedding one."""
    face = face_for(book.language, embed)
    placed = place_book(book, face)
    return Rendered(pages_to_pdf(placed.pages, face, book.title), book_gold(book, placed, file))


def write_book(book: Book, folder: Path, name: str, embed: bool = True) -> Rendered:
    """Write NAME.pdf and NAME.gold.json into a folder that exists."""
    rendered = render_book(book, f"{name}.pdf", embed)
    (folder / f"{name}.pdf").write_bytes(rendered.pdf)
    (folder / f"{name}.gold.json").write_text(gold_to_json(rendered.gold), encoding="utf-8")
    return rendered
