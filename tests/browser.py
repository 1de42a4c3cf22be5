"""A served app and a browser to look at it with; tests that need them are skipped where Chromium is not installed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError

from ingest.extract import extract
from ingest.originals import keep_original
from ingest.store import open_corpus

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "samples"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage",
    "--disable-component-update", "--no-first-run",
)  # fmt: skip
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


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def served(store: Path, log: Path, **settings: str) -> Iterator[str]:
    """The app over a store, by the command `budgetqa app`; its address."""
    port = free_port()
    command = [sys.executable, "-m", "qa", "--store", str(store), "app", "--port", str(port), "--headless"]
    with log.open("w") as out:
        server = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **settings}, stdout=out, stderr=subprocess.STDOUT
        )
        try:
            address = f"http://127.0.0.1:{port}"
            await_answer(f"{address}/_stcore/health", server)
            yield address
        finally:
            server.terminate()
            server.wait(20)


def await_answer(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(240):
        if server.poll() is not None:
            raise RuntimeError(f"the app ended with status {server.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (URLError, ConnectionError):
            time.sleep(0.25)
    raise TimeoutError(url)


@contextmanager
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            yield opened
        finally:
            opened.close()


def idle(page: Page) -> None:
    """Wait until the script has run and nothing is being worked on."""
    page.wait_for_timeout(300)
    page.wait_for_function(
        "() => { const app = document.querySelector('[data-testid=stApp]');"
        " return app && app.getAttribute('data-test-script-state') === 'notRunning'"
        " && app.getAttribute('data-test-connection-state') === 'CONNECTED'"
        " && !document.querySelector('[data-testid=stSpinner]'); }",
        timeout=WAIT_MS,
    )
    page.wait_for_timeout(200)
