"""`budgetqa eval`: score datasets over the corpus, or compare two reports."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from eval.baselines.systems import SYSTEMS, make_systems
from eval.compare import compare_reports
from eval.dataset import read_datasets
from eval.provenance import provenance
from eval.report.files import write_report
from eval.report.jsonform import run_to_json
from eval.report.text import run_to_text
from eval.run import Run
from eval.run import run as run_datasets
from ingest.errors import BadDataset
from ingest.store import open_corpus


def run(args: argparse.Namespace) -> int:
    """Score or compare; 0 when done. Raises `BadDataset` for files that cannot be read."""
    if args.compare:
        for line in compare_reports(*args.compare):
            print(line)
        return 0
    if not args.dataset:
        raise BadDataset("name a DATASET, or two reports with --compare")
    done = evaluate(args.dataset, args.store, args.system or [SYSTEMS[0]], args.document)
    if args.report:
        write_report(done, args.report)
    if args.json:
        print(json.dumps(run_to_json(done), ensure_ascii=False))
    else:
        for line in run_to_text(done):
            print(line)
    return 0


def evaluate(paths: Sequence[Path], store: Path, names: Sequence[str], document: str | None = None) -> Run:
    """Score the datasets over the corpus in `store` on the systems named; the first is reported in full."""
    datasets = read_datasets(paths)
    corpus = open_corpus(store)
    try:
        systems = make_systems(names, corpus, store)
        configuration = (("systems", ", ".join(names)), ("document", document or "all"))
        origin = provenance(datasets, corpus, configuration)
        return run_datasets(datasets, systems, origin, document, _progress if sys.stderr.isatty() else None)
    finally:
        corpus.close()


def _progress(done: int, total: int) -> None:
    end = "\n" if done == total else ""
    print(f"\r{done} of {total}", end=end, file=sys.stderr, flush=True)
