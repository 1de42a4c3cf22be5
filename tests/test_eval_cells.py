"""Citations against gold cells, from the committed JSON lines over the samples to the report."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from eval.command import evaluate
from eval.dataset import read_dataset
from eval.frozen import SAMPLES
from eval.report.jsonform import run_to_json
from eval.stores import make_store
from eval.suites import CELLS
from ingest.numbers import parse_figure

LEAST = 0.9  # 13 of 13 when it was written


def test_every_gold_cell_is_drawn_on_its_page() -> None:
    questions = read_dataset(CELLS).questions
    assert len(questions) >= 10
    for question in questions:
        values = [drawn(c.document, c.page, c.table, c.row, c.column) for c in question.cells]
        assert all(values), question.text
        if len(values) == 1:
            assert values == list(question.figures)


def drawn(document: str, page: int | None, table: str | None, row: str | None, column: str | None) -> Decimal | None:
    """The figure that the generator drew there."""
    gold = json.loads((SAMPLES / document).with_suffix(".gold.json").read_text(encoding="utf-8"))
    for one in (t for t in gold["tables"] if t["title"] == table):
        at = next(n for n, c in enumerate(one["columns"]) if column in c["path"])
        for line in one["rows"]:
            if line["page"] == page and row in line["cells"]:
                return parse_figure(line["cells"][at])
    return None


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples") / "store"
    make_store([SAMPLES], folder)
    return folder


def test_precision_and_recall_of_cited_cells_are_reported(store: Path) -> None:
    (system,) = run_to_json(evaluate([CELLS], store, ["ours"]))["systems"]
    shares = {share["name"]: share for share in system["shares"]}
    assert shares["citation recall"]["whole"] == sum(len(q.cells) for q in read_dataset(CELLS).questions)
    for name in ("citation precision", "citation recall"):
        assert shares[name]["hits"] / shares[name]["whole"] > LEAST
