"""Sentences that declare there is none of something, and terms with their definitions. All sentences are ours."""

from __future__ import annotations

import pytest

from ingest.declarations import declared_none, read_declarations, read_table_declarations
from ingest.definitions import read_definitions
from ingest.records import Passage, PassageKind, PassageLine, Table, TableKind
from ingest.units import UNKNOWN_UNIT


def passage(text: str, kind: PassageKind = PassageKind.PARAGRAPH) -> Passage:
    return Passage("P1", kind, ("七、政府性基金",), text, (PassageLine(0, len(text), 4),))


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("2031 年没有使用政府性基金预算拨款安排的支出。", "政府性基金预算"),
        ("云溪市水务局本年度没有国有资本经营预算财政拨款收入和支出，故本表无数据。", "国有资本经营预算"),
        ("注：本部门2031年无政府性基金预算财政拨款安排的预算，故本表为空表。", "政府性基金预算"),
        ("云溪市水务局 2031 年度无“三公”经费财政拨款支出。", "“三公”经费"),
        ("2031年没有安排政府性基金预算拨款的支出。", "政府性基金预算"),
        ("2031年无公务用车购置预算安排。", "公务用车购置预算"),
        ("本部门2031年公务用车购置未安排。", "公务用车购置"),
        ("The department has no capital expenditure in FY2031.", "capital expenditure"),
    ],
)
def test_declarations_of_none(sentence: str, subject: str) -> None:
    assert declared_none(sentence) == subject


@pytest.mark.parametrize(
    "sentence",
    [
        "政府性基金拨款支出预算为 0 万元。",
        "无政府性基金预算收入支出的，仍保留该表格式。",
        "未归口管理的行政单位离退休（项）支出 5 万元。",
        "与上年相比无变化。",
        "主要原因是上年无此项支出。",
        "各环节无缝对接，资金安全。",
    ],
)
def test_sentences_that_declare_nothing(sentence: str) -> None:
    assert declared_none(sentence) is None


def test_a_declaration_keeps_its_sentence_and_page() -> None:
    (found,) = read_declarations([passage("情况如下。2031 年没有使用政府性基金预算拨款安排的支出。")])
    assert (found.subject, found.page, found.passage) == ("政府性基金预算", 4, "P1")
    assert found.sentence == "2031 年没有使用政府性基金预算拨款安排的支出。"


def test_none_said_in_two_words_behind_its_names() -> None:
    (found,) = read_declarations([passage("因财力不足，因公出国、公务接待费没预算。")])
    assert found.subject == "因公出国、公务接待费"


def test_a_note_that_names_nothing_speaks_of_its_table() -> None:
    notes = ("注：本部门无相关收支项目",)
    title = "财政拨款政府性基金支出预算表"
    table = Table("T7", title, None, TableKind.GENERAL, UNKNOWN_UNIT, (9, 10), (), (), notes)
    (found,) = read_table_declarations([table])
    assert (found.subject, found.table, found.page) == ("政府性基金支出预算", "T7", 10)


def test_definitions() -> None:
    texts = ["7. 基本支出：指日常运转的支出。", "12. 农林水支出（类）水利（款）防汛（项）：反映防汛支出。"]
    found = read_definitions([passage(text, PassageKind.DEFINITION) for text in texts])
    assert [(d.term, d.text) for d in found] == [("基本支出", "指日常运转的支出。"), ("防汛", "反映防汛支出。")]
