"""The app in a browser: from Enter to the answer, and from the answer to the painted page, with 1 and 20 sessions.

`python -m benchmarks.app [--sessions 1 20] [--questions N] [--memory N]`: reads samples/ into a new store, serves the
app, opens that many pages of headless Chromium and types the questions of samples/questions.tsv into all of them at
once. Server and browser share the machine, so that with many sessions the browser's own work is in the figures.
`--memory N` asks N questions of one server instead, ten a session, each session closed before the next, and says what
the server holds.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

from benchmarks.clock import machine, percentile
from benchmarks.serving import ROOT, Server, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WAIT_MS = 120_000
A_SESSION = 10  # questions of one session, where memory is measured
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage")
# Counts from the key press itself to words other than the answer before had, under the question asked.
_MEASURE = """question => { window.measured = new Promise(done => {
  const source = () => { const i = document.querySelector('[class*=st-key-picture-] img');
    return i && i.complete && i.naturalWidth ? i.src : null; };
  const held = document.querySelectorAll('[data-testid=stChatMessage]');
  const last = held.length > 1 ? held[1].innerText : null;
  const before = source(); let start = null, answer = null;
  document.addEventListener('keydown', e => { if (e.key === 'Enter') start = performance.now(); },
    {once: true, capture: true});
  const look = () => {
    const now = performance.now();
    const said = document.querySelectorAll('[data-testid=stChatMessage]');
    const words = said.length > 1 && said[1].querySelector('[data-testid=stMarkdown], [data-testid=stAlert]');
    const fresh = start !== null && words && !words.closest('[data-stale=true]')
      && said[0].innerText.includes(question) && said[1].innerText !== last;
    if (fresh && answer === null) answer = now - start;
    const running = document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'running';
    const painted = source() !== null && source() !== before;
    if (answer !== null && (painted || (!running && now - start > answer + 1500)))
      done([answer, painted ? now - start - answer : -1]);
    else if (start !== null && now - start > 100000) done([-1, -1]);
    else requestAnimationFrame(look);
  };
  look(); }); }"""


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds from Enter to the answer, and from there to the page image where another page was painted."""

    answer: float
    image: float | None


def questions(most: int) -> list[str]:
    """The first questions of the samples' set."""
    lines = (ROOT / "samples" / "questions.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [line.split("\t")[2] for line in lines if line][:most]


@contextmanager
def served() -> Iterator[Server]:
    """The app over the samples."""
    with tempfile.TemporaryDirectory() as folder:
        ingest = [sys.executable, "-m", "qa", "--store", folder, "ingest", str(ROOT / "samples")]
        subprocess.run(ingest, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        with serving(Path(folder), Path(folder) / "app.log") as server:
            yield server


def open_pages(browser: Browser, url: str, sessions: int) -> list[Page]:
    """A page for each session, each with its own context, ready to be typed into."""
    pages = []
    for _ in range(sessions):
        page = browser.new_context(locale="zh-CN").new_page()
        page.set_default_timeout(WAIT_MS)
        page.goto(url)
        page.get_by_test_id("stChatInputTextArea").wait_for()
        page.wait_for_selector(".st-key-first-0")
        pages.append(page)
    return pages


def ask_all(pages: list[Page], asked: list[str]) -> list[Timing]:
    """Type one question into each page, press Enter in all of them, and wait for all."""
    for page, question in zip(pages, asked, strict=True):
        page.get_by_test_id("stChatInputTextArea").fill(question)
        page.evaluate(_MEASURE, question)
    for page in pages:
        page.get_by_test_id("stChatInputTextArea").press("Enter", no_wait_after=True)
    found = []
    for page in pages:
        answer, image = page.evaluate("window.measured")
        found.append(Timing(answer, image if image >= 0 else None))
    return found


def measure(server: Server, sessions: int, asked: list[str]) -> tuple[list[Timing], float | None]:
    """The timings of all questions, `sessions` of them at once, and the server's CPU seconds for them all."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=which("chromium"), args=list(FLAGS))
        try:
            pages = open_pages(browser, server.url, sessions)
            rounds = [asked[start : start + sessions] for start in range(0, len(asked), sessions)]
            before = server.cpu_seconds()
            timings = [timing for part in rounds for timing in ask_all(pages[: len(part)], part)]
            after = server.cpu_seconds()
            return timings, None if before is None or after is None else after - before
        finally:
            browser.close()


def measure_memory(server: Server, most: int) -> Iterator[tuple[int, float]]:
    """What the server holds (MB) at the start and after every hundred questions."""
    from playwright.sync_api import sync_playwright

    asked = (questions(most) * most)[:most]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=which("chromium"), args=list(FLAGS))
        try:
            for start in range(0, most, A_SESSION):
                (page,) = open_pages(browser, server.url, 1)
                if start == 0:
                    yield 0, server.resident_megabytes() or 0.0
                for question in asked[start : start + A_SESSION]:
                    ask_all([page], [question])
                page.context.close()
                done = min(start + A_SESSION, most)
                if done % 100 == 0 or done == most:
                    yield done, server.resident_megabytes() or 0.0
        finally:
            browser.close()


def line(name: str, values: list[float]) -> str:
    """p50 and p95 of some milliseconds."""
    if not values:
        return f"{name:<40} n   0"
    p50, p95 = (percentile(values, share) for share in (0.5, 0.95))
    return f"{name:<40} n {len(values):>3}   p50 {p50:>7.0f} ms   p95 {p95:>7.0f} ms"


def main() -> None:
    """Print p50 and p95 for each number of sessions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, nargs="+", default=[1, 20])
    parser.add_argument("--questions", type=int, default=30)
    parser.add_argument("--memory", type=int, metavar="N", help="ask N questions and print the server's memory")
    args = parser.parse_args()
    print(machine(), flush=True)
    with served() as server:
        if args.memory:
            for done, held in measure_memory(server, args.memory):
                print(f"{done:>5} questions: {held:>6.0f} MB", flush=True)
            return
        for sessions in args.sessions:
            asked = questions(args.questions)
            # Whole rounds, so that every measured moment has all sessions asking.
            asked = (asked * sessions)[: -(-len(asked) // sessions) * sessions]
            found, cpu = measure(server, sessions, asked)
            print(
                line(f"{sessions} session(s): Enter to answer", [t.answer for t in found if t.answer >= 0]), flush=True
            )
            print(line(f"{sessions} session(s): to the page image", [t.image for t in found if t.image is not None]))
            if cpu is not None:
                each = cpu / len(asked) * 1000
                print(f"{f'{sessions} session(s): server CPU a question':<40} n {len(asked):>3}  mean {each:>6.0f} ms")


if __name__ == "__main__":
    main()
