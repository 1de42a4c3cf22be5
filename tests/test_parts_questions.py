"""Questions over items that are printed for each unit only, purchases under their kinds, projects over their items."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa.engine import Engine
from tests.engines import engine_over_text

DOCUMENT = """
松岭县民政局2024年部门预算

一、部门基本支出预算表
单位：元
单位名称\t项目名称\t功能科目编码\t功能科目名称\t部门经济科目编码\t部门经济科目名称\t总计
松岭县民政局\t公用经费\t2080201\t行政运行\t30205\t水费\t4000.00
松岭县民政局\t公用经费\t2080201\t行政运行\t30206\t电费\t16000.00
松岭县社会福利院\t公用经费\t2081005\t社会福利事业单位\t30205\t水费\t8000.00
松岭县社会福利院\t公用经费\t2081005\t社会福利事业单位\t30206\t电费\t30000.00

二、部门项目支出预算表
单位：元
项目分类\t项目名称\t项目单位\t功能科目编码\t功能科目名称\t经济科目编码\t经济科目名称\t合计
312 民生类\t临时救助备用金\t松岭县民政局\t2082001\t临时救助支出\t30306\t救济费\t600000.00
312 民生类\t高龄老人保健补助\t松岭县民政局\t2081002\t老年福利\t30305\t生活补助\t900000.00
313 事业发展类\t福利院设备购置\t松岭县社会福利院\t2081005\t社会福利事业单位\t31003\t专用设备购置\t90000.00

三、上级补助项目支出预算表
单位：元
项目分类\t项目名称\t合计
312 民生类\t省级困难群众补助\t5000000.00
312 民生类\t中央困难群众补助\t8000000.00

四、政府采购预算明细表
单位：元
采购类别\t采购项目\t采购品目\t数量\t单位\t采购金额
货物类\t小计\t\t\t\t70000.00
\t护理床\t医疗设备\t24\t张\t50000.00
\t台式机\t计算机\t4\t台\t20000.00
服务类\t小计\t\t\t\t30000.00
\t保洁服务\t物业服务\t1\t项\t30000.00
合计\t\t\t\t\t100000.00
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    yield from engine_over_text(tmp_path_factory.mktemp("parts"), DOCUMENT, "songling-2024.txt")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("水费预算一共多少元", "12000.00"),
        ("社会福利院的水费是多少元", "8000.00"),
        ("社会福利院水费电费加一块要多少元", "38000.00"),
        ("民生类项目有多少个", "2"),
        ("货物类采购里最贵的是什么", "50000.00"),
        ("护理床要买多少张", "24"),
    ],
)
def test_figures_of_parts(engine: Engine, question: str, expected: str) -> None:
    assert engine.ask(question).value == expected


def test_a_sum_of_parts_says_so_and_cites_every_part(engine: Engine) -> None:
    answer = engine.ask("水费预算一共多少元")
    assert answer.steps == ("4000.00 + 8000.00 = 12000.00 元",) and len(answer.citations) == 2
    assert any("2 行相加" in note for note in answer.notes)


def test_a_unit_is_not_told_for_one_of_its_projects(engine: Engine) -> None:
    assert engine.ask("哪家单位的项目最多").value is None
