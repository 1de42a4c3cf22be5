"""English content words held against all labels at once, word by word and by meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.corpus import LabelKind
from qa.chatter import courtesies
from qa.choices import BESIDE, THINGS, TRIED, Choice, Division, Reworded
from qa.gloss import GlossMatch
from qa.keys import Word, words
from qa.meant import VectorSearch
from qa.question import How, Linked, Mention
from qa.vocabulary import ORGANISATIONS, Vocabulary

MOST_SAID = 300  # characters of a question
LEAST = 0.50  # score of a label by words, and the share of it that they say
LEAST_OF_ROW = 0.60  # share of a row that they say; of an indicator the project may say more
FIRM = 0.85  # share of a label that several words have to say, so that one more may be left open
LEAST_MEANT = 0.45  # cosine of a label near in meaning that shares no word
SURE = 0.9
LISTED = 0.94
_APART = re.compile(
    r"\b(?:than|minus|versus|vs\.?|plus|exceeds?|outweighs?|compared (?:with|to)|as well as|together with)\b|[+;]"
    r"|(?P<and>\band\b|&)",
    re.I,
)
_SHARED = re.compile(r"\b(?:of|for|in|on)\b", re.I)
_COUNTED = re.compile(r"\bhow many\b|\bnumber of\b|\btarget\b|\bhow (?:long|often|far|fast|large|big)\b", re.I)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Content words that are to be one label's; words before it may name it too ("medical expenses of A and of B")."""

    words: tuple[Word, ...]
    shared: tuple[Word, ...] = ()

    @property
    def span(self) -> tuple[int, int]:
        return self.words[0].start, self.words[-1].end

    @property
    def stems(self) -> tuple[str, ...]:
        return tuple(w.stem for w in (*self.shared, *self.words))


def english_choices(linked: Linked, vocabulary: Vocabulary, embed: VectorSearch | None) -> Reworded | None:
    """The labels that may account for an English question; None where it has no content or is too long."""
    text = linked.question.text
    content = _content(linked, vocabulary) if len(text) <= MOST_SAID else ()
    if not content:
        return None
    stems = tuple((stem,) for stem in dict.fromkeys(w.stem for w in content))
    sure = tuple(frozenset(c.label.text for c in m.candidates) for m in linked.mentions if _is_listed(m))
    return Reworded(stems, _divisions(linked, content, vocabulary, embed), sure)


def _divisions(
    linked: Linked, content: tuple[Word, ...], vocabulary: Vocabulary, embed: VectorSearch | None
) -> Iterator[Division]:
    text = linked.question.text
    for stretches in _divided(text, content):
        if any(len(s.stems) < 2 for s in stretches):  # one word alone names too many things
            continue
        found = [(s, tuple(_labels(text, s, linked, vocabulary, embed))) for s in stretches]
        if all(labels for _, labels in found):
            yield tuple(Choice(*s.span, labels) for s, labels in found)


def _is_listed(mention: Mention) -> bool:
    """Whether a mention is the listed English name of a thing, said in full."""
    return mention.kind is LabelKind.ITEM and mention.best.how is How.ENGLISH and mention.best.score >= LISTED


def _content(linked: Linked, vocabulary: Vocabulary) -> tuple[Word, ...]:
    """The words that name something: no courtesy, operation, number or unit's name."""
    text, english = linked.question.text, vocabulary.english
    places = [m for m in linked.mentions if m.kind in ORGANISATIONS and m.best.score >= SURE]
    known = courtesies() | set(vocabulary.lexicon.section("operation", "en"))
    return tuple(
        w
        for w in words(text)
        if w.stem.isalpha()
        and not any(p.start <= w.start < p.end for p in places)
        and (w.stem not in known or w.stem in english.bodies)
        and w.stem not in english.joiners
    )


def _divided(text: str, content: tuple[Word, ...]) -> Iterator[tuple[_Stretch, ...]]:
    """The content as one stretch, or as two parted by a word between two things, which may share their first words."""
    marks = list(_APART.finditer(text))
    for mark in marks:
        before = tuple(w for w in content if w.end <= mark.start())
        behind = tuple(w for w in content if w.start >= mark.end())
        if before and behind:
            yield _Stretch(before), _Stretch(behind)
            if mark["and"] and (shared := _shared(text, before, mark.start())):
                yield _Stretch(before), _Stretch(behind, shared)
    if all(m["and"] for m in marks):
        yield (_Stretch(content),)


def _shared(text: str, before: tuple[Word, ...], end: int) -> tuple[Word, ...]:
    """The words that both of two things may share: those before the last "of" or "for" of the first."""
    joints = [m.start() for m in _SHARED.finditer(text, before[0].end, before[-1].start)]
    return tuple(w for w in before if joints and w.end <= joints[-1])


def _labels(
    text: str, stretch: _Stretch, linked: Linked, vocabulary: Vocabulary, embed: VectorSearch | None
) -> Iterator[tuple[str, bool]]:
    """The labels that say most of a stretch or are near it in meaning, each with whether words say it nearly whole."""
    gloss, labels = vocabulary.english.gloss, vocabulary.labels
    beside = [w.stem for m in linked.mentions if m.kind in ORGANISATIONS for w in words(m.text)]
    beside += vocabulary.english.counting(text)
    counted = _COUNTED.search(text) is not None
    matches = [m for m in gloss.search(stretch.stems, beside=beside) if _may_be(m, vocabulary)]
    matches = [m for m in matches if not any(_says_less(m, other, vocabulary) for other in matches)]
    found: dict[str, float] = {}
    for match in matches:
        label = labels[match.label]
        worth = match.score + (BESIDE if counted == (label.kind is LabelKind.INDICATOR) else 0.0)
        found[label.text] = max(found.get(label.text, 0.0), worth)
    firm = {labels[m.label].text for m in matches if m.of_label >= FIRM}
    if embed is not None:
        for name, kind, cosine in embed.nearest(text[slice(*stretch.span)], THINGS, TRIED):
            if (kind, name) in vocabulary.by_name and cosine >= LEAST_MEANT:
                found[name] = max(found.get(name, 0.0), cosine - 0.1)
    for name in sorted(found, key=lambda name: (-found[name], name))[:TRIED]:
        yield name, name in firm


def _may_be(match: GlossMatch, vocabulary: Vocabulary) -> bool:
    """Whether words say enough of a label; of an indicator's question the project may say the rest."""
    kind = vocabulary.labels[match.label].kind
    if kind not in THINGS or len(match.used) < 2 or match.of_label < LEAST:
        return False
    return kind is LabelKind.INDICATOR or (match.score >= LEAST and match.of_label >= LEAST_OF_ROW)


def _says_less(one: GlossMatch, other: GlossMatch, vocabulary: Vocabulary) -> bool:
    """Whether fewer of the words are of a label than of another of its sort: money is compared with money."""
    counts = [vocabulary.labels[m.label].kind is LabelKind.INDICATOR for m in (one, other)]
    return counts[0] == counts[1] and one.used < other.used
