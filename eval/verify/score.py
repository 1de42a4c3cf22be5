"""Scoring: what was found in each text against what should have been, and the two rates that matter most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from eval.intervals import Interval, wilson
from eval.verify.cases import Case
from ingest.units import Quantity
from qa.verify.closeness import in_unit
from qa.verify.verdict import Judged, Verdict

NONE_FOUND = "no claim"
TRUE = frozenset({Verdict.SUPPORTED, Verdict.ROUNDED})
UNKNOWN = frozenset({Verdict.NOT_FOUND, Verdict.NOT_CHECKABLE})
# A text is as bad as the worst claim in it.
_WORST_FIRST = (
    Verdict.CONTRADICTED, Verdict.WRONG_UNIT, Verdict.WRONG_YEAR, Verdict.WRONG_PHASE, Verdict.WRONG_ITEM,
    Verdict.NOT_FOUND, Verdict.ROUNDED, Verdict.SUPPORTED, Verdict.NOT_CHECKABLE,
)  # fmt: skip


class TextJudge(Protocol):
    """What judges a text: `qa.verify.judge.Judge`, or another in a test."""

    def judge_text(self, text: str) -> Iterator[Judged]: ...


@dataclass(frozen=True, slots=True)
class Pair:
    """One verdict as it should be and as it came, None where no claim was found; `figure_right` where gold has one."""

    gold: Verdict
    got: Verdict | None
    figure_right: bool | None = None


@dataclass(frozen=True, slots=True)
class Scored:
    """A text with its pairs; right when all of them agree. With an `error` nothing was judged."""

    case: Case
    pairs: tuple[Pair, ...]
    judged: tuple[Judged, ...]
    error: str = ""

    @property
    def right(self) -> bool:
        if self.error:
            return False
        as_many = not by_claim(self.case) or len(self.judged) == len(self.pairs)
        return as_many and all(p.gold is p.got for p in self.pairs)


def by_claim(case: Case) -> bool:
    """Whether gold has a verdict for each claim and not one for the whole text."""
    return case.each or len(case.verdicts) != 1


def score(case: Case, judge: TextJudge) -> Scored:
    """Judge one text: figure by figure where the gold is, else the worst verdict of all its claims."""
    judged = tuple(judge.judge_text(case.text))
    if by_claim(case):
        found: list[Judged | None] = [*judged[: len(case.verdicts)]]
        found += [None] * (len(case.verdicts) - len(found))
    else:
        found = [min(judged, key=lambda j: _WORST_FIRST.index(j.verdict), default=None)]
    pairs = tuple(
        Pair(gold, one.verdict if one else None, _figure_right(one, true))
        for gold, one, true in zip(case.verdicts, found, case.true, strict=True)
    )
    return Scored(case, pairs, judged)


def failed(case: Case, error: str) -> Scored:
    """A text on which judging raised: none of its verdicts was given."""
    return Scored(case, tuple(Pair(gold, None) for gold in case.verdicts), (), error)


def _figure_right(judged: Judged | None, true: Quantity | None) -> bool | None:
    """Whether the figure given as the true one is; signs aside, since a fall may be stated as a positive figure."""
    if judged is None or true is None or judged.true is None:
        return None
    same = in_unit(judged.true, true)
    if same is None:
        return False
    return abs(same.value).quantize(abs(true.value)) == abs(true.value)


@dataclass(frozen=True, slots=True)
class Summary:
    """The totals over some scored texts; `claims` are verdicts, of which a text may hold several."""

    texts: Interval
    claims: Interval
    false_supported: Interval
    false_contradicted: Interval
    figures: Interval
    confusion: Counter[tuple[str, str]]


def summarise(scored: Sequence[Scored]) -> Summary:
    """Shares with Wilson's 95 % intervals.

    False supported: called true (supported or rounded), of those that are not. False contradicted: called wrong
    (contradicted or wrong in anything), of those that are true or unknown.
    """
    pairs = [pair for one in scored for pair in one.pairs]
    untrue = [p for p in pairs if p.gold not in TRUE]
    not_wrong = [p for p in pairs if p.gold in TRUE or p.gold in UNKNOWN]
    figures = [p.figure_right for p in pairs if p.gold is p.got and p.figure_right is not None]
    return Summary(
        _interval([s.right for s in scored]),
        _interval([p.gold is p.got for p in pairs]),
        _interval([p.got in TRUE for p in untrue]),
        _interval([p.got is not None and p.got not in TRUE and p.got not in UNKNOWN for p in not_wrong]),
        _interval(figures),
        Counter((p.gold.value, p.got.value if p.got else NONE_FOUND) for p in pairs),
    )


def _interval(outcomes: Sequence[bool]) -> Interval:
    hits, whole = sum(outcomes), len(outcomes)
    low, high = wilson(hits, whole)
    return Interval(hits, whole, low, high, whole)
