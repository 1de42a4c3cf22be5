"""`make eval`: every question set on every system, extraction, scale; writes docs/evaluation.md.

    python -m eval.everything [--shared DIR] [--work DIR] [--page FILE] [--sizes N ...] [--generated N]

DIR holds `documents` and `questions` that are not part of the project (else $BUDGETQA_SHARED, else ../shared beside the
project; without it the samples and generated documents are measured). Reports with every failure and its trace go to
the work folder.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from eval.alone import evaluate_alone
from eval.baselines.systems import SYSTEMS
from eval.chromium import NoBrowser
from eval.command import evaluate
from eval.extraction.bench import extraction_section
from eval.groups import Group
from eval.report.evaluation import Evaluation, SuiteRun, write_evaluation
from eval.report.files import write_report
from eval.scale.measure import SIZES, measure_all
from eval.scale.results import merged, read_results
from eval.stores import make_store
from eval.suites import Suite, claim_documents, claim_sets, suites
from eval.summary import summarise
from eval.verify.cases import read_cases
from eval.verify.judging import judged
from eval.verify.markdown import summary_to_markdown
from eval.verify.score import summarise as summarise_claims
from eval.wordings.__main__ import DOCUMENTS, EACH, run_wordings
from ingest.errors import BudgetQAError
from ingest.pipeline import file_hash
from qa.opening import opened_corpus

_ROOT = Path(__file__).resolve().parent.parent
PAGE = _ROOT / "docs" / "evaluation.md"
_GENERATED = 10  # documents that the extraction is measured on


def everything(shared: Path | None, work: Path, sizes: Sequence[int], generated: int) -> Iterator[Evaluation]:
    """Measure stage by stage, and give all that is measured after each; stores and reports go into `work`."""
    start = time.perf_counter()
    found = Evaluation(())

    def add(**measured: Any) -> Evaluation:
        return replace(found, **measured, minutes=(time.perf_counter() - start) / 60)

    for suite in suites(shared):
        try:
            found = add(runs=(*found.runs, run_suite(suite, work)))
        except NoBrowser as error:
            found = add(left_out=(*found.left_out, f"{suite.title}: {error}"))
            _say(f"left out: {found.left_out[-1]}")
        yield found
    if shared is not None:
        sets = tuple((p.stem, file_hash(p), len(read_cases([p]))) for p in claim_sets())
        found = add(claims=judged_claims(shared, work / "stores" / "claims"), claim_sets=sets)
        yield found
    _say("wordings")
    found = add(wordings=run_wordings(DOCUMENTS, EACH, folder_in(work / "wordings")))
    yield found
    _say("extraction")
    found = add(extraction=tuple(extraction_section(shared / "documents" if shared else None, generated)))
    yield found
    found = add(scaled=read_results())
    yield found
    for scaled in measure_all(sizes):
        _say(f"a corpus of {scaled.documents} documents")
        found = add(scaled=merged(found.scaled, (scaled,)))
        yield found


def run_suite(suite: Suite, work: Path) -> SuiteRun:
    """Ingest the suite's documents unless that is done, ask its questions, write its report."""
    store = work / "stores" / suite.corpus
    names = SYSTEMS if suite.compared else SYSTEMS[:1]
    if suite.alone:
        run = evaluate_alone(suite.datasets, suite.documents, store, names)
    else:
        make_store(suite.documents, store)
        run = evaluate(suite.datasets, store, names)
    write_report(run, work / "reports" / suite.name)
    first = summarise(run.systems[0], run.of_system(run.systems[0])).whole.accuracy
    _say(f"{suite.title}: {first.hits} of {first.whole} right")
    return SuiteRun(suite, run)


def judged_claims(shared: Path, store: Path) -> tuple[str, ...]:
    """The verdicts of `budgetqa verify` against known ones, by group of sets, as Markdown."""
    make_store(claim_documents(shared), store)
    cases = read_cases(claim_sets())
    with opened_corpus(store) as corpus:
        scored = list(judged(cases, corpus, store))
    lines: list[str] = []
    for group in Group:
        if chosen := [s for s in scored if s.case.group is group]:
            lines += [*summary_to_markdown(f"Texts: {group.heading}", summarise_claims(chosen)), ""]
    return tuple(lines)


def folder_in(path: Path) -> Path:
    """The folder, made if it is not there."""
    path.mkdir(parents=True, exist_ok=True)
    return path


def shared_folder(option: Path | None) -> Path | None:
    """The folder of real documents and questions; None where it is not at hand."""
    folder = option or Path(os.environ.get("BUDGETQA_SHARED") or _ROOT.parent / "shared")
    return folder if (folder / "documents").is_dir() else None


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> int:
    """Parse the options, measure, write the page; 2 for input that cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m eval.everything", description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, metavar="DIR", help="real documents and questions")
    parser.add_argument("--work", type=Path, metavar="DIR", help="keep stores and reports here (else thrown away)")
    parser.add_argument("--page", type=Path, default=PAGE, help="where the page is written (else docs/evaluation.md)")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, metavar="N", help="generated corpora")
    parser.add_argument("--generated", type=int, default=_GENERATED, metavar="N", help="documents for the extraction")
    options = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory() as folder:
            work = options.work or Path(folder)
            for found in everything(shared_folder(options.shared), work, options.sizes, options.generated):
                write_evaluation(found, options.page)
    except BudgetQAError as error:
        _say(f"eval.everything: {error}")
        return 2
    print(options.page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
