"""The machine's Chromium, driven by playwright's Python package: what prints templates and looks at pages in tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ingest.errors import BudgetQAError

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage",
    "--disable-component-update", "--no-first-run",
)  # fmt: skip


class NoBrowser(BudgetQAError):
    """What has to be printed or looked at cannot be, for want of a program; the message says which."""


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium for as long as it is needed. Raises `NoBrowser` where it or playwright is not installed."""
    if CHROMIUM is None:
        raise NoBrowser("needs Chromium (Debian package chromium), which is not installed")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise NoBrowser("needs the Python package playwright, which is not installed (extra `dev`)") from error
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            yield opened
        finally:
            opened.close()
