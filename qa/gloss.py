"""Chinese labels word by word in English, so that English words reach labels no lexicon names.

Each label is cut into the words of `qa.wordtable`, longest first; each of them stands for the roots of its English
words, and a long word also for the shorter ones in it. A question's words are then scored by how much of the label
they say and how many of them say it, words that few labels hold counting more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from heapq import nlargest
from math import log, sqrt

from qa.keys import is_chinese, words
from qa.lexicon import Lexicon
from qa.romanise import romanise
from qa.roots import root
from qa.wordtable import Roots, joiners, readings, renderings

_POSTED = 3000  # labels of one word that are counted
_LOOKED_AT = 300  # labels compared with a question, those that hold most and the rarest of its words
_SOFT = 0.3  # weight of a word that names leave out (费, 项目, "cost"), against what its rarity gives
_WORDS = 0.6  # what the words left unsaid count, the rest is for the label
_BETWEEN = "至到和与及等的或之一二三四五六七八九十"  # in no proper name of a place
_LONGEST_NAME = 4
_OF_TOWNS = frozenset({"街道", "镇", "乡"})
_UNREAD = 0.3  # weight of a character that no word explains, against that of a word no other label holds

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Segment:
    """A Chinese word of a label with its English readings (sets of roots, all needed) and the shorter words in it."""

    text: str
    readings: tuple[Roots, ...]
    parts: tuple[Segment, ...] = ()
    optional: bool = False  # a place in an organisation's name, which people leave out
    start: int = 0  # where it begins in the label

    @property
    def roots(self) -> frozenset[str]:
        """All the roots that may name it or a part of it."""
        own = frozenset(r for reading in self.readings for r in reading)
        return own.union(*(part.roots for part in self.parts))

    def said_by(self, asked: Roots) -> tuple[float, Roots]:
        """The share of it that the words say, and those words."""
        whole = max((r for r in self.readings if r <= asked), key=len, default=None)
        said = [(part, *part.said_by(asked)) for part in self.parts]
        share = sum(len(part.text) * of_part for part, of_part, _ in said) / len(self.text)
        used = (whole or frozenset()).union(*(used for _, _, used in said))
        return (share if whole is None else 1.0), used


    def said_end(self, asked: Roots) -> int:
        """How many of its last characters the words say."""
        at = len(self.text)
        for part in reversed(self.parts):
            if part.start + len(part.text) != at:
                break
            at -= len(part.text) if part.said_by(asked)[0] == 1.0 else part.said_end(asked)
            if at > part.start:
                break
        return len(self.text) - at


@dataclass(frozen=True, slots=True)
class GlossMatch:
    """A label reached by English words: how much of the label and of the words they share, and which roots."""

    label: int
    score: float
    of_label: float
    used: Roots
    tail: bool  # whether the label's last words, of three characters or more, are among them


class GlossIndex:
    """Labels by English roots. `keys` are the labels' keys by number.

    `optional` are Chinese words that people leave out (places in an organisation's name). With `romanise`, stretches of
    two or more characters that no word explains are read by their sound (万里 as Wanli) and may be left out too; words
    then count by their length, not by their rarity, since every organisation is a 局 or a 中心.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        keys: Mapping[int, str],
        optional: Collection[str] = (),
        romanise: Callable[[str], str] | None = None,
    ) -> None:
        self._words = renderings()
        self._lengths = _lengths(self._words)
        self._optional = frozenset(optional)
        self._romanise = romanise
        self._soft = {*lexicon.section("soft", "zh"), *lexicon.section("soft_lossy", "zh")}
        said = " ".join((*lexicon.section("soft", "en"), *lexicon.section("droppable", "en")))
        self._soft_roots = {root(w.stem) for w in words(said)}
        self._segments: dict[int, tuple[Segment, ...]] = {}
        self._unread: dict[int, int] = {}
        self._sounds: dict[int, Mapping[str, Span]] = {}
        self._postings: dict[str, list[int]] = defaultdict(list)
        self._held: Counter[str] = Counter()
        for number, key in keys.items():
            self._add(number, key)
        self._most = log(len(self._segments) + 2)

    def _add(self, number: int, key: str) -> None:
        segments = tuple(self._cut(key) if is_chinese(key) else _english(key))
        if self._romanise is not None:  # a centre of a street office's is called without it
            towns = (replace(s, optional=s.optional or s.text in _OF_TOWNS) for s in segments[:-1])
            segments = (*towns, *segments[-1:])
        if segments:
            self._segments[number] = segments
            self._unread[number] = self._left_unread(key, segments) if is_chinese(key) else 0
            self._held.update({s.text for s in segments})
            if self._romanise is None and is_chinese(key):
                self._sounds[number] = dict(_sounded(key, segments))
            for one in frozenset[str]().union(*(s.roots for s in segments), self._sounds.get(number, ())):
                self._postings[one].append(number)

    def _left_unread(self, key: str, segments: tuple[Segment, ...]) -> int:
        """How many characters no word explains; of an organisation only those that say what it is (事务所)."""
        if self._romanise is None:
            return len(key) - sum(len(s.text) for s in segments)
        return len(key) - key.rfind(segments[-1].text) - len(segments[-1].text)

    # -- cutting

    def _cut(self, key: str, longest: int = 99) -> Iterator[Segment]:
        start = loose = 0
        while start < len(key):
            length = self._word_length(key, start, longest)
            if length:
                yield from self._by_sound(key[loose:start])
                word = key[start : start + length]
                parts = tuple(self._cut(word, length - 1)) if length > 2 else ()
                yield Segment(word, readings(word), parts, word in self._optional, start)
                start = loose = start + length
            else:
                start += 1
        yield from self._by_sound(key[loose:])

    def _word_length(self, key: str, start: int, longest: int) -> int:
        for length in self._lengths.get(key[start], ()):
            word = key[start : start + length]
            if length > longest or word not in self._words:
                continue
            # In a proper name a single character is a part of a sound (云 in 云州), unless it is a level.
            if length > 1 or self._romanise is None or word in self._optional:
                return length
        return 0

    def _by_sound(self, run: str) -> Iterator[Segment]:
        sound = self._romanise(run) if self._romanise is not None and len(run) >= 2 else ""
        if sound:
            yield Segment(run, (frozenset((root(sound),)),), optional=True)

    # -- matching

    def roots(self, number: int) -> Roots:
        """All the roots that may name some word of a label."""
        return frozenset[str]().union(*(s.roots for s in self._segments[number]), self._sounds.get(number, ()))

    def match(self, number: int, stems: Iterable[str]) -> GlossMatch | None:
        """How well words (as stems) cover one label; None where they share none."""
        return self._match(number, frozenset(map(root, stems)) - joiners())

    def search(self, stems: Iterable[str], k: int = 40, beside: Iterable[str] = ()) -> tuple[GlossMatch, ...]:
        """The labels best covered by words (as stems), best first.

        Words `beside` them, of organisations named, may say parts of a label too and need not (canteen of the museum).
        """
        asked = frozenset(map(root, stems)) - joiners()
        known = frozenset(map(root, beside)) - joiners()
        shared: dict[int, float] = defaultdict(float)
        for one in asked:
            worth = self._worth((one,))
            for number in self._postings.get(one, ())[:_POSTED]:
                shared[number] += worth
        likeliest = nlargest(_LOOKED_AT, shared, key=lambda number: (shared[number], -number))
        found = [match for number in likeliest if (match := self._match(number, asked, known)) is not None]
        found.sort(key=lambda m: (-m.score, m.label))
        return tuple(found[:k])

    def worth(self, stems: Iterable[str]) -> float:
        """What words (as stems) weigh together: those that few labels hold more."""
        return self._worth(frozenset(map(root, stems)) - joiners())

    def _match(self, number: int, asked: Roots, beside: Roots = frozenset()) -> GlossMatch | None:
        names = self._named(number, asked)
        said, whole, used = 0.0, self._unread_weight(number, names), set[str]()
        end_said = 0  # characters of the words said that the label ends in
        for one, (start, end) in names.items():
            weight = self._rarity(len(self._postings[one])) * sqrt(end - start)
            said, whole = said + weight, whole + weight
            used.add(one)
        for segment in self._segments[number]:
            if any(start <= segment.start < end for start, end in names.values()):
                continue
            share, words_used = segment.said_by(asked | beside)
            weight = self._weight(segment)
            end_said = end_said + len(segment.text) if share == 1.0 else segment.said_end(asked)
            said += share * weight
            used |= words_used
            whole += 0.0 if segment.optional and not share else weight
        used &= asked
        if not used:
            return None
        of_label, of_words = said / whole, self._worth(used) / self._worth(asked)
        return GlossMatch(number, blend(of_label, of_words), of_label, frozenset(used), end_said > 2)

    def _named(self, number: int, asked: Roots) -> Mapping[str, Span]:
        """The stretches of a label that are proper names said by their sound, those inside longer ones left out."""
        said = {one: span for one, span in self._sounds.get(number, {}).items() if one in asked}
        return {
            o: s for o, s in said.items() if not any(t != s and t[0] <= s[0] and s[1] <= t[1] for t in said.values())
        }

    def _unread_weight(self, number: int, names: Mapping[str, Span]) -> float:
        """What the characters weigh that neither a word nor a name said explains."""
        if self._romanise is not None:
            return 1.0 * self._unread[number]
        inside = sum(end - start for start, end in names.values())
        read = sum(len(s.text) for s in self._segments[number] if any(a <= s.start < b for a, b in names.values()))
        return (self._unread[number] - inside + read) * _UNREAD * self._most

    def _weight(self, segment: Segment) -> float:
        if self._romanise is not None:
            return 1.0 * len(segment.text)
        rarity = self._rarity(self._held[segment.text])
        return rarity * sqrt(len(segment.text)) * (_SOFT if segment.text in self._soft else 1.0)

    def _rarity(self, held: int) -> float:
        return self._most - log(held + 0.5)

    def _worth(self, roots: Iterable[str]) -> float:
        if self._romanise is not None:
            return 1.0 * len(frozenset(roots))
        return sum(
            (self._most - log(len(self._postings.get(r, ())) + 0.5)) * (_SOFT if r in self._soft_roots else 1.0)
            for r in roots
        )


def blend(of_label: float, of_words: float) -> float:
    """One score of the share of a label that is said and the share of the words that say it: a weighted mean."""
    return 1.0 / ((1.0 - _WORDS) / of_label + _WORDS / of_words)


def _sounded(key: str, segments: Collection[Segment]) -> Iterator[tuple[str, Span]]:
    """The stretches that may be proper names, by their sound: characters in no longer word (石滩子: Shitanzi)."""
    read = {at for s in segments if len(s.text) > 1 for at in range(s.start, s.start + len(s.text))}
    open_at = [at for at, c in enumerate(key) if at not in read and is_chinese(c) and c not in _BETWEEN]
    sounds = {at: romanise(key[at]) for at in open_at}
    for start in open_at:
        sound = sounds[start]
        for end in range(start + 1, start + _LONGEST_NAME):
            if end not in sounds:
                break
            sound += sounds[end]
            yield root(sound), (start, end + 1)


def _english(text: str) -> Iterator[Segment]:
    """The words of an English label, each its own reading."""
    for word in words(text):
        one = root(word.stem)
        if one not in joiners():
            yield Segment(text[word.start : word.end], (frozenset((one,)),))


def _lengths(known: Iterable[str]) -> Mapping[str, tuple[int, ...]]:
    """The lengths of the words that begin with a character, longest first."""
    found: dict[str, set[int]] = defaultdict(set)
    for word in known:
        found[word[0]].add(len(word))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}
