"""Builders of plans that are answered in the document's own words, and of indicator targets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.corpus import LabelKind
from ingest.units import Dimension
from qa.asked import rows_of, wants_count, wants_money
from qa.intent import Cue
from qa.keys import stem
from qa.operands import Operands
from qa.plan import Aspect, Define, Explain, Item, Name, Plan, Target
from qa.slot import ROWS, Slot
from qa.target import FEW, SURELY_NAMED
from qa.wordtable import counting_units

BESIDE_ROW = 0.5
PROJECT_NAMED = 0.9  # a project named this surely is not what is asked of it
OUTRIGHT = 0.95
NAMED = 0.6  # how surely an indicator has to be named to count as named


def define(ops: Operands, cue: Cue) -> Iterator[Plan]:
    """What a term means; what it covers may be told by its parts alone."""
    names = [n for s in ops.ask.slots if not s.is_agency for n in s.names]
    ordered = sorted(names, key=lambda n: (n.kind is not LabelKind.TERM, -n.score))
    plan = Define(tuple(ordered), ops.ask.text, ops.ask.setting.scope())
    parts = any(c.intent == "breakdown" for c in ops.ask.cues)
    if ops.ask.slots and (not parts or ops.result(plan).answered):
        yield plan


def reason(ops: Operands, cue: Cue) -> Iterator[Plan]:
    """Why something changed."""
    yield Explain(Aspect.REASON, ops.item(ops.ask.slots))


def use(ops: Operands, cue: Cue) -> Iterator[Plan]:
    """What money is for; not how many of something are used for what is named."""
    which = ops.ask.says("project_noun") and ops.ask.says("which")
    if rows_of(ops.ask.slots) and not ops.ask.says("how_many") and not which:
        yield Explain(Aspect.USE, ops.item(ops.ask.slots))


def duties(ops: Operands, cue: Cue) -> Iterator[Plan]:
    """What an agency does."""
    yield Explain(Aspect.DUTIES, Item(ops.ask.text, scope=ops.ask.setting.scope()))


def topic(ops: Operands, cue: Cue | None = None) -> Iterator[Plan]:
    """A section on something else that headings name; not where a number is asked for."""
    plan = Explain(Aspect.TOPIC, Item(ops.ask.text, scope=ops.ask.setting.scope()))
    if not any(c.intent == "count" for c in ops.ask.cues) and ops.result(plan).answered:
        yield plan


def goal(ops: Operands, cue: Cue) -> Iterator[Plan]:
    """The target of an indicator where the question says "target"; an amount is none."""
    plan = indicator_target(ops)
    unit = ops.ask.linked.unit
    if plan is not None and not (unit is not None and unit.is_money) and ops.result(plan).answered:
        yield plan


def target(ops: Operands, cue: Cue) -> Iterator[Plan]:
    """The target of an indicator."""
    plan = indicator_target(ops)
    if plan is not None and not wants_money(ops) and ops.result(plan).answered:
        yield plan


def indicator_target(ops: Operands) -> Target | None:
    """The target that the question's project and indicator names may mean; None without either."""
    rows = [s for s in ops.ask.slots if not s.is_agency]
    projects = tuple(n for s in rows for n in s.of(*ROWS) if not s.is_organisation)
    indicators = tuple(_less_for_rows(s, n) for s in rows for n in s.of(LabelKind.INDICATOR))
    if not projects and not indicators:
        return None
    unit = ops.ask.linked.unit
    places = [s for s in rows if s.is_organisation]
    spoken = counted_in_english(ops.ask.text)
    counted = unit.symbol if unit is not None and unit.dimension is Dimension.COUNT else spoken
    said = ops.ask.text
    best = max((s.best(*ROWS) for s in rows if s.has_row), default=0.0)
    least = OUTRIGHT if best >= OUTRIGHT else PROJECT_NAMED  # beside one named outright, vague names are but words
    named = [s for s in rows if s.has_row and s.best(*ROWS) >= least]
    for slot in (*named, *(s for s in ops.ask.slots if s.is_agency or s.is_organisation)):
        said = said[: slot.start] + " " * (slot.end - slot.start) + said[slot.end :]
    return Target(projects, indicators, said, ops.scope(places, None), counted, _is_planned(ops.ask.text))


_PLANNED = re.compile(
    r"目标|指标值|计划|原定|预期|预定|要求|(?<![主重摘])要(?![求素闻点])|需要|应[当该]?|必须|至少|不低于|不少于|不超过|拟|打算|年初"
    r"|\b(target|plan(ned)?|goal|supposed|expected|should|must|required|aim(ed)?|intended|meant|designed|due|promised"
    r"|(?:are|is|was|were) to|to be)\b",
    re.I,
)
_REACHED = re.compile(
    r"实际|最后|最终|完成了|做了|到了|[成建修换运]了"
    r"|\b(actual(ly)?|achieved?|reach(ed)?|did|delivered|completed|in the end)\b",
    re.I,
)
_HOW_MANY = re.compile(r"\bhow many (\w+)(?: (\w+))?(?: (\w+))?", re.I)


def unnamed_target(ops: Operands) -> Target | None:
    """The target of whatever is counted in the unit that is asked for, where no name was found in the question."""
    unit, scope = ops.ask.linked.unit, ops.scope([], None)
    if unit is None or unit.dimension is not Dimension.COUNT or len(scope.documents) > FEW:
        return None
    return Target((), (), ops.ask.text, scope, unit.symbol, _is_planned(ops.ask.text))


def _is_planned(text: str) -> bool:
    """Whether a question is after what was aimed at, and not after what was reached."""
    return bool(_PLANNED.search(text)) and not _REACHED.search(text)


def counted_in_english(text: str) -> str | None:
    """The counting unit of "how many times", "how many new hospital beds"; None where no such noun comes soon."""
    asked = _HOW_MANY.search(text)
    if asked is None:
        return None
    return next((units[0] for noun in asked.groups() if noun and (units := counting_units(stem(noun)))), None)


def _less_for_rows(slot: Slot, name: Name) -> Name:
    """An indicator's name, less sure where the same words name a row better."""
    return name if name.score >= slot.best(*ROWS) else replace(name, score=round(name.score * BESIDE_ROW, 4))


def asks_target(ops: Operands, plan: Target) -> bool:
    """Whether a question without a cue is after a target: it asks how many, or names the indicator."""
    if wants_money(ops) or ops.ask.says("price_noun"):
        sure = any(n.score >= SURELY_NAMED for n in plan.indicators)
        found = ops.result(plan).quantity if sure else None
        return found is not None and found.unit.is_money  # 每公里造价 is an indicator in money
    if any(s.best(LabelKind.COLUMN) >= OUTRIGHT and not s.of(LabelKind.INDICATOR) for s in ops.ask.slots):
        return False  # "有多少是上年结转的": a column of the project's row
    named = any(n.score >= NAMED for n in plan.indicators)
    return wants_count(ops) or named or ops.ask.says("how_many")
