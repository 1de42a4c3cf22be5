"""What is evaluated: anything that answers a question in the public JSON form."""

from __future__ import annotations

from typing import Protocol

from eval.shown import Shown


class System(Protocol):
    """A plug point: ours, a baseline, or one backed by a language model."""

    @property
    def name(self) -> str:
        """What the reports call it."""
        ...

    def ask(self, question: str, document: str | None = None) -> Shown:
        """The answer; `document` restricts it to one document (id, file name or title).

        Raises `ingest.errors.BudgetQAError` for what cannot be asked.
        """
        ...
