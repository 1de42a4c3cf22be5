"""Tables of units, projects and procurement as provinces print them: whose row it is, codes in names, years in rows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingest.codednames import split_code
from ingest.columns import read_columns
from ingest.facts import all_table_facts
from ingest.figures import read_count
from ingest.pages import Page
from ingest.rawrows import RawRow
from ingest.readers.text import _blocks
from ingest.records import ColumnRole, Fact, Identity, Measure, Phase, Table, TableKind
from ingest.rows import read_labels
from ingest.tables import read_tables

_IDENTITY = Identity("某局2024年部门预算", "某局", 2024, Phase.BUDGET)


def _table(text: str) -> Table:
    page = Page(1, 0.0, 0.0, tuple(_blocks(text.strip("\n").split("\n"))))
    return read_tables([page], 2024).tables[0]


def _facts(text: str) -> dict[tuple[str, str], Fact]:
    """The figures of the one table, by row path and column path."""
    facts = all_table_facts([_table(text)], _IDENTITY)
    return {(">".join(f.row_path), ">".join(f.column_path)): f for f in facts if f.value is not None}


def test_codes_printed_in_brackets_with_names_are_codes() -> None:
    facts = _facts("""
支出总体情况表
单位：元
功能科目名称	合计	基本支出
合计	30.00	10.00
[205]教育支出	30.00	10.00
[20508]进修及培训	30.00	10.00
[2050803]培训支出	30.00	10.00
""")
    assert facts["教育支出>进修及培训>培训支出", "基本支出"].code == "2050803"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("[30201]办公费", ("30201", "办公费")),
        ("2110501-森林管护", ("2110501", "森林管护")),
        ("201 一般公共服务支出", ("201", "一般公共服务支出")),
        ("12315热线运行", (None, "12315热线运行")),
        ("22-其他运转类", (None, "22-其他运转类")),
        ("办公费", (None, "办公费")),
    ],
)
def test_only_codes_of_the_classifications_are_split_off(name: str, expected: tuple[str | None, str]) -> None:
    assert split_code(name) == expected


def test_the_second_classification_is_kept_where_the_first_stands_on_several_rows() -> None:
    facts = _facts("""
基本支出表
单位：元
部门预算支出经济科目名称	政府预算支出经济科目名称	2024年预算
[302]商品和服务支出		60.00
[30201]办公费	[50201]办公经费	20.00
[30216]培训费	[50203]培训费	30.00
[30216]培训费	[50502]商品和服务支出	10.00
""")
    assert [path for path, _ in facts] == [
        "商品和服务支出",
        "商品和服务支出>办公费",
        "商品和服务支出>培训费>培训费",
        "商品和服务支出>培训费>商品和服务支出",
    ]


def test_units_own_the_rows_under_them() -> None:
    table = _table("""
专项资金预算汇总表
单位：万元
单位代码	单位名称（专项资金名称）	总计
	合计	35.00
410001	某县农业局机关	30.00
410001	农村改厕经费	10.00
410001	丰收节活动经费	20.00
410002	某县农技站	5.00
410002	种苗补助	5.00
""")
    labels = [row.labels[0] for row in table.rows]
    assert table.kind is TableKind.PROJECTS
    assert [label and label.organisation for label in labels] == [
        None,
        *["某县农业局机关"] * 3,
        *["某县农技站"] * 2,
    ]
    assert labels[2] is not None and labels[2].path == ("某县农业局机关", "农村改厕经费")


def test_a_department_over_its_units_is_their_sum() -> None:
    table = _table("""
收入总表
单位：万元
部门（单位）代码	部门（单位）名称	合计
056	某区园林局	30.00
056001	某区园林局（本级）	20.00
056002	某区林业站	10.00
""")
    labels = [row.labels[0] for row in table.rows]
    assert [(label.total, label.organisation) for label in labels if label] == [
        (True, None),
        (False, "某区园林局（本级）"),
        (False, "某区林业站"),
    ]


def test_serial_numbers_and_unit_codes_name_no_row() -> None:
    table = _table("""
序号	单位名称	单位性质	编制数
1	某局（本级）	行政单位	128
2	某所	事业单位	46
""")
    assert [row.labels[0].path for row in table.rows if row.labels[0]] == [("某局（本级）",), ("某所",)]


def test_kinds_and_units_of_projects_stand_over_their_names() -> None:
    facts = _facts("""
项目支出表
单位：万元
类型	项目单位	项目名称	合计
部门项目	某林业站	古树复壮	96.45
其他运转类	某公园	保洁	18.00
""")
    fact = facts["某林业站>部门项目>古树复壮", "合计"]
    assert fact.organisation == "某林业站"


def test_a_row_has_the_year_that_its_column_of_years_says() -> None:
    table = _table("""
“三公”经费支出表
单位：万元
单位名称	预算年度	“三公”经费合计	公务接待费
某林业站	2023	3.80	0.20
某林业站	2024	3.70	0.10
""")
    facts = all_table_facts([table], _IDENTITY)
    assert [(f.year, f.value) for f in facts if f.column_path == ("公务接待费",)] == [
        (2023, Decimal("0.20")),
        (2024, Decimal("0.10")),
    ]


def test_counts_with_their_own_unit_are_quantities() -> None:
    facts = _facts("""
政府采购预算表
单位：元
序号	项目名称	采购品目	采购类型	数量	采购预算金额
		合计			153.00
1	公用经费	台式计算机	货物	26台	143.00
2	公用经费	打印机	货物	2台	10.00
""")
    count = facts["公用经费>台式计算机", "数量"]
    assert (count.value, str(count.unit.unit), count.measure) == (Decimal(26), "台", Measure.QUANTITY)
    assert facts["合计", "采购预算金额"].total


@pytest.mark.parametrize("text", ["26", "26元", "约26台", "26台1项", ""])
def test_other_texts_are_no_counts(text: str) -> None:
    assert read_count(text) is None


def _labels_of_indented(names: list[tuple[str, float]]) -> list[tuple[str, ...]]:
    paths = [("项目",), ("预算数",)]
    cells = [[name, "1.00"] for name, _ in names]
    columns = read_columns(paths, [(), ()], cells, 1, 2024)
    rows = [RawRow((name, "1.00"), (name, "1.00"), (indent, 0.0)) for name, indent in names]
    return [labels[0].path for labels in read_labels(rows, columns) if labels[0]]


def test_numbers_decide_between_rows_indented_alike() -> None:
    paths = _labels_of_indented(
        [
            ("“三公”经费", 0.0),
            ("其中：（一）因公出国支出", 12.0),
            ("（二）公务用车支出", 24.0),
            ("1.公务用车购置", 24.0),
            ("2.公务用车运行", 24.0),
            ("（三）公务接待费", 24.0),
        ]
    )
    assert paths[2] == ("“三公”经费", "（二）公务用车支出")
    assert paths[4] == ("“三公”经费", "（二）公务用车支出", "2.公务用车运行")
    assert paths[5] == ("“三公”经费", "（三）公务接待费")


def test_a_list_that_goes_on_in_the_next_columns_keeps_its_class() -> None:
    table = _table("""
基本支出决算明细表
单位：元
科目代码	科目名称	决算数	科目代码	科目名称	决算数
302	商品和服务支出	30.00	30228	工会经费	12.00
30201	办公费	10.00	30229	福利费	8.00
""")
    assert [c.role for c in table.columns][:3] == [ColumnRole.CODE, ColumnRole.LABEL, ColumnRole.VALUE]
    label = table.rows[1].labels[1]
    assert label is not None and label.path == ("商品和服务支出", "福利费")


def test_what_things_are_counted_in_owns_no_row() -> None:
    table = _table("""
政府采购明细表
单位：万元
采购类别	采购项目	采购品目	数量	单位	采购金额
合计					50.00
货物类	小计				30.00
	心电图机	医疗设备	2	台	20.00
	防护服	医用材料	1	批	10.00
服务类	小计				20.00
	保洁服务	物业服务	1	项	20.00
""")
    labels = [label for row in table.rows for label in row.labels if label]
    assert not any(label.organisation for label in labels)
    goods = [label for label in labels if label.path[0] == "货物类"]
    assert [label.path for label in goods] == [("货物类",), ("货物类", "心电图机"), ("货物类", "防护服")]
    above = goods[1].parent
    assert above is not None and table.rows[above].labels[0] == goods[0] and goods[2].parent == above
    assert labels[0].path == ("合计",) and labels[0].total


def test_a_project_is_named_before_what_it_is_spent_on() -> None:
    table = _table("""
部门项目支出预算表
单位：元
项目分类	项目名称	项目单位	功能科目编码	功能科目名称	经济科目编码	经济科目名称	合计
民生类	临时救助金	某局	2082001	临时救助支出	30306	救济费	60.00
业务类	界线管理经费	某局	2080207	行政区划和地名管理	30213	维修（护）费	7.00
业务类	界线管理经费	某局	2080207	行政区划和地名管理	30211	差旅费	2.00
""")
    labels = [label for row in table.rows for label in row.labels if label]
    assert (labels[0].path, labels[0].code) == (("某局", "民生类", "临时救助金"), "2082001")
    assert (labels[1].path[-3:], labels[1].code) == (("界线管理经费", "行政区划和地名管理", "维修（护）费"), "30213")


def test_items_of_units_bear_the_code_of_the_economic_classification() -> None:
    table = _table("""
部门基本支出预算表
单位：元
单位名称	项目名称	功能科目编码	功能科目名称	部门经济科目编码	部门经济科目名称	总计
某局							9.00
某局	工资	2080201	行政运行	30101	基本工资	5.00
某局	公用经费	2080201	行政运行	30205	水费	4.00
""")
    label = table.rows[2].labels[0]
    assert label is not None and label.organisation == "某局"
    assert (label.path[-1], label.code) == ("水费", "30205")
