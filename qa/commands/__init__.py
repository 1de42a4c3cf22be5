"""The subcommands of `budgetqa`, one module each.

A command module has `register(subparsers)`, which describes its options, and `run(args) -> int`, which does the work
and imports what is heavy. `args.store` is the data directory. Adding a command is one entry in `COMMANDS`.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, Protocol

from qa.commands import app, ask, audit, documents, eval_, ingest, tables, verify

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[Any]


class Command(Protocol):
    """What a command module offers."""

    def register(self, subparsers: Subparsers) -> None:
        """Add the command's parser with its options."""
        ...

    def run(self, args: argparse.Namespace) -> int:
        """Do it; the exit status. Raises `ingest.errors.BudgetQAError` for anything the user can mend."""
        ...


COMMANDS: tuple[Command, ...] = (ingest, ask, documents, tables, verify, audit, eval_, app)
