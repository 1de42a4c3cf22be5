"""Names said twice: English words with the Chinese name in brackets behind them are one slot, read by the Chinese."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from qa.keys import is_chinese, stem
from qa.lexicon.load import load
from qa.slot import Slot

_OPEN = ("(", "[")
_CLOSE = ") ]"
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9'’/&-]*\s*$")
_QUOTED = re.compile(r"[\"“‘'][^\"”’]{1,60}[\"”’']\s*$")  # "waste-free cell" (无废细胞)
_MOST_WORDS = 8


def with_translations(slots: Sequence[Slot], text: str) -> list[Slot]:
    """The slots, each name in brackets joined with the words before it that it translates.

    Slots inside those words give way, since the bracket says what they mean; agencies stay.
    """
    joined: list[Slot] = []
    for slot in slots:
        head = text[: slot.start].rstrip()
        if not head.endswith(_OPEN) or is_chinese(head[-2:-1]):
            joined.append(slot)
            continue
        bracket = len(head) - 1
        start = _start_of_words(text, bracket, joined, {n.text for n in slot.names[:2]})
        inside = [s for s in joined if s.end > start and not s.is_agency]
        joined = [s for s in joined if s not in inside]
        code = slot.code or next((s.code for s in inside if s.code), None)
        end = slot.end + len(text[slot.end :]) - len(text[slot.end :].lstrip(_CLOSE))
        end = len(text[:end].rstrip())
        joined.append(Slot(start, end, text[start:end], slot.names, code))
    return joined


def _start_of_words(text: str, bracket: int, slots: Sequence[Slot], meant: set[str]) -> int:
    """Where the noun before a bracket begins: back over names and content words, to a function word or an agency.

    Over "and" only where the words before it mean the same too (vehicle running and upkeep).
    """
    quoted = _QUOTED.search(text[:bracket])
    if quoted is not None:
        return quoted.start()
    start, first = bracket, True
    for _ in range(_MOST_WORDS):
        before = len(text[:start].rstrip())
        if text[before - 1 : before] in _CLOSE.strip():
            break
        slot = next((s for s in slots if s.start < before <= s.end), None)
        if slot is not None:
            if slot.is_agency or (slot.is_organisation and not first):
                break
            start, first = slot.start, False
            continue
        word = _WORD.search(text[:before])
        joined = word is not None and word.group().strip() == "and" and _ends_in(text[: word.start()], slots, meant)
        if word is not None and joined:
            start = word.start()
            continue
        if word is None or (_parts(word.group()) and not (first and _is_soft(word.group()))):
            break
        start, first = word.start(), False
    return start if start < bracket else bracket


def _ends_in(head: str, slots: Sequence[Slot], meant: set[str]) -> bool:
    """Whether the words end in a name of one of the things meant."""
    end = len(head.rstrip())
    return any(s.end == end and meant & {n.text for n in s.names[:2]} for s in slots)


@cache
def _function_stems() -> frozenset[str]:
    words = load().section("function", "en")
    joiners = frozenset(load().section("joiner", "en")) | {"plus", "or", "minus"}
    return joiners | {stem(part) for word in words for part in word.split()}


@cache
def _soft_stems() -> frozenset[str]:
    return frozenset(stem(w) for section in ("soft", "droppable") for w in load().section(section, "en"))


def _parts(word: str) -> bool:
    """Whether a word ends the noun to its right: of, the, a verb, an owner (association's)."""
    return word.strip().endswith(("'s", "’s", "s'")) or stem(word.strip()) in _function_stems()


def _is_soft(word: str) -> bool:
    return stem(word.strip()) in _soft_stems()
