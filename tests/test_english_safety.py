"""English words that name what is not held, or more than one thing, never get the figure of something like it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from ingest.corpus import Label, LabelKind
from ingest.store import SqlCorpus
from qa.engine import Engine
from qa.link import Linker
from qa.question import Linked
from qa.result import Status
from qa.vocabulary import build_vocabulary
from tests.questions_corpus import small_corpus

ITEM, PROJECT, UNIT = LabelKind.ITEM, LabelKind.PROJECT, LabelKind.ORGANISATION
BUREAU = "云栖区交通运输局"
ITEMS = (
    "基本工资", "绩效工资", "住房公积金", "购房补贴", "公务用车购置及运行维护费", "卫生健康支出", "培训费", "会议费",
    "差旅费", "公路运输管理", "商品和服务支出", "住房改革支出", "其他支出", "政府采购服务预算", "科学技术普及",
    "科普活动",
)  # fmt: skip
PROJECTS = ("能源节约改造", "基础数据采集", "专用设备更新", "培训活动")


@pytest.fixture(scope="module")
def linker() -> Linker:
    units = ("本级", "信息中心", "执法队", "管理站")
    labels = [*(Label(ITEM, t, (), 1) for t in ITEMS), *(Label(PROJECT, t, (), 1) for t in PROJECTS)]
    labels += [Label(UNIT, BUREAU + u, (), 1) for u in units]
    return Linker(build_vocabulary([*labels, Label(LabelKind.AGENCY, BUREAU, (), 1)]))


def _named(linked: Linked, *kinds: LabelKind) -> list[str]:
    return [m.best.label.text for m in linked.mentions if m.kind in kinds]


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("How much do basic pay and performance pay come to?", ["基本工资", "绩效工资"]),
        ("How much do basic and performance pay come to?", ["基本工资", "绩效工资"]),
        ("What do travel, meeting and training costs add up to?", ["差旅费", "会议费", "培训费"]),
        ("How much for the housing purchase subsidy and the housing provident fund?", ["购房补贴", "住房公积金"]),
        ("How much is data collection and equipment renewal?", ["基础数据采集", "专用设备更新"]),
        ("What is the bureau spending on science popularisation activities?", ["科普活动"]),
        ("How much is the purchase and operation of official vehicles?", ["公务用车购置及运行维护费"]),
    ],
)
def test_names_that_and_joins_are_told_apart(linker: Linker, question: str, labels: Sequence[str]) -> None:
    assert _named(linker.link(question), ITEM, PROJECT) == list(labels)


@pytest.mark.parametrize(
    ("name", "not_held"),
    [
        ("other health expenditure", "卫生健康支出"),
        ("price management", "公路运输管理"),
        ("other goods and services", "商品和服务支出"),
        ("affordable housing projects", "住房改革支出"),
        ("other funds", "其他支出"),
        ("budget reform", "住房改革支出"),
    ],
)
def test_a_standard_name_that_is_not_held_is_not_pieced_together(linker: Linker, name: str, not_held: str) -> None:
    linked = linker.link(f"How much is budgeted for {name}?")
    assert linked.foreign == (name,)
    assert not_held not in _named(linked, ITEM, PROJECT)


def test_a_name_held_goes_before_one_that_is_not_and_ends_in_its_first_words(linker: Linker) -> None:
    linked = linker.link("What were the actual costs of road transport administration?")
    assert _named(linked, ITEM) == ["公路运输管理"]
    assert linked.foreign == ()


def test_the_chinese_name_in_brackets_says_what_english_words_mean(linker: Linker) -> None:
    linked = linker.link("How much are the reserve funds kept for health (卫生健康支出)?")
    assert linked.foreign == ()
    assert set(_named(linked, ITEM)) == {"卫生健康支出"}


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("What is the information centre's training budget?", ["信息中心"]),
        ("How much does the centre spend on training?", ["信息中心"]),
        ("What does the law enforcement team spend on training?", ["执法队"]),
        ("What does the team spend on training?", ["执法队"]),
        ("What does the training centre spend?", []),
        ("What does the museum spend on training?", []),
        ("What does the centre building cost?", []),
    ],
)
def test_a_unit_is_named_without_its_bureau_or_by_what_it_alone_is(
    linker: Linker, question: str, unit: Sequence[str]
) -> None:
    assert _named(linker.link(question), UNIT) == [BUREAU + u for u in unit]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlCorpus]:
    made = small_corpus(Path(tmp_path_factory.mktemp("store")))
    yield made
    made.close()


@pytest.fixture(scope="module")
def engine(corpus: SqlCorpus) -> Engine:
    return Engine(corpus)


@pytest.mark.parametrize(
    "question",
    [
        "How much does the travel academy of the association cost?",
        "What does the association pay for bonus tracking?",
        "What does the hospital spend on travel?",
        "What are the travel expenses of the association's team?",
        "How far apart are meetings and the wine bill of the association?",
        "How much did travel of the association go up?",
        "What is the biggest project of the association and what is the smallest?",
    ],
)
def test_a_word_at_the_name_that_nothing_bears_withholds_the_figure(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert answer.status is Status.ABSTAINED, answer.answer
    assert answer.value is None


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("What share of the association's total spending goes to projects?", "55.7143 %"),
        ("How much do bonuses and basic pay of the association come to combined?", "200.00 万元"),
        ("What do travel and meeting costs of the association add up to?", "110.00 万元"),
        ("What is spent on travel and meetings by the association, combined?", "110.00 万元"),
    ],
)
def test_what_is_asked_of_several_is_told_of_all(engine: Engine, question: str, figure: str) -> None:
    answer = engine.ask(question)
    assert f"{answer.value} {answer.unit}" == figure, answer.answer
