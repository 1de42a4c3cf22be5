"""The table of Chinese words and their English renderings, in both directions, by the roots of the English words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from qa.keys import label_key, words
from qa.lexicon import load
from qa.lexicon.load import read_rows
from qa.roots import root

Roots = frozenset[str]


@cache
def rows() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """The rows of gloss.tsv: English renderings, Chinese words. Read when first asked for."""
    return tuple((tuple(en.split("|")), tuple(zh.split("|"))) for en, zh in read_rows("gloss.tsv", 2))


@cache
def joiners() -> Roots:
    """The roots of words that may stand inside a name and name nothing: of, and, the."""
    return roots_of(" ".join(load().section("joiner", "en")))


def roots_of(text: str) -> Roots:
    """The roots of an English text's words."""
    return frozenset(root(w.stem) for w in words(text))


@cache
def readings() -> Mapping[str, tuple[Roots, ...]]:
    """Chinese words, agencies and places with their English readings; each reading is a set of roots, all needed."""
    found: dict[str, dict[Roots, None]] = defaultdict(dict)
    lexicon = load()

    def add(chinese: str, english: Iterable[str]) -> None:
        for phrase in english:
            needed = roots_of(phrase) - joiners()
            if needed and chinese:
                found[chinese][needed] = None

    for renderings, chinese in rows():
        for word in chinese:
            add(word, renderings)
    for agency in lexicon.agencies:
        for form in (agency.full, *agency.short):
            add(form, agency.english)
    for place in lexicon.places:
        add(place.chinese, (place.english,))
    for branch in lexicon.section("branch", "zh"):
        add(branch, lexicon.section("branch", "en"))
    return {word: tuple(several) for word, several in found.items()}


@cache
def _by_root() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for renderings, chinese in rows():
        for needed in map(roots_of, renderings):
            for one in needed - joiners():
                found[one].update(dict.fromkeys(map(label_key, chinese)))
    return {one: tuple(several) for one, several in found.items()}


def chinese_for(stem: str) -> tuple[str, ...]:
    """The keys of the Chinese words that an English word (as a stem) has a part in."""
    return _by_root().get(root(stem), ())


@cache
def _phrases() -> Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]:
    """Renderings as runs of roots with their Chinese words, by their first root, longest first."""
    found: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
    for renderings, chinese in rows():
        for english in renderings:
            run = tuple(root(w.stem) for w in words(english))
            found[run].update(dict.fromkeys(map(label_key, chinese)))
    starts: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = defaultdict(list)
    for run, several in sorted(found.items(), key=lambda item: -len(item[0])):
        if run:
            starts[run[0]].append((run, tuple(several)))
    return {first: tuple(several) for first, several in starts.items()}


def phrases_in(text: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The words of an English text, joined where the table knows them together: their stems, their Chinese words.

    A word that the table does not know comes with none; function words are left out.
    """
    stems = [w.stem for w in words(text)]
    run = [root(s) for s in stems]
    at = 0
    while at < len(run):
        known = ((p, c) for p, c in _phrases().get(run[at], ()) if tuple(run[at : at + len(p)]) == p)
        phrase, chinese = next(known, ((run[at],), ()))
        if chinese or stems[at] not in _function():
            yield tuple(stems[at : at + len(phrase)]), chinese
        at += len(phrase)


@cache
def _function() -> frozenset[str]:
    lexicon = load()
    return frozenset(w.stem for s in ("function", "joiner") for w in words(" ".join(lexicon.section(s, "en"))))
