"""From a file to everything that is known of it: pages, tables, prose, facts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from ingest.checks import run_checks
from ingest.checks.doubts import broken_sums, suspects
from ingest.declarations import read_declarations, read_table_declarations
from ingest.definitions import read_definitions
from ingest.errors import UnreadableDocument
from ingest.facts import all_table_facts
from ingest.formfacts import form_facts
from ingest.fragments import frame_lines
from ingest.identity import read_identity
from ingest.indicators import infer_units, read_indicators
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.pages import Page, PageFailure, Reader
from ingest.prose import read_passages
from ingest.readers.pdf import PdfReader
from ingest.readers.text import TextReader
from ingest.records import Document, Extract, Problem
from ingest.rereading import recover_rows
from ingest.sentences import read_statements
from ingest.tables import read_tables


def default_readers(limits: Limits) -> tuple[Reader, ...]:
    """The readers of the product, in the order in which they are asked whether a file is theirs."""
    return (PdfReader(limits.max_pages), TextReader())


def extract(path: Path, limits: Limits = DEFAULT_LIMITS, readers: Iterable[Reader] | None = None) -> Extract:
    """Read one file whole: raises `UnreadableDocument` when it cannot be; pages that fail are kept as problems."""
    reader = _reader_for(path, limits, tuple(readers) if readers is not None else default_readers(limits))
    digest = _sha256(path)
    pages: list[Page] = []
    problems: list[Problem] = []
    for page in reader.read(path):
        if isinstance(page, PageFailure):
            problems.append(Problem(page.number, page.message))
        else:
            pages.append(page)
    identity = read_identity(pages, path.name)
    document = Document(
        digest[:16], path.name, digest, identity, len(pages) + len(problems), reader.name, tuple(problems)
    )
    return second_look(understand(document, pages), pages)


def second_look(found: Extract, pages: list[Page]) -> Extract:
    """The extract, read again where sums are broken: the reading with fewer broken sums, and a note that says so."""
    doubtful = suspects(found.tables, found.checks)
    recovered = recover_rows(pages, doubtful) if doubtful else None
    if recovered is None or not recovered.rows:
        return found
    again = understand(found.document, recovered.pages)
    before, after = broken_sums(found.checks), broken_sums(again.checks)
    if after >= before:
        return found
    rows = ", ".join(f"{count} on page {number}" for number, count in recovered.rows.items())
    note = Problem(None, f"read again: rows recovered from the text layer ({rows}); broken sums {before}, now {after}")
    return replace(again, document=replace(again.document, problems=(*again.document.problems, note)))


def understand(document: Document, pages: list[Page]) -> Extract:
    """Everything that the pages of a document say: tables, prose, facts, and how its own arithmetic comes out."""
    identity = document.identity
    read = read_tables(pages, identity.year)
    printed = (*all_table_facts(read.tables, identity), *form_facts(read.tables, identity))
    facts = infer_units(read.tables, printed)
    passages = read_passages(_with_frames(pages), frozenset(line for _, line in read.used))
    statements, sentence_facts = read_statements(passages, identity)
    indicators = tuple(i for table in read.tables for i in read_indicators(table))
    found = Extract(
        document,
        read.tables,
        passages,
        (*facts, *sentence_facts),
        statements,
        indicators,
        read_definitions(passages),
        (*read_declarations(passages), *read_table_declarations(read.tables)),
    )
    return replace(found, checks=run_checks(found, pages))


def _with_frames(pages: list[Page]) -> list[Page]:
    """The pages with texts in frames round paragraphs put back among the lines."""
    return [
        Page(p.number, p.width, p.height, (*p.blocks, *framed)) if (framed := tuple(frame_lines(p))) else p
        for p in pages
    ]


def _reader_for(path: Path, limits: Limits, readers: tuple[Reader, ...]) -> Reader:
    try:
        size = path.stat().st_size
        if size == 0:
            raise UnreadableDocument(f"{path.name}: the file is empty")
        if size > limits.max_bytes:
            raise UnreadableDocument(
                f"{path.name}: {size / 1e6:.0f} MB, the limit is {limits.max_bytes / 1e6:.0f} MB; split it first"
            )
        for reader in readers:
            if reader.accepts(path):
                return reader
    except OSError as error:
        raise UnreadableDocument(f"{path.name}: cannot be read ({error.strerror})") from error
    raise UnreadableDocument(f"{path.name}: not a PDF or text file")


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
