"""Chinese labels word by word in English, so that English words reach labels no lexicon names.

Each label is cut into the lexicon's Chinese words, longest first; each of them stands for the stems of its English
words. A question's words are then scored by how much of the label they say and how many of them say it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.corpus import LabelKind
from qa.keys import words
from qa.lexicon import Lexicon
from qa.names import NameBook

_LONGEST = 10
_POSTINGS_LOOKED_AT = 3000


@dataclass(frozen=True, slots=True)
class Segment:
    """A Chinese word of a label with the English readings it has; each reading is a set of stems, all needed."""

    length: int
    readings: tuple[frozenset[str], ...]
    optional: bool = False  # a place in an organisation's name, which people leave out


@dataclass(frozen=True, slots=True)
class GlossMatch:
    """A label reached by English words: how much of the label and of the words they share, and which words."""

    label: int
    score: float
    of_label: float
    used: frozenset[str]
    tail: bool  # whether the label's last word, of three characters or more, is among them


class GlossIndex:
    """Labels by English stems."""

    def __init__(self, lexicon: Lexicon, names: NameBook, keys: Sequence[str], kinds: Sequence[LabelKind]) -> None:
        self._words = _chinese_words(lexicon)
        self._places = frozenset(self._words[p.chinese] for p in lexicon.places if p.chinese in self._words)
        self._stop = frozenset(lexicon.section("joiner", "en"))
        self._segments: dict[int, tuple[tuple[Segment, ...], int]] = {}
        self._postings: dict[str, list[int]] = defaultdict(list)
        organisations = (LabelKind.AGENCY, LabelKind.ORGANISATION)
        for number, (key, kind) in enumerate(zip(keys, kinds, strict=True)):
            segments, length = self._cut(names.base(key))
            if not segments:
                continue
            if kind in organisations:
                segments = tuple(replace(s, optional=True) if s.readings in self._places else s for s in segments)
                length = sum(s.length for s in segments)
            self._segments[number] = (segments, length)
            for stem in {s for segment in segments for reading in segment.readings for s in reading}:
                self._postings[stem].append(number)

    def _cut(self, key: str) -> tuple[tuple[Segment, ...], int]:
        segments: list[Segment] = []
        start = 0
        while start < len(key):
            for length in range(min(_LONGEST, len(key) - start), 0, -1):
                readings = self._words.get(key[start : start + length])
                if readings is not None:
                    segments.append(Segment(length, readings))
                    start += length
                    break
            else:
                start += 1
        return tuple(segments), len(key)

    def search(self, stems: Iterable[str], k: int = 40) -> tuple[GlossMatch, ...]:
        """The labels best covered by the stems, best first; score is the harmonic mean of both coverages."""
        asked = frozenset(stems) - self._stop
        if not asked:
            return ()
        candidates: dict[int, int] = defaultdict(int)
        for stem in asked:
            postings = self._postings.get(stem, ())
            for number in postings[:_POSTINGS_LOOKED_AT]:
                candidates[number] += 1
        found = [match for number in candidates if (match := self._match(number, asked)) is not None]
        found.sort(key=lambda m: (-m.score, m.label))
        return tuple(found[:k])

    def _match(self, number: int, asked: frozenset[str]) -> GlossMatch | None:
        segments, length = self._segments[number]
        covered, used, tail = 0, set[str](), False
        for segment in segments:
            best = max((r for r in segment.readings if r <= asked), key=len, default=None)
            tail = best is not None and segment.length > 2
            if best is not None:
                covered += segment.length
                used |= best
            elif segment.optional:
                length -= segment.length
        if not used:
            return None
        of_label, of_words = covered / length, len(used) / len(asked)
        return GlossMatch(number, 2 * of_label * of_words / (of_label + of_words), of_label, frozenset(used), tail)


def _chinese_words(lexicon: Lexicon) -> dict[str, tuple[frozenset[str], ...]]:
    stop = frozenset(lexicon.section("joiner", "en"))
    readings: dict[str, list[frozenset[str]]] = defaultdict(list)

    def add(chinese: str, english: Iterable[str]) -> None:
        for phrase in english:
            stems = frozenset(w.stem for w in words(phrase)) - stop
            if stems and chinese:
                readings[chinese].append(stems)

    for english, chinese in lexicon.gloss:
        for word in chinese:
            add(word, english)
    for agency in lexicon.agencies:
        for form in (agency.full, *agency.short):
            add(form, agency.english)
    for place in lexicon.places:
        add(place.chinese, (place.english,))
    for branch in lexicon.section("branch", "zh"):
        add(branch, lexicon.section("branch", "en"))
    return {word: tuple(dict.fromkeys(found)) for word, found in readings.items()}
