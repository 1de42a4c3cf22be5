"""An item narrowed by what else a question names: its column, its parent, its table; and the names sure enough to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.corpus import LabelKind
from qa.plan import Item
from qa.slot import ROWS, Slot
from qa.slots import WEAK

SURE = 0.9  # a name this sure may pick tables by their titles
AS_GOOD = 0.08  # columns and parents this close in score are taken as spellings of one thing
STRAY = 2  # characters; a vague match this short is chance


def narrowings(item: Item, slot: Slot) -> Iterator[Item]:
    """The item with a slot as its column, its parent, its project's organisation or its table."""
    if slot.text == item.said and slot.score < SURE:  # a part of names, said twice: nothing stands under itself
        yield item
        return
    columns, parents = _close(slot, LabelKind.COLUMN), _close(slot, *ROWS)
    if columns:
        yield replace(item, columns=(*item.columns, *columns))
    if parents:
        yield replace(item, parents=(*item.parents, *parents))
    tables = _close(slot, LabelKind.TABLE)
    if tables:
        yield replace(item, sources=tables)
    if not columns and not parents and not tables:
        yield item


def _close(slot: Slot, *kinds: LabelKind) -> tuple[str, ...]:
    best = slot.best(*kinds)
    return tuple(dict.fromkeys(n.text for n in slot.of(*kinds) if n.score >= best - AS_GOOD))


def strong_first(slots: Sequence[Slot]) -> Iterator[tuple[Slot, ...]]:
    """All the slots, then those that are named surely, where some are not; stray characters first left out."""
    strong = tuple(s for s in slots if s.score >= WEAK)
    if not strong or len(strong) == len(slots):
        yield tuple(slots)
    elif all(len(s.text) <= STRAY for s in slots if s not in strong):
        yield strong
    else:
        yield tuple(slots)
        yield strong
