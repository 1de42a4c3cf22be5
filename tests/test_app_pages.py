"""The pages beside Ask run over a corpus, show what they should, and refuse in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ingest.store import open_corpus
from qa.verify.judge import MOST_CLAIMS
from tests.factories import sample_extract

SCRIPT = """
from app_pages.{module} import {function}
from app_pages.shell import open_shell
from qa.question import Language
from qa.webapp.settings import settings_from_environment
from qa.webapp.wording import Wording

{function}(open_shell(settings_from_environment(), Wording(Language.{language})))
"""


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    corpus = open_corpus(tmp_path, create=True)
    for extract in (sample_extract("a"), sample_extract("b", year=2023), sample_extract("c", agency="某市水利局")):
        corpus.add(extract)
    corpus.close()
    monkeypatch.setenv("BUDGETQA_STORE", str(tmp_path))
    return tmp_path


def opened(module: str, function: str = "", language: str = "ZH", **state: str) -> AppTest:
    script = SCRIPT.format(module=module, function=function or f"{module}_page", language=language)
    page = AppTest.from_string(script, default_timeout=60)
    for key, value in state.items():
        page.session_state[key.replace("_", "-")] = value
    page.run()
    assert not page.exception
    return page


@pytest.mark.parametrize("language", ["ZH", "EN"])
@pytest.mark.parametrize("part", ["tables", "tree", "flow", "trend", "compare"])
def test_explore_shows_every_part(store: Path, part: str, language: str) -> None:
    page = opened("explore", language=language, explore_part=part)
    all_of_it = {"ZH": "全部", "EN": "All"}[language]
    assert page.dataframe or page.info or all_of_it in [button.label for button in page.button]
    assert not page.error


def test_a_table_keeps_blank_dash_and_zero_apart(store: Path) -> None:
    page = opened("explore")
    frame = page.dataframe[0].value
    row = frame[frame["科目名称"] == "科普活动"].iloc[0]
    assert [str(value) for value in row.iloc[2:]] == ["390.00", "None", "390.00"] or row.iloc[3] is None


def test_a_search_without_a_match_says_so(store: Path) -> None:
    page = opened("explore")
    page.text_input[0].set_value("没有这一行").run()
    assert "没有这一行" in page.info[0].value


def test_verify_judges_each_claim(store: Path) -> None:
    page = opened("verify")
    page.text_area[0].set_value("某市科学技术协会2024年科普活动预算为390.00万元，机构运行预算为999.00万元。")
    page.button[0].click().run()
    assert not page.exception
    shown = " ".join(element.value for element in page.markdown)
    assert "属实" in shown and "不符" in shown and "110" in shown


def test_verify_says_where_it_stopped(store: Path) -> None:
    page = opened("verify")
    page.text_area[0].set_value("经费为1万元。" * (MOST_CLAIMS + 1))
    page.button[0].click().run()
    assert not page.exception
    assert str(MOST_CLAIMS) in page.warning[0].value


def test_audit_lists_the_checks_with_their_outcome(store: Path) -> None:
    page = opened("audit", **{f"outcome_audit_{sample_extract('a').document.id}": "held"})
    told = page.dataframe[0].value["说明"].tolist()
    assert told == ["2024年部门支出预算总表，合计，总计：700.00 万元，其下 2 项之和为 700.00 万元"]


def test_documents_are_listed_and_removed_only_where_allowed(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened("documents")
    assert page.dataframe[0].value["年度"].tolist() == [2024, 2023, 2024]
    assert any("移除这份文件" in caption.value for caption in page.caption)
    monkeypatch.setenv("BUDGETQA_UPLOAD", "off")
    closed = opened("documents")
    assert any("不接受上传" in caption.value for caption in closed.caption)
    assert not any("移除这份文件" in caption.value for caption in closed.caption)
    assert not closed.get("file_uploader") and not [b for b in closed.button if b.key == "remove"]
