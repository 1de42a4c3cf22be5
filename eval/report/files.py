"""A run's report as files in a folder: report.json, report.md and report.html."""

from __future__ import annotations

import json
from pathlib import Path

from eval.compare import REPORT_FILE
from eval.report.html import run_to_html
from eval.report.jsonform import run_to_json
from eval.report.markdown import run_to_markdown
from eval.run import Run
from ingest.errors import BadDataset


def write_report(run: Run, folder: Path) -> None:
    """Write the three forms. Raises `BadDataset` when the folder cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        data = json.dumps(run_to_json(run), ensure_ascii=False, indent=1)
        (folder / REPORT_FILE).write_text(data + "\n", encoding="utf-8")
        (folder / "report.md").write_text(run_to_markdown(run), encoding="utf-8")
        (folder / "report.html").write_text(run_to_html(run), encoding="utf-8")
    except OSError as error:
        raise BadDataset(f"{folder}: report cannot be written ({error.strerror})") from error
