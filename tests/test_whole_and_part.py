"""What an organisation or agency has as a whole is not what it has for one matter; who has most; exact names kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.store import SqlCorpus
from qa.engine import Engine
from qa.result import Status
from tests.factories import build_extract, build_table, item
from tests.questions_corpus import AGENCY, small_corpus


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlCorpus]:
    made = small_corpus(Path(tmp_path_factory.mktemp("store")))
    yield made
    made.close()


@pytest.mark.parametrize(
    ("question", "value", "said"),
    [
        ("学术交流活动比科普活动贵多少", "-140.00", "学术交流活动比科普活动少 140.00 万元"),
        ("会议费、差旅费加一块儿是多少", "110.00", "会议费、差旅费合计"),
        ("科技馆的预算是多少", "365.00", "合计 365.00 万元"),
        ("科学技术支出有哪些款级科目", "500.01", "科学技术普及"),
        ("谁的预算最多", "700.00", "最多的是某市科学技术协会"),
        ("科技馆超过110万的项目有哪些", "2", "展品更新 200.00 万元、水电费 125.00 万元"),
        ("How many times as large as in 2023 is 科普活动 in 2024?", "1.25", "2024 科普活动 is 1.25 times"),
    ],
)
def test_answers(corpus: SqlCorpus, question: str, value: str, said: str) -> None:
    answer = Engine(corpus).ask(question)
    assert answer.status is Status.ANSWERED
    assert answer.value == value
    assert said in answer.answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("某市科学技术协会会议费比上年减少多少", "比上年减少 0.20 万元"),
        ("How did the spending on 科普活动 of 某市科学技术协会 change from 2023 to 2024?", "on the year before"),
    ],
)
def test_a_fall_is_told_without_a_sign(corpus: SqlCorpus, question: str, said: str) -> None:
    answer = Engine(corpus).ask(question)
    assert said in answer.answer
    assert "-" not in answer.answer


def test_an_organisation_without_a_printed_budget_is_not_ranked_by_one_matter(corpus: SqlCorpus) -> None:
    """Only projects are printed for each organisation: no first project and no 三公 stands for its budget."""
    answer = Engine(corpus).ask("某市科学技术协会下属哪个单位预算最多")
    assert answer.status is Status.ABSTAINED
    assert answer.value is None


def test_a_change_over_several_years_names_the_first(tmp_path: Path) -> None:
    corpus = small_corpus(tmp_path)
    rows = (item("合计", None, 0, "900.00", total=True), item("科普活动", "2060702", 0, "300.00"))
    table = build_table("T1", "2021年部门支出预算总表", rows, ("总计",))
    corpus.add(build_extract("d", (table,), AGENCY, 2021))
    answer = Engine(corpus).ask("某市科学技术协会2024年科普活动比2021年减少了多少")
    corpus.close()
    assert answer.value == "35.00"
    assert "科普活动比2021年减少 35.00 万元" in answer.answer
