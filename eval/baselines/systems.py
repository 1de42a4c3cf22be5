"""The systems by name, made over one corpus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from eval.baselines.ours import Ours
from eval.system import System
from ingest.corpus import Corpus
from ingest.errors import BadDataset
from qa.engine import Engine


def _ours(corpus: Corpus, store: Path) -> System:
    from qa.meaning import StoredVectors

    return Ours(Engine(corpus, StoredVectors(corpus, store)))


def _without_embeddings(corpus: Corpus, store: Path) -> System:
    return Ours(Engine(corpus), "ours without embeddings")


_MAKERS: dict[str, Callable[[Corpus, Path], System]] = {
    "ours": _ours,
    "no-embeddings": _without_embeddings,
}
SYSTEMS = tuple(_MAKERS)


def make_systems(names: Sequence[str], corpus: Corpus, store: Path) -> tuple[System, ...]:
    """The systems named, in that order. Raises `BadDataset` for an unknown name."""
    unknown = [name for name in names if name not in _MAKERS]
    if unknown:
        raise BadDataset(f"no system {unknown[0]!r}; known: {', '.join(SYSTEMS)}")
    return tuple(_MAKERS[name](corpus, store) for name in names)
