"""How tables are understood: captions, headings, columns, codes, parents; on grids written as text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.captions import contents_numbers, read_caption, read_unit
from ingest.facts import all_table_facts
from ingest.indicators import read_indicators
from ingest.pages import Line, Page
from ingest.readers.text import _blocks
from ingest.records import ColumnRole, Identity, Phase, Table, TableKind
from ingest.sums import nest_by_sums
from ingest.tables import read_tables
from ingest.units import MILLION_DOLLARS, THOUSAND_DOLLARS, UNKNOWN_UNIT, WAN_YUAN, YUAN, Unit, UnitSource

_IDENTITY = Identity("某局2024年部门预算", "某局", 2024, Phase.BUDGET)


def _tables(text: str) -> tuple[Table, ...]:
    page = Page(1, 0.0, 0.0, tuple(_blocks(text.strip("\n").split("\n"))))
    return read_tables([page], 2024).tables


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("单位：万元", WAN_YUAN),
        ("金额单位:元", YUAN),
        ("编制单位：某市财政局 单位：元", YUAN),
        ("单 位 ：万元 单位：万元", WAN_YUAN),
        ("支出预算表（万元）", WAN_YUAN),
        ("(in thousands of dollars)", THOUSAND_DOLLARS),
        ("Dollars in millions", MILLION_DOLLARS),
    ],
)
def test_units_are_read_from_the_lines_that_state_them(text: str, unit: Unit) -> None:
    assert read_unit(text, UnitSource.TABLE_LINE).unit == unit


@pytest.mark.parametrize("text", ["编制单位：某市财政局", "单位名称", "项目", ""])
def test_no_unit_is_made_up(text: str) -> None:
    assert read_unit(text, UnitSource.TABLE_LINE) == UNKNOWN_UNIT


def _caption_of(*lines: str) -> tuple[str | None, str | None]:
    caption = read_caption([Line(text, None) for text in lines])
    return caption.title, caption.number


def test_titles_and_numbers() -> None:
    assert _caption_of("上文的一句话。", "一、收支预算总表", "部门：某局 单位：万元") == ("收支预算总表", "一")
    assert _caption_of("公开05表", "财政拨款支出预算表（功能科目）", "单位：万元") == (
        "财政拨款支出预算表（功能科目）",
        "公开05表",
    )
    assert _caption_of("公开01表：收支预算总表", "部门：某局 单位：万元") == ("收支预算总表", "公开01表")
    broken = _caption_of("公开09表：一般公共预算“三公”经费、会议费", "支出预算表", "单位：万元")
    assert broken == ("一般公共预算“三公”经费、会议费支出预算表", "公开09表")
    assert _caption_of("这是正文的一句话，讲到一张表。") == (None, None)


def test_numbers_come_from_the_contents() -> None:
    lines = ("目录", "1. 2024年部门收入预算总表 ……………3", "5．2024年部门支出预算总表………", "（三）其他说明")
    page = Page(1, 0.0, 0.0, tuple(Line(text, None) for text in lines))
    assert contents_numbers([page]) == {"2024年部门收入预算总表": "1", "2024年部门支出预算总表": "5"}


_SPLIT = """
2024年部门支出预算总表
编制部门：某街道 单位：元
类	款	项	功能分类科目名称	合计	基本支出	项目支出
201			一般公共服务支出	300	0	300
201	05		统计信息事务	100	0	100
201	05	07	专项普查活动	100	0	100
	29		群众团体事务	200	0	200
		02	一般行政管理事务	200	0	200
合计				300	0	300
"""


def test_split_codes_are_joined_and_give_parents() -> None:
    (table,) = _tables(_SPLIT)
    labels = [row.labels[0] for row in table.rows]
    assert [label and label.code for label in labels] == ["201", "20105", "2010507", "20129", "2012902", None]
    assert labels[4] is not None and labels[4].path == ("一般公共服务支出", "群众团体事务", "一般行政管理事务")
    assert labels[5] is not None and labels[5].total
    assert table.unit.unit == YUAN


_BALANCE = """
收支预算总表
单位：万元
收入		支出	
项目	预算数	项目	预算数
一、财政拨款	90.00	教育支出	60.00
一般公共预算	90.00	普通教育	60.00
政府性基金预算		小学教育	20.00
二、其他收入	10.00	初中教育	40.00
		卫生支出	40.00
收入总计	100.00	支出总计	100.00
"""


def test_side_by_side_panels_have_their_own_trees() -> None:
    (table,) = _tables(_BALANCE)
    assert [c.panel for c in table.columns] == [0, 0, 1, 1]
    right = [row.labels[1].path for row in table.rows if row.labels[1]]
    assert right[3] == ("教育支出", "普通教育", "初中教育")  # nested because only so the total comes out
    assert right[4] == ("卫生支出",)
    left = [row.labels[0].path for row in table.rows if row.labels[0]]
    assert left[:3] == [("一、财政拨款",), ("一、财政拨款", "一般公共预算"), ("一、财政拨款", "政府性基金预算")]


def test_merged_headings_and_numbering_rows() -> None:
    (table,) = _tables(
        """
一般公共预算支出表
单位：万元
科目编码	科目名称	合计	基本支出			项目支出
			小计	人员经费	公用经费	
**	**	1	2	3	4	5
	合计	10.00	6.00	4.00	2.00	4.00
206	科学技术支出	10.00	6.00	4.00	2.00	4.00
"""
    )
    paths = [c.path for c in table.columns]
    assert paths[2:] == [
        ("合计",),
        ("基本支出", "小计"),
        ("基本支出", "人员经费"),
        ("基本支出", "公用经费"),
        ("项目支出",),
    ]
    assert [c.role for c in table.columns[:3]] == [ColumnRole.CODE, ColumnRole.LABEL, ColumnRole.VALUE]
    assert len(table.rows) == 2


def test_years_and_phases_of_columns() -> None:
    (table,) = _tables(
        """
财政拨款支出决算表
单位：万元
项目	2023年决算数	年初预算数	全年预算数	决算数	完成率%
行政运行	8.00	9.00	9.50	9.20	96.84
"""
    )
    facts = all_table_facts([table], Identity("某局2024年度部门决算", "某局", 2024, Phase.ACTUAL))
    assert [(f.year, f.phase) for f in facts[:4]] == [
        (2023, Phase.ACTUAL),
        (2024, Phase.BUDGET),
        (2024, Phase.ADJUSTED),
        (2024, Phase.ACTUAL),
    ]
    assert facts[4].unit.unit is not None and facts[4].unit.unit.symbol == "%"


def test_a_repeated_title_and_heading_continue_the_table() -> None:
    part = "项目支出预算表\n单位：万元\n单位名称\t项目名称\t金额\n{}\n"
    tables = _tables(part.format("本级\t甲项目\t1.00") + "\n" + part.format("本级\t乙项目\t2.00"))
    assert len(tables) == 1
    assert [row.labels[0].path for row in tables[0].rows if row.labels[0]] == [("本级", "甲项目"), ("本级", "乙项目")]


def test_indicators() -> None:
    (table,) = _tables(
        """
绩效指标表
单位	项目名称	一级指标	二级指标	三级指标	符号	指标值	计量单位	权重	预算金额
本级	培训	产出指标	数量指标	培训人次	≥	1,200	人次	50	350000
本级	培训	产出指标	时效指标	完成时间	定性	12月前		50	
"""
    )
    assert table.kind is TableKind.INDICATORS
    one, other = read_indicators(table)
    assert (one.name, one.operator, one.value, one.unit, one.weight) == (
        "培训人次",
        "≥",
        Decimal(1200),
        "人次",
        Decimal(50),
    )
    assert (other.value, other.target) == (None, "12月前")


@st.composite
def _trees(draw: st.DrawFn) -> tuple[list[Decimal], dict[int, int], Decimal]:
    """Rows in printed order with their parents, every parent the sum of two or more children of distinct size."""
    values: list[Decimal] = []
    parents: dict[int, int] = {}

    def grow(parent: int | None, depth: int) -> Decimal:
        row = len(values)
        values.append(Decimal(0))
        if parent is not None:
            parents[row] = parent
        children = draw(st.integers(2, 3)) if depth < 2 and draw(st.booleans()) else 0
        values[row] = sum((grow(row, depth + 1) for _ in range(children)), Decimal(0)) or Decimal(
            draw(st.integers(10**5, 10**9))
        )
        return values[row]

    total = sum((grow(None, 0) for _ in range(draw(st.integers(1, 4)))), Decimal(0))
    return values, parents, total


@given(_trees())
@settings(max_examples=100, deadline=None)
def test_nesting_is_found_from_sums_alone(tree: tuple[list[Decimal], dict[int, int], Decimal]) -> None:
    values, _, total = tree
    parents = nest_by_sums([(v,) for v in values], (total,))
    for parent in set(parents.values()):
        assert sum(values[c] for c, p in parents.items() if p == parent) == values[parent]
    assert sum(v for row, v in enumerate(values) if row not in parents) == total


def test_no_nesting_is_made_up_where_rows_add_up_as_they_are() -> None:
    assert nest_by_sums([(Decimal(5),), (Decimal(2),), (Decimal(3),)], (Decimal(10),)) == {}
    assert nest_by_sums([(Decimal(5),), (Decimal(4),)], (Decimal(7),)) == {}
