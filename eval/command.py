"""`budgetqa eval`: score datasets over the corpus, or compare two reports."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from eval.alone import evaluate_alone, is_alone
from eval.audit.findings import score_audits
from eval.baselines.systems import SYSTEMS, make_systems
from eval.compare import compare_reports
from eval.dataset import read_datasets
from eval.provenance import provenance
from eval.report.files import write_report
from eval.report.jsonform import run_to_json
from eval.report.text import run_to_text
from eval.run import Run
from eval.run import run as run_datasets
from eval.verify.judging import judged
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
    done = _evaluated(args)
    if args.report:
        write_report(done, args.report)
    if args.json:
        print(json.dumps(run_to_json(done), ensure_ascii=False))
    else:
        for line in run_to_text(done):
            print(line)
    return 0


def _evaluated(args: argparse.Namespace) -> Run:
    """What the options ask for: one corpus for all questions, or each question over its own documents alone."""
    names = args.system or [SYSTEMS[0]]
    progress = _progress if sys.stderr.isatty() else None
    if args.documents is None:
        return evaluate(args.dataset, args.store, names, args.document)
    if args.document:
        raise BadDataset("--document picks one of the store; with --documents the sets name theirs")
    with tempfile.TemporaryDirectory() as folder:
        return evaluate_alone(args.dataset, args.documents, args.stores or Path(folder), names, progress)


def evaluate(paths: Sequence[Path], store: Path, names: Sequence[str], document: str | None = None) -> Run:
    """Score the datasets over the corpus in `store` on the systems named; the first is reported in full."""
    datasets = read_datasets(paths)
    alone = next((d for d in datasets if is_alone(d.name)), None)
    if alone is not None:
        raise BadDataset(f"{alone.path}: asked of each question's own documents alone; add --documents DIR")
    corpus = open_corpus(store)
    try:
        systems = make_systems(names, corpus, store)
        configuration = (("systems", ", ".join(names)), ("document", document or "all"))
        origin = provenance(datasets, corpus.documents(), configuration)
        done = run_datasets(datasets, systems, origin, document, _progress if sys.stderr.isatty() else None)
        texts = tuple(judged([text for d in datasets for text in d.texts], corpus, store))
        audits = tuple(score_audits([one for d in datasets for one in d.audits], corpus))
        return replace(done, texts=texts, audits=audits)
    finally:
        corpus.close()


def _progress(done: int, total: int) -> None:
    end = "\n" if done == total else ""
    print(f"\r{done} of {total}", end=end, file=sys.stderr, flush=True)
