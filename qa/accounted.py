"""Labels that account for an English question as a whole, where names read piece by piece gave no answer.

"How many dead pine trees are supposed to be cleared?" names 清理枯死松树 by four words that stand apart. All content
words of a stretch are held against each label at once; the labels that say most are proposed, likeliest first, and
each proposal is planned, run and checked like any reading, so that words left unexplained withhold it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product

from ingest.corpus import LabelKind
from qa.chatter import courtesies
from qa.gloss import GlossMatch
from qa.keys import Word, words
from qa.meant import VectorSearch
from qa.plan import Convert, Difference, Growth, Lookup, Plan, Sum, Target
from qa.question import Candidate, How, Language, Linked, Mention
from qa.told import Told
from qa.vocabulary import ORGANISATIONS, Vocabulary

MOST_SAID = 300  # characters of a question
TRIED = 4  # labels of a stretch
TRIED_TOGETHER = 8  # choices of labels for all stretches
LEAST = 0.50  # score of a label by words, and the share of it that they say
LEAST_OF_ROW = 0.60  # share of a row that they say; of an indicator the project may say more
BESIDE = 0.05  # for an indicator where something is counted, for a row where nothing is
FIRM = 0.85  # share of a label that several words have to say, so that one more may be left open
LEAST_MEANT = 0.45  # cosine of a label near in meaning that shares no word
SCORE = 0.9
SURE = 0.9
LISTED = 0.94
_PLANS = (Lookup, Target, Sum, Difference, Growth)
_NAMES = (LabelKind.ITEM, LabelKind.PROJECT, LabelKind.INDICATOR, LabelKind.COLUMN, LabelKind.TERM)
_THINGS = (LabelKind.ITEM, LabelKind.PROJECT, LabelKind.INDICATOR)
_APART = re.compile(
    r"\b(?:than|minus|versus|vs\.?|plus|exceeds?|outweighs?|compared (?:with|to)|as well as|together with)\b|[+;]"
    r"|(?P<and>\band\b|&)",
    re.I,
)
_COUNTED = re.compile(r"\bhow many\b|\bnumber of\b|\btarget\b|\bhow (?:long|often|far|fast|large|big)\b", re.I)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question linked to labels that may account for it; `firm` where its words say these nearly whole."""

    linked: Linked
    names: tuple[str, ...]
    firm: bool
    words: tuple[str, ...]  # the stems that the answer has to account for
    sure: tuple[frozenset[str], ...]  # labels of which it has to bear one each: of listed names said in full
    counts: bool  # whether one of the labels is an indicator


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Content words that are to be one label's."""

    words: tuple[Word, ...]

    @property
    def span(self) -> tuple[int, int]:
        return self.words[0].start, self.words[-1].end


def accounting(linked: Linked, vocabulary: Vocabulary, embed: VectorSearch | None) -> Iterator[Proposal]:
    """The question linked to labels that account for its words, likeliest first; nothing in Chinese."""
    text = linked.question.text
    if linked.question.language is not Language.EN or len(text) > MOST_SAID:
        return
    content = _content(linked, vocabulary)
    if not content:
        return
    stems = tuple(dict.fromkeys(w.stem for w in content))
    sure = tuple(frozenset(c.label.text for c in m.candidates) for m in linked.mentions if _is_listed(m))
    for stretches in _divided(text, content):
        if any(len(s.words) < 2 for s in stretches):  # one word alone names too many things
            continue
        proposals = [tuple(_labels(text, s, linked, vocabulary, embed)) for s in stretches]
        if all(proposals):
            for choice in islice(product(*proposals), TRIED_TOGETHER):
                names = tuple(dict.fromkeys(name for name, _ in choice))
                firm = all(firmly for _, firmly in choice)
                named = _named(linked, stretches, [name for name, _ in choice], vocabulary)
                counts = any((LabelKind.INDICATOR, name) in vocabulary.by_name for name in names)
                yield Proposal(named, names, firm, stems, sure, counts)


def bears(proposal: Proposal, plan: Plan, told: Told) -> bool:
    """Whether an answer's evidence is what was proposed, by a plan that names may be read together for."""
    core = plan.of if isinstance(plan, Convert) else plan
    fits = isinstance(core, _PLANS) and (proposal.counts or not isinstance(core, Target))
    whole = all(any(name in told.names for name in labels) for labels in proposal.sure)
    return fits and whole and all(name in told.names for name in proposal.names)


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
    """The content as one stretch, or as two parted by a word between two things."""
    marks = list(_APART.finditer(text))
    for mark in marks:
        before = tuple(w for w in content if w.end <= mark.start())
        behind = tuple(w for w in content if w.start >= mark.end())
        if before and behind:
            yield _Stretch(before), _Stretch(behind)
    if all(m["and"] for m in marks):
        yield (_Stretch(content),)


def _labels(
    text: str, stretch: _Stretch, linked: Linked, vocabulary: Vocabulary, embed: VectorSearch | None
) -> Iterator[tuple[str, bool]]:
    """The labels that say most of a stretch or are near it in meaning, each with whether words say it nearly whole."""
    gloss, labels = vocabulary.english.gloss, vocabulary.labels
    beside = [w.stem for m in linked.mentions if m.kind in ORGANISATIONS for w in words(m.text)]
    beside += vocabulary.english.counting(text)
    counted = _COUNTED.search(text) is not None
    matches = [m for m in gloss.search((w.stem for w in stretch.words), beside=beside) if _may_be(m, vocabulary)]
    matches = [m for m in matches if not any(_says_less(m, other, vocabulary) for other in matches)]
    found: dict[str, float] = {}
    for match in matches:
        label = labels[match.label]
        worth = match.score + (BESIDE if counted == (label.kind is LabelKind.INDICATOR) else 0.0)
        found[label.text] = max(found.get(label.text, 0.0), worth)
    firm = {labels[m.label].text for m in matches if m.of_label >= FIRM}
    if embed is not None:
        for name, kind, cosine in embed.nearest(text[slice(*stretch.span)], _THINGS, TRIED):
            if (kind, name) in vocabulary.by_name and cosine >= LEAST_MEANT:
                found[name] = max(found.get(name, 0.0), cosine - 0.1)
    for name in sorted(found, key=lambda name: (-found[name], name))[:TRIED]:
        yield name, name in firm


def _may_be(match: GlossMatch, vocabulary: Vocabulary) -> bool:
    """Whether words say enough of a label; of an indicator's question the project may say the rest."""
    kind = vocabulary.labels[match.label].kind
    if kind not in _THINGS or len(match.used) < 2 or match.of_label < LEAST:
        return False
    return kind is LabelKind.INDICATOR or (match.score >= LEAST and match.of_label >= LEAST_OF_ROW)


def _says_less(one: GlossMatch, other: GlossMatch, vocabulary: Vocabulary) -> bool:
    """Whether fewer of the words are of a label than of another of its sort: money is compared with money."""
    counts = [vocabulary.labels[m.label].kind is LabelKind.INDICATOR for m in (one, other)]
    return counts[0] == counts[1] and one.used < other.used


def _named(linked: Linked, stretches: Sequence[_Stretch], choice: Sequence[str], vocabulary: Vocabulary) -> Linked:
    """The question with each stretch as a mention of its label, names of things read before left out."""
    kept = tuple(m for m in linked.mentions if m.kind not in _NAMES)
    text = linked.question.text
    named = tuple(
        Mention(*s.span, text[slice(*s.span)], kind, (Candidate(vocabulary.by_name[kind, name], SCORE, How.WORDS),))
        for s, name in zip(stretches, choice, strict=True)
        for kind in _THINGS
        if (kind, name) in vocabulary.by_name
    )
    mentions = tuple(sorted((*kept, *named), key=lambda m: (m.start, m.end, m.kind.value)))
    return replace(linked, mentions=mentions, foreign=())
