"""The fields of a line of gold, read by type; every error says where the line stands."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ingest.errors import BadDataset, NotAFigure
from ingest.numbers import parse_figure

Fields = Mapping[str, Any]
_MANY = "|"


def text_of(data: Fields, name: str, where: str) -> str:
    """A text, without blanks around it; "" where there is none. Raises `BadDataset`."""
    value = data.get(name, "")
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadDataset(f"{where}: {name} is not text")
    return value.strip()


def texts_of(data: Fields, name: str, where: str) -> tuple[str, ...]:
    """A list of texts, or one text with '|' between. Raises `BadDataset`."""
    value = data.get(name)
    if isinstance(value, list):
        if not all(isinstance(part, str) for part in value):
            raise BadDataset(f"{where}: {name} holds something that is not text")
        return tuple(value)
    return tuple(part for part in text_of(data, name, where).split(_MANY) if part.strip())


def objects_of(data: Fields, name: str, where: str) -> tuple[dict[str, Any], ...]:
    """A list of JSON objects; none where there is no such field. Raises `BadDataset`."""
    value = data.get(name, ())
    if not isinstance(value, list | tuple):
        raise BadDataset(f"{where}: {name} is not a list")
    if not all(isinstance(part, dict) for part in value):
        raise BadDataset(f"{where}: {name} holds something that is not an object")
    return tuple(value)


def page_of(data: Fields, what: str) -> int | None:
    """The page, a whole number from 1 on, or None. Raises `BadDataset` for anything else, naming `what` it is of."""
    page = data.get("page")
    if page is not None and (isinstance(page, bool) or not isinstance(page, int) or page < 1):
        raise BadDataset(f"{what} is not a whole number")
    return page


def figures_of(gold: tuple[str, ...], where: str) -> tuple[Decimal, ...]:
    """Figures as printed. Raises `BadDataset`."""
    try:
        return tuple(parse_figure(part) for part in gold)
    except NotAFigure as error:
        raise BadDataset(f"{where}: gold is {error}") from error


def known_fields(data: Fields, known: frozenset[str], where: str) -> None:
    """Raises `BadDataset` for a field that is none of `known`, which are mostly misspelt ones."""
    strange = sorted(set(data) - known)
    if strange:
        raise BadDataset(f"{where}: unknown field {strange[0]!r}; known: {', '.join(sorted(known))}")
