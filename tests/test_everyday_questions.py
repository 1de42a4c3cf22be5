"""Everyday wordings over the sample budget and final account of one agency; the figures are the samples own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.answer import Answer
from qa.collocates import collocates
from qa.engine import Engine
from qa.intent import mask
from qa.keys import squeeze
from tests.engines import engine_over

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
FILES = ("qinglan-wenlv-2024-budget-invented.pdf", "qinglan-wenlv-2024-final-invented.pdf")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    yield from engine_over(tmp_path_factory.mktemp("store"), [SAMPLES / name for name in FILES])


def figure(answer: Answer) -> str:
    return f"{answer.value} {answer.unit}"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        # how much of its budget was spent, ranked and filtered
        ("哪一项完成率最低", "88.4 %"),
        ("2024年决算中完成率最高的科目", "100.0 %"),
        # budget against final account, by the stage named
        ("群众文化年初批的钱，到决算还差多少没花完？", "111.73 万元"),
        ("By how much did hospitality spending come in below what had been budgeted for it?", "1.20 万元"),
        # goods, works and services without 采购 beside them
        ("货物、工程、服务里，政府采购预算最多的是哪一类", "1647800 元"),
        # a part of a whole that is named as its place
        ("三公预算当中，吃请接待（公务接待费）占了百分之多少", "50.0418 %"),
        ("In the budget, what share of spending on cultural relics is for personnel?", "50.5617 %"),
        # an organisation's own projects added up; the agency's own house by 本级
        ("把研究院名下的项目预算全部加总，是多少元", "8631900 元"),
        # a list that shares its last word, a threshold of rates, a wrong character of input
        ("办公、印刷两项费用2024年预算一共多少万元", "13.16 万元"),
        ("2024年决算完成率达到100.0%的科目有几个", "4 个"),
        ("博物馆2024年的年初予算数是多少万元", "2046.48 万元"),
        ("“三公”经费里公务接待费的决算比预算省了多少万元", "1.20 万元"),
        ("How much are meeting expenses and training expenses in total in the 2024 budget?", "609700 元"),
        # words that go with an item
        ("招待来客的公务接待费预算多少万元", "47.83 万元"),
    ],
)
def test_everyday_wordings(engine: Engine, question: str, expected: str) -> None:
    answer = engine.ask(question)
    value, unit = expected.split()
    assert answer.value is not None and answer.unit == unit, answer.answer
    assert answer.value[: len(value)] == value, answer.answer


@pytest.mark.parametrize(
    ("question", "named", "left_out"),
    [
        ("除了文化旅游体育与传媒支出，2024年预算里哪一大类花得最多", "社会保障和就业支出", "文化旅游"),
    ],
)
def test_what_is_left_out_is_not_ranked(engine: Engine, question: str, named: str, left_out: str) -> None:
    answer = engine.ask(question)
    assert named in answer.answer
    assert left_out not in answer.items[0].label


def test_a_part_left_out_is_taken_off_the_whole(engine: Engine) -> None:
    whole = engine.ask("2024年预算住房改革支出是多少元")
    part = engine.ask("2024年预算购房补贴是多少元")
    rest = engine.ask("除购房补贴以外，2024年预算住房改革支出是多少元")
    assert rest.value is not None and whole.value is not None and part.value is not None
    assert float(rest.value) == float(whole.value) - float(part.value)


@pytest.mark.parametrize(
    "question",
    [
        "公务接待费给了谁",  # no figure tells to whom
        "决算数和预算数持平的有哪些科目",
        "三公经费里车占多少比例",
        "By what date must the cultural relics money be spent?",
        "Who received the bonuses?",
    ],
)
def test_what_the_plan_does_without_is_not_answered_by_a_figure(engine: Engine, question: str) -> None:
    assert engine.ask(question).status.value in ("abstained", "declared_none")


def test_economic_classes_make_up_the_running_expenses(engine: Engine) -> None:
    answer = engine.ask("2024年预算公用经费里哪一项最多")
    assert answer.items[0].citation is not None and "商品和服务支出" not in answer.items[0].label


def test_blanks_part_chinese_words_of_a_terse_question() -> None:
    assert squeeze("管理站 公务接待 预算").key == "管理站 公务接待 预算"
    assert squeeze("支 出 总 计").key == "支出总计"


def test_collocates_follow_the_item_not_the_document() -> None:
    assert "客人" in set(collocates(("公务接待费",)))
    assert "客人" not in set(collocates(("差旅费",)))


def test_masking_keeps_the_places() -> None:
    masked = mask("除了水费以外", [(2, 4)])
    assert masked.text == "除了@以外" and masked.region(0, 5)[0] == 0
