"""The journeys of a reader in a browser: from a first click to the box on the page, uploads, exports, small screens."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from qa.page_image import BLUE, GREEN, VERMILION
from tests.browser import CHROMIUM, SAMPLES, WAIT_MS, ask, headline, idle, served, visit

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (Debian package chromium)")
QUESTION = "科学普及花了多少钱"
PAGE_WIDTH = 841.89  # points: the cited page is A4 landscape


@pytest.fixture(scope="module")
def address(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(sample_store, tmp_path_factory.mktemp("log") / "app.log") as url:
        yield url


@pytest.fixture
def page(chromium: Browser, address: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN", accept_downloads=True)
    opened = context.new_page()
    opened.set_default_timeout(WAIT_MS)
    yield opened
    # Kept to be looked at: BUDGETQA_SCREENSHOTS names the folder.
    folder = Path(os.environ.get("BUDGETQA_SCREENSHOTS") or tmp_path)
    opened.screenshot(path=folder / f"{request.node.name}.png")
    context.close()


def page_picture(page: Page) -> Image.Image:
    """The whole page as the browser got it."""
    source = page.locator("[class*=st-key-picture-] img").first.evaluate("image => image.src")
    data = page.request.get(source).body()
    return Image.open(io.BytesIO(data)).convert("RGB")


def test_a_first_question_by_click(page: Page, address: str) -> None:
    visit(page, address)
    page.locator(".st-key-first-0 button").click()
    idle(page)
    assert re.search(r"\d", headline(page))
    expect(page.locator("[class*=st-key-picture-] img").first).to_be_visible()


def test_the_box_stands_round_the_cited_cell(page: Page, address: str) -> None:
    visit(page, address)
    ask(page, QUESTION)
    assert headline(page) == "2,802.30 万元"
    picture = page_picture(page)
    scale = picture.width / PAGE_WIDTH  # streamlit scales a picture down to the width that it can show
    # The cell 总计 of 20607 on page 13, the heading 总计 above it and the name at its left, as the README cites it.
    for box, colour in (((335.43, 251.2), VERMILION), ((335.43, 99.2), BLUE), ((124.94, 251.2), GREEN)):
        x, y = (round((edge - 2) * scale) + 1 for edge in box)
        near = [picture.getpixel((x + dx, y + 8 + dy)) for dx in (-2, -1, 0, 1, 2) for dy in (-1, 0, 1)]
        assert colour in near


def test_an_enlarged_page_begins_at_the_cited_cell(page: Page, address: str) -> None:
    visit(page, f"{address}/?q={quote(QUESTION)}")
    page.get_by_role("radio", name="放大").click()
    idle(page)
    shown = page.locator("[class*=st-key-picture-large]")
    expect(shown.locator("img")).to_be_visible()
    # The cell 总计 of 20607 begins at 335.43 and 251.2 points; what is in view, in points of the page.
    left, top, width, height, scale = shown.evaluate(
        "e => [e.scrollLeft, e.scrollTop, e.clientWidth, e.clientHeight, e.querySelector('img').width / 841.89]"
    )
    assert left < 335.43 * scale < left + width
    assert top < 251.2 * scale < top + height
    assert left > 0


@pytest.mark.parametrize("path", ["", f"?q={quote(QUESTION)}", "explore", "documents", "verify", "audit"])
def test_only_the_app_itself_is_asked(page: Page, address: str, path: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    visit(page, f"{address}/{path}")
    icon = page.locator("link[rel='shortcut icon']").get_attribute("href") or ""
    assert asked
    foreign = [url for url in (*asked, icon) if re.match(r"\w+://", url) and not url.startswith(f"{address}/")]
    assert not [url for url in foreign if not url.startswith("blob:")]


def test_another_reading_and_a_follow_up(page: Page, address: str) -> None:
    visit(page, address)
    ask(page, QUESTION)
    page.get_by_role("button", name=re.compile("科普活动.*325.00")).click()
    idle(page)
    assert headline(page) == "325.00 万元"
    expect(page.locator(".st-key-scope").get_by_role("button", name="Clear")).to_have_count(0)
    ask(page, "那学术交流活动呢？")
    assert headline(page) == "225.00 万元"
    expect(page.get_by_text("此前的问答")).to_be_visible()


def test_a_shared_address_reopens_the_answer(page: Page, address: str) -> None:
    visit(page, f"{address}/?q={quote(QUESTION)}")
    assert headline(page) == "2,802.30 万元"
    page.get_by_role("button", name="分享与保存").click()
    shown = page.get_by_test_id("stPopoverBody").get_by_test_id("stCode").inner_text()
    assert f"q={quote(QUESTION)}" in shown
    with page.expect_download() as kept:
        page.get_by_role("button", name="对话存为 Markdown").click()
    assert "2802.30" in Path(kept.value.path()).read_text(encoding="utf-8")
    with page.expect_download() as card:
        page.get_by_role("button", name="答案卡片").click()
    assert Image.open(card.value.path()).width == 1200


def test_the_pdf_opens_at_the_page(page: Page, address: str) -> None:
    visit(page, f"{address}/?q={quote(QUESTION)}")
    link = page.get_by_role("link", name="打开 PDF 的这一页").get_attribute("href")
    assert link is not None and link.endswith(".pdf#page=13")
    answer = page.request.get(address + link.partition("#")[0])
    assert answer.headers["content-type"] == "application/pdf"
    assert "attachment" not in answer.headers.get("content-disposition", "")
    assert answer.body() == (SAMPLES / "shaoxing-kexie-2024-sample.pdf").read_bytes()


def test_english_by_the_browser(chromium: Browser, address: str) -> None:
    context = chromium.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    visit(page, address)
    expect(page.get_by_role("heading", name="Budget questions")).to_be_visible()
    ask(page, "How much was spent on science popularization in 2024?")
    assert headline(page) == "2,802.30 万元"
    expect(page.get_by_text("budget, not actual spending").first).to_be_visible()
    context.close()


def test_a_narrow_dark_screen(chromium: Browser, address: str) -> None:
    context = chromium.new_context(locale="zh-CN", viewport={"width": 390, "height": 844}, color_scheme="dark")
    page = context.new_page()
    visit(page, f"{address}/?q={quote(QUESTION)}")
    assert headline(page) == "2,802.30 万元"
    picture = page.locator("[class*=st-key-picture-] img").first
    picture.scroll_into_view_if_needed()
    place = picture.bounding_box()
    assert place is not None and place["x"] >= 0 and place["x"] + place["width"] <= 390
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_a_table_is_searched_and_kept(page: Page, address: str) -> None:
    visit(page, f"{address}/explore")
    page.get_by_label("在表内查找").fill("科学技术")
    page.get_by_label("在表内查找").press("Enter")
    idle(page)
    with page.expect_download() as kept:
        page.get_by_role("button", name="下载 CSV").click()
    rows = list(csv.reader(Path(kept.value.path()).read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) > 1 and all("科学技术" in " ".join(row) for row in rows[1:])
    with page.expect_download() as book:
        page.get_by_role("button", name="下载 XLSX").click()
    assert Path(book.value.path()).read_bytes()[:2] == b"PK"


def test_a_tile_leads_down_to_its_row(page: Page, address: str) -> None:
    visit(page, f"{address}/explore")
    page.get_by_role("radio", name="支出结构").click()
    idle(page)
    chart = page.get_by_test_id("stVegaLiteChart").locator("canvas, svg").first
    place = chart.bounding_box()
    assert place is not None
    page.mouse.click(place["x"] + place["width"] / 4, place["y"] + place["height"] / 2)
    idle(page)
    expect(page.get_by_role("button", name="科学技术支出", exact=True)).to_be_visible()
    expect(page.locator("[class*=st-key-picture-] img").first).to_be_visible()
    page.get_by_role("button", name="全部").click()
    idle(page)
    expect(page.get_by_role("button", name="科学技术支出", exact=True)).to_be_hidden()


def test_uploads_good_and_bad(chromium: Browser, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing more")
    with served(tmp_path / "store", tmp_path / "app.log") as url:
        page = chromium.new_page(locale="zh-CN", viewport={"width": 1280, "height": 900})
        visit(page, f"{url}/documents")
        good = SAMPLES / "larkspur-parks-fy2025-invented.pdf"
        page.locator("input[type=file]").set_input_files([broken, good])
        page.get_by_role("button", name="读入").click()
        expect(page.get_by_text("没有读入：broken.pdf：PDF 损坏或不完整")).to_be_visible(timeout=60_000)
        expect(page.get_by_text(re.compile("已读入，可以提问了"))).to_be_visible(timeout=120_000)
        visit(page, f"{url}/?q={quote('What is the total 2025 budget?')}")
        assert re.search(r"\d", headline(page))
        page.close()
