"""What the documentation says is so: its commands exist, its links lead somewhere, its JSON has the engine's keys."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from qa.cli import build_parser

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


@pytest.mark.parametrize("path", READMES, ids=name_of)
def test_the_json_example_has_the_fixed_keys(path: Path) -> None:
    blocks = [body for kind, body in _FENCE.findall(path.read_text(encoding="utf-8")) if kind == "json"]
    answer = json.loads(blocks[0])
    assert set(answer) == {
        "question", "language", "status", "answer", "value", "unit", "items", "plan", "steps", "citations",
        "alternatives", "notes", "elapsed_ms",
    }  # fmt: skip
    assert {"document", "file", "page", "text", "bbox"} <= set(answer["citations"][0])
