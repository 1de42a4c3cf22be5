"""`python -m eval.verify CLAIMS... --store DIR`: verdicts against known ones, as Markdown."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from eval.groups import Group
from eval.verify.cases import read_cases
from eval.verify.judging import judged
from eval.verify.markdown import failures, summary_to_markdown
from eval.verify.score import summarise
from ingest.errors import BudgetQAError
from qa.opening import opened_corpus


def main(argv: Sequence[str] | None = None) -> int:
    """Print the scores by group of texts; `--failures` lists what came out wrong, held-out texts left out."""
    parser = argparse.ArgumentParser(prog="eval.verify", description=__doc__)
    parser.add_argument("claims", metavar="CLAIMS", nargs="+", type=Path, help="tab-separated claim sets")
    parser.add_argument("--store", type=Path, required=True, help="the data directory to judge over")
    parser.add_argument("--failures", action="store_true", help="list wrong texts, held-out ones left out")
    args = parser.parse_args(argv)
    try:
        _report(args.claims, args.store, args.failures)
    except BudgetQAError as error:
        print(f"eval.verify: {error}", file=sys.stderr)
        return 2
    return 0


def _report(paths: Sequence[Path], store: Path, listed: bool) -> None:
    cases = read_cases(paths)
    with opened_corpus(store) as corpus:
        scored = list(judged(cases, corpus, store))
    for group in Group:
        chosen = [s for s in scored if s.case.group is group]
        if chosen:
            print("\n".join(summary_to_markdown(f"Texts: {group.heading}", summarise(chosen))) + "\n")
    if listed:
        print("\n".join(failures(scored)))


if __name__ == "__main__":
    sys.exit(main())
