"""Errors put into a document on purpose: one printed figure changed, and what was changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from eval.generate.book import Book, Paragraph, Part
from eval.generate.sheet import Sheet
from ingest.numbers import CellState, parse_figure, printed_decimals, read_cell
from ingest.records import ColumnRole, TableKind


@dataclass(frozen=True, slots=True)
class Mutation:
    """One changed figure. In a table: `table`, `row`, `column` and the row's label; in prose: `passage`.

    `row` and `passage` count from 0.
    """

    kind: str
    where: str
    before: str
    after: str
    label: str
    table: str | None = None
    row: int | None = None
    column: int | None = None
    passage: int | None = None


def mutate(book: Book, seed: int) -> tuple[Book, Mutation]:
    """A copy of the book with one figure changed, chosen by the seed; raises `ValueError` where there is none."""
    rng = Random(f"mutation {seed}")
    spots = list(_spots(book))
    if not spots:
        raise ValueError(f"no figure to change in {book.title}")
    return _change(book, rng.choice(spots), rng)


@dataclass(frozen=True, slots=True)
class _Spot:
    part: int
    row: int = 0
    column: int = 0
    figure: int = 0


def _spots(book: Book) -> Iterator[_Spot]:
    for number, part in enumerate(book.parts):
        if isinstance(part, Sheet):
            yield from _sheet_spots(number, part)
        elif isinstance(part, Paragraph):
            for index, figure in enumerate(part.figures):
                if part.text.count(figure.text) == 1:
                    yield _Spot(number, figure=index)


def _sheet_spots(number: int, sheet: Sheet) -> Iterator[_Spot]:
    roles = [head.role for head, _ in sheet.columns()]
    for r, row in enumerate(sheet.rows):
        for c, text in enumerate(row.cells):
            if roles[c] is ColumnRole.VALUE and read_cell(text).state is CellState.FIGURE:
                yield _Spot(number, r, c)


def _change(book: Book, spot: _Spot, rng: Random) -> tuple[Book, Mutation]:
    part = book.parts[spot.part]
    if isinstance(part, Sheet):
        changed, mutation = _change_cell(part, spot, rng)
        return _with_part(book, spot.part, changed), mutation
    if not isinstance(part, Paragraph):
        raise ValueError("neither a table nor a paragraph")
    passage = sum(isinstance(p, Paragraph) for p in book.parts[: spot.part])
    paragraph, mutation = _change_prose(part, spot, passage, rng)
    return _with_part(book, spot.part, paragraph), mutation


def _change_cell(sheet: Sheet, spot: _Spot, rng: Random) -> tuple[Sheet, Mutation]:
    row = sheet.rows[spot.row]
    before = row.cells[spot.column]
    after = other_figure(before, rng)
    cells = (*row.cells[: spot.column], after, *row.cells[spot.column + 1 :])
    rows = (*sheet.rows[: spot.row], replace(row, cells=cells), *sheet.rows[spot.row + 1 :])
    head, path = sheet.columns()[spot.column]
    label = row.labels[head.panel] if head.panel < len(row.labels) else None
    name = " > ".join(label.path) if label else ""
    kind = _cell_kind(sheet, label is not None and label.total)
    where = f"{sheet.title}, {name}, {' > '.join(path)}"
    mutation = Mutation(kind, where, before, after, name, sheet.title, spot.row, spot.column)
    return replace(sheet, rows=rows), mutation


def _cell_kind(sheet: Sheet, total: bool) -> str:
    return f"{sheet.kind.value}{'/total' if total else ''}" if sheet.kind is not TableKind.GENERAL else "general"


def _change_prose(paragraph: Paragraph, spot: _Spot, passage: int, rng: Random) -> tuple[Paragraph, Mutation]:
    figure = paragraph.figures[spot.figure]
    after = other_figure(figure.text, rng)
    changed = replace(
        figure, text=after, value=abs(parse_figure(after.strip("$%"))).copy_sign(figure.value or Decimal(1))
    )
    figures = (*paragraph.figures[: spot.figure], changed, *paragraph.figures[spot.figure + 1 :])
    text = paragraph.text.replace(figure.text, after)
    mutation = Mutation(
        f"prose/{figure.measure.value}", paragraph.text[:30], figure.text, after, figure.label, passage=passage
    )
    return replace(paragraph, text=text, figures=figures), mutation


def other_figure(text: str, rng: Random) -> str:
    """Another figure of the same form: a digit changed, or two neighbouring digits swapped; never the same value."""
    digits = [i for i, char in enumerate(text) if char.isdigit()]
    value = parse_figure(text.strip("$"))
    for _ in range(50):
        at = rng.choice(digits)
        chars = list(text)
        if rng.random() < 0.3 and at + 1 < len(text) and text[at + 1].isdigit():
            chars[at], chars[at + 1] = chars[at + 1], chars[at]
        else:
            chars[at] = str((int(chars[at]) + rng.randint(1, 9)) % 10)
        changed = "".join(chars)
        if _well_formed(changed, text) and parse_figure(changed.strip("$")) != value:
            return changed
    raise ValueError(f"no other figure like {text!r}")


def _well_formed(changed: str, text: str) -> bool:
    """Whether no zero leads a number that none led before."""
    bare, old = changed.strip("$(-"), text.strip("$(-")
    leading = bare.startswith("0") and not bare.startswith("0.")
    same = printed_decimals(parse_figure(changed.strip("$"))) == printed_decimals(parse_figure(text.strip("$")))
    return same and (not leading or old.startswith("0"))


def _with_part(book: Book, number: int, part: Part) -> Book:
    return replace(book, parts=(*book.parts[:number], part, *book.parts[number + 1 :]))
