"""Questions over the grades of projects, their lowest and mean scores, and rates that are aimed at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa.engine import Engine
from qa.grades import grade_said
from tests.engines import engine_over_text

FINAL = """
青禾县公路局2031年度部门决算

一、项目绩效自评结果汇总表
单位：万元
序号	项目名称	资金来源	全年预算数	全年执行数	执行率	自评得分	自评等次
1	桥梁维修专项资金	财政拨款	80.00	72.00	90.00%	93.5	优
2	道路绿化	财政拨款	50.00	50.00	100.00%	100	优
3	隧道照明改造	单位自筹	40.00	30.00	75.00%	82	良
4	公路巡查	财政拨款	30.00	27.00	90.00%	88.5	良
合计			200.00	179.00	89.50%		

二、项目绩效自评表
项目名称	桥梁维修专项资金				
主管部门	青禾县公路局	实施单位	桥梁养护所		
绩效指标	一级指标	二级指标	三级指标	年度指标值	实际完成值
绩效指标	产出指标	数量指标	高血压患者体检人数	≥240人	251人
绩效指标	产出指标	数量指标	飞机防治架次	≥160架次	162架次
绩效指标	产出指标	数量指标	购置护理床数量	24张	24张
绩效指标	产出指标	质量指标	失能人员床位占比	≥55%	56%
绩效指标	产出指标	数量指标	开展街面巡查次数	≥96次	98次
绩效指标	产出指标	成本指标	单个服务站补助标准	≤16万元	15万元
绩效指标	产出指标	成本指标	协管员补助标准	940元/人·月	900元/人·月
绩效指标	满意度指标	服务对象满意度指标	司机满意度	≥90%	92.5%

三、预算绩效情况说明
组织开展部门整体支出绩效自评，得分91.26分，等级为“优”。
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    yield from engine_over_text(tmp_path_factory.mktemp("store"), FINAL, "final.txt")


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("自评等次只拿到“良”的项目有几个", "2 个"),
        ("有几个项目评为优", "2 个"),
        ('How many projects were graded "good"?', "2 个"),
        ("自评等次为良的项目中自评得分最高的是哪个", "88.5 分"),
        ("评为良的项目里全年执行数最高的是哪个", "30.00 万元"),
        ("自评等次为良的项目一共花了多少钱", "57.00 万元"),
        ("自评等次为良的项目平均得分是多少", "85.25 分"),
        ("有几个项目评为优，得分在95分以上", "1 个"),
        ("哪个项目自评得分垫底？得了多少分", "82 分"),
        ("司机满意度达到了百分之几", "92.5 %"),
        ("高血压病人要管够多少人", "240 人"),
        ("飞防一年要飞够多少架次", "160 架次"),
        ("每个服务站补助标准最高多少万元", "15 万元"),
        ("协管员补助标准定的是每人每月多少", "900 元/人·月"),
        ("协管员补助标准是每人每月多少元", "900 元"),
        ("How many nursing beds were to be bought?", "24 张"),
        ("How many street patrols were to be made under the homeless programme?", "96 次"),
        ("司机满意度的目标是百分之多少", "90 %"),
    ],
)
def test_grades_scores_and_rates(engine: Engine, question: str, figure: str) -> None:
    answer = engine.ask(question)
    assert f"{answer.value} {answer.unit}" == figure, answer.answer


def test_the_projects_of_a_grade_are_listed(engine: Engine) -> None:
    answer = engine.ask("评价等次是良的有哪些项目")
    assert [item.label for item in answer.items] == ["隧道照明改造", "公路巡查"], answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "没评上优的项目有几个",
        "评为良及以上的项目有几个",
        "司机满意度占全部预算的百分之几",
        "How many tunnels were lit?",  # the project on tunnels has a score, which is no number of tunnels
    ],
)
def test_other_grades_and_parts_are_not_told(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert answer.value is None, answer.answer


@pytest.mark.parametrize(
    "text", ["其中学生有多少", "这里的项目在评审中有几个", "为优抚对象发放多少", "得到中央补助的项目有几个"]
)
def test_words_that_hold_a_grade_ask_for_none(text: str) -> None:
    assert grade_said(text) is None
