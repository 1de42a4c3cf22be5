"""How answering slows as the corpus grows: the same questions over a corpus and over one many times as large.

    python -m benchmarks.scale --store DIR [--times 100] [--questions FILE ...] [--work DIR]

The larger corpus is made of the smaller one (`benchmarks.copies`) in WORK, once; the questions are those of `ask`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.ask import QUESTIONS, read_questions, warm
from benchmarks.clock import machine, percentile, print_rows, seconds
from benchmarks.copies import copies, read_extract
from ingest.errors import BudgetQAError


def grow(store: Path, larger: Path, times: int) -> int:
    """Write the larger corpus with its vectors, unless it is there; the number of its documents."""
    from ingest.config import config_from_environment
    from ingest.store import open_corpus
    from ingest.vectors import open_index
    from qa.opening import opened_corpus

    with opened_corpus(store) as corpus:
        extracts = tuple(read_extract(corpus, d) for d in corpus.documents())
    grown = open_corpus(larger, create=True)
    try:
        if len(grown.documents()) < len(extracts) * times:
            for extract in copies(extracts, times):
                grown.add(extract)
            open_index(grown, larger, config_from_environment()).update()
        return len(grown.documents())
    finally:
        grown.close()


def rows_of(name: str, documents: int, values: Sequence[float]) -> tuple[str, ...]:
    """One line of the table, in milliseconds."""
    shown = (percentile(values, 0.5), percentile(values, 0.95), max(values))
    return (name, str(documents), str(len(values)), *(f"{v * 1000:.1f}" for v in shown))


def main() -> int:
    """Print milliseconds for both corpora and how many times slower the larger one is."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--store", type=Path, default=Path("data"))
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--questions", type=Path, nargs="*", help="files of questions (else a few of our own)")
    parser.add_argument("--work", type=Path, help="where the larger corpus is kept (else a folder thrown away)")
    args = parser.parse_args()
    questions = [q for p in args.questions or () for q in read_questions(p)] or list(QUESTIONS)
    try:
        with tempfile.TemporaryDirectory() as folder:
            larger = (args.work or Path(folder)).resolve()
            taken = seconds(lambda: grow(args.store.resolve(), larger, args.times))
            held = grow(args.store.resolve(), larger, args.times)
            small, large = warm(args.store.resolve(), questions), warm(larger, questions)
    except BudgetQAError as error:
        print(f"benchmarks.scale: {error}", file=sys.stderr)
        return 2
    print(f"{len(questions)} questions, larger corpus made in {taken:.0f} s, {machine()}")
    head = ("milliseconds", "documents", "n", "p50", "p95", "longest")
    print_rows([head, rows_of("the corpus", held // args.times, small), rows_of("the larger one", held, large)])
    halves = (percentile(large, 0.5) / percentile(small, 0.5), percentile(large, 0.95) / percentile(small, 0.95))
    print(f"times slower: p50 {halves[0]:.2f}, p95 {halves[1]:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
