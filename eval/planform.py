"""What two plans have to share to be the same: operations, operands by label, and the settings that decide a figure.

Words of the asker, scores, lesser names and the ids of documents say how a plan was found and not what it does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from eval.fields import Fields, known_fields, texts_of
from eval.plain import plain
from ingest.errors import BadDataset
from qa.plan import NODES
from qa.planjson import BadPlan, plan_from_json

OPERATIONS = frozenset(node.op for node in NODES)
# Operations whose operands may stand in any order.
_UNORDERED = frozenset({"sum", "average", "compare", "trend"})
# A lookup is an operand, and a conversion only words another operation's result.
_WRAPPINGS = frozenset({"lookup", "convert"})
_SETTINGS = (
    "years", "organisations", "phases", "unit", "group", "direction", "first", "position", "wanted", "base_year",
    "falling", "absolute", "threshold", "counted", "percent", "heads", "aspect", "lack", "measure", "kind",
)  # fmt: skip
_NAMED = ("projects", "indicators", "terms", "names")
_SHORT = frozenset({"op", "operands", *_SETTINGS})


@dataclass(frozen=True, slots=True)
class PlanForm:
    """A plan in its bare form. `settings` are (name, value) pairs; `operations` the outermost first."""

    operations: tuple[str, ...]
    operands: tuple[str, ...]
    settings: frozenset[tuple[str, str]]

    def says(self) -> str:
        """The form on one line."""
        settings = ", ".join(f"{name} {value}" for name, value in sorted(self.settings))
        return f"{' of '.join(self.operations)} ({'; '.join(self.operands)}{settings and f'; {settings}'})"


@dataclass(frozen=True, slots=True)
class GoldPlan:
    """The plan that is expected: whole, or in short (outermost operation, operands where given, some settings)."""

    form: PlanForm
    whole: bool
    operands_given: bool = True

    def is_plan(self, shown: PlanForm) -> bool:
        """Whether a plan shown is the one expected."""
        if self.whole:
            return same_operands(self.form, shown) and (self.form.operations, self.form.settings) == (
                shown.operations,
                shown.settings,
            )
        return (
            self.form.operations[0] == shown.operations[0]
            and (not self.operands_given or same_operands(self.form, shown))
            and self.form.settings <= shown.settings
        )


def same_operands(one: PlanForm, other: PlanForm) -> bool:
    """Whether the operands agree, in order where order matters."""
    if one.operations[0] in _UNORDERED:
        return Counter(one.operands) == Counter(other.operands)
    return one.operands == other.operands


def gold_plan(data: object, where: str) -> GoldPlan | None:
    """The expected plan of a line of gold: as the engine writes it, or {"op", "operands", settings}.

    Raises `BadDataset` for an unknown operation, field or a plan that does not read as one.
    """
    if data is None:
        return None
    if not isinstance(data, dict) or data.get("op") not in OPERATIONS:
        raise BadDataset(f"{where}: plan names no operation; known: {', '.join(sorted(OPERATIONS))}")
    if set(data) <= _SHORT and not set(data) & {"item", "members", "terms"}:
        known_fields(data, _SHORT, f"{where}: plan")
        operands = tuple(plain(text) for text in texts_of(data, "operands", where))
        settings = frozenset(_settings({name: data[name] for name in _SETTINGS if name in data}))
        return GoldPlan(PlanForm((str(data["op"]),), operands, settings), False, "operands" in data)
    try:
        plan_from_json(data)
    except BadPlan as error:
        raise BadDataset(f"{where}: {error}") from error
    return GoldPlan(plan_form(data), True)


def plan_form(plan: Mapping[str, Any]) -> PlanForm:
    """The bare form of a plan's JSON."""
    operations = tuple(op for node in _nodes(plan) if (op := node.get("op")) and op not in _WRAPPINGS)
    operands = tuple(label for node in _nodes(plan) for label in _operands(node))
    settings = frozenset(pair for node in _nodes(plan) for pair in _settings(node))
    return PlanForm(operations or ("lookup",), operands, settings)


def _nodes(value: object) -> Iterator[Fields]:
    """Every JSON object of a plan but its names, the outermost first; what is near to a refusal is no part of it."""
    if isinstance(value, Mapping) and not _is_name(value):
        yield value
        for name, part in value.items():
            if name != "nearest":
                yield from _nodes(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _nodes(part)


def _is_name(value: object) -> bool:
    return isinstance(value, Mapping) and "text" in value and "op" not in value


def _operands(node: Fields) -> Iterator[str]:
    """The first name of each list of names, else a code, else the total asked for."""
    found = [names[0] for key in _NAMED if isinstance(names := node.get(key), list) and names]
    named = [plain(str(name["text"])) for name in found if _is_name(name)]
    codes = node.get("codes")
    if not named and (codes or node.get("total")):
        named = [plain(str(codes[0] if codes else node["total"]))]
    yield from named


def _settings(node: Fields) -> Iterator[tuple[str, str]]:
    for name in _SETTINGS:
        value = node.get(name)
        if isinstance(value, list | tuple):
            yield from ((name, str(part)) for part in value)
        elif value is not None and not isinstance(value, dict):
            yield name, str(value)
