"""Logical tables: fragments of pages stitched together, then read as columns and rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.captions import Caption, contents_numbers, title_key
from ingest.columns import read_columns
from ingest.fragments import Fragment, aligned, read_fragments
from ingest.furniture import running_lines
from ingest.glyphs import join_lines
from ingest.headers import (
    header_boxes,
    header_paths,
    heading_key,
    heading_length,
    is_numbering,
    without_heading_cells,
)
from ingest.kinds import read_kind
from ingest.kpiforms import begins_form
from ingest.numbers import CellState, read_cell
from ingest.pages import GridCell, Line, Page
from ingest.projectrows import under_kinds, up_to_projects
from ingest.rawrows import RawRow, is_total
from ingest.records import Cell, Column, ColumnRole, Row, RowLabel, Table, TableKind
from ingest.rows import bare_name, read_labels
from ingest.units import UNKNOWN_UNIT
from ingest.unitsections import in_sections

_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]+\s*[、.．]|[（(][一二三四五六七八九十\d]+[）)]|\d+\s*[、.．]|\d{3,7}$)"
)

BodyRow = tuple[int, tuple[GridCell, ...]]  # the page, and the cell over each column


@dataclass(frozen=True, slots=True)
class Stitched:
    """All fragments of one logical table: its caption, heading rows and body rows."""

    caption: Caption
    heading: tuple[tuple[GridCell, ...], ...]
    body: tuple[BodyRow, ...]
    pages: tuple[int, ...]
    notes: tuple[str, ...]
    used: tuple[tuple[int, Line], ...]
    last: Fragment
    xs: tuple[float, ...] | None

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.heading[0]) if self.heading else len(self.body[0][1])


@dataclass(frozen=True, slots=True)
class ReadTables:
    """The logical tables of a document, and the lines of each page that belong to them (titles, units, notes)."""

    tables: tuple[Table, ...]
    used: frozenset[tuple[int, Line]]


def read_tables(pages: Sequence[Page], year: int | None) -> ReadTables:
    """Read every logical table of a document; `year` is the document's, for headings that say 上年."""
    running = running_lines(pages)
    fragments = (f for page in pages for f in read_fragments(page, running) if f.rows)
    stitched = [without_slivers(table) for table in stitch(fragments)]
    numbers = contents_numbers(pages)
    tables = [_table(f"T{i}", s, numbers, year, {}) for i, s in enumerate(stitched, 1)]
    codes = _known_codes(tables)
    tables = [_relabelled(t, s, codes) if _lacks_codes(t) else t for t, s in zip(tables, stitched, strict=True)]
    return ReadTables(tuple(tables), frozenset(pair for s in stitched for pair in s.used))


def stitch(fragments: Iterable[Fragment]) -> list[Stitched]:
    """Join the fragments that continue one another over page breaks."""
    tables: list[Stitched] = []
    for fragment in fragments:
        joined = _continued(tables[-1], fragment) if tables else None
        if joined is not None:
            tables[-1] = joined
        else:
            tables.append(_named_alike(_begun(fragment), tables[-1] if tables else None))
    return tables


def _named_alike(table: Stitched, before: Stitched | None) -> Stitched:
    """A form printed below another one, with no title of its own, bears the other's."""
    if before is None or table.caption.title or not _is_form(table) or not _is_form(before):
        return table
    return replace(table, caption=replace(table.caption, title=before.caption.title))


def without_slivers(table: Stitched) -> Stitched:
    """Drop columns that no text stands in alone: slivers between lines that do not quite meet.

    Of every text some column is kept: in a form of two grids, one above the other, many stand over two slivers.
    """
    rows = [*table.heading, *(row for _, row in table.body)]
    width = len(rows[0])
    alone: set[int] = set()
    for cell in sorted((c for row in rows for c in row if c.text.strip()), key=lambda c: (c.column_end, -c.column)):
        if not any(c in alone for c in range(cell.column, cell.column_end)):
            alone.add(cell.column_end - 1)
    kept = [c for c in range(width) if c in alone]
    if len(kept) == width or len(kept) < 2:
        return table

    place = {c: sum(k < c for k in kept) for c in range(width + 1)}

    def narrowed(row: tuple[GridCell, ...]) -> tuple[GridCell, ...]:
        return tuple(replace(row[c], column=place[row[c].column], column_end=place[row[c].column_end]) for c in kept)

    heading = tuple(narrowed(row) for row in table.heading)
    return replace(table, heading=heading, body=tuple((page, narrowed(row)) for page, row in table.body))


def _begun(fragment: Fragment) -> Stitched:
    length = 0 if _begins_form(fragment) else heading_length(fragment.rows)
    body = _below_heading(fragment, length)
    return Stitched(
        fragment.caption,
        fragment.rows[:length],
        tuple((fragment.page, row) for row in body),
        (fragment.page,),
        fragment.notes,
        tuple((fragment.page, line) for line in fragment.used),
        fragment,
        fragment.xs,
    )


def _continued(table: Stitched, fragment: Fragment) -> Stitched | None:
    """The table with one more fragment; None where the fragment begins a table of its own."""
    title = title_key(fragment.caption.title)
    same_title = bool(title) and title == title_key(table.caption.title)
    if (title and not same_title) or not _follows(table, fragment, same_title):
        return None
    if _begins_form(fragment):
        return None
    fitted = _fitted(table, fragment)
    if fitted is None:
        return None
    length = _repeated_heading(table, fitted)
    headed = not same_title and length == 0 and not _is_form(table)
    if headed and heading_length(fitted.rows) and _has_own_heading(fitted):
        return None
    rows = tuple((fragment.page, row) for row in _below_heading(fitted, length))
    return replace(
        table,
        body=table.body + rows,
        pages=(*table.pages, fragment.page),
        notes=fragment.notes,
        used=table.used + tuple((fragment.page, line) for line in fragment.used),
        last=fitted,
    )


def _begins_form(fragment: Fragment) -> bool:
    return begins_form([_texts(row) for row in fragment.rows])


def _is_form(table: Stitched) -> bool:
    return not table.heading and begins_form([_texts(row) for _, row in table.body])


def _below_heading(fragment: Fragment, length: int) -> tuple[tuple[GridCell, ...], ...]:
    """The rows of a fragment below its first `length`, without what reaches into them from above."""
    body = fragment.rows[length:]
    if not length or not body:
        return body
    first = max(c.row for c in body[0])
    return (without_heading_cells(body[0], first), *body[1:])


def _fitted(table: Stitched, fragment: Fragment) -> Fragment | None:
    """The fragment with the table's columns: by position, or as it is where it repeats the whole heading."""
    width = table.width
    repeated = _repeated_heading(table, fragment)
    if fragment.width == width and repeated and repeated == len(table.heading):
        return fragment
    fitted = aligned(fragment, table.last.xs if table.last.width == width else table.xs, width)
    if fitted is None and fragment.width == width and not heading_length(fragment.rows) and _as_wide(table, fragment):
        return fragment  # columns found by white space shift a little from page to page
    return fitted


def _as_wide(table: Stitched, fragment: Fragment) -> bool:
    one, other = table.last.xs, fragment.xs
    return one is not None and other is not None and abs(one[0] - other[0]) < 8 and abs(one[-1] - other[-1]) < 8


def _follows(table: Stitched, fragment: Fragment, same_title: bool) -> bool:
    """Whether nothing stands between a table and the fragment: a page break, or, in plain text, a repeated title."""
    if fragment.xs is None:
        return same_title and _repeated_heading(table, fragment) > 0
    return fragment.page == table.last.page + 1 and fragment.leading and table.last.trailing and not table.notes


def _repeated_heading(table: Stitched, fragment: Fragment) -> int:
    """How many rows at the fragment's top repeat the table's heading."""
    for length in range(min(len(table.heading), len(fragment.rows)), 0, -1):
        if heading_key(fragment.rows[:length]) == heading_key(table.heading[:length]):
            return length
    return 0


def _has_own_heading(fragment: Fragment) -> bool:
    """Whether a fragment begins with rows that can only be a heading: a numbering row or merged cells."""
    length = heading_length(fragment.rows)
    heading = fragment.rows[:length]
    merged = any(c.row_end - c.row > 1 or c.column_end - c.column > 1 for row in heading for c in row if c.text)
    return length < len(fragment.rows) and (any(is_numbering(row) for row in heading) or (merged and length > 1))


def _table(
    table_id: str,
    stitched: Stitched,
    numbers: Mapping[str, str],
    year: int | None,
    codes: Mapping[str, tuple[str, ...]],
) -> Table:
    body = _body(stitched)
    texts = [_texts(row) for _, row in body]
    width = stitched.width
    paths = header_paths(stitched.heading, width)
    boxes = [header_boxes(stitched.heading, c) for c in range(width)]
    title = stitched.caption.title or ""
    kind = TableKind.INDICATORS if not stitched.heading and begins_form(texts) else read_kind(title, paths)
    columns = read_columns(paths, boxes, texts, stitched.pages[0], year, kind)
    labels = _labels(body, columns, codes, kind)
    kind = _unless_classified(kind, labels)
    unit = stitched.caption.unit
    if unit is UNKNOWN_UNIT and columns:
        shared = {c.unit for c in columns if c.role is ColumnRole.VALUE}
        unit = shared.pop() if len(shared) == 1 and kind is not TableKind.INDICATORS else UNKNOWN_UNIT
    rows = tuple(
        Row(r, page, tuple(Cell(t, page, c.box) for t, c in zip(texts[r], row, strict=True)), labels[r])
        for r, (page, row) in enumerate(body)
    )
    number = _number_in_contents(title, numbers) or stitched.caption.number
    return Table(
        table_id, title, number, kind, unit, stitched.pages, columns, rows, stitched.notes, stitched.caption.title_box
    )


def _unless_classified(kind: TableKind, labels: Sequence[tuple[RowLabel | None, ...]]) -> TableKind:
    """A table of 项目支出 by items of a classification (类 over 款 over 项) lists no projects."""
    rows = [label for row in labels for label in row if label is not None and not label.total]
    nested = sum(label.code is not None and label.parent is not None for label in rows)
    return TableKind.GENERAL if kind is TableKind.PROJECTS and nested * 2 >= len(rows) > 0 else kind


def _body(stitched: Stitched) -> list[BodyRow]:
    """The printed rows: blank and numbering rows left out, a row cut by a page break made whole again."""
    body: list[BodyRow] = []
    numbered = _numbered_columns([row for _, row in stitched.body])
    for page, row in stitched.body:
        if not any(c.text.strip() for c in row) or is_numbering(row):
            continue
        if body and body[-1][0] != page and _is_remainder(row, body[-1][1], numbered):
            body[-1] = (body[-1][0], _rejoined(body[-1][1], row))
        else:
            body.append((page, row))
    return body


def _numbered_columns(rows: Sequence[Sequence[GridCell]]) -> set[int]:
    """Columns in which nearly every text begins with a number or is a code: what does not is the rest of a text."""
    columns: set[int] = set()
    for c in range(len(rows[0]) if rows else 0):
        texts = [row[c].text.strip() for row in rows if row[c].text.strip() and not is_total(row[c].text)]
        numbered = sum(bool(_NUMBERED.match(t)) for t in texts)
        if len(texts) >= 5 and numbered * 10 >= len(texts) * 7:
            columns.add(c)
    return columns


def _is_remainder(row: Sequence[GridCell], above: Sequence[GridCell], numbered: set[int]) -> bool:
    """Whether the first row of a page only ends the last row of the page before: no figure, and no number or code."""
    filled = [c for c, cell in enumerate(row) if cell.text.strip()]
    texts = [row[c].text.strip() for c in filled]
    if any(read_cell(t).state is not CellState.TEXT or _NUMBERED.match(t) or is_total(t) for t in texts):
        return False
    in_numbered = all(c in numbered for c in filled)
    lacks_code = bool(numbered) and not any(c in numbered for c in filled) and any(above[c].text for c in numbered)
    return all(above[c].text.strip() for c in filled) and (in_numbered or (lacks_code and _has_code(above, numbered)))


def _has_code(row: Sequence[GridCell], numbered: set[int]) -> bool:
    return any(row[c].text.strip().isdigit() for c in numbered)


def _rejoined(row: tuple[GridCell, ...], rest: Sequence[GridCell]) -> tuple[GridCell, ...]:
    return tuple(
        replace(cell, text=join_lines([cell.text, more.text])) if more.text.strip() else cell
        for cell, more in zip(row, rest, strict=True)
    )


def _number_in_contents(title: str, numbers: Mapping[str, str]) -> str | None:
    """The number the contents give a title; they often leave a closing bracket (（功能科目）) out."""
    key = title_key(title)
    return numbers.get(key) or numbers.get(title_key(re.sub(r"[（(][^（）()]*[）)]\s*$", "", title)))


def _texts(row: Sequence[GridCell]) -> tuple[str, ...]:
    """The row's texts by column: a merged cell's text stands in its first row and column only."""
    texts: list[str] = []
    for c, cell in enumerate(row):
        first = c == 0 or (row[c - 1] is not cell and (row[c - 1].row, row[c - 1].column) != (cell.row, cell.column))
        texts.append(cell.text.strip() if first else "")
    return tuple(texts)


def _raw_rows(body: Sequence[BodyRow]) -> list[RawRow]:
    raw: list[RawRow] = []
    printed: set[tuple[int, int, int]] = set()
    for page, row in body:
        carried = tuple(cell.text.strip() for cell in row)
        texts = tuple(
            "" if (page, cell.row, cell.column) in printed else text
            for text, cell in zip(_texts(row), row, strict=True)
        )
        printed |= {(page, cell.row, cell.column) for cell in row if cell.row_end - cell.row > 1}
        raw.append(RawRow(texts, carried, tuple(cell.indent for cell in row)))
    return raw


def _lacks_codes(table: Table) -> bool:
    return bool(table.rows) and not any(c.role is ColumnRole.CODE for c in table.columns)


def _known_codes(tables: Sequence[Table]) -> dict[str, tuple[str, ...]]:
    """The codes that a document's tables print each name with, ascending; only functional 类/款/项 tables."""
    codes: dict[str, set[str]] = {}
    for table in tables:
        if table.kind is TableKind.BASIC:
            continue
        for row in table.rows:
            for label in row.labels:
                if label and label.code and re.fullmatch(r"2\d{2}(?:\d{2}){0,2}", label.code):
                    codes.setdefault(bare_name(label.path[-1]), set()).add(label.code)
    return {name: tuple(sorted(found)) for name, found in codes.items()}


def _labels(
    body: Sequence[BodyRow], columns: Sequence[Column], codes: Mapping[str, tuple[str, ...]], kind: TableKind
) -> list[tuple[RowLabel | None, ...]]:
    raw = _raw_rows(body)
    labels = read_labels(raw, columns, codes)
    if kind is TableKind.PROCUREMENT:
        labels = under_kinds(labels, columns)
    return up_to_projects(in_sections(labels, raw, columns), raw, columns, kind)


def _relabelled(table: Table, stitched: Stitched, codes: Mapping[str, tuple[str, ...]]) -> Table:
    body = _body(stitched)
    labels = _labels(body, table.columns, codes, table.kind)
    return replace(table, rows=tuple(replace(r, labels=found) for r, found in zip(table.rows, labels, strict=True)))
