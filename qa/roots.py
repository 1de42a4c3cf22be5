"""The root of an English word: what inspection, inspecting and inspected share.

Coarser than `qa.keys.stem`, which only takes plural and possessive off. Both sides of a comparison are brought to
roots, so a root need not be a word; words that would fall together with another by their endings are listed.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from qa.lexicon.load import read_rows

# (ending, what stands for it, least letters before it); the first that fits is taken, then the next round begins.
_ENDINGS = (
    ("ization", "", 4),
    ("izing", "", 4),
    ("ized", "", 4),
    ("ize", "", 4),
    ("ational", "", 4),
    ("ation", "", 4),
    ("ating", "", 4),
    ("ated", "", 4),
    ("ative", "", 4),
    ("ate", "", 4),
    ("ment", "", 3),
    ("ance", "", 4),
    ("ence", "", 5),
    ("ing", "", 3),
    ("ion", "", 5),
    ("ial", "", 6),
    ("al", "", 4),
    ("ic", "", 5),
    ("ed", "", 3),
    ("ee", "", 4),
    ("ly", "", 5),
    ("ness", "", 4),
    ("y", "", 6),
    ("e", "", 4),
)
_ROUNDS = 3
_VOWEL = re.compile(r"[aeiouy]")
_DOUBLE = re.compile(r"([b-df-hj-np-tv-z])\1$")
_DIALECT = ((re.compile(r"ense$"), "ence"), (re.compile(r"(?<=\w{2})our"), "or"))  # defense, neighbourhood


@cache
def _listed() -> dict[str, str]:
    """Words whose endings mislead, with their roots."""
    return {word: told for words, told in read_rows("roots_en.tsv", 2) for word in words.split("|")}


@lru_cache(maxsize=65536)
def root(word: str) -> str:
    """The root of a word that `qa.keys.stem` has brought to lower case and the singular."""
    low = word
    for dialect, instead in _DIALECT:
        low = dialect.sub(instead, low)
    for _ in range(_ROUNDS):
        listed = _listed().get(low)
        if listed is not None:
            return listed
        shorter = _shortened(low)
        if shorter == low:
            break
        low = shorter
    return _DOUBLE.sub(r"\1", low) if len(low) > 3 else low


def _shortened(word: str) -> str:
    for ending, instead, least in _ENDINGS:
        head = word.removesuffix(ending)
        if head != word and len(head) >= least and _VOWEL.search(head):
            return _DOUBLE.sub(r"\1", head) + instead if ending in ("ing", "ed") else head + instead
    return word
