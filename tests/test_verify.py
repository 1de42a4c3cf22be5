"""Verification over the samples: every verdict, in both languages, and how a sentence's figures are told apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.corpus import Corpus
from ingest.extract import extract
from ingest.records import TableKind
from ingest.store import open_corpus
from qa.engine import Engine
from qa.link import linker_for
from qa.verify.judge import Judge
from qa.verify.report import correction, to_json
from qa.verify.verdict import Judged
from tests.factories import build_extract, build_table, item

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
FILES = (
    "qinglan-wenlv-2024-budget-invented.pdf",
    "qinglan-wenlv-2024-final-invented.pdf",
    "larkspur-parks-fy2025-invented.pdf",
)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    opened = open_corpus(tmp_path_factory.mktemp("store"), create=True)
    for name in FILES:
        opened.add(extract(SAMPLES / name))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def judge(corpus: Corpus) -> Judge:
    return Judge(corpus, Engine(corpus), linker_for(corpus))


def verdicts(judge: Judge, text: str) -> list[str]:
    return [j.verdict.value for j in judge.judge_text(text)]


AGENCY = "青岚市文化和旅游局2024年"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{AGENCY}支出预算10756.25万元。", "supported"),
        (f"{AGENCY}预算约1.08亿元。", "rounded"),
        (f"{AGENCY}“三公”经费预算不超过96万元。", "rounded"),
        (f"{AGENCY}“三公”经费预算不低于96万元。", "contradicted"),
        (f"{AGENCY}图书馆预算90.48万元。", "contradicted"),
        (f"{AGENCY}机关运行经费预算885.88元。", "wrong_unit"),
        (f"{AGENCY}群众文化实际支出967.22万元。", "wrong_phase"),
        (f"{AGENCY}文物保护预算2046.48万元。", "wrong_item"),
        (f"{AGENCY}举办音乐节12场。", "not_found"),
        ("青岚市文化和旅游局2020年支出预算9000万元。", "not_found"),
        ("青岚市水利局2024年支出预算9000万元。", "not_found"),
        ("希望青岚市文化和旅游局明年再多安排500万元。", "not_checkable"),
        ("青嵐市文化和旅遊局2024年博物館預算2046.48萬元。", "supported"),
        ("Larkspur's personnel services are budgeted at $14,232,000 in fiscal 2025.", "supported"),
        ("Larkspur's youth sports program gets about $4.7 million in fiscal 2025.", "rounded"),
        ("Larkspur's utilities did not exceed $12 million in fiscal 2025.", "contradicted"),
        ("Larkspur budgets $14,232 for personnel services in fiscal 2025.", "wrong_unit"),
        ("Larkspur's youth sports program is budgeted at $4,832,000 for fiscal 2025.", "wrong_year"),
        ("Larkspur spent $900,000 on a swimming pool in fiscal 2025.", "not_found"),
        ("Perhaps Larkspur could hire 20 more gardeners.", "not_checkable"),
    ],
)
def test_one_claim_has_one_verdict(judge: Judge, text: str, expected: str) -> None:
    assert verdicts(judge, text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{AGENCY}“三公”经费预算95.58万元，比上年预算减少2.08万元，下降2.1%。", ["supported"] * 3),
        (f"{AGENCY}政府采购预算222.45万元，其中货物55.62万元。", ["supported"] * 2),
        (f"{AGENCY}共有车辆15辆，其中特种专业技术用车2辆。", ["supported"] * 2),
        (f"{AGENCY}博物馆决算1871.18万元，完成率91.4%。", ["supported"] * 2),
        (f"{AGENCY}人员支出和项目支出分别为5820.50万元和4049.87万元。", ["supported"] * 2),
        (f"{AGENCY}项目支出4049.87万元，占总支出的37.7%。", ["supported"] * 2),
        ("Larkspur expects federal grants of $3.2 million in fiscal 2025, down 10.6 percent.", ["supported"] * 2),
    ],
)
def test_the_figures_of_a_sentence_are_told_apart(judge: Judge, text: str, expected: list[str]) -> None:
    got = verdicts(judge, text)
    # A share or rate that a table of the document rounds may be found printed or computed.
    assert [v.replace("rounded", "supported") for v in got] == [v.replace("rounded", "supported") for v in expected]


@pytest.mark.parametrize(
    "text",
    [
        f"{AGENCY}“三公”经费预算比上年增加2.08万元。",
        f"{AGENCY}公务接待费预算比上年增长9.1%。",
        "Spending on street repair in Larkspur dropped 16.2 percent in fiscal 2025.",
    ],
)
def test_a_change_in_the_other_direction_is_contradicted(judge: Judge, text: str) -> None:
    (judged,) = judge.judge_text(text)
    assert (judged.verdict.value, judged.detail) == ("contradicted", "direction")


@pytest.mark.parametrize(
    "text",
    [
        f"{AGENCY}水下考古博物馆预算2046.48万元。",  # a word before the item makes another of it
        f"{AGENCY}车辆15辆全部是特种专业技术用车。",  # more is said than the figure
        f"{AGENCY}博物馆预算并非2046.48万元。",
        f"{AGENCY}人均预算10756.25万元。",
        f"{AGENCY}文物保护占总预算的93.4%。",  # the share of another item
        "Larkspur will spend $2,921,000 on drone technology in fiscal 2025.",
    ],
)
def test_what_the_words_leave_open_is_not_supported(judge: Judge, text: str) -> None:
    assert not {"supported", "rounded"} & set(verdicts(judge, text))


def test_what_is_declared_to_be_none_contradicts_a_figure(judge: Judge) -> None:
    (judged,) = judge.judge_text(f"{AGENCY}政府性基金预算支出300万元。")
    assert (judged.verdict.value, judged.detail) == ("contradicted", "declared_none")
    assert judged.citations


def test_an_organisation_has_its_own_figure(judge: Judge) -> None:
    (judged,) = judge.judge_text("青岚市文化和旅游局事务所2024年“三公”经费预算95.58万元。")
    assert judged.verdict.value in ("wrong_item", "contradicted")


def test_a_figure_of_its_own_sentence_is_marked_and_corrected(judge: Judge) -> None:
    text = f"前言。{AGENCY}图书馆预算90.48万元，约合人均不多。"
    (judged,) = judge.judge_text(text)
    start, end = judged.claim.figure_span
    assert text[start:end] == "90.48万元"
    assert text[slice(*judged.claim.span)] == judged.claim.text
    fixed = correction(judged)
    assert fixed is not None and "90.48" not in fixed and fixed.startswith(f"{AGENCY}图书馆预算70")


def test_where_the_actual_is_known_it_is_the_correction(judge: Judge) -> None:
    (judged,) = judge.judge_text(f"{AGENCY}群众文化实际支出967.22万元。")
    assert correction(judged) == f"{AGENCY}群众文化实际支出855.49万元。"


def test_every_verdict_on_the_figure_cites_a_place(judge: Judge) -> None:
    texts = (f"{AGENCY}支出预算10756.25万元。", f"{AGENCY}文物保护预算2046.48万元。", f"{AGENCY}图书馆预算90.48万元。")
    for text in texts:
        (claim,) = to_json(list(judge.judge_text(text)))["claims"]
        assert claim["citations"] and claim["true"], text
        assert {"document", "file", "page", "text", "bbox"} <= claim["citations"][0].keys()


def test_the_agency_and_year_carry_over_sentences(judge: Judge) -> None:
    text = f"{AGENCY}支出预算10756.25万元。其中博物馆2046.48万元。工作平稳推进。图书馆安排70.48万元。"
    assert verdicts(judge, text) == ["supported"] * 3


def test_without_a_figure_nothing_can_be_checked(judge: Judge) -> None:
    judged: list[Judged] = list(judge.judge_text("青岚市文化和旅游局的预算安排得很合理。"))
    assert [j.verdict.value for j in judged] == ["not_checkable"]


def test_the_number_of_claims_is_bounded_and_said(judge: Judge) -> None:
    text = f"{AGENCY}图书馆预算70.48万元。" * 5
    checked = judge.check(text, most=3)
    assert (len(checked.judged), checked.complete) == (3, False)
    assert judge.check(text, most=5).complete


def test_of_two_agencies_the_one_with_less_is_not_said_to_have_more(tmp_path: Path) -> None:
    corpus = open_corpus(tmp_path / "store", create=True)
    for agency, cars in (("云岭市财政局", 12), ("云岭市教育局", 5)):
        path = tmp_path / f"{agency}.txt"
        text = f"{agency}2024年部门预算\n\n第一部分 概况\n\n一、其他重要事项\n\n{agency}2024年共有车辆{cars}辆。\n"
        path.write_text(text, encoding="utf-8")
        corpus.add(extract(path))
    judge = Judge(corpus, Engine(corpus), linker_for(corpus))
    assert verdicts(judge, "2024年云岭市财政局的车辆比云岭市教育局多7辆。") == ["supported"]
    assert verdicts(judge, "2024年云岭市财政局的车辆比云岭市教育局少7辆。") == ["contradicted"]
    corpus.close()


def test_the_first_of_three_years_is_not_judged_by_the_last(tmp_path: Path) -> None:
    corpus, agency = open_corpus(tmp_path / "store", create=True), "云岭市财政局"
    for year, fee in ((2022, "58.43"), (2023, "48.30"), (2024, "41.82")):
        path = tmp_path / f"{year}.txt"
        text = f"{agency}{year}年部门预算\n\n第一部分 概况\n\n一、其他重要事项\n\n{year}年公务接待费预算{fee}万元。\n"
        path.write_text(text, encoding="utf-8")
        corpus.add(extract(path))
    judge = Judge(corpus, Engine(corpus), linker_for(corpus))
    text = f"{agency}的公务接待费三年连降：2022年58.43万元，2023年48.30万元，2024年41.82万元。"
    assert verdicts(judge, text) == ["supported"] * 3
    corpus.close()


def test_what_stands_in_two_files_of_one_disclosure_is_counted_once(tmp_path: Path) -> None:
    projects = [
        item("科普宣传", None, 0, "10.00"),
        item("学会资助", None, 0, "20.00"),
        item("展品更新", None, 0, "30.00"),
    ]
    table = build_table("T1", "项目支出预算表", projects, kind=TableKind.PROJECTS)
    corpus = open_corpus(tmp_path, create=True)
    for seed in ("one", "two"):
        corpus.add(build_extract(seed, tables=[table]))
    judged = Judge(corpus, Engine(corpus), linker_for(corpus)).check("某市科学技术协会2024年共有3个项目。")
    corpus.close()
    assert [j.verdict.value for j in judged.judged] == ["supported"]


def test_all_of_them_is_true_where_the_part_is_as_many(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    cars = "云岭市财政局2024年共有车辆27辆，其中，一般公务用车27辆、执法执勤用车0辆。"
    path.write_text(f"云岭市财政局2024年部门预算\n\n第一部分 概况\n\n一、其他重要事项\n\n{cars}\n", encoding="utf-8")
    corpus = open_corpus(tmp_path / "store", create=True)
    corpus.add(extract(path))
    judge = Judge(corpus, Engine(corpus), linker_for(corpus))
    assert verdicts(judge, "云岭市财政局2024年的27辆车全部是一般公务用车。") == ["supported"]
    assert verdicts(judge, "云岭市财政局2024年的27辆车全部是执法执勤用车。") == ["contradicted"]
    corpus.close()
