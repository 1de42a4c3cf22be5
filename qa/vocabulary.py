"""The corpus's distinct labels, indexed for linking: by key, by names of the lexicon, and by pairs of characters.

Building costs time in proportion to the labels; a look-up does not (only labels that share a pair of characters with
the words asked are looked at, and very common pairs are passed over).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ingest.corpus import Label, LabelKind
from qa.english import EnglishNames
from qa.keys import is_chinese, label_key
from qa.lexicon import Lexicon, load
from qa.names import LOSSY_SUFFIX, NameBook
from qa.question import Candidate, How
from qa.similarity import alike

MIN_SIMILAR = 0.60
COMMON_GRAM = 4000  # a pair of characters in more labels than this is passed over where a rarer one is there
MAX_LOOKED_AT = 160
GAP = "*"
SYNONYMS_TRIED = 4
BY_PLACE = 0.78  # an agency by its place alone
BEHIND_DASH = 0.96
COUNTED = 0.9  # 画廊 for the indicator 画廊数量
_COUNT_BEHIND = re.compile(r"(?:数量|次数|场次|人数|户数)$")
SHORTEST_TAIL = 4
SHORTEST_PART, HOLDING = 5, 0.95  # characters of a name that is part of a label, and what is left of its surety
_YEAR_AHEAD = re.compile(r"^(?:19|20)\d\d年度?")
_DASH = re.compile(r"[一-鿿)）][—－-]{1,2}([一-鿿][^—－-]+)$")
SHORTENED = 0.97  # likeness to a label without its 支出, 费 …
MEANT, BEHIND = 0.85, 0.05  # an alias this sure goes before short forms, which then stand so far behind it
PLACELESS = 0.93  # … to an organisation without its place
OF_FUNDS = 0.96
_THREE = "三公经费"  # said where every label names the funds too: 一般公共预算财政拨款“三公”经费
_THREE_OF_FUNDS = re.compile(rf"(?:一般公共预算|政府性基金|国有资本经营|预算|财政拨款|安排的?|及|和|支出)+{_THREE}")
ORGANISATION_END = 0.88  # 服务中心 for 科技工作者服务中心: the head noun says enough
ORGANISATIONS = (LabelKind.AGENCY, LabelKind.ORGANISATION)


@dataclass(frozen=True, slots=True)
class Entry:
    """A key's reading: the number of a label, with the score and manner of the match."""

    label: int
    score: float
    how: How


class Vocabulary:
    """The labels of a corpus, indexed. Build it with `build_vocabulary`; it is not changed afterwards."""

    def __init__(self, labels: Sequence[Label], lexicon: Lexicon) -> None:
        self.labels = tuple(labels)
        self.lexicon = lexicon
        self.names = NameBook(lexicon, self._places())
        self.generic = frozenset(label_key(w) for w in lexicon.section("generic"))
        self._relations = lexicon.section("relation")
        self.keys = tuple(_yearless(label) for label in self.labels)
        self.codes: dict[str, list[int]] = defaultdict(list)
        self._entries: dict[str, dict[int, Entry]] = defaultdict(dict)
        self.organisation_names: dict[str, set[int]] = defaultdict(set)
        self._bases: dict[str, list[int]] = defaultdict(list)
        self._grams: dict[str, list[int]] = defaultdict(list)
        self.absent: set[str] = set()
        self.synonyms: dict[str, tuple[str, ...]] = {}
        self._index_labels()
        self._index_lexicon()
        self.longest = max((len(k) for k in self._entries), default=0)
        self._starts = _starts(self._entries.keys() | self.absent)

    def _places(self) -> tuple[str, ...]:
        return tuple(label.text for label in self.labels if label.kind in ORGANISATIONS)

    # -- building

    def _index_labels(self) -> None:
        for number, (label, key) in enumerate(zip(self.labels, self.keys, strict=True)):
            for code in label.codes:
                self.codes[code].append(number)
            if not key or self.names_nothing(key, label.kind):
                self._bases[key].append(number)
                continue
            if not is_chinese(key):
                continue  # found word by word, in `qa.english`
            self._add(key, number, 1.0, How.EXACT)
            if label.kind in ORGANISATIONS:
                for short, score in self.names.organisation_variants(key):
                    self._add(short, number, score, How.ALIAS)
                    self.organisation_names[short].add(number)
            for tail in _tail(label.text):
                self._add(tail, number, BEHIND_DASH, How.ALIAS)
            if label.kind is LabelKind.INDICATOR and len(counted := _COUNT_BEHIND.sub("", key)) > 1:
                self._add(counted, number, COUNTED, How.CONTAINED)
            self._index_bases(key, number)
            for gram in _grams(key):
                self._grams[gram].append(number)
        for place, number in self.only_agencies.items():
            self._add(place, number, BY_PLACE, How.ALIAS)
        if _THREE not in self._entries:
            for number, key in enumerate(self.keys):
                if _THREE_OF_FUNDS.fullmatch(key):
                    self._add(_THREE, number, OF_FUNDS, How.ALIAS)

    @cached_property
    def only_agencies(self) -> Mapping[str, int]:
        """The places of which the corpus holds one agency only, with its number: 绍兴 alone names it."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, (label, key) in enumerate(zip(self.labels, self.keys, strict=True)):
            if label.kind is LabelKind.AGENCY:
                for place in self.names.place_stems(key):
                    found[place].append(number)
        return {place: numbers[0] for place, numbers in found.items() if len(numbers) == 1}

    def names_nothing(self, key: str, kind: LabelKind) -> bool:
        """Whether a label is a form's heading (合计, 预算数) or a comparison (占“三公”经费) and no name."""
        if kind is LabelKind.TERM:
            return False
        return key in self.generic or (kind is LabelKind.COLUMN and key.startswith(self._relations))

    def _index_bases(self, key: str, number: int) -> None:
        for base, score in self.names.bases(key):
            self._bases[base].append(number)
            if base != key and self.names.may_stand_alone(base):
                self._add(base, number, score, How.CONTAINED)

    def _index_lexicon(self) -> None:
        for name in self.lexicon.names:
            found = self.labels_named(name.chinese)
            for spelling in name.chinese:
                self._add_all(label_key(spelling), found, 0.97, How.ALIAS)
                if not found and not name.generic:
                    self.absent.add(label_key(spelling))
        for alias in self.lexicon.aliases:
            found = self.labels_named(alias.targets) or self.labels_holding(alias.targets[0])
            chinese = tuple(label_key(w) for w in (*alias.words, alias.targets[0]) if is_chinese(w))[:SYNONYMS_TRIED]
            for word in alias.words:
                if is_chinese(word):
                    self.synonyms.setdefault(label_key(word), chinese)
                    self._add_all(label_key(word), found, alias.score, How.ALIAS)
                    if not found and len(word) > 1:
                        self.absent.add(label_key(word))
        self._lexicon_before_bases()
        self.absent.difference_update(self._entries)
        self.absent.difference_update(self.generic)

    def _lexicon_before_bases(self) -> None:
        """Words with a meaning of their own are no short form of a longer name: 政府采购 is not 政府采购工程."""
        for readings in self._entries.values():
            meant = max((e.score for e in readings.values() if e.how is How.ALIAS), default=0.0)
            for number, entry in readings.items():
                if entry.how is How.CONTAINED and LOSSY_SUFFIX >= entry.score > meant > MEANT:
                    readings[number] = Entry(number, meant - BEHIND, entry.how)

    def _add(self, key: str, number: int, score: float, how: How) -> None:
        known = self._entries[key].get(number)
        if known is None or known.score < score:
            self._entries[key][number] = Entry(number, score, how)

    def _add_all(self, key: str, found: Iterable[tuple[int, float]], score: float, how: How) -> None:
        if len(key) < 2 or key in self.generic:
            return
        for number, share in found:
            self._add(key, number, score * share, how)

    def labels_named(self, names: Sequence[str]) -> tuple[tuple[int, float], ...]:
        """Labels that bear one of the names (or the name but for a suffix): the first found wholly, later ones less."""
        found: dict[int, float] = {}
        for rank, name in enumerate(names):
            share = 1.0 - 0.03 * min(rank, 5) if found else 1.0
            for number in self.numbers_of(label_key(name)):
                found.setdefault(number, share)
        return tuple(found.items())

    def labels_holding(self, name: str) -> tuple[tuple[int, float], ...]:
        """Labels of which a name is a part (小型和微型企业 in 预留给小型和微型企业的政府采购项目预算)."""
        key = label_key(name)
        grams = [self._grams.get(gram, []) for gram in _grams(key)] if len(key) >= SHORTEST_PART else []
        shared = set.intersection(*map(set, grams)) if grams else set()
        return tuple((number, HOLDING) for number in sorted(shared) if key in self.keys[number])

    # -- looking up

    def branch_labels(self) -> tuple[int, ...]:
        """Numbers of the organisations that are an agency's own house (…本级)."""
        found = [e.label for branch in self.names.branches for e in self.entries(branch)]
        return tuple(dict.fromkeys(n for n in found if self.labels[n].kind in ORGANISATIONS))

    def numbers_of(self, key: str) -> tuple[int, ...]:
        """Numbers of the labels whose key is `key`, then of those that differ only in a suffix (支出, 费, 经费 …)."""
        exact = [e.label for e in self._entries.get(key, {}).values() if e.score == 1.0]
        base = self.names.base(key)
        related = [n for n in self._bases.get(base, ()) if self.names.base(self.keys[n]) == base or self.keys[n] == key]
        return tuple(dict.fromkeys([*exact, *related]))

    def entries(self, key: str) -> tuple[Entry, ...]:
        """The readings of a key: label itself, suffix left off, alias, standard name."""
        return tuple(self._entries.get(key, {}).values())

    def names_borne(self) -> Iterable[str]:
        """Every key that has a reading."""
        return (key for key, readings in self._entries.items() if readings)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Every stretch of a squeezed text that is a known key, longer ones first at each place."""
        for start in range(len(text) - 1):
            for length in self._starts.get(text[start : start + 2], ()):
                key = text[start : start + length]
                if len(key) == length and (key in self._entries or key in self.absent):
                    yield start, start + length

    def similar(self, key: str, kinds: Collection[LabelKind] | None = None, k: int = 12) -> tuple[Candidate, ...]:
        """The labels most like a key, best first, at least `MIN_SIMILAR`."""
        found: list[Candidate] = []
        for number in self._sharing(key):
            label = self.labels[number]
            if kinds is not None and label.kind not in kinds:
                continue
            match = self.likeness(key, number)
            if match is not None and match[0] >= MIN_SIMILAR:
                found.append(Candidate(label, min(match[0], 0.99), match[1]))
        found.sort(key=self.order)
        return tuple(found[:k])

    def likeness(self, key: str, number: int) -> tuple[float, How] | None:
        """How alike a key and a label are: the label whole, without a suffix, or (organisations) without its place."""
        label = self.keys[number]
        match = alike(key, label)
        if match is not None and match[1] is How.EXACT:
            return match
        is_organisation = self.labels[number].kind in ORGANISATIONS
        shorter = self.names.placeless(label) if is_organisation else self.names.base(label)
        if shorter != label:
            other = alike(key, shorter)
            share = PLACELESS if is_organisation else SHORTENED
            if other is not None and (match is None or other[0] * share > match[0]):
                match = other[0] * share, How.CONTAINED if other[1] is How.EXACT else other[1]
        if match is None or not is_organisation:
            return match
        if not label.endswith(key[-1]):  # its last word says what it is: 市财政 is no 市财政局
            return None
        return (max(match[0], ORGANISATION_END), How.CONTAINED) if len(key) > 2 and label.endswith(key) else match

    def has_pair(self, pair: str) -> bool:
        """Whether some label has these two characters beside each other."""
        return pair in self._grams

    def holding_pairs(self, key: str) -> tuple[int, ...]:
        """Numbers of the labels that share a pair of neighbouring characters with a key, in the order of the labels."""
        around = {key[i] + GAP + key[i + 2] for i in range(len(key) - 2)}
        return tuple(sorted({number for gram in _grams(key) | around for number in self._grams.get(gram, ())}))

    @cached_property
    def unit_keys(self) -> frozenset[str]:
        """The keys of the labels that name agencies and their units."""
        return frozenset(key for label, key in zip(self.labels, self.keys, strict=True) if label.kind in ORGANISATIONS)

    @cached_property
    def bodies(self) -> tuple[int, ...]:
        """The numbers of the labels that name agencies and their units."""
        return tuple(n for n, label in enumerate(self.labels) if label.kind in ORGANISATIONS)

    @cached_property
    def by_name(self) -> Mapping[tuple[LabelKind, str], Label]:
        """The labels by kind and text."""
        return {(label.kind, label.text): label for label in self.labels}

    @cached_property
    def english(self) -> EnglishNames:
        """The labels by English names, indexed when first asked for."""
        return EnglishNames(self)

    def nearby(self, key: str) -> Iterator[int]:
        """Numbers of labels that share pairs of characters with a key, most shared first."""
        yield from self._sharing(key)

    def _sharing(self, key: str) -> list[int]:
        grams = _grams(key) & self._grams.keys()
        rare = [g for g in grams if len(self._grams[g]) <= COMMON_GRAM]
        chosen = rare or sorted(grams, key=lambda g: len(self._grams[g]))[:1]
        shared: Counter[int] = Counter()
        for gram in chosen:
            shared.update(self._grams[gram])
        best = sorted(shared, key=lambda n: (-shared[n] / (len(self.keys[n]) + len(key)), n))
        return best[:MAX_LOOKED_AT]

    def order(self, candidate: Candidate) -> tuple[float, int, int, int]:
        """Sort key of candidates: score, then labels with a code, then those with more facts, then shorter ones."""
        label = candidate.label
        return (-candidate.score, 0 if label.codes else 1, -label.count, len(label.text))


def _yearless(label: Label) -> str:
    """A label's key; a column's or item's without the year at its head, which a question names by itself."""
    key = label_key(label.text)
    bare = _YEAR_AHEAD.sub("", key) if label.kind in (LabelKind.COLUMN, LabelKind.ITEM) else key
    return bare if len(bare) > 1 else key


def _tail(text: str) -> Iterator[str]:
    """The part of a name behind its dash, which names the thing itself (人才专项—院士专家服务中心工作经费)."""
    match = _DASH.search(text)
    key = label_key(match[1]) if match else ""
    if len(key) >= SHORTEST_TAIL:
        yield key


def _grams(key: str) -> set[str]:
    """The pairs of characters of a key; for one of three also its ends, so that a wrong character between is found."""
    grams = {key[i : i + 2] for i in range(len(key) - 1)}
    return grams | {key[0] + GAP + key[2]} if len(key) == 3 else grams


def is_classified(label: Label) -> bool:
    """Whether a label has a code of the national classifications (3, 5 or 7 digits)."""
    return any(len(code) in (3, 5, 7) and code.isdigit() for code in label.codes)


def _starts(keys: Iterable[str]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = defaultdict(set)
    for key in keys:
        if len(key) >= 2:
            lengths[key[:2]].add(len(key))
    return {start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()}


def build_vocabulary(labels: Sequence[Label]) -> Vocabulary:
    """The vocabulary of a corpus's labels (`corpus.labels()`); an empty tuple gives one that knows only the lexicon."""
    return Vocabulary(labels, load())
