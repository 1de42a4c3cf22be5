"""Chinese labels word by word in English, so that English words reach labels no lexicon names.

Each label is cut into the lexicon's Chinese words, longest first; each of them stands for the stems of its English
words. A question's words are then scored by how much of the label they say and how many of them say it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from qa.keys import is_chinese, words
from qa.lexicon import Lexicon

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
    """Labels by English stems. `keys` are the labels' keys by number.

    `optional` are Chinese words that people leave out (places in an organisation's name). With `romanise`, stretches of
    two or more characters that no word explains are read by their sound (万里 as Wanli) and may be left out too.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        keys: Mapping[int, str],
        optional: Collection[str] = (),
        romanise: Callable[[str], str] | None = None,
    ) -> None:
        self._words = chinese_words(lexicon)
        self._optional = frozenset(optional)
        self._romanise = romanise
        self._stop = frozenset(lexicon.section("joiner", "en"))
        self._segments: dict[int, tuple[tuple[Segment, ...], int]] = {}
        self._postings: dict[str, list[int]] = defaultdict(list)
        for number, key in keys.items():
            segments = tuple(self._cut(key) if is_chinese(key) else self._english(key))
            if segments:
                length = len(key) if is_chinese(key) and romanise is None else sum(s.length for s in segments)
                self._segments[number] = (segments, length)
                for stem in {s for segment in segments for reading in segment.readings for s in reading}:
                    self._postings[stem].append(number)

    def _cut(self, key: str) -> Iterator[Segment]:
        start = loose = 0
        while start < len(key):
            length = self._word_length(key, start)
            if length:
                yield from self._by_sound(key[loose:start])
                word = key[start : start + length]
                yield Segment(length, self._words[word], word in self._optional)
                start = loose = start + length
            else:
                start += 1
        yield from self._by_sound(key[loose:])

    def _english(self, text: str) -> Iterator[Segment]:
        """The words of an English label, each its own reading."""
        for word in words(text):
            if word.stem not in self._stop:
                yield Segment(word.end - word.start, (frozenset((word.stem,)),))

    def _word_length(self, key: str, start: int) -> int:
        for length in range(min(_LONGEST, len(key) - start), 0, -1):
            word = key[start : start + length]
            # In a proper name a single character is a part of a sound (云 in 云州), unless it is a level.
            if word in self._words and (length > 1 or self._romanise is None or word in self._optional):
                return length
        return 0

    def _by_sound(self, run: str) -> Iterator[Segment]:
        sound = self._romanise(run) if self._romanise is not None and len(run) >= 2 else ""
        if sound:
            yield Segment(len(run), (frozenset((sound,)),), optional=True)

    def stems(self, number: int) -> frozenset[str]:
        """All the stems that may name some word of a label."""
        segments, _ = self._segments[number]
        return frozenset(s for segment in segments for reading in segment.readings for s in reading)

    def match(self, number: int, stems: Iterable[str]) -> GlossMatch | None:
        """How well stems cover one label; None where they share no word."""
        return self._match(number, frozenset(stems) - self._stop)

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


def chinese_words(lexicon: Lexicon) -> dict[str, tuple[frozenset[str], ...]]:
    """The Chinese words of the lexicon's tables with their English readings, each a set of stems."""
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
