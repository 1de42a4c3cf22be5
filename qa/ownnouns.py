"""The words by which a question speaks of the document's own body: 学校 of a university, "the court" of a court."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qa.roles import read_table


def own_words(agencies: Iterable[str]) -> Iterator[str]:
    """Words for the agencies, by what their names end in."""
    for agency in agencies:
        for endings, words in read_table("own_nouns.tsv"):
            if agency.endswith(tuple(endings.split("|"))):
                yield from words.split("|")


def is_body(word: str) -> bool:
    """Whether a word is the noun of a body (学校, 医院), which names no item by itself."""
    return any(word in words.split("|") for _, words in read_table("own_nouns.tsv"))
