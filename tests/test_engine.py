"""Questions end to end over a small invented corpus: answers, citations, abstentions, follow-ups, bad input."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import BadQuestion, EmptyCorpus, NoSuchDocument
from ingest.store import SqlCorpus, open_corpus
from qa.answer import Answer
from qa.engine import Engine
from qa.followup import Context
from qa.planjson import plan_from_json
from qa.result import Status
from tests.questions_corpus import agency_extract, small_corpus


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlCorpus]:
    made = small_corpus(Path(tmp_path_factory.mktemp("store")))
    yield made
    made.close()


@pytest.fixture(scope="module")
def engine(corpus: SqlCorpus) -> Engine:
    return Engine(corpus)


def figure(answer: Answer) -> str:
    return f"{answer.value} {answer.unit}"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("某市科学技术协会科普活动花了多少钱", "265.00 万元"),
        ("科普活动是多少元", "2650000 元"),
        ("科普活动的项目支出", "265.00 万元"),
        ("编码2060704安排了多少", "125.00 万元"),
        ("科普活动和学术交流活动一共多少", "390.00 万元"),
        ("科普活动比学术交流活动多多少", "140.00 万元"),
        ("学术交流活动比科普活动少多少", "140.00 万元"),
        ("科普活动占科学技术普及的比例", "52.9989 %"),
        ("科普活动占多大比例", "37.8571 %"),
        ("科普活动是学术交流活动的几倍", "2.12 倍"),
        ("科学技术普及下面哪一项花钱最多", "265.00 万元"),
        ("科技馆最贵的项目是什么", "200.00 万元"),
        ("科技馆第二贵的项目", "125.00 万元"),
        ("科技馆有多少个项目", "3 个"),
        ("科技馆平均每个项目多少钱", "121.6667 万元"),
        ("科技馆有几个超过100万元的项目", "2 个"),
        ("机关运行经费比上年增长百分之几", "10.0 %"),
        ("机关运行经费比上年增加多少", "8.00 万元"),
        ("去年机关运行经费是多少", "80.00 万元"),
        ("如果科普活动增长10%是多少", "291.50 万元"),
        ("按530万人算，人均科普活动经费是多少", "0.50 元"),
        ("展品更新要更新多少件", "10 件"),
        ("2023年科普活动是多少", "212.00 万元"),
        ("How much is budgeted for academic exchange activities?", "125.00 万元"),
        ("What percentage of science popularization is academic exchange activities?", "24.9995 %"),
        ("What is the most expensive project of the science museum?", "200.00 万元"),
        ("How many projects does the science museum run?", "3 个"),
        ("How much more is spent on 科普活动 than on 学术交流活动?", "140.00 万元"),
    ],
)
def test_a_question_has_its_figure(engine: Engine, question: str, expected: str) -> None:
    answer = engine.ask(question)
    assert answer.status in (Status.ANSWERED, Status.AMBIGUOUS), answer.answer
    assert figure(answer) == expected, answer.answer
    assert answer.citations


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("基本支出是什么意思", "保障机构正常运转"),
        ("机关运行经费为什么增长", "人员增加"),
        ("科学技术普及包括哪些", "学术交流活动"),
        ("某市科学技术协会的主要职责", "开展科学普及"),
        ("政府性基金预算支出有多少", "没有"),
    ],
)
def test_a_question_has_its_words(engine: Engine, question: str, said: str) -> None:
    answer = engine.ask(question)
    assert said in answer.answer
    assert answer.citations


@pytest.mark.parametrize(
    "question",
    [
        "2019年的科普活动支出是多少",
        "某市水利局的预算是多少",
        "2024年科普活动实际支出多少",
        "今天天气怎么样",
        "How much did the association actually spend on 科普活动 in 2024?",
        "一共有多少名志愿者参加",
    ],
)
def test_what_is_not_held_is_not_answered(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert answer.status is Status.ABSTAINED, answer.answer
    assert answer.value is None
    assert answer.answer


def test_a_budget_is_not_called_spending(engine: Engine) -> None:
    assert any("不是实际支出" in n for n in engine.ask("某市科学技术协会科普活动花了多少钱").notes)


def test_the_same_item_of_two_agencies_is_ambiguous(engine: Engine) -> None:
    answer = engine.ask("总支出是多少")
    assert answer.status is Status.AMBIGUOUS
    assert {figure(answer), *(f"{a.value} {a.unit}" for a in answer.alternatives)} == {"700.00 万元", "50.00 万元"}


def test_a_document_can_be_named(engine: Engine) -> None:
    assert figure(engine.ask("总支出是多少", document="b")) == "50.00 万元"
    with pytest.raises(NoSuchDocument):
        engine.ask("总支出是多少", document="nowhere")


def test_the_json_form_is_complete_and_reads_back(engine: Engine) -> None:
    answer = engine.ask("科普活动占科学技术普及的比例")
    data = json.loads(json.dumps(answer.to_json(), ensure_ascii=False))
    assert list(data) == [
        "question", "language", "status", "answer", "value", "unit", "items", "plan", "steps", "citations",
        "alternatives", "notes", "elapsed_ms", "confidence",
    ]  # fmt: skip
    assert data["confidence"] == round(answer.confidence, 4)
    cell = data["citations"][0]
    assert list(cell) == ["document", "file", "page", "table", "row", "code", "column", "text", "bbox"]
    assert (cell["row"], cell["text"], len(cell["bbox"])) == (["科学技术支出", "科学技术普及", "科普活动"], "265.00", 4)
    assert plan_from_json(data["plan"]) == answer.plan
    assert engine.run(plan_from_json(data["plan"])).quantity is not None


def test_every_item_points_at_its_citation(engine: Engine) -> None:
    answer = engine.ask("科技馆最贵的两个项目")
    assert [(i.value, answer.citations[i.citation].text) for i in answer.items] == [
        ("200.00", "200.00"), ("125.00", "125.00"),
    ]  # fmt: skip


def test_follow_ups_lean_on_the_turns_before(engine: Engine) -> None:
    context = Context()
    figures = []
    for question in ("2024年科普活动是多少", "那学术交流活动呢？", "两者差多少？"):
        answer = engine.ask(question, context)
        context = context.after(question, answer.plan)
        figures.append(figure(answer))
    assert figures == ["265.00 万元", "125.00 万元", "140.00 万元"]


def test_a_follow_up_may_change_the_year(engine: Engine) -> None:
    first = engine.ask("How much is 科普活动 in 2024?")
    context = Context().after(first.question, first.plan)
    assert figure(engine.ask("and in 2023?", context)) == "212.00 万元"


def test_without_context_nothing_is_remembered(engine: Engine) -> None:
    engine.ask("2024年科普活动是多少")
    assert engine.ask("两者差多少？").status is Status.ABSTAINED


@pytest.mark.parametrize("question", ["", "  \n", "科" * 100_000, "\x00\x01\x02科普"])
def test_what_is_no_question_is_refused(engine: Engine, question: str) -> None:
    with pytest.raises(BadQuestion):
        engine.ask(question)


@pytest.mark.parametrize(
    "question", ["'; DROP TABLE facts; --", "{label}{0}", "@@@@@", "((((", "？？？", "%s %n", "﷽" * 50, "占占占占占"]
)
def test_hostile_text_is_answered_calmly(engine: Engine, question: str) -> None:
    assert engine.ask(question).value is None


def test_an_empty_corpus_says_what_to_do(tmp_path: Path) -> None:
    corpus = open_corpus(tmp_path, create=True)
    with pytest.raises(EmptyCorpus, match="budgetqa ingest"):
        Engine(corpus).ask("科普活动")
    corpus.close()


def test_a_new_document_is_seen(tmp_path: Path) -> None:
    corpus = open_corpus(tmp_path, create=True)
    corpus.add(agency_extract(2023, "first"))
    engine = Engine(corpus)
    assert engine.ask("2024年科普活动是多少").status is Status.ABSTAINED
    corpus.add(agency_extract(2024, "second"))
    assert figure(engine.ask("2024年科普活动是多少")) == "265.00 万元"
    corpus.close()


def test_the_trace_tells_names_plan_cells_and_outcome(engine: Engine) -> None:
    trace = "\n".join(engine.ask("科普活动和学术交流活动一共多少").trace)
    for part in ("question read as", "may name the item", "plan: ", "read: page 3", "step: 265.00 + 125.00", "outcome"):
        assert part in trace
