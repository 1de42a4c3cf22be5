"""Comparing two sides of an identity: what the publisher's rounding explains, and what it does not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from ingest.numbers import printed_decimals
from ingest.records import Check, Fact, Outcome, Side
from ingest.units import UNKNOWN_UNIT, Dimension, Unit, UnitReading

HALF = Decimal("0.5")
_SHOWN_TERMS = 12
_WIDEST_RATE_STEP = Decimal("0.1")


def rounding_bound(terms: int, decimals: int) -> Decimal:
    """How far a printed total may lie from the sum of `terms` figures, all printed to `decimals` digits.

    Each figure is off by at most half a last digit, and so is the total: (terms + 1) / 2 last digits. A single term is
    the same figure as its total, and leaves nothing to rounding.
    """
    return Decimal(0) if terms < 2 else (terms + 1) * HALF.scaleb(-decimals)


def compare_sum(kind: str, whole: Fact, parts: Sequence[Fact], message: str, signs: Sequence[int] = ()) -> Check:
    """The check that `whole` is the sum of `parts` (each with its sign, + where none is given).

    All facts carry figures in one unit; whole numbers of things are never rounded. `message` names the item; the
    comparison is added to it.
    """
    signed = [(sign, part) for sign, part in zip(signs or [1] * len(parts), parts, strict=True)]
    total = sum((sign * _value(part) for sign, part in signed), Decimal(0))
    decimals = max(printed_decimals(_value(f)) for f in (whole, *parts))
    difference = _value(whole) - total
    counted = whole.unit.unit is not None and whole.unit.unit.dimension is Dimension.COUNT and decimals == 0
    bound = Decimal(0) if counted else rounding_bound(sum(1 for part in parts if part.value), decimals)
    left = side(whole)
    right = Side(total, whole.unit, tuple(p.id for p in parts), _terms(signed), parts[0].page if parts else None)
    text = f"{message}: {_value(whole):f} against {total:f}, the sum of {len(parts)}"
    return Check(kind, outcome(difference, bound), left, right, difference, text, whole.table)


def compare_equal(kind: str, left: Fact, right: Fact, message: str) -> Check | None:
    """The check that two printed figures are the same amount; None where their units cannot be compared.

    The finer one may be rounded to the digits of the coarser; one last digit of the coarser is called rounding.
    """
    amount = in_unit(right, left.unit.unit)
    if amount is None or left.value is None or right.value is None:
        return None
    difference = left.value - amount
    text = f"{message}: {left.text.strip()} {_unit(left)} against {right.text.strip()} {_unit(right)}".rstrip()
    came_out = same_amount(left.value, amount, _step(left, left.unit.unit), _step(right, left.unit.unit))
    return Check(kind, came_out, side(left), side(right), difference, text, left.table or right.table)


def same_amount(left: Decimal, right: Decimal, left_step: Decimal, right_step: Decimal) -> Outcome:
    """Whether two amounts in one unit are one, given the worth of the last printed digit of each."""
    coarse = max(left_step, right_step)
    if left == right or abs(left - right) <= coarse / 2:
        return Outcome.HELD if left == right or left_step != right_step else Outcome.ROUNDING
    return Outcome.ROUNDING if abs(left - right) <= coarse else Outcome.BROKEN


def rate_outcome(printed: Decimal, exact: Decimal) -> Outcome:
    """How a printed percentage compares with the one recomputed from its operands.

    Held when it is the exact one rounded to its digits; rounding when it is one last digit off (cut off, rounded up, or
    fitted so that shares make 100), as long as that digit is no more than a tenth of a percent.
    """
    step = Decimal(1).scaleb(-printed_decimals(printed))
    rounded = exact.quantize(step, rounding=ROUND_HALF_UP)
    if rounded == printed or abs(exact - printed) <= step / 2:
        return Outcome.HELD
    return Outcome.ROUNDING if abs(rounded - printed) <= step <= _WIDEST_RATE_STEP else Outcome.BROKEN


def outcome(difference: Decimal, bound: Decimal) -> Outcome:
    """Held without a difference, rounding up to the bound, broken beyond."""
    if difference == 0:
        return Outcome.HELD
    return Outcome.ROUNDING if abs(difference) <= bound else Outcome.BROKEN


def in_unit(fact: Fact, unit: Unit | None) -> Decimal | None:
    """The value of a fact in a unit; None where it has no figure or the units cannot be converted."""
    own = fact.unit.unit
    if fact.value is None:
        return None
    if own == unit:
        return fact.value
    if own is None or unit is None or own.dimension != unit.dimension or not unit.is_money:
        return None
    return fact.value * own.scale / unit.scale


def side(fact: Fact) -> Side:
    """A side that is one printed figure."""
    return Side(fact.value, fact.unit, (fact.id,), fact.text, fact.page)


def text_side(text: str, page: int | None, value: Decimal | None = None, unit: UnitReading = UNKNOWN_UNIT) -> Side:
    """A side that is a wording and not a figure of its own."""
    return Side(value, unit, (), text, page)


def settled(checks: Iterable[Check], least_held: int = 0) -> list[Check]:
    """The checks of one supposed identity, or one that says it is none here: where most fail, or too few hold."""
    found = list(checks)
    broken = sum(c.outcome is Outcome.BROKEN for c in found)
    passed = sum(c.outcome in (Outcome.HELD, Outcome.ROUNDING) for c in found)
    if not broken or (broken <= passed and passed >= least_held) or (not passed and not least_held and broken == 1):
        return found
    first = next(c for c in found if c.outcome is Outcome.BROKEN)
    message = f"{first.message}; not counted, since it fails in {broken} of {len(found)} places here"
    return [replace(first, outcome=Outcome.NOT_APPLICABLE, message=message)]


def _step(fact: Fact, unit: Unit | None) -> Decimal:
    """What the last printed digit of a fact is worth in a unit."""
    step = Decimal(1).scaleb(-printed_decimals(_value(fact)))
    own = fact.unit.unit
    return step * own.scale / unit.scale if own is not None and unit is not None else step


def _value(fact: Fact) -> Decimal:
    return fact.value if fact.value is not None else Decimal(0)


def _unit(fact: Fact) -> str:
    return str(fact.unit.unit or "")


def _terms(signed: Sequence[tuple[int, Fact]]) -> str:
    shown = "".join(f" {'+' if sign > 0 else '-'} {part.value:f}" for sign, part in signed[:_SHOWN_TERMS])
    more = f" + {len(signed) - _SHOWN_TERMS} more" if len(signed) > _SHOWN_TERMS else ""
    return shown.removeprefix(" + ").strip() + more
