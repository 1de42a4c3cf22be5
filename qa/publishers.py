"""Agencies under other spellings than a corpus has: in pinyin and English words, abbreviated, or misspelt by sound."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from qa import wordtable
from qa.keys import is_chinese, stem
from qa.lexicon.load import load

_TOKEN = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_POSSESSIVE = re.compile(r"['’]s\b|s['’](?=\s)")
_BETWEEN = re.compile(r"['’]?s?\s+(?:(?:of|for|and)\s+)?(?:the\s+)?|-")
SHORTEST_NAME = 3  # characters of an abbreviated Chinese name
SHORTEST_WORD = 4  # letters of a place name in pinyin
_LEVELS = {"province": "省", "provincial": "省", "city": "市", "municipal": "市", "district": "区", "county": "县"}


@dataclass(frozen=True, slots=True)
class Publisher:
    """An agency that a question names, and the stretches of the question that name it."""

    agency: str
    spans: tuple[tuple[int, int], ...]


@lru_cache(maxsize=4096)
def syllables(text: str) -> tuple[str, ...]:
    """The pinyin of each Chinese character, without tones; other text as it is. Needs `pypinyin`, else ()."""
    try:
        from pypinyin import lazy_pinyin
    except ImportError:
        return ()
    return tuple(lazy_pinyin(text))


def find_publisher(text: str, strange: Sequence[str], agencies: Sequence[str]) -> Publisher | None:
    """The one agency that explains all strange words of a question; None where none or several do."""
    if not strange:
        return None
    if all(is_chinese(s) for s in strange):
        named = [a for a in agencies if any(len(s) >= SHORTEST_NAME and same_sound(s, a) for s in strange)]
        spans = tuple((m.start(), m.end()) for s in strange for m in re.finditer(re.escape(s), text))
        return Publisher(named[0], spans) if len(named) == 1 else None
    wanted = {stem(t) for s in strange for t in _TOKEN.findall(_POSSESSIVE.sub("", s))}
    explained = [(a, tuple(_explained(text, a))) for a in agencies]
    fitting = [(a, spans) for a, spans in explained if spans and wanted <= _words(text, spans)]
    fitting.sort(key=lambda f: -sum(end - start for start, end in f[1]))
    if not fitting or (len(fitting) > 1 and _length(fitting[0][1]) == _length(fitting[1][1])):
        return None
    return Publisher(fitting[0][0], _around(text, strange, fitting[0][1]))


def _around(text: str, strange: Sequence[str], spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The explained stretches that stand together with a strange word: the name itself."""
    groups: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if groups and (start <= groups[-1][1] or _BETWEEN.fullmatch(text[groups[-1][1] : start])):
            groups[-1] = groups[-1][0], max(groups[-1][1], end)
        else:
            groups.append((start, end))
    places = [m.start() for s in strange for m in re.finditer(re.escape(s), text)]
    held = tuple(g for g in groups if any(g[0] <= p < g[1] for p in places))
    return held or tuple(groups)


def _length(spans: Sequence[tuple[int, int]]) -> int:
    return sum(end - start for start, end in spans)


def _words(text: str, spans: Sequence[tuple[int, int]]) -> set[str]:
    return {stem(t) for start, end in spans for t in _TOKEN.findall(_POSSESSIVE.sub("", text[start:end]))}


def same_sound(short: str, name: str) -> bool:
    """Whether the syllables of an abbreviation or misspelling stand in a name in the same order."""
    spelt, whole = syllables(short), syllables(name)
    return in_order(spelt, whole) if spelt else in_order(tuple(short), tuple(name))


def in_order(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether the parts of one sequence stand in another in the same order."""
    rest = iter(long)
    return all(part in rest for part in short)


def _explained(text: str, agency: str) -> Iterator[tuple[int, int]]:
    """The stretches of an English question that an agency's name explains."""
    for phrase in _phrases(agency):
        for match in re.finditer(rf"\b{re.escape(phrase)}\b", text, re.I):
            yield match.start(), match.end()
    own = {stem(t) for t in _TOKEN.findall(agency)}
    spelt = syllables(agency)
    starts = {"".join(spelt[i:j]) for i in range(len(spelt)) for j in range(i + 1, min(i + 5, len(spelt) + 1))}
    for token in _TOKEN.finditer(text):
        word = token.group().casefold()
        level = _LEVELS.get(word)
        if (
            stem(word) in own
            or (len(word) >= SHORTEST_WORD and word in starts)
            or (level is not None and level in agency)
        ):
            yield token.start(), token.end()


def _phrases(agency: str) -> Iterator[str]:
    """The English words for parts of an agency's name."""
    lexicon = load()
    for known in lexicon.agencies:
        if any(form and form in agency for form in (known.full, *known.short)):
            yield from known.english
    for english, chinese in wordtable.rows():
        if any(len(c) > 1 and c in agency for c in chinese):
            yield from english
    yield from (p.english for p in lexicon.places if p.chinese in agency)
