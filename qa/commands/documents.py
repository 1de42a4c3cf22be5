"""`budgetqa documents`: what the corpus holds, and how each document's own arithmetic came out."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from ingest.errors import EmptyCorpus
from ingest.records import Document, Outcome
from qa.opening import opened_corpus
from qa.terminal import format_grid

if TYPE_CHECKING:
    from ingest.store import Counts
    from qa.commands import Subparsers

EMPTY_MESSAGE = "nothing has been ingested yet; ingest a document first, with: budgetqa ingest PATH"
_HEADINGS = ("id", "agency", "year", "phase", "scope", "pages", "tables", "held", "rounding", "broken", "file")
_RIGHT = (False, False, True, False, False, True, True, True, True, True, False)


def register(subparsers: Subparsers) -> None:
    """Add the command's parser."""
    parser = subparsers.add_parser("documents", help="what is held: agency, year, phase, pages, tables, checks")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace) -> int:
    """Print one row (or JSON object) for each document held; raises `EmptyCorpus` where there is none."""
    with opened_corpus(args.store) as corpus:
        counts = corpus.counts()
        documents = [document for document in corpus.documents() if document.id in counts]
        summaries = [summarise(document, counts[document.id]) for document in documents]
    if not summaries:
        raise EmptyCorpus(EMPTY_MESSAGE)
    print(json.dumps(summaries, ensure_ascii=False, indent=1) if args.json else "\n".join(_lines(summaries)))
    return 0


def summarise(document: Document, counts: Counts) -> dict[str, object]:
    """A document as the JSON form has it; `checks` counts the outcomes of its identities."""
    who = document.identity
    return {
        "id": document.id,
        "file": document.file,
        "title": who.title,
        "agency": who.agency,
        "year": who.year,
        "phase": who.phase.value,
        "scope": who.scope.value,
        "volume": who.volume.value,
        "pages": document.pages,
        "tables": counts.tables,
        "checks": {outcome.value: counts.checks.get(outcome, 0) for outcome in Outcome},
        "problems": [{"page": problem.page, "message": problem.message} for problem in document.problems],
    }


def _lines(summaries: list[dict[str, object]]) -> list[str]:
    rows = [_HEADINGS, *(tuple(_shown(summary, heading) for heading in _HEADINGS) for summary in summaries)]
    return format_grid(rows, _RIGHT)


def _shown(summary: dict[str, object], heading: str) -> str:
    checks = summary["checks"]
    value = checks[heading] if isinstance(checks, dict) and heading in checks else summary[heading]
    return "-" if value is None else str(value)
