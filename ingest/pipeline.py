"""Files into the corpus: find, hash, read, store whole, bring the vectors up to date; and a report of all of it."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from ingest.corpus import Corpus
from ingest.errors import BudgetQAError, StoreError, UnreadableDocument
from ingest.extract import extract as extract_file
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.originals import keep_original
from ingest.records import Extract, Problem

SUFFIXES = frozenset({".pdf", ".txt"})


class Status(StrEnum):
    """What became of a file."""

    READING = "reading"
    STORED = "stored"
    HELD = "already held"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file: what became of it, the id of its document, why it failed, and the pages that could not be read."""

    path: Path
    status: Status
    document: str | None = None
    reason: str | None = None
    problems: tuple[Problem, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """Every file in the order read. `index_problem`: why the vectors are not up to date; an ingest tries again."""

    files: tuple[FileReport, ...]
    index_problem: str | None = None

    def having(self, status: Status) -> tuple[FileReport, ...]:
        """The files with this outcome."""
        return tuple(f for f in self.files if f.status is status)


@dataclass(frozen=True, slots=True)
class Progress:
    """Said before (`READING`) and after each file: the file's number, from 1, of how many."""

    report: FileReport
    number: int
    total: int


class Index(Protocol):
    """What is derived from the corpus and brought up to date after it changed; `prepare` says that it will be."""

    def prepare(self) -> None: ...

    def update(self) -> object: ...


Extractor = Callable[[Path, Limits], Extract]
Listener = Callable[[Progress], None]


def ingest(
    paths: Sequence[Path],
    corpus: Corpus,
    vectors: Index | None = None,
    *,
    originals: Path | None = None,
    extract: Extractor = extract_file,
    limits: Limits = DEFAULT_LIMITS,
    progress: Listener | None = None,
) -> Report:
    """Read files and folders into the corpus, each document whole or not at all; what is held already is skipped.

    `originals` is the data directory in which to keep copies of the files. A file that cannot be read is reported and
    the others go on. Raises `UnreadableDocument` for a path that is not there or a folder without documents, before
    anything is read, and `StoreError` when the store cannot be written; what was stored until then stays.
    """
    files = find_files(paths)
    held = {document.sha256: document.id for document in corpus.documents()}
    reader = _FileIngest(corpus, held, vectors, originals, extract, limits)
    reports = []
    for number, path in enumerate(files, 1):
        _say(progress, FileReport(path, Status.READING), number, len(files))
        reports.append(reader.ingest(path))
        _say(progress, reports[-1], number, len(files))
    return Report(tuple(reports), _update(vectors))


def _say(progress: Listener | None, report: FileReport, number: int, total: int) -> None:
    if progress is not None:
        progress(Progress(report, number, total))


@dataclass(frozen=True, slots=True)
class _FileIngest:
    """What the files of one ingest share; `held` (hash to document) learns of each document stored."""

    corpus: Corpus
    held: dict[str, str]
    vectors: Index | None
    originals: Path | None
    extract: Extractor
    limits: Limits

    def ingest(self, path: Path) -> FileReport:
        """Store one file's document unless its content is held; a file that cannot be read is reported."""
        start = time.perf_counter()
        try:
            report = self._stored(path)
        except StoreError:
            raise
        except BudgetQAError as error:
            report = FileReport(path, Status.FAILED, reason=_one_line(error))
        except OSError as error:
            report = FileReport(path, Status.FAILED, reason=f"{path.name}: cannot be read ({error.strerror or error})")
        return replace(report, seconds=time.perf_counter() - start)

    def _stored(self, path: Path) -> FileReport:
        digest = file_hash(path, self.limits)
        if digest in self.held:
            return FileReport(path, Status.HELD, self.held[digest])
        if self.vectors is not None:
            self.vectors.prepare()
        extracted = self.extract(path, self.limits)
        document = extracted.document
        if self.originals is not None:
            # Before the document, so that a crash between the two leaves a spare file and never a missing one.
            keep_original(self.originals, document, path)
        added = self.corpus.add(extracted)
        self.held[document.sha256] = document.id
        return FileReport(path, Status.STORED if added else Status.HELD, document.id, problems=document.problems)


def _update(vectors: Index | None) -> str | None:
    """Bring the vectors up to date; the reason when that fails, since the documents themselves are safely stored."""
    if vectors is None:
        return None
    try:
        vectors.update()
    except BudgetQAError as error:
        return _one_line(error)
    return None


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def file_hash(path: Path, limits: Limits = DEFAULT_LIMITS) -> str:
    """SHA-256 of a file's content in hex. Raises `UnreadableDocument` for one that is larger than the limit."""
    size = path.stat().st_size
    if size > limits.max_bytes:
        raise UnreadableDocument(
            f"{path.name}: {size / 1e6:.0f} MB, the limit is {limits.max_bytes / 1e6:.0f} MB; split it first"
        )
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def find_files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The files named, and the PDF and text files in the folders named, each once, a folder's in the order of names.

    Raises `UnreadableDocument` for a path that is not there and for a folder without documents.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        for file in _files_of(path):
            found.setdefault(file.resolve(), file)
    return tuple(found.values())


def _files_of(path: Path) -> Iterator[Path]:
    try:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if _is_document(p.relative_to(path)) and p.is_file())
            if not inside:
                raise UnreadableDocument(f"{path}: no PDF or text file in this folder")
            yield from inside
        elif path.exists():
            yield path
        else:
            raise UnreadableDocument(f"{path}: no such file or folder")
    except OSError as error:
        raise UnreadableDocument(f"{path}: cannot be read ({error.strerror or error})") from error


def _is_document(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and not any(part.startswith(".") for part in path.parts)
