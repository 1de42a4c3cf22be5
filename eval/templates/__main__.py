"""`python -m eval.templates`: budgets in other publishers' templates printed, ingested one by one, and asked about.

    python -m eval.templates [--store DIR] [--failures] [NAME ...]

NAME is a document (scjs2023-invented, or scjs2023). DIR keeps what was printed and ingested for the next run.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from eval.alone import evaluate_alone
from eval.outcome import Outcome
from eval.report.text import failure_line
from eval.report.texts import clipped, percent
from eval.run import Run
from eval.suites import template_sets
from eval.summary import Cut, summarise
from eval.templates import FOLDER
from ingest.errors import BudgetQAError, NoSuchDocument

_CUTS = ("dataset", "document", "language", "kind")


def documents_named(names: Sequence[str]) -> tuple[str, ...]:
    """The files, as question sets name them, of templates named in short; `NoSuchDocument` lists what there is."""
    known = {path.stem: f"{path.stem}.pdf" for path in sorted(FOLDER.glob("*.html"))}
    short = {name: Path(name).stem.removesuffix("-invented") for name in names}
    for name, stem in short.items():
        if f"{stem}-invented" not in known:
            raise NoSuchDocument(f"no template {name!r}; there are {', '.join(known)}")
    return tuple(known[f"{stem}-invented"] for stem in short.values())


def run_templates(store: Path, names: Sequence[str] = ()) -> Run:
    """Print, ingest and ask the templates (all of them where none is named), each document loaded alone."""
    return evaluate_alone(template_sets(), [FOLDER], store, ["ours"], only=documents_named(names))


def template_lines(run: Run, failures: bool) -> Iterator[str]:
    """Right, wrong figures and refused, in all and by set, document, language and kind; if wanted, what failed."""
    summary = summarise(run.systems[0], run.scored)
    yield f"{percent(summary.whole.accuracy)} right; wrong figures {percent(summary.wrong_figures)}"
    for cut in (cut for by in _CUTS for cut in summary.of(by)):
        yield _cut_line(cut)
    for one in run.scored if failures else ():
        if not one.right:
            yield failure_line(one)
            if one.shown is not None:
                yield f"    {one.shown.status}: {clipped(one.shown.answer, 200)}"


def _cut_line(cut: Cut) -> str:
    shown = (Outcome.WRONG_FIGURE, Outcome.REFUSED)
    others = sum(count for outcome, count in cut.outcomes if outcome not in (Outcome.RIGHT, *shown))
    wrong, refused = (cut.count(outcome) for outcome in shown)
    right = f"  {cut.by} {cut.name}: {percent(cut.accuracy)} right"
    return f"{right}, {wrong} wrong figures, {refused} refused, {others} other"


def main() -> int:
    """Parse the options, ask, print; 2 for input that cannot be used or a machine that cannot print."""
    parser = argparse.ArgumentParser(prog="python -m eval.templates", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these documents")
    parser.add_argument("--store", type=Path, metavar="DIR", help="keep PDFs and stores here (else thrown away)")
    parser.add_argument("--failures", action="store_true", help="list what is not right, with the answers")
    options = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory() as folder:
            run = run_templates(options.store or Path(folder), options.names)
    except BudgetQAError as error:
        print(f"eval.templates: {error}", file=sys.stderr)
        return 2
    for line in template_lines(run, options.failures):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
