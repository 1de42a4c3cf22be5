"""The frozen sample set: `python -m eval.frozen` fails where answers got worse than what is recorded.

`--record` writes down what is reached now; a drop is recorded only by a person who says why in the commit.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from eval.command import evaluate
from eval.outcome import Outcome
from eval.report.text import failure_line
from eval.run import Run
from eval.stores import make_store

_ROOT = Path(__file__).resolve().parent.parent
SAMPLES = _ROOT / "samples"
QUESTIONS = SAMPLES / "questions.tsv"
RECORD = Path(__file__).parent / "frozen.json"


@dataclass(frozen=True, slots=True)
class Frozen:
    """What is recorded: the question set by its hash, how many are right, and how many show a wrong figure."""

    sha256: str
    questions: int
    right: int
    wrong_figures: int


def read_record(path: Path = RECORD) -> Frozen:
    """What was recorded."""
    return Frozen(**json.loads(path.read_text(encoding="utf-8")))


def write_record(reached: Frozen, path: Path = RECORD) -> None:
    """Record what is reached."""
    path.write_text(json.dumps(asdict(reached), indent=1) + "\n", encoding="utf-8")


def run_samples(work: Path) -> Run:
    """Ingest the samples into a store in `work` and ask every question over them."""
    make_store([SAMPLES], work / "store")
    return evaluate([QUESTIONS], work / "store", ["ours"])


def reached_by(run: Run) -> Frozen:
    """What a run over the samples reached."""
    ((_, sha256, count),) = run.provenance.datasets
    outcomes = [s.outcome for s in run.scored]
    return Frozen(sha256, count, outcomes.count(Outcome.RIGHT), outcomes.count(Outcome.WRONG_FIGURE))


def fallen(recorded: Frozen, reached: Frozen) -> Iterator[str]:
    """Every way in which what is reached falls short of the record; nothing where it does not."""
    if recorded.sha256 != reached.sha256:
        yield "the questions are not the recorded ones: look at what changed, then python -m eval.frozen --record"
        return
    if reached.right < recorded.right:
        yield f"{reached.right} of {reached.questions} right, recorded {recorded.right}"
    if reached.wrong_figures > recorded.wrong_figures:
        yield f"{reached.wrong_figures} wrong figures, recorded {recorded.wrong_figures}"


def main() -> int:
    """Check or record; 1 where answers got worse."""
    parser = argparse.ArgumentParser(prog="python -m eval.frozen", description=__doc__)
    parser.add_argument("--record", action="store_true", help="write down what is reached now")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        run = run_samples(Path(work))
    reached = reached_by(run)
    print(f"{reached.right} of {reached.questions} right, {reached.wrong_figures} wrong figures")
    if options.record:
        write_record(reached)
        return 0
    failures = list(fallen(read_record(), reached))
    for line in failures:
        print(f"eval.frozen: {line}", file=sys.stderr)
    if failures:
        print("\n".join(failure_line(s) for s in run.scored if not s.right), file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
