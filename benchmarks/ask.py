"""How long an answer takes: a cold process, and a warm engine.

    python -m benchmarks.ask --store DIR [--questions FILE] [--cold N]

FILE has a question a line, or tab-separated columns of which the third is the question, as the datasets have.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from benchmarks.clock import machine, percentile, print_rows, seconds
from ingest.errors import BudgetQAError

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = (
    "科学普及花了多少钱",
    "科普活动和学术交流活动一共多少",
    "住房保障支出占总支出的比例",
    "本级最贵的项目是什么",
    "公务用车购置及运行维护费比上年增加多少",
    "基本支出是什么意思",
    "绍兴市水利局预算多少",
    "How much was spent on science popularization?",
    "What is the largest budget line under science popularization?",
)

WARMING = (  # load the lexicons, both languages' indexes and the embedder
    "会议费是多少",
    "一共有几个项目",
    "给员工发工资要花多少钱",
    "What is the total budget?",
    "How many sessions of training must the unit hold?",
    "How much goes into keeping the lights on?",
)


def read_questions(path: Path) -> list[str]:
    """The questions of a file, comment lines and empty ones left out."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip() and line[0] != "#"]
    return [line.split("\t")[2] if "\t" in line else line for line in lines]


def cold(store: Path, question: str) -> float:
    """Seconds from starting the command to its end; raises `CalledProcessError` where it fails."""
    command = [sys.executable, "-m", "qa", "ask", question, "--json", "--store", str(store)]
    return seconds(lambda: subprocess.run(command, cwd=ROOT, check=True, capture_output=True))


def warm(store: Path, questions: list[str]) -> list[float]:
    """Seconds for each question in one process that has answered others before: nothing is asked twice."""
    from qa.commands.ask import make_engine
    from qa.opening import opened_corpus

    with opened_corpus(store) as corpus:
        engine = make_engine(corpus, store)
        for question in WARMING:
            engine.ask(question)
        return [seconds(lambda q=question: engine.ask(q)) for question in questions]  # type: ignore[misc]


def main() -> int:
    """Print milliseconds: cold median, warm p50 and p95."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ask", description=__doc__.splitlines()[0])
    parser.add_argument("--store", type=Path, default=Path("data"))
    parser.add_argument("--questions", type=Path, help="a file of questions (else a few of our own)")
    parser.add_argument("--cold", type=int, default=5, help="how many cold processes (else 5)")
    args = parser.parse_args()
    store = args.store.resolve()
    questions = read_questions(args.questions) if args.questions else list(QUESTIONS)
    try:
        measured = {
            "cold process": [cold(store, questions[i % len(questions)]) for i in range(args.cold)],
            "warm engine": warm(store, questions),
        }
    except BudgetQAError as error:
        print(f"benchmarks.ask: {error}", file=sys.stderr)
        return 2
    print(f"{len(questions)} questions, {machine()}")
    rows: list[tuple[str, ...]] = [("milliseconds", "n", "p50", "p95", "longest")]
    for name, values in measured.items():
        shown = (percentile(values, 0.5), percentile(values, 0.95), max(values))
        rows.append((name, str(len(values)), *(f"{value * 1000:.1f}" for value in shown)))
    print_rows(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
