"""Units left out, added up and set against each other: an agency with its own house and three units under it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa.engine import Engine
from qa.result import Status
from tests.engines import engine_over_text

ACCOUNT = """
青禾县卫生局2031年部门决算

2031年度政府采购支出预算总额60.00万元，其中：拟采购货物支出10.00万元、拟采购工程支出30.00万元、拟购买服务支出20.00万元。

一、部门所属单位收支决算情况表
单位：万元
单位名称	本年收入	其中：财政拨款收入	本年支出	基本支出	项目支出
合计	1000.00	900.00	980.00	580.00	400.00
青禾县卫生局（本级）	300.00	300.00	290.00	190.00	100.00
青禾县人民医院	500.00	420.00	510.00	310.00	200.00
青禾县东溪镇社区卫生服务中心	120.00	100.00	110.00	50.00	60.00
青禾县西溪镇社区卫生服务中心	80.00	80.00	70.00	30.00	40.00

二、支出决算表
单位：万元
科目编码	科目名称	本年支出合计	基本支出	项目支出	对附属单位补助支出
	合计	980.00	580.00	400.00	
210	卫生健康支出	980.00	580.00	400.00	
21002	公立医院	510.00	310.00	200.00	
2100201	综合医院	330.00	190.00	140.00	
2100202	中医（民族）医院	180.00	120.00	60.00	
21003	基层医疗卫生机构	470.00	270.00	200.00	

三、一般公共预算财政拨款支出决算表
单位：万元
科目编码	科目名称	本年支出合计	基本支出	项目支出
	合计	900.00	560.00	340.00
210	卫生健康支出	900.00	560.00	340.00
21002	公立医院	450.00	300.00	150.00
2100201	综合医院	290.00	185.00	105.00
2100202	中医（民族）医院	160.00	115.00	45.00
21003	基层医疗卫生机构	450.00	260.00	190.00
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    yield from engine_over_text(tmp_path_factory.mktemp("store"), ACCOUNT, "account.txt")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("除本级以外哪个单位的项目支出最多", "200.00 万元"),
        ("除了人民医院，哪个单位的支出最多", "290.00 万元"),
        ("不算本级，其他单位的项目支出一共多少", "300.00 万元"),
        ("下属单位的项目支出一共多少", "300.00 万元"),
        ("四个下属单位的项目支出加起来多少", "400.00 万元"),  # its own house is one of the four
        ("Which subordinate unit had the highest project expenditure?", "200.00 万元"),
        ("What share of total procurement goes to works?", "50.00 %"),
        ("How much did the bureau itself spend on projects?", "100.00 万元"),
        ("What is the municipal bureau's own basic expenditure?", "190.00 万元"),
        ("哪个下属单位支出最少", "70.00 万元"),
        ("哪个预算单位的项目支出最多", "200.00 万元"),
        ("两家社区卫生服务中心的项目支出加起来有多少", "100.00 万元"),
        ("人民医院全年支出了多少", "510.00 万元"),
        ("人民医院的收入是多少", "500.00 万元"),
        ("Which unit had the highest expenditure?", "510.00 万元"),
        ("What is the project expenditure of the bureau's own headquarters?", "100.00 万元"),
        ("人民医院占项目支出的比例", "50.00 %"),
        ("支出决算表里综合医院的项目支出比中医（民族）医院多多少", "80.00 万元"),
        ("综合医院和中医（民族）医院的项目支出一共多少", "200.00 万元"),
        ("一般公共预算财政拨款里综合医院的项目支出是多少", "105.00 万元"),
    ],
)
def test_units_and_columns_are_those_that_were_asked_for(engine: Engine, question: str, expected: str) -> None:
    answer = engine.ask(question)
    assert answer.status is not Status.ABSTAINED, answer.answer
    got = f"{answer.value} {answer.unit}"
    assert got == expected or (expected.endswith("%") and abs(float(answer.value or 0) - 50) < 0.01)


def test_the_whole_department_is_not_its_units_alone(engine: Engine) -> None:
    answer = engine.ask("整个部门含下属单位的项目支出合计多少")
    assert answer.status is Status.ABSTAINED or answer.value == "400.00"


def test_a_figure_of_part_of_the_year_is_not_told_for_it(engine: Engine) -> None:
    assert engine.ask("What is the third quarter spending of the people's hospital?").status is Status.ABSTAINED
    assert engine.ask("人民医院的半年支出是多少").status is Status.ABSTAINED
