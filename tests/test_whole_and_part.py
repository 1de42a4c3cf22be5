"""What an organisation or agency has as a whole is not what it has for one matter; who has most; exact names kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.store import SqlCorpus
from qa.engine import Engine
from qa.result import Status
from tests.questions_corpus import small_corpus


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


def test_an_organisation_without_a_printed_budget_is_not_ranked_by_one_matter(corpus: SqlCorpus) -> None:
    """Only projects are printed for each organisation: no first project and no 三公 stands for its budget."""
    answer = Engine(corpus).ask("某市科学技术协会下属哪个单位预算最多")
    assert answer.status is Status.ABSTAINED
    assert answer.value is None
