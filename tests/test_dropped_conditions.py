"""A condition that a question sets must be met or the answer withheld; asked of the sample budget and final account."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.engine import Engine
from qa.ownnouns import own_words
from tests.engines import engine_over

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
FILES = ("qinglan-wenlv-2024-budget-invented.pdf", "qinglan-wenlv-2024-final-invented.pdf")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    yield from engine_over(tmp_path_factory.mktemp("store"), [SAMPLES / name for name in FILES])


@pytest.mark.parametrize(
    "question",
    [
        "2024年决算里哪个项目自评得分最高，是多少分",  # no scores are held: money is no score
        "2024年预算里满意度不到90%的项目有几个",  # a threshold of something that is not held
        "2024年预算里巡查类型的项目平均一个多少钱",  # a sort of project of which only some members speak
        "2024年决算支出表中，2070999的支出是多少",  # a code that is not held, behind a comma
        "2024年预算公务接待费平均每批次多少",  # no batches are printed
        "2024年预算里哪个单位的得分最高",
    ],
)
def test_what_is_not_held_is_not_answered_by_the_whole(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert answer.status == "abstained", answer.answer


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("2024年决算支出表中，2070205的支出是多少", "1871.18 万元"),
        ("局里2024年印刷费预算多少", "70300 元"),
        ("24年预算里公务接待费多少", "47.83 万元"),
        ("办公费、印刷费这些商品和服务支出2024年预算一共多少", "8858800 元"),
        ("商品和服务支出 支出预算 2024", "8858800 元"),
    ],
)
def test_what_is_said_beside_a_name_does_not_hide_it(engine: Engine, question: str, figure: str) -> None:
    answer = engine.ask(question)
    assert f"{answer.value} {answer.unit}" == figure, answer.answer


def test_an_agency_goes_by_the_noun_it_ends_in() -> None:
    assert "学校" in set(own_words(["江海交通大学"]))
    assert "court" in set(own_words(["云溪市中级人民法院"]))
    assert "学校" not in set(own_words(["云溪市水务局"]))
