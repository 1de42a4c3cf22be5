"""What a budget's own projects, purchases and receptions are called in natural English, and what is none of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from ingest.corpus import Label, LabelKind
from qa.engine import Engine
from qa.link import Linker
from qa.ordinals import in_chinese
from qa.question import Linked
from qa.result import Status
from qa.roots import root
from qa.vocabulary import build_vocabulary
from qa.wordtable import chinese_said, counting_units, joiners, roots_of
from tests.engines import engine_over_text

BUDGET = """松岭县水利局2024年部门预算

一、部门收支总体情况

项目支出预算表
单位：万元
项目名称\t预算数
青竹坝水库除险加固工程\t310.00
桃花溪城区段防洪治理工程\t145.50
湿地公园健身步道建设（二期）\t88.20
县第九届运动会\t35.00
农村饮水安全工程维修养护\t64.30
合计\t643.00

二、“三公”经费情况

公务接待费预算3.20万元，全年国内公务接待31批次，累计264人次；国（境）外公务接待0批次，累计0人次。

三、政府采购情况

2024年本部门政府采购预算总额200.00万元，其中：政府采购货物预算120.00万元，政府采购服务预算80.00万元。预留中小企业采购份额150.00万元，占政府采购预算总额的75%。

四、对下转移支付情况

松岭县水利局2024年无对下转移支付预算。
"""
PROJECTS = (
    "青竹坝水库除险加固工程", "桃花溪城区段防洪治理工程", "湿地公园健身步道建设（二期）", "县第九届运动会",
    "口袋公园及小微绿地建设", "农村饮水安全工程维修养护",
)  # fmt: skip
ITEMS = ("新建口袋公园", "公园", "手续费", "项目支出", "来华留学生", "面向中小企业预留资金", "采购预算总额")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    yield from engine_over_text(tmp_path_factory.mktemp("store"), BUDGET, "songling-shuili-2024.txt")


@pytest.fixture(scope="module")
def linker() -> Linker:
    labels = [
        *(Label(LabelKind.PROJECT, t, (), 1) for t in PROJECTS),
        *(Label(LabelKind.ITEM, t, (), 1) for t in ITEMS),
    ]
    labels += [Label(LabelKind.INDICATOR, "资助来华留学生人数", (), 1), Label(LabelKind.AGENCY, "松岭县水利局", (), 1)]
    labels += [Label(LabelKind.ORGANISATION, "松岭县水利局（本级）", (), 1)]
    return Linker(build_vocabulary(labels))


def _best(linked: Linked) -> list[str]:
    return [m.best.label.text for m in linked.mentions]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("How much does the Qingzhuba reservoir reinforcement cost?", "310.00"),
        ("What do the Qingzhuba reservoir and the Taohuaxi urban flood control project cost together?", "455.50"),
        ("How much is budgeted for phase two of the wetland park fitness trail?", "88.20"),
        ("How much is set aside for the 9th county games?", "35.00"),
        ("Which project costs the most?", "310.00"),
        ("How many visitors are to be received at official receptions?", "264"),
        ("How many groups of visitors are to be received at official receptions?", "31"),
        ("公务接待一共接待多少人次", "264"),
        ("What share of government procurement is reserved for small and medium-sized enterprises?", "75"),
        ("How much is set aside for SMEs?", "150.00"),
    ],
)
def test_what_is_told_is_answered(engine: Engine, question: str, value: str) -> None:
    answer = engine.ask(question)
    assert (answer.value or "").rstrip("0").rstrip(".") == value.rstrip("0").rstrip("."), answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "How much does the Qingshiba reservoir reinforcement cost?",
        "How much is budgeted for phase three of the wetland park fitness trail?",
        "How much is set aside for the 10th county games?",
        "How much is set aside for the 9th provincial games?",
        "How much is budgeted for the maintenance of urban drinking water?",
        "How many visitors from Japan are to be received at official receptions?",
        "How much was awarded to small and medium-sized enterprises?",
        "What share of government procurement is reserved for small and micro enterprises?",
    ],
)
def test_what_only_sounds_like_it_is_not(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert answer.status is Status.ABSTAINED, answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "Are there any transfer payments to lower levels of government?",
        "How much does the bureau budget for transfer payments to lower levels?",
        "对下转移支付预算是多少",
    ],
)
def test_a_sentence_that_there_is_none_answers_how_much(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert answer.status is Status.DECLARED_NONE and answer.citations, answer.answer


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("How much goes to the pocket park project?", ["口袋公园及小微绿地建设"]),
        ("How much goes to the Taohuaxi flood control project?", ["桃花溪城区段防洪治理工程"]),
        ("What did the bus services cost, in yuan?", []),
        ("How much money does the department have?", []),
    ],
)
def test_names_reached_word_by_word(linker: Linker, question: str, labels: Sequence[str]) -> None:
    assert list(dict.fromkeys(_best(linker.link(question)))) == list(labels)


def test_a_label_said_whole_goes_before_one_that_holds_more(linker: Linker) -> None:
    mentions = linker.link("How many international students are there?").mentions
    assert {c.label.text for m in mentions for c in m.candidates} == {"来华留学生"}


def test_small_firms_have_a_share_of_their_own_sort(linker: Linker) -> None:
    reserved = linker.link("How much of the procurement budget is reserved for small and medium-sized firms?")
    assert "面向中小企业预留资金" in _best(reserved)
    awarded = linker.link("How much of the procurement went to contracts awarded to SMEs?")
    assert awarded.foreign and "面向中小企业预留资金" not in _best(awarded)


def test_a_rendering_explains_only_what_says_it_whole() -> None:
    said = roots_of("How much is spent on the tea industry?") | joiners()
    assert "茶叶" in chinese_said("tea", said) and "油茶" not in chinese_said("tea", said)
    assert "油茶" in chinese_said("tea", said | {root("oil")})


@pytest.mark.parametrize(("noun", "unit"), [("woman", "人"), ("patient", "人"), ("guest", "人次"), ("truck", "辆")])
def test_people_and_things_are_counted_in_their_units(noun: str, unit: str) -> None:
    assert counting_units(noun)[0] == unit


@pytest.mark.parametrize(("number", "written"), [(2, "二"), (10, "十"), (16, "十六"), (20, "二十"), (35, "三十五")])
def test_numbers_as_ordinals_are_written(number: int, written: str) -> None:
    assert in_chinese(number) == written
