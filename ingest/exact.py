"""Exact search: the cosine of a question with every entry, in numpy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ingest.entries import Entry, Near
from ingest.textvectors import TextVectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class ExactSearch:
    """The entries of one version of the corpus, each with its vector."""

    def __init__(self, entries: Sequence[Entry], vectors: TextVectors) -> None:
        import numpy as np

        self._entries = tuple(entries)
        self._rows = np.asarray([vectors.rows[entry.text] for entry in entries], dtype=np.int64)
        self._groups = np.asarray([entry.group for entry in entries], dtype=np.str_)
        self._vectors = vectors.vectors

    def nearest(self, vector: NDArray[np.float32], groups: Sequence[str], k: int) -> tuple[Near, ...]:
        """The k entries of the groups (of all where none is named) nearest to a vector of length 1, best first."""
        import numpy as np

        chosen = np.flatnonzero(np.isin(self._groups, list(groups))) if groups else np.arange(len(self._entries))
        if not len(chosen):
            return ()
        scores = (self._vectors @ vector)[self._rows[chosen]]
        best = np.argpartition(-scores, min(k, len(scores)) - 1)[:k]
        # Of equal scores, the entry that came first into the corpus.
        order = best[np.lexsort((chosen[best], -scores[best]))]
        return tuple(Near(self._entries[chosen[n]], scores[n].item()) for n in order)
