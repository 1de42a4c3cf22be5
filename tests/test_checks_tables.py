"""Identities inside and between tables: children, totals, sums of columns, changes, one figure in several tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from ingest.checks import run_checks
from ingest.checks.doubts import suspects
from ingest.checks.headings import partitions
from ingest.pages import Line, Page
from ingest.records import Check, Column, ColumnRole, Extract, Outcome, Phase, Table, TableKind
from ingest.units import PERCENT, UNKNOWN_UNIT, UnitReading, UnitSource
from tests.factories import Item, build_extract, build_table, item

COLUMNS = ("合计", ("基本支出", "小计"), ("基本支出", "人员经费"), ("基本支出", "公用经费"), "项目支出")
ITEMS = (
    item("合计", None, 0, "900.00", "400.00", "250.00", "150.00", "500.00", total=True),
    item("科学技术支出", "206", 0, "600.00", "100.00", "60.00", "40.00", "500.00"),
    item("科学技术普及", "20607", 1, "600.00", "100.00", "60.00", "40.00", "500.00"),
    item("机构运行", "2060701", 2, "100.00", "100.00", "60.00", "40.00", ""),
    item("科普活动", "2060702", 2, "500.00", "", "", "", "500.00"),
    item("社会保障和就业支出", "208", 0, "300.00", "300.00", "190.00", "110.00", ""),
)


def found(extract: Extract, kind: str) -> list[Check]:
    return [c for c in run_checks(extract, ()) if c.kind == kind]


def broken(extract: Extract) -> list[tuple[str, str]]:
    return [(c.kind, c.left.text) for c in run_checks(extract, ()) if c.outcome is Outcome.BROKEN]


def spending(items: Sequence[Item] = ITEMS, kind: TableKind = TableKind.EXPENDITURE, name: str = "T1") -> Table:
    return build_table(name, f"支出表{name}", items, COLUMNS, kind)


def changed(row: int, figure: int, text: str) -> tuple[Item, ...]:
    old = ITEMS[row]
    figures = (*old.figures[:figure], text, *old.figures[figure + 1 :])
    return (*ITEMS[:row], replace(old, figures=figures), *ITEMS[row + 1 :])


def test_a_sound_table_holds_everywhere() -> None:
    checks = run_checks(build_extract(tables=[spending()]), ())
    assert {c.outcome for c in checks} == {Outcome.HELD}
    assert {c.kind for c in checks} == {"children_sum", "total", "row_sum"}


@pytest.mark.parametrize(
    ("row", "column", "text", "kinds"),
    [
        (4, 0, "510.00", {"children_sum", "row_sum"}),
        (2, 4, "560.00", {"children_sum", "row_sum"}),
        (0, 0, "910.00", {"total", "row_sum"}),
        (5, 2, "290.00", {"total", "row_sum"}),
    ],
)
def test_one_changed_figure_breaks_its_sums(row: int, column: int, text: str, kinds: set[str]) -> None:
    assert {kind for kind, _ in broken(build_extract(tables=[spending(changed(row, column, text))]))} == kinds


def test_a_last_digit_is_rounding() -> None:
    extract = build_extract(tables=[spending(changed(2, 0, "600.01"))])
    assert broken(extract) == [("children_sum", "600.00")]  # 类 over its only 款: the same figure
    assert [c.outcome for c in found(extract, "children_sum")].count(Outcome.ROUNDING) == 1


def test_both_sides_name_their_cells() -> None:
    check = next(c for c in found(build_extract(tables=[spending()]), "children_sum") if "20607" in c.message)
    assert (check.left.facts, check.right.facts) == (("T1.R2.C2",), ("T1.R3.C2", "T1.R4.C2"))
    assert (check.right.text, f"{check.difference:f}", check.table) == ("100.00 + 500.00", "0.00", "T1")


def test_an_excerpt_is_no_sum() -> None:
    items = (item("商品和服务支出", "302", 0, "90.00"), item("其中：办公费", "30201", 1, "12.00"))
    assert found(build_extract(tables=[build_table("T1", "表", items)]), "children_sum") == []


def test_names_alone_prove_no_hierarchy() -> None:
    items = (item("收入", None, 0, "90.00"), item("捐赠", None, 1, "12.00"), item("利息", None, 1, "9.00"))
    table = build_table("T1", "表", items, kind=TableKind.GENERAL)
    assert [c.outcome for c in found(build_extract(tables=[table]), "children_sum")] == [Outcome.NOT_APPLICABLE]


def test_closing_totals_with_money_carried_over() -> None:
    items = (
        item("一般公共预算", None, 0, "500.00"),
        item("其他收入", None, 0, "20.00"),
        item("本年收入合计", None, 0, "520.00", total=True),
        item("上年结转", None, 0, "30.00"),
        item("一般公共预算", None, 0, "30.00"),
        item("收入总计", None, 0, "550.00", total=True),
    )
    table = build_table("T1", "收支总表", items, kind=TableKind.BALANCE)
    assert [c.outcome for c in found(build_extract(tables=[table]), "total")] == [Outcome.HELD, Outcome.HELD]


def test_headings_without_figures_give_way_to_their_rows() -> None:
    items = (
        item("Revenues", None, 0, ""),
        item("Grants", None, 1, "70"),
        item("Fees", None, 1, "30"),
        item("Total revenues", None, 0, "100", total=True),
        item("Expenditures", None, 0, ""),
        item("Staff", None, 1, "90"),
        item("Total expenditures", None, 0, "91", total=True),
    )
    table = build_table("T1", "Summary", items, ("FY 2025",), TableKind.GENERAL)
    checks = found(build_extract(tables=[table]), "total")
    assert [c.outcome for c in checks] == [Outcome.HELD, Outcome.BROKEN]


def value_column(index: int, *path: str, year: int | None = None, phase: Phase = Phase.UNKNOWN) -> Column:
    return Column(index, path, ColumnRole.VALUE, 0, UNKNOWN_UNIT, year, phase)


def sums_of(*columns: Column) -> list[tuple[int, tuple[int, ...]]]:
    return [(p.whole.index, tuple(c.index for c in p.parts)) for p in partitions(columns)]


def test_partitions_follow_the_headings() -> None:
    assert sums_of(
        value_column(0, "合计"),
        value_column(1, "“三公”经费", "小计"),
        value_column(2, "“三公”经费", "公务用车", "小计"),
        value_column(3, "“三公”经费", "公务用车", "购置费"),
        value_column(4, "“三公”经费", "公务用车", "运行费"),
        value_column(5, "“三公”经费", "公务接待费"),
        value_column(6, "会议费"),
    ) == [(0, (1, 6)), (1, (2, 5)), (2, (3, 4))]


def test_partitions_keep_budget_and_actual_apart() -> None:
    phases = (("预算数", Phase.BUDGET), ("决算数", Phase.ACTUAL))
    names = ("合计", "因公出国费", "公务接待费")
    columns = [
        value_column(2 * i + j, name, word, phase=phase)
        for i, name in enumerate(names)
        for j, (word, phase) in enumerate(phases)
    ]
    assert sums_of(*columns) == [(0, (2, 4)), (1, (3, 5))]


def test_basic_expenditure_beside_its_own_parts() -> None:
    names = ("合计", "基本支出", "人员经费", "公用经费", "项目支出")
    assert sums_of(*(value_column(i, n) for i, n in enumerate(names))) == [(0, (1, 4)), (1, (2, 3))]


def test_a_heading_twice_beside_itself_is_muddled() -> None:
    assert sums_of(value_column(0, "合计"), value_column(1, "支出"), value_column(2, "支出", "项目支出")) == []


def test_columns_that_are_no_partition_are_let_be() -> None:
    items = tuple(item(f"第{i}项", f"20{i}", 0, f"{i}0.00", f"{i}.00", f"{i}.00") for i in range(1, 7))
    table = build_table("T1", "表", items, ("合计", "面积", "人数"))
    assert [c.outcome for c in found(build_extract(tables=[table]), "row_sum")] == [Outcome.NOT_APPLICABLE]


def test_change_columns_are_recomputed() -> None:
    items = (
        item("科普活动", "2060702", 0, "100.00", "120.00", "20.00", "20.0%"),
        item("机构运行", "2060701", 0, "50.00", "40.00", "-10.00", "-20.0%"),
        item("学术交流", "2060704", 0, "80.00", "88.00", "8.00", "11.0%"),
        item("新项目", "2060799", 0, "0.00", "5.00", "5.00", "100.0%"),
    )
    table = build_table("T1", "增减表", items, ("上年", "本年", "增减额", "增减率"))
    years = [replace(c, year={2: 2023, 3: 2024}.get(c.index), unit=c.unit if c.index < 5 else UNKNOWN_UNIT)
             for c in table.columns]  # fmt: skip
    extract = build_extract(tables=[replace(table, columns=tuple(years))])
    facts = tuple(
        replace(f, unit=UnitReading(PERCENT, UnitSource.CELL))
        if f.column == 5
        else replace(f, year={2: 2023}.get(f.column or 0, 2024))
        for f in extract.facts
    )
    assert broken(replace(extract, facts=facts)) == [("growth_rate", "11.0%"), ("zero_base", "100.0%")]


def test_one_code_in_two_tables() -> None:
    tables = [spending(), spending(kind=TableKind.GENERAL_PUBLIC, name="T2")]
    held = found(build_extract(tables=tables), "cross_table")
    assert len(held) > 10
    assert {c.outcome for c in held} == {Outcome.HELD}
    other = spending(changed(4, 4, "510.00"), TableKind.GENERAL_PUBLIC, "T2")
    assert ("cross_table", "510.00") in broken(build_extract(tables=[spending(), other]))


def test_funds_of_unequal_totals_are_not_compared() -> None:
    smaller = tuple(item(i.label, i.code, i.depth, "1.00", total=i.total) for i in ITEMS)
    tables = [spending(), build_table("T2", "一般公共预算支出表", smaller, ("合计",), TableKind.GENERAL_PUBLIC)]
    assert found(build_extract(tables=tables), "cross_table") == []


def test_a_row_outside_the_table_casts_doubt() -> None:
    items = [i for i in ITEMS if i.code != "2060701"]
    extract = build_extract(tables=[spending(items)])
    page = Page(3, 595, 842, (Line("2060701 机构运行 100.00 100.00 60.00 40.00", None),))
    sums = [c for c in run_checks(extract, (page,)) if c.kind == "children_sum" and c.outcome is Outcome.BROKEN]
    assert sums
    assert all(c.doubt is not None and "page 3" in c.doubt for c in sums)
    assert {s.table for s in suspects(extract.tables, sums)} == {"T1"}


def test_a_table_without_a_title_is_doubted() -> None:
    extract = build_extract(tables=[replace(spending(changed(4, 0, "510.00")), title="")])
    doubts = {c.doubt for c in run_checks(extract, ()) if c.outcome is Outcome.BROKEN}
    assert doubts == {"the table has no title that was read"}


@pytest.mark.parametrize(
    ("total", "outcomes"), [("550.00", ["held"]), ("555.00", ["broken"]), ("520.00", ["held"]), ("90.00", [])]
)
def test_income_in_two_tables(total: str, outcomes: list[str]) -> None:
    balance = build_table(
        "T1",
        "收支总表",
        (
            item("一般公共预算拨款", None, 0, "520.00"),
            item("本年收入合计", None, 0, "520.00", total=True),
            item("上年结转", None, 0, "30.00"),
            item("收入总计", None, 0, "550.00", total=True),
        ),
        kind=TableKind.BALANCE,
    )
    revenue = build_table("T2", "收入总表", (item("合计", None, 0, total, total=True),), kind=TableKind.REVENUE)
    found_ = found(build_extract(tables=[balance, revenue]), "cross_table")
    assert [c.outcome.value for c in found_] == outcomes


@pytest.mark.parametrize(
    ("figures", "outcomes"),
    [
        (("5.00", "20.00", "18.00", "7.00"), ["held"]),
        (("5.00", "20.00", "18.00", "2.00"), ["broken"]),
        (("", "20.00", "20.00", "0.00"), ["held"]),
        (("", "20.00", "20.00", ""), []),
    ],
)
def test_money_carried_over(figures: tuple[str, ...], outcomes: list[str]) -> None:
    columns = ("年初结转和结余", "本年收入", ("本年支出", "合计"), ("本年支出", "基本支出"), "年末结转和结余")
    opening, income, spent, closing = figures
    rows = (item("彩票公益金", "22960", 0, opening, income, spent, spent, closing),)
    table = build_table("T1", "政府性基金预算财政拨款收入支出决算表", rows, columns, TableKind.GOVERNMENT_FUND)
    assert [
        c.outcome.value for c in found(build_extract(tables=[table], phase=Phase.ACTUAL), "carried_over")
    ] == outcomes
