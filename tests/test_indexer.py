"""The process that updates the vector index, for real."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ingest.config import StoreConfig
from ingest.errors import StoreError
from ingest.indexer import IndexProcess
from ingest.store import open_corpus
from ingest.vectors import Updated, VectorIndex
from tests.factories import build_extract, build_passage, sample_extract

HASHING = StoreConfig(embedder="hashing")


def test_it_does_what_an_update_here_would_do(tmp_path: Path) -> None:
    corpus = open_corpus(tmp_path / "a", create=True)
    process = IndexProcess(tmp_path / "a", HASHING)
    corpus.add(sample_extract())
    other = open_corpus(tmp_path / "b", create=True)
    other.add(sample_extract())
    here, there = VectorIndex(other, tmp_path / "b", HASHING), VectorIndex(corpus, tmp_path / "a", HASHING)
    expected = here.update()
    assert process.update() == expected and expected.labels > 5
    assert there.update() == Updated(0, 0), "the process left nothing to do"
    assert there.nearest("科普", None, 9) == here.nearest("科普", None, 9)


def test_its_errors_are_one_clear_line(tmp_path: Path) -> None:
    corpus = open_corpus(tmp_path, create=True)
    corpus.add(build_extract("a", passages=[build_passage("P1", "text")]))
    (tmp_path / "chroma").write_text("a file where a folder should be")
    with pytest.raises(StoreError) as error:
        IndexProcess(tmp_path, HASHING).update()
    assert "vector index" in str(error.value) and "\n" not in str(error.value)


def test_a_process_that_dies_is_told(tmp_path: Path) -> None:
    open_corpus(tmp_path, create=True)
    process = IndexProcess(tmp_path, HASHING)
    process._process.kill()
    with pytest.raises(StoreError) as error:
        process.update()
    assert "ended" in str(error.value) and "\n" not in str(error.value)


def test_it_ends_when_it_is_not_wanted(tmp_path: Path) -> None:
    process = IndexProcess(tmp_path / "never made", HASHING)
    process.close()
    assert process._process.returncode == 0
    idle = subprocess.run([sys.executable, "-m", "ingest.indexer"], stdin=subprocess.DEVNULL, check=False)
    assert idle.returncode == 0
