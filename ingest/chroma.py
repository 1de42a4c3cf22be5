"""The vectors in Chroma, embedded or a server, through LlamaIndex's `ChromaVectorStore`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from ingest.entries import Entry, Near
from ingest.errors import StoreError
from ingest.textvectors import TextVectors

if TYPE_CHECKING:
    import numpy as np
    from chromadb.api.client import Client
    from llama_index.core.schema import TextNode
    from numpy.typing import NDArray

_BATCH = 5000  # below the largest batch that Chroma takes


def open_client(folder: Path, server: str | None) -> Client:
    """A Chroma client, to be closed: of the server at a URL, else embedded in the folder. Raises `StoreError`.

    After a failure an embedded client may wait for ever on its own lock, so none outlives its update.
    """
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    with chroma_errors(server or str(folder)):
        if server is None:
            folder.mkdir(parents=True, exist_ok=True)
            client = chromadb.PersistentClient(path=str(folder), settings=settings)
        else:
            url = urlsplit(server)
            secure = url.scheme == "https"
            host, port = url.hostname or "localhost", url.port or (443 if secure else 8000)
            client = chromadb.HttpClient(host=host, port=port, ssl=secure, settings=settings)
    return cast("Client", client)


@contextmanager
def chroma_errors(name: str) -> Iterator[None]:
    """Turn what goes wrong in Chroma into a `StoreError` of one clear line."""
    import sqlite3

    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, sqlite3.Error, OSError, ValueError, AttributeError) as error:
        # AttributeError: Chroma's own clean-up after an embedded database that does not open.
        said = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise StoreError(
            f"vector index {name}: {said}; it can be deleted, the next ingest makes it again from the corpus"
        ) from error


class ChromaCollection:
    """One collection, brought in line with what the corpus holds and searched."""

    def __init__(self, client: Client, name: str) -> None:
        from llama_index.vector_stores.chroma import ChromaVectorStore

        self._name = name
        with chroma_errors(name):
            self._collection = client.get_or_create_collection(
                name=name, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
            )
        self.store = ChromaVectorStore(chroma_collection=self._collection)

    def ids(self) -> set[str]:
        """The ids of all entries."""
        found: set[str] = set()
        with chroma_errors(self._name):
            while batch := self._collection.get(limit=_BATCH, offset=len(found), include=[])["ids"]:
                found.update(batch)
        return found

    def sync(self, entries: Iterable[Entry], vectors: TextVectors) -> None:
        """Hold exactly these entries; those not held yet are added with the vectors of their texts."""
        held = self.ids()
        wanted = {entry.id: entry for entry in entries}
        stale = sorted(held - wanted.keys())
        fresh = [entry for key, entry in wanted.items() if key not in held]
        with chroma_errors(self._name):
            for at in range(0, len(stale), _BATCH):
                self._collection.delete(ids=stale[at : at + _BATCH])
            for at in range(0, len(fresh), _BATCH):
                self.store.add([_node(e, vectors) for e in fresh[at : at + _BATCH]])

    def nearest(self, vector: NDArray[np.float32], groups: Sequence[str], k: int) -> tuple[Near, ...]:
        """The k entries of the groups (of all where none is named) nearest to a vector of length 1, best first."""
        from llama_index.core.schema import MetadataMode
        from llama_index.core.vector_stores.types import (
            FilterOperator,
            MetadataFilter,
            MetadataFilters,
            VectorStoreQuery,
        )

        narrowed = MetadataFilter(key="group", value=list(groups), operator=FilterOperator.IN)
        query = VectorStoreQuery(
            query_embedding=vector.tolist(),
            similarity_top_k=k,
            filters=MetadataFilters(filters=[narrowed]) if groups else None,
        )
        with chroma_errors(self._name):
            result = self.store.query(query)
        found = zip(result.nodes or (), result.similarities or (), strict=True)
        # The store gives exp(-distance), Chroma's distance being 1 - cosine.
        return tuple(
            Near(
                Entry(node.metadata["group"], node.metadata["name"], node.get_content(MetadataMode.NONE)),
                1 + math.log(similarity),
            )
            for node, similarity in found
        )


def _node(entry: Entry, vectors: TextVectors) -> TextNode:
    from llama_index.core.schema import TextNode

    vector = vectors.vectors[vectors.rows[entry.text]].tolist()
    return TextNode(
        id_=entry.id, text=entry.text, metadata={"group": entry.group, "name": entry.name}, embedding=vector
    )
