"""Questions that hold the rows of a set to other cells (fund, kind of purchase, no budget), and units as parts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ingest.glyphs import Glyph, glyphs_to_lines, join_in_cell
from ingest.numbers import CellState, read_cell
from qa.engine import Engine
from qa.keys import label_key
from tests.engines import engine_over_text

FINAL = """
青禾县公路局2031年度部门决算

一、部门收入决算表
单位：万元
单位名称	合计	财政拨款	其他收入
合计	400.00	390.00	10.00
青禾县公路局（本级）	300.00	295.00	5.00
青禾县桥梁养护所	100.00	95.00	5.00

二、项目支出明细表
单位：万元
序号	项目名称	项目实施单位	资金渠道	年初预算数	全年预算数（A）	全年执行数（B）
1	桥梁维修专项资金	青禾县桥梁养护所	省级补助	80.00	80.00	72.00
2	道路绿化	青禾县公路局（本级）	县级财力	50.00	50.00	50.00
3	隧道照明改造	青禾县公路局（本级）	省级补助	—	40.00	30.00
4	公路巡查	青禾县桥梁养护所	县级财力	30.00	30.00	27.00
5	水毁抢修	青禾县公路局（本级）	县级财力	—	15.00	15.00
合计				160.00	215.00	194.00

三、固定资产情况表
项目	数量	价值（万元）
1.房屋（平方米）	2310.50	460.00
其中：道班房（平方米）	870.00	120.00
2.车辆（台、辆）	6	88.00

四、预算绩效情况说明
根据绩效管理要求，我局对2031年度项目支出开展绩效自评，共涉及项目5个，涉及资金194.00万元。本部门在决算中反映“道路绿化”等2个项目绩效自评结果。
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    yield from engine_over_text(tmp_path_factory.mktemp("store"), FINAL, "final.txt")


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("资金渠道是省级补助的项目有几个", "2 个"),
        ("省级补助的项目里，全年执行数最高的是哪个", "72.00 万元"),
        ("县级财力安排的项目一共执行了多少万元", "92.00 万元"),
        ("有几个项目年初没有安排预算", "2 个"),
        ("桥梁养护所承担的项目有几个", "2 个"),
        ("桥梁维修专项资金这个项目，全年预算数和全年执行数差了多少万元？", "8.00 万元"),
        ("局本级的钱占全部门总收入的多大比例", "75.00 %"),
        ("道班房有多少平方米", "870.00 平方米"),
        ("房屋一共多少平米", "2310.50 平方米"),
        ("车辆有几台", "6 辆"),
        ("房屋值多少万元", "460.00 万元"),
        ("一共对几个项目做了绩效自评", "5 个"),
    ],
)
def test_sets_held_to_other_cells(engine: Engine, question: str, figure: str) -> None:
    answer = engine.ask(question)
    assert f"{answer.value} {answer.unit}" == figure, answer.answer


def test_the_rows_without_a_budget_are_listed(engine: Engine) -> None:
    answer = engine.ask("哪些项目年初没有安排预算")
    assert [item.label for item in answer.items] == ["隧道照明改造", "水毁抢修"], answer.answer


def test_a_kind_that_no_row_bears_is_not_answered_by_all_of_them(engine: Engine) -> None:
    answer = engine.ask("资金渠道是市级补助的项目有几个")
    assert answer.value is None, answer.answer


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("全年执行数（B）", "全年执行数"),
        ("执行率（B/A）", "执行率"),
        ("年初预算数（万元）", "年初预算数"),
        ("车辆（台、辆）", "车辆"),
        ("办公用房（平方米）", "办公用房"),
        ("增减（%）", "增减%"),
        ("信息中心（本级）", "信息中心本级"),
    ],
)
def test_column_letters_and_units_are_no_part_of_a_name(label: str, key: str) -> None:
    assert label_key(label) == key


def _line(text: str, top: float) -> list[Glyph]:
    return [Glyph(c, 10 + 6 * i, top, 16 + 6 * i, top + 10, 10, False) for i, c in enumerate(text)]


@pytest.mark.parametrize(
    ("upper", "lower", "width", "expected"),
    [
        ("10", "97.54%", 60.0, "10 97.54%"),  # points over a rate
        ("123456", "789.00", 38.0, "123456789.00"),  # one figure, wrapped at the edge
        ("水库", "维修", 60.0, "水库维修"),
    ],
)
def test_a_figure_below_a_short_one_is_another(upper: str, lower: str, width: float, expected: str) -> None:
    lines = glyphs_to_lines([*_line(upper, 10), *_line(lower, 24)])
    assert join_in_cell(lines, width) == expected


def test_two_figures_in_a_cell_are_none() -> None:
    assert read_cell("10 97.54%").state is CellState.TEXT
    assert read_cell("1 234.56").state is CellState.FIGURE
