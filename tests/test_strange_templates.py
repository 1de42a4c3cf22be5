"""Other publishers' templates: form numbers, stages as rows, counts in tables of money, receptions, totals."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from ingest.captions import Caption
from ingest.facts import all_table_facts
from ingest.indicators import read_indicators
from ingest.pages import GridCell, Line, Page
from ingest.readers.text import _blocks
from ingest.records import Identity, Measure, Phase, TableKind
from ingest.tables import Stitched, read_tables, without_slivers
from qa.engine import Engine
from qa.grades import grade_said
from tests.engines import engine_over_text

BUDGET = """
青禾县交通局2031年度部门决算

一、部门财务收入情况

2031年部门财务总收入980.00万元，其中：一般公共预算900.00万元，事业收入80.00万元。

与上年预算数910.00万元相比增加70.00万元，增长7.69%，主要原因是渡口改造。

二、部门收支总体情况

2031年收支总数1020.00万元，比2030年增加20.00万元，增长2.00%，主要原因是桥梁加固。

三、编制与人员

本部门共有编制74名，其中行政编制32名、事业编制42名。

四、“三公”经费情况

（三）公务接待费支出4.00万元，主要用于外地同行来访，累计接待40批次、接待总人数320人次。

五、政府采购情况

政府采购预算200.00万元。其中面向中小企业预留150.00万元，占政府采购预算的75.00%。

部门收入支出总体情况表
单位：万元
项目	决算数	项目	决算数
本年收入合计	1000.00	本年支出合计	1010.00
上年结转	20.00	结转下年	10.00
收入总计	1020.00	支出总计	1020.00

财政拨款“三公”经费支出表
单位：万元
项目	“三公”经费合计	因公出国（境）费	公务用车购置费	公务用车运行维护费	公务接待费
预算数	56.00	0.00	20.00	30.00	6.00
决算数	51.00	0.00	18.00	29.00	4.00

一般公共预算基本支出表
单位：万元
科目编码	科目名称	合计
302	商品和服务支出	50.00
30217	公务接待费	3.00
30299	其他商品和服务支出	47.00

项目支出表
单位：万元
类型	项目名称	项目单位	合计	本年拨款 一般公共预算	财政拨款结转结余 一般公共预算
特定目标类	渡口改造工程	青禾县交通局	300.00	280.00	20.00
特定目标类	桥梁加固	青禾县交通局	90.00	90.00
其他运转类	公路巡查	青禾县交通局	50.00	50.00

项目支出绩效自评结果汇总表
单位：万元
序号	项目名称	全年预算数	全年执行数	执行率
1	渡口改造工程	300.00	300.00	100.00%
2	桥梁加固	90.00	81.00	90.00%
3	公路巡查	50.00	45.00	90.00%
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    yield from engine_over_text(tmp_path_factory.mktemp("store"), BUDGET, "final.txt")


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("财务总收入比上年增长了百分之几", "7.69 %"),
        ("收支总预算比2030年增加了多少万元", "20.00 万元"),
        ("局里一共有多少个行政编制", "32 名"),
        ("全年公务接待了多少批次", "40 批次"),
        ("公务接待平均一批花多少元", "1000.00 元"),
        ("公务接待每人次多少元", "125.00 元"),
        ("公务接待费花了多少", "4.00 万元"),
        ("公务接待费比预算省下了多少钱", "2.00 万元"),
        ("三公里面买公务用车实际花掉多少", "18.00 万元"),
        ("有几个项目没把预算全部花完", "2 个"),
        ("面向中小企业的采购占政府采购的比例", "75.00 %"),
        ("What share of the procurement budget is reserved for small and medium-sized enterprises?", "75.00 %"),
    ],
)
def test_questions_over_a_strange_template(engine: Engine, question: str, figure: str) -> None:
    answer = engine.ask(question)
    assert f"{answer.value} {answer.unit}" == figure, answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "财务总收入比上年增长2130199吗，2130199预算多少",  # a code that no cell bears
        "渡口改造每公里补多少钱",  # the whole project's money is not that of a kilometre
        "How much more is spent on receptions and official cars in total than in 2030?",
    ],
)
def test_what_is_not_told_is_not_answered_with_a_neighbour(engine: Engine, question: str) -> None:
    assert engine.ask(question).value is None


@pytest.mark.parametrize(
    "number", ["预算公开01表", "财决公开02表", "公开03表", "附表5", "部门公开06表", "表3", "预算01表"]
)
def test_the_number_of_a_form_is_no_title(number: str) -> None:
    lines = [Line(text, None) for text in ("部门支出总体情况表", number, "单位：万元")]
    grid = _blocks(["科目名称\t合计", "教育支出\t30.00", "合计\t30.00"])
    table = read_tables([Page(1, 0.0, 0.0, (*lines, *grid))], 2031).tables[0]
    assert (table.title, table.kind) == ("部门支出总体情况表", TableKind.EXPENDITURE)


def test_a_row_that_names_a_stage_is_of_that_stage() -> None:
    lines = BUDGET.split("财政拨款“三公”经费支出表\n")[1].split("\n\n")[0].split("\n")
    page = Page(1, 0.0, 0.0, (Line("财政拨款“三公”经费支出表", None), *_blocks(lines)))
    facts = all_table_facts(read_tables([page], 2031).tables, Identity("决算", "某局", 2031, Phase.ACTUAL))
    assert {f.phase for f in facts if f.label == "预算数"} == {Phase.BUDGET}
    assert {f.phase for f in facts if f.label == "决算数"} == {Phase.ACTUAL}


def test_a_row_may_name_the_unit_of_its_counts_in_a_table_of_money() -> None:
    rows = ["项目\t统计数", "国内公务接待批次（个）\t86", "公务用车运行维护费\t12.00"]
    page = Page(1, 0.0, 0.0, (Line("机构运行信息表", None), Line("单位：万元", None), *_blocks(rows)))
    facts = all_table_facts(read_tables([page], 2031).tables, Identity("决算", "某局", 2031, Phase.ACTUAL))
    told = {f.label: (f.measure, f.unit.unit.symbol if f.unit.unit else None) for f in facts}
    assert told["国内公务接待批次（个）"] == (Measure.QUANTITY, "个")
    assert told["公务用车运行维护费"] == (Measure.AMOUNT, "万元")


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ('How many projects received only a "good" (良) rating in the self-evaluation?', ("良", "良好")),
        ("How many projects got an excellent grade?", ("优", "优秀")),
    ],
)
def test_grades_before_their_noun(text: str, grade: tuple[str, ...]) -> None:
    assert grade_said(text) == grade


def test_a_text_over_two_slivers_of_a_form_is_kept() -> None:
    """Of two grids, one printed below the other, the lower one may have no column that stands alone in the lattice."""
    upper = [GridCell(0, 1, 0, 3, "全年执行数"), GridCell(0, 1, 3, 5, "执行率")]
    lower = [GridCell(1, 2, 0, 2, "三级指标"), GridCell(1, 2, 2, 4, "年度指标值"), GridCell(1, 2, 4, 5, "得分")]
    covering = {(c.row, at): c for c in (*upper, *lower) for at in range(c.column, c.column_end)}
    rows = tuple(tuple(covering[row, column] for column in range(5)) for row in range(2))
    stitched = Stitched(Caption(), (), tuple((1, row) for row in rows), (1,), (), (), None, None)
    texts = {cell.text for _, row in without_slivers(stitched).body for cell in row}
    assert texts == {c.text for c in (*upper, *lower)}


def test_the_target_of_the_year_stands_right_of_that_of_half_of_it() -> None:
    rows = [
        "项目名称\t桥梁加固\t\t\t",
        "一级指标\t二级指标\t三级指标\t半年（程）指标值\t全年（程）指标值",
        "产出指标\t数量指标\t加固桥梁\t≥3座\t≥8座",
        "产出指标\t质量指标\t验收合格率\t≥90%\t≥95%",
    ]
    page = Page(1, 0.0, 0.0, (Line("项目支出绩效目标表", None), *_blocks(rows)))
    (table,) = read_tables([page], 2031).tables
    assert [(i.name, i.value) for i in read_indicators(table)] == [("加固桥梁", 8), ("验收合格率", 95)]


def test_the_unit_of_a_value_is_not_whose_indicator_it_is() -> None:
    heading = "一级指标\t二级指标\t三级指标\t指标值\t单位"
    rows = ["项目名称\t桥梁加固\t\t\t", heading, "产出指标\t数量指标\t加固长度\t2.4\t千米"]
    page = Page(1, 0.0, 0.0, (Line("桥梁加固绩效目标表", None), *_blocks(rows)))
    (table,) = read_tables([page], 2031).tables
    assert [(i.value, i.unit) for i in read_indicators(table)] == [(Decimal("2.4"), "千米")]


def test_units_stand_over_their_projects_in_one_column() -> None:
    rows = [
        "单位／项目名称\t功能科目代码\t合计",
        "合计\t\t90.00",
        "青禾县公路局本级\t\t60.00",
        "桥梁维修\t2140106\t40.00",
        "道路绿化\t2140106\t20.00",
        "青禾县桥梁养护所\t\t30.00",
        "隧道照明\t2140106\t10.00",
        "公路巡查\t2140106\t20.00",
    ]
    page = Page(1, 0.0, 0.0, (Line("项目支出预算表", None), Line("单位：万元", None), *_blocks(rows)))
    (table,) = read_tables([page], 2031).tables
    owners = {label.path[-1]: label.organisation for row in table.rows for label in row.labels if label}
    assert owners["道路绿化"] == "青禾县公路局本级" and owners["公路巡查"] == "青禾县桥梁养护所"
