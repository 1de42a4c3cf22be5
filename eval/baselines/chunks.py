"""Plain retrieval, as tutorials do it: LlamaIndex over text chunks in Chroma, the first figure of the best chunk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.shown import ABSTAINED, ANSWERED, Cited, Shown
from ingest.corpus import Corpus
from ingest.embedders import Embedder
from ingest.figures import FoundFigure, find_figures
from ingest.originals import find_original
from ingest.records import Document

if TYPE_CHECKING:
    from llama_index.core import VectorStoreIndex
    from llama_index.core.schema import Document as LlamaDocument

_COLLECTION = "chunks"


@dataclass(frozen=True)
class TextChunks:
    """Pages as text, LlamaIndex's default splitter, the same embeddings as ours, an in-memory Chroma."""

    corpus: Corpus
    store: Path
    embedder: Embedder
    name: str = "text chunks (LlamaIndex)"

    def ask(self, question: str, document: str | None = None) -> Shown:
        retriever = self._index.as_retriever(similarity_top_k=1, filters=self._only(document))
        found = retriever.retrieve(question)
        if not found:
            return Shown(ABSTAINED, "")
        node = found[0].node
        text = node.get_content()
        cited = Cited(str(node.metadata["file"]), int(node.metadata["page"]), text)
        figure = first_figure(text)
        if figure is None:
            return Shown(ANSWERED, text, citations=(cited,))
        unit = figure.unit.symbol if figure.unit else ""
        return Shown(ANSWERED, text, figure.value, unit, citations=(cited,), sureness=float(found[0].score or 0))

    def _only(self, document: str | None) -> Any:
        if document is None:
            return None
        from llama_index.core.vector_stores import MetadataFilter, MetadataFilters

        return MetadataFilters(filters=[MetadataFilter(key="file", value=self.corpus.find_document(document).file)])

    @cached_property
    def _index(self) -> VectorStoreIndex:
        import chromadb
        from chromadb.config import Settings
        from llama_index.core import StorageContext, VectorStoreIndex
        from llama_index.core.node_parser import SentenceSplitter
        from llama_index.vector_stores.chroma import ChromaVectorStore

        from ingest.embedders import llama_embedding

        client = chromadb.EphemeralClient(Settings(anonymized_telemetry=False))
        vectors = ChromaVectorStore(chroma_collection=client.get_or_create_collection(f"{_COLLECTION}-{id(self)}"))
        documents = [page for document in self.corpus.documents() for page in self._pages(document)]
        return VectorStoreIndex.from_documents(
            documents,
            storage_context=StorageContext.from_defaults(vector_store=vectors),
            embed_model=llama_embedding(self.embedder),
            transformations=[SentenceSplitter()],
        )

    def _pages(self, document: Document) -> Iterator[LlamaDocument]:
        from llama_index.core.schema import Document as LlamaDocument

        path = find_original(self.store, document)
        for number, text in enumerate(page_texts(path) if path is not None else (), 1):
            metadata = {"file": document.file, "page": number}
            hidden = list(metadata)
            yield LlamaDocument(
                text=text, metadata=metadata, excluded_embed_metadata_keys=hidden, excluded_llm_metadata_keys=hidden
            )


def page_texts(path: Path) -> Iterator[str]:
    """The text of each page as plain extraction gives it; a text file is one page."""
    if path.suffix == ".txt":
        yield path.read_text(encoding="utf-8", errors="replace")
        return
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            yield page.extract_text()
            page.close()


def first_figure(text: str) -> FoundFigure | None:
    """The first figure with a unit beside it, else the first figure."""
    figures = find_figures(text)
    return next((f for f in figures if f.unit is not None), figures[0] if figures else None)
