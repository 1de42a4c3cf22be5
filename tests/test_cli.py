"""The command line as a user meets it: options, exit status, one-line errors, and no slow imports."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.store import open_corpus
from qa.cli import build_parser, main, store_directory
from qa.commands import COMMANDS
from tests.factories import sample_extract

ROOT = Path(__file__).resolve().parent.parent
HEAVY = ("torch", "chromadb", "pdfplumber", "streamlit", "llama_index", "pandas", "sqlalchemy", "numpy")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    directory = tmp_path / "store"
    corpus = open_corpus(directory, create=True)
    corpus.add(sample_extract("a"))
    corpus.add(sample_extract("b", agency="另一局", year=2023))
    corpus.close()
    return directory


def run_cli(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "qa", *arguments],
        cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_importing_the_cli_loads_nothing_heavy() -> None:
    code = f"import sys, qa.cli; qa.cli.build_parser(); print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_command_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        main(["--help"])
    assert leaving.value.code == 0
    shown = capsys.readouterr().out
    for command in ("ingest", "ask", "documents", "tables", "eval", "app"):
        assert f"\n    {command} " in shown
    assert len(COMMANDS) >= 6


@pytest.mark.parametrize("arguments", [["--store", "x", "documents"], ["documents", "--store", "x"]])
def test_store_stands_before_or_after_the_command(arguments: list[str]) -> None:
    assert build_parser().parse_args(arguments).store == Path("x")


def test_store_comes_from_the_environment_or_is_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUDGETQA_STORE", "elsewhere")
    assert store_directory(None) == Path("elsewhere")
    assert store_directory(Path("x")) == Path("x")
    monkeypatch.delenv("BUDGETQA_STORE")
    assert store_directory(None) == Path("data")


@pytest.mark.parametrize("arguments", [[], ["no-such-command"], ["tables", "--format", "xml"], ["documents", "--no"]])
def test_a_wrong_command_line_is_one_line(arguments: list[str]) -> None:
    done = run_cli(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "--help" in done.stderr


@pytest.mark.parametrize("command", [["documents"], ["tables"], ["ask", "x"]])
def test_an_empty_store_is_one_line(command: list[str], tmp_path: Path) -> None:
    done = run_cli("--store", str(tmp_path / "none"), *command)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "budgetqa ingest" in done.stderr
    assert not (tmp_path / "none").exists()


def test_a_store_that_is_no_store_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a store", encoding="utf-8")
    done = run_cli("documents", "--store", str(tmp_path / "file"))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_ingest_of_nothing_is_one_line(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.pdf", tmp_path):
        done = run_cli("ingest", str(path), "--store", str(tmp_path / "store"))
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1
        assert str(path) in done.stderr


def test_documents_as_json(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["documents", "--json", "--store", str(store)]) == 0
    first, second = json.loads(capsys.readouterr().out)
    assert (first["file"], first["agency"]) == ("a.pdf", "某市科学技术协会")
    assert (first["year"], first["phase"]) == (2024, "budget")
    assert (second["agency"], second["year"]) == ("另一局", 2023)
    assert (first["pages"], first["tables"]) == (9, 2)
    assert first["checks"] == second["checks"] == {"held": 1, "rounding": 0, "broken": 0, "not_applicable": 0}


def test_documents_as_text_has_a_line_each(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--store", str(store), "documents"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert "某市科学技术协会" in lines[1]


def test_tables_as_json(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tables", "--format", "json", "--document", "a.pdf", "--store", str(store)]) == 0
    spending, projects = json.loads(capsys.readouterr().out)
    assert set(spending) == {"document", "file", "title", "number", "unit", "pages", "columns", "rows"}
    assert set(spending["rows"][0]) == {"cells", "code", "path", "page"}
    assert (spending["file"], spending["unit"], spending["pages"]) == ("a.pdf", "万元", [3])
    assert spending["columns"][3:] == [["支出", "基本支出"], ["支出", "项目支出"]]
    row = spending["rows"][3]
    assert row["cells"] == ["2060701", "机构运行", "110.00", "110.00", ""]
    assert (row["code"], row["path"]) == ("2060701", ["科学技术支出", "科学技术普及", "机构运行"])
    assert spending["rows"][0]["code"] is None
    assert projects["title"] == "2024年项目支出表"


def test_tables_of_no_such_name_lists_what_is_held(store: Path) -> None:
    done = run_cli("tables", "--table", "政府采购", "--store", str(store))
    assert done.returncode == 2
    assert "2024年部门支出预算总表" in done.stderr
    assert run_cli("tables", "--document", "c.pdf", "--store", str(store)).returncode == 2


def test_tables_as_csv(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tables", "--format", "csv", "--document", "a", "--table", "T1", "--store", str(store)]) == 0
    heading, *rows = csv.reader(io.StringIO(capsys.readouterr().out))
    assert heading[-2:] == ["支出 > 基本支出", "支出 > 项目支出"]
    assert len(rows) == 6
    assert dict(zip(heading, rows[4], strict=True))["支出 > 基本支出"] == "-"
    assert dict(zip(heading, rows[4], strict=True))["path"] == "科学技术支出 > 科学技术普及 > 科普活动"


def test_a_reader_that_leaves_early_is_no_error(store: Path) -> None:
    command = f"{sys.executable} -m qa tables --format json --store {store} | head -c 1"
    shell = ["bash", "-o", "pipefail", "-c", command]
    done = subprocess.run(shell, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stderr == ""
