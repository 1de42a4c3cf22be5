"""Figures in words, multiples, comparisons and rankings without a figure: how they are read and how they are judged."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract import extract
from ingest.store import open_corpus
from ingest.units import Quantity
from qa.engine import Engine
from qa.link import linker_for
from qa.question import Language
from qa.verify.clauses import hedge_of, year_of
from qa.verify.closeness import Closeness, closeness
from qa.verify.judge import Judge
from qa.verify.kinds import Kind, kind_of
from qa.verify.multiples import TIMES, is_increase
from qa.verify.numberwords import number_words, value_of
from qa.verify.report import correction, reason
from qa.verify.sentences import Sentence, sentences
from qa.verify.wording import Hedge, moves

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
FILES = (
    "qinglan-wenlv-2024-budget-invented.pdf",
    "qinglan-wenlv-2024-final-invented.pdf",
    "larkspur-parks-fy2025-invented.pdf",
)
AGENCY = "青岚市文化和旅游局2024年"
SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    corpus = open_corpus(tmp_path_factory.mktemp("store"), create=True)
    for name in FILES:
        corpus.add(extract(SAMPLES / name))
    yield Judge(corpus, Engine(corpus), linker_for(corpus))
    corpus.close()


def one(text: str) -> Sentence:
    return next(iter(sentences(text)))


def in_words(number: int) -> str:
    """A number below a billion in English words, written independently of the parser."""
    for scale, name in ((1_000_000, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= scale:
            rest = number % scale
            joined = f" {in_words(rest)}" if rest else ""
            return f"{in_words(number // scale)} {name}{joined}"
    if number >= 20:
        last = f"-{SMALL[number % 10 - 1]}" if number % 10 else ""
        return TENS[number // 10 - 2] + last
    return TEENS[number - 10] if number >= 10 else SMALL[number - 1]


# -- reading


@given(st.integers(min_value=1, max_value=999_999_999))
def test_a_number_in_words_is_read_back(number: int) -> None:
    assert value_of(in_words(number)) == number


@given(st.integers(min_value=1, max_value=999_999_999))
def test_money_in_words_is_exact(number: int) -> None:
    (found,) = number_words(f"It spent {in_words(number)} yuan.")
    assert found.unit is not None and found.value * found.unit.scale == number


@given(st.text(alphabet="a half million and-two.thirds of yuan percent three public ", max_size=60))
def test_any_words_are_read_without_error(text: str) -> None:
    for figure in number_words(text):
        assert 0 <= figure.start < figure.end <= figure.unit_end <= len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Half a million yuan is set aside for water.", [("0.5", "百万元")]),
        ("It budgets two and a half million yuan.", [("2.5", "百万元")]),
        ("It grew by eleven percent.", [("11", "%")]),
        ("It has fifty-five vehicles, forty of them for law enforcement.", [("55", ""), ("40", "")]),
        ("Reception costs fell by more than a third.", [("33.3", "%")]),
        ("Four fifths of the money went to trips.", [("80.0", "%")]),
        ("Three public expenses fell two years ago.", []),
        ("One car is enough.", []),
        ("It nearly tripled its budget.", [("3", "倍")]),
        ("Its fleet was cut in half.", [("0.5", "倍")]),
        ("It is three times as much as last year.", [("3", "倍")]),
        ("They met three times.", []),
        ("规模翻了两番。", [("4", "倍")]),
        ("支出翻番。", [("2", "倍")]),
        ("支出成倍增长。", [("2", "倍")]),
        ("支出是上年的5.7倍。", [("5.7", "倍")]),
        ("翻开账本可以看到三本书。", []),
        ("It fell by 420,000 yuan to less than 1.6 million.", [("420000", "元"), ("1.6", "百万元")]),
        ("About 1.6 million residents live there.", [("1.6", "")]),
        ('It cut its "three publics" to $4 million.', [("4", "million dollars")]),
        ("增幅两成多。", [("20", "%")]),
        ("It fell from 4.2 million yuan to just over half a million.", [("4.2", "百万元"), ("0.5", "百万元")]),
    ],
)
def test_figures_in_words(text: str, expected: list[tuple[str, str]]) -> None:
    found = [(str(f.value), f.unit.symbol if f.unit else "") for f in one(text).figures]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("支出几乎翻番。", Hedge.NEARLY),
        ("支出翻了近一番。", Hedge.NEARLY),
        ("支出翻了一番。", Hedge.ABOUT),
        ("支出成倍增长。", Hedge.MANIFOLD),
        ("水费不及上年的四成。", Hedge.UNDER),
        ("It more than doubled its budget.", Hedge.OVER),
        ("It doubled its budget.", Hedge.ABOUT),
        ("It grew by eleven percent.", Hedge.NONE),
    ],
)
def test_hedges_of_words(text: str, hedge: Hedge) -> None:
    sentence = one(text)
    assert hedge_of(sentence, sentence.figures[0])[0] is hedge


@given(st.decimals(min_value=Decimal("1.95"), max_value=Decimal(500), places=2))
def test_manifold_has_no_upper_bound(times: Decimal) -> None:
    assert closeness(Quantity(Decimal(2), TIMES), Quantity(times, TIMES), Hedge.MANIFOLD) is Closeness.ROUNDED


@pytest.mark.parametrize(
    ("text", "increase"),
    [
        ("经费增长了16倍。", True),
        ("经费增长到16倍。", False),
        ("经费是上年的16倍。", False),
        ("经费翻了一番。", False),
        ("经费猛增近1.9倍。", True),
    ],
)
def test_what_came_on_top_is_told_from_the_whole(text: str, increase: bool) -> None:
    figure = one(text).figures[0]
    assert is_increase(text[: figure.start], figure) is increase


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("三公经费比上一年多出1657万元。", [Kind.CHANGE]),
        ("水费是电费的一半。", [Kind.MULTIPLE]),
        ("水费占电费的一半。", [Kind.SHARE]),
        ("水费不及上年的四成。", [Kind.MULTIPLE]),
        ("经费比上年压缩了10%。", [Kind.RATE]),
        ("The budget grew by eleven percent, or 5.29 million yuan, in 2024.", [Kind.RATE, Kind.CHANGE]),
        ("The budget was 27,664 yuan, 13.11% more than the year before.", [Kind.AMOUNT, Kind.RATE]),
    ],
)
def test_kinds_of_wordings(text: str, kinds: list[Kind]) -> None:
    sentence = one(text)
    assert [kind_of(sentence, n, 0) for n in range(len(sentence.figures))] == kinds


@pytest.mark.parametrize(
    "text",
    [
        "Its budget was cut in half between 2017 and 2019.",
        "从2017年到2019年，经费翻了一番。",
        "2019年的经费是2017年的两倍。",
    ],
)
def test_a_change_over_years_is_of_the_later(text: str) -> None:
    assert year_of(one(text), 0, "") == "2019"


# -- judging


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{AGENCY}人员支出超过了项目支出。", "supported"),
        (f"{AGENCY}项目支出比人员支出还多。", "contradicted"),
        (f"{AGENCY}项目支出没有超过人员支出。", "supported"),
        (f"{AGENCY}博物馆决算低于预算。", "supported"),
        (f"{AGENCY}超支了。", "contradicted"),
        (f"{AGENCY}“三公”经费比上年有所减少。", "supported"),
        (f"{AGENCY}“三公”经费比上年有所增加。", "contradicted"),
        (f"{AGENCY}“三公”经费中，公务接待费是最大的一项。", "supported"),
        (f"{AGENCY}“三公”经费中，公务用车购置及运行维护费是最大的一项。", "contradicted"),
        (f"{AGENCY}“三公”经费翻了一番。", "contradicted"),
        (f"{AGENCY}人员支出是项目支出的1.4倍。", "rounded"),
        (f"{AGENCY}人员支出是项目支出的两倍。", "contradicted"),
        (f"{AGENCY}没有超预算。", "supported"),
        (f"与2023年相比，{AGENCY}“三公”经费有所减少。", "supported"),
        (f"在{AGENCY}“三公”经费中，公务接待费最多。", "supported"),
        ("Larkspur's personnel services exceed its utilities in fiscal 2025.", "supported"),
        ("Larkspur budgets more for youth sports than for street repair in fiscal 2025.", "contradicted"),
        ("Larkspur's youth sports program doubled in fiscal 2025.", "contradicted"),
        ("Larkspur's utilities cost almost thirteen million dollars in fiscal 2025.", "rounded"),
    ],
)
def test_claims_in_words(judge: Judge, text: str, expected: str) -> None:
    (judged,) = judge.judge_text(text)
    assert judged.verdict.value == expected
    assert judged.citations


@pytest.mark.parametrize(
    "text",
    [
        f"{AGENCY}水下考古支出超过了博物馆。",  # one side is not held
        "青岚市水利局2024年支出超过了青岚市文化和旅游局。",  # an agency that is not held
        f"{AGENCY}“三公”经费中，养路费是最大的一项。",
        f"{AGENCY}人均支出比上年高。",  # of each of something that nobody counts
        f"{AGENCY}项目支出低于人员支出和公用支出之和。",  # a sum is no single lookup
        "Larkspur has more personnel services than utilities in fiscal 2025.",  # money is no number of things
    ],
)
def test_a_side_that_is_not_held_leaves_a_comparison_open(judge: Judge, text: str) -> None:
    (judged,) = judge.judge_text(text)
    assert judged.verdict.value == "not_found"


def test_a_multiple_that_is_true_and_far_exceeded_is_not_called_wrong(judge: Judge) -> None:
    (judged,) = judge.judge_text(f"{AGENCY}人员支出是政府采购预算的两倍多。")
    assert judged.verdict.value == "not_found"


def test_the_difference_of_rounded_totals_may_miss_a_last_digit(judge: Judge) -> None:
    texts = (f"{AGENCY}“三公”经费预算比上年预算减少2.0{digit}万元。" for digit in (7, 8, 9))
    assert all(j.verdict.value in ("supported", "rounded") for text in texts for j in judge.judge_text(text))


def test_what_something_came_from_in_a_year_unsaid_is_left_open(judge: Judge) -> None:
    first, second = judge.judge_text(
        "Larkspur's youth sports fell from $4.83 million to just over four and a half million."
    )
    assert (first.verdict.value, second.verdict.value) == ("not_found", "rounded")


def test_the_agency_of_a_later_sentence_is_the_one_before(judge: Judge) -> None:
    text = "Larkspur's parks department is in fiscal 2025. The department budgets $14,232,000 for personnel services."
    assert [j.verdict.value for j in judge.judge_text(text)] == ["supported"]


def test_a_part_s_share_is_of_its_whole(judge: Judge) -> None:
    text = f"{AGENCY}政府采购预算222.45万元，其中货物类约占四分之一，服务类占到{{}}%。"
    assert [j.verdict.value for j in judge.judge_text(text.format(74))] == ["supported", "rounded", "rounded"]
    assert [j.verdict.value for j in judge.judge_text(text.format(80))] == ["supported", "rounded", "contradicted"]


@pytest.mark.parametrize(
    ("text", "way"), [("costs take up", 0), ("costs go up", 1), ("parts make up", 0), ("left unspent", -1)]
)
def test_up_is_not_always_a_rise(text: str, way: int) -> None:
    assert moves(Language.EN, text) == way


def test_an_opinion_compares_nothing(judge: Judge) -> None:
    (judged,) = judge.judge_text("青岚市文化和旅游局应该让博物馆的支出超过项目支出。")
    assert judged.verdict.value == "not_checkable"


def test_a_comparison_gives_both_figures_and_no_corrected_sentence(judge: Judge) -> None:
    (judged,) = judge.judge_text(f"{AGENCY}项目支出比人员支出还多。")
    assert "40498700" in reason(judged) and "58205000" in reason(judged)
    assert correction(judged) is None


def test_a_doubling_is_not_corrected_into_digits(judge: Judge) -> None:
    (judged,) = judge.judge_text("Larkspur's youth sports program doubled in fiscal 2025.")
    assert correction(judged) is None
    assert "times" in reason(judged) and "倍" not in reason(judged)


def test_parts_of_one_whole_are_each_of_it(judge: Judge) -> None:
    text = f"{AGENCY}政府采购预算222.45万元，其中货物55.62万元。"
    assert [j.verdict.value for j in judge.judge_text(text)] == ["supported", "supported"]
