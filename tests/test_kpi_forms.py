"""KPI tables as publishers print them: forms of one project, self-evaluations, units wherever they stand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.facts import all_table_facts
from ingest.formfacts import form_facts
from ingest.headers import heading_length
from ingest.indicators import read_indicators
from ingest.kpiforms import WHOLE, begins_form
from ingest.kpivalues import KpiValue, read_value
from ingest.pages import GridCell, Page
from ingest.readers.text import _blocks
from ingest.records import Fact, Identity, Indicator, Measure, Phase, Table, TableKind
from ingest.tables import read_tables

_FINAL = Identity("某镇2031年度部门决算", "某镇", 2031, Phase.ACTUAL)

SELF_EVALUATION = """
项目绩效自评表
项目名称		桥梁维修				
主管部门		某镇		实施单位	桥梁养护所	
预算执行情况（万元）			全年预算数（A）	全年执行数（B）	执行率（B/A）	得分（10分）
预算执行情况（万元）		年度资金总额	80.00	72.00	90.00%	9
预算执行情况（万元）		其中：财政拨款	60.00	54.00	90.00%	—
年度总体目标	预期目标				实际完成情况	
年度总体目标	维修桥梁，保障通行。				已完成。	
绩效指标	一级指标	二级指标	三级指标	年度指标值	实际完成值	得分
绩效指标	产出指标	数量指标	维修桥梁（座）	≥12	11	8.5
绩效指标	产出指标	数量指标	更换支座	不少于40个	44个	10
绩效指标	产出指标	时效指标	完工时间	2031年10月底前	2031年11月	6
绩效指标	满意度指标	服务对象满意度指标	群众满意度	90%以上	92.5%	10
总分		93.5				
"""


def _tables(text: str) -> tuple[Table, ...]:
    return read_tables([Page(1, 0.0, 0.0, tuple(_blocks(text.strip("\n").split("\n"))))], 2031).tables


def _said(indicator: Indicator) -> tuple[str, str, Decimal | None, str]:
    return indicator.name, indicator.operator, indicator.value, indicator.unit


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("≥3.5万亩", KpiValue("≥", Decimal("3.5"), "万亩")),
        ("100%", KpiValue("", Decimal(100), "%")),
        ("95%及以上", KpiValue("≥", Decimal(95), "%")),
        ("不超过400元/块", KpiValue("不超过", Decimal(400), "元/块")),
        ("24小时内", KpiValue("≤", Decimal(24), "小时")),
        ("3年", KpiValue("", Decimal(3), "年")),
        ("1,200人次", KpiValue("", Decimal(1200), "人次")),
        ("2031年11月底前", KpiValue("", None, "")),
        ("2031年", KpiValue("", None, "")),
        ("12月底前", KpiValue("", None, "")),
        ("3-5次", KpiValue("", None, "")),
        ("持续提升", KpiValue("", None, "")),
        ("12场，4次", KpiValue("", None, "")),
    ],
)
def test_a_value_is_an_operator_a_figure_and_a_unit_or_nothing(text: str, read: KpiValue) -> None:
    assert read_value(text) == read


def test_a_unit_of_its_own_column_or_in_the_name_serves_a_bare_figure() -> None:
    assert read_value("160", "≥", "架次") == KpiValue("≥", Decimal(160), "架次")
    assert read_value("3600", name="清运量（吨）") == KpiValue("", Decimal(3600), "吨")
    assert read_value("98%", name="处理率（含填埋）") == KpiValue("", Decimal(98), "%")
    assert read_value("365天", "定性") == KpiValue("定性", None, "")


@given(
    st.sampled_from(["", "≥", "≤", "=", "不少于"]),
    st.decimals(min_value=0, max_value=10**6, places=2),
    st.sampled_from(["%", "个", "万亩", "元/户", "公里", "‰"]),
)
def test_what_is_printed_in_one_cell_is_read_as_in_three(operator: str, value: Decimal, unit: str) -> None:
    meant = KpiValue(operator, value, unit)
    assert read_value(f"{operator}{value}{unit}") == meant
    assert read_value(str(value), operator, unit) == meant


def test_a_self_evaluation_has_targets_what_was_reached_and_points() -> None:
    (table,) = _tables(SELF_EVALUATION)
    assert table.kind is TableKind.INDICATORS
    found = read_indicators(table)
    assert [_said(i) for i in found] == [
        ("维修桥梁（座）", "≥", Decimal(12), "座"),
        ("更换支座", "不少于", Decimal(40), "个"),
        ("完工时间", "", None, ""),
        ("群众满意度", "≥", Decimal(90), "%"),
    ]
    assert [(i.done, i.done_value, i.done_unit, i.score) for i in found] == [
        ("11", Decimal(11), "座", Decimal("8.5")),
        ("44个", Decimal(44), "个", Decimal(10)),
        ("2031年11月", None, "", Decimal(6)),
        ("92.5%", Decimal("92.5"), "%", Decimal(10)),
    ]
    assert {(i.project, i.organisation, i.goal) for i in found} == {("桥梁维修", "桥梁养护所", "维修桥梁，保障通行。")}


def test_the_head_and_foot_of_a_form_are_facts_of_its_project() -> None:
    (table,) = _tables(SELF_EVALUATION)
    assert all_table_facts([table], _FINAL) == ()  # points and completed values are no money of anything

    def unit(fact: Fact) -> str:
        return fact.unit.unit.symbol if fact.unit.unit else ""

    facts = form_facts([table], _FINAL)
    assert {f.row_path for f in facts} == {("桥梁维修",)} and {f.organisation for f in facts} == {"桥梁养护所"}
    assert [(f.column_path, f.text, unit(f), f.measure, f.phase) for f in facts] == [
        (("全年预算数（A）",), "80.00", "万元", Measure.AMOUNT, Phase.ADJUSTED),
        (("全年执行数（B）",), "72.00", "万元", Measure.AMOUNT, Phase.ACTUAL),
        (("执行率（B/A）",), "90.00%", "%", Measure.COMPLETION, Phase.ACTUAL),
        (("其中：财政拨款", "全年预算数（A）"), "60.00", "万元", Measure.AMOUNT, Phase.ADJUSTED),
        (("其中：财政拨款", "全年执行数（B）"), "54.00", "万元", Measure.AMOUNT, Phase.ACTUAL),
        (("其中：财政拨款", "执行率（B/A）"), "90.00%", "%", Measure.COMPLETION, Phase.ACTUAL),
        (("总分",), "93.5", "分", Measure.QUANTITY, Phase.ACTUAL),
    ]


def test_money_beside_its_name_takes_the_unit_printed_in_its_row() -> None:
    (table,) = _tables(
        """
项目名称	甲项目		
主管部门	某局	实施单位	甲所
项目资金（万元）	年度资金总额：	1,385.60	执行率分值（10）
项目资金（万元）	上年结转	—	执行率分值（10）
绩效指标	一级指标	二级指标	三级指标	指标值	分值权重（90）
绩效指标	产出指标	数量指标	立项数	≥85项	10
"""
    )
    (fact,) = form_facts([table], _FINAL)
    assert (fact.label, fact.column_path, fact.value) == ("甲项目", ("年度资金总额",), Decimal("1385.60"))
    assert fact.unit.unit is not None and fact.unit.unit.symbol == "万元"
    (indicator,) = read_indicators(table)
    assert (*_said(indicator), indicator.weight) == ("立项数", "≥", Decimal(85), "项", Decimal(10))


def test_the_unit_of_an_indicator_is_never_the_unit_that_carries_the_project_out() -> None:
    (table,) = _tables(
        """
项目支出绩效表
单位：万元
项目单位	项目名称	项目支出预算金额	总体绩效目标	绩效指标					
				一级指标	二级指标	三级指标	绩效指标性质	绩效指标值	绩效度量单位
甲站	防治服务	12.50	防治虫害	产出指标	数量指标	飞机防治	≥	160	架次
甲站	防治服务	12.50	防治虫害	效益指标	生态效益指标	林地状况	定性	改善	
"""
    )
    found = read_indicators(table)
    assert [_said(i) for i in found] == [("飞机防治", "≥", Decimal(160), "架次"), ("林地状况", "定性", None, "")]
    assert {(i.project, i.organisation) for i in found} == {("防治服务", "甲站")}


def test_a_project_may_be_named_with_a_bracket_in_the_heading() -> None:
    (table,) = _tables(
        """
项目支出绩效目标表
单位：万元
单位编码	项目（专项）名称	资金总额	一级指标	二级指标	三级指标	指标值	指标值内容	度量单位
410001	育秧补助	80.00	产出指标	数量指标	育秧面积	≥13.8	完成任务	万亩
"""
    )
    (indicator,) = read_indicators(table)
    assert (indicator.project, *_said(indicator)) == ("育秧补助", "育秧面积", "≥", Decimal("13.8"), "万亩")
    (fact,) = all_table_facts([table], _FINAL)
    assert (fact.label, fact.value) == ("育秧补助", Decimal("80.00"))


def _row(index: int, *texts: str, down: int = 1) -> tuple[GridCell, ...]:
    return tuple(GridCell(index, index + (down if c == 0 else 1), c, c + 1, t) for c, t in enumerate(texts))


def test_a_department_as_a_whole_has_targets_under_a_heading_of_several_rows() -> None:
    heading = [["单位名称", "年度预算申请", "整体绩效目标"], ["单位名称", "一级指标", "二级指标"]]
    assert not begins_form(heading)
    (table,) = _tables(
        """
部门整体支出绩效目标表
单位名称	资金总额	一级指标	二级指标	三级指标	指标值	度量单位
某局	90.00	产出指标	数量指标	出栏数	≥58	万头
"""
    )
    (indicator,) = read_indicators(table)
    assert (indicator.project, indicator.organisation) == (WHOLE, "某局")


def test_rows_of_levels_on_the_next_page_are_no_heading() -> None:
    rows = [_row(0, "产出指标", "数量指标", "授权件数", "≥650件", down=2), _row(1, "", "质量指标", "准确率", "100%")]
    assert heading_length(rows) == 0


def test_a_form_whose_page_ends_above_its_indicators_is_one() -> None:
    assert begins_form([["项目名称", "甲项目"], ["主管部门", "某局"], ["年度目标", "做好工作"]])
    assert not begins_form([["项目名称", "金额"], ["甲项目", "1.00"]])


def test_a_title_inside_the_frame_and_numbered_names() -> None:
    (table,) = _tables(
        """
项目支出绩效自评表（2031年度）				
（2031年度）				
项目编码	33060001	项目名称	渡口维护	
主管部门	某镇	实施单位	渡口所	
绩效指标	一级指标	二级指标	三级指标	年度指标值	实际完成值	分值	得分
绩效指标	产出指标	数量指标	指标1：维护渡口	6处	6处	20	20
绩效指标			指标2：维修渡船	≥3艘	2艘	10	7
绩效指标			指标3：				
总分						100	92.5
"""
    )
    found = read_indicators(table)
    assert [(i.project, i.name, i.level1, i.level2, i.value, i.unit, i.done_value) for i in found] == [
        ("渡口维护", "维护渡口", "产出指标", "数量指标", Decimal(6), "处", Decimal(6)),
        ("渡口维护", "维修渡船", "产出指标", "数量指标", Decimal(3), "艘", Decimal(2)),
    ]
    assert [(f.column_path, f.value) for f in form_facts([table], _FINAL)] == [(("总分",), Decimal("92.5"))]


def test_a_name_and_its_value_in_one_cell() -> None:
    (table,) = _tables(
        """
项目名称	渡口维护		
主管部门	某镇		
绩效指标	一级指标	二级指标	指标内容
绩效指标	产出指标	数量指标	维护渡口≥6处
绩效指标	效益指标	社会效益指标	方便出行
"""
    )
    (indicator,) = read_indicators(table)
    assert _said(indicator) == ("维护渡口", "≥", Decimal(6), "处")


def test_a_unit_column_over_several_heading_rows_begins_no_form() -> None:
    rows = [
        ["单位名称", "2024年预算数", "", "2025年预算数", ""],
        ["单位名称", "“三公”经费合计", "公务接待费", "“三公”经费合计", "公务接待费"],
        ["单位名称", "小计", "公务接待费", "小计", "公务接待费"],
        ["某县一中", "5.00", "1.00", "4.60", "0.60"],
    ]
    assert not begins_form(rows)
