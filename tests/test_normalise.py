"""One spelling of a question, its language, its years and its figures."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.records import Phase
from ingest.units import PERCENT, WAN_YUAN, YI_YUAN, YUAN, Dimension, unit_named
from qa.keys import fold, label_key, simplify, squeeze, stem, words
from qa.normalise import normalise
from qa.quantities import find_numbers, wanted_unit
from qa.question import Language
from qa.time import find_time


@pytest.mark.parametrize(
    ("typed", "text", "language"),
    [
        ("  科學普及花了\n多少錢？ ", "科学普及花了 多少钱?", Language.ZH),
        ("２０２４年　预算", "2024年 预算", Language.ZH),
        ("What is the 科普活动 budget?", "What is the 科普活动 budget?", Language.EN),
        ("科普活动的budget是多少", "科普活动的budget是多少", Language.ZH),
        ("How much？", "How much?", Language.EN),
        ("2024", "2024", Language.ZH),
        ("٢٠٢٤", "2024", Language.ZH),
        ("", "", Language.ZH),
    ],
)
def test_normalise(typed: str, text: str, language: Language) -> None:
    question = normalise(typed)
    assert (question.raw, question.text, question.language) == (typed, text, language)


@given(st.text(max_size=200))
def test_normalise_is_idempotent_and_takes_anything(typed: str) -> None:
    once = normalise(typed).text
    assert normalise(once).text == once
    assert not {"\n", "\t", "\x00"} & set(once)


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("一、财政拨款", "财政拨款"),
        ("（一）“三公”经费", "三公经费"),
        ("其中：1. 维修(护)费", "维修护费"),
        ("281-绍兴市科学技术协会", "绍兴市科学技术协会"),
        ("科学技术支出（类）", "科学技术支出"),
        ("收 入 总 计", "收入总计"),
        ("三公经费", "三公经费"),
        ("一般公共预算", "一般公共预算"),
        ("十佳项目", "十佳项目"),
    ],
)
def test_label_key(label: str, key: str) -> None:
    assert label_key(label) == key


@given(st.text(max_size=60))
def test_label_key_ignores_blanks_and_is_stable(label: str) -> None:
    assert label_key(fold(label)) == label_key(label)


@given(st.text(alphabet="科学普及 的了、,(abc)12“”", max_size=40))
def test_squeezed_characters_keep_their_places(text: str) -> None:
    squeezed = squeeze(text)
    for char, offset in zip(squeezed.key, squeezed.offsets, strict=True):
        assert char == " " or simplify(text[offset]).casefold() == char


@pytest.mark.parametrize(
    ("word", "expected"),
    [("salaries", "salary"), ("expenses", "expense"), ("association's", "association"), ("centres", "center"),
     ("organisation", "organization"), ("business", "business"), ("popularising", "popularizing")],
)  # fmt: skip
def test_stem(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_words_keep_their_places() -> None:
    text = "Science Museum's 3 halls"
    assert [text[w.start : w.end] for w in words(text)] == ["Science", "Museum's", "3", "halls"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("增长10%", [(Decimal(10), PERCENT)]),
        ("如果增加一百万元", [(Decimal(1_000_000), YUAN)]),
        ("超过500万元", [(Decimal(500), WAN_YUAN)]),
        ("1.5亿元以上", [(Decimal("1.5"), YI_YUAN)]),
        ("全市人口540万,人均多少", [(Decimal(5_400_000), None)]),
        ("1,200多万人口", [(Decimal(12_000_000), unit_named("人"))]),
        ("超过500万的项目", [(Decimal(5_000_000), None)]),
        ("前三名的项目", [(Decimal(3), None)]),
        ("排第二的是", [(Decimal(2), None)]),
        ("top 3 projects", [(Decimal(3), None)]),
        ("the second largest", [(Decimal(2), None)]),
        ("2024年预算", []),
        ("三公经费一共多少", []),
        ("两者一般差多少", []),
    ],
)
def test_find_numbers(text: str, expected: list[tuple[Decimal, object]]) -> None:
    assert [(n.value, n.unit) for n in find_numbers(text)] == expected


@pytest.mark.parametrize(
    ("text", "value", "symbol"),
    [
        ("按540万人算人均", 5_400_000, "人"),
        ("for 5.4 million residents", 5_400_000, "residents"),
        ("12场活动", 12, "场"),
    ],
)
def test_a_multiple_goes_into_a_counted_value(text: str, value: int, symbol: str) -> None:
    (number,) = find_numbers(text)
    assert number.unit is not None
    assert (number.value, number.unit.symbol, number.unit.dimension) == (value, symbol, Dimension.COUNT)


@given(st.text(max_size=80))
def test_numbers_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    end, text = 0, normalise(text).text
    for number in find_numbers(text):
        assert end <= number.start < number.end <= len(text)
        end = number.end


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("是多少亿元", "亿元"), ("一共几万元", "万元"), ("福利费是多少元", "元"), ("以亿元为单位", "亿元"),
        ("多少亿", "亿元"),
        ("in million yuan", "百万元"), ("in 10,000 yuan", "万元"), ("占百分之几", "%"), ("what percentage", "%"),
        ("要开展多少场", "场"), ("有几辆车", "辆"), ("花了多少钱", None), ("how much", None), ("有几个项目", None),
    ],
)  # fmt: skip
def test_wanted_unit(text: str, symbol: str | None) -> None:
    unit = wanted_unit(text)
    assert (unit.symbol if unit else None) == symbol


@pytest.mark.parametrize(
    ("text", "years", "relative", "phases"),
    [
        ("2024年的预算", (2024,), (), (Phase.BUDGET,)),
        ("二〇二四年", (2024,), (), ()),
        ("2022-2024年", (2022, 2023, 2024), (), ()),
        ("2018年和2019年", (2018, 2019), (), ()),
        ("FY2023 actuals", (2023,), (), ()),
        ("FY23", (2023,), (), ()),
        ("去年的决算数", (), (-1,), (Phase.ACTUAL,)),
        ("what was last year's budget", (), (-1,), (Phase.BUDGET,)),
        ("近三年", (), (0, -1, -2), ()),
        ("over the last two years", (), (0, -1), ()),
        ("比上年执行数增加多少", (), (), ()),
        ("与上年相比增长", (), (), ()),
        ("compared with the previous year", (), (), ()),
        ("比2023年增加多少", (), (), ()),
        ("电费,2025年比2024年多多少", (2025, 2024), (), ()),
        ("higher in 2024 than in 2023", (2024, 2023), (), ()),
        ("全年预算数是多少", (), (), (Phase.ADJUSTED,)),
        ("actually spend", (), (), (Phase.ACTUAL,)),
        ("2024万元", (), (), ()),
    ],
)
def test_find_time(text: str, years: tuple[int, ...], relative: tuple[int, ...], phases: tuple[Phase, ...]) -> None:
    time = find_time(text)
    assert (time.years, time.relative_years, time.phases) == (years, relative, phases)
