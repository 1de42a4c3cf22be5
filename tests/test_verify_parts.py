"""The parts of verification: closeness and hedges, units confused, figures found in a text, and the forms of report."""

from __future__ import annotations

import csv
import io
import json
import time
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.units import PERCENT, WAN_YUAN, YI_YUAN, YUAN, Quantity, Unit, unit_named
from qa.commands.verify import MOST_CHARACTERS
from qa.question import Language
from qa.verify.claims import BARE, Claim
from qa.verify.clauses import hedge_of, year_of
from qa.verify.closeness import Closeness, closeness, confused_unit
from qa.verify.kinds import Kind, is_origin, kind_of
from qa.verify.report import to_csv, to_html, to_json, to_markdown, to_text
from qa.verify.sentences import LONGEST, Sentence, sentences
from qa.verify.verdict import Judged, Verdict
from qa.verify.wording import Hedge, moves

ROOT = Path(__file__).resolve().parent.parent
AMOUNTS = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("999999.99"), places=2)
MONEY = st.sampled_from([YUAN, WAN_YUAN, YI_YUAN])


# -- closeness


@given(AMOUNTS, MONEY, MONEY)
def test_the_same_money_in_another_unit_is_exact(value: Decimal, unit: Unit, other: Unit) -> None:
    true = Quantity(value, unit)
    assert closeness(true.to(other), true, Hedge.NONE) is Closeness.EXACT


@given(AMOUNTS, st.integers(min_value=0, max_value=2))
def test_a_figure_rounded_half_up_is_rounded_or_exact(value: Decimal, places: int) -> None:
    said = value.quantize(Decimal(1).scaleb(-places), rounding="ROUND_HALF_UP")
    if said:
        assert closeness(Quantity(said, WAN_YUAN), Quantity(value, WAN_YUAN), Hedge.NONE) is not Closeness.OFF


@given(AMOUNTS, st.decimals(min_value=Decimal("0.001"), max_value=Decimal("100000"), places=3))
def test_over_and_under_allow_one_side_only(said: Decimal, gap: Decimal) -> None:
    claimed = Quantity(said, WAN_YUAN)
    above, below = Quantity(said + gap, WAN_YUAN), Quantity(said - gap, WAN_YUAN)
    assert closeness(claimed, above, Hedge.UNDER) is Closeness.OFF
    assert closeness(claimed, above, Hedge.AT_MOST) is Closeness.OFF
    if gap < said:
        assert closeness(claimed, below, Hedge.OVER) is Closeness.OFF
        assert closeness(claimed, below, Hedge.AT_LEAST) is Closeness.OFF


@given(AMOUNTS, AMOUNTS, st.sampled_from([h for h in Hedge if h is not Hedge.MANIFOLD]))
def test_no_hedge_makes_a_figure_true_that_is_half_or_twice_as_large(
    said: Decimal, true: Decimal, hedge: Hedge
) -> None:
    if not said / 2 < true < said * 2:
        near = closeness(Quantity(said, WAN_YUAN), Quantity(true, WAN_YUAN), hedge)
        assert near is Closeness.OFF or said == true.quantize(said, rounding="ROUND_HALF_UP")


@pytest.mark.parametrize(
    ("said", "true", "hedge", "expected"),
    [
        ("1700", "1760", Hedge.NEARLY, Closeness.OFF),  # 近 is short of the figure named
        ("1710", "1708.03", Hedge.NEARLY, Closeness.ROUNDED),
        ("100", "100", Hedge.OVER, Closeness.OFF),
        ("100", "100", Hedge.AT_LEAST, Closeness.EXACT),
        ("100", "160", Hedge.OVER, Closeness.OFF),  # true, and no honest round figure
        ("1500", "1530", Hedge.ABOUT, Closeness.ROUNDED),
        ("1500", "1600", Hedge.ABOUT, Closeness.OFF),
        ("438.26", "418.26", Hedge.NONE, Closeness.OFF),
    ],
)
def test_what_hedges_allow(said: str, true: str, hedge: Hedge, expected: Closeness) -> None:
    assert closeness(Quantity(Decimal(said), WAN_YUAN), Quantity(Decimal(true), WAN_YUAN), hedge) is expected


@pytest.mark.parametrize(
    ("one", "other", "alike"), [("", "辆", True), ("名", "人", True), ("家", "辆", False), ("个", "家", True)]
)
def test_counts_of_the_same_things_compare(one: str, other: str, alike: bool) -> None:
    claimed = Quantity(Decimal(5), unit_named(one) or BARE)
    true = Quantity(Decimal(5), unit_named(other) or BARE)
    assert (closeness(claimed, true, Hedge.NONE) is Closeness.EXACT) is alike


@given(AMOUNTS, st.sampled_from([(YUAN, WAN_YUAN), (WAN_YUAN, YI_YUAN), (YI_YUAN, YUAN), (WAN_YUAN, YUAN)]))
def test_the_same_digits_in_another_unit_are_a_confused_unit(value: Decimal, units: tuple[Unit, Unit]) -> None:
    claimed, true = (Quantity(value, unit) for unit in units)
    assert confused_unit(claimed, true)
    assert not confused_unit(true, true)


@given(AMOUNTS, AMOUNTS)
def test_other_digits_are_no_confused_unit(one: Decimal, other: Decimal) -> None:
    if one.normalize().as_tuple().digits != other.normalize().as_tuple().digits:
        assert not confused_unit(Quantity(one, YUAN), Quantity(other, WAN_YUAN))


# -- figures, hedges, kinds and years of a sentence


def only(text: str) -> Sentence:
    (sentence,) = sentences(text)
    return sentence


@pytest.mark.parametrize(
    ("text", "value", "unit", "hedge"),
    [
        ("预算不超过420万元。", "420", WAN_YUAN, Hedge.AT_MOST),
        ("预算超过420万元。", "420", WAN_YUAN, Hedge.OVER),
        ("预算没有超过420万元。", "420", WAN_YUAN, Hedge.AT_MOST),
        ("预算不低于420万元。", "420", WAN_YUAN, Hedge.AT_LEAST),
        ("补贴4200多万元。", "4200", WAN_YUAN, Hedge.OVER),
        ("补贴10万余元。", "10", WAN_YUAN, Hedge.OVER),
        ("预算2.7亿元以上。", "2.7", YI_YUAN, Hedge.OVER),
        ("预算高达2.7亿元。", "2.7", YI_YUAN, Hedge.NONE),
        ("预算约1.2亿，同比持平。", "1.2", YI_YUAN, Hedge.ABOUT),
        ("占比近六成五。", "65", PERCENT, Hedge.NEARLY),
        ("约占三分之一。", "33.3", PERCENT, Hedge.ABOUT),
        ("项目支出占一半。", "50", PERCENT, Hedge.ABOUT),
        ("It was no more than 420 yuan.", "420", YUAN, Hedge.AT_MOST),
        ("It was more than 420 yuan.", "420", YUAN, Hedge.OVER),
        ("A third of it went to roads.", "33.3", PERCENT, Hedge.ABOUT),
    ],
)
def test_a_figure_with_its_hedge(text: str, value: str, unit: Unit, hedge: Hedge) -> None:
    sentence = only(text)
    (figure,) = sentence.figures
    assert (figure.value, figure.unit, hedge_of(sentence, figure)[0]) == (Decimal(value), unit, hedge)


@pytest.mark.parametrize("text", ["单价50万元以上的设备很贵。", "2024年预算公开。", "由张三成立。", "第三部分说明。"])
def test_what_is_no_claimed_figure(text: str) -> None:
    assert only(text).figures == ()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("预算100万元，比上年增加20万元，增长25%，占总支出的3%。", [Kind.AMOUNT, Kind.CHANGE, Kind.RATE, Kind.SHARE]),
        ("预算由80万元增加到100万元。", [Kind.AMOUNT, Kind.AMOUNT]),
        ("比上年少了20万元。", [Kind.CHANGE]),
        ("共有车辆8辆，完成预算的95%。", [Kind.COUNT, Kind.COMPLETION]),
        ("It rose by $5 million to $9 million.", [Kind.CHANGE, Kind.AMOUNT]),
        ("It fell by $48,000, or 1.6 percent.", [Kind.CHANGE, Kind.RATE]),
        ("It made up 12 percent of the total.", [Kind.SHARE]),
        ("Springfield Falls spent $5 million.", [Kind.AMOUNT]),
    ],
)
def test_what_a_figure_claims_to_be(text: str, kinds: list[Kind]) -> None:
    sentence = only(text)
    assert [kind_of(sentence, i, 0) for i in range(len(sentence.figures))] == kinds


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2017年584.35万元，2018年484.30万元。", ["2017", "2018"]),
        ("与2024年相比，2025年由599万元降到483万元。", ["2024", "2025"]),
        ("2017年至2019年分别为1万元、2万元和3万元。", ["2017", "2018", "2019"]),
        ("2019年由1万元增加到2万元。", ["2018", "2019"]),
        ("It fell from 479 yuan in 2024 to 379 yuan in 2025.", ["2024", "2025"]),
        ("比2024年增加5万元。", [""]),
    ],
)
def test_the_year_of_each_figure(text: str, years: list[str]) -> None:
    sentence = only(text)
    assert [year_of(sentence, i, "") for i in range(len(sentence.figures))] == years


def test_from_and_to_belong_together() -> None:
    sentence = only("预算由80万元增加到100万元。")
    assert is_origin(sentence, 0) and not is_origin(sentence, 1)


def test_a_name_is_no_direction() -> None:
    assert moves(Language.EN, "Larkspur Falls spent") == 0
    assert moves(Language.EN, "Larkspur Falls spending fell") == -1


@given(st.text(max_size=300))
def test_every_sentence_stands_where_it_says(text: str) -> None:
    for sentence in sentences(text):
        assert text[sentence.start : sentence.start + len(sentence.raw)] == sentence.raw
        assert len(sentence.text) == len(sentence.raw) <= LONGEST
        assert all(0 <= f.start < f.unit_end <= len(sentence.raw) for f in sentence.figures)


def test_a_long_text_is_split_in_its_own_time() -> None:
    start = time.perf_counter()
    assert sum(1 for _ in sentences("没有标点的一行字" * (MOST_CHARACTERS // 8))) > 1000
    assert time.perf_counter() - start < 60


# -- forms of report

HOSTILE = "=cmd|'/c calc'!A1 <script>alert(1)</script> | **粗** `x` 5万元"


def judged(text: str) -> Judged:
    claimed = Quantity(Decimal(5), WAN_YUAN)
    claim = Claim(text, (0, len(text)), only("5万元").figures[0], (len(text) - 3, len(text)), Hedge.NONE, Language.ZH)
    return Judged(claim, Verdict.CONTRADICTED, claimed, Quantity(Decimal(6), WAN_YUAN))


def test_html_takes_nothing_of_a_text_as_markup() -> None:
    tags: list[str] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            tags.append(tag)

    Tags().feed(to_html([judged(HOSTILE)]))
    assert "script" not in tags and "td" in tags


def test_markdown_keeps_its_columns() -> None:
    lines = to_markdown([judged(HOSTILE), judged("第二行\n5万元")]).splitlines()
    bars = [len([c for i, c in enumerate(line) if c == "|" and line[i - 1 : i] != "\\"]) for line in lines]
    assert len(lines) == 4 and len(set(bars)) == 1 and "<script" not in lines[2].replace("\\<", "")


def test_csv_starts_no_formula() -> None:
    rows = list(csv.reader(io.StringIO(to_csv([judged(HOSTILE)]))))
    assert len(rows) == 2 and all(not cell.startswith(("=", "+", "@")) for cell in rows[1])


def test_json_has_the_fixed_form() -> None:
    (claim,) = json.loads(json.dumps(to_json([judged("预算5万元")])))["claims"]
    assert claim["claimed"] == {"value": "5", "unit": "万元"} and claim["true"] == {"value": "6", "unit": "万元"}
    assert claim["verdict"] == "contradicted" and claim["correction"] == "预算6万元"
    assert {"text", "span", "reason", "citations"} <= claim.keys()


def test_text_names_verdict_and_correction() -> None:
    assert "[contradicted]" in to_text([judged("预算5万元")]) and "→ 预算6万元" in to_text([judged("预算5万元")])
