"""Labels by the English names of what they stand for: as bags of stems, with and without words like "expenditure"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Protocol

from ingest.corpus import Label, LabelKind
from qa.gloss import GlossIndex
from qa.keys import is_chinese, label_key, stem, words
from qa.lexicon import Lexicon
from qa.names import CORE, NameBook
from qa.question import How
from qa.roles import Role, plays
from qa.romanise import romanise

BY_PLACE = 0.78  # an agency by its place alone
ENGLISH_NAME = 0.95  # a standard item's English name as it is listed
SOFT_OFF = 0.95  # … and without its "expenditure", times this
_SOFT_MARK = "$"
_BOTH = frozenset({"and", "or"})
_JOINED = re.compile(r"\b(?:and|or)\b|[&,/、和与及或]", re.I)
Bag = tuple[str, ...]


class Named(Protocol):
    """What this index needs of a vocabulary."""

    lexicon: Lexicon
    names: NameBook
    labels: tuple[Label, ...]
    keys: tuple[str, ...]

    def labels_named(self, names: Sequence[str]) -> tuple[tuple[int, float], ...]: ...

    def branch_labels(self) -> tuple[int, ...]: ...

    def names_nothing(self, key: str, kind: LabelKind) -> bool: ...

    @property
    def only_agencies(self) -> Mapping[str, int]: ...


@dataclass(frozen=True, slots=True)
class EnglishEntry:
    """A bag's reading: the number of a label, its score, and how."""

    label: int
    score: float
    how: How


class EnglishNames:
    """The English side of a vocabulary."""

    def __init__(self, vocabulary: Named) -> None:
        self._vocabulary = vocabulary
        lexicon = vocabulary.lexicon
        self.joiners = frozenset(lexicon.section("joiner", "en"))
        self.function = frozenset(stem(w) for w in lexicon.section("function", "en"))
        self._soft = frozenset(stem(w) for w in lexicon.section("soft", "en"))
        self._droppable = frozenset(stem(w) for w in lexicon.section("droppable", "en"))
        self._counting = frozenset(stem(w) for w in lexicon.section("counting", "en"))
        self._stubs = frozenset(stem(w) for w in lexicon.section("stub", "en"))
        self.bodies = frozenset(stem(w) for w in lexicon.section("organisation_end", "en"))
        self._fixed = frozenset(tuple(stem(p) for p in w.split()) for w in lexicon.section("fixed", "en"))
        self._bags: dict[Bag, dict[int, EnglishEntry]] = defaultdict(dict)
        self._of_two: set[Bag] = set()
        self.absent: dict[Bag, str] = {}
        self._index_lexicon()
        self._index_labels()
        self._index_cores()
        self.longest = max((len(bag) for bag in self._bags), default=0) + 4

    @cached_property
    def gloss(self) -> GlossIndex:
        """Labels, organisations and rows named after them aside, by the English words of their Chinese words."""
        vocabulary = self._vocabulary
        bodies = {label_key(vocabulary.labels[n].text) for n in self._numbers(of_organisations=True)}
        texts = {n: vocabulary.labels[n].text for n in self._numbers(of_organisations=False)}
        texts = {n: text for n, text in texts.items() if label_key(text) not in bodies}
        keys = {n: vocabulary.names.base(vocabulary.keys[n]) if is_chinese(t) else t for n, t in texts.items()}
        return GlossIndex(vocabulary.lexicon, keys)

    @cached_property
    def organisations(self) -> GlossIndex:
        """Organisations and agencies by the English words of their Chinese words, places among them."""
        vocabulary = self._vocabulary
        keys = self._own_names()
        places = (place.chinese for place in vocabulary.lexicon.places)
        optional = {*places, *vocabulary.lexicon.section("level", "zh"), *vocabulary.lexicon.section("body", "zh")}
        return GlossIndex(vocabulary.lexicon, keys, optional, romanise)

    def _own_names(self) -> dict[int, str]:
        """The keys of organisations, without the name of the agency that they begin with: (交通运输局)信息中心."""
        keys = {n: self._vocabulary.keys[n] for n in self._numbers(of_organisations=True)}
        branches = {label_key(b) for b in self._vocabulary.lexicon.section("branch", "zh")}
        agencies = {k for n, k in keys.items() if self._vocabulary.labels[n].kind is LabelKind.AGENCY}
        own = {n: next((k[at:] for at in range(len(k) - 1) if k[:at] in agencies), k) for n, k in keys.items()}
        return {n: keys[n] if k in branches else k for n, k in own.items()}

    def _numbers(self, of_organisations: bool) -> tuple[int, ...]:
        kinds = (LabelKind.AGENCY, LabelKind.ORGANISATION)
        labels = enumerate(self._vocabulary.labels)
        return tuple(n for n, label in labels if (label.kind in kinds) == of_organisations)

    def bags(self, stems: Iterable[str]) -> Iterator[tuple[Bag, float]]:
        """The bags under which words are looked up, surest first: soft words made one mark, then left out at the ends.

        A soft word between others is part of the name: "public expenses of the service" is no public service.
        """
        kept = self._fixed_together([s for s in stems if s not in self.joiners])
        marked = [_SOFT_MARK if s in self._soft else s for s in kept]
        yield tuple(sorted(dict.fromkeys(marked))), 1.0
        low, high = 0, len(marked)
        while low < high and self._is_soft(marked[low]):
            low += 1
        while low < high and self._is_soft(marked[high - 1]):
            high -= 1
        hard = marked[low:high]
        if hard and len(hard) < len(marked) and not any(map(self._is_soft, hard)) and not self._is_stub(hard):
            yield tuple(sorted(hard)), SOFT_OFF

    def _fixed_together(self, stems: list[str]) -> list[str]:
        """Two words that name one thing as one: a government fund is no government funding."""
        pairs = {at for at in range(len(stems) - 1) if (stems[at], stems[at + 1]) in self._fixed}
        return ["+".join(stems[at : at + 2]) if at in pairs else s for at, s in enumerate(stems) if at - 1 not in pairs]

    def counting(self, text: str) -> tuple[str, ...]:
        """The words of a question that ask for a count (how many, number of): an indicator's name ends in them."""
        return tuple(w.stem for w in words(text) if w.stem in self._counting)

    def is_soft(self, stem: str) -> bool:
        """Whether a word may be left off a name: expenditure, cost, budget …"""
        return stem in self._soft or stem in self._droppable

    def says_little(self, stem: str) -> bool:
        """Whether a word alone reaches no label: expenditure, basic, public."""
        return self.is_soft(stem) or stem in self._stubs

    def _is_soft(self, word: str) -> bool:
        return word == _SOFT_MARK or word in self._droppable

    def _is_stub(self, hard: Sequence[str]) -> bool:
        return all(s in self._stubs for s in hard)

    def _index_lexicon(self) -> None:
        vocabulary = self._vocabulary
        for name in vocabulary.lexicon.names:
            found = vocabulary.labels_named(name.chinese)
            for english in name.english:
                self._add(english.replace("(", " "), found, ENGLISH_NAME, How.ENGLISH)
                if not found and not name.generic and not any(_is_total(c) for c in name.chinese):
                    self._mark_absent(english)
        for alias in vocabulary.lexicon.aliases:
            spoken = [w for w in alias.words if not is_chinese(w)]
            found = vocabulary.labels_named(alias.targets) if spoken else ()
            for word in spoken:
                self._add(word, found, alias.score, How.ENGLISH)
                if not found and not any(map(_is_total, alias.targets)):
                    self._mark_absent(word)
        for branch in vocabulary.lexicon.section("branch", "en"):
            self._add(branch, [(n, 1.0) for n in vocabulary.branch_labels()], 0.93, How.ENGLISH)
        for bag in self._bags:
            self.absent.pop(bag, None)

    def _index_cores(self) -> None:
        """Towns and street offices by the sound of what tells them from others: Wanli."""
        for number, label in enumerate(self._vocabulary.labels):
            core = self._vocabulary.names.core(label_key(label.text)) if label.kind is LabelKind.AGENCY else None
            if core is not None:
                self._add(romanise(core), [(number, 1.0)], CORE, How.ENGLISH)

        for place, number in self._vocabulary.only_agencies.items():
            self._add(romanise(place), [(number, 1.0)], BY_PLACE, How.ENGLISH)

    def _index_labels(self) -> None:
        for number, label in enumerate(self._vocabulary.labels):
            if not is_chinese(label.text) and not self._vocabulary.names_nothing(label_key(label.text), label.kind):
                self._add(label.text, [(number, 1.0)], 1.0, How.EXACT)

    def _add(self, english: str, found: Iterable[tuple[int, float]], score: float, how: How) -> None:
        for bag, share in self.bags(w.stem for w in words(english)):
            if not bag or bag == (_SOFT_MARK,):
                continue
            if _JOINED.search(english):
                self._of_two.add(bag)
            for number, rank in found:
                entry = EnglishEntry(number, score * share * rank, how)
                known = self._bags[bag].get(number)
                if known is None or known.score < entry.score:
                    self._bags[bag][number] = entry

    def _mark_absent(self, english: str) -> None:
        for bag, _ in self.bags(w.stem for w in words(english)):
            if bag and bag != (_SOFT_MARK,):
                self.absent.setdefault(bag, english)
                if _JOINED.search(english):
                    self._of_two.add(bag)

    def entries(self, stems: Sequence[str], whole: bool) -> tuple[EnglishEntry, ...]:
        """The readings of a run of stems: under just these words (`whole`), or without its "expenditure"."""
        if all(s in self.joiners for s in stems):
            return ()
        bags = list(self.bags(stems))
        for bag, share in bags[:1] if whole else bags[1:]:
            found = self._bags.get(bag) if self._may_join(stems, bag) else None
            if found:
                return tuple(EnglishEntry(e.label, e.score * share, e.how) for e in found.values())
        return ()

    def absent_name(self, stems: Sequence[str], whole: bool = False) -> str | None:
        """The standard name that a run of stems gives (under just these words, if `whole`), where no label bears it."""
        for bag, _ in islice(self.bags(stems), 1 if whole else None):
            if bag in self.absent and self._may_join(stems, bag):
                return self.absent[bag]
        return None

    def _may_join(self, stems: Sequence[str], bag: Bag) -> bool:
        """Whether an "and" between the words is the name's own: "purchase and operation", but no "pay and bonus"."""
        return _BOTH.isdisjoint(stems[1:-1]) or bag in self._of_two


def _is_total(name: str) -> bool:
    """Whether a name is one of a grand total, which every budget has under some name."""
    return plays(Role.EXPENDITURE, name) or plays(Role.REVENUE, name) or plays(Role.TOTAL_ROW, name)
