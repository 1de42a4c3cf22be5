"""Frozen records to the values of SQL columns and back, exactly: derived from each record's own field types.

A field becomes: one column for a string, integer, flag, enum or Decimal (as text, so that printed zeros stay); four for
a box or a unit; the columns of its own fields, prefixed, for a nested record; JSON text for a tuple.
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import lru_cache, partial
from typing import Any, Generic, TypeVar

from sqlalchemy import Boolean, Column, Double, Integer, Text
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeEngine

from ingest.geometry import Box
from ingest.units import Dimension, Unit, UnitReading, UnitSource

R = TypeVar("R")
Value = str | int | float | bool | None

# Codes are compared as ranges, so the order of strings must be that of their characters on every server.
TEXT: TypeEngine[str] = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


@dataclass(frozen=True, slots=True)
class Field:
    """How one field of a record is stored: its columns, and the ways there and back."""

    columns: tuple[tuple[str, TypeEngine[Any]], ...]
    encode: Callable[[Any], Sequence[Value]]
    decode: Callable[[Sequence[Any]], Any]
    nullable: bool = False


class Codec(Generic[R]):
    """Stores one type of record. `leave_out` names fields that have tables of their own and are given to `decode`."""

    def __init__(self, record: type[R], leave_out: Iterable[str] = ()) -> None:
        self._record = record
        self._fields = record_fields(record, frozenset(leave_out))
        self._names = tuple(name for f in self._fields.values() for name, _ in f.columns)

    @property
    def names(self) -> tuple[str, ...]:
        return self._names

    def columns(self) -> list[Column[Any]]:
        """Fresh SQLAlchemy columns for a table of these records."""
        return [
            Column(name, kind, nullable=field.nullable)
            for field in self._fields.values()
            for name, kind in field.columns
        ]

    def encode(self, record: R) -> dict[str, Value]:
        """The column values of a record, by column name."""
        values = (v for name, field in self._fields.items() for v in field.encode(getattr(record, name)))
        return dict(zip(self._names, values, strict=True))

    def decode(self, values: Sequence[Any], **rest: Any) -> R:
        """The record whose columns, in the order of `names`, stand at the start of `values`."""
        at = 0
        for name, field in self._fields.items():
            end = at + len(field.columns)
            rest[name] = field.decode(values[at:end])
            at = end
        return self._record(**rest)


def record_fields(record: type[Any], leave_out: frozenset[str] = frozenset()) -> dict[str, Field]:
    """The stored fields of a record type, by name."""
    hints = _hints(record)
    return {
        f.name: _field(f.name, *_optional(hints[f.name])) for f in dataclasses.fields(record) if f.name not in leave_out
    }


_hints: Callable[[Any], dict[str, Any]] = lru_cache(maxsize=64)(typing.get_type_hints)


def _optional(hint: Any) -> tuple[Any, bool]:
    """A type without its `| None`, and whether it had one."""
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        inner = [a for a in typing.get_args(hint) if a is not types.NoneType]
        if len(inner) != 1:
            raise TypeError(f"no column form for {hint}")
        return inner[0], True
    return hint, False


def _field(name: str, kind: Any, nullable: bool) -> Field:
    if kind in _SIMPLE:
        return Field(((name, _SIMPLE[kind]),), _same, _first, nullable)
    if kind is Decimal:
        return Field(((name, TEXT),), _encode_decimal, _decode_decimal, nullable)
    if kind is Box:
        columns: tuple[tuple[str, TypeEngine[Any]], ...] = tuple(
            (f"{name}_{side}", Double()) for side in ("x0", "top", "x1", "bottom")
        )
        return Field(columns, _encode_box, _decode_box, nullable)
    if kind is UnitReading:
        unit_columns = (name, f"{name}_dimension", f"{name}_scale", f"{name}_source")
        return Field(tuple((c, TEXT) for c in unit_columns), _encode_unit, _decode_unit, True)
    if typing.get_origin(kind) is tuple:
        return Field(((name, TEXT),), _encode_json, partial(_decode_json, kind), nullable)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return Field(((name, TEXT),), _encode_enum, partial(_decode_enum, kind), nullable)
    if dataclasses.is_dataclass(kind) and not nullable:
        return _nested(name, kind)
    raise TypeError(f"no column form for {kind}")


def _nested(name: str, kind: Any) -> Field:
    inner = record_fields(kind)
    columns = tuple((f"{name}_{column}", sql) for f in inner.values() for column, sql in f.columns)

    def encode(record: Any) -> list[Value]:
        return [v for key, f in inner.items() for v in f.encode(getattr(record, key))]

    def decode(values: Sequence[Any]) -> Any:
        found, at = {}, 0
        for key, f in inner.items():
            found[key] = f.decode(values[at : at + len(f.columns)])
            at += len(f.columns)
        return kind(**found)

    return Field(columns, encode, decode, nullable=True)


_SIMPLE: dict[Any, TypeEngine[Any]] = {str: TEXT, int: Integer(), bool: Boolean(), float: Double()}


def _same(value: Any) -> tuple[Value]:
    return (value,)


def _first(values: Sequence[Any]) -> Any:
    return values[0]


def _encode_decimal(value: Decimal | None) -> tuple[Value]:
    return (None if value is None else str(value),)


def _decode_decimal(values: Sequence[Any]) -> Decimal | None:
    return None if values[0] is None else Decimal(values[0])


def _encode_enum(value: Enum | None) -> tuple[Value]:
    return (None if value is None else value.value,)


def _decode_enum(kind: type[Enum], values: Sequence[Any]) -> Enum | None:
    return None if values[0] is None else kind(values[0])


def _encode_box(box: Box | None) -> tuple[Value, ...]:
    return (None, None, None, None) if box is None else (box.x0, box.top, box.x1, box.bottom)


def _decode_box(values: Sequence[Any]) -> Box | None:
    return None if values[0] is None else Box(*values)


def _encode_unit(reading: UnitReading) -> tuple[Value, ...]:
    if reading.unit is None:
        return (None, None, None, reading.source.value)
    return (reading.unit.symbol, reading.unit.dimension.value, str(reading.unit.scale), reading.source.value)


def _decode_unit(values: Sequence[Any]) -> UnitReading:
    return _unit_reading(*values)


@lru_cache(maxsize=4096)
def _unit_reading(symbol: str | None, dimension: str, scale: str, source: str) -> UnitReading:
    unit = None if symbol is None else Unit(symbol, Dimension(dimension), Decimal(scale))
    return UnitReading(unit, UnitSource(source))


def _encode_json(value: Any) -> tuple[Value]:
    return (None if value is None else dump_json(value),)


def _decode_json(kind: Any, values: Sequence[Any]) -> Any:
    return None if values[0] is None else load_json(kind, values[0])


def dump_json(value: Any) -> str:
    """Compact JSON of a tuple, record or plain value; the inverse of `load_json`."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=65536)
def load_json(kind: Any, text: str) -> Any:
    """The value of type `kind` that `dump_json` wrote; kept, since the same paths and labels come again and again."""
    return _typed(kind, json.loads(text))


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Box):
        return [value.x0, value.top, value.x1, value.bottom]
    if dataclasses.is_dataclass(value):
        pairs = ((f.name, getattr(value, f.name)) for f in dataclasses.fields(value))
        return {name: _plain(v) for name, v in pairs if v is not None}
    return value


def _typed(hint: Any, data: Any) -> Any:
    kind, _ = _optional(hint)
    if data is None:
        return None
    if typing.get_origin(kind) is tuple:
        return tuple(_typed(typing.get_args(kind)[0], d) for d in data)
    if kind is Box:
        return Box(*data)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        return kind(**{f.name: _typed(hints[f.name], data.get(f.name)) for f in dataclasses.fields(kind)})
    return kind(data)
