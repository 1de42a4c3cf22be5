"""Judging what is compared: two levels looked up apart, a ranking asked for, a multiple computed from a change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.figures import FoundFigure
from ingest.records import Phase
from ingest.rows import bare_name
from ingest.units import PERCENT, Quantity
from qa.answer import Answer, Citation
from qa.keys import label_key, simplify
from qa.plan import Lookup, Rank
from qa.question import Language
from qa.result import Status
from qa.verify.claims import Claim
from qa.verify.closeness import in_unit
from qa.verify.kinds import Kind
from qa.verify.multiples import TIMES, is_increase
from qa.verify.orders import Order, Ranked
from qa.verify.plainly import Plain, plain_question
from qa.verify.readings import BUDGETED, Reader, Reading, figure_of, is_named
from qa.verify.sides import Side, Sides
from qa.verify.verdict import Judged, Verdict
from qa.verify.wording import wording

_DIGITS = Decimal("0.0001")


def judge_order(claim: Claim, order: Order, reader: Reader) -> Judged:
    """A comparison in words, by the levels of its two sides."""
    if order.sides.foreign or wording(claim.language).per.search(claim.clause):
        return Judged(claim, Verdict.NOT_FOUND, None)
    if order.sides.are_years:
        return _judge_years(claim, order, reader)
    pair = levels(claim, order.sides, reader)
    if pair is None or order.sides.loose:
        return Judged(claim, Verdict.NOT_FOUND, None, detail="" if pair is None else "unsure")
    left, right = pair
    other = in_unit(right.quantity, left.quantity)
    if other is None:
        return Judged(claim, Verdict.NOT_FOUND, None)
    sign = (left.quantity.value > other.value) - (left.quantity.value < other.value)
    holds = (sign == order.sign) is not order.denied
    verdict = Verdict.SUPPORTED if holds else Verdict.CONTRADICTED
    budgeted = all(f.fact.phase in BUDGETED for reading in pair for f in reading.facts)
    if holds and budgeted and order.sides.left.stage is Phase.ACTUAL:
        return Judged(claim, Verdict.WRONG_PHASE, None, left.quantity, _places(pair), "budget", other)
    return Judged(claim, verdict, None, left.quantity, _places(pair), "order", other)


def _judge_years(claim: Claim, order: Order, reader: Reader) -> Judged:
    """A comparison of two years of one item, by its change."""
    left, right = order.sides.left, order.sides.right
    asked = Plain(
        left.language, Kind.MULTIPLE, left.agency, left.year, right.year, left.item, "", "", " 支出 spending "
    )
    question = plain_question(asked)
    rate = FoundFigure(0, 0, 0, Decimal(0), PERCENT)
    reading = reader.main(replace(claim, kind=Kind.RATE, figure=rate, named=left.item), (question,))
    if reading is None or reading.strange or order.sides.loose:
        return Judged(claim, Verdict.NOT_FOUND, None, detail="" if reading is None else "unsure")
    change = reading.quantity
    sign = (change.value > 0) - (change.value < 0)
    verdict = Verdict.SUPPORTED if (sign == order.sign) is not order.denied else Verdict.CONTRADICTED
    return Judged(claim, verdict, None, change, reading.citations, "years")


def levels(claim: Claim, sides: Sides, reader: Reader) -> tuple[Reading, Reading] | None:
    """The levels of both sides, None where one is not surely known; two stages of one item are of their stages."""
    staged = sides.left.stage is not sides.right.stage
    left, right = (_level(claim, side, reader, staged) for side in (sides.left, sides.right))
    return None if left is None or right is None else (left, right)


def _level(claim: Claim, side: Side, reader: Reader, staged: bool) -> Reading | None:
    """What the documents say of one side: a looked-up amount or count of an item that is surely the one named."""
    for question in side.questions:
        answer = reader.ask(question)
        quantity = figure_of(answer)
        if answer is None or quantity is None or answer.status is not Status.ANSWERED:
            continue
        if not isinstance(answer.plan, Lookup) or not is_named(answer.plan, replace(claim, named=side.item)):
            continue
        if quantity.unit == PERCENT or (side.kind is Kind.COUNT and quantity.unit.is_money):
            continue
        facts = reader.facts_of(answer.citations)
        wanted = {Phase.ACTUAL} if side.stage is Phase.ACTUAL else set(BUDGETED)
        if facts and not (staged and side.stage is not Phase.UNKNOWN and not {f.fact.phase for f in facts} <= wanted):
            return Reading(quantity, answer.citations, facts, True, answer)
    return None


def judge_ranked(claim: Claim, ranked: Ranked, reader: Reader) -> Judged:
    """A ranking in words, by the item that comes first."""
    answer = reader.ask(ranked.question)
    first = _first(answer)
    if answer is None or not first or claim.loose:
        return Judged(claim, Verdict.NOT_FOUND, None)
    if label_key(first) in label_key(ranked.item.words) or label_key(ranked.item.item) == label_key(first):
        return Judged(claim, Verdict.SUPPORTED, None, figure_of(answer), answer.citations[:1], "ranked")
    own, best = _level(claim, ranked.item, reader, False), figure_of(answer)
    same = in_unit(own.quantity, best) if own and best else None
    if own is not None and best is not None and same is not None and same.value == best.value:
        return Judged(claim, Verdict.SUPPORTED, None, best, answer.citations[:1], "ranked")
    if own is None or best is None or same is None or (same.value < best.value) is not ranked.most:
        return Judged(claim, Verdict.NOT_FOUND, None, detail="rank_unsure")
    places = (*answer.citations[:1], *own.citations)
    return Judged(claim, Verdict.CONTRADICTED, None, best, places, "order", same)


def _first(answer: Answer | None) -> str:
    """The name of what comes first, "" where the answer is no ranking."""
    if answer is None or answer.status is not Status.ANSWERED or not isinstance(answer.plan, Rank):
        return ""
    return bare_name(answer.items[0].label) if answer.items else ""


def difference_of(claim: Claim, sides: Sides, reader: Reader) -> Reading | None:
    """By how much the left of two sides is above the right, below zero where it is less."""
    pair = levels(claim, sides, reader)
    same = in_unit(pair[1].quantity, pair[0].quantity) if pair else None
    if pair is None or same is None:
        return None
    left, facts = pair[0], tuple(f for reading in pair for f in reading.facts)
    return Reading(left.quantity - same, _places(pair), facts, not claim.loose)


def multiple_of(claim: Claim, reader: Reader) -> Reading | None:
    """How many times as large an item is as before, or one side as the other; in percent where the claim is."""
    claimed = claim.claimed
    if claimed is None or claim.figure is None:
        return None
    if claim.sides is not None:
        pair = levels(claim, claim.sides, reader)
        same = in_unit(pair[1].quantity, pair[0].quantity) if pair else None
        if pair is None or same is None or not same.value:
            return None
        found, value = pair[0], pair[0].quantity.value / same.value
        found = replace(found, citations=_places(pair), facts=(*pair[0].facts, *pair[1].facts), sure=not claim.loose)
    else:
        rate = reader.main(replace(claim, kind=Kind.RATE, figure=replace(claim.figure, unit=PERCENT)), claim.questions)
        if rate is None:
            return None
        found, value = rate, 1 + rate.quantity.value / 100
    if is_increase(simplify(claim.text)[: claim.figure.start], claim.figure):
        value -= 1
    if claimed.unit == PERCENT:
        value *= 100
    unit = PERCENT if claimed.unit == PERCENT else TIMES
    return replace(found, quantity=Quantity(value.quantize(_DIGITS).normalize(), unit))


def all_of_it(claim: Claim, claimed: Quantity, reader: Reader) -> bool:
    """Whether what a clause says of all of them (127辆全部是一般公务用车) is itself counted, and as many."""
    match = wording(claim.language).every.search(claim.clause)
    if match is None or claim.language is not Language.ZH or not claim.agencies:
        return False
    what, year = claim.clause[match.end() :].strip(" 。，,；;"), f"{claim.year}年" if claim.year else ""
    answer = reader.ask(f"{claim.agencies[0]}{year}{what}多少{claimed.unit.symbol}？")
    found = figure_of(answer)
    same = in_unit(found, claimed) if found is not None else None
    looked_up = answer is not None and answer.status is Status.ANSWERED and isinstance(answer.plan, Lookup)
    return looked_up and same is not None and same.value == claimed.value


def _places(pair: Sequence[Reading]) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(c for reading in pair for c in reading.citations))
