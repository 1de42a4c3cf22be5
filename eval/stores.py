"""Stores made for an evaluation, by the same pipeline that `budgetqa ingest` runs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ingest.config import config_from_environment
from ingest.errors import UnreadableDocument
from ingest.pipeline import Status, ingest
from ingest.store import open_corpus
from ingest.vectors import open_index


def make_store(documents: Sequence[Path], store: Path) -> None:
    """Ingest files or folders with their vectors; raises `UnreadableDocument` for the first that cannot be read."""
    corpus = open_corpus(store, create=True)
    try:
        index = open_index(corpus, store, config_from_environment())
        report = ingest(documents, corpus, index, originals=store)
    finally:
        corpus.close()
    failed = report.having(Status.FAILED)
    if failed:
        raise UnreadableDocument(failed[0].reason or str(failed[0].path))
