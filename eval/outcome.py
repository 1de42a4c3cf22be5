"""The verdict on one answer: right, wrong in a named way, refused, or an error; never one passed off as another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from eval.question import FIGURE_KINDS, Kind, Question
from eval.scorers import citations, figures, plans, recompute, words
from eval.scorers.check import Check, Share
from eval.shown import ABSTAINED, DECLARED_NONE, Shown


class Outcome(StrEnum):
    """What became of a question."""

    RIGHT = "right"
    WRONG_FIGURE = "wrong figure"  # a figure is shown and it is not gold's, or none should have been shown
    WRONG_WORDS = "wrong words"  # a list, a text or a declared none that misses what it has to say
    WRONG_CITATION = "wrong citation"  # what is said is right, what is cited is not
    REFUSED = "refused"  # abstained (or declared none) where the documents hold an answer
    ERROR = "error"  # the system raised


CHECKS: tuple[Callable[[Question, Shown], Check | None], ...] = (
    figures.value_and_unit,
    figures.trend,
    figures.value_at_display,
    figures.trend_at_display,
    figures.unit_exact,
    figures.phase_exact,
    words.labels_named,
    words.phrases_held,
    words.none_said,
    citations.cite_label,
    citations.right_documents,
    citations.everything_cited,
    recompute.recomputed,
    plans.same_plan,
)
SHARES: tuple[Callable[[Question, Shown], Share | None], ...] = (
    words.list_precision,
    words.list_recall,
    citations.cell_precision,
    citations.cell_recall,
)
_CITATION_CHECKS = frozenset({"citation", "documents", "cited"})


@dataclass(frozen=True, slots=True)
class Scored:
    """One question with what was shown and the verdict. `shown` is None exactly when the outcome is ERROR."""

    question: Question
    system: str
    outcome: Outcome
    shown: Shown | None
    checks: tuple[Check, ...] = ()
    shares: tuple[Share, ...] = ()
    seconds: float = 0.0
    error: str = ""

    @property
    def right(self) -> bool:
        return self.outcome is Outcome.RIGHT

    @property
    def right_at_display(self) -> bool:
        """Right, or wrong in nothing but digits that are not shown."""
        broken = {c.name for c in self.checks if c.required and not c.passed}
        shown = any(c.name == "value at display" and c.passed for c in self.checks)
        return self.right or (shown and broken <= {"value", "trend"})

    @property
    def why(self) -> str:
        """Why it is not right, in one line."""
        return self.error or "; ".join(c.detail or c.name for c in self.checks if c.required and not c.passed)


def score(question: Question, shown: Shown, system: str = "", seconds: float = 0.0) -> Scored:
    """The verdict on one answer."""
    checks = [check for scorer in CHECKS if (check := scorer(question, shown)) is not None]
    checks.insert(0, status_check(question, shown))
    shares = tuple(share for measure in SHARES if (share := measure(question, shown)) is not None)
    return Scored(question, system, outcome_of(question, shown, checks), shown, tuple(checks), shares, seconds)


def failed(question: Question, system: str, error: str, seconds: float = 0.0) -> Scored:
    """A question the system raised on."""
    return Scored(question, system, Outcome.ERROR, None, seconds=seconds, error=error)


def status_check(question: Question, shown: Shown) -> Check:
    """The status is the one the kind of question asks for; ambiguous counts as answered."""
    expected = expected_status(question.kind)
    got = "answered" if shown.says_something else shown.status
    return Check("status", got == expected, "" if got == expected else f"{shown.status}, expected {expected}")


def expected_status(kind: Kind) -> str:
    """The status a right answer has."""
    return {Kind.ABSTAIN: ABSTAINED, Kind.NONE: DECLARED_NONE}.get(kind, "answered")


def outcome_of(question: Question, shown: Shown, checks: Sequence[Check]) -> Outcome:
    """The verdict from the checks that decide."""
    broken = {c.name for c in checks if c.required and not c.passed}
    if not broken:
        return Outcome.RIGHT
    if "status" in broken:
        if shown.says_something:
            return Outcome.WRONG_FIGURE if _shows_figure(shown) else Outcome.WRONG_WORDS
        return Outcome.WRONG_WORDS if question.kind in (Kind.ABSTAIN, Kind.NONE) else Outcome.REFUSED
    if broken <= _CITATION_CHECKS:
        return Outcome.WRONG_CITATION
    figures_asked = question.kind in FIGURE_KINDS or question.kind is Kind.TREND
    return Outcome.WRONG_FIGURE if figures_asked else Outcome.WRONG_WORDS


def _shows_figure(shown: Shown) -> bool:
    return shown.value is not None or any(item.value is not None for item in shown.items)
