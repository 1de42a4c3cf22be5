"""Hypothesis strategies for records, derived from their field types; used by the store's property tests."""

from __future__ import annotations

import dataclasses
import os
import types
import typing
from decimal import Decimal
from enum import Enum
from typing import Any

from hypothesis import strategies as st

from ingest.geometry import Box
from ingest.records import Document, Extract, Fact, Passage, Table
from ingest.units import UNKNOWN_UNIT, WAN_YUAN, YUAN, Dimension, Unit, UnitReading, UnitSource

# The URL of an empty database of a server to run the store's property tests on (a server's texts hold no NUL).
SERVER = os.environ.get("BUDGETQA_TEST_DATABASE")
# Few words, so that labels, codes and paths of different records meet; and any text at all, now and then.
_CHARACTERS = st.characters(codec="utf-8", exclude_characters="" if SERVER is None else "\0")
TEXT = st.text(_CHARACTERS, max_size=8)
WORDS = st.sampled_from(["合计", "科普活动", "206", "20607", "2060702", "O'Brien", "%_", "上年数"]) | TEXT
_UNITS = st.sampled_from([YUAN, WAN_YUAN, Unit("人次", Dimension.COUNT), Unit("x", Dimension.USD, Decimal("1000.0"))])
_READINGS = st.just(UNKNOWN_UNIT) | st.builds(
    UnitReading, _UNITS, st.sampled_from([s for s in UnitSource if s is not UnitSource.UNKNOWN])
)
# SQLite keeps 0.0 for -0.0, which are equal; adding 0.0 makes the one of the other.
_FINITE = st.floats(allow_nan=False, allow_infinity=False).map(lambda x: x + 0.0)
_LEAVES: dict[Any, st.SearchStrategy[Any]] = {
    str: WORDS,
    int: st.integers(-(2**31), 2**31 - 1),
    bool: st.booleans(),
    float: _FINITE,
    Decimal: st.decimals(allow_nan=False, allow_infinity=False),
    Box: st.builds(Box, _FINITE, _FINITE, _FINITE, _FINITE),
    UnitReading: _READINGS,
}


def records(record: type[Any], **given: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Any record of a type, its fields of any value that their types allow."""
    hints = typing.get_type_hints(record)
    return st.builds(record, **{f.name: _values(hints[f.name]) for f in dataclasses.fields(record)} | given)


def _values(hint: Any) -> st.SearchStrategy[Any]:
    if hint in _LEAVES:
        return _LEAVES[hint]
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        return st.one_of([st.none() if a is types.NoneType else _values(a) for a in typing.get_args(hint)])
    if typing.get_origin(hint) is tuple:
        return st.lists(_values(typing.get_args(hint)[0]), max_size=3).map(tuple)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(hint)
    return records(hint)


def _identified(record: type[Any], prefix: str, size: int) -> st.SearchStrategy[tuple[Any, ...]]:
    """A tuple of records whose ids are unique."""
    return st.lists(records(record), max_size=size).map(
        lambda found: tuple(dataclasses.replace(r, id=f"{prefix}{n}") for n, r in enumerate(found))
    )


def extracts(document: str = "0123456789abcdef") -> st.SearchStrategy[Extract]:
    """Any Extract at all of a document with this id; ids of tables, passages and facts unique, as promised."""
    return records(
        Extract,
        document=records(Document, id=st.just(document), sha256=st.just(document * 4)),
        tables=_identified(Table, "T", 3),
        passages=_identified(Passage, "P", 3),
        facts=_identified(Fact, "F", 6),
    )
