"""Questions over prose that tells other years and stages than the document's own. Names and figures are invented."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.records import Phase
from ingest.sentences import read_statements
from ingest.store import open_corpus
from qa.engine import Engine
from qa.result import Status
from tests.factories import build_extract
from tests.test_prose_read import passages_of, told

COUNTY = "云溪县财政局"
REPORT = (
    (
        ("一、2023年预算执行情况",),
        "全县地方一般公共预算收入完成8.10亿元，同比下降6.8%，其中：税收收入3.40亿元、非税收入4.70亿元。",
    ),
    (("一、2023年预算执行情况",), "全县财政一般公共预算支出完成41.20亿元，同比增长20.4%。"),
    (("二、“三公”经费情况",), "2024年公务接待费6.45万元，国内公务接待135批次，1390人。"),
    (
        ("一、2023年预算执行情况",),
        "2023年全县政府性基金预算支出共计63.00亿元，完成年度预算的108.6%，同比减少17.2%，决算数大于预算数4.99亿元。",
    ),
    (("二、“三公”经费情况",), "公务用车购置数和保有量分别为2辆、17辆。"),
)  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    corpus = open_corpus(Path(tmp_path_factory.mktemp("store")), create=True)
    corpus.add(told("r", COUNTY, REPORT))
    yield Engine(corpus)
    corpus.close()


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("税收收入多少", "3.40", "亿元"),
        ("一般公共预算支出同比增长多少", "20.4", "%"),
        ("一般公共预算收入同比下降了多少", "6.8", "%"),
        ("政府性基金预算支出同比减少多少", "17.2", "%"),  # no amount of the change is told
        ("政府性基金预算支出完成年度预算的百分之多少", "108.6", "%"),
        ("国内公务接待了多少人", "1390", "人"),
        ("国内公务接待了多少批次", "135", "批次"),
        ("公务用车保有量是几辆", "17", "辆"),
    ],
)
def test_figures_of_a_report(engine: Engine, question: str, value: str, unit: str) -> None:
    answer = engine.ask(question)
    assert (answer.status, (answer.value or "").removeprefix("-"), answer.unit) == (Status.ANSWERED, value, unit)


def test_a_figure_of_the_year_before_is_said_to_be_of_it(engine: Engine) -> None:
    assert engine.ask("税收收入多少").answer.startswith(f"{COUNTY}2023年决算")


def test_people_are_not_answered_by_visits(tmp_path: Path) -> None:
    corpus = open_corpus(tmp_path, create=True)
    corpus.add(told("v", COUNTY, ((("一、三公经费",), "2024年国内公务接待221批次。"),)))
    assert Engine(corpus).ask("国内公务接待了多少人").status is Status.ABSTAINED
    corpus.close()


@pytest.mark.parametrize(("asked", "value"), [("revenue", "47.10"), ("expenditure", "32.90")])
def test_english_words_for_receipts_name_no_payments(tmp_path: Path, asked: str, value: str) -> None:
    corpus = open_corpus(tmp_path, create=True)
    texts = ((("一、收支情况",), "2024年一般公共预算支出32.90亿元，一般公共预算收入47.10亿元。"),)
    corpus.add(told("e", COUNTY, texts))
    assert Engine(corpus).ask(f"How much was the general public budget {asked}?").value == value
    corpus.close()


def over_account(store: Path, agency: str, texts: Sequence[tuple[tuple[str, ...], str]]) -> Iterator[Engine]:
    """An engine over one final account that tells its figures in sentences."""
    corpus = open_corpus(store, create=True)
    extract = build_extract("c", (), agency, phase=Phase.ACTUAL)
    passages = passages_of(texts)
    statements, facts = read_statements(passages, extract.document.identity)
    corpus.add(replace(extract, passages=passages, statements=statements, facts=facts))
    yield Engine(corpus)
    corpus.close()


ACCOUNT = (
    (
        ("一、“三公”经费",),
        "2024年度“三公”经费财政拨款支出预算为8.00万元，支出决算为5.36万元。其中：公务接待费支出1.20万元。",
    ),
    (("二、床位",), "编制床位120张，实有床位150张。"),
    (("三、基金",), "2024年政府性基金预算收入安排7.20亿元，支出安排8.50亿元。"),
    (("三、基金",), "2023年政府性基金预算支出完成9.10亿元。"),
)  # fmt: skip


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    yield from over_account(Path(tmp_path_factory.mktemp("account")), "云溪县妇幼保健院", ACCOUNT)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("三公经费预算多少", "8.00"),
        ("三公经费决算多少", "5.36"),
        ("公务接待费预算多少", None),  # only what was spent is told
        ("2024年政府性基金预算支出安排多少", "8.50"),
    ],
)
def test_a_stage_asked_for_is_the_stage_told(account: Engine, question: str, value: str | None) -> None:
    assert account.ask(question).value == value


def test_two_counts_that_fit_as_well_are_both_shown(account: Engine) -> None:
    answer = account.ask("有多少张床位")
    assert answer.status is Status.AMBIGUOUS
    assert {answer.value, *(str(a.value) for a in answer.alternatives)} >= {"120", "150"}


COURT = (
    (
        ("一、“三公”经费",),
        "2024年度一般公共预算及政府性基金财政拨款“三公”经费支出决算42万元，比上年预算下降30%，比上年决算下降16%。",
    ),
    (("二、政府采购",), "政府采购规模为80万元。授予中小微企业的采购总额为60万元，其中授予小微企业的采购额为20万元。"),
    (("三、全市税收",), "全市收入安排50亿元，其中：税收收入36亿元。"),
    (("四、市本级收费",), "市本级收入安排20亿元，其中：专项收费9亿元。"),
)  # fmt: skip


@pytest.fixture(scope="module")
def court(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    yield from over_account(Path(tmp_path_factory.mktemp("court")), "云溪市人民法院", COURT)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("三公经费决算多少", "42"),  # the only label names its funds
        ("三公经费决算下降了百分之几", "16"),  # against the account before, not its budget
        ("授予中小微企业的采购总额是多少", "60"),
        ("全市税收收入多少", "36"),  # the place is told at the head of the paragraph
        ("全市专项收费多少", None),  # told of one level only
    ],
)
def test_labels_with_funds_places_and_firms(court: Engine, question: str, value: str | None) -> None:
    answer = court.ask(question)
    assert (answer.value or "").removeprefix("-") == (value or "")
    assert (answer.status is Status.ANSWERED) is (value is not None)
