"""Everyday Chinese words and the words of budgets for the same thing: 扫马路 and 道路清扫, 出错 and 差错."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from qa.keys import label_key
from qa.lexicon.load import read_rows
from qa.wordtable import rows

_TABLE = "everyday.tsv"
_MOST_ALIKE = 12  # words that one English rendering stands for; where more do, they share no one meaning

Words = Mapping[str, tuple[str, ...]]


def everyday_words(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Every stretch of a text that is an everyday word, with the words of budgets for it, longer ones first."""
    for at in range(len(text) - 1):
        for word in _by_start().get(text[at : at + 2], ()):
            if text.startswith(word, at):
                yield at, at + len(word), _official()[word]


@lru_cache(maxsize=4096)
def alike(word: str) -> tuple[str, ...]:
    """The words that may stand for a Chinese one: those of budgets, and those that share an English rendering."""
    english, chinese = _rendered()
    several = (chinese[rendering] for rendering in english.get(word, ()))
    shared = (w for words in several if len(words) <= _MOST_ALIKE for w in words)
    return tuple(dict.fromkeys((*_official().get(word, ()), *shared)))


def is_word(word: str) -> bool:
    """Whether one of the tables has it."""
    return word in _official() or word in _rendered()[0]


@cache
def _official() -> Words:
    return _grouped((spoken, official) for spoken, official in read_rows(_TABLE, 2))


@cache
def _by_start() -> Words:
    """The everyday words by their first two characters, longest first."""
    longest = sorted((w for w in _official() if len(w) > 1), key=lambda w: (-len(w), w))
    found: dict[str, list[str]] = defaultdict(list)
    for word in longest:
        found[word[:2]].append(word)
    return {start: tuple(words) for start, words in found.items()}


@cache
def _rendered() -> tuple[Words, Words]:
    """The English renderings of the Chinese words of the gloss tables, and the Chinese words of each rendering."""
    pairs = [("|".join(english), "|".join(chinese)) for english, chinese in rows()]
    return _grouped((zh, en) for en, zh in pairs), _grouped(pairs)


def _grouped(pairs: Iterator[tuple[str, str]] | list[tuple[str, str]]) -> Words:
    """The words (keys) of each pair's first side with those of its second, alternatives parted by |."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for first, second in pairs:
        others = dict.fromkeys(label_key(w) for w in second.split("|"))
        for word in first.split("|"):
            found[label_key(word)].update(others)
    return {word: tuple(others) for word, others in found.items()}
