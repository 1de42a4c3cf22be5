"""`budgetqa tables`: the logical tables as extracted, for reading, for a spreadsheet or for a program."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ingest.errors import EmptyCorpus, NoSuchDocument
from ingest.records import Document, Table
from qa.opening import opened_corpus

if TYPE_CHECKING:
    from ingest.corpus import Corpus
    from qa.commands import Subparsers

_LISTED = 12


def register(subparsers: Subparsers) -> None:
    """Add the command's parser."""
    parser = subparsers.add_parser("tables", help="the logical tables as extracted")
    parser.add_argument("--document", metavar="D", help="only this document: id, file name or title")
    parser.add_argument("--table", metavar="T", help="only this table: id, number, title or a part of the title")
    parser.add_argument("--format", choices=("text", "csv", "json"), default="text", help="text unless told otherwise")
    parser.add_argument("--draw", metavar="PAGE", type=int, help="write the page as PNG with what was understood on it")
    parser.add_argument("--output", metavar="FILE", help="where --draw writes (page-PAGE.png unless told otherwise)")


def run(args: argparse.Namespace) -> int:
    """Print the tables asked for; raises `NoSuchDocument` or `EmptyCorpus` where there are none."""
    if args.draw is not None:
        return _draw(args)
    from qa.export import FORMATS

    with opened_corpus(args.store) as corpus:
        chosen = choose(corpus, args.document, args.table)
    for text in FORMATS[args.format](chosen):
        print(text)
    return 0


def _draw(args: argparse.Namespace) -> int:
    """Write one page of one document with its tables drawn on it."""
    from pathlib import Path

    from ingest.errors import StoreError
    from qa.page_drawing import draw_page

    with opened_corpus(args.store) as corpus:
        held = corpus.documents()
        document = corpus.find_document(args.document) if args.document or len(held) != 1 else held[0]
        image = draw_page(corpus, Path(args.store), document, args.draw)
    output = Path(args.output or f"page-{args.draw}.png")
    try:
        output.write_bytes(image)
    except OSError as error:
        raise StoreError(f"{output}: cannot be written ({error.strerror})") from error
    print(output)
    return 0


def choose(corpus: Corpus, document: str | None, table: str | None) -> list[tuple[Document, Table]]:
    """The tables of one document or of all, in document order; `table` as `matches` has it."""
    documents = (corpus.find_document(document),) if document else corpus.documents()
    if not documents:
        from qa.commands.documents import EMPTY_MESSAGE

        raise EmptyCorpus(EMPTY_MESSAGE)
    held = [(d, t) for d in documents for t in corpus.tables(d.id)]
    if table is None:
        return held
    exact = [(d, t) for d, t in held if table in (t.id, t.number, t.title)]
    chosen = exact or [(d, t) for d, t in held if table in t.title]
    if not chosen:
        titles = list(dict.fromkeys(t.title for _, t in held))
        more = f" and {len(titles) - _LISTED} more" if len(titles) > _LISTED else ""
        raise NoSuchDocument(f"no table {table!r}; held: {', '.join(titles[:_LISTED]) or 'none'}{more}")
    return chosen
