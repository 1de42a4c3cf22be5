"""Descriptions of several projects, a chapter each: figures of one are not taken for those of another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ingest.pages import Line, Page
from ingest.prose import read_passages
from qa.engine import Engine
from qa.plan import Abstain, Lack
from tests.engines import engine_over_text

BUDGET = """
青禾县教育局2031年部门预算

一、项目支出表
单位：万元
项目名称	合计
东山小学迁建工程	860.00
校舍防雷检测	120.00
合计	980.00

项目情况说明

（一）东山小学迁建工程

一、项目概况

新校舍总建筑面积9100平方米，设24个班。

二、年度预算安排

第一季度用款计划200.00万元，第二季度用款计划360.00万元，第三季度用款计划300.00万元。

（二）校舍防雷检测

一、项目概况

对61所学校的防雷装置逐一检测。

二、年度预算安排

第一季度用款计划50.00万元，第二季度用款计划70.00万元。
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    yield from engine_over_text(tmp_path_factory.mktemp("store"), BUDGET, "budget.txt")


def test_each_project_has_its_own_chapters() -> None:
    lines = [Line(line, None) for line in BUDGET.split("\n项目情况说明\n")[1].splitlines() if line.strip()]
    passages = read_passages([Page(1, 0.0, 0.0, (Line("项目情况说明", None), *lines))])
    sections = {p.text: p.section[-2:] for p in passages}
    assert sections["新校舍总建筑面积9100平方米，设24个班。"] == ("（一）东山小学迁建工程", "一、项目概况")
    assert sections["对61所学校的防雷装置逐一检测。"] == ("（二）校舍防雷检测", "一、项目概况")


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("东山小学迁建第二季度的用款计划是多少", "360.00 万元"),
        ("校舍防雷检测第二季度用款计划多少万元", "70.00 万元"),
        ("东山小学迁建工程的总建筑面积", "9100 平方米"),
    ],
)
def test_a_figure_of_the_project_that_is_named(engine: Engine, question: str, figure: str) -> None:
    answer = engine.ask(question)
    assert f"{answer.value} {answer.unit}" == figure, answer.answer


def test_a_figure_that_several_projects_have_is_not_picked(engine: Engine) -> None:
    assert engine.ask("第二季度用款计划是多少").value is None


@pytest.mark.parametrize("question", ["校舍防雷检测占" * 120, "校舍防雷检测比" * 150, "东山小学迁建工程的比例和" * 90])
def test_pages_of_names_are_no_question(engine: Engine, question: str) -> None:
    """The patterns of operations would take minutes over them."""
    plan = engine.ask(question).plan
    assert isinstance(plan, Abstain) and plan.lack is Lack.NOT_UNDERSTOOD
