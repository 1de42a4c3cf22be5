"""Plans over sets: counts, rankings, thresholds, breakdowns, and figures side by side."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from ingest.corpus import FactHit, LabelKind
from ingest.units import Dimension, Quantity, Unit, unit_named
from qa.keys import label_key
from qa.lookup import answer_item, label_of, named_row
from qa.members import Gathered, below_classes, gather, is_of_whole_unit, only_childs_own, with_only_childs_own
from qa.plan import Breakdown, Compare, Count, Direction, Filter, Group, Members, Rank
from qa.reading import PROJECT_TABLES, quantity_of
from qa.result import Evidence, Line, Note, Result, Status
from qa.target import printed
from qa.units_told import run_units

if TYPE_CHECKING:
    from qa.calculator import Calculator

ONE = Unit("个", Dimension.COUNT)


def run_count(plan: Count, calculator: Calculator) -> Result:
    """How many members a set has; members without a figure count too."""
    if plan.members.group is Group.UNITS:
        return run_units(plan.members, calculator.corpus, "count.organisations")
    if plan.members.group is Group.INDICATORS:
        return run_indicators(plan.members, calculator)
    found = gather(plan.members, calculator)
    lines = lines_told(found, plan.members)
    if not lines:
        return nothing(plan.members)
    value = Quantity(Decimal(len(lines)), ONE)
    said = f"count.{plan.members.group}"
    return Result(Status.ANSWERED, said, plan.members.item.said, value, lines, tuple(line.evidence for line in lines))


def run_rank(plan: Rank, calculator: Calculator) -> Result:
    """The largest or smallest members with a figure, largest first (or smallest first)."""
    found = _finest(plan.members, calculator)
    lines = in_one_unit_lines([line for line in lines_of(found, plan.members) if line.quantity is not None])
    if not lines or _of_single_rows(found, plan.members):
        return nothing(plan.members)
    ordered = sorted(lines, key=lambda line: _value(line), reverse=plan.direction is Direction.MOST)
    chosen = ordered[plan.position - 1 : plan.position] if plan.position else ordered[: plan.first]
    if not chosen:
        return nothing(plan.members)
    tied = [line for line in ordered if line not in chosen and _value(line) == _value(chosen[-1])]
    notes = (Note("tied", ("、".join(line.label for line in tied),)),) if tied else ()
    said = f"rank.{plan.direction}" if len(chosen) == 1 and not plan.position else f"rank.list.{plan.direction}"
    if plan.position:
        said = "rank.position"
    values = (str(len(lines)), str(plan.position or plan.first))
    return Result(
        Status.ANSWERED, said, chosen[0].label, chosen[0].quantity, tuple(chosen),
        tuple(e for line in chosen for e in (line.evidence, *_named(line.evidence, calculator))), notes=notes,
        values=values,
    )  # fmt: skip


def _of_single_rows(found: Gathered, members: Members) -> bool:
    """Whether organisations as a whole are asked for, and only one of the rows of each is at hand."""
    of_units = members.group is Group.ORGANISATIONS and not members.item.names and members.item.total is None
    return of_units and not all(is_of_whole_unit(h.fact) for h in found.hits)


def _named(evidence: Evidence, calculator: Calculator) -> tuple[FactHit, ...]:
    return named_row(evidence, calculator) if isinstance(evidence, FactHit) else ()


def _value(line: Line) -> Decimal:
    return line.quantity.value if line.quantity is not None else Decimal(0)


def _finest(members: Members, calculator: Calculator) -> Gathered:
    """A set's members; for an item with a single part, or made of whole economic classes, what these are made of."""
    found = gather(members, calculator)
    if members.group is Group.CHILDREN and members.item.total is None:
        return below_classes(only_childs_own(found, calculator), calculator)
    return found


def run_filter(plan: Filter, calculator: Calculator) -> Result:
    """The members beyond a threshold, or how many there are."""
    unit = unit_named(plan.unit)
    lines = [line for line in lines_of(_finest(plan.members, calculator), plan.members) if line.quantity is not None]
    if not lines or unit is None:
        return nothing(plan.members)
    limit = Quantity(plan.threshold, unit)
    above = plan.direction is Direction.MOST
    kept = [line for line in lines if line.quantity is not None and _beyond(line.quantity.to(unit), limit, plan)]
    kept = sorted(kept, key=lambda line: line.quantity.to(unit).value if line.quantity else Decimal(0), reverse=above)
    value = Quantity(Decimal(len(kept)), ONE)
    evidence = tuple(line.evidence for line in kept) or tuple(line.evidence for line in lines)
    said = f"filter.{plan.direction}" + (".strict" if plan.strict else "")
    return Result(Status.ANSWERED, said, plan.members.item.said, value, tuple(kept), evidence, values=(str(limit),))


def _beyond(value: Quantity, limit: Quantity, plan: Filter) -> bool:
    if value == limit:
        return not plan.strict
    return limit < value if plan.direction is Direction.MOST else value < limit


def run_breakdown(plan: Breakdown, calculator: Calculator) -> Result:
    """The members with their figures, and the printed total over them."""
    if plan.members.group is Group.UNITS:
        return run_units(plan.members, calculator.corpus, "count.organisations")
    if plan.members.group is Group.INDICATORS:
        return run_indicators(plan.members, calculator)
    found = with_only_childs_own(gather(plan.members, calculator), calculator)
    lines = lines_told(found, plan.members)
    if not lines:
        return nothing(plan.members)
    total = quantity_of(found.total) if found.total is not None else None
    head = (found.total,) if found.total is not None and total is not None else ()
    label = label_of(found.total) if found.total is not None else plan.members.item.said
    said = "breakdown.total" if total is not None else "breakdown"
    evidence = (*head, *(line.evidence for line in lines))
    value = total if total is not None else Quantity(Decimal(len(lines)), ONE)
    return Result(Status.ANSWERED, said, label, value, lines, evidence, values=(str(len(lines)),))


def run_compare(plan: Compare, calculator: Calculator) -> Result:
    """Several items' figures and which is the most (or least)."""
    results = [answer_item(item, calculator) for item in plan.items]
    found = [
        Line(item.said, r.quantity, r.evidence[0])
        for item, r in zip(plan.items, results, strict=True)
        if r.quantity is not None
    ]
    if len(found) < len(results) or not found:
        return next((r for r in results if r.quantity is None), Result(Status.ABSTAINED, "abstain.not_understood"))
    lines = in_one_unit_lines(found)
    ordered = sorted(lines, key=_value, reverse=plan.direction is Direction.MOST)
    status = Status.AMBIGUOUS if any(r.status is Status.AMBIGUOUS for r in results) else Status.ANSWERED
    notes = tuple(dict.fromkeys(n for r in results for n in r.notes if n.key != "agree"))
    first = ordered[0]
    said = f"compare.{plan.direction}"
    evidence = tuple(line.evidence for line in ordered)
    return Result(status, said, first.label, first.quantity, tuple(ordered), evidence, notes=notes)


def in_one_unit_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines in the first one's unit. Raises `UnitMismatch` where money and counts are mixed."""
    if not lines or lines[0].quantity is None:
        return list(lines)
    unit = lines[0].quantity.unit
    return [Line(x.label, x.quantity.to(unit) if x.quantity else None, x.evidence) for x in lines]


def lines_told(found: Gathered, members: Members) -> tuple[Line, ...]:
    """The lines; of a grand total only those that something is put under: summaries list every class there is."""
    lines = lines_of(found, members)
    if members.item.total is None:
        return lines
    return tuple(x for x in lines if x.quantity is not None and x.quantity.value) or lines


def lines_of(found: Gathered, members: Members) -> tuple[Line, ...]:
    """A line for each member, named by what tells it from the others."""
    labels = [_member_label(hit, members) for hit in found.hits]
    repeated = {x for x in labels if labels.count(x) > 1}
    return tuple(
        Line(label_of(hit) if label in repeated else label, quantity_of(hit), hit)
        for hit, label in zip(found.hits, labels, strict=True)
    )


def _member_label(hit: FactHit, members: Members) -> str:
    fact = hit.fact
    if members.group is Group.ORGANISATIONS:
        return fact.organisation or fact.label
    if members.group is Group.CHILDREN and fact.column_path and hit.table_kind not in PROJECT_TABLES:
        whole = label_of(hit)
        return fact.label if fact.label and not fact.total and label_key(fact.label) in label_key(whole) else whole
    return fact.label


def run_indicators(members: Members, calculator: Calculator) -> Result:
    """The indicators of the project that is named best, each with its target."""
    names = [n for n in members.item.names if n.kind in (LabelKind.ITEM, LabelKind.PROJECT)]
    for name in dict.fromkeys(n.text for n in names):
        held = calculator.corpus.indicators(projects=(name,))
        held = tuple(h for h in held if h.document in members.item.scope.documents)
        if held:
            lines = tuple(Line(f"{h.record.name} {printed(h.record)}".strip(), None, h) for h in held)
            count = Quantity(Decimal(len(lines)), ONE)
            return Result(Status.ANSWERED, "count.indicators", name, count, lines, tuple(x.evidence for x in lines))
    return nothing(members)


def nothing(members: Members) -> Result:
    """The statement that the set is empty or not held."""
    return Result(Status.ABSTAINED, "abstain.no_members", members.item.said, values=(members.item.said,))
