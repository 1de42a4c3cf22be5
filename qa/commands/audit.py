"""`budgetqa audit`: the identities that a document should obey, which of them hold, and by how much others are off."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.commands import Subparsers

_FORMATS = ("text", "markdown", "html", "csv", "json")


def register(subparsers: Subparsers) -> None:
    """Add the command's parser."""
    parser = subparsers.add_parser("audit", help="a document's own arithmetic: what holds, what does not, by how much")
    parser.add_argument("--document", metavar="D", help="only this document: id, file name or title")
    parser.add_argument("--json", action="store_true", help="print JSON, one object a line for each document")
    parser.add_argument("--format", choices=_FORMATS, default="text", help="text unless told otherwise")
    parser.add_argument("--lang", choices=("en", "zh"), default="en", help="the report's language; English unless told")
    parser.add_argument("--all", action="store_true", help="list also what holds; JSON always does")


def run(args: argparse.Namespace) -> int:
    """Print the report; raises `NoSuchDocument` or `EmptyCorpus` where there is nothing to audit."""
    from ingest.store import open_corpus
    from qa.audit import audit
    from qa.audit.report import FORMATS
    from qa.question import Language

    corpus = open_corpus(args.store, create=False)
    try:
        audits = audit(corpus, args.document)
    finally:
        corpus.close()
    for line in FORMATS["json" if args.json else args.format](audits, args.all, Language(args.lang)):
        print(line)
    return 0
