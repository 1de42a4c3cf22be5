"""What only the prose tells: figures of sentences, passages, whether there is any; and what it does not tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.declarations import read_declarations
from ingest.records import Extract, Passage, PassageKind, PassageLine
from ingest.sentences import read_statements
from ingest.store import SqlCorpus, open_corpus
from qa.answer import Answer
from qa.engine import Engine
from qa.link import linker_for
from qa.plan import Read
from qa.planjson import plan_from_json, plan_to_json
from qa.prose.account import weigh
from qa.prose.asked import read_asked
from qa.prose.figures import find_figure
from qa.prose.shelf import Shelf
from qa.result import Status
from qa.told import NOTHING
from tests.factories import build_extract, build_table, item

AGENCY = "云溪镇人民政府"
DUTIES = ("一、主要职能",)
UNITS = ("二、机构设置",)
PROJECT = ("三、项目经费情况说明",)
OTHER = ("四、其他重要事项",)
VEHICLES = (*OTHER, "（一）三公经费")

TOWN: tuple[tuple[tuple[str, ...], str], ...] = (
    (DUTIES, "主要职能包括："),
    (DUTIES, "1. 兴修水利。负责河道清淤、堤坝加固，组织防汛抢险。"),
    (DUTIES, "2. 管理集市。监督食品摊点，查处短斤缺两。"),
    (DUTIES, "3. 承办上级交办的其他任务。"),
    (UNITS, "云溪镇人民政府设7个内设机构，包括：办公室、财政所等。另有3个派出机构。"),
    ((*UNITS, "（二）直属站所"), "1.云溪水务站"),
    ((*UNITS, "（二）直属站所"), "2.云溪农技站"),
    (
        (*PROJECT, "（一）项目概况"),
        "云溪镇文化活动中心新建工程位于东河路与南街路口，用地面积约为3200平方米，建筑高度为18.5米，主楼5层，附楼2层。"
        "建成后作为群众演出和图书借阅的场所。",
    ),
    ((*PROJECT, "（一）项目概况"), "本工程设计使用年限为70年，抗震设防烈度为6度。"),
    ((*PROJECT, "（二）实施周期"), "上半年完成土方，下半年封顶。"),
    ((*PROJECT, "（三）用款安排"), "第一季度用款计划20万元，第二季度用款计划30万元，第三季度用款计划40万元。"),
    (VEHICLES, "公务用车购置及运行维护费预算12.00万元，其中：公务用车购置费0万元，公务用车运行维护费12.00万元。"),
    (VEHICLES, "更换会议设备，主要原因是旧设备老化严重，已停产无法维修。"),
    (
        OTHER,
        "2024年面向中小企业预留政府采购项目预算金额90.00万元，其中，预留给小型和微型企业的政府采购项目预算为60.00万元。",
    ),
    (OTHER, "2024年编报绩效目标的项目8个，涉及项目预算资金345.60万元。"),
    (OTHER, "2024年无国有资本经营预算支出。"),
    (OTHER, "公用经费45.00万元，主要包括：办公费、印刷费、取暖费。"),
)


def passages_of(texts: Sequence[tuple[tuple[str, ...], str]]) -> tuple[Passage, ...]:
    """Paragraphs under their headings, the headings before them."""
    found: list[Passage] = []
    seen: set[tuple[str, ...]] = set()
    for section, text in texts:
        for depth in range(1, len(section) + 1):
            if section[:depth] not in seen:
                seen.add(section[:depth])
                found.append(_passage(len(found), PassageKind.HEADING, section[: depth - 1], section[depth - 1]))
        found.append(_passage(len(found), PassageKind.PARAGRAPH, section, text))
    return tuple(found)


def _passage(number: int, kind: PassageKind, section: tuple[str, ...], text: str) -> Passage:
    return Passage(f"P{number}", kind, section, text, (PassageLine(0, len(text), 2, None),))


def told(seed: str, agency: str, texts: Sequence[tuple[tuple[str, ...], str]]) -> Extract:
    """A document of one table and this prose, read as a file's would be."""
    rows = (item("合计", None, 0, "900.00", total=True), item("农林水支出", "213", 0, "900.00"))
    extract = build_extract(seed, (build_table("T1", "2024年部门支出预算总表", rows, ("总计",)),), agency)
    passages = passages_of(texts)
    statements, facts = read_statements(passages, extract.document.identity)
    return replace(
        extract, passages=passages, statements=statements, facts=(*extract.facts, *facts),
        declarations=read_declarations(passages),
    )  # fmt: skip


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlCorpus]:
    made = open_corpus(Path(tmp_path_factory.mktemp("store")), create=True)
    made.add(told("a", AGENCY, TOWN))
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
        ("新造的文化活动中心楼有多高", "18.5 米"),
        ("这个新建工程设计能用多少年", "70 年"),
        ("文化活动中心新建工程占多大一块地", "3200 平方米"),
        ("文化活动中心新建工程的附楼有几层", "2 层"),
        ("文化活动中心新建工程第三季度打算用多少钱", "40 万元"),
        ("预留给小微企业的采购项目有多少钱", "60.00 万元"),
        ("编报了绩效目标的项目涉及多少资金", "345.60 万元"),
        ("编报了绩效目标的项目涉及多少元资金", "3456000 元"),
        ("镇里有几个派出机构", "3 个"),
        ("How tall is the new cultural activity center building?", "18.5 米"),
    ],
)
def test_a_figure_of_a_sentence(engine: Engine, question: str, expected: str) -> None:
    answer = engine.ask(question)
    assert (answer.status, figure(answer)) == (Status.ANSWERED, expected), answer.answer
    assert answer.citations and answer.citations[0].section is not None


@pytest.mark.parametrize(
    ("question", "phrases"),
    [
        ("镇政府在兴修水利方面要做哪些事", ("河道清淤", "防汛抢险")),
        ("文化活动中心新建工程盖在什么地方", ("东河路与南街路口",)),
        ("文化活动中心新建工程建好以后拿来干什么", ("群众演出", "图书借阅")),
        ("文化活动中心新建工程的实施周期怎么安排", ("上半年完成土方",)),
        ("为啥要换会议设备", ("老化严重",)),
        ("直属站所名单", ("云溪水务站", "云溪农技站")),
    ],
)
def test_a_passage_is_quoted_whole(engine: Engine, question: str, phrases: tuple[str, ...]) -> None:
    answer = engine.ask(question)
    assert answer.status is Status.ANSWERED, answer.answer
    assert answer.value is None
    assert all(phrase in answer.answer for phrase in phrases)
    held = {h.record.text for h in engine.corpus.passages()}
    assert all(c.text in held for c in answer.citations)  # the document's own words, never a made sentence


@pytest.mark.parametrize(
    "question", ["今年有安排钱购置新的公务用车吗", "国有资本经营预算有没有安排支出", "打不打算添置公车"]
)
def test_whether_there_is_any(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert answer.status is Status.DECLARED_NONE, answer.answer
    assert answer.citations


@pytest.mark.parametrize(
    "question",
    [
        "文化活动中心新建工程的电梯有几部",  # a word that no passage holds
        "镇里第三季度支出多少",  # the quarters are the project's, not the town's
        "文化活动中心新建工程第四季度打算用多少钱",  # only three quarters are told
        "取暖费是多少",  # told among others, without a figure of its own
        "内设机构有多少名职工",
        "宁波市水利局有几个派出机构",
        "为什么要搬迁办公地点",
        "文化活动中心新建工程2022年第一季度用款多少",
        "How many parking spaces does the new cultural activity center have?",
        "How many staff does the town employ?",
    ],
)
def test_what_the_prose_does_not_tell_is_refused(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert answer.status is Status.ABSTAINED, answer.answer
    assert answer.value is None


@pytest.mark.parametrize(("question", "expected"), [("粮库东门有多高", "6"), ("粮库有多高", None)])
def test_two_figures_that_fit_as_well_are_none(tmp_path: Path, question: str, expected: str | None) -> None:
    corpus = open_corpus(tmp_path, create=True)
    corpus.add(told("a", AGENCY, ((OTHER, "粮库东门净高度为6米。"), (OTHER, "粮库西门净高度为9米。"))))
    document = corpus.documents()[0].id
    shelf, linked = Shelf(corpus), linker_for(corpus).link(question)
    asked = read_asked(linked)
    weights = weigh(asked, [p.opening for p in shelf.paragraphs(document)])
    found = find_figure(linked, asked, weights, shelf.figures(document), NOTHING)
    assert (found.figure.hit.fact.text if found is not None else None) == expected
    corpus.close()


def test_the_plan_of_a_reading_can_be_stored(engine: Engine) -> None:
    answer = engine.ask("新造的文化活动中心楼有多高")
    plan = plan_from_json(plan_to_json(answer.plan))
    assert engine.answer_plan(plan).value == answer.value
    assert isinstance(plan, Read)
    gone = replace(plan, fact="P999.F1")
    assert engine.answer_plan(gone).status is Status.ABSTAINED


def test_a_figure_beside_the_cell_is_not_read_again(engine: Engine) -> None:
    assert figure(engine.ask("农林水支出是多少")) == "900.00 万元"
    assert '"op": "lookup"' in "".join(engine.ask("农林水支出是多少").trace)
