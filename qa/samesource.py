"""Operands of one sum, share or difference read from one table, where one table prints them all.

公务接待费 stands in the table of basic expenditure and, with another figure, beside the total of the “三公”经费: its
share of that total is a share of what stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations

from qa.calculator import Calculator
from qa.plan import Convert, Difference, Lookup, Multiple, Plan, Ratio, Sum
from qa.reading import Reading

AS_SURE = 0.05  # a name matched this much less surely is another name
Place = tuple[str, str]


def in_one_table(plan: Plan, calculator: Calculator) -> Plan | None:
    """The plan with an operand moved to the table of the others; None where nothing is to be moved."""
    if isinstance(plan, Convert):
        inner = in_one_table(plan.of, calculator)
        return None if inner is None else replace(plan, of=inner)
    operands = operands_of(plan)
    if len(operands) < 2 or not all(isinstance(o, Lookup) for o in operands):
        return None
    lookups = [o for o in operands if isinstance(o, Lookup)]
    readings = {repr(o): calculator.selector.readings(o.item) for o in lookups}
    for one, other in permutations(lookups, 2):
        title = _better_table(readings[repr(one)], readings[repr(other)])
        if title is not None and not one.item.sources and one.item.total is None:
            moved = Lookup(replace(one.item, sources=(title,)))
            return with_operands(plan, [moved if o is one else o for o in operands])
    return None


def operands_of(plan: Plan) -> tuple[Plan, ...]:
    """The operands of a computation over figures that are looked up."""
    if isinstance(plan, Sum):
        return plan.terms
    if isinstance(plan, Ratio):
        return (plan.part, plan.whole)
    return (plan.left, plan.right) if isinstance(plan, (Difference, Multiple)) else ()


def with_operands(plan: Plan, operands: list[Plan]) -> Plan:
    """The same computation over other operands."""
    if isinstance(plan, Sum):
        return replace(plan, terms=tuple(operands))
    if isinstance(plan, Ratio):
        return replace(plan, part=operands[0], whole=operands[1])
    if isinstance(plan, (Difference, Multiple)):
        return replace(plan, left=operands[0], right=operands[1])
    return plan


def _better_table(own: tuple[Reading, ...], others: tuple[Reading, ...]) -> str | None:
    """The title of a table that prints the other operand, and this one with another figure than is read now."""
    figures = [r for r in own if r.quantity is not None]
    if not figures or not others or others[0].quantity is None:
        return None
    beside = set(_places(others[0]))
    first = figures[0]
    if beside & set(_places(first)):
        return None
    for reading in figures[1:]:
        here = beside & set(_places(reading))
        if here and reading.certainty >= first.certainty - AS_SURE and reading.hit.document == first.hit.document:
            return next(
                (h.table_title for h in (reading.hit, *reading.agreeing) if (h.document, h.fact.table or "") in here),
                None,
            )
    return None


def _places(reading: Reading) -> Iterator[Place]:
    """The tables that print a reading's figure."""
    for hit in (reading.hit, *reading.agreeing):
        if hit.fact.table is not None:
            yield hit.document, hit.fact.table
