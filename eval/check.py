"""`python -m eval.check`: what withholding unsure answers costs and saves, on question sets and generated budgets.

    python -m eval.check DATASET... --store DIR
    python -m eval.check --generated N [--work DIR]

Every question is asked with nothing withheld; the confidence of its answer then tells what each threshold would give.
Of the set that is still held out only totals are printed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.dataset import read_datasets
from eval.generate.unanswerable import write_checked_corpus
from eval.groups import Group, group_of
from eval.outcome import Outcome, score
from eval.question import Dataset
from eval.shown import shown_from_json
from eval.stores import make_store
from ingest.corpus import Corpus
from ingest.errors import BudgetQAError
from ingest.store import open_corpus
from qa.check import ENOUGH
from qa.engine import Engine
from qa.meaning import StoredVectors

THRESHOLDS = (0.0, 0.2, 0.3, 0.4, ENOUGH, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
_WRONG = (Outcome.WRONG_FIGURE, Outcome.WRONG_WORDS, Outcome.WRONG_CITATION)


@dataclass(frozen=True, slots=True)
class Point:
    """One question: how sure its answer was, and what it was worth; `answered` where something was said at all."""

    dataset: str
    text: str
    confidence: float
    outcome: Outcome
    answered: bool
    unanswerable: bool
    doubts: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts at one threshold: right and wrong (a wrong figure beside any wrong answer), the rest said nothing."""

    right: int
    wrong_figure: int
    wrong: int
    questions: int

    def __str__(self) -> str:
        share = 100 / max(self.questions, 1)
        return (
            f"{self.right:5d} ({self.right * share:5.1f} %) {self.wrong_figure:5d} ({self.wrong_figure * share:4.1f} %)"
            f" {self.wrong:5d}"
        )


def measure(datasets: Sequence[Dataset], corpus: Corpus, store: Path) -> Iterator[Point]:
    """Every question of the datasets, asked of an engine that withholds nothing."""
    engine = Engine(corpus, StoredVectors(corpus, store), enough=0.0)
    for dataset in datasets:
        for question in dataset.questions:
            answer = engine.ask(question.text)
            shown = shown_from_json(answer.to_json())
            scored = score(question, shown)
            unanswerable = question.kind == "abstain"
            yield Point(dataset.name, question.text, answer.confidence, scored.outcome, shown.says_something,
                        unanswerable, answer.doubts, scored.why)  # fmt: skip


def tally(points: Sequence[Point], threshold: float) -> Tally:
    """What a threshold gives: an answer below it is withheld, which is right where there is none to give."""
    kept = [p for p in points if not p.answered or p.confidence >= threshold]
    withheld = [p for p in points if p.answered and p.confidence < threshold]
    right = sum(p.outcome is Outcome.RIGHT for p in kept) + sum(p.unanswerable for p in withheld)
    figures = sum(p.outcome is Outcome.WRONG_FIGURE for p in kept)
    return Tally(right, figures, sum(p.outcome in _WRONG for p in kept), len(points))


def report(points: Sequence[Point]) -> Iterator[str]:
    """A line for each set with and without the check, then the curve over all of them."""
    yield f"{'set':36} {'questions':>9}  right, wrong figures, all wrong: unchecked | checked at {ENOUGH}"
    for name in dict.fromkeys(p.dataset for p in points):
        own = [p for p in points if p.dataset == name]
        yield f"{name:36} {len(own):9d} {tally(own, 0.0)} | {tally(own, ENOUGH)}"
    yield f"{'all':36} {len(points):9d} {tally(points, 0.0)} | {tally(points, ENOUGH)}"
    yield ""
    yield "threshold   answers given   right            wrong figures  all wrong"
    for threshold in THRESHOLDS:
        given = sum(p.answered and p.confidence >= threshold for p in points)
        yield f"{threshold:9.2f} {given:15d} {tally(points, threshold)}"


def by_doubt(points: Sequence[Point]) -> Iterator[str]:
    """How often an answer with a doubt of each kind was wrong, of open sets: what the weights are judged by."""
    answered = [p for p in points if p.answered and not closed(p.dataset)]
    yield ""
    yield "doubt (open sets)  answers  wrong   alone: answers  wrong"
    for kind in (*sorted({d for p in answered for d in p.doubts}), ""):
        own = [p for p in answered if kind in p.doubts or (not kind and not p.doubts)]
        alone = [p for p in own if len(p.doubts) == 1]
        yield f"{kind or 'none':17} {len(own):8d} {_wrong(own):6d} {len(alone):16d} {_wrong(alone):6d}"


def closed(dataset: str) -> bool:
    """Whether only totals of a set may be shown: the older held-out sets were opened (eval/questions/README.md)."""
    return group_of(dataset) is Group.HELD_OUT


def _wrong(points: Sequence[Point]) -> int:
    return sum(p.outcome in _WRONG for p in points)


def misses(points: Sequence[Point]) -> Iterator[str]:
    """Answers of open sets that the check judged otherwise than gold."""
    for point in points:
        wrong, kept = point.outcome in _WRONG, point.confidence >= ENOUGH
        if point.answered and wrong == kept and not closed(point.dataset):
            yield f"{point.outcome:14} {point.confidence:.2f} [{point.dataset}] {point.text} {point.why[:60]}"


def main(argv: Sequence[str] | None = None) -> int:
    """Parse the options and print; 2 for input that cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m eval.check", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("dataset", type=Path, nargs="*")
    parser.add_argument("--store", type=Path, help="the corpus the datasets are asked of")
    parser.add_argument("--generated", type=int, metavar="N", help="so many generated budgets instead")
    parser.add_argument("--work", type=Path, help="keep the generated corpus here")
    parser.add_argument("--misses", action="store_true", help="print what the check judged wrongly (open sets)")
    args = parser.parse_args(argv)
    try:
        with tempfile.TemporaryDirectory() as folder:
            paths, store = args.dataset, args.store
            if args.generated:
                paths, store = generated(args.generated, args.work or Path(folder))
            if not paths or store is None:
                parser.error("name DATASET and --store, or --generated N")
            corpus = open_corpus(store)
            points = list(measure(read_datasets(paths), corpus, store))
            corpus.close()
    except BudgetQAError as error:
        print(f"eval.check: {error}", file=sys.stderr)
        return 2
    for line in (*report(points), *by_doubt(points), *(misses(points) if args.misses else ())):
        print(line)
    return 0


def generated(count: int, work: Path) -> tuple[list[Path], Path]:
    """Write a generated corpus with its questions into `work` and ingest it, unless that is done."""
    store = work / "store"
    paths = write_checked_corpus(count, work)
    make_store((work / "documents",), store)
    return paths, store


if __name__ == "__main__":
    sys.exit(main())
