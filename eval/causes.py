"""Failures sorted by what went wrong first, so that one mended cause mends a group."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from eval.outcome import Outcome, Scored
from eval.question import Kind
from eval.scorers.figures import bare_unit

# Operations that may answer a kind of question; a kind that is not listed may be answered by any.
_OPERATIONS: dict[Kind, frozenset[str]] = {
    Kind.SUM: frozenset({"sum", "lookup"}),
    Kind.DIFFERENCE: frozenset({"difference", "growth", "prior"}),
    Kind.RATIO: frozenset({"ratio", "multiple", "lookup", "growth"}),
    Kind.GROWTH: frozenset({"growth"}),
    Kind.RANK: frozenset({"rank", "compare"}),
    Kind.COUNT: frozenset({"count", "filter", "lookup"}),
    Kind.AVERAGE: frozenset({"average", "per_head"}),
    Kind.LIST: frozenset({"breakdown", "rank", "filter", "explain"}),
    Kind.TREND: frozenset({"trend", "compare"}),
    Kind.TEXT: frozenset({"define", "explain"}),
    Kind.KPI: frozenset({"target", "lookup"}),
}


def cause(scored: Scored) -> str:
    """The first thing that went wrong, in the order in which an answer is made; "" for a right answer."""
    if scored.right:
        return ""
    return next((found for find in _FINDERS if (found := find(scored))), f"{scored.outcome}: {scored.question.kind}")


def by_cause(scored: Sequence[Scored]) -> dict[str, list[Scored]]:
    """The failures under their causes, the most frequent first."""
    groups: dict[str, list[Scored]] = {}
    for one in scored:
        if name := cause(one):
            groups.setdefault(name, []).append(one)
    return dict(sorted(groups.items(), key=lambda pair: -len(pair[1])))


def _error(scored: Scored) -> str:
    return f"error: {scored.error.strip().splitlines()[-1][:90]}" if scored.outcome is Outcome.ERROR else ""


def _answered_anyway(scored: Scored) -> str:
    kind = scored.question.kind
    if kind not in (Kind.ABSTAIN, Kind.NONE) or scored.shown is None:
        return ""
    return f"{kind} expected, {scored.shown.status} given"


def _operation(scored: Scored) -> str:
    shown = scored.shown
    allowed = _OPERATIONS.get(scored.question.kind)
    op = _innermost(_plan(scored)) if shown else ""
    if shown is None or allowed is None or not op or op in allowed or op == "abstain":
        return ""
    return f"{scored.question.kind} planned as {op}"


def _refused(scored: Scored) -> str:
    if scored.outcome is not Outcome.REFUSED or scored.shown is None:
        return ""
    plan = _plan(scored)
    why = f"abstain: {plan.get('lack')}" if plan.get("op") == "abstain" else f"{plan.get('op')} found nothing"
    return f"refused ({scored.shown.status}) {scored.question.kind}, {why}"


def _document(scored: Scored) -> str:
    return "figures of another document or year" if _failed(scored, "documents") else ""


def _row(scored: Scored) -> str:
    if not _failed(scored, "citation"):
        return ""
    return "cites another row" if _failed(scored, "value") else "right value, another citation"


def _unit(scored: Scored) -> str:
    shown, gold = scored.shown, scored.question.unit
    if shown is None or not _failed(scored, "value") or bare_unit(shown.unit) == bare_unit(gold):
        return ""
    return "no unit" if not shown.unit else "another unit than gold"


def _value(scored: Scored) -> str:
    return f"{scored.question.kind}: right row, another figure" if _failed(scored, "value") else ""


_FINDERS: tuple[Callable[[Scored], str], ...] = (
    _error, _answered_anyway, _operation, _refused, _document, _row, _unit, _value,
)  # fmt: skip


def _failed(scored: Scored, name: str) -> bool:
    return any(c.name == name and not c.passed for c in scored.checks)


def _plan(scored: Scored) -> dict[str, Any]:
    answer = json.loads(scored.shown.json) if scored.shown and scored.shown.json else {}
    plan = answer.get("plan")
    return plan if isinstance(plan, dict) else {}


def _innermost(plan: dict[str, Any]) -> str:
    """The operation under conversions."""
    inner = plan.get("of")
    return _innermost(inner) if plan.get("op") == "convert" and isinstance(inner, dict) else str(plan.get("op") or "")
