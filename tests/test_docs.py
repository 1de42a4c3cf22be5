"""What the documentation says is so: its commands exist, its links lead somewhere, its JSON has the engine's keys."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from ingest.extract import extract
from ingest.store import open_corpus
from qa.cli import build_parser
from qa.engine import Engine

ROOT = Path(__file__).resolve().parent.parent
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
DOCS = [*READMES, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def name_of(path: Path) -> str:
    return path.name


def command_lines(path: Path, program: str) -> list[list[str]]:
    """The lines in the file's code blocks that start with the program, split as a shell does, comments left out."""
    lines = [line for _, body in _FENCE.findall(path.read_text(encoding="utf-8")) for line in body.splitlines()]
    starts = [line.removeprefix("$ ") for line in lines if line.removeprefix("$ ").startswith(f"{program} ")]
    return [shlex.split(line, comments=True) for line in starts]


@pytest.mark.parametrize("path", DOCS, ids=name_of)
def test_budgetqa_commands_parse(path: Path) -> None:
    for words in command_lines(path, "budgetqa"):
        assert build_parser().parse_args(words[1:]).command


@pytest.mark.parametrize("path", DOCS, ids=name_of)
def test_make_targets_exist(path: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for words in command_lines(path, "make"):
        assert {word for word in words[1:] if "=" not in word} <= targets


@pytest.mark.parametrize("path", DOCS, ids=name_of)
def test_links_resolve(path: Path) -> None:
    for target in _LINK.findall(path.read_text(encoding="utf-8")):
        if "://" not in target and not target.startswith("#"):
            assert (path.parent / target.partition("#")[0]).exists(), target


@pytest.mark.parametrize("path", DOCS, ids=name_of)
def test_named_files_exist(path: Path) -> None:
    """Paths of ours that stand in backquotes."""
    for named in re.findall(r"`((?:ingest|qa|eval|tests|docs|benchmarks|samples)/[\w./*-]*)`", path.read_text("utf-8")):
        assert list(ROOT.glob(named.rstrip("/"))), named


def test_both_readmes_show_the_same_commands() -> None:
    english, chinese = ([command_lines(path, program) for program in ("make", "budgetqa")] for path in READMES)
    assert english == chinese
    assert all(english)


def shown_answer(path: Path) -> dict[str, Any]:
    """The JSON answer the README shows."""
    blocks = [body for kind, body in _FENCE.findall(path.read_text(encoding="utf-8")) if kind == "json"]
    answer = json.loads(blocks[0])
    assert isinstance(answer, dict)
    return answer


@pytest.fixture(scope="module")
def sample_answer(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the engine says now to the README's question, over the sample it is answered from."""
    shown = shown_answer(READMES[0])
    corpus = open_corpus(tmp_path_factory.mktemp("store"), create=True)
    try:
        corpus.add(extract(ROOT / "samples" / shown["citations"][0]["file"]))
        return Engine(corpus).ask(shown["question"]).to_json()
    finally:
        corpus.close()


@pytest.mark.parametrize("path", READMES, ids=name_of)
def test_the_answer_shown_is_what_the_engine_says(path: Path, sample_answer: dict[str, Any]) -> None:
    shown = shown_answer(path)
    assert set(shown) == set(sample_answer)
    for key in ("question", "language", "status", "answer", "value", "unit", "items", "steps"):
        assert shown[key] == sample_answer[key]
    places = [[{**c, "document": ""} for c in answer["citations"]] for answer in (shown, sample_answer)]
    assert places[0] == places[1]
