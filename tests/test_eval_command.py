"""`budgetqa eval` as it is typed: output, reports, comparison, and one clear line for what cannot be used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.store import open_corpus
from qa.cli import main
from tests.factories import build_extract, build_table, item

QUESTIONS = (
    "lookup\tzh\t科学技术普及预算多少万元\t325.00\t万元\t科学技术普及\nlookup\tzh\t科学技术支出是多少\t1.00\t万元\t\n"
)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    items = [item("科学技术支出", "206", 0, "400.00"), item("科学技术普及", "20607", 1, "325.00"),
             item("合计", None, 0, "400.00", total=True)]  # fmt: skip
    corpus = open_corpus(tmp_path / "store", create=True)
    corpus.add(build_extract("a", tables=(build_table("T1", "支出总表", items, columns=("总计",)),)))
    corpus.close()
    (tmp_path / "set.tsv").write_text(QUESTIONS, encoding="utf-8")
    return tmp_path / "store"


def evaluate(store: Path, *arguments: str) -> int:
    return main(["eval", *arguments, "--store", str(store), "--system", "no-embeddings"])


def test_totals_and_failures_are_printed(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate(store, str(store.parent / "set.tsv")) == 0
    printed = capsys.readouterr().out
    assert "50.0 % (1 of 2" in printed
    assert "[wrong figure] set:2 lookup 科学技术支出是多少 -- 400.00 万元, gold 1.00 万元" in printed


def test_json_and_reports_and_comparison(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = store.parent / "report"
    assert evaluate(store, str(store.parent / "set.tsv"), "--json", "--report", str(report)) == 0
    data = json.loads(capsys.readouterr().out)
    assert [q["outcome"] for q in data["questions"]] == ["right", "wrong figure"]
    assert data["provenance"]["corpus"][0][0] == "a.pdf"
    assert json.loads((report / "report.json").read_text(encoding="utf-8")) == data
    assert main(["eval", "--compare", str(report), str(report)]) == 0
    assert capsys.readouterr().out.startswith("2 questions in both: 1 right before, 1 after")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none.tsv"], "none.tsv: cannot be read"),
        ([], "name a DATASET, or two reports with --compare"),
        (["--compare", "none", "none"], "none: cannot be read"),
    ],
)
def test_one_line_and_status_2(
    arguments: list[str], said: str, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluate(store, *arguments) == 2
    told = capsys.readouterr().err
    assert told.startswith("budgetqa: ")
    assert said in told
    assert told.count("\n") == 1


def test_an_empty_store_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "set.tsv").write_text(QUESTIONS, encoding="utf-8")
    assert evaluate(tmp_path / "store", str(tmp_path / "set.tsv")) == 2
    assert "budgetqa ingest" in capsys.readouterr().err
