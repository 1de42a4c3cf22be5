"""Wordings: every one can be asked of some generated budget, and gold follows from the specification."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from eval.dataset import read_dataset
from eval.generate.question import questions_tsv
from eval.question import Kind
from eval.scale.corpus import file_name, specifications, write_questions
from eval.wordings.asks import ASKS
from eval.wordings.fill import fill, write_set
from eval.wordings.templates import Wording, read_wordings
from ingest.errors import BadDataset

SPECS = list(specifications(6))


def test_no_two_generated_budgets_are_of_one_agency_and_year() -> None:
    many = list(specifications(60))
    assert len({file_name(spec) for spec in many}) == 60
    assert many[:6] == SPECS
    with pytest.raises(ValueError, match="at most"):
        list(specifications(10**6))


def test_every_ask_has_wordings_and_every_wording_an_ask() -> None:
    wordings = read_wordings()
    assert {w.ask for w in wordings} == set(ASKS)
    assert len({w.text for w in wordings}) == len(wordings)
    held_out = sum(w.held_out for w in wordings)
    assert len(wordings) / 5 < held_out < len(wordings) / 2


def test_every_wording_becomes_a_question_that_reads(tmp_path: Path) -> None:
    write_set(tmp_path / "w.tsv", read_wordings(), SPECS, 1)
    questions = read_dataset(tmp_path / "w.tsv").questions
    assert {q.id for q in questions} == {w.text for w in read_wordings()}
    assert not [q.text for q in questions if "{" in q.text or "}" in q.text]


def test_gold_is_the_specification_s() -> None:
    wordings = [Wording("total", "zh", "{d}支出总计多少"), Wording("sum", "zh", "{d}{i}加上{j}总共多少")]
    total, sum_ = (line.split("\t") for line in list(fill(wordings, SPECS[:1], 1))[1:])
    assert Decimal(total[3]) * 10_000 == SPECS[0].total
    amounts = {line.name: line.total for line in SPECS[0].all_functions()}
    first, second = sum_[2].replace(SPECS[0].agency, "").split("加上")
    named = [max((n for n in amounts if n in part), key=len) for part in (first, second)]
    assert Decimal(sum_[3]) * 10_000 == sum(amounts[name] for name in named)
    assert total[6] == file_name(SPECS[0])


def test_an_unknown_ask_is_named() -> None:
    with pytest.raises(BadDataset, match="unknown ask 'guess'"):
        list(fill([Wording("guess", "zh", "多少")], SPECS, 1))


def test_a_malformed_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "wordings_zh.tsv").write_text("#ask\twording\nitem\n", encoding="utf-8")
    with pytest.raises(BadDataset, match=r"wordings_zh\.tsv:2"):
        read_wordings(tmp_path)


def test_generated_questions_read_with_their_documents(tmp_path: Path) -> None:
    write_questions(SPECS, tmp_path / "g.tsv", 2)
    questions = read_dataset(tmp_path / "g.tsv").questions
    assert {d for q in questions for d in q.documents} == {file_name(spec) for spec in SPECS[:2]}
    assert all(not q.documents for q in questions if q.kind is Kind.ABSTAIN)
    assert questions_tsv([]).startswith("#kind")
