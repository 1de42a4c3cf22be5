"""Labels and passages by meaning: an index over the corpus that can always be made again from it.

SQL is the truth. What is missing or stale here is worked out from the corpus: by `update` after an ingest, and when a
question finds that the corpus has moved on. Small corpora are searched exactly, over vectors mapped from plain files;
Chroma is kept in step and answers where it is configured or where the corpus is large.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ingest.config import Search, StoreConfig
from ingest.corpus import Corpus, LabelKind
from ingest.embedders import Embedder, Role, load_embedder
from ingest.entries import EMBEDDED_KINDS, Entry, Near, label_entries, passage_entries
from ingest.exact import ExactSearch
from ingest.indexer import IndexProcess
from ingest.lock import exclusive
from ingest.textvectors import kept_vectors, passing_vectors
from ingest.vectorfile import count_vectors

if TYPE_CHECKING:
    import numpy as np
    from chromadb.api.client import Client
    from numpy.typing import NDArray

    from ingest.chroma import ChromaCollection

_WAIT_SECONDS = 600.0


class NearLabel(NamedTuple):
    """A label near a question; `score` is the cosine of their angle."""

    text: str
    kind: LabelKind
    score: float


class NearPassage(NamedTuple):
    """A passage near a question, by its document's id and its own; `score` is the cosine of their angle."""

    document: str
    passage: str
    score: float


@dataclass(frozen=True, slots=True)
class Updated:
    """How many texts an update had to embed."""

    labels: int
    passages: int


class Searcher(Protocol):
    """A plug point: entries near a vector."""

    def nearest(self, vector: NDArray[np.float32], groups: Sequence[str], k: int) -> tuple[Near, ...]:
        """The k entries of the groups (of all where none is named) nearest to a vector of length 1, best first."""
        ...


@dataclass(frozen=True, slots=True)
class _Space:
    """What is searched together."""

    name: str
    entries: Callable[[Corpus], tuple[Entry, ...]]


_LABELS = _Space("labels", label_entries)
_PASSAGES = _Space("passages", passage_entries)


class VectorIndex:
    """The index of one data directory. Nothing is loaded before it is asked or updated.

    May be shared by threads. The embedded Chroma is for one process at a time: others should search exactly.
    """

    def __init__(
        self,
        corpus: Corpus,
        directory: Path,
        config: StoreConfig | None = None,
        embedder: Embedder | None = None,
    ) -> None:
        self._corpus = corpus
        self._config = config or StoreConfig()
        self._embedder = embedder or load_embedder(self._config.embedder)
        self._directory = directory
        self._may_delegate = embedder is None
        self._process: IndexProcess | None = None
        self._folder = directory / "vectors" / _short_hash(self._embedder.name)
        self._chroma_folder = directory / "chroma"
        self._guard = RLock()
        self._ready: dict[str, tuple[str, Searcher]] = {}

    def prepare(self) -> None:
        """Say that an update will follow: its libraries are loaded by a process of its own, in the meantime."""
        if self._process is None and self._may_delegate and "chromadb" not in sys.modules:
            self._process = IndexProcess(self._directory, self._config)

    def update(self) -> Updated:
        """Bring vectors and Chroma in line with the corpus; only new texts are embedded. Raises `StoreError`."""
        if self._process is not None:
            process, self._process = self._process, None
            return process.update()
        with exclusive(self._folder / "lock", _WAIT_SECONDS):
            version = self._corpus.version()
            if not self._behind(version):
                return Updated(0, 0)
            with closing(self._chroma()) as client:
                done = Updated(self._update_space(_LABELS, client), self._update_space(_PASSAGES, client))
            self._mark().write_text(self._state(version), encoding="utf-8")
        return done

    def _update_space(self, space: _Space, client: Client) -> int:
        entries = space.entries(self._corpus)
        vectors, made = kept_vectors(self._folder, space.name, [e.text for e in entries], self._embedder)
        self._collection(space, client).sync(entries, vectors)
        return made

    def nearest(self, text: str, kinds: Sequence[LabelKind] | None, k: int) -> tuple[NearLabel, ...]:
        """The labels of some kinds, or of all that are embedded, nearest in meaning to a text, best first."""
        groups = [kind.value for kind in kinds or EMBEDDED_KINDS]
        found = self._nearest(_LABELS, text, groups, k)
        return tuple(NearLabel(near.entry.name, LabelKind(near.entry.group), near.score) for near in found)

    def nearest_passages(self, text: str, k: int, documents: Sequence[str] = ()) -> tuple[NearPassage, ...]:
        """The passages of some documents, or of all, nearest in meaning to a text, best first."""
        found = self._nearest(_PASSAGES, text, documents, k)
        return tuple(NearPassage(near.entry.group, near.entry.name, near.score) for near in found)

    def _nearest(self, space: _Space, text: str, groups: Sequence[str], k: int) -> tuple[Near, ...]:
        if k <= 0:
            return ()
        searcher = self._searcher(space)
        return searcher.nearest(self._embedder.embed([text], Role.QUESTION)[0], groups, k)

    def _searcher(self, space: _Space) -> Searcher:
        """What searches the corpus as it is now."""
        with self._guard:
            version = self._corpus.version()
            ready = self._ready.get(space.name)
            if ready is None or ready[0] != version:
                ready = (version, self._open_searcher(space, version))
                self._ready[space.name] = ready
            return ready[1]

    def _open_searcher(self, space: _Space, version: str) -> Searcher:
        if self._by_chroma(space):
            if self._behind(version):
                self.update()
            return self._collection(space, self._chroma())
        entries = space.entries(self._corpus)
        return ExactSearch(
            entries, passing_vectors(self._folder, space.name, [e.text for e in entries], self._embedder)
        )

    def _by_chroma(self, space: _Space) -> bool:
        if self._config.search is Search.AUTO:
            return count_vectors(self._folder, space.name) > self._config.exact_limit
        return self._config.search is Search.CHROMA

    def _behind(self, version: str) -> bool:
        """Whether the index was last brought in line with another version of the corpus, or its Chroma is another."""
        if self._config.chroma is None and not self._chroma_folder.is_dir():
            return True
        mark = self._mark()
        return not mark.is_file() or mark.read_text(encoding="utf-8") != self._state(version)

    def _mark(self) -> Path:
        return self._folder / "current"

    def _state(self, version: str) -> str:
        return f"{version} in {self._config.chroma or 'the embedded Chroma'}"

    def _chroma(self) -> Client:
        from ingest.chroma import open_client

        return open_client(self._chroma_folder, self._config.chroma)

    def _collection(self, space: _Space, client: Client) -> ChromaCollection:
        from ingest.chroma import ChromaCollection

        # The store's own id, so that several may share a server.
        store = self._corpus.version().partition("-")[0][:12]
        return ChromaCollection(client, f"budgetqa-{store}-{space.name}-{_short_hash(self._embedder.name)}")


def open_index(corpus: Corpus, directory: Path, config: StoreConfig | None = None) -> VectorIndex:
    """The index of a corpus in its data directory."""
    return VectorIndex(corpus, directory, config)


def _short_hash(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:12]
