"""Plans to JSON and back: read off the node declarations, so a new node needs nothing here."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from ingest.errors import InputError
from qa import plan as nodes
from qa.plan import NODES, Plan

Json = dict[str, Any] | list[Any] | str | int | float | bool | None
_BY_OP = {node.op: node for node in NODES}


class BadPlan(InputError):
    """A stored plan that does not read as one; the message names the part."""


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """A plan as JSON values; fields that hold their default are left out, so what remains is what was asked."""
    return _encode_record(plan)


def plan_from_json(data: object) -> Plan:
    """The plan that `plan_to_json` wrote. Raises `BadPlan`."""
    return _decode(data, Plan, "plan")  # type: ignore[no-any-return]


def _encode(value: object) -> Json:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _encode_record(value)
    if isinstance(value, tuple):
        return [_encode(v) for v in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Decimal):
        return f"{value:f}"
    if value is None or isinstance(value, (str, int, float)):
        return value
    raise BadPlan(f"cannot store a {type(value).__name__} in a plan")


def _encode_record(record: Any) -> dict[str, Any]:
    op = getattr(type(record), "op", None)
    data: dict[str, Any] = {} if op is None else {"op": op}
    for part in dataclasses.fields(record):
        value = getattr(record, part.name)
        if value != _default(part):
            data[part.name] = _encode(value)
    return data


def _default(part: dataclasses.Field[Any]) -> object:
    if part.default is not dataclasses.MISSING:
        return part.default
    return part.default_factory() if part.default_factory is not dataclasses.MISSING else dataclasses.MISSING


def _decode(data: object, kind: Any, where: str) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _decode_union(data, get_args(kind), where)
    if origin is tuple:
        if not isinstance(data, list):
            raise BadPlan(f"{where}: expected a list")
        return tuple(_decode(v, get_args(kind)[0], f"{where}[{i}]") for i, v in enumerate(data))
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _decode_record(data, kind, where)
    return _decode_scalar(data, kind, where)


def _decode_union(data: object, kinds: tuple[Any, ...], where: str) -> Any:
    if data is None and type(None) in kinds:
        return None
    if isinstance(data, Mapping) and "op" in data:
        node = _BY_OP.get(str(data["op"]))
        if node is None or node not in kinds:
            raise BadPlan(f"{where}: unknown op {data['op']!r}; known: {', '.join(sorted(_BY_OP))}")
        return _decode_record(data, node, where)
    return _decode(data, next(k for k in kinds if k is not type(None)), where)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind, vars(nodes))


def _decode_record(data: object, kind: type, where: str) -> Any:
    if not isinstance(data, Mapping):
        raise BadPlan(f"{where}: expected an object")
    hints, values = _hints(kind), {}
    for part in dataclasses.fields(kind):
        if part.name in data:
            values[part.name] = _decode(data[part.name], hints[part.name], f"{where}.{part.name}")
        elif _default(part) is dataclasses.MISSING:
            raise BadPlan(f"{where}: {part.name} is missing")
    unknown = set(data) - set(values) - {"op"}
    if unknown:
        raise BadPlan(f"{where}: unknown fields {', '.join(sorted(map(str, unknown)))}")
    return kind(**values)


def _decode_scalar(data: object, kind: Any, where: str) -> Any:
    try:
        if kind is Decimal and isinstance(data, str):
            return Decimal(data)
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            return kind(str(data))
    except (ValueError, InvalidOperation) as bad:
        raise BadPlan(f"{where}: {data!r} is not a {kind.__name__}") from bad
    if kind is float and type(data) in (int, float):
        return float(str(data))
    if isinstance(data, kind) and (kind is bool or not isinstance(data, bool)):
        return data
    raise BadPlan(f"{where}: expected {getattr(kind, '__name__', kind)}, got {type(data).__name__}")
