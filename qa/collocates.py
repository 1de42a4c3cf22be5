"""Words that go with what a figure is of and change nothing about it: guests beside receptions, fuel beside cars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from qa.keys import label_key, stem
from qa.roles import read_table


def collocates(names: Iterable[str]) -> Iterator[str]:
    """The words that a question may use beside the given labels; English ones stemmed."""
    keys = tuple(dict.fromkeys(label_key(name) for name in names if name))
    for concepts, words in _table():
        if any(concept in key for concept in concepts for key in keys):
            yield from words


@cache
def _table() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    rows = read_table("collocates.tsv")
    return tuple((tuple(concepts.split("|")), tuple(_said(w) for w in words.split("|"))) for concepts, words in rows)


def _said(word: str) -> str:
    return stem(word) if word.isascii() else word
