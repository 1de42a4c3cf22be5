"""The HTML report in a browser: nothing is fetched, nothing overflows, traces fold, dark and narrow and printed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from eval.outcome import Scored, failed, score
from eval.provenance import provenance
from eval.question import Kind, Question
from eval.report.files import write_report
from eval.report.svg import fitted, width
from eval.run import Run
from eval.shown import Cited, Shown
from tests.browser import CHROMIUM, browser

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (Debian package chromium)")
LONG = "青岚市文化和旅游局青少年科学教育与公共文化服务体系建设研究中心"
FILES = (f"{LONG}-2024-预算-文字.pdf", f"{LONG}-2024-预算-表格.pdf")
HOSTILE = '<img src="https://example.com/x.png"><script>document.title="run"</script>'


def scored(number: int, system: str) -> Scored:
    """Right, wrong and broken answers in turn, with long labels and a hostile text."""
    text = f"{LONG}{number}的{HOSTILE if number % 7 == 1 else '会议费'}是多少" * (1 + number % 3)
    kind = (Kind.LOOKUP, Kind.SUM, Kind.RATIO)[number % 3]
    asked = Question(f"{LONG}_{number % 2}", number, kind, ("zh", "en")[number % 2], text, (Decimal(number),),
                     unit=("万元", "元", "平方米每人每年")[number % 3], documents=FILES[: 1 + number % 2])  # fmt: skip
    if number % 11 == 5:
        return failed(asked, system, "Traceback\nKeyError: 'x'", 0.02)
    shown = Shown("answered", HOSTILE, Decimal(number + number % 2), asked.unit, json='{"plan": {}}',
                  citations=(Cited(FILES[0], 3, str(number)),), trace=("linked " + "长" * 300,))  # fmt: skip
    return score(asked, shown, system, 0.01 * number)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    answers = tuple(scored(number, system) for system in ("ours", "theirs") for number in range(1, 41))
    run = Run(provenance([], [], [("systems", "ours")]), answers, ("ours", "theirs"), frozenset(), datetime.now(UTC))
    write_report(run, folder)
    return folder / "report.html"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


def opened(chromium: Browser, report: Path, wide: int, scheme: str = "light") -> tuple[Page, list[str]]:
    context = chromium.new_context(
        viewport={"width": wide, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(report.as_uri())
    return page, asked


@pytest.mark.parametrize("wide", [1280, 375])
def test_no_request_no_script_and_no_sideways_scrolling(chromium: Browser, report: Path, wide: int) -> None:
    page, asked = opened(chromium, report, wide)
    assert asked == [report.as_uri()]
    assert page.title() == "How often the answers are right"
    assert page.locator("img").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= wide
    for box in page.locator(".wide, figure").all():
        assert box.evaluate("e => e.getBoundingClientRect().right") <= wide


def test_labels_are_readable_and_inside_their_plots(chromium: Browser, report: Path) -> None:
    for wide in (1280, 375):
        page, _ = opened(chromium, report, wide)
        sizes = page.locator("svg text").evaluate_all(
            "texts => texts.map(t => [t.getBoundingClientRect().height,"
            " t.getBoundingClientRect().left - t.ownerSVGElement.getBoundingClientRect().left,"
            " t.ownerSVGElement.getBoundingClientRect().right - t.getBoundingClientRect().right])"
        )
        assert len(sizes) > 50
        assert min(height for height, _, _ in sizes) >= 9
        assert min(left for _, left, _ in sizes) >= 0
        assert min(right for _, _, right in sizes) >= 0


def test_a_failures_trace_folds(chromium: Browser, report: Path) -> None:
    page, _ = opened(chromium, report, 1280)
    one = page.locator("details").first
    assert not one.locator("pre").is_visible()
    one.locator("summary").click()
    assert one.locator("pre").is_visible()
    assert "gold:" in one.locator("pre").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_dark_is_dark_and_print_is_light(chromium: Browser, report: Path) -> None:
    page, _ = opened(chromium, report, 1280, "dark")
    ink = "getComputedStyle(document.querySelector('svg text')).fill"
    assert page.evaluate(ink) == "rgb(255, 255, 255)"
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(ink) == "rgb(0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.querySelector('figure')).breakInside") == "avoid"
    assert len(page.pdf(format="A4")) > 10_000


def test_a_long_label_keeps_both_ends() -> None:
    assert fitted("kind", 34) == "kind"
    short = fitted(f"{FILES[0]} (12)", 34)
    assert width(short) <= 34
    assert short.startswith("青岚市")
    assert short.endswith(" (12)")
