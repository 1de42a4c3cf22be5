"""Which slots name rows, and what one operand of a list borrows from the others."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.corpus import LabelKind
from qa.slot import ROWS, Slot

_CLOSING = 0.95  # how surely a column is named that is borrowed by all


def borrowed_by(at: int, groups: Sequence[Sequence[Slot]]) -> list[Slot]:
    """What an operand takes from the others: a row from the last one that has one, a place from the first."""
    own = groups[at]
    borrowed: list[Slot] = []
    if not any(is_row(s) for s in own):
        column = any(s.has_column and not s.of(*ROWS) for s in own)
        donors = groups[:at][::-1] if column else [*groups[at + 1 :][::-1], *groups[:at][::-1]]
        rows = next(([s for s in g if is_row(s)] for g in donors if any(is_row(s) for s in g)), [])
        borrowed += rows[:1] if column else rows
    elif at > 0 and not any(map(names_row, own)):  # "A的基本支出和项目支出": both columns are of A
        lender = next((g for g in groups[:at] if any(map(names_row, g)) and not all(map(names_row, g))), ())
        borrowed += [s for s in lender if names_row(s)]
    if at > 0 and not any(s.is_agency or s.is_organisation for s in own):
        borrowed += [s for s in groups[0] if s.is_agency or (s.is_organisation and not is_row(s))]
    return borrowed


def rows_of_neighbour(at: int, groups: Sequence[Sequence[Slot]]) -> list[Slot]:
    """The rows of the operand before, for one that names but a column beside its: "行政运行的人员经费比公用经费多"."""
    own, before = groups[at], groups[at - 1] if at else ()
    columns = [i for i, s in enumerate(before) if heads_column(s)]
    rows = [i for i, s in enumerate(before) if names_row(s) and not heads_column(s)]
    beside = len(own) == 1 and heads_column(own[0]) and rows and columns and rows[-1] < columns[0]
    return [before[i] for i in rows] if beside else []


def shared_column(groups: Sequence[Sequence[Slot]]) -> Slot | None:
    """The column that closes a list of rows and is everyone's: "A、B、C一共用了多少财政专户管理资金"."""
    last = groups[-1] if len(groups) > 1 else ()
    if len(last) < 2 or last[-1].best(LabelKind.COLUMN) < _CLOSING or not names_row(last[0]):
        return None
    others = [*(s for group in groups[:-1] for s in group), last[0]]
    plain = all(any(map(is_row, group)) for group in groups[:-1]) and not any(s.has_column for s in others)
    return last[-1] if plain else None


def lone_column(first: Sequence[Slot], second: Sequence[Slot]) -> Slot | None:
    """The column that only one of two rows is named with, and so both: "A的项目支出比B多多少"."""
    lone = [s for s in (*first, *second) if heads_column(s)]
    rows = [any(names_row(s) and not heads_column(s) for s in side) for side in (first, second)]
    return lone[0] if len(lone) == 1 and all(rows) else None


def heads_column(slot: Slot) -> bool:
    """Whether a slot names a column as surely as a row."""
    return slot.best(LabelKind.COLUMN) >= max(_CLOSING, slot.best(*ROWS))


def opening_column(groups: Sequence[Sequence[Slot]]) -> Slot | None:
    """The column that opens a list of rows and is everyone's: "项目支出里A和B一共"."""
    first = groups[0] if len(groups) > 1 else ()
    if len(first) < 2 or first[0].best(LabelKind.COLUMN) < _CLOSING or not names_row(first[1]):
        return None
    others = [*first[1:], *(s for group in groups[1:] for s in group)]
    plain = all(any(map(is_row, group)) for group in groups[1:]) and not any(s.has_column for s in others)
    return first[0] if plain else None


def names_row(slot: Slot) -> bool:
    """Whether a slot names an item or a project, not only a column."""
    return bool(slot.of(LabelKind.ITEM, LabelKind.PROJECT))


def is_row(slot: Slot) -> bool:
    """Whether a slot names a row or column at least as surely as a place."""
    if slot.is_agency or not (slot.has_row or slot.has_column):
        return False
    places = {n.text for n in slot.of(LabelKind.ORGANISATION)}
    row = max((n.score for n in slot.of(*ROWS) if n.text not in places), default=0.0)
    return not slot.is_organisation or row >= slot.best(LabelKind.ORGANISATION)
