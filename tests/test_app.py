"""The page answers a question with its citation, and shows errors and hostile text as text."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ingest.store import open_corpus
from tests.factories import sample_extract

APP = Path(__file__).resolve().parent.parent / "app.py"


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    corpus = open_corpus(tmp_path, create=True)
    corpus.add(sample_extract("a"))
    corpus.close()
    monkeypatch.setenv("BUDGETQA_STORE", str(tmp_path))
    return AppTest.from_file(str(APP), default_timeout=60)


def test_a_question_is_answered_with_its_place(page: AppTest) -> None:
    page.run()
    page.text_input[0].set_value("科普活动预算是多少").run()
    assert not page.exception
    assert "390" in page.subheader[0].value
    assert any("2060702" in markdown.value for markdown in page.markdown)


def test_an_empty_corpus_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUDGETQA_STORE", str(tmp_path / "none"))
    page = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not page.exception
    assert "budgetqa ingest" in page.error[0].value


def test_nothing_of_a_question_is_markdown(page: AppTest) -> None:
    page.query_params["q"] = "**x** <b>y</b> [z](javascript:1) $a$ :red[b]"
    page.run()
    assert not page.exception
    for element in (*page.subheader, *page.markdown, *page.caption):
        assert "<b>" not in element.value
        assert ":red[" not in element.value
