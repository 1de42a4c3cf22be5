"""`budgetqa ask`: one question, batches with broken lines, wrong input in one line, nothing heavy loaded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.cli import main
from tests.questions_corpus import small_corpus


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = Path(tmp_path_factory.mktemp("store"))
    small_corpus(folder).close()
    yield folder


def test_an_answer_for_reading_names_its_place(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--store", str(store), "ask", "科普活动和学术交流活动一共多少", "--explain"]) == 0
    out = capsys.readouterr().out
    assert "合计 390.00 万元" in out
    assert "265.00 + 125.00 = 390.00 万元" in out
    assert "a.pdf p.3, 2024年部门支出预算总表: 科学技术支出 > 科学技术普及 > 科普活动 2060702" in out
    assert "# plan: " in out


def test_a_batch_keeps_order_and_answers_round_broken_lines(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = tmp_path / "batch.jsonl"
    lines = [
        "科普活动是多少元",
        '{"question": "学术交流活动是多少", "document": "a"}',
        '{"question": 7}',
        '{"question": "',
        '{"question": "总支出是多少", "document": "nowhere"}',
        "",
        "科" * 3000,
        "奖金是多少",
    ]
    batch.write_text("\n".join(lines), "utf-8")
    assert main(["--store", str(store), "ask", "--batch", str(batch), "--json"]) == 1
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [a.get("value") for a in answers] == ["2650000", "125.00", None, None, None, None, "50.00"]
    assert [a["status"] == "error" for a in answers] == [False, False, True, True, True, True, False]
    assert all(a["error"] for a in answers if a["status"] == "error")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["ask"], "give either a QUESTION or --batch FILE"),
        (["ask", ""], "the question is empty"),
        (["ask", "科" * 100_000], "100000 characters"),
        (["ask", "--batch", "no-such-file"], "no-such-file"),
        (["ask", "总支出", "--document", "nowhere"], "nowhere"),
    ],
)
def test_wrong_input_is_one_line_and_status_2(
    store: Path, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--store", str(store), *arguments]) == 2
    err = capsys.readouterr().err
    assert told in err
    assert err.count("\n") == 1


def test_a_binary_batch_is_refused(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batch = tmp_path / "batch.bin"
    batch.write_bytes(b"\xff\xfe\x00\x80")
    assert main(["--store", str(store), "ask", "--batch", str(batch)]) == 2
    assert "not UTF-8" in capsys.readouterr().err


def test_a_store_without_documents_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--store", str(tmp_path / "none"), "ask", "科普活动"]) == 2
    assert "budgetqa ingest" in capsys.readouterr().err


def test_asking_by_name_loads_nothing_heavy(store: Path) -> None:
    heavy = ("torch", "chromadb", "pdfplumber", "streamlit", "llama_index", "sentence_transformers", "numpy")
    program = (
        "import sys; from qa.cli import main; status = main(sys.argv[1:]); "
        f"loaded = [m for m in {heavy!r} if m in sys.modules]; assert not loaded, loaded; sys.exit(status)"
    )
    command = [sys.executable, "-c", program, "--store", str(store), "ask", "科普活动是多少元"]
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run(
        command, cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
