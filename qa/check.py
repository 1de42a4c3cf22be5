"""The check between plan and answer: how sure it is, why it may be wrong, and what is said instead of a weak answer.

Confidence is the certainty of the least sure name times what each doubt leaves of it; the weights are data
(lexicon/doubts.tsv), the threshold is measured in docs/check.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from ingest.corpus import FactHit
from qa.calculator import Calculator
from qa.case import Case, Doubt
from qa.doubts import as_text, certainty, doubts_of, reread
from qa.lookup import label_of
from qa.plan import Plan
from qa.prose.account import in_other_words
from qa.question import Linked
from qa.reading import Reading, kind_of
from qa.result import Result, Status
from qa.roles import read_table
from qa.told import told_by

ENOUGH = 0.45  # answers less sure are not given
MOST_NEAR = 4


@dataclass(frozen=True, slots=True)
class Checked:
    """How sure an answer is, in [0, 1], and the doubts that took away from it, heaviest first."""

    confidence: float
    doubts: tuple[Doubt, ...] = ()

    @property
    def burden(self) -> float:
        """What its doubts weigh together."""
        return sum(weights()[d.kind] for d in self.doubts)

    def __str__(self) -> str:
        return f"{self.confidence:.2f}" + (f" ({as_text(self.doubts)})" if self.doubts else "")


@cache
def weights() -> Mapping[str, float]:
    """What share of its confidence an answer loses by a doubt of each kind."""
    return {kind: float(weight) for kind, weight in read_table("doubts.tsv")}


def check(case: Case) -> Checked:
    """How far a result answers the question; nothing to doubt where nothing is answered."""
    if not case.result.answered:
        return Checked(1.0)
    found = sorted(doubts_of(case), key=lambda d: -weights()[d.kind])
    confidence = certainty(case)
    for doubt in found:
        confidence *= 1 - weights()[doubt.kind]
    return Checked(confidence, tuple(found))


@dataclass(frozen=True, slots=True)
class Settled:
    """A plan that has been run and checked, with what is said of it."""

    plan: Plan
    result: Result
    checked: Checked = Checked(1.0)


def settle(
    linked: Linked, plan: Plan, calculator: Calculator, pairs: Callable[[str], bool], enough: float = ENOUGH
) -> Settled:
    """Run a plan and check it; a reading that fits the question better takes its place if it raises no more doubts.

    `pairs` tells whether two characters stand beside each other in some label of the corpus.
    """

    def case_of(plan: Plan) -> Case:
        result = calculator.run(plan)
        told = told_by(result, calculator.selector.documents, calculator.corpus)
        told = in_other_words(linked, plan, told)
        return Case(linked, plan, result, told, pairs)

    case = case_of(plan)
    checked = check(case)
    other = reread(case) if case.result.answered else None
    if other is not None:
        again = case_of(other)
        rechecked = check(again)
        if again.result.answered and rechecked.burden <= checked.burden:
            case, checked = again, rechecked
    return Settled(case.plan, withhold(case.result, checked, enough), checked)


def withhold(result: Result, checked: Checked, enough: float = ENOUGH) -> Result:
    """The result where it is sure enough; else the statement of what is doubtful, with the figures that are near."""
    if checked.confidence >= enough:
        return result
    near = near_readings(result)
    reason = checked.doubts[0] if checked.doubts else Doubt("unsure", result.label)
    labels = "、".join(dict.fromkeys(label_of(r.hit) for r in near)) or result.label
    return Result(Status.ABSTAINED, f"abstain.doubt.{reason.kind}", result.label, alternatives=near,
                  values=(reason.about, labels))  # fmt: skip


def near_readings(result: Result) -> tuple[Reading, ...]:
    """The cells a withheld answer would have rested on, then its other readings."""
    hits = dict.fromkeys(e for e in result.evidence if isinstance(e, FactHit))
    found = [Reading(h, kind_of(h), 0.0, 0.0) for h in hits]
    return tuple(r for r in (*found, *result.alternatives) if r.quantity is not None)[:MOST_NEAR]


def with_confidence(checked: Checked, trace: tuple[str, ...]) -> tuple[str, ...]:
    """The trace with a line on the check before its outcome."""
    return (*trace[:-1], f"confidence: {checked}", *trace[-1:])
