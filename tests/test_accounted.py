"""English questions whose words stand apart, read once more as a whole; units called by what they are; indicators."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ingest.extract import extract
from qa.engine import Engine
from qa.result import Status
from tests.engines import engine_over_text

BUDGET = """
青禾县林业局2031年部门预算

一、部门支出预算总表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
	合计	510.00	300.00	210.00
213	农林水支出	510.00	300.00	210.00
21302	林业和草原	510.00	300.00	210.00
2130201	行政运行	300.00	300.00	
2130205	森林资源培育	120.00		120.00
2130234	林业草原防灾减灾	90.00		90.00

二、项目支出预算表
单位：万元
科目编码	单位名称	项目名称	预算数
	合计	合计	210.00
2130205	青禾县林业局（本级）	古树名木复壮保护	70.00
2130205	青禾县环境监测站	湿地水质自动监测网建设	50.00
2130234	青禾县林业局（本级）	枯死松树清理	60.00
2130234	青禾县苗木繁育中心	防火瞭望塔维修加固	30.00

三、部门绩效指标表
单位名称	项目名称	一级指标	二级指标	三级指标	符号	数值	度量单位
青禾县林业局（本级）	枯死松树清理	产出指标	数量指标	清理枯死松树	≥	6400	株
青禾县林业局（本级）	枯死松树清理	产出指标	数量指标	培训基层护林员	≥	120	人
青禾县环境监测站	湿地水质自动监测网建设	产出指标	时效指标	故障平均恢复时间	≤	4	小时

四、单位支出预算表
单位：万元
单位名称	合计	基本支出	项目支出
合计	510.00	300.00	210.00
青禾县林业局（本级）	330.00	200.00	130.00
青禾县环境监测站	150.00	100.00	50.00
青禾县苗木繁育中心	30.00		30.00
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    yield from engine_over_text(tmp_path_factory.mktemp("store"), BUDGET, "budget.txt")


def _figure(engine: Engine, question: str) -> str:
    answer = engine.ask(question)
    assert answer.status is not Status.ABSTAINED, answer.answer
    return f"{answer.value} {answer.unit}"


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("How many dead pine trees are supposed to be cleared?", "6400 株"),
        ("How many forest rangers at the grassroots level are to be trained?", "120 人"),
        ("How much is set aside for clearing away pine trees that have died?", "60.00 万元"),
        ("How much more does reviving old and famous trees cost than repairing the lookout towers?", "40.00 万元"),
    ],
)
def test_words_that_stand_apart_are_read_together(engine: Engine, question: str, figure: str) -> None:
    assert _figure(engine, question) == figure


@pytest.mark.parametrize(
    "question",
    [
        "How many dead cypress trees are supposed to be cleared?",
        "How much is set aside for clearing away pine cones?",
        "How many police officers are to be trained?",
        "How much does reviving old steam engines cost?",
        "How much goes to water fountains?",
    ],
)
def test_a_word_that_no_label_says_withholds_the_figure(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert answer.status is Status.ABSTAINED, answer.answer


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("How much does the monitoring station spend in all?", "150.00 万元"),
        ("How much does the bureau spend on basic expenditure?", "300.00 万元"),
        ("2130205这个科目下有几个项目", "2 个"),
        ("下属单位里哪家的项目支出最高", "50.00 万元"),
        ("林业和草原加起来是多少钱", "510.00 万元"),
        ("清理枯死松树的目标是至少多少株", "6400 株"),
    ],
)
def test_units_codes_and_sums_of_one(engine: Engine, question: str, figure: str) -> None:
    assert _figure(engine, question) == figure


def test_the_projects_under_a_functional_item_are_listed(engine: Engine) -> None:
    answer = engine.ask("森林资源培育这个科目下安排了哪些项目")
    assert [item.label for item in answer.items] == ["古树名木复壮保护", "湿地水质自动监测网建设"], answer.answer


def test_a_sum_of_two_is_not_told_of_one(engine: Engine) -> None:
    answer = engine.ask("森林资源培育和海洋管理加起来是多少钱")
    assert answer.value is None, answer.answer


def test_an_agency_called_by_what_it_is_is_no_unit_of_its_own(engine: Engine) -> None:
    assert _figure(engine, "How much does the bureau plan to spend overall?") == "510.00 万元"
    assert _figure(engine, "How big is the budget?") == "510.00 万元"


def test_targets_stand_under_a_column_of_numbers(tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("text") / "budget.txt"
    file.write_text(BUDGET, encoding="utf-8")
    found = {i.name: (i.operator, i.target, i.unit) for i in extract(file).indicators}
    assert found["清理枯死松树"] == ("≥", "6400", "株")
    assert found["故障平均恢复时间"] == ("≤", "4", "小时")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What do the protection of ancient trees and of wetland water quality cost together?", "120.00 万元"),
        ("How much is spent on clearing dead pines (枯死松树清理)?", "60.00 万元"),
    ],
)
def test_words_shared_by_two_things_and_names_in_brackets(engine: Engine, question: str, expected: str) -> None:
    assert _figure(engine, question) == expected
