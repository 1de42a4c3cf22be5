"""Files into the corpus: what is found, kept, skipped and reported; and what a killed ingest leaves."""

from __future__ import annotations

import dataclasses
import hashlib
import random
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.config import Search, StoreConfig
from ingest.corpus import FactQuery
from ingest.entries import label_entries, passage_entries
from ingest.errors import StoreError, UnreadableDocument
from ingest.limits import Limits
from ingest.originals import find_original
from ingest.pipeline import Progress, Report, Status, find_files, ingest
from ingest.records import Extract, Problem
from ingest.store import SqlCorpus, open_corpus
from ingest.vectors import VectorIndex
from tests.factories import synthetic_extract

HASHING = StoreConfig(embedder="hashing")
FACTS = 600


def seed_extract(path: Path, limits: Limits) -> Extract:
    """Stands for the reader: the file holds a number, and is a large invented document of that number."""
    content = path.read_bytes()
    try:
        extract = synthetic_extract(int(content), facts=FACTS)
    except ValueError as error:
        raise UnreadableDocument(f"{path.name}: not a number") from error
    digest = hashlib.sha256(content).hexdigest()
    problems = (Problem(2, "page 2 cannot be read"),) if content.startswith(b"0") else ()
    document = dataclasses.replace(extract.document, id=digest[:16], sha256=digest, file=path.name, problems=problems)
    return dataclasses.replace(extract, document=document)


def seed_files(folder: Path, count: int) -> list[Path]:
    folder.mkdir(exist_ok=True)
    paths = [folder / f"{n:02}.txt" for n in range(count)]
    for n, path in enumerate(paths):
        path.write_text(str(n + 1))
    return paths


@pytest.fixture
def corpus(tmp_path: Path) -> SqlCorpus:
    return open_corpus(tmp_path / "store", create=True)


def statuses(report: Report) -> list[str]:
    return [file.status.value for file in report.files]


def dump(corpus: SqlCorpus) -> str:
    """Everything that the corpus holds, by its reading methods."""
    documents = corpus.documents()
    parts: list[object] = [documents, corpus.labels(), corpus.facts(FactQuery(figures_only=False))]
    parts += [corpus.tables(d.id) for d in documents]
    parts += [corpus.passages(), corpus.statements(), corpus.indicators(), corpus.definitions()]
    parts += [corpus.declarations(), corpus.checks()]
    return "\n".join(map(repr, parts))


def test_a_folder_is_stored_and_reported(tmp_path: Path, corpus: SqlCorpus) -> None:
    files = seed_files(tmp_path / "in", 2)
    (tmp_path / "in" / "00.txt").write_text("01")
    said: list[Progress] = []
    report = ingest([tmp_path / "in"], corpus, originals=tmp_path / "store", extract=seed_extract, progress=said.append)
    assert statuses(report) == ["stored", "stored"]
    assert [f.path for f in report.files] == files
    assert [f.document for f in report.files] == [d.id for d in corpus.documents()]
    assert report.files[0].problems == (Problem(2, "page 2 cannot be read"),)
    assert [(p.number, p.total, p.report.status.value) for p in said] == [
        (1, 2, "reading"), (1, 2, "stored"), (2, 2, "reading"), (2, 2, "stored"),
    ]  # fmt: skip
    for document, file in zip(corpus.documents(), files, strict=True):
        kept = find_original(tmp_path / "store", document)
        assert kept is not None and kept.read_bytes() == file.read_bytes()


def test_the_same_content_twice_is_no_change(tmp_path: Path, corpus: SqlCorpus) -> None:
    files = seed_files(tmp_path / "in", 2)
    (tmp_path / "in" / "copy.txt").write_text("1")
    index = VectorIndex(corpus, tmp_path / "store", HASHING)
    assert statuses(ingest([tmp_path / "in"], corpus, index, extract=seed_extract)) == [
        "stored",
        "stored",
        "already held",
    ]
    before = (corpus.version(), dump(corpus), {p: p.stat().st_mtime_ns for p in (tmp_path / "store").rglob("*.texts")})
    again = ingest([tmp_path / "in", files[0]], corpus, index, extract=seed_extract)
    assert statuses(again) == ["already held"] * 3
    assert {f.document for f in again.files} == {d.id for d in corpus.documents()}
    after = (corpus.version(), dump(corpus), {p: p.stat().st_mtime_ns for p in (tmp_path / "store").rglob("*.texts")})
    assert after == before


def test_one_bad_file_is_reported_and_the_others_are_kept(tmp_path: Path, corpus: SqlCorpus) -> None:
    seed_files(tmp_path / "in", 3)
    (tmp_path / "in" / "01.txt").write_text("not\na number")
    (tmp_path / "in" / "empty.pdf").write_bytes(b"")
    (tmp_path / "in" / "large.txt").write_text("9" * 2000)
    report = ingest([tmp_path / "in"], corpus, extract=seed_extract, limits=Limits(max_bytes=1000))
    assert statuses(report) == ["stored", "failed", "stored", "failed", "failed"]
    assert len(corpus.documents()) == 2
    for failed in report.having(Status.FAILED):
        assert failed.reason and failed.path.name in failed.reason and "\n" not in failed.reason


def test_a_file_that_vanishes_is_reported(tmp_path: Path, corpus: SqlCorpus) -> None:
    files = seed_files(tmp_path / "in", 2)

    def vanishing(path: Path, limits: Limits) -> Extract:
        files[1].unlink(missing_ok=True)
        return seed_extract(path, limits)

    report = ingest(files, corpus, extract=vanishing)
    assert statuses(report) == ["stored", "failed"]
    assert "01.txt" in (report.files[1].reason or "")


def test_the_real_reader_refuses_what_is_no_document(tmp_path: Path, corpus: SqlCorpus) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "binary.pdf").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "in" / "empty.txt").write_bytes(b"")
    report = ingest([tmp_path / "in"], corpus)
    assert statuses(report) == ["failed", "failed"]
    assert corpus.documents() == ()


def test_a_missing_path_and_a_folder_without_documents_are_refused_before_anything_is_read(
    tmp_path: Path, corpus: SqlCorpus
) -> None:
    files = seed_files(tmp_path / "in", 1)
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "notes.md").write_text("1")
    (tmp_path / "none" / ".hidden.txt").write_text("1")
    for wrong in (tmp_path / "none", tmp_path / "missing", tmp_path / "missing.pdf"):
        with pytest.raises(UnreadableDocument) as error:
            ingest([files[0], wrong], corpus, extract=seed_extract)
        assert str(wrong) in str(error.value)
    assert corpus.documents() == ()


def test_files_are_found_once_in_order(tmp_path: Path) -> None:
    for name in ("b/2.PDF", "b/1.pdf", "a.txt", "b/.git/x.pdf", "b/c.docx"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "loop").symlink_to(tmp_path)
    found = find_files([tmp_path / "b" / "2.PDF", tmp_path])
    assert [p.relative_to(tmp_path).as_posix() for p in found] == ["b/2.PDF", "a.txt", "b/1.pdf"]
    assert find_files([tmp_path / "b" / "c.docx"]) == (tmp_path / "b" / "c.docx",), "a file that is named is tried"


def test_a_store_that_cannot_be_written_ends_the_ingest(tmp_path: Path, corpus: SqlCorpus) -> None:
    files = seed_files(tmp_path / "in", 2)

    def full_after_one(path: Path, limits: Limits) -> Extract:
        if path == files[1]:
            with corpus.database.writing() as connection:
                pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
                connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        return seed_extract(path, limits)

    with pytest.raises(StoreError, match="disk is full"):
        ingest(files, corpus, extract=full_after_one)
    assert [d.file for d in corpus.documents()] == ["00.txt"]


def test_an_index_that_fails_is_told_and_costs_no_document(tmp_path: Path, corpus: SqlCorpus) -> None:
    files = seed_files(tmp_path / "in", 1)
    (tmp_path / "store" / "chroma").write_text("a file where a folder should be")
    report = ingest(files, corpus, VectorIndex(corpus, tmp_path / "store", HASHING), extract=seed_extract)
    assert statuses(report) == ["stored"] and len(corpus.documents()) == 1
    assert report.index_problem and "\n" not in report.index_problem
    (tmp_path / "store" / "chroma").unlink()
    again = ingest(files, corpus, VectorIndex(corpus, tmp_path / "store", HASHING), extract=seed_extract)
    assert again.index_problem is None


# One process loads the libraries once, forks an ingest for each moment and kills it there; the last one may finish.
KILLER = """
import os, signal, sys, time
from pathlib import Path
import chromadb, llama_index.vector_stores.chroma
from ingest.pipeline import ingest
from ingest.store import open_corpus
from ingest.vectors import VectorIndex
from ingest.corpus import FactQuery
from tests.test_pipeline import FACTS, HASHING, seed_extract

def run(store, folder):
    corpus = open_corpus(store, create=True)
    ingest([folder], corpus, VectorIndex(corpus, store, HASHING), originals=store, extract=seed_extract)

def check(store):
    corpus = open_corpus(store, create=True)
    assert len(corpus.facts(FactQuery())) == FACTS * len(corpus.documents())
    corpus.close()

store, folder, *moments = sys.argv[1:]
for moment in [*map(float, moments), None]:
    child = os.fork()
    if not child:
        run(Path(store), Path(folder))
        os._exit(0)
    if moment is not None:
        time.sleep(moment)
        os.kill(child, signal.SIGKILL)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
    check(Path(store))
"""


def index_state(store: Path, corpus: SqlCorpus) -> tuple[object, ...]:
    """What is found by meaning, exactly and in Chroma, and which entries Chroma holds."""
    found: list[object] = []
    for search in (Search.EXACT, Search.CHROMA):
        index = VectorIndex(corpus, store, StoreConfig(embedder="hashing", search=search))
        near = [index.nearest(question, None, 200) for question in ("第1类科目7", "项目支出")]
        found += [sorted((n.text, n.kind, round(n.score, 4)) for n in labels) for labels in near]
        found.append({n[:2] for n in index.nearest_passages("第3项工作安排", 500)})
    return tuple(found)


def test_a_killed_ingest_run_again_gives_the_corpus_of_an_undisturbed_one(tmp_path: Path) -> None:
    """kill -9 at random moments, from the making of the store to the writing of the vectors."""
    folder, store = tmp_path / "in", tmp_path / "killed"
    seed_files(folder, 8)
    undisturbed = open_corpus(tmp_path / "calm", create=True)
    ingest([folder], undisturbed, VectorIndex(undisturbed, tmp_path / "calm", HASHING), extract=seed_extract)
    expected = dump(undisturbed)
    random_moments = random.Random(7)
    moments = [str(random_moments.uniform(0.01, 0.25)) for _ in range(12)]
    command = [sys.executable, "-c", KILLER, str(store), str(folder), *moments]
    ended = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout.split()
    assert ended[-1] == "0" and ended.count("-9") >= 4
    recovered = open_corpus(store)
    assert dump(recovered) == expected
    assert len(label_entries(recovered)) > 100 and len(passage_entries(recovered)) == 240
    assert index_state(store, recovered) == index_state(tmp_path / "calm", undisturbed)
    assert all(find_original(store, document) for document in recovered.documents())
