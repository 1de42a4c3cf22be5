"""Changes, growth and completion rates of one sentence, recomputed from the sentence's own operands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.checks.compare import HALF, compare_sum, rate_outcome, side
from ingest.checks.nearness import is_slip
from ingest.checks.view import DocumentView, compact
from ingest.numbers import printed_decimals
from ingest.records import Check, Fact, Measure, Outcome, Phase, Side
from ingest.units import PERCENT, UnitReading, UnitSource

_FUNDS = ("一般公共预算", "政府性基金", "国有资本经营", "财政拨款")
_PERCENT = UnitReading(PERCENT, UnitSource.INFERRED)


@dataclass(frozen=True, slots=True)
class Operands:
    """The two amounts that a rate compares, each with how far its last digit was rounded."""

    now: Decimal
    base: Decimal
    now_slack: Decimal
    base_slack: Decimal
    facts: tuple[Fact, ...]

    @property
    def growth(self) -> Decimal:
        """The growth in %."""
        return (self.now - self.base) / self.base * 100

    def growth_range(self) -> tuple[Decimal, Decimal]:
        """The least and the most the growth can be, given that the amounts are printed rounded."""
        if abs(self.base) <= self.base_slack:
            return (self.growth, self.growth)
        ends = [
            (self.now + s * self.now_slack - self.base - t * self.base_slack) / (self.base + t * self.base_slack) * 100
            for s in (-1, 1)
            for t in (-1, 1)
        ]
        return min(ends), max(ends)


def rates(document: DocumentView) -> Iterator[Check]:
    """Every growth rate, change and completion rate whose operands stand in the same sentence."""
    for facts in document.sentence_facts.values():
        for path in dict.fromkeys(f.row_path for f in facts):
            own = [f for f in facts if f.row_path == path and f.value is not None]
            yield from _deltas(own)
            yield from _growth(own)
            yield from _completions(own)


def _deltas(facts: Sequence[Fact]) -> Iterator[Check]:
    """A printed change against the two amounts, where the earlier one is printed too."""
    bases, nows = _of(facts, Measure.BASE), _current(facts)
    for delta in _of(facts, Measure.DELTA):
        alike = [n for n in nows if n.unit.unit == delta.unit.unit]
        if delta.value == 0 or not alike or len(bases) != 1 or bases[0].unit.unit != delta.unit.unit:
            continue
        checks = [compare_sum("delta", delta, (now, bases[0]), _name(delta), (1, -1)) for now in alike]
        yield min(checks, key=lambda c: abs(c.difference or Decimal(0)))


def twin_changes(document: DocumentView) -> Iterator[Check]:
    """The same amount of the same fund, said twice with two changes that look like one with a slip in it."""
    found: dict[tuple[str, Decimal], list[Fact]] = {}
    for facts in document.sentence_facts.values():
        for delta in _of(facts, Measure.DELTA):
            fund = next((word for word in _FUNDS if word in delta.label), None)
            nows = [n for n in _current(facts) if n.row_path == delta.row_path and n.unit.unit == delta.unit.unit]
            if fund is not None and len(nows) == 1 and delta.value:
                found.setdefault((fund, _v(nows[0])), []).append(delta)
    for deltas in found.values():
        other = next((d for d in deltas if is_slip(abs(_v(d)), abs(_v(deltas[0])))), None)
        if other is not None:
            text = f"{_name(other)}: changed by {other.text}, but {_name(deltas[0])} by {deltas[0].text}"
            difference = _v(other) - _v(deltas[0])
            yield Check("delta", Outcome.BROKEN, side(other), side(deltas[0]), difference, text)


def _growth(facts: Sequence[Fact]) -> Iterator[Check]:
    for rate in _of(facts, Measure.RATE):
        operands = _operands([f for f in facts if _same_comparison(f, rate)])
        undefined = next((o for o in operands if o.base == 0), None)
        if undefined is not None:
            yield _undefined(rate, undefined.facts)
        elif operands:
            checks = [_growth_check(rate, o) for o in operands]
            yield min(checks, key=lambda c: abs(c.difference or Decimal(0)))


def _same_comparison(fact: Fact, rate: Fact) -> bool:
    """Whether a change is measured from the base that the rate names (上年预算, 上年执行数)."""
    if fact.measure is not Measure.DELTA or not fact.column_path or not rate.column_path:
        return True
    return fact.column_path == rate.column_path


def _operands(facts: Sequence[Fact]) -> list[Operands]:
    """What a rate may compare: each current amount with the printed base, or with the base its change implies."""
    nows, bases, deltas = _current(facts), _of(facts, Measure.BASE), _of(facts, Measure.DELTA)
    if bases:
        pairs = [(now, base) for now in nows for base in bases if base.unit.unit == now.unit.unit]
        return [Operands(_v(now), _v(base), _slack(now, base), _slack(now, base), (now, base)) for now, base in pairs]
    pairs = [(now, delta) for now in nows for delta in deltas if delta.unit.unit == now.unit.unit]
    # Now and change carry one rounding each; the base they imply carries the change's into the rate.
    return [Operands(_v(n), _v(n) - _v(d), Decimal(0), _slack(n, d), (n, d)) for n, d in pairs]


def _growth_check(rate: Fact, operands: Operands) -> Check:
    scale = Decimal(100) if rate.unit.unit is not None and rate.unit.unit.symbol == "倍" else Decimal(1)
    exact = operands.growth / scale
    low, high = (end / scale for end in operands.growth_range())
    value = _v(rate)
    half = HALF.scaleb(-printed_decimals(value))
    came_out = rate_outcome(value, exact)
    if came_out is not Outcome.HELD and low - half <= value <= high + half:
        came_out = Outcome.HELD
    kind = "direction" if exact * value < 0 and came_out is Outcome.BROKEN else "growth_rate"
    text = f"{_name(rate)}: {value:f}{_symbol(rate)} against {exact:.4f}{_symbol(rate)}"
    right = Side(exact, _PERCENT, tuple(f.id for f in operands.facts), _formula(operands), operands.facts[0].page)
    return Check(kind, came_out, side(rate), right, value - exact, text)


def _undefined(rate: Fact, operands: Sequence[Fact]) -> Check:
    right = Side(None, _PERCENT, tuple(f.id for f in operands), "undefined: the base is 0", operands[0].page)
    text = f"{_name(rate)}: {rate.text}{_symbol(rate)} growth over a base of 0 is undefined"
    return Check("zero_base", Outcome.BROKEN, side(rate), right, None, text)


def _completions(facts: Sequence[Fact]) -> Iterator[Check]:
    """A completion rate against the actual and the budget that it names (年初预算, 全年预算)."""
    actuals = [f for f in _of(facts, Measure.AMOUNT) if f.phase is Phase.ACTUAL]
    budgets = [f for f in _of(facts, Measure.AMOUNT) if f.phase in (Phase.BUDGET, Phase.ADJUSTED)]
    for rate in _of(facts, Measure.COMPLETION):
        named = [b for b in budgets if b.column_path and compact(b.column_path[-1])[:4] in _joined(rate)]
        chosen = named or (budgets if len(budgets) == 1 else [])
        if len(actuals) != 1 or len(chosen) != 1 or actuals[0].unit.unit != chosen[0].unit.unit:
            continue
        yield _completion_check(rate, actuals[0], chosen[0], budgets)


def _completion_check(rate: Fact, actual: Fact, budget: Fact, budgets: Sequence[Fact]) -> Check:
    ids = (actual.id, budget.id)
    if budget.value == 0:
        other = next(
            (b for b in budgets if b.value and rate_outcome(_v(rate), _v(actual) / b.value * 100) is Outcome.HELD), None
        )
        hint = f"; it is the rate over {other.text}" if other is not None else ""
        right = Side(None, _PERCENT, ids, "undefined: the budget is 0", budget.page)
        text = f"{_name(rate)}: {rate.text} % of a budget of 0 is undefined{hint}"
        return Check("completion_rate", Outcome.BROKEN, side(rate), right, None, text)
    exact = _v(actual) / _v(budget) * 100
    text = f"{_name(rate)}: {rate.text} % against {exact:.4f} %"
    right = Side(exact, _PERCENT, ids, f"{actual.text} / {budget.text}", budget.page)
    return Check("completion_rate", rate_outcome(_v(rate), exact), side(rate), right, _v(rate) - exact, text)


def _of(facts: Sequence[Fact], measure: Measure) -> list[Fact]:
    return [f for f in facts if f.measure is measure]


def _current(facts: Sequence[Fact]) -> list[Fact]:
    """The amounts a change leads to: the actual ones where budgets stand beside them, else all."""
    amounts = _of(facts, Measure.AMOUNT)
    actuals = [f for f in amounts if f.phase is Phase.ACTUAL]
    return actuals or amounts


def _name(fact: Fact) -> str:
    return " > ".join(fact.row_path)


def _joined(fact: Fact) -> str:
    return compact("".join(fact.column_path))


def _symbol(fact: Fact) -> str:
    return f" {fact.unit.unit}" if fact.unit.unit is not None else ""


def _formula(operands: Operands) -> str:
    return f"({operands.now:f} - {operands.base:f}) / {operands.base:f}"


def _slack(*facts: Fact) -> Decimal:
    """Half the last digit of amounts printed side by side; 40 beside 12.50 has only lost its zeros."""
    return HALF.scaleb(-max(printed_decimals(_v(f)) for f in facts))


def _v(fact: Fact) -> Decimal:
    return fact.value if fact.value is not None else Decimal(0)
