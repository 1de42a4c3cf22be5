"""What verification says of a claim: the verdict, the true figure and the places that show it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ingest.units import Quantity
from qa.answer import Citation
from qa.verify.claims import Claim


class Verdict(StrEnum):
    """What the corpus says of a claim."""

    SUPPORTED = "supported"
    ROUNDED = "rounded"
    CONTRADICTED = "contradicted"
    WRONG_UNIT = "wrong_unit"
    WRONG_YEAR = "wrong_year"
    WRONG_PHASE = "wrong_phase"
    WRONG_ITEM = "wrong_item"
    NOT_FOUND = "not_found"
    NOT_CHECKABLE = "not_checkable"


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with its verdict, the true figure, the places that say so, and why, in codes for the report to word.

    `other` is the figure that the true one is compared with, in a claim that only compares (X超过Y).
    """

    claim: Claim
    verdict: Verdict
    claimed: Quantity | None
    true: Quantity | None = None
    citations: tuple[Citation, ...] = ()
    detail: str = ""
    other: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """The judged claims of a text; `complete` unless it holds more than were looked at."""

    judged: tuple[Judged, ...]
    complete: bool
