"""Chinese content words held against all labels at once, each also by the words that mean the same.

扫马路 stands for 道路清扫 (`qa.everyday`), and words that share an English rendering for each other. A label that is
proposed need not say every word: what it leaves open the answer's other names have to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.corpus import LabelKind
from ingest.units import Dimension
from qa.choices import BESIDE, THINGS, TRIED, Choice, Division, Reworded
from qa.everyday import alike, everyday_words, is_word
from qa.gloss import blend
from qa.keys import is_chinese, label_key
from qa.lexicon.load import load
from qa.question import How, Linked, Mention
from qa.spoken import Heard, hear
from qa.vocabulary import ORGANISATIONS, Vocabulary

MOST_SAID = 200  # characters of a question
MOST_LABELS = 5000  # that share a pair with it
LONGEST = 6  # characters of a word
LEAST = 0.50  # share of a label that words say
BY_ONE = 0.80  # … that a single short word has to say
SAYS_ENOUGH = 3  # characters of the question
SOFT = 0.3  # weight of words that names leave out (费, 项目)
SURE = 0.9
LISTED = 0.96
_MORE = "多少高低大小贵"  # 多 of 多多少 names nothing
_APART = re.compile(r"比(?!例)|占|较|跟|和|与|及|还是|减去|加上|相对于")
_COUNTED = re.compile(r"多少(?![钱元万亿])|几|多[长久远大高快]")


@dataclass(frozen=True, slots=True)
class _Said:
    """A word of the question: its place in the key, and what may stand for it in a label, itself first."""

    start: int
    end: int
    forms: tuple[str, ...]
    everyday: bool = False  # whether the table of everyday words has it

    @property
    def weight(self) -> float:
        return (self.end - self.start) * (SOFT if self.forms[0] in _soft() else 1.0)


@dataclass(frozen=True, slots=True)
class _Match:
    """A label with the share of it that words say, the words (by number), and how well both fit."""

    text: str
    counts: bool
    of_label: float
    used: frozenset[int]
    score: float


def chinese_choices(linked: Linked, vocabulary: Vocabulary) -> Reworded | None:
    """The labels that may account for a Chinese question; None where it has no content, is too long or names others."""
    text = linked.question.text
    places = [m for m in linked.mentions if m.kind in ORGANISATIONS and m.best.score >= SURE]
    heard = hear(text, [(m.start, m.end) for m in places]) if len(text) <= MOST_SAID else None
    said = _said_words(heard) if heard is not None else ()
    if heard is None or not said or not all(_is_reworded(name, said) for name in linked.foreign):
        return None
    named = (m for m in linked.mentions if _is_named(m))
    sure = tuple(frozenset(c.label.text for c in m.candidates if c.score >= LISTED) for m in named)
    return Reworded(tuple(w.forms for w in said), _divisions(linked, heard, said, vocabulary), sure)


def _is_named(mention: Mention) -> bool:
    """Whether a thing is named as it is printed, or by a listed synonym."""
    surely = mention.best.how in (How.EXACT, How.ALIAS) and mention.best.score >= LISTED
    return surely and mention.kind in (LabelKind.ITEM, LabelKind.PROJECT)


def _is_reworded(foreign: str, said: Sequence[_Said]) -> bool:
    """Whether what the corpus lacks is an everyday word for something else."""
    return any(w.everyday and foreign in w.forms[0] for w in said)


def _said_words(heard: Heard) -> tuple[_Said, ...]:
    """The content of a question cut into words: everyday ones wherever they stand, then known ones, then characters."""
    key = heard.key
    taken = [False] * len(key)
    found: list[_Said] = []

    def take(start: int, end: int, official: Sequence[str] = ()) -> None:
        taken[start:end] = [True] * (end - start)
        word = key[start:end]
        others = (*official, *alike(word)) if len(word) > 1 else ()
        found.append(_Said(start, end, tuple(dict.fromkeys((word, *others))), bool(official)))

    for start, end, official in sorted(everyday_words(key), key=lambda w: (w[0] - w[1], w[0])):
        if not any(taken[start:end]) and any(heard.content[start:end]):
            take(start, end, official)
    for at in range(len(key)):
        if heard.content[at] and not taken[at] and key[at] not in _MORE:
            free = next((n for n in range(len(key) - at) if taken[at + n] or not heard.content[at + n]), len(key) - at)
            words = (n for n in range(min(free, LONGEST), 1, -1) if is_word(key[at : at + n]))
            take(at, at + next(words, 1))
    return tuple(sorted(found, key=lambda w: w.start))


def _divisions(linked: Linked, heard: Heard, said: Sequence[_Said], vocabulary: Vocabulary) -> Iterator[Division]:
    """The content as one stretch, or as two parted by a word between two things, with the labels of each."""
    parted = [
        (tuple(w for w in said if w.end <= mark.start()), tuple(w for w in said if w.start >= mark.end()))
        for mark in _APART.finditer(heard.key)
    ]
    for stretches in (*(p for p in parted if all(p)), (tuple(said),)):
        found = [(s, tuple(_labels(s, heard, linked, vocabulary))) for s in stretches]
        if all(labels for _, labels in found):
            yield tuple(
                Choice(heard.offsets[s[0].start], heard.offsets[s[-1].end - 1] + 1, labels) for s, labels in found
            )


def _labels(
    stretch: Sequence[_Said], heard: Heard, linked: Linked, vocabulary: Vocabulary
) -> Iterator[tuple[str, bool]]:
    """The labels that say most of a stretch; those of fewer of its words than another of their sort give way."""
    unit = linked.unit
    counted = _COUNTED.search(heard.key) is not None or (unit is not None and unit.dimension is not Dimension.CNY)
    matches = tuple(_matches(stretch, linked, vocabulary))
    found: dict[str, float] = {}
    for match in matches:
        if not any(m.counts == match.counts and match.used < m.used for m in matches):
            worth = match.score + (BESIDE if counted == match.counts else 0.0)
            found[match.text] = max(found.get(match.text, 0.0), worth)
    for name in sorted(found, key=lambda name: (-found[name], name))[:TRIED]:
        yield name, False


def _matches(stretch: Sequence[_Said], linked: Linked, vocabulary: Vocabulary) -> Iterator[_Match]:
    """The labels of which the words of a stretch say enough, the words of units named beside them."""
    beside = [label_key(m.text) for m in linked.mentions if m.kind in ORGANISATIONS]
    near = vocabulary.holding_pairs(" ".join(form for word in stretch for form in word.forms))
    for number in near if len(near) <= MOST_LABELS else ():
        label, key = vocabulary.labels[number], vocabulary.keys[number]
        if label.kind in THINGS and is_chinese(key) and not vocabulary.names_nothing(key, label.kind):
            match = _match(stretch, label.text, key, label.kind is LabelKind.INDICATOR, beside)
            said = sum(stretch[i].end - stretch[i].start for i in match.used) if match is not None else 0
            if match is not None and match.of_label >= (LEAST if said >= SAYS_ENOUGH else BY_ONE):
                yield match


def _match(stretch: Sequence[_Said], text: str, key: str, counts: bool, beside: Sequence[str]) -> _Match | None:
    covered = [False] * len(key)
    used = [i for i, word in enumerate(stretch) if sum(_cover(key, covered, form) for form in word.forms)]
    if not used:
        return None
    for name in beside:
        _cover(key, covered, name)
    weights = _weights(key)
    of_label = sum(w for w, c in zip(weights, covered, strict=True) if c) / sum(weights)
    of_words = sum(stretch[i].weight for i in used) / sum(word.weight for word in stretch)
    return _Match(text, counts, of_label, frozenset(used), blend(of_label, of_words))


def _cover(key: str, covered: list[bool], form: str) -> bool:
    """Mark where a form stands in a label; False where it does not."""
    at = key.find(form)
    if at >= 0:
        covered[at : at + len(form)] = [True] * len(form)
    return at >= 0


def _weights(key: str) -> list[float]:
    """What each character of a label counts: those of words that names leave out less."""
    weights = [1.0] * len(key)
    for word in _soft():
        at = key.find(word)
        while at >= 0:
            weights[at : at + len(word)] = [SOFT] * len(word)
            at = key.find(word, at + 1)
    return weights


@cache
def _soft() -> frozenset[str]:
    return frozenset(w for s in ("soft", "soft_lossy") for w in load().section(s, "zh"))
