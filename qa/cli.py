"""The `budgetqa` command: parses the command line, runs one subcommand, and turns every expected error into one line.

Exit status: 0 done, 2 wrong input (of several files: any of them), 130 interrupted.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from ingest.errors import BudgetQAError
from qa.commands import COMMANDS
from qa.terminal import one_line

STORE_VARIABLE = "BUDGETQA_STORE"
DEFAULT_STORE = "data"


class OneLineParser(argparse.ArgumentParser):
    """A parser whose errors are one line, without the usage text."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {one_line(message)} (see {self.prog} --help)\n")


class CommandParser(OneLineParser):
    """A subcommand's parser: takes `--store` as well, so that it may stand before or after the subcommand."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.add_argument("--store", type=Path, metavar="DIR", default=argparse.SUPPRESS, help=argparse.SUPPRESS)


def build_parser() -> argparse.ArgumentParser:
    """The whole command line; every subcommand sets `run` to its own function."""
    parser = OneLineParser(prog="budgetqa", description="Questions about public budget documents, every figure cited.")
    parser.add_argument(
        "--store", type=Path, metavar="DIR", help=f"the data directory (else ${STORE_VARIABLE}, else ./{DEFAULT_STORE})"
    )
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=CommandParser)
    for command in COMMANDS:
        known = set(subparsers.choices)
        command.register(subparsers)
        for name in set(subparsers.choices) - known:
            subparsers.choices[name].set_defaults(run=command.run)
    return parser


def store_directory(option: Path | None) -> Path:
    """The data directory: the option, else the environment's, else ./data."""
    return option or Path(os.environ.get(STORE_VARIABLE) or DEFAULT_STORE)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; the exit status."""
    use_utf8()
    args = build_parser().parse_args(argv)
    args.store = store_directory(args.store)
    try:
        status = int(args.run(args))
        sys.stdout.flush()
        return status
    except BudgetQAError as error:
        return fail(str(error))
    except BrokenPipeError:
        # The reader (head, less) has left; nothing more may be written, not even at the interpreter's exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return fail(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except KeyboardInterrupt:
        print("budgetqa: interrupted", file=sys.stderr)
        return 130


def fail(message: str) -> int:
    """Print the one line and give the exit status of wrong input."""
    print(f"budgetqa: {one_line(message)}", file=sys.stderr)
    return 2


def use_utf8() -> None:
    """Print Chinese whatever the locale, and never die of a character that cannot be encoded."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
