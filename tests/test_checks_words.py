"""Identities of words: contents, declarations, codes, projects under two names, what was left in by mistake."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from ingest.checks import run_checks
from ingest.pages import Grid, GridCell, Line, Page
from ingest.records import Check, Definition, Extract, Indicator, Outcome, PassageKind, Table, TableKind
from ingest.units import YUAN, UnitReading, UnitSource
from tests.factories import Item, build_extract, build_passage, build_table, item, sample_extract


def kinds(extract: Extract, pages: Sequence[Page] = ()) -> list[tuple[str, str]]:
    return [(c.kind, c.outcome.value) for c in run_checks(extract, pages)]


def of(kind: str, extract: Extract, pages: Sequence[Page] = ()) -> list[Check]:
    return [c for c in run_checks(extract, pages) if c.kind == kind]


def page(number: int, *lines: str) -> Page:
    return Page(number, 595, 842, tuple(Line(text, None) for text in lines))


SPENDING = build_table(
    "T1", "部门支出预算总表", (item("合计", None, 0, "1.00", total=True), item("a", "206", 0, "1.00"))
)
CONTENTS = (
    "目 录",
    "第一部分 概况",
    "一、主要职能",
    "第二部分 部门预算表",
    "一、部门支出预算总表",
    "二、部门收入预算总表",
)


def test_a_table_of_the_contents_that_is_not_there() -> None:
    headings = (build_passage("P1", "一、主要职能", kind=PassageKind.HEADING),)
    checks = of("contents", build_extract(tables=[SPENDING], passages=headings), [page(2, *CONTENTS)])
    assert [(c.outcome, c.left.text) for c in checks] == [
        (Outcome.HELD, "一、部门支出预算总表"),
        (Outcome.BROKEN, "二、部门收入预算总表"),
    ]


def test_a_title_printed_without_its_table_being_read_is_no_error() -> None:
    pages = [page(2, *CONTENTS), page(5, "部门收入预算总表", "1.00")]
    assert [c.outcome for c in of("contents", build_extract(tables=[SPENDING]), pages)] == [Outcome.HELD]


def test_a_title_that_a_grid_cuts_in_two_is_printed() -> None:
    cells = tuple(GridCell(n, n + 1, 0, 1, text) for n, text in enumerate(("二、部门收入", "1.00")))
    behind = Page(5, 595, 842, (Grid(2, 1, cells), Line("预算总表", None)))
    found = of("contents", build_extract(tables=[SPENDING]), [page(2, *CONTENTS), behind])
    assert [c.outcome for c in found] == [Outcome.HELD]


def test_a_title_read_in_part_makes_a_missing_table_doubtful() -> None:
    cut = build_table("T2", "部门收入", (item("a", "206", 0, "1.00"),))
    checks = of("contents_wording", build_extract(tables=[SPENDING, cut]), [page(2, *CONTENTS)])
    assert [(c.outcome, c.doubt) for c in checks] == [(Outcome.BROKEN, "a title may have been read in part")]
    piece = build_table("T2", "收", (item("a", "206", 0, "1.00"),))
    checks = of("contents", build_extract(tables=[SPENDING, piece]), [page(2, *CONTENTS)])
    assert [(c.outcome.value, c.doubt is None) for c in checks] == [("held", True), ("broken", False)]


def test_a_heading_in_other_words() -> None:
    headings = (build_passage("P1", "一、主要职责", kind=PassageKind.HEADING),)
    found = of("contents_wording", build_extract(tables=[SPENDING], passages=headings), [page(2, *CONTENTS)])
    assert [(c.left.text, c.right.text) for c in found] == [("一、主要职能", "一、主要职责")]


def test_the_body_of_a_text_file_is_no_list_of_contents() -> None:
    body = ("第一部分 概况", "主要工作是……", "二、部门收入支出对比表")
    checks = of("contents", build_extract(tables=[SPENDING]), [page(1, *CONTENTS, *body)])
    assert len(checks) == 2


def declared(figure: str) -> Table:
    items = (item("合计", None, 0, figure, total=True),)
    table = build_table("T1", "政府性基金预算支出表", items, kind=TableKind.GOVERNMENT_FUND)
    return replace(table, notes=("注：本部门没有政府性基金预算，故本表无数据。",))


@pytest.mark.parametrize(("figure", "outcome"), [("", "held"), ("0.00", "held"), ("12.00", "broken")])
def test_declared_empty(figure: str, outcome: str) -> None:
    assert kinds(build_extract(tables=[declared(figure)])) == [("declared_empty", outcome)]


def test_a_code_that_lost_a_digit() -> None:
    items = (
        [item("工资福利支出", "301", 0, "9.00")]
        + [item(f"第{i}项", f"301{i:02d}", 0, "1.00") for i in range(1, 9)]
        + [item("绩效工资", "3017", 0, "1.00")]
    )
    assert [c.left.text for c in of("code", build_extract(tables=[build_table("T1", "表", items)]))] == [
        "3017 绩效工资"
    ]


def projects(*items: Item, kind: TableKind = TableKind.PROJECTS, name: str = "T1") -> Table:
    return build_table(name, "项目表", items, ("预算金额",), kind)


def with_details(listed: str, detailed: str, money: str) -> Extract:
    """A project in the table of projects in 万元, and one in the table of indicators in 元."""
    shared = item("展馆维护", None, 0, "20.00", organisation="科技馆")
    first = projects(shared, item(listed, None, 0, "10.00", organisation="科技馆"))
    rows = (replace(shared, figures=("200000",)), item(detailed, None, 0, money, organisation="科技馆"))
    second = replace(projects(*rows, kind=TableKind.INDICATORS, name="T2"), unit=YUAN_READING)
    columns = tuple(replace(c, unit=YUAN_READING) for c in second.columns)
    return build_extract(tables=[first, replace(second, columns=columns)])


YUAN_READING = UnitReading(YUAN, UnitSource.INFERRED)


@pytest.mark.parametrize(
    ("listed", "detailed", "money", "found"),
    [
        ("科普进乡村行动", "科普进乡村行动", "100000", [("project_money", "held")] * 2),
        ("科普进乡村行动", "科普进乡村行动", "130000", [("project_money", "held"), ("project_money", "broken")]),
        ("科普进乡村行动", "科普进农村行动", "100000", [("project_money", "held"), ("spelling_variants", "broken")]),
        ("科普进乡村行动", "科普进农村行动", "130000", [("project_money", "held")]),
        ("科普进乡村行动", "学会党建", "100000", [("project_money", "held")]),
    ],
)
def test_projects_in_two_tables(listed: str, detailed: str, money: str, found: list[tuple[str, str]]) -> None:
    wanted = ("project_money", "spelling_variants")
    assert [k for k in kinds(with_details(listed, detailed, money)) if k[0] in wanted] == found


def indicator(project: str, number: int, weight: str) -> Indicator:
    return Indicator(
        f"I{project}{number}", "T1", number, "科技馆", project, None, None, "产出指标", "数量指标", f"指标{number}",
        "≥", "1", Decimal(1), "场", Decimal(weight), 3, None,
    )  # fmt: skip


def test_weights_under_a_piece_of_an_organisation_s_name_are_doubtful() -> None:
    split = replace(indicator("甲", 1, "30"), organisation="科技")
    rows = [split, indicator("甲", 2, "70"), *(indicator(p, 3, "100") for p in "乙丙丁")]
    extract = replace(build_extract(tables=[projects()]), indicators=tuple(rows))
    broken = [c for c in of("weights", extract) if c.outcome is Outcome.BROKEN]
    assert [c.doubt for c in broken] == ["an organisation's name may have been read in part"] * 2


PENSIONS = build_table(
    "T7",
    "支出预算总表",
    (item("职业年金缴费支出", "2080506", 0, "1.00"), item("公务用车运行维护费", "30231", 0, "1.00")),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("公务车用车运行维护费保持不变。", ["公务用车运行维护费: spelt 公务车用车运行维护费 in the text"]),
        ("公务用房运行维护费保持不变。", ["公务用车运行维护费: spelt 公务用房运行维护费 in the text"]),
        ("公务用车的运行维护费保持不变。", []),
        ("公务用车运行费和公务用车维护费保持不变。", []),
        ("公务用车运行维护费保持不变。", []),
    ],
)
def test_names_misspelt_in_prose(text: str, found: list[str]) -> None:
    extract = build_extract(tables=[PENSIONS], passages=[build_passage("P1", text)])
    assert [c.message for c in of("spelling", extract)] == found


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("反映单位缴纳的职工年金支出。", True),
        ("反映单位缴纳的职业年金支出。", False),
        ("反映单位发放的职工薪金支出。", False),
    ],
)
def test_a_slip_in_a_definition_of_the_name_it_defines(text: str, broken: bool) -> None:
    heading = "职业年金缴费支出增加。"
    passages = [build_passage("P1", heading), build_passage("P2", f"22. 职业年金缴费支出：{text}")]
    definition = Definition("职业年金缴费支出", text, "P2")
    extract = replace(build_extract(tables=[PENSIONS], passages=passages), definitions=(definition,))
    assert [c.left.text for c in of("spelling", extract)] == (["职工年金"] if broken else [])


def test_weights_make_a_hundred() -> None:
    rows = [indicator("甲", 1, "60"), indicator("甲", 2, "40"), indicator("乙", 1, "50"), indicator("乙", 2, "40")]
    extract = replace(build_extract(tables=[projects()]), indicators=tuple(rows))
    assert [(c.outcome.value, c.right.text) for c in of("weights", extract)] == [
        ("held", "60 + 40"),
        ("broken", "50 + 40"),
    ]


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("2022年将进一步拓展活动模式，做精做细。", True),
        ("2022年将相关经费纳入了本表。", False),
        ("2024年将进一步拓展活动模式。", False),
        ("截至2022年底，共有场馆3座。", False),
    ],
)
def test_plans_for_a_year_gone_by(text: str, broken: bool) -> None:
    extract = build_extract(passages=[build_passage("P1", text)], year=2024)
    assert bool(of("left_over_year", extract)) is broken


@pytest.mark.parametrize(("agency", "broken"), [("东海市北区人民政府街道办事处", True), ("东海市财政局", False)])
def test_definitions_of_another_level(agency: str, broken: bool) -> None:
    text = "财政拨款收入：是市级预算主管部门本年度取得的财政拨款。"
    extract = build_extract(passages=[build_passage("P1", text)], agency=agency)
    assert bool(of("left_over_agency", extract)) is broken


@pytest.mark.parametrize(
    ("line", "broken"),
    [
        ("注：“科目编码”和“科目名称”为必填项。", True),
        ("安排XX万元用于设备更新。", True),
        ("无相关支出的，仍保留该表格式，并在本表下方作下述说明：", True),
        ("注：本表反映部门本年度的总收支情况。", False),
        ("XX市科学技术协会", False),
    ],
)
def test_instructions_and_blanks_of_the_form(line: str, broken: bool) -> None:
    assert bool(of("template", build_extract(), [page(3, line)])) is broken


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("云岭市教育局2024年收支总预算5000.00万元。", True),
        ("（二）关于云岭市教育局2024年度财政拨款支出情况。", True),
        ("某市科学技术协会2024年收支总预算5000.00万元。", False),
        ("某市科协2024年收支总预算5000.00万元。", False),
        ("云岭市教育局2023年收支总预算5000.00万元。", False),  # told of for comparison
        ("与云岭市教育局联合举办科普活动。", False),
    ],
)
def test_another_agency_s_name_left_behind(text: str, broken: bool) -> None:
    extract = build_extract(passages=[build_passage("P1", text)])
    assert bool(of("left_over_agency", extract)) is broken


def test_the_sample_raises_no_alarm() -> None:
    found = run_checks(sample_extract(), ())
    assert [c.message for c in found if c.outcome is Outcome.BROKEN] == []
    assert found
