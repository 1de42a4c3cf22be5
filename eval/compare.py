"""Two reports of the same questions: what changed, question by question."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.outcome import Outcome
from eval.report.texts import clipped
from ingest.errors import BadDataset

REPORT_FILE = "report.json"


@dataclass(frozen=True, slots=True)
class Judged:
    """One question of a report."""

    outcome: str
    kind: str
    said: str
    why: str


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose outcome differs between two reports."""

    question: tuple[str, str, str]  # system, dataset, words
    before: Judged
    after: Judged

    @property
    def better(self) -> bool:
        return self.after.outcome == Outcome.RIGHT

    @property
    def worse(self) -> bool:
        return self.before.outcome == Outcome.RIGHT


Questions = dict[tuple[str, str, str], Judged]


def compare_reports(one: Path, other: Path) -> Iterator[str]:
    """The lines of the comparison. Raises `BadDataset` for something that is no report."""
    before, after = read_report(one), read_report(other)
    common = [key for key in before if key in after]
    changes = [c for key in common if (c := Change(key, before[key], after[key])).before.outcome != c.after.outcome]
    right = [sum(q[key].outcome == Outcome.RIGHT for key in common) for q in (before, after)]
    yield f"{len(common)} questions in both: {right[0]} right before, {right[1]} after"
    for name, chosen in (
        ("became right", [c for c in changes if c.better]),
        ("no longer right", [c for c in changes if c.worse]),
        ("wrong in another way", [c for c in changes if not c.better and not c.worse]),
    ):
        yield f"{name}: {len(chosen)}"
        yield from (_line(change) for change in chosen)
    for path, only in ((one, set(before) - set(after)), (other, set(after) - set(before))):
        if only:
            yield f"only in {path}: {len(only)}"


def _line(change: Change) -> str:
    system, dataset, words = change.question
    before, after = change.before, change.after
    said = "" if before.said == after.said else f"; {clipped(before.said, 50)} -> {clipped(after.said, 50)}"
    return f"  {system} {dataset} {clipped(words, 70)}: {before.outcome} -> {after.outcome}{said}"


def read_report(path: Path) -> Questions:
    """The questions and texts of a report's JSON, or of the folder that holds it. Raises `BadDataset`."""
    file = path / REPORT_FILE if path.is_dir() else path
    try:
        data: Any = json.loads(file.read_text(encoding="utf-8"))
        questions = {(q["system"], q["dataset"], q["question"]): _judged(q) for q in data["questions"]}
        return questions | {("verify", t["dataset"], t["text"]): _judged_text(t) for t in data.get("texts", ())}
    except OSError as error:
        raise BadDataset(f"{file}: cannot be read ({error.strerror})") from error
    except (ValueError, KeyError, TypeError) as error:
        raise BadDataset(f"{file}: not a report of budgetqa eval") from error


def _judged_text(data: dict[str, Any]) -> Judged:
    """A text as one of the outcomes; whatever verdict is not gold's counts as wrong words."""
    outcome = Outcome.ERROR if data["error"] else Outcome.RIGHT if data["right"] else Outcome.WRONG_WORDS
    return Judged(outcome.value, "text", "|".join(data["got"]) or "no claim", "|".join(data["gold"]))


def _judged(data: dict[str, Any]) -> Judged:
    answer = data["answer"] or {}
    figure = f"{answer.get('value')} {answer.get('unit') or ''}".strip() if answer.get("value") else ""
    return Judged(data["outcome"], data["kind"], figure or answer.get("status", "error"), data["why"])
