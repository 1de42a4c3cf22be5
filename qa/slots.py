"""Mentions gathered into slots: one stretch of the question, everything it may name, and the part it plays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.corpus import LabelKind
from qa.intent import pattern
from qa.keys import label_key
from qa.plan import Name
from qa.question import How, Language, Linked, Mention

ROWS = (LabelKind.ITEM, LabelKind.PROJECT)
MOST_NAMES = 16
WEAK = 0.72  # a stretch whose best name scores less may be left out when the rest makes sense without it
AGENCY_LEAST = 0.55
NEAR = 0.05  # an agency's short name may also be an item's (检察院, 检察)


@dataclass(frozen=True, slots=True)
class Slot:
    """One stretch [start, end) of the question with every name it may stand for, best first within a kind."""

    start: int
    end: int
    text: str
    names: tuple[Name, ...]
    code: str | None = None

    def of(self, *kinds: LabelKind) -> tuple[Name, ...]:
        """The names of some kinds, best first."""
        return tuple(n for n in self.names if n.kind in kinds)

    def best(self, *kinds: LabelKind) -> float:
        """The best score among some kinds; 0 for none."""
        return max((n.score for n in self.of(*kinds)), default=0.0)

    @property
    def score(self) -> float:
        return max((n.score for n in self.names), default=0.0)

    @property
    def is_agency(self) -> bool:
        agency = self.best(LabelKind.AGENCY)
        others = self.best(*ROWS, LabelKind.COLUMN, LabelKind.TERM)
        surest = agency + NEAR >= others and agency >= self.best(LabelKind.ORGANISATION)
        return agency >= AGENCY_LEAST and surest

    @property
    def is_organisation(self) -> bool:
        """Whether an organisation is named at least as surely as anything else here."""
        own = self.best(LabelKind.ORGANISATION)
        return not self.is_agency and own >= AGENCY_LEAST and own + 0.1 >= self.best(*ROWS, LabelKind.COLUMN)

    @property
    def has_row(self) -> bool:
        return bool(self.of(*ROWS)) or self.code is not None

    @property
    def has_column(self) -> bool:
        return bool(self.of(LabelKind.COLUMN))


def slots_of(linked: Linked) -> tuple[Slot, ...]:
    """The question's slots in reading order; words every budget is full of (预算, 支出, total) name nothing."""
    groups: list[list[Mention]] = []
    for mention in sorted(linked.mentions, key=lambda m: (m.start, -m.end)):
        if groups and mention.start < max(m.end for m in groups[-1]):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    found = (_slot(linked.question.text, group) for group in groups)
    return tuple(s for s in found if s.code or not _generic(s, linked.question.language))


def _slot(text: str, mentions: Sequence[Mention]) -> Slot:
    start, end = min(m.start for m in mentions), max(m.end for m in mentions)
    names: dict[tuple[LabelKind, str], Name] = {}
    code = None
    for mention in mentions:
        covered = (mention.end - mention.start) / (end - start)
        for candidate in mention.candidates:
            name = Name(candidate.label.text, candidate.label.kind, round(candidate.score * covered, 4), candidate.how)
            key = (name.kind, name.text)
            if key not in names or names[key].score < name.score:
                names[key] = name
            if candidate.how is How.CODE:
                code = mention.text
    ordered = sorted(names.values(), key=lambda n: -n.score)
    return Slot(start, end, text[start:end], _most(ordered), code)


def _most(names: Iterable[Name]) -> tuple[Name, ...]:
    """The best few of each kind: a vague word can fit hundreds of labels."""
    kept: list[Name] = []
    for name in names:
        if sum(k.kind is name.kind for k in kept) < MOST_NAMES:
            kept.append(name)
    return tuple(kept)


def _generic(slot: Slot, language: Language) -> bool:
    said = slot.text.strip() if slot.text.isascii() else label_key(slot.text)
    return pattern("generic", language).fullmatch(said) is not None


def within(slots: Sequence[Slot], region: tuple[int, int] | None) -> tuple[Slot, ...]:
    """The slots that lie in a stretch of the question; all for None."""
    if region is None:
        return tuple(slots)
    return tuple(s for s in slots if region[0] <= s.start < region[1])
