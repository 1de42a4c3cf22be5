"""A served app and a browser to look at it with; tests that need them are skipped where Chromium is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.serving import ROOT, serving
from eval.chromium import CHROMIUM as CHROMIUM
from eval.chromium import browser as browser
from ingest.extract import extract
from ingest.originals import keep_original
from ingest.store import open_corpus

if TYPE_CHECKING:
    from playwright.sync_api import Page

SAMPLES = ROOT / "samples"
WAIT_MS = 30_000


def make_store(folder: Path, names: list[str]) -> Path:
    """A store with some of the samples and their files, without vectors."""
    corpus = open_corpus(folder, create=True)
    for name in names:
        found = extract(SAMPLES / name)
        keep_original(folder, found.document, SAMPLES / name)
        corpus.add(found)
    corpus.close()
    return folder


@contextmanager
def served(store: Path, log: Path, **settings: str) -> Iterator[str]:
    """The app over a store; its address."""
    with serving(store, log, settings) as server:
        yield server.url


_QUIET_MS = 300
_BUSY = """() => { const app = document.querySelector('[data-testid=stApp]');
  const busy = !app || app.dataset.testScriptState !== 'notRunning'
    || app.dataset.testConnectionState !== 'CONNECTED' || document.querySelector('[data-testid=stSpinner]');
  return busy ? 0 : performance.now(); }"""


def idle(page: Page) -> None:
    """Wait until the script has run, nothing is being worked on, and that has been so for a while."""
    page.wait_for_function(
        f"() => {{ const now = ({_BUSY})(); if (!now) delete window.quietSince; else window.quietSince ??= now;"
        f" const quiet = now && now - window.quietSince >= {_QUIET_MS}; if (quiet) delete window.quietSince;"
        " return quiet; }",
        timeout=WAIT_MS,
    )


def visit(page: Page, url: str) -> None:
    """Open an address and wait until its page stands."""
    page.goto(url)
    page.wait_for_selector("[data-testid=stMain] h1")  # before its first run a page is idle too
    idle(page)


def ask(page: Page, question: str) -> None:
    """Type a question, press Enter, wait for the answer with its evidence."""
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill(question)
    box.press("Enter")
    idle(page)


def headline(page: Page) -> str:
    """The figure shown large."""
    return page.get_by_test_id("stChatMessage").locator("h2").first.inner_text()
