"""`budgetqa ask QUESTION`: one question, or a batch of them, answered with citations."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.errors import BadDataset, BadQuestion, BudgetQAError

if TYPE_CHECKING:
    from ingest.corpus import Corpus
    from qa.answer import Answer, Citation
    from qa.commands import Subparsers
    from qa.engine import Engine

MOST_BATCH_BYTES = 50_000_000


def register(subparsers: Subparsers) -> None:
    """Add the command's parser."""
    parser = subparsers.add_parser("ask", help="answer a question from the ingested documents, every figure cited")
    parser.add_argument("question", metavar="QUESTION", nargs="?", help="a question in Chinese or English")
    parser.add_argument(
        "--batch", metavar="FILE", type=Path, help="questions, one a line or as JSON lines ('-': stdin)"
    )
    parser.add_argument("--json", action="store_true", help="print the answer as JSON, one line for each question")
    parser.add_argument("--document", metavar="ID|NAME", help="ask only this document")
    parser.add_argument("--explain", action="store_true", help="print how the answer was found")


def run(args: argparse.Namespace) -> int:
    """Print the answer or answers; 0 when done, 1 when a line of a batch could not be answered for an error."""
    if (args.question is None) == (args.batch is None):
        raise BadQuestion("give either a QUESTION or --batch FILE")
    from qa.engine import check_question
    from qa.opening import opened_corpus

    if args.question is not None:
        check_question(args.question)
    lines = None if args.batch is None else list(read_batch(args.batch))
    with opened_corpus(args.store) as corpus:
        engine = make_engine(corpus, args.store)
        if lines is not None:
            return run_batch(engine, lines, args)
        show(engine.ask(args.question, document=args.document), args)
        return 0


def make_engine(corpus: Corpus, store: Path) -> Engine:
    """An engine over a corpus as configured; its vectors are opened only when a question needs them."""
    from ingest.config import config_from_environment
    from qa.engine import Engine
    from qa.meaning import StoredVectors
    from qa.meant import calibration_of

    embedder = config_from_environment().embedder
    return Engine(corpus, StoredVectors(corpus, store), calibration=calibration_of(embedder))


def read_batch(path: Path) -> Iterator[str]:
    """The lines of a batch file, empty ones left out. Raises `BadDataset`."""
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise BadDataset(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise BadDataset(f"{path}: not UTF-8 text (byte {error.start})") from error
    if len(data) > MOST_BATCH_BYTES:
        raise BadDataset(f"{path}: {len(data)} bytes; at most {MOST_BATCH_BYTES} are read")
    return (line for line in text.splitlines() if line.strip())


def run_batch(engine: Engine, lines: list[str], args: argparse.Namespace) -> int:
    """One answer a line in the order of the questions; a broken line gives an error object in its place."""
    failed = False
    for line in lines:
        try:
            question, document = parse_line(line)
            show(engine.ask(question, document=document or args.document), args)
        except BudgetQAError as error:
            failed = True
            print_error(line, error, args.json)
    return 1 if failed else 0


def parse_line(line: str) -> tuple[str, str | None]:
    """The question of a batch line, and its document if it names one. Raises `BadQuestion`."""
    if not line.lstrip().startswith("{"):
        return line.strip(), None
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadQuestion("not valid JSON") from error
    question, document = (data.get("question"), data.get("document")) if isinstance(data, dict) else (None, None)
    if not isinstance(question, str):
        raise BadQuestion('a JSON line needs a "question" that is a text')
    if document is not None and not isinstance(document, str):
        raise BadQuestion('"document" must be a text')
    return question, document


def print_error(line: str, error: BudgetQAError, as_json: bool) -> None:
    """What is printed in place of an answer that could not be had."""
    if as_json:
        print(json.dumps({"question": line[:200], "status": "error", "error": str(error)}, ensure_ascii=False))
    else:
        print(f"error: {error}\n")


def show(answer: Answer, args: argparse.Namespace) -> None:
    """Print one answer as JSON or for reading."""
    if args.json:
        data: dict[str, Any] = answer.to_json()
        if args.explain:
            data["trace"] = list(answer.trace)
        print(json.dumps(data, ensure_ascii=False))
        return
    print("\n".join(readable(answer, args.explain)))
    if args.batch is not None:
        print()


def readable(answer: Answer, explain: bool) -> Iterator[str]:
    """The answer as lines: the sentence, then steps, citations, other readings and notes."""
    yield answer.answer
    for step in answer.steps:
        yield f"  = {step}"
    for number, citation in enumerate(answer.citations[:12], 1):
        yield f"  [{number}] {place(citation)}"
    if len(answer.citations) > 12:
        yield f"  [...] {len(answer.citations) - 12} more cells"
    for other in answer.alternatives:
        yield f"  ~ {other.label}: {other.value} {other.unit or ''} ({place(other.citation)})"
    for note in answer.notes:
        yield f"  * {note}"
    if explain:
        yield from (f"  # {line}" for line in answer.trace)


def place(citation: Citation) -> str:
    """A citation in one line."""
    if citation.section is not None:
        return f"{citation.file} p.{citation.page}: “{citation.text[:90]}”"
    row, column = " > ".join(citation.row), " > ".join(citation.column)
    code = f" {citation.code}" if citation.code else ""
    return f"{citation.file} p.{citation.page}, {citation.table}: {row}{code} | {column} | {citation.text}"
