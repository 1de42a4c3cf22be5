"""Small wordings shared by the reports."""

from __future__ import annotations

from collections.abc import Sequence

from eval.intervals import Interval


def percent(interval: Interval) -> str:
    """A share with its interval: 91.3 % (42 of 46, 95 %: 79.7 to 96.6)."""
    if not interval.whole:
        return "none"
    counts = f"{interval.hits} of {interval.whole}"
    return f"{interval.share * 100:.1f} % ({counts}; 95 %: {interval.low * 100:.1f} to {interval.high * 100:.1f})"


def short(share: float) -> str:
    """A share as a percentage with one decimal."""
    return f"{share * 100:.1f} %"


def clipped(text: str, length: int = 120) -> str:
    """A text on one line, cut where it is longer."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"


def markdown_table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as a Markdown table, the first being the heading; bars inside cells escaped."""
    escaped = [["" if cell == "" else cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows]
    head, *body = escaped
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return [*lines, *("| " + " | ".join(row) + " |" for row in body)]
