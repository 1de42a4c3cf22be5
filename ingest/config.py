"""Where a store keeps what, as one small value passed explicitly."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ingest.embedders import DEFAULT_EMBEDDER
from ingest.errors import InputError

DATABASE_VARIABLE = "BUDGETQA_DATABASE"
EMBEDDER_VARIABLE = "BUDGETQA_EMBEDDER"
CHROMA_VARIABLE = "BUDGETQA_CHROMA"
SEARCH_VARIABLE = "BUDGETQA_SEARCH"


class Search(StrEnum):
    """What answers "which label is nearest": exact search in memory, Chroma, or the one that suits the size."""

    AUTO = "auto"
    EXACT = "exact"
    CHROMA = "chroma"


@dataclass(frozen=True, slots=True)
class StoreConfig:
    """How a data directory is used.

    `database` is a SQLAlchemy URL in place of SQLite in the directory, `chroma` the URL of a Chroma server in place of
    the embedded one. With `AUTO`, exact search serves up to `exact_limit` vectors.
    """

    embedder: str = DEFAULT_EMBEDDER
    database: str | None = None
    chroma: str | None = None
    search: Search = Search.AUTO
    exact_limit: int = 200_000


def config_from_environment(environment: Mapping[str, str] = os.environ) -> StoreConfig:
    """The configuration that BUDGETQA_DATABASE, _EMBEDDER, _CHROMA and _SEARCH give; raises `InputError`."""
    search = environment.get(SEARCH_VARIABLE) or Search.AUTO.value
    if search not in [s.value for s in Search]:
        raise InputError(f"{SEARCH_VARIABLE}={search[:40]!r}: must be one of {', '.join(s.value for s in Search)}")
    return StoreConfig(
        embedder=environment.get(EMBEDDER_VARIABLE) or DEFAULT_EMBEDDER,
        database=environment.get(DATABASE_VARIABLE) or None,
        chroma=environment.get(CHROMA_VARIABLE) or None,
        search=Search(search),
    )
