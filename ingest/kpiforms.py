"""KPI forms (项目支出绩效目标表, one project a page): names and values beside one another, indicators in rows below.

A form has no heading: its first rows say what it is about (项目名称 | …), and a row within it (一级指标 二级指标 …)
heads the indicators.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.records import Table

_ABOUT = re.compile(r"^(?:项目名称|项目单位|(?:预算)?单位名称|部门名称|主管部门)$")
_PROJECT = re.compile(r"^项目名称$")
_OWNER = re.compile(r"^(?:项目单位|实施单位|(?:预算)?单位名称|部门名称)$")
_GOAL = re.compile(r"^(?:年度|总体|绩效|年度总体|中长期)*目标$")
_LEVELS = ("一级指标", "二级指标")
_ROWS_ABOVE = 20


@dataclass(frozen=True, slots=True)
class KpiForm:
    """What a form is about, and the index of the row that heads its indicators."""

    project: str
    organisation: str | None
    goal: str | None
    heading: int


def begins_form(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows (their texts by column) begin a form: it says first what it is about, and heads indicators later."""
    if not rows or _heading_row(rows[:_ROWS_ABOVE]) is None:
        return False
    first = _distinct(rows[0])
    return len(first) >= 2 and bool(_ABOUT.match(first[0])) and not first[1].endswith(("名称", "编码", "指标"))


def read_form(table: Table) -> KpiForm | None:
    """The form that a table is; None for a table with a heading of its own."""
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    heading = _heading_row(rows[:_ROWS_ABOVE]) if begins_form(rows) else None
    if heading is None:
        return None
    above = [_distinct(row) for row in rows[:heading]]
    project = _beside(above, _PROJECT)
    return KpiForm(project, _beside(above, _OWNER) or None, _beside(above, _GOAL) or None, heading) if project else None


def _heading_row(rows: Sequence[Sequence[str]]) -> int | None:
    for index, row in enumerate(rows):
        if set(_LEVELS) <= {_key(text) for text in row}:
            return index
    return None


def _beside(rows: Sequence[Sequence[str]], name: re.Pattern[str]) -> str:
    """The text right of a name; empty where the name is not there."""
    for row in rows:
        for text, following in itertools.pairwise(row):
            if name.match(text):
                return following
    return ""


def _distinct(row: Sequence[str]) -> list[str]:
    return [_key(text) for text in row if text.strip()]


def _key(text: str) -> str:
    return re.sub(r"\s+", "", text)
