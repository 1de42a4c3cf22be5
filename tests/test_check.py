"""The check between plan and answer: look-alikes are withheld, plain questions answered, better readings taken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.records import TableKind
from ingest.store import SqlCorpus, open_corpus
from qa.case import Doubt
from qa.check import ENOUGH, Checked, weights, withhold
from qa.engine import Engine
from qa.foreign import untold
from qa.phrase import wordings
from qa.question import Language
from qa.result import Result, Status
from qa.unexplained import is_slip, without_suffix
from tests.factories import build_extract, build_table, item

AGENCY = "某市科学技术协会"
BASIC = (
    item("合计", None, 0, "700.00", total=True),
    item("工资福利支出", "301", 0, "100.00"),
    item("基本工资", "30101", 1, "100.00"),
    item("商品和服务支出", "302", 0, "600.00"),
    item("办公费", "30201", 1, "100.00"),
    item("邮电费", "30207", 1, "180.00"),
    item("公务接待费", "30217", 1, "20.00"),
    item("培训费", "30216", 1, "300.00"),
)
ELSEWHERE = (item("合计", None, 0, "9.00", total=True), item("电费", "30206", 0, "9.00"))
PUBLIC = (item("合计", None, 0, "50.00", "10.00", "40.00", total=True),)
PUBLIC_COLUMNS = ("“三公”经费合计", "公务接待费", "因公出国（境）费用")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlCorpus]:
    made = open_corpus(Path(tmp_path_factory.mktemp("store")), create=True)
    basic = build_table("T1", "一般公共预算基本支出表", BASIC, columns=("合计",), kind=TableKind.BASIC)
    public = build_table("T2", "“三公”经费支出表", PUBLIC, columns=PUBLIC_COLUMNS, kind=TableKind.THREE_PUBLIC)
    made.add(build_extract("a", (basic, public), AGENCY))
    other = build_table("T1", "一般公共预算基本支出表", ELSEWHERE, columns=("合计",), kind=TableKind.BASIC)
    made.add(build_extract("b", (other,), "某县水利局"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def engine(corpus: SqlCorpus) -> Engine:
    return Engine(corpus)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("请问某市科协2024年办公费大概是多少", "100.00"),
        ("麻烦帮我查一下某市科学技术协会的邮电费，谢谢", "180.00"),
        ("某市科协的办公费换算成元以后再告诉我，以元为单位回答", "1000000"),
        ("听同事念叨某市科协的邮电费，劳您大驾给个准数", "180.00"),
        ("某市科协好端端的，为了培训费到底掏出去多少", "300.00"),
        ("某市科协办公费和邮电费加起来多少", "280.00"),
        ("某市科协培训费比办公费多多少", "200.00"),
        ("某市科协公务接代费是多少", "10.00"),  # of the 三公, of which the basic expenditure pays a part
    ],
)
def test_plain_questions_are_answered(engine: Engine, question: str, value: str) -> None:
    answer = engine.ask(question)
    assert answer.value == value, answer.trace
    assert answer.confidence >= ENOUGH


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("某市科协2024年电费是多少", "name"),
        ("某市科协2024年无人机培训费是多少", "words"),
        ("某市科协2024年培训费的人均是多少", "operation"),
        ("某市科协2024年3月份办公费是多少", "month"),
        ("某市科协校长的基本工资是多少", "person"),
        ("某市科协局长2024年培训费报了多少", "words"),
        ("某市科协2024年女职工培训费是多少", "words"),
        ("某市科协2024年单独的培训费是多少", "words"),
        ("How much is budgeted for female staff training?", "words"),
    ],
)
def test_look_alikes_are_withheld_with_what_is_near(engine: Engine, question: str, kind: str) -> None:
    answer = engine.ask(question)
    assert answer.status is Status.ABSTAINED, answer.trace
    assert answer.value is None
    if answer.doubts:
        assert kind in answer.doubts
        assert answer.alternatives
        assert any(line.startswith("confidence: 0.") for line in answer.trace)


def test_nothing_is_withheld_where_nothing_is_asked_to_be(corpus: SqlCorpus) -> None:
    open_handed = Engine(corpus, enough=0.0)
    answer = open_handed.ask("某市科协2024年无人机培训费是多少")
    assert answer.value == "300.00"
    assert answer.confidence < ENOUGH


def test_a_share_is_taken_in_one_table(engine: Engine) -> None:
    """公务接待费 is 20.00 of the basic expenditure and 10.00 of the “三公”经费, whose share is asked for."""
    answer = engine.ask("某市科协公务接待费占三公经费的百分之几")
    assert answer.value == "20.00", answer.trace
    assert {c.table for c in answer.citations} == {"“三公”经费支出表"}


def test_every_doubt_has_a_weight_and_a_wording() -> None:
    for language in Language:
        worded = {k.removeprefix("abstain.doubt.") for k in wordings(language) if k.startswith("abstain.doubt.")}
        assert worded == {*weights(), "unsure"}


@given(st.sampled_from(sorted(weights())), st.floats(0, 1))
def test_an_answer_is_withheld_exactly_below_the_threshold(kind: str, confidence: float) -> None:
    result = Result(Status.ANSWERED, "lookup", "办公费")
    said = withhold(result, Checked(confidence, (Doubt(kind, "x"),)))
    assert (said is result) == (confidence >= ENOUGH)
    assert said is result or (said.status is Status.ABSTAINED and said.said == f"abstain.doubt.{kind}")


def test_a_body_of_the_documents_prose_is_not_foreign() -> None:
    prose = ["本部门包括街道本部以及下属5家预算单位，其中社区事务受理服务中心一家。"]
    assert untold(("街道本部", "服务中心"), prose) == ()
    assert untold(("教育局", "学前教育"), [*prose, "学前教育是指三至六岁的教育。"]) == ("教育局", "学前教育")


@pytest.mark.parametrize(
    ("said", "label", "bare"),
    [("津帖补贴支出", "津贴补贴", "津帖补贴"), ("津帖补贴培训", "津贴补贴", "津帖补贴培训"), ("电费", "电费", "电费")],
)
def test_a_slip_is_looked_for_without_the_words_a_name_may_lack(said: str, label: str, bare: str) -> None:
    assert without_suffix(said, label) == bare


@pytest.mark.parametrize(
    ("said", "label", "slip"),
    [
        ("公务接代费", "公务接待费", True),
        ("差率费", "差旅费", True),
        ("印刷费", "印花费", False),
        ("会义费", "会议费", True),
        ("水费", "电费", False),
        ("购房补贴", "提租补贴", False),
        ("事业单位医疗", "行政单位医疗", False),
    ],
)
def test_one_wrong_character_is_a_slip_two_are_another_name(said: str, label: str, slip: bool) -> None:
    assert is_slip(said, label) is slip
