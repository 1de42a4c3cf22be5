"""Table rows of a PDF by several libraries, each behind one method, so that they can be measured alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

Row = tuple[str, ...]


class RowFinder(Protocol):
    """A plug point: the rows of every table of a document, page after page, headings included."""

    @property
    def name(self) -> str:
        """What the report calls it."""
        ...

    def rows(self, path: Path) -> Iterator[Row]:
        """The texts of each row's cells from left to right; a missing cell is an empty text."""
        ...


class Ours:
    """The whole of our extraction: what is timed includes prose, facts and checks."""

    name = "ours (everything: tables, prose, facts, checks)"

    def rows(self, path: Path) -> Iterator[Row]:
        from ingest.extract import extract

        for table in extract(path).tables:
            yield from (tuple(cell.text for cell in row.cells) for row in table.rows)


class Pdfplumber:
    """pdfplumber's raw tables with its default settings."""

    name = "pdfplumber extract_tables"

    def rows(self, path: Path) -> Iterator[Row]:
        import pdfplumber

        with pdfplumber.open(path) as pdf:
            for page in pdf.pages:
                for table in page.extract_tables():
                    yield from (tuple(cell or "" for cell in row) for row in table)
                page.close()


class Tablers:
    """tablers (Rust, MIT) with its default settings; of the optional extra `bench`."""

    name = "tablers find_tables"

    def rows(self, path: Path) -> Iterator[Row]:
        tablers: Any = import_module("tablers")
        document = tablers.Document(str(path))
        try:
            for page in document.pages():
                for table in tablers.find_tables(page, extract_text=True):
                    yield from (_texts(row.cells) for row in table.rows)
        finally:
            document.close()


class Camelot:
    """Camelot (MIT) by ruled lines; of the optional extra `bench`."""

    name = "Camelot lattice"

    def rows(self, path: Path) -> Iterator[Row]:
        camelot: Any = import_module("camelot")
        for table in camelot.read_pdf(str(path), pages="all", flavor="lattice"):
            yield from (tuple(str(cell) for cell in row) for row in table.df.values.tolist())


def _texts(cells: Sequence[Any]) -> Row:
    return tuple("" if cell is None else re.sub(r"\s*\n\s*", "", cell.text or "") for cell in cells)


def finders() -> tuple[RowFinder, ...]:
    """Ours and pdfplumber, and the libraries of the extra `bench` that are installed."""
    extra: tuple[tuple[str, RowFinder], ...] = (("tablers", Tablers()), ("camelot", Camelot()))
    return (Ours(), Pdfplumber(), *(finder for module, finder in extra if find_spec(module) is not None))
