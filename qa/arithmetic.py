"""Arithmetic over looked-up figures: exact, in one unit, every step written so that anyone can redo it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, DivisionByZero, InvalidOperation, localcontext
from typing import TYPE_CHECKING

from ingest.corpus import FactHit
from ingest.errors import FigureError, UnitMismatch
from ingest.numbers import printed_decimals
from ingest.records import Measure
from ingest.units import PERCENT, Dimension, Quantity, Unit, shortest, unit_named
from qa.keys import label_key
from qa.lookup import label_of
from qa.members import Gathered, gather
from qa.onetable import run_operands
from qa.plan import Average, Convert, Difference, Item, Lookup, Multiple, PerHead, Plan, Ratio, Sum, WhatIf
from qa.reading import path_key, quantity_of, rounded
from qa.result import Evidence, Line, Note, Result, Status

if TYPE_CHECKING:
    from qa.calculator import Calculator

TIMES = Unit("倍", Dimension.COUNT)
QUOTIENT_DIGITS = 4  # kept in the value, so that rounding it to fewer digits is not rounding twice
SHOWN_DIGITS = 2
_PRECISION = 50
MANY = 100  # heads from which an amount is given in its smallest unit
FEW = 4  # members named one by one in the sentence; of more only the number is said


def run_sum(plan: Sum, calculator: Calculator) -> Result:
    """The terms added up; a set's printed total where the document prints one."""
    if plan.members is not None:
        return sum_of_members(gather(plan.members, calculator), plan.members.item)
    results = run_operands(plan.terms, calculator)
    failed = first_failure(results)
    if failed is not None:
        return failed
    kept = without_nested(results)
    total, steps = add(quantities(kept))
    notes = tuple(Note("nested", (r.label,)) for r in results if r not in kept)
    printed = covering_total(kept, calculator)
    if printed is not None and quantity_of(printed) != total:
        notes += (Note("printed_total", (label_of(printed), printed.fact.text)),)
    return combine("sum", kept, total, steps, notes, status=status_of(results))


def sum_of_members(found: Gathered, item: Item) -> Result:
    """A set's total: the printed one, with a note where the members add up to something else."""
    figures = [(h, q) for h in found.hits if (q := quantity_of(h)) is not None]
    if not figures:
        return Result(Status.ABSTAINED, "abstain.missing", item.said, values=(item.said,))
    total, steps = add([q for _, q in figures])
    lines = tuple(Line(label_of(h), q, h) for h, q in figures)
    evidence: tuple[Evidence, ...] = tuple(h for h, _ in figures)
    printed = quantity_of(found.total) if found.total is not None else None
    if found.total is None or printed is None:
        said, told = ("sum", ()) if len(lines) <= FEW else ("sum.set", (item.said, str(len(lines))))
        return Result(Status.ANSWERED, said, item.said, total, lines, evidence, steps, values=told)
    notes = () if printed == total else (Note("rounding", (f"{total.value:f}", found.total.fact.text)),)
    return Result(Status.ANSWERED, "sum", item.said, printed, lines, (found.total, *evidence), steps, notes=notes)


def run_difference(plan: Difference, calculator: Calculator) -> Result:
    """left - right; where only the gap is asked, the larger minus the smaller."""
    left, right = run_operands((plan.left, plan.right), calculator)
    failed = first_failure((left, right))
    if failed is not None:
        return failed
    (a, b), steps = in_one_unit(quantities((left, right)))
    if plan.absolute and a < b:
        left, right, a, b = right, left, b, a
    value = a - b
    steps = (*steps, f"{a.value:f} - {b.value:f} = {value.value:f} {value.unit}")
    said = "difference.more" if value.value > 0 else "difference.less"
    said = "difference" if plan.absolute or not value.value else said
    return combine(said, (left, right), value, steps, status=status_of((left, right)))


def run_ratio(plan: Ratio, calculator: Calculator) -> Result:
    """part / whole in percent, with the document's own printed share beside it where there is one."""
    part, whole = run_operands((plan.part, plan.whole), calculator)
    failed = first_failure((part, whole))
    if failed is not None:
        return failed
    (a, b), steps = in_one_unit(quantities((part, whole)))
    value = Quantity(divide(a.value * 100, b.value), PERCENT)
    steps = (*steps, f"{a.value:f} ÷ {b.value:f} × 100 = {shown(value.value):f} %")
    result = combine("ratio", (part, whole), value, steps, status=status_of((part, whole)))
    return with_printed_share(result, plan.part, calculator)


ROUNDED = Decimal("0.1")  # points between a share of rounded amounts and one that the publisher had exact ones for


def with_printed_share(result: Result, part: Plan, calculator: Calculator) -> Result:
    """The result with a share that the document prints and that agrees but for rounding, cited too."""
    if not isinstance(part, Lookup) or result.quantity is None:
        return result
    value = result.quantity.value
    for reading in calculator.selector.readings(replace(part.item, measure=Measure.SHARE, total=None)):
        printed = reading.hit.fact.value
        if printed is not None and abs(rounded(value, printed_decimals(printed)) - printed) <= ROUNDED:
            note = Note("printed_share", (f"{printed:f}",))
            return replace(result, evidence=(*result.evidence, reading.hit), notes=(*result.notes, note))
    return result


def run_multiple(plan: Multiple, calculator: Calculator) -> Result:
    """left / right as a number of times."""
    left, right = run_operands((plan.left, plan.right), calculator)
    failed = first_failure((left, right))
    if failed is not None:
        return failed
    (a, b), steps = in_one_unit(quantities((left, right)))
    value = Quantity(divide(a.value, b.value), TIMES)
    steps = (*steps, f"{a.value:f} ÷ {b.value:f} = {shown(value.value):f}")
    return combine("multiple", (left, right), value, steps, status=status_of((left, right)))


def run_average(plan: Average, calculator: Calculator) -> Result:
    """The mean of a set's figures (blanks are no figures), or of the terms."""
    if plan.members is not None:
        found = gather(plan.members, calculator)
        total = sum_of_members(replace(found, total=None), plan.members.item)
        number = len(total.lines)
    else:
        total = run_sum(Sum(plan.terms), calculator)
        number = len(plan.terms)
    if total.quantity is None:
        return total
    value = Quantity(divide(total.quantity.value, Decimal(number)), total.quantity.unit)
    step = f"{total.quantity.value:f} ÷ {number} = {shown(value.value):f} {value.unit}"
    return replace(total, said="average", quantity=value, steps=(*total.steps, step), values=(str(number),))


def run_per_head(plan: PerHead, calculator: Calculator) -> Result:
    """An amount over a number: of people in the smallest unit of its money, of looked-up things in its own unit."""
    whole = calculator.run(plan.of)
    if whole.quantity is None:
        return whole
    base = whole.quantity
    if plan.by is not None:
        return _for_each(whole, base, calculator.run(plan.by))
    if plan.heads is None:
        return Result(Status.ABSTAINED, "abstain.not_understood")
    people = plan.heads >= MANY and not plan.things
    if base.unit.is_money and people:
        base = base.to(replace(base.unit, symbol=_BASE_UNIT[base.unit.dimension], scale=Decimal(1)))
    heads = shortest(plan.heads)
    value = Quantity(divide(base.value, heads), base.unit)
    step = f"{base.value:f} ÷ {heads:f} = {shown(value.value):f} {value.unit}"
    steps = (*whole.steps, *conversion(whole.quantity, base), step)
    said = "per_head" if people else "per_part"
    return replace(whole, said=said, quantity=value, steps=steps, values=(f"{heads:f} {plan.things}".strip(),))


def _for_each(whole: Result, base: Quantity, things: Result) -> Result:
    """An amount for each of the things counted."""
    if things.quantity is None:
        return things
    value = Quantity(divide(base.value, things.quantity.value), base.unit)
    turned: tuple[str, ...] = ()
    if base.unit.is_money and abs(value.value) < 1:  # 0.08 万元 says less than 757.14 元
        small = base.to(replace(base.unit, symbol=_BASE_UNIT[base.unit.dimension], scale=Decimal(1)))
        turned, base = conversion(base, small), small
        value = Quantity(divide(base.value, things.quantity.value), base.unit)
    step = f"{base.value:f} ÷ {things.quantity.value:f} = {shown(value.value):f} {value.unit}"
    said = "per_part"
    evidence = (*whole.evidence, *things.evidence)
    counted = (str(things.quantity),)
    return replace(
        whole,
        said=said,
        quantity=value,
        evidence=evidence,
        steps=(*whole.steps, *things.steps, *turned, step),
        values=counted,
    )


_BASE_UNIT = {Dimension.CNY: "元", Dimension.USD: "dollars"}


def run_what_if(plan: WhatIf, calculator: Calculator) -> Result:
    """An amount changed by a percentage."""
    whole = calculator.run(plan.of)
    if whole.quantity is None:
        return whole
    base = whole.quantity
    value = Quantity(base.value * (100 + plan.percent) / 100, base.unit)
    step = f"{base.value:f} × (100 + {plan.percent:f}) ÷ 100 = {value.value:f} {value.unit}"
    said = "what_if"
    return replace(whole, said=said, quantity=value, steps=(*whole.steps, step), values=(f"{plan.percent:f}",))


def run_convert(plan: Convert, calculator: Calculator) -> Result:
    """A result in the unit asked for, the conversion shown; lists line by line."""
    result = calculator.run(plan.of)
    unit = unit_named(plan.unit)
    if unit is None or not unit.is_money:
        return result
    lines = tuple(replace(line, quantity=_converted(line.quantity, unit)) for line in result.lines)
    if result.quantity is None:
        return replace(result, lines=lines)
    value = _converted(result.quantity, unit)
    steps = conversion(result.quantity, value) if value is not None else ()
    alternatives = result.alternatives
    return replace(result, quantity=value, lines=lines, steps=(*result.steps, *steps), alternatives=alternatives)


def _converted(quantity: Quantity | None, unit: Unit) -> Quantity | None:
    if quantity is None or not quantity.unit.is_money:
        if quantity is not None and not quantity.unit.symbol:
            raise UnitMismatch(f"the unit of {quantity.value:f} is not printed, so it cannot be given in {unit}")
        return quantity
    return quantity.to(unit)


def conversion(before: Quantity, after: Quantity) -> tuple[str, ...]:
    """The step that changes a unit; nothing where none changed."""
    return () if before.unit == after.unit else (f"{before} = {after}",)


def quantities(results: Sequence[Result]) -> list[Quantity]:
    """The figures of results that all have one."""
    return [r.quantity for r in results if r.quantity is not None]


def first_failure(results: Sequence[Result]) -> Result | None:
    """The first result without a figure: nothing can be computed over it."""
    return next((r for r in results if r.quantity is None or not r.answered), None)


def status_of(results: Sequence[Result]) -> Status:
    """Ambiguous when any operand is."""
    return Status.AMBIGUOUS if any(r.status is Status.AMBIGUOUS for r in results) else Status.ANSWERED


def in_one_unit(values: Sequence[Quantity]) -> tuple[list[Quantity], tuple[str, ...]]:
    """The quantities in the first one's unit with the conversions as steps. Raises `UnitMismatch`."""
    unit = values[0].unit
    converted = [v.to(unit) for v in values]
    steps = tuple(s for before, after in zip(values, converted, strict=True) for s in conversion(before, after))
    return converted, steps


def add(values: Sequence[Quantity]) -> tuple[Quantity, tuple[str, ...]]:
    """The exact sum in the first one's unit, with its steps. Raises `UnitMismatch`."""
    converted, steps = in_one_unit(values)
    total = converted[0]
    for value in converted[1:]:
        total = total + value
    if len(converted) == 1:
        return total, steps
    terms = " + ".join(f"{v.value:f}" if v.value >= 0 else f"({v.value:f})" for v in converted)
    return total, (*steps, f"{terms} = {total.value:f} {total.unit}")


def divide(dividend: Decimal, divisor: Decimal) -> Decimal:
    """A quotient at two to four decimals, halves away from zero. Raises `FigureError` for a zero divisor."""
    with localcontext() as context:
        context.prec = _PRECISION
        try:
            quotient = rounded(dividend / divisor, QUOTIENT_DIGITS)
        except (DivisionByZero, InvalidOperation) as zero:
            raise FigureError(f"{dividend:f} cannot be divided by {divisor:f}") from zero
    text = f"{quotient:f}".rstrip("0")
    return rounded(quotient, max(SHOWN_DIGITS, len(text) - text.index(".") - 1))


def shown(value: Decimal) -> Decimal:
    """A quotient as it is shown in a sentence: two decimals."""
    return rounded(value, min(printed_decimals(value), SHOWN_DIGITS))


def without_nested(results: Sequence[Result]) -> list[Result]:
    """The results without those whose row stands under another one's row in the same table."""
    return [r for r in results if not any(r is not other and is_below(r, other) for other in results)]


def is_below(inner: Result, outer: Result) -> bool:
    """Whether one result's row is a descendant of another's, in the same table and column."""
    a, b = single_fact(inner), single_fact(outer)
    if a is None or b is None or (a.document, a.fact.table) != (b.document, b.fact.table) or a.fact.table is None:
        return False
    if a.fact.column != b.fact.column:
        return False
    path, above = path_key(a.fact.row_path), path_key(b.fact.row_path)
    return len(path) > len(above) and path[: len(above)] == above


def single_fact(result: Result) -> FactHit | None:
    """The one fact a looked-up result rests on."""
    only = result.evidence[0] if len(result.evidence) == 1 else None
    return only if isinstance(only, FactHit) else None


def covering_total(results: Sequence[Result], calculator: Calculator) -> FactHit | None:
    """The printed parent whose children are exactly the summed rows."""
    hits = [single_fact(r) for r in results]
    facts = [h for h in hits if h is not None and h.fact.table is not None and len(h.fact.row_path) > 1]
    branches = {(h.document, h.fact.table, path_key(h.fact.row_path[:-1])) for h in facts}
    if len(facts) != len(results) or len(branches) != 1:
        return None
    first = facts[0]
    rows = calculator.selector.column_of(first)
    parent = [h for h in rows if path_key(h.fact.row_path) == path_key(first.fact.row_path[:-1])]
    kin = [h for h in rows if path_key(h.fact.row_path[:-1]) == path_key(first.fact.row_path[:-1])]
    kin = [h for h in kin if quantity_of(h) is not None and label_key(h.fact.label)]
    return parent[0] if len(parent) == 1 and len(kin) == len(facts) else None


def combine(
    said: str,
    results: Sequence[Result],
    value: Quantity,
    steps: Sequence[str],
    notes: Sequence[Note] = (),
    status: Status = Status.ANSWERED,
) -> Result:
    """The result of an operation over others: their cells, their own steps before this one, their notes once."""
    evidence: list[Evidence] = []
    for result in results:
        evidence += [e for e in result.evidence if e not in evidence]
    lines = tuple(Line(r.label, r.quantity, r.evidence[0]) for r in results if r.evidence)
    kept = list(dict.fromkeys(n for r in results for n in r.notes if n.key != "agree"))
    own = tuple(s for r in results for s in r.steps)
    return Result(
        status, said, "、".join(r.label for r in results), value, lines, tuple(evidence), (*own, *steps),
        alternatives=tuple(a for r in results for a in r.alternatives if r.status is Status.AMBIGUOUS),
        notes=(*kept, *notes),
    )  # fmt: skip
