"""What a page looks like: nothing too pale to read, nothing wider than the screen, the navigation always in view."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import CHROMIUM, WAIT_MS, idle, served, visit

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (Debian package chromium)")
QUESTIONS = ("科学普及花了多少钱", "2024年绍兴市科协的科普活动和学术交流活动一共多少？", "杭州市水利局2026年预算是多少")
PATHS = (*(f"?q={quote(question)}" for question in QUESTIONS), "", "explore", "documents", "verify", "audit")
# Contrast of all words drawn by the browser, by WCAG 2.2 (1.4.3): 4.5, or 3 where they are large. Words of what is
# switched off and icons beside words need none.
_PALE = """() => {
  const parse = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const over = (top, under) => { const a = top[3] === undefined ? 1 : top[3];
    return [0, 1, 2].map(i => top[i] * a + under[i] * (1 - a)); };
  const light = c => { const [r, g, b] = c.map(v => { v /= 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const behind = e => { const layers = [];
    for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
      layers.push(c); if (c.length && (c[3] === undefined || c[3] === 1)) break; }
    return layers.reverse().reduce((under, c) => c.length ? over(c, under) : under, [255, 255, 255]); };
  const pale = [];
  for (const e of document.querySelectorAll('body *')) {
    const own = [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.textContent.trim()).join('');
    if (!own || !e.checkVisibility({visibilityProperty: true}) || e.closest('[aria-hidden=true], :disabled')) continue;
    const style = getComputedStyle(e), size = parseFloat(style.fontSize);
    let faded = 1; for (let p = e; p; p = p.parentElement) faded *= parseFloat(getComputedStyle(p).opacity);
    if (!size || !faded) continue;
    const under = behind(e), ink = parse(style.color);
    ink[3] = (ink[3] === undefined ? 1 : ink[3]) * faded;
    const [a, b] = [light(over(ink, under)), light(under)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    if (ratio < (large ? 3 : 4.5)) pale.push(`${own.slice(0, 30)} ${ratio.toFixed(2)}`);
  }
  return pale; }"""


@pytest.fixture(scope="module")
def address(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(sample_store, tmp_path_factory.mktemp("log") / "app.log") as url:
        yield url


@pytest.fixture(scope="module", params=["light", "dark"])
def page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, locale="zh-CN", color_scheme=request.param, reduced_motion="reduce"
    )
    opened = context.new_page()
    opened.set_default_timeout(WAIT_MS)
    yield opened
    context.close()


@pytest.mark.parametrize("path", PATHS)
def test_all_words_are_read_and_fit(page: Page, address: str, path: str) -> None:
    visit(page, f"{address}/{path}")
    assert page.evaluate(_PALE) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for name in ("提问", "浏览", "文件", "核对", "审计"):
        expect(page.locator(".st-key-narrow-nav").get_by_role("link", name=name)).to_be_in_viewport()


def test_the_narrow_navigation_leads_on(page: Page, address: str) -> None:
    visit(page, address)
    page.locator(".st-key-narrow-nav").get_by_role("link", name="浏览").click()
    idle(page)
    expect(page.get_by_role("heading", name="浏览")).to_be_visible()
    for part in ("收入与支出", "历年"):
        page.get_by_role("radio", name=part).click()
        idle(page)
        assert page.evaluate(_PALE) == []


def test_verdicts_and_their_reasons_are_read(page: Page, address: str) -> None:
    visit(page, f"{address}/verify")
    text = "2024年绍兴市科学技术协会科普活动预算325万元，学术交流活动预算250万元。2024年绍兴市水利局总支出1万元。"
    page.locator("textarea").fill(text)
    page.get_by_role("button", name="核对").click()
    expect(page.get_by_role("button", name="下载核对报告")).to_be_visible()
    idle(page)
    assert page.evaluate(_PALE) == []
