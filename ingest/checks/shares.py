"""Shares in prose, recomputed over the whole they are shares of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.checks.compare import HALF, in_unit, rate_outcome, side
from ingest.checks.named import Names
from ingest.checks.view import DocumentView
from ingest.numbers import parse_figure, printed_decimals
from ingest.records import Check, Fact, Measure, Outcome, Side
from ingest.units import PERCENT, UnitReading, UnitSource

KIND = "share"
_PERCENT = UnitReading(PERCENT, UnitSource.INFERRED)
_LOOK_BACK = 30
_ALL = Decimal(100)
_NEAR = Decimal(5)  # percentage points: a share further off is more likely one of another whole
_OUTCOMES = {Outcome.HELD: 0, Outcome.ROUNDING: 1, Outcome.BROKEN: 2}


@dataclass(frozen=True, slots=True)
class Share:
    """A printed share, the amount it is the share of, and the wholes it may be a share of: stated, or merely near."""

    share: Fact
    amount: Fact
    stated: tuple[Fact, ...]
    near: tuple[Fact, ...]


def shares(document: DocumentView) -> Iterator[Check]:
    """Every share (占 …%) whose amount stands in the same sentence, over its whole.

    The whole is the one the sentence or its list names, else an amount shortly before, if the other shares of the list
    are shares of it too; otherwise nothing is said.
    """
    found = list(_read_shares(document))
    by_passage: dict[str, list[Share]] = {}
    for share in found:
        by_passage.setdefault(document_section(document, share.share), []).append(share)
    for group in by_passage.values():
        common = _common_wholes(group)
        for share in group:
            check = _judged(share, common | _wholes_of_siblings(share, group))
            if check is not None:
                yield check


def document_section(document: DocumentView, fact: Fact) -> str:
    """The headings over a sentence fact, as one text: shares under one heading are shares of one whole."""
    section = next((p.section for p in document.extract.passages if p.id == fact.passage), ())
    return "/".join(section)


def _read_shares(document: DocumentView) -> Iterator[Share]:
    names = Names(document)
    prose = [f for f in document.extract.facts if f.passage is not None and f.value is not None]
    amounts = [f for f in prose if f.measure is Measure.AMOUNT]
    for position, fact in enumerate(prose):
        if fact.measure is not Measure.SHARE:
            continue
        own = [a for a in amounts if a.statement == fact.statement and a.row_path == fact.row_path]
        if not own:
            continue
        before = [f for f in prose[max(0, position - _LOOK_BACK) : position] if f.measure is Measure.AMOUNT]
        near = tuple(f for f in reversed(before) if f.id != own[-1].id and (f.value or 0) >= (own[-1].value or 0))
        yield Share(fact, own[-1], tuple(_stated(fact, amounts, names)), near)


def _stated(share: Fact, amounts: Sequence[Fact], names: Names) -> Iterator[Fact]:
    """The amounts of the whole that the sentence names (占本年支出合计) or that the list stands under."""
    wanted = [p.removeprefix("占") for p in share.column_path if p.startswith("占")]
    if len(share.row_path) > 1:
        wanted.append(share.row_path[-2])
        yield from (a for a in amounts if a.row_path == share.row_path[:-1])
    for name in wanted:
        yield from (a for a in amounts if a.label == name)
        yield from (f for f in names.by_name(name) if f.year == share.year)


def _common_wholes(group: Sequence[Share]) -> set[Decimal]:
    """The amounts that at least two shares of a list, and most of them, are shares of."""
    hits: dict[Decimal, int] = {}
    for share in group:
        values = {v for w in (*share.stated, *share.near) if (v := in_unit(w, share.amount.unit.unit))}
        for value in values:
            if _outcome(share, value) is not Outcome.BROKEN:
                hits[value] = hits.get(value, 0) + 1
    return {value for value, count in hits.items() if count >= 2 and count * 2 >= len(group)}


def _wholes_of_siblings(share: Share, group: Sequence[Share]) -> set[Decimal]:
    """The stated wholes over which the other parts that the same paragraph lists under one whole hold."""
    own, path = share.share, share.share.row_path[:-1]
    siblings = [
        s for s in group if s is not share and path and s.share.passage == own.passage and s.share.row_path[:-1] == path
    ]
    values = {v for s in siblings for w in s.stated if (v := in_unit(w, share.amount.unit.unit))}
    return {v for v in values if all(_outcome(s, v) is Outcome.HELD for s in siblings)}


def _judged(share: Share, common: set[Decimal]) -> Check | None:
    stated = [_check(share, w) for w in share.stated if in_unit(w, share.amount.unit.unit)]
    near = [_check(share, w) for w in share.near if in_unit(w, share.amount.unit.unit)]
    passed = [c for c in (*stated, *near) if c.outcome is Outcome.HELD]
    if passed:
        return passed[0]
    agreed = [_check(share, w) for w in share.near if in_unit(w, share.amount.unit.unit) in common]
    judged = [c for c in stated if _is_meant(c, common)] or agreed
    return min(judged, key=lambda c: (_OUTCOMES[c.outcome], abs(c.difference or Decimal(0))), default=None)


def _is_meant(check: Check, common: set[Decimal]) -> bool:
    """Whether a share that fails over a stated whole is meant of it: near, of all of it, or beside others that are."""
    near = abs(check.difference or Decimal(0)) <= _NEAR
    return near or check.right.value == _ALL or _whole_of(check) in common


def _whole_of(check: Check) -> Decimal | None:
    """The whole that a share was recomputed over."""
    _, _, whole = check.right.text.partition(" / ")
    return parse_figure(whole) if whole else None


def _outcome(share: Share, whole: Decimal) -> Outcome:
    printed, amount = share.share.value or Decimal(0), share.amount.value or Decimal(0)
    slack = HALF.scaleb(-max(printed_decimals(amount), printed_decimals(whole))) / whole * 100
    half = HALF.scaleb(-printed_decimals(printed))
    exact = amount / whole * 100
    return Outcome.HELD if abs(printed - exact) <= half + slack else rate_outcome(printed, exact)


def _check(share: Share, whole: Fact) -> Check:
    value = in_unit(whole, share.amount.unit.unit) or Decimal(1)
    exact = (share.amount.value or Decimal(0)) / value * 100
    printed = share.share.value or Decimal(0)
    text = f"{' > '.join(share.share.row_path)}: {printed:f} % against {exact:.4f} %, {share.amount.text} of {value:f}"
    right = Side(exact, _PERCENT, (share.amount.id, whole.id), f"{share.amount.text} / {value:f}", share.amount.page)
    return Check(KIND, _outcome(share, value), side(share.share), right, printed - exact, text)
