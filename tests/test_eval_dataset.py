"""Datasets: both forms, and errors that name file and line."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from eval.dataset import read_dataset, read_datasets
from eval.groups import Group
from eval.question import GoldCell, Kind
from ingest.errors import BadDataset

ROOT = Path(__file__).resolve().parent.parent
HEADER = "#kind\tlang\tquestion\tgold\tunit\tcite\tdocuments\n"


def write(folder: Path, text: str, name: str = "set.tsv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_plain_form_without_a_header(tmp_path: Path) -> None:
    (only,) = read_dataset(write(tmp_path, "lookup\tzh\t会议费预算\t0.20\t万元\t会议费\n")).questions
    assert (only.kind, only.language, only.figures, only.unit, only.cite) == (
        Kind.LOOKUP, "zh", (Decimal("0.20"),), "万元", "会议费",
    )  # fmt: skip
    assert only.documents == ()
    assert only.line == 1


def test_columns_come_from_the_header(tmp_path: Path) -> None:
    text = "#id\tlang\tquestion\tgold\tunit\tcite\tkind\tstyle\np1\tzh\t有哪几项\t甲|乙\t\t\tlist\telliptic\n"
    (only,) = read_dataset(write(tmp_path, text)).questions
    assert (only.id, only.style, only.labels, only.figures) == ("p1", "elliptic", ("甲", "乙"), ())


def test_documents_column(tmp_path: Path) -> None:
    text = HEADER + "lookup\tzh\t甲\t1\t万元\t\ta.pdf|b.pdf\nabstain\tzh\t乙\t\t\t\t*\n"
    first, second = read_dataset(write(tmp_path, text)).questions
    assert first.documents == ("a.pdf", "b.pdf")
    assert second.documents == ()


def test_json_lines_hold_plan_and_cells(tmp_path: Path) -> None:
    cell = {"document": "a.pdf", "page": 3, "row": "会议费", "column": "合计"}
    record = {"kind": "trend", "lang": "zh", "question": "甲", "gold": ["1.0", "2.0"], "unit": "万元",
              "plan": {"op": "trend", "operands": ["甲"]}, "cells": [cell], "phase": "budget"}  # fmt: skip
    (only,) = read_dataset(write(tmp_path, json.dumps(record) + "\n\n", "set.jsonl")).questions
    assert only.figures == (Decimal("1.0"), Decimal("2.0"))
    assert only.plan is not None
    assert only.plan.form.says() == "trend (甲)"
    assert only.phase == "budget"
    assert only.cells == (GoldCell("a.pdf", 3, None, "会议费", "合计"),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEADER + "guess\tzh\t甲\t1\t\t\t\n", "set.tsv:2: unknown kind 'guess'"),
        (HEADER + "lookup\tzh\t甲\tviel\t万元\t\t\n", "set.tsv:2: gold is not a figure"),
        (HEADER + "lookup\tzh\t甲\t1|2\t万元\t\t\n", "set.tsv:2: kind lookup has one figure as gold, not 2"),
        (HEADER + "lookup\tzh\t\t1\t万元\t\t\n", "set.tsv:2: no question"),
        (HEADER + "text\tzh\t甲\t\t\t\t\n", "set.tsv:2: kind text needs gold"),
        (HEADER + "lookup\tzh\t甲\t1\t万元\t\t\tmore\n", "set.tsv:2: 8 fields, expected 7"),
        ("#kind\tquestion\n", "set.tsv:1: the header names no column lang, gold"),
        (HEADER, "no questions in it"),
    ],
)
def test_what_is_malformed_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadDataset) as error:
        read_dataset(write(tmp_path, text))
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "set.jsonl:1: not JSON"),
        ("[1]", "set.jsonl:1: not a JSON object"),
        ('{"kind": "lookup", "question": 3}', "set.jsonl:1: question is not text"),
        ('{"kind": "text", "question": "a", "gold": [1]}', "set.jsonl:1: gold holds something that is not text"),
        ('{"kind": "text", "question": "a", "gold": "b", "cells": [{}]}', "set.jsonl:1: a cell without a document"),
        ('{"kind": "text", "question": "a", "gold": "b", "cells": 3}', "set.jsonl:1: cells is not a list"),
        (
            '{"kind": "text", "question": "a", "gold": "b", "cells": [{"document": "a", "page": "3"}]}',
            "set.jsonl:1: page of cell 1 is not a whole number",
        ),
        (
            '{"kind": "text", "question": "a", "gold": "b", "cells": [{"document": "a", "row": ["b"]}]}',
            "set.jsonl:1: cell 1: row is not text",
        ),
        (
            '{"kind": "text", "question": "a", "gold": "b", "cells": [{"document": "a", "page": 0}]}',
            "set.jsonl:1: page of cell 1 is not a whole number",
        ),
        ('{"kind": "text", "question": "a", "gold": "b", "phase": "soon"}', "set.jsonl:1: unknown phase 'soon'"),
        ('{"kind": "text", "question": "a", "gold": "b", "plan": "sum"}', "set.jsonl:1: plan names no operation"),
        ('{"kind": "text", "question": "a", "gold": "b", "plan": {"op": "guess"}}', "set.jsonl:1: plan names no oper"),
        (
            '{"kind": "text", "question": "a", "gold": "b", "plan": {"op": "lookup", "item": {"sad": "x"}}}',
            "set.jsonl:1: plan.item: said is missing",
        ),
        ('{"text": "a", "verdicts": ["true"]}', "set.jsonl:1: 'true' is no verdict"),
        ('{"text": "a", "verdicts": ["rounded"], "true": []}', "set.jsonl:1: true is not a list with an entry"),
        ('{"text": "a", "verdicts": ["rounded"], "true": [{"value": "x"}]}', "set.jsonl:1: 'x' is not a figure"),
        ('{"text": " ", "verdicts": ["rounded"]}', "set.jsonl:1: no text"),
        ('{"text": "a", "verdicts": ["rounded"], "gold": 1}', "set.jsonl:1: unknown field 'gold'"),
        ('{"findings": []}', "set.jsonl:1: no document"),
        ('{"document": "a.pdf", "findings": {}}', "set.jsonl:1: findings is not a list"),
        ('{"document": "a.pdf", "findings": [{"check": "luck"}]}', "set.jsonl:1: finding 1: no check is called 'luck'"),
        (
            '{"document": "a.pdf", "findings": [{"check": "total", "outcome": "held"}]}',
            "set.jsonl:1: finding 1: outcome 'held' is none of broken, rounding",
        ),
    ],
)
def test_malformed_json_lines(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(BadDataset, match=said.replace("[", r"\[")):
        read_dataset(write(tmp_path, line, "set.jsonl"))


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "set.tsv"
    path.write_bytes(b"lookup\tzh\t\xff\xfe")
    with pytest.raises(BadDataset, match="not UTF-8 text"):
        read_dataset(path)


def test_a_missing_file_and_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(BadDataset, match=r"none\.tsv: cannot be read"):
        read_datasets([tmp_path / "none.tsv"])
    with pytest.raises(BadDataset, match="no question files"):
        read_datasets([tmp_path])


def test_a_folder_gives_its_question_sets_and_no_claims(tmp_path: Path) -> None:
    write(tmp_path, HEADER + "lookup\tzh\t甲\t1\t万元\t\t\n", "a.tsv")
    write(tmp_path, HEADER + "lookup\tzh\t甲\t1\t万元\t\t\n", "a_heldout.tsv")
    write(tmp_path, HEADER + "lookup\tzh\t甲\t1\t万元\t\t\n", "fresh_heldout.tsv")
    write(tmp_path, "#id\tlanguage\ttext\tverdict\n1\tzh\t甲\tsupported\n", "claims.tsv")
    read = read_datasets([tmp_path])
    assert [(d.name, d.group, d.held_out) for d in read] == [
        ("a", Group.OPEN, False), ("a_heldout", Group.FORMERLY, False), ("fresh_heldout", Group.HELD_OUT, True),
    ]  # fmt: skip


def test_every_committed_set_reads() -> None:
    read = read_datasets([ROOT / "eval" / "questions", ROOT / "samples" / "questions.tsv"])
    assert sum(len(d.questions) for d in read) > 700
    assert len({d.sha256 for d in read}) == len(read)
