"""The app without a mouse: Tab and Enter ask, open evidence, choose another reading, lead a chart's part to its row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import CHROMIUM, WAIT_MS, headline, idle, served, visit

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (Debian package chromium)")
MOST_STEPS = 40
_FOCUSED = """() => { const e = document.activeElement;
  return e.matches('a, button, input, textarea') ? e.getAttribute('aria-label') || e.innerText : ''; }"""
_RINGED = """() => { const s = getComputedStyle(document.activeElement);
  return s.boxShadow !== 'none' || (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0); }"""


@pytest.fixture(scope="module")
def address(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(sample_store, tmp_path_factory.mktemp("log") / "app.log") as url:
        yield url


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    opened = context.new_page()
    opened.set_default_timeout(WAIT_MS)
    yield opened
    context.close()


def tab_to(page: Page, words: str) -> None:
    """Tab on until what has the focus is named by the words."""
    seen = []
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(_FOCUSED))
        if words in seen[-1]:
            return
    raise AssertionError(f"{words} not among {seen}")


def test_a_question_is_asked_and_another_reading_chosen(page: Page, address: str) -> None:
    visit(page, address)
    tab_to(page, "问一个预算问题")
    page.keyboard.type("科学普及花了多少钱")
    page.keyboard.press("Enter")
    idle(page)
    first = headline(page)
    tab_to(page, "部门支出预算总表")
    assert page.evaluate(_RINGED)
    page.keyboard.press("Enter")
    idle(page)
    assert headline(page) != first
    tab_to(page, "看依据")
    page.keyboard.press("Enter")
    idle(page)
    assert headline(page) == first
    for words in ("打开 PDF 的这一页", "Copy to clipboard"):
        tab_to(page, words)


def test_a_chart_leads_to_its_row(page: Page, address: str) -> None:
    visit(page, f"{address}/explore")
    tab_to(page, "表格")
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    idle(page)
    expect(page.get_by_test_id("stVegaLiteChart")).to_be_visible()
    expect(page.locator("[class*=st-key-picture-] img")).to_have_count(0)
    page.locator("[data-testid=stDataFrame] canvas").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    idle(page)
    expect(page.locator("[class*=st-key-picture-] img")).to_be_visible()
