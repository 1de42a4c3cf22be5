"""Questions over targets and self-evaluations: what was planned, what was reached, execution rates, scores."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.extract import extract
from ingest.store import open_corpus
from qa.engine import Engine
from tests.engines import engine_over_text

FINAL = """
青禾县公路局2031年度部门决算

一、项目绩效自评结果表
单位：万元
序号	项目名称	全年预算数	全年执行数	执行率	自评得分
1	桥梁维修专项资金	80.00	72.00	90.00%	93.5
2	道路绿化	50.00	50.00	100.00%	100
3	隧道照明改造	40.00	30.00	75.00%	88
4	公路巡查	30.00	30.00	100.00%	100
合计		200.00	182.00	91.00%	

二、项目绩效自评表
项目名称		桥梁维修专项资金				
主管部门		青禾县公路局		实施单位	桥梁养护所	
预算执行情况（万元）			全年预算数（A）	全年执行数（B）	执行率（B/A）	得分（10分）
预算执行情况（万元）		年度资金总额	80.00	72.00	90.00%	9
年度总体目标		维修桥梁，保障通行。				
绩效指标	一级指标	二级指标	三级指标	年度指标值	实际完成值	得分
绩效指标	产出指标	数量指标	维修桥梁数量（座）	≥12	11	8.5
绩效指标	产出指标	数量指标	更换桥梁支座	≥40个	44个	10
绩效指标	产出指标	成本指标	巡查员劳务标准	2400元/人·月	2300元/人·月	10
绩效指标	产出指标	数量指标	桥面铺装面积	≥3.5万平方米	3.8万平方米	10
绩效指标	满意度指标	服务对象满意度指标	司机满意度	≥90%	92.5%	9
总分		93.5				
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    yield from engine_over_text(tmp_path_factory.mktemp("store"), FINAL, "final.txt")


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("更换桥梁支座最后做了多少个", "44 个"),
        ("更换桥梁支座实际换了多少个", "44 个"),
        ("更换桥梁支座原计划几个", "40 个"),
        ("更换桥梁支座的目标是多少个", "40 个"),
        ("桥梁维修专项资金实际维修了几座桥梁", "11 座"),
        ("桥面铺装面积要达到多少万平方米", "3.5 万平方米"),
        ("巡查员劳务标准实际每人每月多少元", "2300 元"),
        ("司机满意度得了多少分", "9 分"),
        ("What satisfaction rate did drivers actually report?", "92.5 %"),
        ("桥梁维修专项资金自评得了多少分", "93.5 分"),
        ("桥梁维修专项资金的执行率是多少", "90.00 %"),
        ("哪个项目的预算执行率最低", "75.00 %"),
        ("Which project had the lowest budget execution rate?", "75.00 %"),
        ("哪个项目自评得分最低，得了多少", "88 分"),
        ("预算执行率不到100%的项目有几个", "2 个"),
        ("预算执行率不到90%的有几个项目", "1 个"),
        ("自评得分低于95分的项目有几个", "2 个"),
        ("有几个项目自评得了满分", "2 个"),
        ("执行率100%的项目有几个", "2 个"),
        ("自评得分在93分以上的项目有几个", "3 个"),
        ("How many projects had an execution rate below 95%?", "2 个"),
        ("隧道照明改造的预算执行率是多少", "75.00 %"),
        ("要铺装桥面面积多少万平方米", "3.5 万平方米"),
    ],
)
def test_what_was_planned_reached_spent_and_scored(engine: Engine, question: str, figure: str) -> None:
    answer = engine.ask(question)
    assert f"{answer.value} {answer.unit}" == figure, answer.answer


def test_what_was_reached_is_told_and_cited_beside_its_target(engine: Engine) -> None:
    answer = engine.ask("更换桥梁支座最后做了多少个")
    assert "44" in answer.answer and "≥40个" in answer.answer
    assert [c.text for c in answer.citations] == ["44个", "≥40个"]


def test_a_score_never_comes_out_as_money(engine: Engine) -> None:
    answer = engine.ask("自评得分最高的项目是哪个")
    assert answer.unit == "分" and answer.value == "100"


@pytest.mark.parametrize(
    "question",
    [
        "维修隧道数量实际多少座",  # bridges are counted, tunnels are not
        "更换桥梁护栏多少米",  # bearings, and no metres
        "执行率最低的项目得了多少分",  # one ranking, another figure
        "桥梁支座采购了多少吨",
    ],
)
def test_what_is_only_like_an_indicator_is_not_told(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert answer.value is None, answer.answer


def test_what_was_reached_is_not_told_of_a_budget(tmp_path: Path) -> None:
    budget = FINAL.replace("决算", "预算").replace("自评", "目标").replace("\t实际完成值\t得分", "").replace("完成", "")
    rows = [line.rsplit("\t", 2)[0] if line.startswith("绩效指标\t产出") else line for line in budget.split("\n")]
    file = tmp_path / "budget.txt"
    file.write_text("\n".join(rows), encoding="utf-8")
    corpus = open_corpus(tmp_path / "store", create=True)
    corpus.add(extract(file))
    engine = Engine(corpus)
    planned, reached = engine.ask("更换桥梁支座要换多少个"), engine.ask("更换桥梁支座实际换了多少个")
    corpus.close()
    assert (planned.value, planned.unit) == ("40", "个")
    assert reached.value is None, reached.answer
