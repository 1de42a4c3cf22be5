"""What is no text, or too much of one: one clear line each, exit status 2 where it is an error, in bounded time."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import BadQuestion
from ingest.extract import extract
from ingest.store import open_corpus
from qa.commands.verify import MOST_CHARACTERS, read_text
from qa.engine import Engine
from qa.link import linker_for
from qa.verify.judge import Judge

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "samples" / "qinglan-wenlv-2024-budget-invented.pdf"
CLAIM = "青岚市文化和旅游局2024年支出预算10756.25万元，"
MANY_SECONDS = 60  # of a loaded machine; each takes a few


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    corpus = open_corpus(folder, create=True)
    corpus.add(extract(SAMPLE))
    corpus.close()
    return folder


@pytest.fixture(scope="module")
def judge(store: Path) -> Iterator[Judge]:
    corpus = open_corpus(store)
    yield Judge(corpus, Engine(corpus), linker_for(corpus))
    corpus.close()


def verify(store: Path, argument: str | bytes) -> tuple[int, str, str]:
    """Exit status, output and errors of the command."""
    done = subprocess.run(
        [sys.executable, "-m", "qa", "--store", str(store), "verify", argument],
        cwd=ROOT, env=os.environ, capture_output=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout.decode(), done.stderr.decode()


# -- refused


@pytest.mark.parametrize("text", ["", "  \n", "a\0b", "预算\udcff100万元", "x" * (MOST_CHARACTERS + 1)])
def test_what_is_no_text_is_refused(text: str) -> None:
    with pytest.raises(BadQuestion):
        read_text(text)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("binary.bin", b"\x89PNG\xff\xfe\x00", "UTF-8"),
        ("zero.txt", "预算\0万元".encode(), "zero bytes"),
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "empty"),
        ("gbk.txt", "预算5万元。".encode("gb18030"), "UTF-8"),
        ("long.txt", b"x" * (MOST_CHARACTERS + 1), "characters"),
        ("huge.txt", b"x" * (MOST_CHARACTERS * 4 + 1), "too large"),
    ],
)
def test_a_file_that_is_no_text_is_named(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(BadQuestion, match=name) as caught:
        read_text(str(path))
    assert says in str(caught.value)


def test_a_directory_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(BadQuestion, match="directory"):
        read_text(str(tmp_path))


@pytest.mark.parametrize("name", ["missing.txt", "texts/missing", "./claims.md", "报道.txt"])
def test_a_file_that_is_not_there_is_no_claim(name: str) -> None:
    with pytest.raises(BadQuestion, match="no such file"):
        read_text(name)


def test_the_command_says_in_one_line_what_is_wrong(tmp_path: Path, store: Path) -> None:
    for where, argument in ((tmp_path / "none", "预算5万元。"), (store, str(tmp_path)), (store, b"\xff\xfe100")):
        status, out, err = verify(where, argument)
        assert status == 2 and not out
        assert len(err.strip().splitlines()) == 1 and "Traceback" not in err


# -- read


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("预算5万元。", encoding="utf-8")
    assert read_text(str(path)) == "预算5万元。"


@pytest.mark.parametrize("text", [CLAIM * 20, "a" * 300, "预算5万元/年。", "支出增长1.5倍", "Spending was $3.5m/year."])
def test_a_text_is_not_taken_for_a_path(text: str) -> None:
    assert read_text(text) == text


def test_a_document_that_is_not_held_is_said_in_one_line(store: Path) -> None:
    status, out, err = verify(store, "桂江市水利局2024年支出预算9000万元。")
    assert status == 0 and not err
    assert out.startswith("1. [not_found]") and len(out.splitlines()) == 2


# -- in bounded time


@pytest.mark.parametrize(
    "text",
    [
        "今天天气很高兴" * 140_000,  # a line of a million characters, with words that comparisons use
        "今天天气很好，大家都很高兴。\n" * 300_000,  # 5 MB without a figure
        "two and a half " * 60_000,
        "比上年多超过" * 150_000,
        "a" * 1_000_000,
        "1" * 1_000_000,
        "3.5" * 300_000,
    ],
)
def test_a_text_without_claims_is_done_with_soon(judge: Judge, text: str) -> None:
    start = time.monotonic()
    checked = judge.check(text)
    assert time.monotonic() - start < MANY_SECONDS
    assert {j.verdict.value for j in checked.judged} <= {"not_checkable", "not_found"}


def test_a_text_of_very_many_claims_is_judged_in_part(judge: Judge) -> None:
    start = time.monotonic()
    checked = judge.check(CLAIM * 40_000, most=40)  # a line of 1.2 million characters
    assert time.monotonic() - start < MANY_SECONDS
    assert len(checked.judged) == 40 and not checked.complete
