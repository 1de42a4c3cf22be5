"""Identities of prose: amounts against tables, parts, shares, growth and completion rates, words against figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from ingest.checks import run_checks
from ingest.declarations import read_declarations
from ingest.records import Check, Extract, Outcome, Phase, Table, TableKind
from ingest.sentences import read_statements
from tests.factories import build_extract, build_passage, build_table, item

SECTION = ("第二部分 情况说明", "三、支出预算情况说明")
ITEMS = (
    item("合计", None, 0, "5000.00", "2000.00", "3000.00", total=True),
    item("科学技术支出", "206", 0, "4000.00", "1000.00", "3000.00"),
    item("科学技术普及", "20607", 1, "4000.00", "1000.00", "3000.00"),
    item("科普活动", "2060702", 2, "4000.00", "1000.00", "3000.00"),
    item("住房保障支出", "221", 0, "1000.00", "1000.00", ""),
)
SPENDING = build_table("T1", "2024年部门支出预算总表", ITEMS, ("合计", "基本支出", "项目支出"), page=9)


def read(*texts: str, tables: Sequence[Table] = (SPENDING,), phase: Phase = Phase.BUDGET, year: int = 2024) -> Extract:
    """A document with these paragraphs, understood as the product understands them."""
    passages = [build_passage(f"P{i}", text, SECTION) for i, text in enumerate(texts, 1)]
    bare = build_extract(tables=tables, passages=passages, phase=phase, year=year)
    statements, facts = read_statements(passages, bare.document.identity)
    declarations = read_declarations(passages)
    return replace(bare, statements=statements, facts=(*bare.facts, *facts), declarations=declarations)


def outcomes(kind: str, *texts: str, tables: Sequence[Table] = (SPENDING,), phase: Phase = Phase.BUDGET) -> list[str]:
    return [c.outcome.value for c in checks(kind, *texts, tables=tables, phase=phase)]


def checks(kind: str, *texts: str, tables: Sequence[Table] = (SPENDING,), phase: Phase = Phase.BUDGET) -> list[Check]:
    return [c for c in run_checks(read(*texts, tables=tables, phase=phase), ()) if c.kind == kind]


PATH = "科学技术支出（类）科学技术普及（款）科普活动（项）"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"（1）{PATH}4000.00万元，主要用于开展科普活动。", ["held"]),
        (f"（1）{PATH}0.40亿元，主要用于开展科普活动。", ["held"]),
        (f"（1）{PATH}4100.00万元，主要用于开展科普活动。", ["broken"]),
        ("项目支出3000.00万元。", ["held"]),
        ("项目支出3000.02万元。", ["broken"]),
        ("项目支出1234.00万元。", []),  # another project total may be meant: not a slip of 3000.00
        ("科学技术支出1000.00万元。", ["held"]),  # its basic expenditure
    ],
)
def test_amounts_against_tables(text: str, found: list[str]) -> None:
    assert outcomes("prose_table", text) == found


def test_a_restated_amount_in_one_sentence() -> None:
    text = f"“{PATH}”4000.00万元，主要用于科普活动。2023年当年预算执行数为3900.00万元，2024年预算安排4020.00万元。"
    broken = [c for c in checks("prose_table", text) if c.outcome is Outcome.BROKEN]
    assert [c.left.text for c in broken] == ["4020.00"]
    assert broken[0].right.facts
    assert broken[0].right.facts[0].startswith("T1.R3")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("收入预算5000.00万元，比上年增加500.00万元，增长11.1%。", [("growth_rate", "held")]),
        ("收入预算5000.00万元，比上年增加500.00万元，增长12.1%。", [("growth_rate", "broken")]),
        ("收入预算5000.00万元，比上年增加500.00万元，增长11.12%。", [("growth_rate", "rounding")]),
        ("公务用车购置费19.60万元，比上年预算数增加19.60万元，增长100%。", [("zero_base", "broken")]),
        ("公务接待费2.75万元，比上年预算数减少1.70万元，下降38.2%。", [("growth_rate", "held")]),
    ],
)
def test_growth_from_amount_and_change(text: str, found: list[tuple[str, str]]) -> None:
    kinds = ("growth_rate", "zero_base", "direction", "delta")
    assert [(c.kind, c.outcome.value) for c in run_checks(read(text), ()) if c.kind in kinds] == found


def test_growth_of_small_amounts_allows_for_their_rounding() -> None:
    text = f"“{PATH}”0.39万元。2023年当年预算执行数为0.31万元，2024年预算安排0.39万元，比2023年预算执行数增加25.00%。"
    assert outcomes("growth_rate", text) == ["held"]


def test_completion_names_its_own_budget() -> None:
    text = "一般公共预算财政拨款支出年初预算为0万元，全年预算为200.00万元，支出决算为190.00万元，完成年初预算的95.00%。"
    (check,) = checks("completion_rate", text, phase=Phase.ACTUAL)
    assert check.outcome is Outcome.BROKEN
    assert "200.00" in check.message
    right = text.replace("完成年初预算", "完成全年预算")
    assert outcomes("completion_rate", right, phase=Phase.ACTUAL) == ["held"]


@pytest.mark.parametrize(("word", "found"), [("小于", "held"), ("大于", "broken")])
def test_words_against_budget_and_actual(word: str, found: str) -> None:
    text = f"{PATH}。全年预算为52.00万元，支出决算为51.00万元。决算数{word}全年预算数的主要原因：厉行节约。"
    assert outcomes("direction", text, phase=Phase.ACTUAL) == [found]


@pytest.mark.parametrize(("way", "found"), [("增加", "broken"), ("减少", "held")])
def test_a_reason_that_says_the_opposite(way: str, found: str) -> None:
    text = (
        f"“{PATH}”4000.00万元，主要用于科普活动。2023年当年预算执行数为4123.00万元，2024年预算安排4000.00万元，"
        f"比2023年预算执行数减少2.98%。主要原因是：科普活动经费{way}。"
    )
    assert outcomes("direction", text) == [found]


def test_a_reason_of_another_item() -> None:
    other = "住房保障支出（类）住房改革支出（款）住房公积金（项）"
    texts = [
        f"1.“{PATH}”4000.00万元，主要用于科普活动。比上年增加2.00%。主要原因是：住房公积金经费增加。",
        f"2.“{other}”1000.00万元，主要用于住房公积金。比上年增加2.00%。主要原因是：住房公积金经费增加。",
    ]
    (check,) = checks("wrong_item", *texts)
    assert check.message.startswith("科学技术支出 > 科学技术普及 > 科普活动")


@pytest.mark.parametrize(
    ("shares", "found"),
    [
        (("40.0", "60.0"), ["held", "held"]),
        (("40.0", "60.1"), ["held", "rounding"]),
        (("40.0", "61.0"), ["held", "broken"]),
        (("40.0", "80.0"), ["held", "broken"]),  # far off, but the other part of the list is a share of that whole
        (("30.0", "80.0"), []),  # of another whole, both
    ],
)
def test_shares_of_the_list_they_stand_in(shares: tuple[str, str], found: list[str]) -> None:
    text = f"支出预算合计5000.00万元，其中：基本支出2000.00万元，占{shares[0]}%；项目支出3000.00万元，占{shares[1]}%。"
    assert outcomes("share", text) == found


def test_a_share_of_a_whole_not_named_is_let_be() -> None:
    assert outcomes("share", "科普讲座经费12.34万元，占77.7%。", tables=()) == []


@pytest.mark.parametrize(("works", "found"), [("0.00", ["held"]), ("0.01", ["rounding"]), ("10.00", ["broken"])])
def test_procurement_is_goods_works_and_services(works: str, found: list[str]) -> None:
    text = (
        "政府采购预算总额2671.00万元，其中：政府采购货物预算79.60万元、"
        f"政府采购工程预算{works}万元、政府采购服务预算2591.40万元。"
    )
    assert outcomes("procurement", text) == found


@pytest.mark.parametrize(
    ("name", "amount", "found"),
    [
        ("一般行政管理事务", "700.00", []),
        ("其一般行政管理事务", "700.00", ["其一般行政管理事务"]),
        ("一般行证管理事务", "700.00", ["一般行证管理事务"]),
        ("行政管理事务", "700.00", []),  # a shorter name is no slip
        ("其一般行政管理事务", "900.00", []),  # another amount: another item may be meant
    ],
)
def test_a_path_whose_item_is_misspelt(name: str, amount: str, found: list[str]) -> None:
    table = build_table("T1", "支出总表", [item("一般行政管理事务", "2060102", 0, "700.00")], page=9)
    text = f"（1）科学技术支出（类）科学技术管理事务（款）{name}（项）{amount}万元，主要用于办公用房。"
    assert [c.left.text for c in checks("spelling", text, tables=(table,))] == found


@pytest.mark.parametrize(("other", "found"), [("1.07", ["held"]), ("21.07", ["broken"])])
def test_small_firms_win_no_more_than_is_procured(other: str, found: list[str]) -> None:
    texts = (
        "政府采购金额（以合同签订为准）为21.07万元，其中：货物采购金额21.07万元。",
        "在面向中小企业预留的政府采购项目中，由中小企业供应商中标或成交的，采购金额20.00万元；"
        f"在其他政府采购项目中，由中小企业供应商中标或成交的，采购金额{other}万元。",
    )
    assert outcomes("awards", *texts) == found


def test_a_list_that_is_not_said_to_be_complete_proves_nothing() -> None:
    text = "共有车辆3辆，其中，应急保障用车0辆、特种专业技术用车1辆。"
    assert outcomes("prose_sum", text) == []
    assert outcomes("prose_sum", text.replace("。", "、其他用车1辆。")) == ["broken"]


BASIC = build_table(
    "T2",
    "2024年一般公共预算基本支出表",
    (
        item("工资福利支出", "301", 0, "60.00"),
        item("基本工资", "30101", 1, "30.00"),
        item("津贴补贴", "30102", 1, "20.00"),
        item("奖金", "30103", 1, "10.00"),
        item("绩效工资", "30107", 1, "0.00"),
    ),
    ("合计",),
    TableKind.BASIC,
)


@pytest.mark.parametrize(
    ("names", "found"),
    [
        ("工资福利支出、基本工资、津贴补贴、奖金", ["held"]),
        ("基本工资、津贴补贴、奖金、绩效工资等支出", ["broken"]),
        ("办公用品、差旅、会议、基本工资", []),
    ],
)
def test_lists_of_items_without_a_figure(names: str, found: list[str]) -> None:
    assert outcomes("list_names_empty_row", f"人员经费60.00万元，主要包括：{names}。", tables=(BASIC,)) == found
