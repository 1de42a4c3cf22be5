"""A question as it is understood, before it is planned: the seam between linking and planning."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from ingest.corpus import Label, LabelKind
from ingest.records import Phase
from ingest.units import Unit


class Language(StrEnum):
    """The language a question is asked and answered in."""

    ZH = "zh"
    EN = "en"


class How(StrEnum):
    """How a mention was matched to the corpus's labels, surest first."""

    CODE = "code"  # a printed classification code
    EXACT = "exact"  # the label itself, brackets, blanks, numbering and width aside
    ALIAS = "alias"  # a synonym or colloquial name from the lexicon
    ENGLISH = "english"  # the English name of a standard item, from the lexicon
    SPOKEN = "spoken"  # a name shortened, with gaps or its parts exchanged, of one label only
    WORDS = "words"  # English words for the label's Chinese words
    CONTAINED = "contained"  # the question's words are part of the label, or the reverse
    FUZZY = "fuzzy"  # similar characters
    EMBEDDING = "embedding"  # similar meaning


@dataclass(frozen=True, slots=True)
class Candidate:
    """One corpus label that a mention may stand for; score in (0, 1], 1 for certain."""

    label: Label
    score: float
    how: How


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch [start, end) of the normalised question that names something, with candidates best first."""

    start: int
    end: int
    text: str
    kind: LabelKind
    candidates: tuple[Candidate, ...]

    @property
    def best(self) -> Candidate:
        return self.candidates[0]


@dataclass(frozen=True, slots=True)
class NumberInQuestion:
    """A figure the asker states ("10 %", "540万人", "前三"), with its unit where one stands beside it."""

    start: int
    end: int
    value: Decimal
    unit: Unit | None


@dataclass(frozen=True, slots=True)
class Normalised:
    """The question in one spelling: simplified characters, half width, single blanks; `raw` as it was typed."""

    raw: str
    text: str
    language: Language


@dataclass(frozen=True, slots=True)
class Linked:
    """Everything found in a question. Mentions do not overlap within one kind and come in reading order.

    `years` are absolute years named (二〇二四年, 2024, FY2023); `relative_years` offsets from the document's year
    (去年/上年/last year = -1, 今年 = 0). `phases` are stages asked for (预算/budgeted, 决算/执行/actually spent).
    `unit` is the unit the answer is wanted in, if any. `foreign` are agencies, places or topics that the question
    names and no label of the corpus answers to (绍兴市水利局, 天气): a reason to abstain. `residue` is the question
    with every mention and number cut out, for finding the operation.
    """

    question: Normalised
    mentions: tuple[Mention, ...]
    years: tuple[int, ...] = ()
    relative_years: tuple[int, ...] = ()
    phases: tuple[Phase, ...] = ()
    unit: Unit | None = None
    numbers: tuple[NumberInQuestion, ...] = ()
    foreign: tuple[str, ...] = ()
    residue: str = ""
    documents: tuple[str, ...] = field(default=())

    def of_kind(self, *kinds: LabelKind) -> tuple[Mention, ...]:
        """The mentions of the given kinds, in reading order."""
        return tuple(m for m in self.mentions if m.kind in kinds)
