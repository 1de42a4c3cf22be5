"""Ask every question of the datasets to every system, and score what is shown."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from eval.audit.findings import ScoredAudit
from eval.outcome import Scored, failed, score
from eval.provenance import Provenance
from eval.question import Dataset, Question
from eval.system import System
from eval.verify.score import Scored as ScoredText
from ingest.errors import BudgetQAError

# What a mistake in a system's code raises; it becomes an error beside the other outcomes and never a zero.
MISTAKES = (
    ArithmeticError, AssertionError, AttributeError, ImportError, LookupError, NotImplementedError, OSError,
    RuntimeError, TypeError, ValueError,
)  # fmt: skip

Listener = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Run:
    """Everything scored in one run, and what it was run on. The first system is the one reported in full.

    Texts and audits are judged by `budgetqa verify` and `budgetqa audit`, whatever systems are asked questions.
    """

    provenance: Provenance
    scored: tuple[Scored, ...]
    systems: tuple[str, ...]
    held_out: frozenset[str]
    started: datetime
    texts: tuple[ScoredText, ...] = ()
    audits: tuple[ScoredAudit, ...] = ()

    def of_system(self, name: str) -> tuple[Scored, ...]:
        """What one system answered."""
        return tuple(s for s in self.scored if s.system == name)


def run(
    datasets: Sequence[Dataset],
    systems: Sequence[System],
    provenance: Provenance,
    document: str | None = None,
    progress: Listener | None = None,
) -> Run:
    """Score the datasets on each system, questions in order; `document` restricts every question to one document."""
    started = datetime.now(UTC)
    questions = [question for dataset in datasets for question in dataset.questions]
    scored: list[Scored] = []
    for one in _ask_all(questions, systems, document):
        scored.append(one)
        if progress is not None:
            progress(len(scored), len(questions) * len(systems))
    held_out = frozenset(d.name for d in datasets if d.held_out)
    return Run(provenance, tuple(scored), tuple(s.name for s in systems), held_out, started)


def _ask_all(questions: Sequence[Question], systems: Sequence[System], document: str | None) -> Iterator[Scored]:
    for system in systems:
        for question in questions:
            yield ask_one(question, system, document)


def ask_one(question: Question, system: System, document: str | None = None) -> Scored:
    """One question to one system. What the system raises is an error of that question, kept with its trace."""
    start = time.perf_counter()
    try:
        shown = system.ask(question.text, document)
    except BudgetQAError as refused:
        return failed(question, system.name, f"{type(refused).__name__}: {refused}", time.perf_counter() - start)
    except MISTAKES:
        return failed(question, system.name, traceback.format_exc(limit=-6), time.perf_counter() - start)
    return score(question, shown, system.name, time.perf_counter() - start)
