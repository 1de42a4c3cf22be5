"""Questions and documents that try to be more than text are shown as text, nowhere as markup, and fit the screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from ingest.store import open_corpus
from tests.browser import CHROMIUM, WAIT_MS, idle, served, visit
from tests.factories import build_extract, build_table, item

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (Debian package chromium)")
MARKUP = "<img src=x onerror=document.title=1><b>x</b> **y** [z](javascript:1) :red[r] $a$ `c` ![i](http://i.test/i)"
LONG = "长" * 300 + "w" * 300
# What nothing of ours is, but for references to copy.
_OUTSIDE = "all => all.filter(e => !e.closest('[data-testid=stCode]')).map(e => e.outerHTML)"
MADE = "[data-testid=stMain] :is(b, script, [onerror], code, .katex, a[href^=javascript], img[src*='i.test'], [src=x])"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app over two years of a document whose every name is hostile."""
    store = tmp_path_factory.mktemp("hostile")
    corpus = open_corpus(store, create=True)
    for year in (2023, 2024):
        items = [
            item(f"{MARKUP}支出", "206", 0, "5.00"), item(f"{MARKUP}活动", "20607", 1, "3.00"),
            item(LONG, "20608", 1, "2.00"), item("合计", None, 0, "5.00", total=True),
        ]  # fmt: skip
        table = build_table("T1", f"{MARKUP}部门支出预算总表", items, (f"总计{MARKUP}",))
        corpus.add(build_extract(f"{year}{MARKUP}".replace("/", "-"), (table,), f"市{MARKUP}局", year))
    corpus.close()
    with served(store, store / "app.log") as url:
        yield url


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Page:
    made = chromium.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN").new_page()
    made.set_default_timeout(WAIT_MS)
    return made


def is_text(page: Page) -> None:
    """Nothing was made of what names and questions hold, and all of it fits."""
    assert page.locator(MADE).evaluate_all(_OUTSIDE) == []
    assert page.title() not in ("", "1")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("question", [MARKUP, LONG, "2024年总支出预算是多少", "20607是多少"])
def test_questions_and_answers(page: Page, address: str, question: str) -> None:
    visit(page, f"{address}/?q={quote(question)}")
    assert page.get_by_test_id("stChatMessage").first.inner_text().strip().endswith(question)
    is_text(page)


@pytest.mark.parametrize("path", ["", "documents", "verify", "audit"])
def test_pages(page: Page, address: str, path: str) -> None:
    visit(page, f"{address}/{path}")
    is_text(page)


def test_charts_and_tables(page: Page, address: str) -> None:
    visit(page, f"{address}/explore")
    is_text(page)
    for part in ("支出结构", "收入与支出", "历年", "两份对比"):
        page.get_by_role("radio", name=part).click()
        idle(page)
        is_text(page)


def test_file_names(page: Page, address: str, tmp_path: Path) -> None:
    file = tmp_path / f"{MARKUP.replace('/', '-')}.pdf"
    file.write_bytes(b"%PDF-1.4 nothing more")
    visit(page, f"{address}/documents")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="读入").click()
    page.get_by_text("没有读入").wait_for(timeout=60_000)
    is_text(page)
