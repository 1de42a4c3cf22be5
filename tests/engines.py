"""Engines over a few files, for fixtures of modules that ask questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ingest.extract import extract
from ingest.store import open_corpus
from qa.engine import Engine


def engine_over(folder: Path, files: Iterable[Path]) -> Iterator[Engine]:
    """An engine over files read into a new store in a folder, which is closed afterwards."""
    corpus = open_corpus(folder / "store", create=True)
    for file in files:
        corpus.add(extract(file))
    yield Engine(corpus)
    corpus.close()


def engine_over_text(folder: Path, text: str, name: str) -> Iterator[Engine]:
    """An engine over one text file of this name."""
    (folder / name).write_text(text, encoding="utf-8")
    yield from engine_over(folder, [folder / name])
