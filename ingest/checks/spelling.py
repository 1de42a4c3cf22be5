"""Names so alike that they are one name spelt in two ways."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from ingest.checks.compare import text_side
from ingest.checks.view import DocumentView, compact
from ingest.records import Cell, Check, Outcome, TableKind

KIND = "spelling_variants"
_LEAST_LENGTH = 5
_MOST_EDITS = 2
_PUNCTUATION = re.compile(r"[、，,。；;：:·\-—–_“”\"'‘’]")
_DIGITS = re.compile(r"[\d一二三四五六七八九十]")


def are_variants(one: str, other: str) -> bool:
    """Whether two names differ by at most two characters of at least five, and not in a number."""
    if one == other or min(len(one), len(other)) < _LEAST_LENGTH or _numbers(one) != _numbers(other):
        return False
    return edits(one, other, _MOST_EDITS) <= _MOST_EDITS


def edits(one: str, other: str, limit: int) -> int:
    """How many characters must be changed, added or dropped; anything above the limit is reported as limit + 1."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def punctuation_variants(document: DocumentView) -> Iterator[Check]:
    """Two names in one table that differ by a mark between words alone (办公、办案 and 办公办案)."""
    for view in document.tables:
        if view.table.kind not in (TableKind.PROCUREMENT, TableKind.PROJECTS, TableKind.PERFORMANCE):
            continue
        spellings: dict[str, dict[str, Cell]] = defaultdict(dict)
        for row in view.table.rows:
            for cell in row.cells:
                name = compact(cell.text)
                if _LEAST_LENGTH < len(name) < 40 and not name[0].isdigit():
                    spellings[_PUNCTUATION.sub("", name)].setdefault(name, cell)
        for found in spellings.values():
            if len(found) > 1:
                (one, first), (other, second) = list(found.items())[:2]
                left, right = text_side(one, first.page), text_side(other, second.page)
                message = f"one name in two spellings: {one}, {other}"
                yield Check(KIND, Outcome.BROKEN, left, right, None, message, view.table.id)


def _numbers(name: str) -> list[str]:
    return _DIGITS.findall(name)
