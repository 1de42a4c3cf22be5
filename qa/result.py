"""What running a plan gives: a value with the cells it came from, and every step of the way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ingest.corpus import FactHit, Held
from ingest.geometry import Box
from ingest.records import Indicator
from ingest.units import Quantity
from qa.reading import Reading


class Status(StrEnum):
    """How a question came out."""

    ANSWERED = "answered"
    AMBIGUOUS = "ambiguous"
    ABSTAINED = "abstained"
    DECLARED_NONE = "declared_none"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document: where they stand and under which headings."""

    document: str
    page: int
    box: Box | None
    text: str
    section: tuple[str, ...] = ()
    table: str | None = None


Evidence = FactHit | Quote | Held[Indicator]


@dataclass(frozen=True, slots=True)
class Line:
    """One member of a list answer with the evidence for it."""

    label: str
    quantity: Quantity | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Note:
    """A remark, by the key of its wording in the phrase lexicon, and what fills its places."""

    key: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of a plan. `said` names the wording (`qa.phrase`), `values` fill its places beside the quantity.

    `label` is what the quantity is of. `quantity` is None only where nothing is answered or the answer is words.
    `rivals` are names like the one answered, in the same unit, which a word of the question may mean instead.
    """

    status: Status
    said: str
    label: str = ""
    quantity: Quantity | None = None
    lines: tuple[Line, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    steps: tuple[str, ...] = ()
    alternatives: tuple[Reading, ...] = ()
    notes: tuple[Note, ...] = ()
    values: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()

    @property
    def answered(self) -> bool:
        return self.status in (Status.ANSWERED, Status.AMBIGUOUS)
