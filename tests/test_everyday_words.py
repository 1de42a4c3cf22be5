"""Everyday Chinese for the words of budgets: found where the answer bears them all, withheld where it does not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa.engine import Engine
from qa.everyday import alike, everyday_words, is_word
from qa.result import Status
from tests.engines import engine_over_text

BUDGET = """
青禾县城市管理局2031年部门预算

一、部门支出预算总表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
	合计	500.00	200.00	300.00
212	城乡社区支出	500.00	200.00	300.00
21201	城乡社区管理事务	500.00	200.00	300.00

二、项目支出预算表
单位：万元
项目名称	预算数
合计	300.00
道路清扫保洁作业经费	120.00
生活垃圾清运经费	80.00
业务大厅房屋租赁	52.80
市民违法建设举报奖励	12.00
公厕设施维护	35.20

三、部门绩效指标表
项目名称	一级指标	二级指标	三级指标	符号	数值	度量单位
道路清扫保洁作业经费	产出指标	时效指标	暴露垃圾发现后清除时间	≤	30	分钟
公厕设施维护	产出指标	数量指标	维护公厕座数	≥	64	座
公厕设施维护	产出指标	质量指标	设施完好率	≥	98	%
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    yield from engine_over_text(tmp_path_factory.mktemp("store"), BUDGET, "budget.txt")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("扫马路一年要花多少钱", "120.00 万元"),
        ("大厅租房子要多少钱", "52.80 万元"),
        ("马路上有暴露垃圾，规定多长时间内必须清掉？", "30 分钟"),
        ("扫马路的钱比运垃圾的钱多多少", "40.00 万元"),
        ("公共厕所要维护多少座", "64 座"),
    ],
)
def test_everyday_words_reach_the_words_of_budgets(engine: Engine, question: str, expected: str) -> None:
    answer = engine.ask(question)
    assert answer.status is Status.ANSWERED, answer.answer
    assert f"{answer.value} {answer.unit}" == expected


@pytest.mark.parametrize(
    "question",
    [
        "扫雪一年要花多少钱",  # another sweeping
        "大厅买房子要多少钱",  # bought, not rented
        "河道清淤的钱有多少",
        "邻县扫马路花多少钱",  # another county
        "扫马路的工人有多少名",  # money is no count
        "公厕建了多少座",  # built, not kept up
    ],
)
def test_other_things_stay_unanswered(engine: Engine, question: str) -> None:
    assert engine.ask(question).status is Status.ABSTAINED


def test_words_are_found_longest_first() -> None:
    found = [(start, end) for start, end, _ in everyday_words("扫马路")]
    assert found[0] == (0, 3)
    assert (1, 3) in found


def test_words_of_one_rendering_stand_for_each_other_and_opposites_do_not() -> None:
    assert "道路" in alike("马路")
    assert "租赁" not in alike("购置")
    assert is_word("马路")
    assert not is_word("马路上有")
