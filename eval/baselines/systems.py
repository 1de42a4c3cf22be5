"""The systems by name, made over one corpus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from eval.baselines.bymeaning import EngineByMeaning
from eval.baselines.chunks import TextChunks
from eval.baselines.ours import Ours
from eval.baselines.rows import RowChunks
from eval.system import System
from ingest.config import config_from_environment
from ingest.corpus import Corpus
from ingest.embedders import load_embedder
from ingest.errors import BadDataset
from qa.commands.ask import make_engine
from qa.engine import Engine
from qa.meaning import StoredVectors
from qa.meant import calibration_of


def _ours(corpus: Corpus, store: Path) -> System:
    return Ours(make_engine(corpus, store))


def _without_embeddings(corpus: Corpus, store: Path) -> System:
    return Ours(Engine(corpus), "ours without embeddings")


def _by_meaning(corpus: Corpus, store: Path) -> System:
    calibration = calibration_of(config_from_environment().embedder)
    engine = EngineByMeaning(corpus, StoredVectors(corpus, store), calibration=calibration)
    return Ours(engine, "ours without lexical linking")


def _chunks(corpus: Corpus, store: Path) -> System:
    return TextChunks(corpus, store, load_embedder(config_from_environment().embedder))


def _rows(corpus: Corpus, store: Path) -> System:
    return RowChunks(corpus, load_embedder(config_from_environment().embedder))


_MAKERS: dict[str, Callable[[Corpus, Path], System]] = {
    "ours": _ours,
    "no-embeddings": _without_embeddings,
    "no-lexicon": _by_meaning,
    "rows": _rows,
    "chunks": _chunks,
}
SYSTEMS = tuple(_MAKERS)


def make_systems(names: Sequence[str], corpus: Corpus, store: Path) -> tuple[System, ...]:
    """The systems named, in that order; "all" stands for every one. Raises `BadDataset` for an unknown name."""
    chosen = SYSTEMS if "all" in names else tuple(dict.fromkeys(names))
    unknown = [name for name in chosen if name not in _MAKERS]
    if unknown:
        raise BadDataset(f"no system {unknown[0]!r}; known: {', '.join(SYSTEMS)}, all")
    return tuple(_MAKERS[name](corpus, store) for name in chosen)
