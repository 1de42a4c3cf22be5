"""Figures in running text: found where they stand, with the unit beside them, parsed exactly."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.figures import FoundFigure, find_figures
from ingest.units import PERCENT, WAN_YUAN, YI_YUAN, YUAN, Unit

UNITS = {"元": YUAN, "万元": WAN_YUAN, "亿元": YI_YUAN, "%": PERCENT}


def read(text: str) -> list[tuple[str, str | None]]:
    return [(text[f.start : f.end], f.unit.symbol if f.unit else None) for f in find_figures(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2031 年收入预算 412.50 万元，增长 3.0%", [("412.50", "万元"), ("3.0", "%")]),
        ("共 1,234.56万元", [("1,234.56", "万元")]),
        ("占 8.85 %。", [("8.85", "%")]),
        ("提高 2.5 个百分点", [("2.5", "个百分点")]),
        ("设备 1 台（套）、车辆 3 辆", [("1", "台（套）"), ("3", "辆")]),
        ("截至 2030 年 12 月 31 日", []),
        ("（1）甲支出 5 元；2、乙支出 6 元", [("5", "元"), ("6", "元")]),
        ("发文〔2017〕89号、【2016】168号、W060701 单元", []),
        ("预算为0；", [("0", None)]),
        ("安排三百万元，两家单位", [("三百万", "元"), ("两", "家")]),
        ("$12.3 million, up 5.2%", [("$12.3", "million dollars"), ("5.2", "%")]),
        ("from $1,234,567", [("$1,234,567", "dollars")]),
        ("RMB 53.4 million and 12 million yuan", [("RMB 53.4", "百万元"), ("12", "百万元")]),
        ("30人民", [("30", None)]),
        ("10支出", [("10", None)]),
    ],
)  # fmt: skip
def test_figures_and_units(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert read(text) == expected


def test_a_threshold_is_told_from_an_amount() -> None:
    text = "单价 50 万元以上设备 2 台，单价100万元（含）以上设备 0 台"
    assert [f.threshold for f in find_figures(text)] == [True, False, True, False]


def test_negative_amounts() -> None:
    values = [f.value for f in find_figures("-3.5%，$(1,200)，2019-20万元")]
    assert values == [Decimal("-3.5"), Decimal(-1200), Decimal(20)]


def test_chinese_percent() -> None:
    assert find_figures("增长百分之十二点五")[0].value == Decimal("12.5")


@given(
    st.decimals(min_value=0, max_value=10**9, places=2),
    st.sampled_from(sorted(UNITS)),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", " "]),
)
def test_a_printed_figure_is_read_back_exactly(
    value: Decimal, unit: str, separators: bool, wide: bool, blank: str
) -> None:
    """Whatever the separators and widths, value, unit and position are those that were printed."""
    digits = f"{value:,}" if separators else f"{value}"
    if wide:
        digits = digits.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789.,"})
    text = f"某项支出{digits}{blank}{unit}，其余从略"
    assert find_figures(text) == (FoundFigure(4, 4 + len(digits), 4 + len(digits + blank + unit), value, UNITS[unit]),)
    assert str(find_figures(text)[0].value) == str(value)


@given(st.text(alphabet="0123456789,.，。%万亿元年月日个项 ()（）$-百分之一二十第", max_size=40))
def test_any_text_is_read_without_error_and_in_order(text: str) -> None:
    """Positions lie inside the text, do not overlap and grow."""
    figures = find_figures(text)
    assert all(0 <= f.start < f.end <= f.unit_end <= len(text) for f in figures)
    assert all(a.end <= b.start for a, b in pairwise(figures))


@given(st.integers(1, 999), st.sampled_from(["辆", "台（套）", "人次", "个", "平方米"]))
def test_counts_keep_their_unit(count: int, unit: str) -> None:
    (figure,) = find_figures(f"共有{count}{unit}。")
    assert figure.value == count
    assert figure.unit is not None
    assert figure.unit.symbol == unit
    assert isinstance(figure.unit, Unit)
    assert not figure.unit.is_money


def test_digits_of_another_script_are_no_figure() -> None:
    assert find_figures("价 ៤ 万元") == ()  # from a damaged document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本楼设计使用年限为50年，共3层。", [("50", "年"), ("3", "层")]),
        ("工期约18个月。", [("18", "个月")]),
        ("租赁期：3年，期满再定", [("3", "年")]),
        ("规划期限为2035年", []),
        ("截至2024年8月底", []),
        ("近3年来没有变化", []),
    ],
)
def test_years_and_months_of_a_named_term_are_a_figure(text: str, expected: list[tuple[str, str]]) -> None:
    found = [(str(f.value), f.unit.symbol if f.unit is not None else "") for f in find_figures(text)]
    assert found == expected
