"""`python -m eval.wordings [--documents N] [--each N]`: many wordings over generated budgets; open failures listed."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from eval.command import evaluate
from eval.groups import Group, group_of
from eval.report.text import failure_line
from eval.report.texts import percent
from eval.run import Run
from eval.scale.corpus import specifications, write_corpus
from eval.stores import make_store
from eval.summary import summarise
from eval.wordings.fill import write_set
from eval.wordings.templates import read_wordings

DOCUMENTS = 6
EACH = 2


def run_wordings(documents: int, each: int, work: Path) -> Run:
    """Generate the budgets in `work`, ask every wording; the held-out ones are a set of their own."""
    specs = list(specifications(documents))
    write_corpus(specs, work / "documents")
    make_store([work / "documents"], work / "store")
    wordings = read_wordings()
    paths = (work / "wordings.tsv", work / "wordings_heldout.tsv")
    for path, held_out in zip(paths, (False, True), strict=True):
        write_set(path, [w for w in wordings if w.held_out is held_out], specs, each)
    return evaluate(paths, work / "store", ["ours"])


def main() -> None:
    """Print the totals by set, by language and by what is asked, then the open failures."""
    parser = argparse.ArgumentParser(prog="python -m eval.wordings", description=__doc__)
    parser.add_argument("--documents", type=int, default=DOCUMENTS, metavar="N", help=f"budgets (else {DOCUMENTS})")
    parser.add_argument("--each", type=int, default=EACH, metavar="N", help=f"budgets a wording (else {EACH})")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        run = run_wordings(options.documents, options.each, Path(work))
    for group in dict.fromkeys(group_of(s.question.dataset) for s in run.scored):
        summary = summarise(group, [s for s in run.scored if group_of(s.question.dataset) is group])
        right, wrong = percent(summary.whole.accuracy), percent(summary.wrong_figures)
        print(f"wordings {group.heading}: {right} right; wrong figures {wrong}")
        for cut in (*summary.of("language"), *(() if group is Group.HELD_OUT else summary.of("style"))):
            print(f"  {cut.by} {cut.name}: {cut.accuracy.hits} of {cut.accuracy.whole}")
    for one in run.scored:
        if not one.right and one.question.dataset not in run.held_out:
            print(failure_line(one))


if __name__ == "__main__":
    main()
