"""`budgetqa eval`: how often the answers are right, over a dataset of questions with gold answers."""

from __future__ import annotations

import argparse
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.commands import Subparsers

# `eval` builds on `qa`, never the reverse; the command line hands over to it by name.
_HARNESS = "eval.command"


def register(subparsers: Subparsers) -> None:
    """Add the command's parser."""
    parser = subparsers.add_parser("eval", help="score the answers to a dataset of questions")
    parser.add_argument("dataset", metavar="DATASET", help="a file of questions with gold answers, or a folder")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace) -> int:
    """Score the dataset against the corpus."""
    return int(import_module(_HARNESS).run(args))
