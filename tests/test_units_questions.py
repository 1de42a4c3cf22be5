"""Questions over tables by unit, lists of projects by kind and fund, and procurement; an invented county's bureau."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa.answer import Answer
from qa.engine import Engine
from qa.shortnames import is_short_for
from tests.engines import engine_over_text

DOCUMENT = """
青禾县农业农村局2024年部门预算

二、部门收入总体情况表
单位：万元
单位代码\t单位名称\t合计\t一般公共预算\t政府性基金预算
410\t青禾县农业农村局\t180.00\t150.00\t30.00
410001\t青禾县农业农村局机关\t100.00\t70.00\t30.00
410002\t青禾县农业综合行政执法大队\t50.00\t50.00\t
410003\t青禾县农业技术推广中心\t30.00\t30.00\t

三、一般公共预算“三公”经费支出表
单位：万元
单位代码\t单位名称\t“三公”经费合计\t公务用车运行费\t公务接待费
410\t青禾县农业农村局\t9.00\t6.00\t3.00
410001\t青禾县农业农村局机关\t4.00\t2.00\t2.00
410002\t青禾县农业综合行政执法大队\t3.50\t3.00\t0.50
410003\t青禾县农业技术推广中心\t1.50\t1.00\t0.50

四、项目支出表
单位：万元
类型\t项目单位\t项目名称\t合计\t一般公共预算\t政府性基金预算
合计\t\t\t92.00\t58.00\t34.00
生产发展类\t青禾县农业农村局机关\t高标准农田改造\t30.00\t\t30.00
生产发展类\t青禾县农业技术推广中心\t早稻育秧补助\t18.00\t18.00\t
生产发展类\t青禾县农业农村局机关\t灌渠维修\t4.00\t\t4.00
其他运转类\t青禾县农业农村局机关\t办公楼物业\t15.00\t15.00\t
其他运转类\t青禾县农业综合行政执法大队\t办案经费\t25.00\t25.00\t

五、政府采购预算表
单位：万元
序号\t项目名称\t采购品目\t数量\t采购预算金额
\t\t合计\t\t15.30
1\t办公楼物业\t物业管理服务\t1项\t13.00
2\t公用经费\t台式计算机\t4台\t2.30
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    yield from engine_over_text(tmp_path_factory.mktemp("units"), DOCUMENT, "qinghe-2024.txt")


def figure(answer: Answer) -> str:
    return f"{answer.value} {answer.unit}"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("哪个单位的收入最多", "100.00 万元"),
        ("Which of the three units has the largest total income?", "100.00 万元"),
        ("哪个单位的三公经费最多", "4.00 万元"),
        ("执法大队的收入合计是多少", "50.00 万元"),
        ("执法大队连同结转在内的收入合计是多少", "50.00 万元"),
        ("执法大队的招待费多少", "0.50 万元"),
        ("农技推广中心的总预算是多少万元", "30.00 万元"),
        ("执法大队和农技推广中心的总预算差几万元", "20.00 万元"),
        ("生产发展类的项目有几个", "3 个"),
        ("生产发展类项目一共多少钱", "52.00 万元"),
        ("其他运转类的项目平均每个多少钱", "20.00 万元"),
        ("政府性基金里最大的项目是哪个", "30.00 万元"),
        ("采购台式计算机要花多少钱", "2.30 万元"),
        ("台式计算机要采购多少台", "4 台"),
        ("采购的台式计算机平均一台多少钱", "5750.00 元"),
    ],
)
def test_figures_of_units_projects_and_purchases(engine: Engine, question: str, expected: str) -> None:
    assert figure(engine.ask(question)) == expected


def test_projects_of_a_unit_are_listed(engine: Engine) -> None:
    answer = engine.ask("机关有哪些项目")
    assert {"高标准农田改造", "灌渠维修", "办公楼物业"} == {i.label.split(" ")[-1] for i in answer.items}


@pytest.mark.parametrize(
    ("said", "name", "short"),
    [
        ("农技推广中心", "农业技术推广中心", True),
        ("质检所", "质量计量监督检测所", True),
        ("推广中心", "农业技术推广中心", False),
        ("农推广技中心", "农业技术推广中心", False),
        ("农业技术推广中心", "农业技术推广中心", False),
        ("", "农业技术推广中心", False),
    ],
)
def test_a_short_form_keeps_the_first_character_and_the_order(said: str, name: str, short: bool) -> None:
    assert is_short_for(said, name) is short
