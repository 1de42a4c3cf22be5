"""A total row is the sum of the rows it closes or heads; income equals expenditure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.checks.compare import compare_equal, compare_sum
from ingest.checks.view import DocumentView, TableView, compact, rows_with_labels
from ingest.records import Check, Column, Fact, Outcome, RowLabel, TableKind

KIND = "total"
BALANCE_KIND = "income_expenditure"
_BALANCED = (TableKind.BALANCE, TableKind.FISCAL_BALANCE)
_CARRIED = re.compile(r"结转|结余")
_EXCERPT = re.compile(r"^其中")
_FAR = Decimal("1.3")
_NEARLY = Decimal("0.02")


def totals(document: DocumentView) -> Iterator[Check]:
    """For every total row and column of amounts: its figure against the sum of the top-level rows that it totals."""
    for view in document.tables:
        if view.table.kind is TableKind.INDICATORS:
            continue
        for panel in view.panels:
            closings = _closings(view, panel)
            for place, column in enumerate(view.additive_columns(panel)):
                beside = {c.row: _beside(view, panel, c.row, place) for c in closings}
                yield from _column_totals(view, panel, column, closings, beside)


def _beside(view: TableView, panel: int, row: int, place: int) -> list[Fact]:
    """Figures of the panel to the left that a total row also totals: its name spans both, its figure stands here."""
    label, left = view.label(row, panel), view.label(row, panel - 1) if panel else None
    if label is None or left is None or label.path[-1] != left.path[-1]:
        return []
    columns = view.additive_columns(panel - 1)
    if place >= len(columns) or view.figure(row, columns[place].index) is not None:
        return []
    above = [r for r, label in _top_rows(view, panel - 1) if r < row and not label.total]
    return view.figures(above, columns[place].index)


def income_and_expenditure(document: DocumentView) -> Iterator[Check]:
    """In a table of income beside expenditure the last totals of both sides are equal (收入总计 = 支出总计)."""
    for view in document.tables:
        if view.table.kind not in _BALANCED or len(view.panels) < 2:
            continue
        rows = [r for r, label in rows_with_labels(view, 0) if label.total and _is_total(view, r, 1)]
        columns = [view.additive_columns(panel) for panel in (0, 1)]
        if not rows or not all(columns):
            continue
        left, right = (view.figure(rows[-1], c[0].index) for c in columns)
        if left is not None and right is not None:
            check = compare_equal(BALANCE_KIND, left, right, f"{view.title}, income and expenditure")
            if check is not None:
                yield check


@dataclass(frozen=True, slots=True)
class Closing:
    """A total row, and the ways in which the rows round it may add up to it, the likeliest first."""

    row: int
    ways: tuple[tuple[int, ...], ...]


def _is_total(view: TableView, row: int, panel: int) -> bool:
    label = view.label(row, panel)
    return label is not None and label.total


def _closings(view: TableView, panel: int) -> list[Closing]:
    top = _top_rows(view, panel)
    groups = _groups(top)
    closings = [Closing(total, (tuple(members),)) for total, members in groups if total is not None and members]
    flat: list[tuple[int, RowLabel]] = []
    grouped = {r for total, members in groups for r in (*members, *([total] if total is not None else []))}
    heads = {(total if total is not None else members[0]): (total, members) for total, members in groups}
    for row, label in top:
        if row not in grouped:
            flat.append((row, label))
        elif row in heads and heads[row][0] is not None:
            flat.append((row, replace(label, total=False)))
        elif row not in {m for total, members in groups if total is not None for m in members}:
            flat.append((row, label))
    return closings + _sequence(flat, view, panel)


def _top_rows(view: TableView, panel: int) -> list[tuple[int, RowLabel]]:
    """The outermost rows in order; a heading without any figure gives way to the rows under it."""
    rows = [(r, label) for r, label in rows_with_labels(view, panel) if not _excerpt(label)]
    columns = view.additive_columns(panel)
    bare = {r for r, label in rows if label.parent is None and not any(view.figure(r, c.index) for c in columns)}
    return [
        (r, replace(label, path=label.path[-1:]) if label.parent in bare else label)
        for r, label in rows
        if r not in bare and (label.parent is None or label.parent in bare)
    ]


def _groups(top: Sequence[tuple[int, RowLabel]]) -> list[tuple[int | None, list[int]]]:
    """Rows that share a heading of their own (一般公共预算资金 > 小计, …): the subtotal row, and the others."""
    found: dict[tuple[str, ...], tuple[int | None, list[int]]] = {}
    for row, label in top:
        if len(label.path) < 2:
            continue
        total, members = found.setdefault(label.path[:-1], (None, []))
        if label.total and total is None:
            found[label.path[:-1]] = (row, members)
        else:
            members.append(row)
    return list(found.values())


def _sequence(flat: Sequence[tuple[int, RowLabel]], view: TableView, panel: int) -> list[Closing]:
    """Each total row with the rows that may make it up: those since the last total, with it, or those that follow."""
    closings: list[Closing] = []
    open_rows: list[int] = []
    everything: list[int] = []
    last: int | None = None
    for position, (row, label) in enumerate(flat):
        if not label.total:
            open_rows.append(row)
            everything.append(row)
            continue
        if not everything and last is None:
            following = _until_total(flat[position + 1 :])
            closings.append(Closing(row, (tuple(following),)))
            continue
        ways = [open_rows]
        if last is not None:
            ways = [[last, *open_rows], open_rows, [last, *_without_breakdown(open_rows, view, panel)]]
        closings.append(Closing(row, tuple(tuple(way) for way in (*ways, everything) if way)))
        last, open_rows = row, []
    return closings


def _until_total(flat: Sequence[tuple[int, RowLabel]]) -> list[int]:
    rows: list[int] = []
    for row, label in flat:
        if label.total:
            break
        rows.append(row)
    return rows


def _without_breakdown(rows: Sequence[int], view: TableView, panel: int) -> list[int]:
    """The rows of carried-over money (上年结转) without the funds listed under it, which are its parts."""
    return [r for r in rows if (label := view.label(r, panel)) and _CARRIED.search(compact(label.path[-1]))]


def _column_totals(
    view: TableView, panel: int, column: Column, closings: Sequence[Closing], beside: Mapping[int, list[Fact]]
) -> Iterator[Check]:
    for closing in closings:
        whole = view.figure(closing.row, column.index)
        ways = [parts for way in closing.ways if (parts := view.figures(way, column.index))]
        ways += [[*beside[closing.row], *parts] for parts in ways if beside[closing.row]]
        if whole is None or not ways:
            continue
        name = view.named(closing.row, panel, column)
        checks = [compare_sum(KIND, whole, parts, name) for parts in ways]
        best = min(checks, key=lambda c: (_RANK[c.outcome], abs(c.difference or Decimal(0))))
        yield _doubted(best, whole, _is_coded(view, panel, closing))


_RANK = {Outcome.HELD: 0, Outcome.ROUNDING: 1, Outcome.BROKEN: 2, Outcome.NOT_APPLICABLE: 3}


def _is_coded(view: TableView, panel: int, closing: Closing) -> bool:
    labels = [view.label(row, panel) for way in closing.ways for row in way]
    return any(label is not None and label.code for label in labels)


def _doubted(check: Check, whole: Fact, coded: bool) -> Check:
    """A sum that is a multiple of its total says that nested rows were counted twice; one far beyond it, perhaps."""
    if check.outcome is not Outcome.BROKEN or check.right.value is None or whole.value is None:
        return check
    times = abs(check.right.value) / abs(whole.value) if whole.value else Decimal(0)
    whole_times = times.to_integral_value()
    multiple = whole_times >= 2 and abs(times - whole_times) <= _NEARLY * times
    if not multiple and not coded and times > _FAR:
        return replace(check, doubt="the rows may be nested")
    if multiple:
        return replace(check, outcome=Outcome.NOT_APPLICABLE, message=f"{check.message}; the rows may be nested")
    return check


def _excerpt(label: RowLabel) -> bool:
    return bool(_EXCERPT.match(compact(label.path[-1])))
