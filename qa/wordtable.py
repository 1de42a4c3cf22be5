"""The table of Chinese words and their English renderings, in both directions, by the roots of the English words.

Roots are found when they are first asked for, since one question needs few of the table's thousands of words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from qa.keys import label_key, stem, words
from qa.lexicon import load
from qa.lexicon.load import read_rows
from qa.roots import root

Roots = frozenset[str]
_TABLES = ("gloss.tsv", "gloss_fields.tsv")
_SHELF = 2  # letters by which renderings are kept; roots keep the first letters of their words


@cache
def rows() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """The rows of the gloss tables: English renderings, Chinese words. Read when first asked for."""
    read = (row for file in _TABLES for row in read_rows(file, 2))
    return tuple((tuple(en.split("|")), tuple(zh.split("|"))) for en, zh in read)


@cache
def joiners() -> Roots:
    """The roots of words that may stand inside a name and name nothing: of, and, the."""
    return roots_of(" ".join(load().section("joiner", "en")))


def roots_of(text: str) -> Roots:
    """The roots of an English text's words."""
    return frozenset(root(w.stem) for w in words(text))


@lru_cache(maxsize=32768)
def _run(rendering: str) -> tuple[str, ...]:
    """The roots of a rendering's words, in order."""
    return tuple(root(w.stem) for w in words(rendering))


@cache
def renderings() -> Mapping[str, tuple[str, ...]]:
    """Chinese words, agencies and places with their English renderings."""
    found: dict[str, list[str]] = defaultdict(list)
    lexicon = load()
    for english, chinese in rows():
        for word in chinese:
            found[word] += english
    for agency in lexicon.agencies:
        for form in filter(None, (agency.full, *agency.short)):
            found[form] += agency.english
    for place in lexicon.places:
        found[place.chinese].append(place.english)
    for branch in lexicon.section("branch", "zh"):
        found[branch] += lexicon.section("branch", "en")
    return {word: tuple(several) for word, several in found.items()}


@lru_cache(maxsize=32768)
def readings(chinese: str) -> tuple[Roots, ...]:
    """The English readings of a Chinese word of the table: each a set of roots, all needed."""
    found = (frozenset(_run(rendering)) - joiners() for rendering in renderings().get(chinese, ()))
    return tuple(dict.fromkeys(needed for needed in found if needed))


@cache
def _by_word() -> Mapping[str, list[tuple[str, tuple[str, ...]]]]:
    """Renderings with their Chinese words, by the first letters of each of their words."""
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    for english, chinese in rows():
        for rendering in english:
            for start in dict.fromkeys(word[:_SHELF].casefold() for word in rendering.replace("-", " ").split()):
                found[start].append((rendering, chinese))
    return found


@lru_cache(maxsize=8192)
def chinese_for(word: str) -> tuple[str, ...]:
    """The keys of the Chinese words that an English word (as a stem) has a part in."""
    asked = root(word)
    shelf = _by_word().get(asked[:_SHELF], ()) if asked not in joiners() else ()
    found = (chinese for rendering, chinese in shelf if asked in _run(rendering))
    return tuple(dict.fromkeys(label_key(c) for several in found for c in several))


def chinese_said(word: str, said: Roots) -> tuple[str, ...]:
    """Like `chinese_for`, of renderings that a text with these roots says whole: no 油茶 for "tea" alone."""
    asked = root(word)
    shelf = _by_word().get(asked[:_SHELF], ()) if asked not in joiners() else ()
    found = (chinese for rendering, chinese in shelf if asked in (run := _run(rendering)) and said.issuperset(run))
    return tuple(dict.fromkeys(label_key(c) for several in found for c in several))


@cache
def _counting_units() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for word, unit in read_rows("counted_en.tsv", 2):
        found[word].append(unit)
    return {word: tuple(units) for word, units in found.items()}


def counting_units(noun: str) -> tuple[str, ...]:
    """The units that the things an English noun (as a stem) names are counted in, the usual one first."""
    return _counting_units().get(noun, ())


def phrases_in(text: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The words of an English text, joined where the table knows them together: their stems, their Chinese words.

    A word that the table does not know comes with none; function words are left out.
    """
    stems = [w.stem for w in words(text)]
    run = tuple(root(s) for s in stems)
    at = 0
    while at < len(run):
        length, chinese = _longest(run[at:])
        if chinese or stems[at] not in _function():
            yield tuple(stems[at : at + length]), chinese
        at += length


@lru_cache(maxsize=8192)
def _longest(run: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    """How many of the first words the table knows together, with their Chinese words; one word with none."""
    shelf = _by_word().get(run[0][:_SHELF], ())
    known = [(roots, chinese) for r, chinese in shelf if (roots := _run(r)) == run[: len(roots)]]
    length = max((len(roots) for roots, _ in known), default=1)
    several = (c for roots, chinese in known if len(roots) == length for c in chinese)
    return length, tuple(dict.fromkeys(map(label_key, several)))


@cache
def _function() -> frozenset[str]:
    lexicon = load()
    spoken: Iterable[str] = (word for s in ("function", "joiner") for word in lexicon.section(s, "en"))
    return frozenset(stem(part) for word in spoken for part in word.split())
