"""What an answer must not be taken for: another column, part of the year, guest or standard; what prose tells."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa.engine import Engine
from qa.result import Status
from tests.engines import engine_over_text

BUDGET = """
青禾县文化局2031年部门预算

第一部分 部门预算情况说明

2031年支出预算300.00万元，其中：基本支出100.00万元，项目支出200.00万元。

一、机关运行经费情况
2031年机关运行经费预算为42.75万元，比2030年预算45.00万元有所压缩。

二、“三公”经费情况
公务接待费：2031年预算2.18万元，比上年预算减少0.47万元，下降17.7%。减少的原因是压减接待批次。全年计划国内公务接待26批次、214人次。

三、年度主要工作
县图书馆全年接待读者97300人次，外借图书62500册。公证处办理公证业务11380件，其中涉外公证1924件。执法检查企业3260家次。
义务兵家庭优待金标准由每户2.4万元提高到每户2.6万元。

四、名词解释
百姓书房：指设在社区、免费开放的小型图书室。
事业收入：指事业单位在专业活动中取得的收入，本部门主要是场地收费。

第二部分 部门预算表

一、部门支出预算总表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
	合计	300.00	100.00	200.00
207	文化旅游体育与传媒支出	300.00	100.00	200.00
20701	文化和旅游	300.00	100.00	200.00
2070104	图书馆	120.00	60.00	60.00
2070109	群众文化	180.00	40.00	140.00

二、项目支出预算表
单位：万元
项目名称	合计	一般公共预算	财政专户管理资金
合计	200.00	150.00	50.00
图书文献购置	60.00	40.00	20.00
惠民演出	90.00	70.00	20.00
百姓书房建设	50.00	40.00	10.00

三、“三公”经费、会议费、培训费支出预算表
单位：万元
“三公”经费	公务用车购置及运行维护费	公务接待费	会议费	培训费
8.18	6.00	2.18	4.00	3.00

四、一般公共预算基本支出表
单位：万元
科目编码	科目名称	合计
	合计	100.00
302	商品和服务支出	100.00
30205	水费	14.00
30206	电费	86.00
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    yield from engine_over_text(tmp_path_factory.mktemp("store"), BUDGET, "budget.txt")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("图书文献购置、惠民演出和百姓书房建设一共用了多少财政专户管理资金", "50.00 万元"),
        ("图书馆的项目支出比群众文化少多少", "80.00 万元"),
        ("县图书馆全年接待了多少人次读者", "97300 人次"),
        ("国内公务接待多少人次", "214 人次"),
        ("公证处一年办了多少件公证", "11380 件"),
        ("执法检查企业多少家次", "3260 家次"),
        ("By what percentage did the agency operating expenses fall compared with 2030?", "5.00 %"),
        ("What is the total of the meeting and training fees in the three-public expenses table?", "7.00 万元"),
        ("What are the meeting fees?", "4.00 万元"),
        ("群众文化的项目支出比基本支出多多少", "100.00 万元"),
        ("群众文化的项目支出和基本支出差多少", "100.00 万元"),
        ("群众文化的项目支出是基本支出的几倍", "3.50 倍"),
        ("By how many ten thousand yuan did official reception fall?", "0.47 万元"),
        ("How much do water and electricity cost together under basic expenditure?", "100.00 万元"),
        ("By how many yuan did official reception fall?", "4700 元"),
    ],
)
def test_the_figure_is_of_what_was_asked(engine: Engine, question: str, expected: str) -> None:
    answer = engine.ask(question)
    assert answer.status is not Status.ABSTAINED, answer.answer
    assert f"{answer.value} {answer.unit}" == expected


@pytest.mark.parametrize(
    "question",
    [
        "今年给义务兵家庭的优待金预算多少",  # a standard for each household is no budget
        "惠民演出演了多少场",  # money is no count
        "工程类的采购是哪几项",
        "What is the third quarter spending on library books?",
        "惠民演出的半年预算是多少",
        "How many staff does the bureau employ?",
        "How much does each of the five projects get on average?",
        "项目支出占惠民演出的比例是多少",  # a whole is no share of its part
    ],
)
def test_what_the_document_does_not_tell_is_withheld(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert answer.status in (Status.ABSTAINED, Status.DECLARED_NONE) or answer.value is None, answer.answer


@pytest.mark.parametrize(
    ("question", "phrase"),
    [
        ("公务接待费减少的原因是什么", "压减接待批次"),
        ("事业收入主要是什么收入", "场地收费"),
        ('What is a "people\'s study" (百姓书房)?', "设在社区"),
    ],
)
def test_the_words_of_the_document_are_quoted(engine: Engine, question: str, phrase: str) -> None:
    assert phrase in engine.ask(question).answer
