"""Generated corpora: so many budgets of different agencies and years, and questions over some of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
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
_YEAR = re.compile(r"(?:19|20)\d\d")
_HEADING = "#kind\tlang\tquestion\tgold\tunit\tcite\tdocuments"
# One plain layout: what grows here is the corpus, not the difficulty of the pages.
LAYOUT = Layout()


def specifications(count: int) -> Iterator[Spec]:
    """So many budgets, no two of one agency and year; the first n of a larger corpus are those of a smaller one."""
    for seed, (agency, main, year) in enumerate(agencies(count), 1):
        options = RandomOptions(year=year, agency=agency, main=main, scope="部门", step=Decimal(100))
        yield random_spec(seed, options)


def agencies(count: int) -> list[tuple[str, str, int]]:
    """Agency, its main function and a year for so many budgets. Raises `ValueError` for more than can be told apart."""
    places = [row[0] for row in rows_of("places")]
    choices = [choice for years in YEARS for choice in _shuffled(product(places, rows_of("agencies"), years))]
    if count > len(choices):
        raise ValueError(f"at most {len(choices)} documents can be told apart")
    return [(place + name, main, year) for place, (name, main), year in choices[:count]]


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
    """Write questions over the first `asked` budgets, each naming agency and year, with gold by construction.

    A question about a year whose budget the agency lacks is left out where the corpus has it, or the next year's, which
    tells of the year before.
    """
    held = frozenset((spec.agency, spec.year) for spec in specs)
    lines = [_HEADING]
    for seed, spec in enumerate(specs[:asked], 1):
        named = Asked(spec, LAYOUT.figures, f"{spec.year}年{spec.agency}", f"the {spec.year} budget of {spec.agency}")
        questions = [*chinese_questions(named, seed, each=1), *english_questions(named, seed, each=1)]
        for q in {q.text: q for q in questions}.values():
            if q.kind != "abstain":
                lines.append(f"{q.line()}\t{file_name(spec)}")
            elif not _held(q.text, spec, held):
                lines.append(f"{q.line()}\t*")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _held(question: str, spec: Spec, held: Set[tuple[str, int]]) -> bool:
    """Whether the corpus has something to say of a year beside the budget's own that a question about it names."""
    years = {int(year) for year in _YEAR.findall(question)} - {spec.year}
    return any((spec.agency, told) in held for year in years for told in (year, year + 1))
