"""Which slots name rows, and what one operand of a list borrows from the others."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.corpus import LabelKind
from qa.slot import ROWS, Slot


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
