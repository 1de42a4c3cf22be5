"""What a scan finds before it is sorted into mentions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.corpus import LabelKind
from qa.question import Candidate, How, Mention
from qa.vocabulary import ORGANISATIONS, Vocabulary

MAX_CANDIDATES = 10
# How good the best candidate of a kind must be for a mention of that kind, where the words are no name of that kind.
KIND_FLOOR = {
    LabelKind.ITEM: 0.64,
    LabelKind.PROJECT: 0.64,
    LabelKind.INDICATOR: 0.68,
    LabelKind.TERM: 0.80,
    LabelKind.COLUMN: 0.80,
    LabelKind.ORGANISATION: 0.72,
    LabelKind.AGENCY: 0.72,
    LabelKind.TABLE: 0.85,
}
KIND_FLOOR_DIRECT = 0.60
SURELY_AGENCY, BESIDE_AGENCY = 0.93, 0.82  # words that name an agency name an item only where they nearly do
STRONG_SYNONYM = 0.96
SYNONYMOUS = (How.ALIAS, How.ENGLISH)


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch [start, end) of the question's text with its candidates of any kind; `direct` where it is a name."""

    start: int
    end: int
    candidates: tuple[Candidate, ...]
    direct: bool = True

    def overlaps(self, start: int, end: int) -> bool:
        return self.start < end and start < self.end

    @property
    def score(self) -> float:
        return max((c.score for c in self.candidates), default=0.0)


def merge(*groups: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Candidates of several origins, each label once with its best score (the first origin's manner on a tie)."""
    best: dict[tuple[LabelKind, str], Candidate] = {}
    for group in groups:
        for candidate in group:
            key = (candidate.label.kind, candidate.label.text)
            if key not in best or best[key].score < candidate.score:
                best[key] = candidate
    return tuple(best.values())


def prefer_standard(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Among items, a label without a code gives way to a classified one of which its name is a usual synonym.

    科学普及 asked of a document that has 科学技术普及 20607 and a project called 科学普及 means the former first; as a
    project the latter keeps its certainty.
    """
    items = [c for c in candidates if c.label.kind is LabelKind.ITEM]
    standard = max((c.score for c in items if c.label.codes and c.how in SYNONYMOUS), default=0.0)
    if standard < STRONG_SYNONYM:
        return tuple(candidates)
    return tuple(
        replace(c, score=standard - 0.01) if c in items and c.how is How.EXACT and not c.label.codes else c
        for c in candidates
    )


def to_mentions(
    found: Sequence[Found], text: str, vocabulary: Vocabulary, meaning: bool = False
) -> tuple[Mention, ...]:
    """The mentions of each kind: non-overlapping (longer and better ones first), candidates best first.

    With `meaning` the scores are of embeddings and have been cut off already.
    """
    mentions: list[Mention] = []
    for one in found:
        by_kind: dict[LabelKind, list[Candidate]] = {}
        for candidate in prefer_standard(one.candidates):
            by_kind.setdefault(candidate.label.kind, []).append(candidate)
        is_agency = any(c.label.kind in ORGANISATIONS and c.score >= SURELY_AGENCY for c in one.candidates)
        for kind, candidates in by_kind.items():
            candidates.sort(key=vocabulary.order)
            floor = 0.0 if meaning else max(KIND_FLOOR[kind], BESIDE_AGENCY if is_agency else 0.0)
            if candidates[0].score >= floor:
                kept = tuple(c for c in candidates[:MAX_CANDIDATES] if c.score >= KIND_FLOOR_DIRECT)
                mentions.append(Mention(one.start, one.end, text[one.start : one.end], kind, kept))
    mentions.sort(key=lambda m: (-(m.end - m.start), -m.best.score))
    kept_mentions: list[Mention] = []
    for mention in mentions:
        if all(m.kind is not mention.kind or m.end <= mention.start or mention.end <= m.start for m in kept_mentions):
            kept_mentions.append(mention)
    return tuple(sorted(kept_mentions, key=lambda m: (m.start, m.end, m.kind.value)))
