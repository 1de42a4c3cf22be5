"""What a run comes to: rates with intervals, by every cut, with latency and the coverage curve."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from eval.groups import group_of
from eval.intervals import Interval, clustered
from eval.outcome import Outcome, Scored, expected_status
from eval.question import Kind, Question

_CORPUS = "(several or none)"


@dataclass(frozen=True, slots=True)
class Cut:
    """The questions that share one property, such as kind "sum"."""

    by: str
    name: str
    accuracy: Interval
    outcomes: tuple[tuple[Outcome, int], ...]
    displayed: int = 0  # right at the digits displayed, the right ones included

    def count(self, outcome: Outcome) -> int:
        """How many questions came out so."""
        return dict(self.outcomes).get(outcome, 0)


@dataclass(frozen=True, slots=True)
class CoveragePoint:
    """Answering only the surest questions: the share answered, and the share of those that is right."""

    threshold: float
    coverage: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Summary:
    """One system over one run."""

    system: str
    whole: Cut
    wrong_figures: Interval
    cuts: tuple[Cut, ...]
    confusion: tuple[tuple[str, str, int], ...]  # expected status, got, how many
    checks: tuple[tuple[str, int, int], ...]  # name, passed, asked
    shares: tuple[tuple[str, int, int], ...]  # name, hits, whole
    coverage: tuple[CoveragePoint, ...]
    p50_ms: float
    p95_ms: float

    def of(self, by: str) -> tuple[Cut, ...]:
        """The cuts by one property."""
        return tuple(cut for cut in self.cuts if cut.by == by)


CUTS: tuple[tuple[str, Callable[[Question], str]], ...] = (
    ("group", lambda q: group_of(q.dataset).heading),
    ("dataset", lambda q: q.dataset),
    ("kind", lambda q: q.kind.value),
    ("language", lambda q: q.language),
    ("document", lambda q: document_of(q)),
    ("unit", lambda q: q.unit or "(none)"),
    ("style", lambda q: q.style),
)


def document_of(question: Question) -> str:
    """The document a question is about; its dataset's name where that is not one file of its own."""
    if not question.documents:
        return f"{question.dataset} {_CORPUS}"
    return "|".join(question.documents)


def summarise(system: str, scored: Sequence[Scored]) -> Summary:
    """The summary of one system's answers. Errors count as not right and stand apart."""
    times = sorted(s.seconds * 1000 for s in scored)
    figures = [(document_of(s.question), s.outcome is Outcome.WRONG_FIGURE) for s in scored]
    return Summary(
        system,
        cut_of("all", "all", scored),
        clustered(figures),
        tuple(cut for by, key in CUTS for cut in _cuts(by, key, scored)),
        _confusion(scored),
        _tally((c.name, int(c.passed), 1) for s in scored for c in s.checks),
        _tally((p.name, p.hits, p.whole) for s in scored for p in s.shares),
        coverage_curve(scored),
        percentile(times, 0.5),
        percentile(times, 0.95),
    )


def cut_of(by: str, name: str, scored: Sequence[Scored]) -> Cut:
    """One cut's accuracy (clustered by document) and outcomes."""
    counts = Counter(s.outcome for s in scored)
    accuracy = clustered([(document_of(s.question), s.right) for s in scored])
    displayed = sum(s.right_at_display for s in scored)
    return Cut(by, name, accuracy, tuple((o, counts[o]) for o in Outcome if counts[o]), displayed)


def _cuts(by: str, key: Callable[[Question], str], scored: Sequence[Scored]) -> list[Cut]:
    groups: dict[str, list[Scored]] = {}
    for one in scored:
        if name := key(one.question):
            groups.setdefault(name, []).append(one)
    return [cut_of(by, name, group) for name, group in groups.items()]


def _confusion(scored: Iterable[Scored]) -> tuple[tuple[str, str, int], ...]:
    pairs = Counter((expected_status(s.question.kind), s.shown.status if s.shown else "error") for s in scored)
    return tuple((expected, got, count) for (expected, got), count in sorted(pairs.items()))


def _tally(counts: Iterable[tuple[str, int, int]]) -> tuple[tuple[str, int, int], ...]:
    hits: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for name, hit, asked in counts:
        hits[name] += hit
        whole[name] += asked
    return tuple((name, hits[name], whole[name]) for name in whole)


def coverage_curve(scored: Sequence[Scored]) -> tuple[CoveragePoint, ...]:
    """Accuracy over coverage as ever less sure answers are let through; questions that have an answer only.

    Sureness is the system's own confidence where it tells one, else as `eval.shown` estimates it from the plan.
    """
    answerable = [s for s in scored if s.question.kind is not Kind.ABSTAIN]
    given = sorted(
        ((s.shown.sureness, s.right) for s in answerable if s.shown is not None and s.shown.status != "abstained"),
        key=lambda pair: -pair[0],
    )
    points: list[CoveragePoint] = []
    right = 0
    for number, (sureness, is_right) in enumerate(given, 1):
        right += is_right
        if number == len(given) or given[number][0] < sureness:
            points.append(CoveragePoint(sureness, number / len(answerable), right / number))
    return tuple(points)


def percentile(ordered: Sequence[float], share: float) -> float:
    """The smallest of the sorted values that at least `share` (0 to 1] of them do not exceed; 0 for none."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0
