"""A process of its own that brings the vector index up to date.

Its libraries and models take seconds to load; started when an ingest begins to read, it loads them while the documents
are read. It is `python -m ingest.indexer`: its first line of input names the store and its configuration, an empty line
says that the corpus is ready; its one line of output is the outcome. It ends when its input does.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.config import Search, StoreConfig
from ingest.errors import BudgetQAError, StoreError

if TYPE_CHECKING:
    from ingest.vectors import Updated


class IndexProcess:
    """The running process, seen from the ingest."""

    def __init__(self, directory: Path, config: StoreConfig) -> None:
        paths = [str(Path(__file__).resolve().parent.parent), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
        # What libraries print, told where the process fails; it lives as long as the process.
        self._said = tempfile.TemporaryFile()  # noqa: SIM115
        self._process = subprocess.Popen(
            [sys.executable, "-m", "ingest.indexer"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(p for p in paths if p)},
            encoding="utf-8",
        )
        task = {"directory": str(directory.resolve()), "config": dataclasses.asdict(config)}
        self._say(json.dumps(task))

    def update(self) -> Updated:
        """Have the index updated and wait for it. Raises `StoreError`."""
        from ingest.vectors import Updated

        self._say("")
        assert self._process.stdout is not None
        with contextlib.closing(self):
            outcome = _outcome(self._process.stdout.readline())
        if "error" in outcome:
            raise StoreError(outcome["error"])
        if "labels" not in outcome:
            raise StoreError(f"the process that updates the vector index ended: {self._last_words()}")
        return Updated(outcome["labels"], outcome["passages"])

    def close(self) -> None:
        """End the process, which stops by itself when its input ends."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(BrokenPipeError):
                    stream.close()
        self._process.wait()

    def _say(self, line: str) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # then there will be no outcome either, and that is told
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()

    def _last_words(self) -> str:
        self._said.seek(0)
        lines = self._said.read().decode("utf-8", "replace").split("\n")
        said = [line.strip() for line in lines if line.strip()]
        return said[-1][:300] if said else f"status {self._process.returncode}"


def _outcome(line: str) -> dict[str, Any]:
    return dict(json.loads(line)) if line.strip() else {}


def main() -> None:
    """The process itself."""
    first = sys.stdin.readline()
    if not first:
        return
    answer = sys.stdout
    sys.stdout = sys.stderr  # nothing that a library prints may be taken for the outcome
    task = json.loads(first)
    values = task["config"]
    config = StoreConfig(**{**values, "search": Search(values["search"])})
    try:
        done = _update_when_told(Path(task["directory"]), config)
        outcome: dict[str, Any] | None = None if done is None else dataclasses.asdict(done)
    except BudgetQAError as error:
        outcome = {"error": " ".join(str(error).split())}
    if outcome is not None:
        answer.write(json.dumps(outcome) + "\n")
        answer.flush()


def _update_when_told(directory: Path, config: StoreConfig) -> Updated | None:
    """Load everything, wait for the word, update; an input that ends instead calls it off."""
    import llama_index.vector_stores.chroma  # noqa: F401

    from ingest.embedders import load_embedder
    from ingest.store import open_corpus
    from ingest.vectors import VectorIndex

    embedder = load_embedder(config.embedder)
    embedder.embed(["预算"])
    if not sys.stdin.readline():
        return None
    corpus = open_corpus(directory, database=config.database)
    try:
        return VectorIndex(corpus, directory, config, embedder).update()
    finally:
        corpus.close()


if __name__ == "__main__":
    main()
