"""Several people at once: one's large upload, another's questions."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import CHROMIUM, SAMPLES, WAIT_MS, ask, headline, make_store, served, visit

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (Debian package chromium)")
SAMPLE = "shaoxing-kexie-2024-sample.pdf"
COPIES = 8  # of the sample's 42 pages: some twenty seconds of reading
QUESTIONS = {"科学普及花了多少钱": "2,802.30 万元", "2024年科普活动预算是多少": "325.00 万元"}


def someone(chromium: Browser) -> Page:
    """A page with a session of its own."""
    page = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN").new_page()
    page.set_default_timeout(WAIT_MS)
    return page


def large_pdf(file: Path) -> Path:
    with closing(pypdfium2.PdfDocument.new()) as made, closing(pypdfium2.PdfDocument(SAMPLES / SAMPLE)) as sample:
        for _ in range(COPIES):
            made.import_pages(sample)
        made.save(file)
    return file


def test_answers_come_while_a_large_file_is_read(chromium: Browser, tmp_path: Path) -> None:
    store = make_store(tmp_path / "store", [SAMPLE])
    with served(store, tmp_path / "app.log") as url:
        uploader, reader = someone(chromium), someone(chromium)
        visit(reader, url)
        visit(uploader, f"{url}/documents")
        uploader.locator("input[type=file]").set_input_files(large_pdf(tmp_path / "large.pdf"))
        uploader.get_by_role("button", name="读入").click()
        reading = uploader.get_by_text(re.compile(r"large.pdf：第 \d+ 页，共 \d+ 页"))
        expect(reading).to_be_visible()
        for question, figure in QUESTIONS.items():
            ask(reader, question)
            assert headline(reader) == figure
            expect(reader.locator("[class*=st-key-picture-] img").first).to_be_visible()
        expect(reading).to_be_visible(timeout=1_500)  # redrawn every second: still under way
        uploader.context.close()
        reader.context.close()
