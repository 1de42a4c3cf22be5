"""What a question asks of the prose: its content words with what the documents may say for them, and its form.

Everyday words are data (lexicon/prose_words.tsv): what prose says for them, words that only form a question, what an
answer to a question of a form has to say, and the units that fit one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ingest.corpus import LabelKind
from qa.chatter import english_words
from qa.keys import is_chinese, label_key, simplify, stem, words
from qa.lexicon.load import load
from qa.question import How, Language, Linked
from qa.roles import read_table
from qa.told import NOTHING
from qa.unexplained import content_pairs
from qa.wordtable import chinese_said, joiners, roots_of

KNOWN = 0.97  # a name matched this surely is what is meant
_LONG = 5  # characters: a shorter name is also a word
_NAMES = (LabelKind.ITEM, LabelKind.PROJECT, LabelKind.TERM)
_VAGUE = (How.CONTAINED, How.FUZZY, How.EMBEDDING)
_WAN = 10_000
_PUBLISHER = r"(?:检察院|法院|街道|办公厅|办公室|[一-鿿]{2}[局厅部委])$"
NAMED = 0.9  # a label that the question names this surely, in English


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of a question (two neighbouring characters in Chinese), with what prose may say for it."""

    said: str
    told: tuple[str, ...]

    def is_in(self, text: str) -> bool:
        """Whether a text says it."""
        return any(t in text for t in self.told)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's terms, the words that only form it, and what a passage that answers it has to say (any of each).

    `names` are what it surely names, each with all the labels that may be meant; `ordinals` say which of several.
    """

    terms: tuple[Term, ...]
    frame: tuple[str, ...]
    musts: tuple[tuple[str, ...], ...]
    names: tuple[tuple[str, ...], ...] = ()
    ordinals: tuple[tuple[str, ...], ...] = ()

    def explained(self, text: str) -> tuple[str, ...]:
        """The words of the question that a text says in other words, and those that only form the question."""
        return (*self.frame, *(t.said for t in self.terms if t.said not in text and t.is_in(text)))

    def answers(self, text: str) -> bool:
        """Whether a text says what an answer to such a question says."""
        return all(any(word in text for word in must) for must in self.musts)


@cache
def _rows(kind: str, language: Language) -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    rows = (row for row in read_table("prose_words.tsv") if row[0] == kind and row[1] == language)
    return tuple((re.compile(_whole(row[2], language), re.I), tuple("|".join(row[3:]).split("|"))) for row in rows)


def _whole(pattern: str, language: Language) -> str:
    """A pattern that matches whole words only, in English."""
    end = "" if pattern.endswith("$") else r"\b"
    return rf"\b(?:{pattern}){end}" if language is Language.EN else pattern


def matches(kind: str, linked: Linked) -> Iterator[tuple[re.Match[str], tuple[str, ...]]]:
    """Where the table's patterns of a kind match the question, each with its words."""
    text = simplify(linked.question.text).casefold()
    for pattern, told in _rows(kind, linked.question.language):
        for match in pattern.finditer(text):
            yield match, told


def told_for(said: str, language: Language) -> tuple[str, ...]:
    """What prose says for the words of a phrase."""
    return tuple(word for pattern, told in _rows("means", language) if pattern.search(said) for word in told)


def read_asked(linked: Linked) -> Asked:
    """What a question asks of the prose."""
    names = tuple(_names(linked))
    other = (*(Term(m.group(), told) for m, told in matches("means", linked)), *_numbers(linked))
    frame = tuple(w for m, _ in matches("frame", linked) for w in (m.group(), *_stems(m.group())))
    musts = tuple(told for _, told in matches("must", linked))
    publishers = [(m.start, m.end) for m in linked.of_kind(LabelKind.AGENCY)]
    ordinals = tuple(
        tuple(w for w in told if w) or (m.group(),)
        for m, told in matches("ordinal", linked)
        if not any(a <= m.start() < b for a, b in publishers)  # 第三小学 is a name
    )
    named = tuple(Term(labels[0], labels) for labels in names)
    if linked.question.language is Language.ZH:
        spoken = "".join(label_key(t.said) + " " for t in other)
        agencies = " ".join(m.text for m in linked.of_kind(LabelKind.AGENCY))
        skipped = (spoken, agencies, *frame)
        pairs = sorted(p for p in content_pairs(linked, NOTHING) if "的" not in p and not any(p in s for s in skipped))
        return Asked((*named, *other, *(Term(p, (p,)) for p in pairs)), frame, musts, names, ordinals)
    return Asked((*named, *_english_terms(linked, other, frame)), frame, musts, names, ordinals)


def _numbers(linked: Linked) -> Iterator[Term]:
    """The figures of a question as documents print them: 一百万 as 100万."""
    for number in linked.numbers:
        if number.value >= _WAN and number.value % _WAN == 0:
            yield Term(linked.question.text[number.start : number.end].casefold(), (f"{number.value / _WAN:.0f}万",))


def _names(linked: Linked) -> Iterator[tuple[str, ...]]:
    """The labels of what a question surely names, and the names in it that no label bears."""
    for mention in linked.mentions:
        chinese = is_chinese(mention.text)
        long = len(mention.text) >= _LONG if chinese else " " in mention.text.strip()
        if mention.kind in _NAMES and long:
            least = KNOWN if chinese else NAMED
            sure = [c for c in mention.candidates if c.score >= least and c.how not in _VAGUE]
            sure = sure if chinese else [c for c in sure if c.label.codes]
            if sure:
                yield (*((label_key(mention.text),) if chinese else ()), *(label_key(c.label.text) for c in sure))
    yield from strange_names(linked)


def strange_names(linked: Linked) -> Iterator[tuple[str, ...]]:
    """The Chinese names in a question that no label bears, and those of standard items that it names in English.

    Where words are asked for, also without the publisher's own name that runs on from them: 食品安全检察院.
    """
    figure = any(True for _ in matches("figure", linked))
    for name in linked.foreign:
        if is_chinese(name):
            key = label_key(name)
            bare = re.sub(_PUBLISHER, "", key)
            yield (key,) if figure or len(bare) < _LONG - 1 else (key, bare)
        elif (listed := _listed().get(_bag(name))) and _says_only(linked, name):
            yield listed


def _says_only(linked: Linked, name: str) -> bool:
    """Whether all that an English question names is one thing: other things that share a word are not meant."""
    agencies = linked.of_kind(LabelKind.AGENCY)
    open_words = [w for w in words(linked.question.text) if not any(m.start <= w.start < m.end for m in agencies)]
    content = {w.stem for w in open_words if w.stem.isalpha() and w.stem not in english_words()}
    soft = {stem(w) for w in load().section("soft", "en")}
    return content - soft <= _bag(name)


@cache
def _listed() -> Mapping[frozenset[str], tuple[str, ...]]:
    """The Chinese names of the standard items by the words of their English names."""
    found: dict[frozenset[str], tuple[str, ...]] = {}
    for name in load().names:
        for english in name.english:
            found[_bag(english)] = (*found.get(_bag(english), ()), *map(label_key, name.chinese))
    return found


def _bag(english: str) -> frozenset[str]:
    """The words that tell an English name from others."""
    said = frozenset(_stems(english)) - frozenset(load().section("joiner", "en"))
    return said - {stem(w) for w in load().section("soft", "en")} or said


def _stems(text: str) -> tuple[str, ...]:
    return tuple(w.stem for w in words(text))


def _english_terms(linked: Linked, other: tuple[Term, ...], frame: tuple[str, ...]) -> Iterator[Term]:
    """The stems of the question outside agencies, with their Chinese from the table, the gloss and the names found."""
    cut = [(m.start, m.end) for m in linked.of_kind(LabelKind.AGENCY)]
    by_stem: dict[str, tuple[str, ...]] = {}
    spoken = roots_of(linked.question.text) | joiners()
    for term in other:
        for said in _stems(term.said):
            by_stem[said] = (*by_stem.get(said, ()), *term.told)
    for word in words(linked.question.text):
        known = word.stem in english_words() or word.stem in frame or not word.stem.isalpha()
        if word.stem not in by_stem and (known or any(a <= word.start < b for a, b in cut)):
            continue
        named = tuple(
            label_key(c.label.text)
            for m in linked.mentions
            if m.start <= word.start < m.end and m.kind is not LabelKind.AGENCY
            for c in m.candidates
            if c.score >= NAMED
        )
        glossed = tuple(w for w in chinese_said(word.stem, spoken) if len(w) > 1)
        yield Term(word.stem, tuple(dict.fromkeys((*by_stem.get(word.stem, ()), *glossed, *named))))
