"""Words that mean nothing: what wraps a question is told from what names another matter."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from qa.chatter import cover_chatter, english_words, single_characters, weighty_words
from qa.keys import words
from qa.roles import read_table

STRETCHES = Path(__file__).parent.parent / "eval" / "stretches" / "stretches.tsv"
_RUN = re.compile(rf"(?:(?![{re.escape(single_characters())}])[一-鿿]){{2,}}")


def _left_of(question: str, start: int, end: int) -> list[str]:
    """The Chinese words between two places of a question that the lexicon of chatter leaves over."""
    covered = [not start <= at < end for at in range(len(question))]
    cover_chatter(question, covered)
    return _RUN.findall("".join(" " if c else t for c, t in zip(covered, question, strict=True)))


def _meant(language: str, marked: str) -> str:
    start, end = marked.index("["), marked.index("]") - 1
    question = marked.replace("[", "").replace("]", "")
    if language == "zh":
        left = _left_of(question, start, end)
    else:
        inside = (w.stem for w in words(question) if start <= w.start < end and len(w.stem) > 1)
        left = [s for s in inside if s not in english_words() or s in weighty_words()]
    return "content" if left else "chatter"


def test_labelled_stretches_are_told_apart() -> None:
    rows = [line.split("\t") for line in STRETCHES.read_text("utf-8").splitlines() if not line.startswith("#")]
    counts = Counter((language, kind, _meant(language, marked)) for kind, language, marked in rows)
    assert len(rows) == 200
    assert counts["zh", "content", "chatter"] <= 3  # 第二季度, 上半年: the doubt of months sees them; 大数据
    assert counts["en", "content", "chatter"] == 0
    assert counts["zh", "chatter", "content"] <= 2
    assert counts["en", "chatter", "content"] <= 3


@pytest.mark.parametrize(
    "chatter",
    [
        "换算成亿元告诉我",
        "一台多少钱",
        "排前三名",
        "替职工缴",
        "从高到低排",
        "最后省下来没花",
        "好端端的",
        "捋一捋",
        "掏了出去",
        "给全体职工发",
        "保留两位小数",
    ],
)
def test_wraps_are_covered(chatter: str) -> None:
    assert not _left_of(chatter, 0, len(chatter))


@pytest.mark.parametrize(
    "content", ["无人机", "女职工", "农村学前教育", "消防车", "职工培训", "计划生育", "预备役", "统一着装"]
)
def test_other_matters_are_left(content: str) -> None:
    assert _left_of(content, 0, len(content))


@pytest.mark.parametrize("file", ["chatter_zh.tsv", "chatter_en.tsv"])
def test_no_word_is_both_chatter_and_weighty(file: str) -> None:
    whole = {w for kind, row in read_table(file) if kind not in ("weighty", "pattern", "verb") for w in row.split("|")}
    assert not whole & weighty_words()


def test_verbs_of_the_english_table_come_in_all_forms() -> None:
    assert {
        "convert",
        "converted",
        "converting",
        "trimmed",
        "trimming",
        "tallied",
        "saved",
        "saving",
    } <= english_words()
