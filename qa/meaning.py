"""Labels by meaning: the stored vectors, opened only when a question asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.corpus import Corpus, LabelKind

if TYPE_CHECKING:
    from ingest.vectors import VectorIndex


class StoredVectors:
    """The vectors of a data directory behind `qa.link.VectorSearch`; models are loaded at the first question."""

    def __init__(self, corpus: Corpus, directory: Path) -> None:
        self._corpus = corpus
        self._directory = directory
        self._index: VectorIndex | None = None

    def nearest(self, text: str, kinds: Sequence[LabelKind], k: int) -> tuple[tuple[str, LabelKind, float], ...]:
        """The labels nearest in meaning, best first, each with its kind and cosine similarity."""
        if self._index is None:
            from ingest.config import config_from_environment
            from ingest.vectors import VectorIndex

            self._index = VectorIndex(self._corpus, self._directory, config_from_environment())
        return tuple((near.text, near.kind, near.score) for near in self._index.nearest(text, kinds, k))
