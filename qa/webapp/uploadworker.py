"""Reads an uploaded file in a process of its own: `python -m qa.webapp.uploadworker STORE FILE MEGABYTES PAGES`.

Says on stdout, a JSON object a line, what it has done: {"pages": n, "of": n | null}, and at the end one of
{"stored": id}, {"held": id}, {"failed": reason}, the first with "index" where the vectors could not be brought up to
date.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import BudgetQAError
from ingest.extract import default_readers, extract
from ingest.limits import Limits
from ingest.pages import Page, PageFailure, Reader
from ingest.pipeline import Status, ingest
from ingest.records import Extract
from qa.opening import opened_corpus


def say(**what: object) -> None:
    """One line of progress."""
    print(json.dumps(what, ensure_ascii=False), flush=True)


@dataclass(slots=True)
class Counted:
    """A reader that tells how many pages it has read."""

    reader: Reader
    name: str

    def accepts(self, path: Path) -> bool:
        """As the reader itself."""
        return self.reader.accepts(path)

    def read(self, path: Path) -> Iterator[Page | PageFailure]:
        """The reader's pages, each told."""
        of = page_count(path)
        for number, page in enumerate(self.reader.read(path), 1):
            say(pages=number, of=of)
            yield page


def page_count(path: Path) -> int | None:
    """How many pages a PDF has; None where that cannot be told."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return None
    try:
        return len(document)
    finally:
        document.close()


def extract_counted(path: Path, limits: Limits) -> Extract:
    """What `ingest.extract` reads, its pages counted aloud."""
    return extract(path, limits, [Counted(reader, reader.name) for reader in default_readers(limits)])


def read_file(store: Path, file: Path, limits: Limits) -> None:
    """Ingest the file by the pipeline that `budgetqa ingest` uses, and say what became of it."""
    from ingest.config import config_from_environment
    from ingest.vectors import open_index

    with opened_corpus(store, create=True) as corpus:
        index = open_index(corpus, store, config_from_environment())
        report = ingest([file], corpus, index, originals=store, extract=extract_counted, limits=limits)
    (outcome,) = report.files
    if outcome.status is Status.FAILED:
        say(failed=outcome.reason)
    elif outcome.status is Status.HELD:
        say(held=outcome.document)
    else:
        say(stored=outcome.document, index=report.index_problem)


def main(arguments: Sequence[str]) -> int:
    """Read the file; 2 where it could not be."""
    store, file, megabytes, pages = arguments
    try:
        read_file(Path(store), Path(file), Limits(int(megabytes) * 1024 * 1024, int(pages)))
    except (BudgetQAError, OSError) as error:
        say(failed=" ".join(str(error).split()))
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
