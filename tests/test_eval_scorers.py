"""The scoring rules, one by one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.outcome import Outcome, score
from eval.question import GoldCell, Kind, Question
from eval.scorers.figures import phase_said, rounded, same_figure, unit_asked
from eval.scorers.recompute import NotAnEquation, read_step
from eval.shown import Cited, Shown, ShownItem, shown_from_json
from ingest.records import Phase


def question(kind: Kind, text: str = "会议费预算", **gold: object) -> Question:
    return Question("set", 1, kind, "zh", text, **gold)  # type: ignore[arg-type]


def lookup(gold: str, unit: str = "万元", text: str = "会议费预算", **more: object) -> Question:
    return question(Kind.LOOKUP, text, figures=(Decimal(gold),), unit=unit, **more)


def shown(value: str | None, unit: str = "万元", status: str = "answered", **more: object) -> Shown:
    cited = (Cited("a.pdf", 3, value or "", "表一", ("甲", "会议费"), ("合计",)),)
    figure = None if value is None else Decimal(value)
    return Shown(status, "答案", figure, unit, citations=more.pop("citations", cited), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("gold", "gold_unit", "value", "unit", "text", "right"),
    [
        ("2802.30", "万元", "2802.30", "万元", "花了多少钱", True),
        ("2802.30", "万元", "2802.3", "万元", "花了多少钱", True),
        ("2802.30", "万元", "28023000", "元", "花了多少钱", True),
        ("2802.30", "万元", "28023000", "元", "花了多少万元", False),
        ("2802.30", "万元", "28023000", "元", "How much in yuan?", False),
        ("2802.30", "万元", "2802.30", "元", "花了多少钱", False),
        ("2802.30", "万元", "2802.30", "", "花了多少钱", False),
        ("3.1", "%", "3.1497", "%", "占多少", True),
        ("3.1", "%", "3.15", "%", "占多少", False),
        ("3.2", "%", "3.15", "%", "占多少", True),
        ("0.0325", "亿元", "0.0325", "亿元", "多少亿元", True),
        ("1", "台（套）", "1", "台", "有几台", True),
        ("1", "台（套）", "1", "辆", "有几台", False),
        ("266", "thousand dollars", "266000", "dollars", "How much is budgeted?", True),
        ("6", "", "6", "", "How many programs?", True),
        ("6", "", "6", "个", "How many programs?", True),
        ("6", "", "6", "万元", "How many programs?", False),
    ],
)
def test_value_and_unit(gold: str, gold_unit: str, value: str, unit: str, text: str, right: bool) -> None:
    assert same_figure(Decimal(value), unit, Decimal(gold), gold_unit, unit_asked(text)) is right


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("福利费是多少元", True),
        ("合多少亿元？", True),
        ("多少錢", False),
        ("公元2024年单元楼维修花了多少", False),
        ("多元化经费", False),
        ("in yuan?", True),
        ("How much is it?", False),
        ("预算金额是多少万元", True),
    ],
)
def test_whether_a_question_names_a_unit_of_money(text: str, named: bool) -> None:
    assert unit_asked(text) is named


@given(st.decimals(-(10**9), 10**9, places=6), st.integers(0, 4))
def test_a_figure_agrees_with_itself_rounded_half_up(value: Decimal, digits: int) -> None:
    gold = rounded(value, Decimal(1).scaleb(-digits))
    assert abs(gold - value) <= Decimal("0.5").scaleb(-digits)
    assert same_figure(value, "万元", gold, "万元", True)


def test_right_and_the_ways_of_being_wrong() -> None:
    asked = lookup("5.00", cite="会议费", documents=("a.pdf",))
    assert score(asked, shown("5.00")).outcome is Outcome.RIGHT
    assert score(asked, shown("5.00", status="ambiguous")).outcome is Outcome.RIGHT
    assert score(asked, shown("6.00")).outcome is Outcome.WRONG_FIGURE
    assert score(asked, shown(None, status="abstained")).outcome is Outcome.REFUSED
    assert score(asked, shown(None, status="declared_none")).outcome is Outcome.REFUSED
    other_row = (Cited("a.pdf", 3, "5.00", "表一", ("培训费",)),)
    assert score(asked, shown("5.00", citations=other_row)).outcome is Outcome.WRONG_CITATION
    other_file = (Cited("b.pdf", 3, "5.00", "表一", ("会议费",)),)
    assert score(asked, shown("5.00", citations=other_file)).outcome is Outcome.WRONG_CITATION
    assert score(asked, shown("5.00", citations=())).outcome is Outcome.WRONG_CITATION


@pytest.mark.parametrize(
    ("gold", "value", "unit", "right", "displayed"),
    [
        ("57.55", "57.55", "%", True, True),
        ("57.55", "57.6", "%", False, True),
        ("57.55", "57.5", "%", False, False),
        ("57.55", "58", "%", False, True),
        ("0.20", "0", "%", False, False),
        ("57.5", "57.5461", "%", True, True),
        ("57.55", "57.6", "倍", False, False),
    ],
)
def test_right_at_the_digits_displayed(gold: str, value: str, unit: str, right: bool, displayed: bool) -> None:
    cited = (Cited("a.pdf", 3, value),)
    scored = score(lookup(gold, "%", "占百分之几"), shown(value, unit, citations=cited))
    assert (scored.right, scored.right_at_display) == (right, displayed)
    elsewhere = score(lookup(gold, "%", "占百分之几", documents=("b.pdf",)), shown(value, unit, citations=cited))
    assert not elsewhere.right_at_display


def test_a_trend_and_money_right_as_displayed() -> None:
    asked = question(Kind.TREND, figures=(Decimal("1.04"), Decimal("2.00")), unit="万元")
    items = (ShownItem("2023", Decimal("1.0"), "万元"), ShownItem("2024", Decimal("20000"), "元"))
    scored = score(asked, Shown("answered", "", items=items, citations=(Cited("a.pdf", 1, "1.0"),)))
    assert (scored.outcome, scored.right_at_display) == (Outcome.WRONG_FIGURE, True)
    assert score(lookup("19836200", "元"), shown("0.198", "亿元")).right_at_display


def test_the_unit_is_checked_for_itself() -> None:
    scored = score(lookup("2.00", text="花了多少钱"), shown("20000", "元"))
    assert scored.outcome is Outcome.RIGHT
    assert [(c.passed, c.detail) for c in scored.checks if c.name == "unit"] == [(False, "元, gold 万元")]


@pytest.mark.parametrize(
    ("answer", "column", "notes", "said"),
    [
        ("青岚市文旅局2024年决算：博物馆为 5 万元。", "本年支出合计", (), Phase.ACTUAL),
        ("Qinglan, 2024 final account: museums is 5.", "", (), Phase.ACTUAL),
        ("甲局2024年决算：博物馆为 5 万元。", "全年预算数", (), Phase.ADJUSTED),
        ("甲局2024年决算：博物馆为 5 万元。", "年初预算数", (), Phase.BUDGET),
        ("甲局2024年决算：拨款为 5 万元。", "一般公共预算", (), Phase.ACTUAL),
        ("A, 2024 budget: museums is 5.", "", ("budget, not actual spending",), Phase.BUDGET),
        ("博物馆为 5 万元：预算", "", (), None),
    ],
)
def test_the_phase_said(answer: str, column: str, notes: tuple[str, ...], said: Phase | None) -> None:
    cited = (Cited("a.pdf", 3, "5.00", "表", ("博物馆",), (column,)),)
    given = Shown("answered", answer, Decimal("5.00"), "万元", citations=cited, notes=notes)
    assert phase_said(given) is said
    for phase in (Phase.BUDGET, Phase.ACTUAL):
        outcome = score(lookup("5.00", phase=phase), given).outcome
        assert (outcome is Outcome.RIGHT) is (phase is said)


def test_a_figure_where_none_is_to_be_had_is_a_wrong_figure() -> None:
    assert score(question(Kind.ABSTAIN), shown("5.00")).outcome is Outcome.WRONG_FIGURE
    assert score(question(Kind.ABSTAIN), shown(None, status="abstained")).outcome is Outcome.RIGHT
    assert score(question(Kind.NONE, labels=("没有",)), shown("0.00")).outcome is Outcome.WRONG_FIGURE


def test_a_declared_none_says_so() -> None:
    asked = question(Kind.NONE, labels=("没有",))
    said = Shown("declared_none", "2024年没有政府性基金预算支出。")
    assert score(asked, said).outcome is Outcome.RIGHT
    assert score(asked, Shown("declared_none", "见表。")).outcome is Outcome.WRONG_WORDS
    assert score(asked, Shown("abstained", "没有找到")).outcome is Outcome.WRONG_WORDS


def test_a_list_names_all_labels_and_more_lowers_its_precision() -> None:
    asked = question(Kind.LIST, labels=("住房公积金", "提租补贴"))
    items = tuple(ShownItem(name, None, "") for name in ("住房公积金", "提租补贴", "购房补贴"))
    scored = score(asked, Shown("answered", "三项", items=items))
    assert scored.outcome is Outcome.RIGHT
    assert [(s.name, s.hits, s.whole) for s in scored.shares] == [("list precision", 2, 3), ("list recall", 2, 2)]
    scored = score(asked, Shown("answered", "提租补贴", items=items[1:2]))
    assert scored.outcome is Outcome.WRONG_WORDS
    assert scored.why == "not named: 住房公积金"


def test_a_trend_keeps_the_order_of_years() -> None:
    asked = question(Kind.TREND, figures=(Decimal("1.0"), Decimal("2.0")), unit="万元")
    items = (ShownItem("2023", Decimal("1.0"), "万元"), ShownItem("2024", Decimal("2.0"), "万元"))
    cited = (Cited("a.pdf", 1, "1.0"),)
    assert score(asked, Shown("answered", "", items=items, citations=cited)).outcome is Outcome.RIGHT
    assert score(asked, Shown("answered", "", items=items[::-1], citations=cited)).outcome is Outcome.WRONG_FIGURE
    assert score(asked, Shown("answered", "", items=items[:1], citations=cited)).outcome is Outcome.WRONG_FIGURE


def test_phrases_are_looked_for_without_blanks_and_width() -> None:
    asked = question(Kind.TEXT, labels=("人员支出", "公用（经费）"))
    assert score(asked, Shown("answered", "指 人员 支出和公用(经费)。")).outcome is Outcome.RIGHT
    assert score(asked, Shown("answered", "指人员支出。")).outcome is Outcome.WRONG_WORDS


def test_cells_give_precision_and_recall() -> None:
    cells = (GoldCell("a.pdf", 3, "表一", "会议费", "合计"), GoldCell("a.pdf", 4))
    scored = score(lookup("5.00", cells=cells), shown("5.00"))
    assert {(s.name, s.hits, s.whole) for s in scored.shares} == {
        ("citation precision", 1, 1),
        ("citation recall", 1, 2),
    }


def recompute(value: str, steps: tuple[str, ...], texts: tuple[str, ...], unit: str = "万元") -> bool:
    cited = tuple(Cited("a.pdf", 1, text) for text in texts)
    scored = score(lookup("1"), shown(value, unit, steps=steps, citations=cited))
    return next(c.passed for c in scored.checks if c.name == "recomputed")


@pytest.mark.parametrize(
    ("value", "steps", "texts", "held"),
    [
        ("550.00", ("325.00 + 225.00 = 550.00 万元",), ("325.00", "225.00"), True),
        ("550.01", ("325.00 + 225.00 = 550.01 万元",), ("325.00", "225.00"), False),
        ("550.00", ("325.00 + 225.00 = 550.00 万元",), ("325.00",), False),
        ("550.00", (), ("325.00", "225.00"), False),
        ("3.1497", ("168.11 ÷ 5337.65 × 100 = 3.15 %",), ("168.11", "5,337.65"), True),
        ("9.45", ("27.35 - (17.90) = 9.45 万元",), ("“三公”经费27.35万元，比上年增加17.90万元",), True),
        ("0.0325", ("325.00 万元 = 0.0325 亿元",), ("325.00",), True),
        ("0.325", ("325.00 万元 = 0.325 亿元",), ("325.00",), False),
        ("3250000", (), ("325.00",), True),
        ("325.00", (), ("325.00",), True),
        ("20", (), ("325.00",), False),
    ],
)
def test_recomputation(value: str, steps: tuple[str, ...], texts: tuple[str, ...], held: bool) -> None:
    assert recompute(value, steps, texts) is held


def test_a_broken_recomputation_informs_and_does_not_decide() -> None:
    scored = score(lookup("20"), shown("20", citations=(Cited("a.pdf", 1, "325.00"),)))
    assert scored.outcome is Outcome.RIGHT
    assert any(c.name == "recomputed" and not c.passed for c in scored.checks)


@given(st.lists(st.decimals(0, 10**8, places=2), min_size=2, max_size=6))
def test_a_printed_sum_reads_back_as_itself(terms: list[Decimal]) -> None:
    step = read_step(f"{' + '.join(f'{t:f}' for t in terms)} = {sum(terms):f} 万元")
    assert step.computed == sum(terms)
    assert step.written == sum(terms)
    assert len(step.operands) == len(terms)


@pytest.mark.parametrize(
    "words", ["", "the rate is printed", "1 + = 2", "(1 = 1", "1 / 0 = 0", "1 + 1", "5 万元 = 5 %"]
)
def test_what_is_no_equation(words: str) -> None:
    with pytest.raises(NotAnEquation):
        read_step(words)


def test_an_answer_is_read_from_its_public_form() -> None:
    data = {
        "status": "ambiguous",
        "answer": "科普活动为 325.00 万元。",
        "value": "325.00",
        "unit": "万元",
        "items": [{"label": "科普活动", "value": "325.00", "unit": "万元", "citation": 0}],
        "plan": {"op": "lookup", "item": {"names": [{"text": "甲", "score": 0.9}, {"text": "乙", "score": 0.2}]}},
        "steps": [],
        "citations": [{"document": "d", "file": "a.pdf", "page": 12, "table": "表", "row": ["甲"], "code": None,
                       "column": ["总计"], "text": "325.00", "bbox": [0, 0, 1, 1]}],
        "notes": ["budget, not actual spending"],
    }  # fmt: skip
    read = shown_from_json(data)
    assert (read.value, read.unit, read.op, read.says_something) == (Decimal("325.00"), "万元", "lookup", True)
    assert read.sureness == 0.45
    assert read.citations == (Cited("a.pdf", 12, "325.00", "表", ("甲",), ("总计",), placed=True),)
