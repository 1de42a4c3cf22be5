"""Several figures that fit as well: said to be so, and told apart; sets of goods; parts of single parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.records import RowLabel, Table, TableKind
from ingest.store import open_corpus
from qa.engine import Engine
from tests.factories import build_extract, build_table, item

AGENCY = "某市科学技术协会"
BASIC = (
    item("合计", None, 0, "700.00", total=True),
    item("商品和服务支出", "302", 0, "600.00"),
    item("会议费", "30215", 1, "50.00"),
    item("公务接待费", "30217", 1, "33.26"),
)
PUBLIC = (item("合计", None, 0, "101.26", "101.26", "0.00", total=True),)
HEADINGS = ("“三公”经费合计", "公务接待费", "因公出国（境）费用")
SPENDING = (
    item("合计", None, 0, "700.00", total=True),
    item("住房保障支出", "221", 0, "700.00"),
    item("住房改革支出", "22102", 1, "700.00"),
    item("住房公积金", "2210201", 2, "300.00"),
    item("提租补贴", "2210202", 2, "400.00"),
)
GOODS = (
    (("一、货物A",), "31.00"),
    (("一、货物A", "设备费", "办公设备购置", "便携式计算机（20万以上）"), "20.00"),
    (("一、货物A", "设备费", "办公设备购置", "便携式计算机（20万以下）"), "1.00"),
    (("一、货物A", "设备费", "办公设备购置", "打印机"), "4.00"),
    (("一、货物A", "运行费", "办公设备购置", "打印机"), "6.00"),
    (("三、服务C",), "40.00"),
    (("三、服务C", "运行费", "印刷费", "印刷服务"), "40.00"),
)


def goods_table() -> Table:
    items = [item(path[-1], None, 0, figure) for path, figure in GOODS]
    table = build_table("T3", "政府采购支出预算表", items, columns=("总计",), kind=TableKind.PROCUREMENT)
    rows = [replace(row, labels=(RowLabel(path),)) for row, (path, _) in zip(table.rows, GOODS, strict=True)]
    return replace(table, rows=tuple(rows))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    corpus = open_corpus(Path(tmp_path_factory.mktemp("store")), create=True)
    tables = (
        build_table("T1", "一般公共预算基本支出表", BASIC, columns=("合计",), kind=TableKind.BASIC),
        build_table("T2", "“三公”经费支出预算表", PUBLIC, columns=HEADINGS, kind=TableKind.THREE_PUBLIC),
        goods_table(),
        build_table("T4", "部门支出预算总表", SPENDING, columns=("合计",), kind=TableKind.EXPENDITURE),
    )
    corpus.add(build_extract("a", tables, AGENCY))
    yield Engine(corpus)
    corpus.close()


def test_one_expense_with_two_figures_is_ambiguous_and_told_apart_by_table(engine: Engine) -> None:
    answer = engine.ask("某市科协2024年公务接待费")
    assert answer.status.value == "ambiguous"
    assert answer.value == "101.26"  # the 三公 hold all of it, the basic expenditure a part
    assert "（一般公共预算基本支出表） 33.26" in answer.answer


def test_a_share_of_the_three_public_expenses_is_read_among_them(engine: Engine) -> None:
    assert engine.ask("某市科协2024年公务接待费占三公经费的百分之几").value == "100.00"


def test_rows_equally_like_what_is_asked_are_ambiguous(engine: Engine) -> None:
    assert engine.ask("某市科协2024年采购便携式计算机多少钱").status.value == "ambiguous"
    assert engine.ask("某市科协2024年打印机采购预算").status.value == "ambiguous"


def test_rows_of_one_name_are_added_up_where_the_question_says_so(engine: Engine) -> None:
    answer = engine.ask("某市科协2024年采购打印机两笔一共多少")
    assert answer.value == "10.00"
    assert answer.steps == ("4.00 + 6.00 = 10.00 万元",)


def test_goods_are_ranked_without_the_categories_over_them(engine: Engine) -> None:
    answer = engine.ask("某市科协2024年政府采购表的货物里单项金额最大的采购物品是什么")
    assert (answer.value, answer.items[0].label) == ("20.00", "便携式计算机（20万以上）")


def test_an_item_with_one_part_is_told_with_what_that_is_made_of(engine: Engine) -> None:
    parts = engine.ask("某市科协2024年住房保障支出由哪几项组成")
    assert [i.label for i in parts.items] == ["住房改革支出", "住房公积金", "提租补贴"]
    most = engine.ask("某市科协2024年住房保障支出里哪项最大")
    assert (most.value, most.items[0].label) == ("400.00", "提租补贴")
