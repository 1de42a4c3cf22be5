"""Follow-up questions: "那学术交流呢？", "两者差多少？", "and in 2023?" against the plans of the turns before."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from qa.ask import Ask
from qa.intent import says
from qa.operands import Operands
from qa.plan import Compare, Convert, Difference, Item, Lookup, Plan, Ratio, Scope, Sum

Node = TypeVar("Node")
SHORT = 24  # characters; a longer question stands for itself


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation and the plan it was given."""

    question: str
    plan: Plan


@dataclass(frozen=True, slots=True)
class Context:
    """A conversation so far, oldest turn first: passed in and handed back, never kept anywhere."""

    turns: tuple[Turn, ...] = ()

    def after(self, question: str, plan: Plan) -> Context:
        """The context with one more turn."""
        return Context((*self.turns, Turn(question, plan)))


def follow_up(operands: Operands, context: Context) -> Plan | None:
    """The plan of a question that leans on the turns before; None for one that stands for itself."""
    ask = operands.ask
    if not context.turns or len(ask.text) > SHORT * (1 if not ask.text.isascii() else 3):
        return None
    if ask.says("these") or (not ask.slots and any(c.intent in _OVER_TWO for c in ask.cues)):
        return over_two(ask, context)
    if not _leans(ask):
        return None
    last = context.turns[-1].plan
    rows = [s for s in ask.slots if not s.is_agency and not s.is_organisation]
    if rows:
        item = operands.item(ask.slots)
        return change_item(last, lambda old: _renamed(old, item))
    if ask.slots or ask.setting.years:
        return change_item(last, lambda old: _moved(old, operands.scope(ask.slots, None), ask))
    return None


_OVER_TWO = ("difference", "sum", "ratio", "compare")


def _leans(ask: Ask) -> bool:
    text = ask.text
    asks = any(c.intent not in ("prior", "sum", "ratio") for c in ask.cues)
    return says("follow", text, ask.language) or (not asks and (not ask.slots and bool(ask.setting.years)))


def over_two(ask: Ask, context: Context) -> Plan | None:
    """An operation over the last two figures looked up."""
    looked_up = [t.plan for t in context.turns if isinstance(_bare(t.plan), Lookup)][-2:]
    if len(looked_up) < 2:
        return None
    left, right = (_bare(p) for p in looked_up)
    intents = [c.intent for c in ask.cues]
    if "ratio" in intents:
        return Ratio(left, right)
    if "difference" in intents:
        return Difference(left, right, absolute=True)
    if "sum" in intents:
        return Sum((left, right))
    items = tuple(p.item for p in (left, right) if isinstance(p, Lookup))
    return Compare(items) if "compare" in intents else None


def _bare(plan: Plan) -> Plan:
    return plan.of if isinstance(plan, Convert) else plan


def _renamed(old: Item, new: Item) -> Item:
    """Another row asked the same way: its own names, the old column and place unless it brings its own."""
    scope = replace(old.scope, organisations=new.scope.organisations or old.scope.organisations)
    if new.scope.years:
        scope = replace(scope, years=new.scope.years, documents=new.scope.documents)
    return replace(new, columns=new.columns or old.columns, measure=old.measure, scope=scope)


def _moved(old: Item, scope: Scope, ask: Ask) -> Item:
    """The same row in another year, organisation or agency."""
    moved = replace(old.scope, documents=scope.documents, years=scope.years or old.scope.years)
    if any(s.is_organisation for s in ask.slots):
        moved = replace(moved, organisations=scope.organisations)
    return replace(old, scope=moved)


def change_item(node: Node, change: Callable[[Item], Item]) -> Node:
    """A plan with every item in it changed."""
    if isinstance(node, Item):
        return change(node)  # type: ignore[return-value]
    if isinstance(node, tuple):
        return tuple(change_item(n, change) for n in node)  # type: ignore[return-value]
    if not dataclasses.is_dataclass(node) or isinstance(node, (type, Scope)):
        return node
    changed = {f.name: change_item(getattr(node, f.name), change) for f in dataclasses.fields(node)}
    return replace(node, **changed)
