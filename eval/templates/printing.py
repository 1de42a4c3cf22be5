"""Templates to PDFs: HTML printed by Chromium, once for each content."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from eval.chromium import browser
from ingest.pipeline import file_hash

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

# When it was printed stands in the PDF; one fixed time keeps its hash, and so its store and its name in reports.
_PRINTED_AT = re.compile(rb"\(D:\d{14}")
_FIXED = b"(D:20261123000000"


def printed(templates: Sequence[Path], folder: Path) -> tuple[Path, ...]:
    """The PDFs of HTML files, printed into a subfolder named by the HTML's hash unless they are there.

    Raises `NoBrowser` where anything is left to print and there is nothing to print it with.
    """
    pdfs = tuple(folder / file_hash(html)[:16] / f"{html.stem}.pdf" for html in templates)
    missing = [(html, pdf) for html, pdf in zip(templates, pdfs, strict=True) if not pdf.is_file()]
    if missing:
        with browser() as opened:
            context = opened.new_context(java_script_enabled=False, offline=True)
            for html, pdf in missing:
                _print(html, pdf, context)
    return pdfs


def _print(html: Path, pdf: Path, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(html.resolve().as_uri())
    data = page.pdf(prefer_css_page_size=True, print_background=True, tagged=True)
    page.close()
    pdf.parent.mkdir(parents=True, exist_ok=True)
    part = pdf.with_suffix(".part")
    part.write_bytes(_PRINTED_AT.sub(_FIXED, data))
    part.replace(pdf)
