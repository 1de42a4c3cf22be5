"""Generated corpora: so many budgets of different agencies and years, and questions over some of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import product
from pathlib import Path
from random import Random
from typing import TypeVar

from eval.generate.asking import Asked
from eval.generate.compose import budget_book
from eval.generate.data_files import rows_of
from eval.generate.files import render_book
from eval.generate.layout import Layout
from eval.generate.questions_en import english_questions
from eval.generate.questions_zh import chinese_questions
from eval.generate.random_spec import RandomOptions, random_spec
from eval.generate.spec import Spec

T = TypeVar("T")
# Older years are drawn on when every agency has a budget of the later ones, so that a larger corpus begins with a
# smaller one's documents.
YEARS = ((2020, 2021, 2022, 2023, 2024), (2015, 2016, 2017, 2018, 2019))
_HEADING = "#kind\tlang\tquestion\tgold\tunit\tcite\tdocuments"
# One plain layout: what grows here is the corpus, not the difficulty of the pages.
LAYOUT = Layout()


def specifications(count: int) -> Iterator[Spec]:
    """So many budgets, no two of one agency and year; the first n of a larger corpus are those of a smaller one."""
    places = [row[0] for row in rows_of("places")]
    choices = [choice for years in YEARS for choice in _shuffled(product(places, rows_of("agencies"), years))]
    if count > len(choices):
        raise ValueError(f"at most {len(choices)} documents can be told apart")
    for seed, (place, (name, main), year) in enumerate(choices[:count], 1):
        options = RandomOptions(year=year, agency=place + name, main=main, scope="部门", step=Decimal(100))
        yield random_spec(seed, options)


def _shuffled(choices: Iterable[T]) -> list[T]:
    shuffled = list(choices)
    Random("corpus").shuffle(shuffled)
    return shuffled


def file_name(spec: Spec) -> str:
    """The file of a budget."""
    return f"{spec.agency}-{spec.year}.pdf"


def write_corpus(specs: Sequence[Spec], folder: Path) -> int:
    """Render the budgets that are not there yet; returns their pages in all."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = 0
    for spec in specs:
        name = file_name(spec)
        rendered = render_book(budget_book(spec, LAYOUT), name)
        (folder / name).write_bytes(rendered.pdf)
        pages += rendered.gold.pages
    return pages


def write_questions(specs: Sequence[Spec], path: Path, asked: int) -> None:
    """Write questions over the first `asked` budgets, each naming agency and year, with gold by construction."""
    lines = [_HEADING]
    for seed, spec in enumerate(specs[:asked], 1):
        named = Asked(spec, LAYOUT.figures, f"{spec.year}年{spec.agency}", f"the {spec.year} budget of {spec.agency}")
        questions = [*chinese_questions(named, seed, each=1), *english_questions(named, seed, each=1)]
        for q in {q.text: q for q in questions}.values():
            documents = "*" if q.kind == "abstain" else file_name(spec)
            lines.append(f"{q.line()}\t{documents}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
