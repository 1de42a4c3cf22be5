"""Opening the corpus of a data directory as the environment configures it, and closing it again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.store import SqlCorpus


def open_configured(store: Path, create: bool = False) -> SqlCorpus:
    """The corpus of a data directory. Raises `EmptyCorpus` where there is none, `StoreError` where it does not open."""
    from ingest.config import config_from_environment
    from ingest.store import open_corpus

    return open_corpus(store, create=create, database=config_from_environment().database)


@contextmanager
def opened_corpus(store: Path, create: bool = False) -> Iterator[SqlCorpus]:
    """The same, closed at the end."""
    corpus = open_configured(store, create)
    try:
        yield corpus
    finally:
        corpus.close()
