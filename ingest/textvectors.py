"""The vectors of a set of texts: those kept in files, and those still to be made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.embedders import Embedder
from ingest.vectorfile import VectorFile, append_vectors, read_vectors, replace_vectors

if TYPE_CHECKING:
    from ingest.embedders import Matrix

_BATCH = 256  # texts embedded at a time; each batch is kept before the next
_SPARE = 2000  # stale rows that are not worth rewriting the files for


@dataclass(frozen=True, slots=True)
class TextVectors:
    """Vectors by row, and the row of each text; may hold texts that are no longer wanted."""

    rows: Mapping[str, int]
    vectors: Matrix


def kept_vectors(folder: Path, name: str, texts: Sequence[str], embedder: Embedder) -> tuple[TextVectors, int]:
    """The vectors of all texts, those missing made and kept in the files first; and how many were missing.

    For the one writer of the files. A crash loses no more than one batch.
    """
    held = read_vectors(folder, name)
    wanted = dict.fromkeys(texts)
    if len(held.texts) - len(wanted) > max(_SPARE, len(wanted)):
        _drop_stale(folder, name, held, wanted)
        held = read_vectors(folder, name)
    known = set(held.texts)
    missing = [text for text in wanted if text not in known]
    _embed(embedder, missing, lambda batch, vectors: append_vectors(folder, name, batch, vectors))
    return _by_text(read_vectors(folder, name) if missing else held), len(missing)


def passing_vectors(folder: Path, name: str, texts: Sequence[str], embedder: Embedder) -> TextVectors:
    """The vectors of all texts, those missing made for this process alone; for readers."""
    import numpy as np

    held = read_vectors(folder, name)
    known = set(held.texts)
    missing = [text for text in dict.fromkeys(texts) if text not in known]
    if not missing:
        return _by_text(held)
    made: list[Matrix] = []
    _embed(embedder, missing, lambda _, vectors: made.append(vectors))
    parts = [held.vectors, *made] if held.texts else made
    return _by_text(VectorFile((*held.texts, *missing), np.vstack(parts)))


def _embed(embedder: Embedder, texts: Sequence[str], keep: Callable[[Sequence[str], Matrix], None]) -> None:
    for at in range(0, len(texts), _BATCH):
        batch = texts[at : at + _BATCH]
        keep(batch, embedder.embed(batch))


def _drop_stale(folder: Path, name: str, held: VectorFile, wanted: Mapping[str, None]) -> None:
    rows = [row for row, text in enumerate(held.texts) if text in wanted]
    replace_vectors(folder, name, [held.texts[row] for row in rows], held.vectors[rows])


def _by_text(held: VectorFile) -> TextVectors:
    return TextVectors({text: row for row, text in enumerate(held.texts)}, held.vectors)
