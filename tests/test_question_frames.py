"""Many ways to put a question, each of one generated budget alone that need not be named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from eval.dataset import read_dataset
from eval.generate.asking import Asked
from eval.outcome import Outcome, score
from eval.scale.corpus import LAYOUT, file_name, specifications, write_corpus
from eval.shown import shown_from_json
from eval.wordings.asks import ASKS, Drawer
from qa.engine import Engine
from qa.keys import is_chinese
from tests.engines import engine_over

FRAMES = Path(__file__).with_name("frames.tsv")
SPEC = next(iter(specifications(1)))
HEADING = "#kind\tlang\tquestion\tgold\tunit\tcite\tdocuments"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("frames")
    write_corpus([SPEC], folder)
    yield from engine_over(folder, [folder / file_name(SPEC)])


def _lines(ask: str) -> Iterator[str]:
    """The questions of one ask, each with the gold that follows from the specification."""
    for row in FRAMES.read_text(encoding="utf-8").splitlines():
        kind, _, text = row.partition("\t")
        if kind != ask:
            continue
        language = "zh" if is_chinese(text) else "en"
        drawer = Drawer(Asked(SPEC, LAYOUT.figures, "", ""), language, Random(text))
        case = next(ASKS[ask](drawer), None)
        if case is not None:
            question = text.format(**dict(case.names))
            yield "\t".join((case.kind.value, language, question, case.gold, case.unit, case.cite, file_name(SPEC)))


@pytest.mark.parametrize("ask", sorted(ASKS))
def test_a_question_is_answered_however_it_is_put(engine: Engine, ask: str, tmp_path: Path) -> None:
    lines = list(_lines(ask))
    if not lines:
        pytest.skip(f"no frame asks for {ask}, or this budget has none")
    path = tmp_path / "frames.tsv"
    path.write_text("\n".join((HEADING, *lines)) + "\n", encoding="utf-8")
    wrong = []
    for question in read_dataset(path).questions:
        answer = engine.ask(question.text)
        scored = score(question, shown_from_json(answer.to_json()))
        if scored.outcome is not Outcome.RIGHT:
            wrong.append(f"{question.text}: {scored.outcome} {answer.answer}")
    assert not wrong
