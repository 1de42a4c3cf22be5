"""`budgetqa verify TEXT|FILE`: the figures claimed in a text, against the corpus."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import BadQuestion
from qa.opening import opened_corpus

if TYPE_CHECKING:
    from qa.commands import Subparsers

MOST_CHARACTERS = 5_000_000
_LONGEST_NAME = 4000  # bytes: what is longer is a text, not a file's name
_LONGEST_PART = 255  # bytes of a name between two slashes
_FILE_NAME = re.compile(
    r"\S+\.(?:txt|md|text|html?|csv|tsv|json|docx?|pdf|rtf)|(?:\.{0,2}/)?(?:[\w.-]+/)+[\w.-]+", re.I
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def register(subparsers: Subparsers) -> None:
    """Add the command's parser."""
    parser = subparsers.add_parser("verify", help="check the figures claimed in a text")
    parser.add_argument("text", metavar="TEXT|FILE", help="a sentence, an article, or the name of a text file")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--format", choices=("text", "markdown", "html", "csv"), default="text", help="text otherwise")


def run(args: argparse.Namespace) -> int:
    """Print every claim with its verdict; raises `BadQuestion` for a text that cannot be read."""
    text = read_text(args.text)
    from qa.commands.ask import make_engine
    from qa.link import linker_for
    from qa.verify import report
    from qa.verify.judge import Judge

    with opened_corpus(args.store) as corpus:
        engine = make_engine(corpus, args.store)
        checked = Judge(corpus, engine, linker_for(corpus)).check(text)
    if args.json:
        print(json.dumps(report.to_json(checked.judged, checked.complete), ensure_ascii=False, indent=2))
    else:
        forms = {"text": report.to_text, "markdown": report.to_markdown, "html": report.to_html, "csv": report.to_csv}
        print(forms[args.format](checked.judged))
    if not checked.complete:
        print(f"budgetqa: only the first {len(checked.judged)} claims of the text were checked", file=sys.stderr)
    return 0


def read_text(argument: str) -> str:
    """The text itself, or the contents of the file that it names. Raises `BadQuestion` for what is no readable text."""
    path = _named_file(argument)
    text = argument if path is None else _read(path)
    place = "the text" if path is None else path.name
    if "\0" in text:
        raise BadQuestion(f"{place} holds zero bytes: it is not text")
    if _SURROGATE.search(text):
        raise BadQuestion(f"{place} holds bytes that are no UTF-8: it is not text")
    if not text.strip():
        raise BadQuestion(f"{place} is empty")
    if len(text) > MOST_CHARACTERS:
        raise BadQuestion(f"{place} has {len(text)} characters; at most {MOST_CHARACTERS} are read")
    return text


def _named_file(argument: str) -> Path | None:
    """The file that an argument names, None for a text; what looks like a file's path has to be there."""
    if len(os.fsencode(argument)) > _LONGEST_NAME or "\n" in argument or "\0" in argument or not argument.strip():
        return None
    path = Path(argument)
    if any(len(os.fsencode(part)) > _LONGEST_PART for part in path.parts):
        return None
    if path.is_dir():
        raise BadQuestion(f"{path.name or argument}: is a directory, not a text file")
    if not path.exists() and _FILE_NAME.fullmatch(argument):
        raise BadQuestion(f"{path.name}: no such file")
    return path if path.exists() else None


def _read(path: Path) -> str:
    if not path.is_file():
        raise BadQuestion(f"{path.name}: not a regular file")
    if path.stat().st_size > MOST_CHARACTERS * 4:
        raise BadQuestion(f"{path.name}: too large a text; at most {MOST_CHARACTERS} characters are read")
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadQuestion(f"{path.name}: not a text file in UTF-8") from error
    except OSError as error:
        raise BadQuestion(f"{path.name}: cannot be read ({error.strerror})") from error
