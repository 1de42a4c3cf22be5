"""`budgetqa ingest PATH...`: reads files and folders into the corpus, and reports what was read and what failed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from qa.opening import opened_corpus
from qa.terminal import one_line

if TYPE_CHECKING:
    from ingest.pipeline import FileReport, Listener, Progress, Report
    from qa.commands import Subparsers


def register(subparsers: Subparsers) -> None:
    """Add the command's parser."""
    parser = subparsers.add_parser("ingest", help="read documents (PDF, text) or folders of them into the corpus")
    parser.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="a file or a folder")


def run(args: argparse.Namespace) -> int:
    """Ingest, print a line a file and a summary; 0 when every file was read, 2 when one could not be."""
    from ingest.config import config_from_environment
    from ingest.pipeline import find_files, ingest
    from ingest.vectors import open_index

    find_files(args.paths)  # a wrong path is told before a store is made
    with opened_corpus(args.store, create=True) as corpus, progress_bar() as listener:
        index = open_index(corpus, args.store, config_from_environment())
        report = ingest(args.paths, corpus, index, originals=args.store, progress=listener)
    return print_report(report)


@contextmanager
def progress_bar() -> Iterator[Listener | None]:
    """A listener that draws a bar on stderr; None where that is not a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm

    with tqdm(unit="file", leave=False, dynamic_ncols=True) as bar:

        def show(progress: Progress) -> None:
            bar.total = progress.total
            bar.set_description(one_line(progress.report.path.name)[:40], refresh=False)
            # Said before a file and after it: one more is done only after it.
            bar.n = progress.number - (progress.report.status == "reading")
            bar.refresh()

        yield show


def print_report(report: Report) -> int:
    """Print what became of each file, failures on stderr, and the counts; the exit status."""
    from ingest.pipeline import Status

    for file in report.files:
        if file.status is not Status.FAILED:
            print(f"{file.status.value}  {one_line(file.path.name)}{_timing(file)}")
        for problem in file.problems:
            where = "" if problem.page is None else f" page {problem.page}:"
            print(f"budgetqa: {one_line(f'{file.path.name}:{where} {problem.message}')}", file=sys.stderr)
    failed = report.having(Status.FAILED)
    for file in failed:
        print(f"budgetqa: {one_line(file.reason or str(file.path))}", file=sys.stderr)
    if report.index_problem:
        print(f"budgetqa: {one_line(report.index_problem)}", file=sys.stderr)
    stored, held = len(report.having(Status.STORED)), len(report.having(Status.HELD))
    print(f"{stored} stored, {held} already held, {len(failed)} failed")
    return 2 if failed else 0


def _timing(file: FileReport) -> str:
    return f"  {file.document}  {file.seconds:.1f} s" if file.seconds else f"  {file.document}"
