"""Pages a second: our ingest beside plain pdfplumber on the same file, in one run, turn by turn.

    python -m benchmarks.ingest FILE.pdf [--rounds N]

"plain pdfplumber" is `extract_text` and `extract_tables` of every page. "extract" is everything we read from the file
(tables, prose, facts, identities); "ingest" is the same with the store and the embeddings, into an empty directory.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from benchmarks.clock import Taken, machine, measure, print_rows


def plain_pdfplumber(path: Path) -> None:
    """What a program that only wants text and raw tables does."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.extract_tables()
            page.close()


def extract_only(path: Path) -> None:
    """Everything read from the file, nothing stored."""
    from ingest.extract import extract

    extract(path)


def whole_ingest(path: Path) -> None:
    """Extraction, store and embeddings, into a store that is thrown away."""
    from ingest.pipeline import ingest
    from ingest.store import open_corpus
    from ingest.vectors import open_index

    with tempfile.TemporaryDirectory() as directory:
        corpus = open_corpus(Path(directory), create=True)
        try:
            ingest([path], corpus, open_index(corpus, Path(directory)), originals=Path(directory))
        finally:
            corpus.close()


def page_count(path: Path) -> int:
    """The pages of the file."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


def middle(measured: Sequence[Taken]) -> Taken:
    """The medians of both clocks."""
    return Taken(statistics.median(t.wall for t in measured), statistics.median(t.cpu for t in measured))


def main() -> int:
    """Measure in turns, so that a busy machine slows all alike; print the medians and their ratios."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ingest", description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured (else 3)")
    args = parser.parse_args()
    works = {"plain pdfplumber": plain_pdfplumber, "extract": extract_only, "ingest": whole_ingest}
    taken: dict[str, list[Taken]] = {name: [] for name in works}
    for work in works.values():
        work(args.file)  # once unmeasured: imports, models, disk
    for _ in range(args.rounds):
        for name, work in works.items():
            taken[name].append(measure(partial(work, args.file)))
    pages = page_count(args.file)
    print(f"{args.file.name}: {pages} pages, median of {args.rounds} rounds, {machine()}")
    medians = {name: middle(measured) for name, measured in taken.items()}
    base = medians["plain pdfplumber"]
    rows: list[tuple[str, ...]] = [("", "wall s", "pages/s", "against plain", "CPU s", "against plain")]
    for name, median in medians.items():
        wall = (f"{median.wall:.2f}", f"{pages / median.wall:.1f}", f"{base.wall / median.wall:.2f}")
        rows.append((name, *wall, f"{median.cpu:.2f}", f"{base.cpu / median.cpu:.2f}"))
    print_rows(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
