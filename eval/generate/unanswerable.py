"""Questions about what a generated budget lacks: items of other budgets; the right answer is to give none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product
from pathlib import Path
from random import Random

from eval.generate.asking import Asked, english_name
from eval.generate.compose import budget_book
from eval.generate.data_files import rows_of
from eval.generate.files import render_book
from eval.generate.layout import Layout
from eval.generate.question import Question
from eval.generate.questions import questions
from eval.generate.random_layout import finest_step, random_layout
from eval.generate.random_spec import RandomOptions, random_spec
from eval.generate.spec import Spec

FIRST_SEED = 70_001  # kept apart from the seeds that anything is tuned on
YEARS = (2021, 2022, 2023)
LACKING = 12  # questions about missing items for each budget
_HEADING = "#kind\tlang\tquestion\tgold\tunit\tcite\tdocuments"
_FORMS = ("{0}{1}是多少", "{0}安排了多少{1}", "请问{0}的{1}预算有多少钱？", "{0}在{1}上花多少")


def write_checked_corpus(count: int, work: Path) -> list[Path]:
    """So many budgets as PDF into `work`/documents, and two question sets: what they hold, and what they lack."""
    folder = work / "documents"
    folder.mkdir(parents=True, exist_ok=True)
    made = list(_specifications(count))
    held, lacking = [_HEADING], [_HEADING]
    for seed, (spec, layout) in enumerate(made):
        name = f"{spec.agency}-{spec.year}.pdf"
        if not (folder / name).exists():
            (folder / name).write_bytes(render_book(budget_book(spec, layout), name).pdf)
        held += [f"{q.line()}\t*" for q in questions(spec, layout.figures, seed)]
        asked = Asked(spec, layout.figures, f"{spec.year}年{spec.agency}", f"the {spec.year} budget of {spec.agency}")
        lacking += [f"{q.line()}\t*" for q in missing(asked, [s for s, _ in made], seed)]
    paths = [work / "generated.tsv", work / "generated_lacking.tsv"]
    for path, lines in zip(paths, (held, lacking), strict=True):
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return paths


def _specifications(count: int) -> Iterator[tuple[Spec, Layout]]:
    places = [row[0] for row in rows_of("places")]
    choices = list(product(places, rows_of("agencies")))
    Random("check").shuffle(choices)
    for seed, (place, (name, main)) in enumerate(choices[:count], FIRST_SEED):
        layout = random_layout(seed)
        step = max(finest_step(layout), Decimal(100))
        year = YEARS[seed % len(YEARS)]
        yield (
            random_spec(seed, RandomOptions(year=year, agency=place + name, main=main, scope="部门", step=step)),
            layout,
        )


def missing(asked: Asked, others: Sequence[Spec], seed: int) -> Iterator[Question]:
    """Questions about items that other budgets print and this one does not, under no name that holds or is held."""
    rng = Random(f"missing {seed}")
    own = _names(asked.spec)
    foreign = sorted({n for spec in others for n in _names(spec)})
    lacking = [n for n in foreign if not any(n in name or name in n for name in own)]
    for name in rng.sample(lacking, min(LACKING, len(lacking))):
        english = english_name(name)
        if english is not None and rng.random() < 0.3:
            yield Question("abstain", "en", f"How much is budgeted for {english} in {asked.en}?", "")
        else:
            yield Question("abstain", "zh", rng.choice(_FORMS).format(asked.zh, name), "")


def _names(spec: Spec) -> set[str]:
    """What a budget prints amounts for."""
    names = {line.name for line in spec.all_functions()} | {line.name for line in spec.economics}
    return names | {project.name for project in spec.projects}
