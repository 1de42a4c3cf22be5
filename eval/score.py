"""Score answers against a question set: right, wrong, refused and unscored told apart.

`python -m eval.score DATASET --store DIR` prints each question that is not right, and a table by kind.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from pathlib import Path

from ingest.errors import BadDataset, BudgetQAError, NotAFigure
from ingest.numbers import parse_figure, printed_decimals
from ingest.units import Quantity, Unit, unit_named
from qa.answer import Answer, Citation
from qa.engine import Engine
from qa.keys import label_key
from qa.result import Status

COLUMNS = ("kind", "lang", "question", "gold", "unit", "cite", "documents")
LISTS = ("list",)
TREND = "trend"
TEXT = "text"
NONE = "none"
ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a question set. `documents` are file names the set was written for, empty for any."""

    kind: str
    language: str
    question: str
    gold: str
    unit: str
    cite: str
    documents: tuple[str, ...] = ()


class Verdict(StrEnum):
    """How an answer compares with gold."""

    RIGHT = "right"
    WRONG = "wrong"  # an answer that is not gold's
    REFUSED = "refused"  # no answer where there is one
    UNCITED = "uncited"  # gold's answer without the citation asked for
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Scored:
    """A question with its answer (None where asking failed) and the verdict."""

    question: Question
    answer: Answer | None
    verdict: Verdict
    why: str = ""


def read_questions(path: Path) -> tuple[Question, ...]:
    """The questions of a tab-separated set. Raises `BadDataset` with the line of a malformed one."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadDataset(f"{path}: {error}") from error
    names: tuple[str, ...] = COLUMNS
    found = []
    for number, line in enumerate(lines, 1):
        if line.startswith("#"):
            named = tuple(line.lstrip("#").strip().split("\t"))
            names = named if "question" in named else names
        elif line.strip():
            cells = dict(zip(names, line.split("\t"), strict=False))
            if not cells.get("question") or "kind" not in cells:
                raise BadDataset(f"{path}, line {number}: no kind or no question")
            found.append(_question(cells))
    return tuple(found)


def _question(cells: Mapping[str, str]) -> Question:
    documents = tuple(d for d in cells.get("documents", "").split("|") if d and d != "*")
    gold, unit, cite = (cells.get(c, "").strip() for c in ("gold", "unit", "cite"))
    return Question(cells["kind"], cells.get("lang", ""), cells["question"], gold, unit, cite, documents)


def judge(question: Question, answer: Answer) -> tuple[Verdict, str]:
    """The verdict on an answer, and why it is not right."""
    if question.kind == ABSTAIN:
        right = answer.status is Status.ABSTAINED
        return (Verdict.RIGHT, "") if right else (Verdict.WRONG, f"answered {answer.value} {answer.unit}")
    if question.kind == NONE:
        right = answer.status is Status.DECLARED_NONE and any(w in answer.answer for w in ("没有", "none", "无", "no "))
        return (Verdict.RIGHT, "") if right else (Verdict.WRONG, answer.status.value)
    if answer.status in (Status.ABSTAINED, Status.DECLARED_NONE):
        return Verdict.REFUSED, answer.answer[:80]
    why = wrong_because(question, answer)
    if why:
        return Verdict.WRONG, why
    if question.cite and not any(cites(c, question.cite) for c in answer.citations):
        return Verdict.UNCITED, f"no citation holds {question.cite}"
    return Verdict.RIGHT, ""


def wrong_because(question: Question, answer: Answer) -> str:
    """What is wrong with an answer's content; empty when nothing is."""
    if question.kind in LISTS:
        absent = [g for g in question.gold.split("|") if label_key(g) not in label_key(answer.answer)]
        return f"lacks {'、'.join(absent)}" if absent else ""
    if question.kind == TEXT:
        absent = [g for g in question.gold.split("|") if label_key(g) not in label_key(answer.answer)]
        return f"does not say {'、'.join(absent)}" if absent else ""
    if question.kind == TREND:
        golds = question.gold.split("|")
        got = [(i.value, i.unit) for i in answer.items]
        same = len(golds) == len(got) and all(
            v is not None and figure_right(g, question, v, u) for g, (v, u) in zip(golds, got, strict=True)
        )
        return "" if same else f"got {got}"
    if answer.value is None or not figure_right(question.gold, question, answer.value, answer.unit):
        return f"got {answer.value} {answer.unit}"
    return ""


def figure_right(gold: str, question: Question, value: str, unit: str | None) -> bool:
    """Whether a figure equals gold to the digits gold shows, in its unit or (where none was named) the same amount."""
    try:
        target, got = parse_figure(gold), parse_figure(value)
    except NotAFigure:
        return False
    wanted, given = unit_named(question.unit), unit_named(unit or "")
    if wanted is None:
        return rounds_to(got, target)
    if given is None:
        return False
    converted = in_unit(got, given, wanted)
    return converted is not None and rounds_to(converted, target)


def in_unit(value: Decimal, given: Unit, wanted: Unit) -> Decimal | None:
    """The value in the wanted unit; None where it is another kind of unit."""
    if given.dimension is wanted.dimension and given.is_money:
        return Quantity(value, given).to(wanted).value
    same = label_key(given.symbol) == label_key(wanted.symbol)
    same = (
        same
        or label_key(given.symbol) in label_key(wanted.symbol)
        or label_key(wanted.symbol) in label_key(given.symbol)
    )
    return value if same else None


def rounds_to(value: Decimal, gold: Decimal) -> bool:
    """Whether a value rounds to gold at gold's digits."""
    return value.quantize(Decimal(1).scaleb(-printed_decimals(gold)), ROUND_HALF_UP) == gold


def cites(citation: Citation, label: str) -> bool:
    """Whether a citation's row, table or sentence holds a label."""
    parts = (*citation.row, citation.table or "", citation.text, *(citation.section or ()), citation.label or "")
    return any(label_key(label) in label_key(part) for part in parts)


def score_all(engine: Engine, questions: Sequence[Question]) -> Iterator[Scored]:
    """Every question asked and judged, in order."""
    for question in questions:
        try:
            answer = engine.ask(question.question)
        except BudgetQAError as error:
            yield Scored(question, None, Verdict.ERROR, str(error))
            continue
        verdict, why = judge(question, answer)
        yield Scored(question, answer, verdict, why)


def main(argv: Sequence[str] | None = None) -> int:
    """Score a set and print what is not right; 0 when everything is."""
    parser = argparse.ArgumentParser(prog="python -m eval.score", description=__doc__)
    parser.add_argument("dataset", type=Path)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--all", action="store_true", help="print right answers too")
    args = parser.parse_args(argv)
    from ingest.store import open_corpus
    from qa.meaning import StoredVectors

    corpus = open_corpus(args.store)
    engine = Engine(corpus, StoredVectors(corpus, args.store))
    scored = list(score_all(engine, read_questions(args.dataset)))
    corpus.close()
    for one in scored:
        if args.all or one.verdict is not Verdict.RIGHT:
            print_one(one)
    kinds: dict[str, Counter[Verdict]] = {}
    for one in scored:
        kinds.setdefault(one.question.kind, Counter())[one.verdict] += 1
    for kind, counts in kinds.items():
        print(f"{kind:12} {counts[Verdict.RIGHT]:4}/{counts.total():<4} {dict(counts)}")
    right = sum(c[Verdict.RIGHT] for c in kinds.values())
    print(f"{right}/{len(scored)} right, {sum(c[Verdict.WRONG] for c in kinds.values())} wrong figures or words")
    return 0 if right == len(scored) else 1


def print_one(one: Scored) -> None:
    """One question with what was answered."""
    q = one.question
    print(f"{one.verdict.value.upper():8} [{q.kind} {q.language}] {q.question}  gold={q.gold} {q.unit} | {one.why}")
    if one.answer is not None:
        print(f"         -> {one.answer.answer[:200]}")


if __name__ == "__main__":
    sys.exit(main())
