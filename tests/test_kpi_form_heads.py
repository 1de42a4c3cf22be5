"""Heads of KPI forms: who compiled them, money beside its name, and headings that are no form."""

from __future__ import annotations

from decimal import Decimal

from ingest.formfacts import form_facts
from ingest.geometry import Box
from ingest.indicators import read_indicators
from ingest.kpiforms import begins_form
from ingest.pages import Grid, GridCell, Line, Page
from ingest.readers.text import _blocks
from ingest.records import Identity, Phase, Table, TableKind
from ingest.tables import read_tables

_BUDGET = Identity("某局2031年部门预算", "某局", 2031, Phase.BUDGET)

COMPILED = """
编制单位	某局	项目编码	5001	
项目名称	牧区防疫	业务主管部门	某委	
当年预算（万元）	80.00	本级安排（万元）	50.00	上级补助（万元）	30.00
当年绩效目标	做好防疫。			
绩效指标	一级指标	二级指标	三级指标	指标权重	计量单位	指标性质及指标值
绩效指标	产出指标	数量指标	免疫牛羊数量	20	头	≥ 4600
绩效指标	产出指标	时效指标	完成时间	10	日期	≤ 9月30日
绩效指标	效益指标	社会效益指标	防疫水平	10		逐步提高
"""


def _table(text: str) -> Table:
    (table,) = read_tables([Page(1, 0.0, 0.0, tuple(_blocks(text.strip("\n").split("\n"))))], 2031).tables
    return table


def test_a_form_may_begin_with_who_compiled_it_and_name_quality_and_value_in_one_column() -> None:
    table = _table(COMPILED)
    assert table.kind is TableKind.INDICATORS
    assert [(i.project, i.organisation, i.name, i.operator, i.value, i.unit) for i in read_indicators(table)] == [
        ("牧区防疫", "某局", "免疫牛羊数量", "≥", Decimal(4600), "头"),
        ("牧区防疫", "某局", "完成时间", "≤", None, ""),
        ("牧区防疫", "某局", "防疫水平", "", None, ""),
    ]


def test_what_the_own_level_gives_and_the_higher_one_are_amounts_of_the_project() -> None:
    facts = form_facts([_table(COMPILED)], _BUDGET)
    assert [(f.label, f.column_path, f.value) for f in facts] == [
        ("牧区防疫", ("当年预算（万元）",), Decimal("80.00")),
        ("牧区防疫", ("本级安排（万元）",), Decimal("50.00")),
        ("牧区防疫", ("上级补助（万元）",), Decimal("30.00")),
    ]


def test_one_name_merged_over_the_rows_of_a_heading_begins_no_form() -> None:
    heading = [["单位名称", "上年预算数", ""], ["单位名称", "三公经费合计", "接待费"], ["单位名称", "合计", "接待费"]]
    assert not begins_form([*heading, ["某局", "2.00", "1.00"]])


def test_what_was_not_completed_is_no_completed_value() -> None:
    table = _table(
        """
项目名称	渡口维护		
主管部门	某镇		
绩效指标	一级指标	二级指标	三级指标	未完成情况说明	预期值	实际达到值
绩效指标	产出指标	数量指标	维护渡口	无	≥6处	7处
"""
    )
    (indicator,) = read_indicators(table)
    assert (indicator.value, indicator.done_value) == (Decimal(6), Decimal(7))


def test_a_form_below_another_bears_its_title() -> None:
    def grid(*rows: tuple[str, ...]) -> Grid:
        cells = [GridCell(r, r + 1, c, c + 1, t) for r, row in enumerate(rows) for c, t in enumerate(row)]
        return Grid(len(rows), len(rows[0]), tuple(cells), Box(50, 100, 500, 200))

    def form(project: str) -> Grid:
        levels, row = ("一级指标", "二级指标", "三级指标", "指标值"), ("产出指标", "数量指标", "场次", "6场")
        return grid(("项目名称", project, "", ""), ("主管部门", "某局", "", ""), levels, row)

    title = Line("2031年项目支出绩效目标表", Box(200, 80, 400, 92), 14.0)
    tables = read_tables([Page(1, 595.0, 842.0, (title, form("甲项目"), form("乙项目")))], 2031).tables
    assert [t.title for t in tables] == ["2031年项目支出绩效目标表"] * 2
    plain = grid(("项目", "金额", "", ""), ("房租", "3.00", "", ""))
    assert read_tables([Page(1, 595.0, 842.0, (title, form("甲项目"), plain))], 2031).tables[-1].title != title.text
