"""What an extraction got wrong, against the gold of a generated document: every difference by table, row and cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from eval.generate.compare_prose import prose_points
from eval.generate.gold import Gold, GoldRow, GoldTable
from eval.generate.points import Aspect, Comparison, Point, equal, plain
from ingest.geometry import Box
from ingest.numbers import CellState, read_cell
from ingest.records import ColumnRole, Extract, Fact, Row, RowLabel, Table, TableKind

_ENUMERATOR = re.compile(r"^(?:[（(]?[一二三四五六七八九十]+[、)）.]|\d+[、.]|其中[:：])")
_SLACK = 2.0
_CODE_ROLES = (ColumnRole.CODE, ColumnRole.LABEL, ColumnRole.ORGANISATION)

_Facts = dict[tuple[str | None, int | None, int | None], Fact]


def compare(gold: Gold, extract: Extract) -> Comparison:
    """Compare everything that gold knows with what was extracted."""
    identity = extract.document.identity
    points = [
        equal(Aspect.IDENTITY, "agency", gold.agency, identity.agency),
        equal(Aspect.IDENTITY, "year", gold.year, identity.year),
        equal(Aspect.IDENTITY, "phase", gold.phase, identity.phase),
        equal(Aspect.IDENTITY, "volume", gold.volume, identity.volume),
    ]
    facts: _Facts = {(f.table, f.row, f.column): f for f in extract.facts if f.table is not None}
    points += [point for pair in _paired(gold, extract) for point in _table_points(*pair, facts)]
    points += list(_indicator_points(gold, extract))
    points += list(prose_points(gold, extract))
    return Comparison(tuple(points))


def _paired(gold: Gold, extract: Extract) -> list[tuple[GoldTable | None, Table | None]]:
    """Gold tables with the extracted ones of the same title, or else on the same first page in order."""
    left = list(extract.tables)
    pairs: list[tuple[GoldTable | None, Table | None]] = []
    for table in gold.tables:
        title = plain(table.title)
        match = next((t for t in left if plain(t.title) == title), None)
        match = match or next((t for t in left if title in plain(t.title) or plain(t.title) in title), None)
        match = match or next((t for t in left if set(t.pages) & set(table.pages)), None)
        if match:
            left.remove(match)
        pairs.append((table, match))
    return pairs + [(None, table) for table in left]


def _table_points(gold: GoldTable | None, table: Table | None, facts: _Facts) -> Iterator[Point]:
    if gold is None or table is None:
        name = gold.title if gold else ""
        got = f"{table.id} {table.title} page {table.pages}" if table else ""
        yield Point(Aspect.TABLE, name or got, name, got, False)
        return
    where = gold.title
    yield Point(Aspect.TABLE, where, where, table.title, True)
    title = plain(table.title)
    yield Point(Aspect.TITLE, where, where, table.title, plain(where) in title and len(title) < len(where) + 14)
    if gold.kind is not TableKind.GENERAL:
        yield equal(Aspect.KIND, where, gold.kind, table.kind)
    if gold.unit:
        yield equal(Aspect.UNIT, where, gold.unit, table.unit.unit.symbol if table.unit.unit else None)
    yield equal(Aspect.PAGES, where, gold.pages, table.pages)
    notes = plain("".join(table.notes))
    for note in gold.notes:
        yield Point(Aspect.NOTE, where, note, "".join(table.notes), plain(note) in notes)
    yield from _column_points(gold, table)
    yield from _row_points(gold, table, facts)


def _column_points(gold: GoldTable, table: Table) -> Iterator[Point]:
    for number, column in enumerate(gold.columns):
        where = f"{gold.title} column {number}"
        if number >= len(table.columns):
            yield Point(Aspect.COLUMN, where, " > ".join(column.path), "", False)
            continue
        got = table.columns[number]
        yield equal(Aspect.COLUMN, where, " > ".join(column.path), " > ".join(got.path))
        known = column.role in (*_CODE_ROLES, ColumnRole.VALUE)
        right = column.role is got.role or not known
        yield Point(Aspect.ROLE, where, column.role, got.role, right and column.panel == got.panel)
    for got in table.columns[len(gold.columns) :]:
        yield Point(Aspect.COLUMN, f"{gold.title} column {got.index}", "", " > ".join(got.path), False)


def _row_points(gold: GoldTable, table: Table, facts: _Facts) -> Iterator[Point]:
    wanted = [_key(gold, row.cells) for row in gold.rows]
    got = [_key(gold, tuple(cell.text for cell in row.cells)) for row in table.rows]
    place: dict[int, int] = {}
    for tag, i0, i1, j0, j1 in SequenceMatcher(a=wanted, b=got, autojunk=False).get_opcodes():
        if tag in ("equal", "replace"):
            place.update(zip(range(i0, i1), range(j0, j1), strict=False))
    for number, row in enumerate(gold.rows):
        where = f"{gold.title} row {number} (page {row.page})"
        if number not in place:
            blank = not any(row.cells)
            yield Point(Aspect.ROW, where, " | ".join(row.cells), "", blank)
            continue
        yield Point(Aspect.ROW, where, "", "", True)
        other = table.rows[place[number]]
        yield from _cell_points(gold, row, other, where)
        yield from _label_points(row, other, place, where)
        yield from _fact_points(gold, row, table, other, facts, where)
    for number in sorted(set(range(len(table.rows))) - set(place.values())):
        cells = " | ".join(cell.text for cell in table.rows[number].cells)
        where = f"{gold.title} extra row {number} (page {table.rows[number].page})"
        yield Point(Aspect.ROW, where, "", cells, not cells.strip(" |"))


def _key(gold: GoldTable, cells: tuple[str, ...]) -> str:
    return "|".join(plain(text) for c, text in enumerate(cells) if text.strip() and c != gold.joined)


def _cell_points(gold: GoldTable, row: GoldRow, other: Row, where: str) -> Iterator[Point]:
    first = {c: left for left, right in row.merged for c in range(left, right)}
    for column, text in enumerate(row.cells):
        got = other.cells[column] if column < len(other.cells) else None
        spot = f"{where} column {column}"
        if got is None:
            yield Point(Aspect.CELL, spot, text, "(no cell)", False)
            continue
        shown = plain(got.text)
        if column in first:
            span = row.cells[first[column]]
            yield Point(Aspect.CELL, spot, span, got.text, shown in ("", plain(span)))
            continue
        right = shown == plain(text) or (column == gold.joined and not shown)
        yield Point(Aspect.CELL, spot, text, got.text, right)
        if text and row.boxes[column] is not None and column != gold.joined:
            yield _place_point(spot, row, column, got.page, got.box)


def _place_point(spot: str, row: GoldRow, column: int, page: int, box: Box | None) -> Point:
    wanted = row.boxes[column]
    right = wanted is not None and box is not None and box.contains(*wanted.middle, slack=_SLACK) and page == row.page
    shown = f"page {page} {box.as_list() if box else None}"
    return Point(Aspect.PLACE, spot, f"page {row.page} {wanted.as_list() if wanted else None}", shown, right)


def _label_points(row: GoldRow, other: Row, place: dict[int, int], where: str) -> Iterator[Point]:
    for panel, label in enumerate(row.labels):
        got = other.labels[panel] if panel < len(other.labels) else None
        if label is None or got is None:
            if label is not None:
                yield Point(Aspect.PATH, where, " > ".join(label.path), "", False)
            continue
        yield from _one_label(label, got, place, where)


def _one_label(label: RowLabel, got: RowLabel, place: dict[int, int], where: str) -> Iterator[Point]:
    wanted, found = [_bare(name) for name in label.path], [_bare(name) for name in got.path]
    if label.organisation:
        found = [name for name in found if name != plain(label.organisation)] or found
    yield Point(Aspect.PATH, where, " > ".join(label.path), " > ".join(got.path), wanted == found)
    if label.code:
        yield equal(Aspect.CODE, where, label.code, got.code)
    yield equal(Aspect.TOTAL, where, label.total, got.total)
    if label.organisation:
        yield equal(Aspect.ORGANISATION, where, label.organisation, got.organisation)
    if label.parent is not None:
        yield equal(Aspect.PARENT, where, place.get(label.parent), got.parent)


def _bare(name: str) -> str:
    return _ENUMERATOR.sub("", plain(name))


def _fact_points(gold: GoldTable, row: GoldRow, table: Table, other: Row, facts: _Facts, where: str) -> Iterator[Point]:
    for column, text in enumerate(row.cells):
        cell = read_cell(text)
        if gold.columns[column].role is not ColumnRole.VALUE or cell.state is not CellState.FIGURE:
            continue
        fact = facts.get((table.id, other.index, column))
        got = f"{fact.value} {fact.unit.unit}" if fact else ""
        right = fact is not None and fact.value == cell.value
        if fact is not None and gold.unit and fact.unit.unit is not None:
            right = right and (fact.unit.unit.symbol == gold.unit or not fact.unit.unit.is_money)
        yield Point(Aspect.FACT, f"{where} column {column}", f"{text} {gold.unit}", got, right)


def _indicator_points(gold: Gold, extract: Extract) -> Iterator[Point]:
    got = {
        (
            plain(i.organisation or ""),
            plain(i.project),
            plain(i.name),
            plain(i.operator),
            plain(i.target),
            plain(i.unit),
        )
        for i in extract.indicators
    }
    for i in gold.indicators:
        key = tuple(plain(text) for text in (i.organisation, i.project, i.name, i.operator, i.target, i.unit))
        yield Point(Aspect.INDICATOR, f"page {i.page}", " ".join(key), "", key in got)
