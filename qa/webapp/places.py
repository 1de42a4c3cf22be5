"""From citations to the pages they stand on: what to box on each: the cells with their headers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.corpus import Corpus, FactQuery
from ingest.geometry import Box
from ingest.numbers import fold_width
from ingest.records import Column, ColumnRole, Document, Passage, Phase, Row, Table
from ingest.units import Unit
from qa.answer import Citation
from qa.page_image import BLUE, GREEN, VERMILION, Mark

_NAMING = frozenset({ColumnRole.LABEL, ColumnRole.CODE, ColumnRole.ORGANISATION})
_SLACK = 0.02  # points: boxes are stored rounded


@dataclass(frozen=True, slots=True)
class Sheets:
    """The tables of one document, the unit of every figure in them by table, row and column, and its prose."""

    tables: tuple[Table, ...]
    units: Mapping[tuple[str, int, int], Unit]
    passages: tuple[Passage, ...] = ()

    def unit(self, table: Table, row: Row, column: Column) -> Unit | None:
        """The unit of one cell; None where it is unknown or the cell holds no figure."""
        return self.units.get((table.id, row.index, column.index))


SheetsOf = Callable[[str], Sheets]


def read_sheets(corpus: Corpus, document: str) -> Sheets:
    """The tables of a document. Raises `NoSuchDocument`."""
    tables = corpus.tables(document)
    facts = (hit.fact for hit in corpus.facts(FactQuery(documents=[document], from_tables=True)))
    units = {
        (f.table, f.row, f.column): f.unit.unit
        for f in facts
        if f.table is not None and f.row is not None and f.column is not None and f.unit.unit is not None
    }
    return Sheets(tables, units, tuple(held.record for held in corpus.passages(document)))


@dataclass(frozen=True, slots=True)
class Place:
    """A citation with the table, row and column it names; None where it is a sentence or the table is not found.

    `lines` are those that a cited sentence is printed on, on the citation's page.
    """

    citation: Citation
    table: Table | None = None
    row: Row | None = None
    column: Column | None = None
    unit: Unit | None = None
    lines: tuple[Box, ...] = ()

    @property
    def table_title(self) -> str | None:
        return self.table.title if self.table is not None else self.citation.table


@dataclass(frozen=True, slots=True)
class CitedPage:
    """A page of a document with what is boxed on it; `places` is empty for a page that only holds the header."""

    document: str
    page: int
    places: tuple[Place, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class RowField:
    """One cell of a row set out as text: its heading, its text, and whether it is the cited one."""

    heading: str
    text: str
    cited: bool


def place_citation(citation: Citation, sheets_of: SheetsOf) -> Place:
    """The table, row and column of a citation; what cannot be told stays None."""
    sheets = sheets_of(citation.document)
    if citation.table is None and citation.box is None:
        return _by_its_words(citation, sheets)
    if citation.table is None:
        return Place(citation, lines=tuple(_sentence_lines(sheets.passages, citation)))
    named = [t for t in sheets.tables if citation.table in (t.title, t.id)]
    for table in named:
        found = _cell(table, citation)
        if found is not None:
            return Place(citation, table, *found, sheets.unit(table, *found))
    return Place(citation, named[0]) if named else Place(citation)


def _cell(table: Table, citation: Citation) -> tuple[Row, Column] | None:
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=False):
            stands_there = cell.page == citation.page and _same_place(cell.box, citation.box)
            if stands_there and (cell.box is not None or _reads_like(citation, row, column, cell.text)):
                return row, column
    return None


def _by_its_words(citation: Citation, sheets: Sheets) -> Place:
    """A citation of words without a place: the first cell on its page that holds just these."""
    words = _bare(citation.text)
    for table in sheets.tables:
        for row in table.rows if words else ():
            for column, cell in zip(table.columns, row.cells, strict=False):
                if cell.page == citation.page and cell.box is not None and _bare(cell.text) == words:
                    return Place(replace(citation, box=cell.box), table, row, column)
    return Place(citation)


def _bare(text: str) -> str:
    return "".join(fold_width(text).split())


def _sentence_lines(passages: Sequence[Passage], citation: Citation) -> Iterator[Box]:
    """The lines of a cited sentence on its page: of those that read like it, the one that its box stands in."""
    for passage in passages:
        start = passage.text.find(citation.text)
        end = start + len(citation.text)
        boxes = [
            line.box for line in passage.lines
            if line.box is not None and line.page == citation.page and line.start < end and start < line.end
        ]  # fmt: skip
        if start >= 0 and citation.box is not None and any(b.contains(*citation.box.middle, slack=1.0) for b in boxes):
            yield from boxes
            return


def _same_place(cell: Box | None, cited: Box | None) -> bool:
    if cell is None or cited is None:
        return cell is cited
    return all(abs(a - b) <= _SLACK for a, b in zip(cell.as_list(), cited.as_list(), strict=True))


def _reads_like(citation: Citation, row: Row, column: Column, text: str) -> bool:
    """Whether a cell of a file without boxes is the cited one, by its text and its labels."""
    label = row.labels[column.panel] if column.panel < len(row.labels) else None
    named = label is not None and bool(citation.row) and label.path[-1] == citation.row[-1]
    return named and text == citation.text and column.path == citation.column


def cell_citation(document: Document, table: Table, row: Row, column: Column) -> Citation:
    """The citation of one cell of a table."""
    label = row.labels[column.panel] if column.panel < len(row.labels) else None
    cell = row.cells[column.index]
    return Citation(
        document.id, document.file, cell.page, cell.text, cell.box, table.title,
        label.path if label else (), label.code if label else None, column.path,
    )  # fmt: skip


def cited_pages(places: Sequence[Place]) -> tuple[CitedPage, ...]:
    """Each page once, in the order of citation, cited cells and their headers marked; a header's own page follows."""
    cited: dict[tuple[str, int], list[Place]] = {}
    marks: dict[tuple[str, int], dict[Box, Mark]] = {}
    for place in places:
        key = (place.citation.document, place.citation.page)
        cited.setdefault(key, []).append(place)
        marks.setdefault(key, {})
        for page, mark in place_marks(place):
            here = marks.setdefault((place.citation.document, page), {})
            if mark.colour == VERMILION or mark.box not in here:
                here[mark.box] = mark
    order = [*cited, *(key for key in marks if key not in cited)]
    return tuple(CitedPage(d, p, tuple(cited.get((d, p), ())), tuple(marks[d, p].values())) for d, p in order)


def place_marks(place: Place) -> Iterator[tuple[int, Mark]]:
    """What is boxed for one citation, with its page: column header blue, row header green, the cell vermilion."""
    row, column, citation = place.row, place.column, place.citation
    if column is not None and column.page is not None:
        yield from ((column.page, Mark(box, BLUE, 2, 25)) for box in column.boxes)
    if row is not None and column is not None and place.table is not None:
        for other, cell in zip(place.table.columns, row.cells, strict=False):
            names = other.role in _NAMING or (other.role is ColumnRole.TEXT and cell.text in citation.row)
            beside = other.panel == column.panel and other.index != column.index
            if names and beside and cell.box is not None and cell.text.strip():
                yield cell.page, Mark(cell.box, GREEN, 2, 25)
    if citation.box is not None:
        yield citation.page, Mark(citation.box, VERMILION)


def row_fields(place: Place) -> tuple[RowField, ...]:
    """The cited row, cell by cell, of its half of the table; empty for a sentence."""
    row, column, table = place.row, place.column, place.table
    if row is None or column is None or table is None:
        return ()
    return tuple(
        RowField(" > ".join(other.path), cell.text, other.index == column.index)
        for other, cell in zip(table.columns, row.cells, strict=False)
        if other.panel == column.panel
    )


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose figure it is: agency, year and phase, the column's own where its heading says them."""

    agency: str | None
    year: int | None
    phase: Phase


def origin(place: Place, document: Document) -> Origin:
    """Agency, year and phase of a cited figure."""
    who, column = document.identity, place.column
    year = column.year if column is not None and column.year is not None else who.year
    phase = column.phase if column is not None and column.phase is not Phase.UNKNOWN else who.phase
    return Origin(who.agency, year, phase)
