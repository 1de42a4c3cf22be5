"""The page answers a question with its citation, follows up, shares, and shows errors and hostile text as text."""

from __future__ import annotations

import tomllib
from argparse import Namespace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ingest.store import open_corpus
from qa.commands.app import DEFAULT_PORT, LOCALHOST, command_line
from tests.factories import sample_extract

APP = Path(__file__).resolve().parent.parent / "app.py"
HOSTILE = "**x** <b>y</b> [z](javascript:1) $a$ :red[b]"


def make_store(folder: Path) -> Path:
    corpus = open_corpus(folder, create=True)
    corpus.add(sample_extract("a"))
    corpus.add(sample_extract("b", year=2023))
    corpus.close()
    return folder


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("BUDGETQA_STORE", str(make_store(tmp_path)))
    return AppTest.from_file(str(APP), default_timeout=60)


def ask(page: AppTest, question: str) -> AppTest:
    page.chat_input[0].set_value(question)
    page.run()
    assert not page.exception
    return page


def button(page: AppTest, words: str) -> None:
    next(b for b in page.button if words in b.label.replace("\\", "")).click().run()
    assert not page.exception


def texts(page: AppTest) -> list[str]:
    return [element.value for kind in (page.markdown, page.caption, page.text) for element in kind]


def test_a_question_is_answered_with_its_place(page: AppTest) -> None:
    ask(page.run(), "2024年科普活动预算是多少")
    assert page.header[0].value == "390\\.00 万元"
    assert any("某市科学技术协会 · 2024 · 预算" in caption.value for caption in page.caption)
    assert any("2060702" in code.value and "第3页" in code.value for code in page.code)


def test_first_questions_are_answered_on_a_click(page: AppTest) -> None:
    page.run()
    first = next(b for b in page.button if b.key == "first-0")
    first.click().run()
    assert not page.exception
    assert page.header


def test_a_follow_up_leans_on_what_was_asked(page: AppTest) -> None:
    ask(page.run(), "2024年科普活动预算是多少")
    ask(page, "那机构运行呢？")
    assert page.header[0].value == "110\\.00 万元"
    assert page.query_params["q"] == ["2024年科普活动预算是多少", "那机构运行呢？"]


def test_an_address_reopens_a_follow_up(page: AppTest) -> None:
    page.query_params["q"] = ["2024年科普活动预算是多少", "那机构运行呢？"]
    page.run()
    assert not page.exception
    assert page.header[0].value == "110\\.00 万元"


def test_an_earlier_answer_is_shown_again(page: AppTest) -> None:
    ask(page.run(), "2024年科普活动预算是多少")
    ask(page, "2024年机构运行预算是多少")
    assert page.query_params["q"] in ("2024年机构运行预算是多少", ["2024年机构运行预算是多少"])
    button(page, "看依据")
    assert page.header[0].value == "390\\.00 万元"
    assert page.query_params["q"] in ("2024年科普活动预算是多少", ["2024年科普活动预算是多少"])


def test_another_reading_is_asked_again(page: AppTest) -> None:
    ask(page.run(), "2024年科学普及预算是多少")
    others = [b for b in page.button if (b.key or "").startswith("other-")]
    assert others
    assert "部门支出预算总表" in others[0].label and "第 3 页" in others[0].label
    wanted = others[0].label.replace("\\", "").partition("**")[2].split()[0]
    others[0].click().run()
    assert not page.exception
    assert page.header[0].value.replace("\\", "").split()[0] == wanted


def test_an_abstention_offers_what_is_there(page: AppTest) -> None:
    ask(page.run(), "杭州市水利局2024年预算是多少")
    assert page.warning and not page.header
    button(page, "2024年")
    assert page.header


def test_a_new_conversation_forgets(page: AppTest) -> None:
    ask(page.run(), "2024年科普活动预算是多少")
    button(page, "新的对话")
    assert not page.header and "q" not in page.query_params


def test_english_interface(page: AppTest) -> None:
    page.query_params["lang"] = "en"
    page.run()
    assert page.title[0].value == "Budget questions"
    ask(page, "How much is budgeted for 科普活动 in 2024?")
    assert page.header[0].value == "390\\.00 万元"
    assert any("2024 · budget" in caption.value for caption in page.caption)


def test_an_empty_corpus_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUDGETQA_STORE", str(tmp_path / "none"))
    page = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not page.exception
    assert "budgetqa ingest" in page.info[0].value and "“文件”页" in page.info[0].value


def test_a_wrong_setting_is_one_sentence(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUDGETQA_UPLOAD_PAGES", "many")
    page.run()
    assert "BUDGETQA\\_UPLOAD\\_PAGES" in page.error[0].value


def test_nothing_of_a_question_is_markdown(page: AppTest) -> None:
    page.query_params["q"] = HOSTILE
    page.run()
    assert not page.exception
    assert HOSTILE in [text.value for text in page.text]
    for element in (*page.subheader, *page.header, *page.markdown, *page.caption, *page.warning):
        assert "<b>" not in element.value
        assert ":red[" not in element.value


def test_garbage_is_not_collected_after_every_run() -> None:
    served = command_line(Namespace(address=LOCALHOST, port=DEFAULT_PORT, headless=True))
    assert "--runner.postScriptGC=false" in served
    assert tomllib.loads((APP.parent / ".streamlit/config.toml").read_text())["runner"] == {"postScriptGC": False}


def test_the_server_started_anywhere_shows_no_traceback_and_takes_no_huge_file() -> None:
    served = command_line(Namespace(address=LOCALHOST, port=DEFAULT_PORT, headless=True))
    settings = tomllib.loads((APP.parent / ".streamlit/config.toml").read_text())
    assert f"--client.showErrorDetails={settings['client']['showErrorDetails']}" in served
    assert f"--server.maxUploadSize={settings['server']['maxUploadSize']}" in served


def test_sessions_do_not_see_each_other(page: AppTest) -> None:
    ask(page.run(), "2024年科普活动预算是多少")
    other = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not other.header
    assert not any("科普活动预算是多少" in text for text in texts(other))
