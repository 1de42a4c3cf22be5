"""`budgetqa eval`: how often the answers are right, over a dataset of questions with gold answers."""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.commands import Subparsers

# `eval` builds on `qa`, never the reverse; the command line hands over to it by name.
_HARNESS = "eval.command"


def register(subparsers: Subparsers) -> None:
    """Add the command's parser."""
    parser = subparsers.add_parser("eval", help="score the answers to a dataset of questions")
    parser.add_argument("dataset", metavar="DATASET", nargs="*", type=Path, help="question files, or folders")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--report", metavar="DIR", type=Path, help="write report.json, report.md and report.html there")
    parser.add_argument("--system", metavar="NAME", action="append", help="a system to score; again for another")
    parser.add_argument("--document", metavar="D", help="ask only this document: id, file name or title")
    alone = "ask each question of nothing but the files that its documents column names, found in DIR (or another)"
    parser.add_argument("--documents", metavar="DIR", type=Path, action="append", help=alone)
    parser.add_argument("--stores", metavar="DIR", type=Path, help="with --documents: keep the stores for next time")
    parser.add_argument("--compare", metavar=("A", "B"), nargs=2, type=Path, help="what changed between two reports")


def run(args: argparse.Namespace) -> int:
    """Score the dataset against the corpus."""
    return int(import_module(_HARNESS).run(args))
