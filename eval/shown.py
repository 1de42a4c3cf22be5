"""An answer as it is shown: read from the JSON form of design section 4, so that any system can be scored."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ingest.errors import NotAFigure
from ingest.numbers import parse_figure

ANSWERED = "answered"
AMBIGUOUS = "ambiguous"
ABSTAINED = "abstained"
DECLARED_NONE = "declared_none"
STATUSES = (ANSWERED, AMBIGUOUS, ABSTAINED, DECLARED_NONE)


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation: a cell (table, row, column) or a sentence (section), with the printed text."""

    file: str
    page: int | None
    text: str
    table: str = ""
    row: tuple[str, ...] = ()
    column: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    code: str = ""
    placed: bool = False


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One line of a list answer."""

    label: str
    value: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What a person sees. `sureness` in [0, 1] orders answers by how surely the question was understood.

    `json` is the whole answer as one line, kept for the trace.
    """

    status: str
    answer: str
    value: Decimal | None = None
    unit: str = ""
    items: tuple[ShownItem, ...] = ()
    steps: tuple[str, ...] = ()
    citations: tuple[Cited, ...] = ()
    notes: tuple[str, ...] = ()
    op: str = ""
    sureness: float = 1.0
    json: str = ""
    trace: tuple[str, ...] = ()

    @property
    def says_something(self) -> bool:
        """Whether an answer is given, be it the first of several readings."""
        return self.status in (ANSWERED, AMBIGUOUS)


def shown_from_json(data: Mapping[str, Any]) -> Shown:
    """The answer in its public JSON form. Raises `KeyError` for a missing status, `NotAFigure` for a bad value."""
    plan = data.get("plan") or {}
    return Shown(
        str(data["status"]),
        str(data.get("answer") or ""),
        _value(data.get("value")),
        str(data.get("unit") or ""),
        tuple(
            ShownItem(str(i.get("label") or ""), _soft_value(i.get("value")), str(i.get("unit") or ""))
            for i in data.get("items") or ()
        ),
        tuple(str(step) for step in data.get("steps") or ()),
        tuple(_cited(c) for c in data.get("citations") or ()),
        tuple(str(note) for note in data.get("notes") or ()),
        str(plan.get("op") or "") if isinstance(plan, dict) else "",
        _sureness(str(data["status"]), plan) if (told := _confidence(data)) is None else told,
        json.dumps(data, ensure_ascii=False, default=str),
    )


def _cited(data: Mapping[str, Any]) -> Cited:
    return Cited(
        str(data.get("file") or data.get("document") or ""),
        data.get("page"),
        str(data.get("text") or ""),
        str(data.get("table") or ""),
        tuple(data.get("row") or ()),
        tuple(data.get("column") or ()),
        tuple(data.get("section") or ()),
        str(data.get("code") or ""),
        bool(data.get("bbox")),
    )


def _value(value: object) -> Decimal | None:
    return None if value is None else parse_figure(str(value))


def _soft_value(value: object) -> Decimal | None:
    """The figure of a list's line; None where the line holds words."""
    try:
        return _value(value)
    except NotAFigure:
        return None


def _confidence(data: Mapping[str, Any]) -> float | None:
    """How sure the system says it is, in [0, 1]; None where it does not say so."""
    told = data.get("confidence")
    if isinstance(told, bool) or not isinstance(told, int | float) or not 0 <= told <= 1:
        return None
    return float(told)


def _sureness(status: str, plan: object) -> float:
    """The least of the best name scores in the plan, halved where the answer is called ambiguous."""
    scores = list(_best_scores(plan))
    least = min(scores, default=1.0)
    return least / 2 if status == AMBIGUOUS else least


def _best_scores(node: object) -> list[float]:
    if isinstance(node, dict):
        found = [score for value in node.values() for score in _best_scores(value)]
        names = node.get("names")
        first = names[0] if isinstance(names, list | tuple) and names else None
        if isinstance(first, dict) and isinstance(first.get("score"), int | float):
            return [*found, float(first["score"])]
        return found
    if isinstance(node, list | tuple):
        return [score for value in node if isinstance(value, dict) for score in _best_scores(value)]
    return []
