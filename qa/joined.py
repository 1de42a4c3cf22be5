"""One stretch of a question that names two things: "water and electricity" where no label bears both."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.keys import label_key, stem
from qa.slot import Slot
from qa.unexplained import english_of

_JOINED = re.compile(r"\s+(?:and|&|plus)\s+", re.I)
_WORD = re.compile(r"[A-Za-z']+")


def parts_of(slot: Slot) -> tuple[Slot, ...]:
    """The things that English words joined by "and", or characters like 水电, name one by one; empty where but one."""
    if not slot.text.isascii():
        return _chinese_parts(slot)
    pieces = _JOINED.split(slot.text)
    if len(pieces) < 2:
        return ()
    said = [{stem(w) for w in _WORD.findall(piece)} for piece in pieces]
    parts = []
    for at, (piece, own) in enumerate(zip(pieces, said, strict=True)):
        others = set[str]().union(*(s for n, s in enumerate(said) if n != at))
        known = {n: english_of().get(label_key(n.text), frozenset()) for n in slot.names}
        names = tuple(n for n in slot.names if known[n] & own and not known[n] & others)
        if not names:
            return ()
        parts.append(replace(slot, text=piece, names=names))
    return tuple(parts)


def _chinese_parts(slot: Slot) -> tuple[Slot, ...]:
    """水费 and 电费 for 水电: each character a charge of its own, none of them named by both."""
    parts = []
    for character in slot.text.removesuffix("费"):
        names = tuple(n for n in slot.names if label_key(n.text) == character + "费")
        if not names:
            return ()
        parts.append(replace(slot, text=character + "费", names=names))
    return tuple(parts) if len(parts) > 1 else ()
