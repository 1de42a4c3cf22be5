"""Sets whose questions are asked of their own documents alone: from files and a folder to totals."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.alone import evaluate_alone, store_name
from eval.outcome import Outcome
from ingest.errors import BadDataset
from qa.cli import main

HEADING = "#kind\tlang\tquestion\tgold\tunit\tcite\tdocuments\n"
HERE = "lookup\tzh\t印刷费是多少万元\t12.00\t万元\t印刷费\tone.txt\n"
THERE = "lookup\tzh\t印刷费是多少万元\t34.00\t万元\t印刷费\tother.txt\n"
NOWHERE = "abstain\tzh\t蓝湖市林业局2024年印刷费是多少\t\t\t\tone.txt\n"
BOTH = "sum\tzh\t青山市气象局和蓝湖市林业局2024年印刷费一共多少万元\t46.00\t万元\t印刷费\tother.txt|one.txt\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two budgets that print other figures under the same names."""
    (tmp_path / "documents").mkdir()
    for name, agency, figure in (("one", "青山市气象局", "12.00"), ("other", "蓝湖市林业局", "34.00")):
        lines = [f"{agency}2024年部门预算", "", "一、部门预算支出总表", "单位：万元", "项目\t合计",
                 f"办公费\t{figure}", f"印刷费\t{figure}"]  # fmt: skip
        (tmp_path / "documents" / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


def written(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text(HEADING + "".join(lines), encoding="utf-8")
    return path


def test_each_question_sees_its_own_documents_and_no_other(folder: Path) -> None:
    path = written(folder, "alone_two.tsv", THERE, HERE, NOWHERE, BOTH)
    (folder / "more").mkdir()
    (folder / "documents" / "other.txt").rename(folder / "more" / "other.txt")
    run = evaluate_alone([path], [folder / "documents", folder / "more"], folder / "stores", ["no-embeddings"])
    assert [s.question.line for s in run.scored] == [2, 3, 4, 5]
    assert [s.outcome for s in run.scored] == [Outcome.RIGHT] * 4
    assert {file for file, _ in run.provenance.corpus} == {"one.txt", "other.txt"}
    assert len(list((folder / "stores").iterdir())) == 3


def test_a_store_is_used_again_until_a_file_changes(folder: Path) -> None:
    file = folder / "documents" / "one.txt"
    before = store_name([file])
    assert store_name([file]) == before
    file.write_text(file.read_text(encoding="utf-8").replace("12.00", "13.00"), encoding="utf-8")
    assert store_name([file]) != before


def test_as_it_is_typed_with_totals_and_what_was_answered(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(folder, "alone_wrong.tsv", HERE.replace("12.00", "99.00"), THERE)
    options = ["--documents", str(folder / "documents"), "--stores", str(folder / "stores")]
    assert main(["eval", str(path), *options, "--system", "no-embeddings"]) == 0
    told = capsys.readouterr().out
    assert "language zh: 1 of 2 (1 wrong figure)" in told
    assert "[wrong figure] alone_wrong:2 lookup 印刷费是多少万元 -- 12.00 万元, gold 99.00 万元" in told
    assert "    answered: 青山市气象局2024年" in told


def test_a_held_out_set_gives_totals_only(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(folder, "alone_fresh_heldout.tsv", HERE.replace("12.00", "99.00"))
    options = ["--documents", str(folder / "documents"), "--system", "no-embeddings"]
    assert main(["eval", str(path), *options]) == 0
    told = capsys.readouterr().out
    assert "group held out: 0 of 1 (1 wrong figure)" in told
    assert "印刷费" not in told


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (HERE.replace("one.txt", "*"), "names no documents"),
        (HERE.replace("one.txt", "none.txt"), "no document 'none.txt'"),
        (HERE.replace("one.txt", "../documents/one.txt"), "no document '../documents/one.txt'"),
    ],
)
def test_errors_carry_file_and_line(folder: Path, line: str, said: str) -> None:
    path = written(folder, "alone_bad.tsv", THERE, line)
    with pytest.raises(BadDataset, match=rf"alone_bad\.tsv:3: {said}"):
        evaluate_alone([path], [folder / "documents"], folder / "stores", ["no-embeddings"])


def test_such_a_set_is_not_asked_of_a_whole_store(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(folder, "alone_two.tsv", HERE)
    assert main(["eval", str(path), "--store", str(folder / "store")]) == 2
    assert "alone; add --documents DIR" in capsys.readouterr().err
