"""Reads PDF files with a text layer: pages of lines and grids, one page in memory at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.borderless import find_borderless
from ingest.errors import UnreadableDocument
from ingest.geometry import union
from ingest.glyphs import Glyph, glyphs_to_lines, join_in_cell
from ingest.lattice import Lattice, find_lattices
from ingest.pages import Grid, GridCell, Line, Page, PageFailure
from ingest.rulings import Rulings, read_rulings
from ingest.unruled import find_unruled, without_leaders

if TYPE_CHECKING:
    from pdfplumber.page import Page as PlumberPage

GridFinder = Callable[[Rulings, Sequence[Glyph], Lattice | None], list[Lattice]]


def find_grids(rulings: Rulings, glyphs: Sequence[Glyph], above: Lattice | None) -> list[Lattice]:
    """The default table finder: ruled regions, then those with rules only above and below, then those without any.

    `above` is the last table of the page before, if any: it may go on here.
    """
    ruled = find_lattices(rulings)
    tables = [t for t in ruled if not t.is_frame]
    tables += find_borderless(rulings, glyphs, ruled, above)
    return sorted(tables + find_unruled(glyphs, [*ruled, *tables]), key=lambda t: t.ys[0])


class PdfReader:
    """A `Reader` over pdfplumber. The table finder is a parameter, since a faster engine may take its place."""

    name = "pdf"

    def __init__(self, max_pages: int = 3000, finder: GridFinder = find_grids) -> None:
        self._max_pages = max_pages
        self._finder = finder

    def accepts(self, path: Path) -> bool:
        """A file that begins like a PDF (within the first kilobyte, as the standard allows), or is named one."""
        with path.open("rb") as file:
            return b"%PDF-" in file.read(1024) or path.suffix.lower() == ".pdf"

    def read(self, path: Path) -> Iterator[Page | PageFailure]:
        """Yield every page; raises `UnreadableDocument` for a broken, encrypted, empty or image-only file."""
        import pdfplumber
        from pdfminer.pdfdocument import PDFPasswordIncorrect
        from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

        try:
            with pdfplumber.open(path) as pdf:
                yield from self._read_pages(path, pdf.pages)
        except MalformedPDFException as error:
            raise UnreadableDocument(f"{path.name}: not a readable PDF (a page without a size)") from error
        except PdfminerException as error:
            if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
                raise UnreadableDocument(
                    f"{path.name}: the PDF is encrypted; remove its password and ingest it again"
                ) from error
            raise UnreadableDocument(f"{path.name}: not a readable PDF (broken or truncated file)") from error
        except _PARSER_ERRORS as error:
            raise UnreadableDocument(f"{path.name}: not a readable PDF ({type(error).__name__})") from error

    def _read_pages(self, path: Path, pages: Sequence[PlumberPage]) -> Iterator[Page | PageFailure]:
        if not pages:
            raise UnreadableDocument(f"{path.name}: the PDF has no pages")
        if len(pages) > self._max_pages:
            raise UnreadableDocument(f"{path.name}: {len(pages)} pages, the limit is {self._max_pages}")
        with_text = with_image = 0
        last_table: Lattice | None = None
        for page in pages:
            try:
                read, last_table = self._read_page(page, last_table)
                with_text += bool(read.blocks)
                with_image += bool(page.objects.get("image"))
            except _PARSER_ERRORS as error:
                yield PageFailure(page.page_number, f"{type(error).__name__}: {str(error)[:120]}")
                continue
            finally:
                page.close()
            yield read
        if not with_text:
            hint = "its pages are images; run OCR on it first" if with_image else "its pages hold no text"
            raise UnreadableDocument(f"{path.name}: no text layer: {hint}")

    def _read_page(self, page: PlumberPage, above: Lattice | None) -> tuple[Page, Lattice | None]:
        glyphs = [_glyph(char) for char in page.chars]
        rulings = read_rulings(page.objects)
        lattices = self._finder(rulings, glyphs, above)
        inside: list[dict[int, list[Glyph]]] = [{} for _ in lattices]
        outside: list[Glyph] = []
        for glyph in glyphs:
            x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
            for lattice, cells in zip(lattices, inside, strict=True):
                owner = lattice.span_at(x, y)
                if owner is not None:
                    cells.setdefault(owner, []).append(glyph)
                    break
            else:
                outside.append(glyph)
        grids = [_grid(lattice, cells) for lattice, cells in zip(lattices, inside, strict=True)]
        return _page(page, outside, [g for g in grids if g is not None]), lattices[-1] if lattices else None


def _page(page: PlumberPage, outside: list[Glyph], grids: list[Grid]) -> Page:
    blocks: list[Line | Grid] = [
        Line(t.text, t.box, max(g.size for g in t.glyphs), t.glyphs[0].bold, t.edges) for t in glyphs_to_lines(outside)
    ]
    blocks += grids
    blocks.sort(key=lambda b: (b.box.top, b.box.x0) if b.box else (0.0, 0.0))
    return Page(page.page_number, float(page.width), float(page.height), tuple(blocks))


def _glyph(char: dict[str, Any]) -> Glyph:
    return Glyph(
        char["text"],
        float(char["x0"]),
        float(char["top"]),
        float(char["x1"]),
        float(char["bottom"]),
        float(char["size"]),
        "bold" in char["fontname"].casefold(),
    )


def _grid(lattice: Lattice, cells: dict[int, list[Glyph]]) -> Grid | None:
    """The lattice filled with its texts; None when nothing is written in it."""
    filled: list[GridCell] = []
    for index, span in enumerate(lattice.spans):
        lines = glyphs_to_lines(cells.get(index, ()))
        box = lattice.span_box(span)
        text_box = union(line.box for line in lines)
        filled.append(
            GridCell(
                span.row,
                span.row_end,
                span.column,
                span.column_end,
                without_leaders(join_in_cell(lines, box.x1 - box.x0)),
                box,
                text_box,
                text_box.x0 - box.x0 if text_box else 0.0,
            )
        )
    if not any(cell.text for cell in filled):
        return None
    return Grid(len(lattice.ys) - 1, len(lattice.xs) - 1, tuple(filled), lattice.box)


# What pdfminer and pdfplumber are known to raise on malformed files besides their own error types.
_PARSER_ERRORS: tuple[type[Exception], ...] = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    AssertionError,
    LookupError,
    NotImplementedError,
    OSError,
    EOFError,
)
