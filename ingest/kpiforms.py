"""KPI forms (绩效目标表, 绩效自评表, one project a page): names and values beside one another, indicators below.

A form has no heading: its first rows say what it is about (项目名称 | …), and a row within it (一级指标 二级指标 …)
heads the indicators. A form about a whole department or unit (整体支出绩效目标表) names no project.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.records import Table

WHOLE = "整体支出"  # what indicators of a department as a whole are of
LEVEL_NAME = re.compile(
    r"^(?:产出|效益|满意度|成本|效果|管理|履职效能|数量|质量|时效|(?:经济|社会|生态环境|生态)(?:效益|成本)"
    r"|可持续(?:影响|发展)|(?:服务对象|社会公众|受益对象)?满意度)指标$"
)
_ABOUT = re.compile(
    r"^(?:(?:项目|专项|专项资金|政策)(?:[（(][^（）()]*[）)])?(?:名称|编码|代码)|项目(?:实施|主管)?单位|(?:预算)?单位名称|部门[（(]?单位[)）]?名称"
    r"|部门名称|(?:业务)?主管部门|(?:填报|编制|申报)(?:单位|部门))[:：]?$"
)
_PROJECT = re.compile(r"^(?:项目|专项|专项资金|政策)(?:[（(][^（）()]*[）)])?名称[:：]?$")
_OWNER = re.compile(
    r"^(?:项目(?:实施|承担)?单位|(?:项目)?实施单位|承担单位|(?:预算)?单位名称|部门[（(]?单位[)）]?名称|部门名称"
    r"|(?:填报|编制|申报)(?:单位|部门))[:：]?$"
)
_HEAD = re.compile(
    r"^(?:主管部门|(?:项目)?(?:实施)?单位|项目(?:资金|类别|属性|类型|负责人|期|预算|编码|代码)|资金|年度(?:总体|绩效)?目标|总体目标|预算执行)"
)
_GOAL = re.compile(r"^(?:年度|当年|总体|绩效|整体|年度总体|年度绩效|整体绩效|项目总体|中长期|实施期)*目标$")
_GOAL_HEADING = re.compile(r"^(?:预期目标|年初设定目标|(?:全年)?实际完成情况|目标完成情况|年度目标|实施期目标)$")
_LEVELS = ("一级指标", "二级指标")
_ROWS_ABOVE = 20
_TITLE_ROWS = 4


@dataclass(frozen=True, slots=True)
class KpiForm:
    """What a form is about, and the index of the row that heads its indicators."""

    project: str
    organisation: str | None
    goal: str | None
    heading: int


def begins_form(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows (their texts by column) begin a form: it says first what it is about, and heads indicators later.

    Where a page ends above the indicators, two other names of a form's head tell it.
    """
    rows = rows[_titles(rows) :]
    if not rows:
        return False
    first = _distinct(rows[0])
    if len(first) < 2 or not _ABOUT.match(first[0]) or first[1].endswith(("名称", "编码", "指标", "申请")):
        return False
    heading = heading_row(rows[:_ROWS_ABOVE])
    if heading is None:
        below = [_distinct(row) for row in rows[1:_ROWS_ABOVE]]
        heads = {row[0] for row in below if len(row) > 1 and _HEAD.match(row[0])}
        return len(heads - {first[0]}) >= 2  # a name merged over several rows heads a column
    return heading > 0 and _key(rows[heading][0]) != first[0]  # else it heads a column, over several rows


def _titles(rows: Sequence[Sequence[str]]) -> int:
    """How many rows at the top hold one text only: a title, a year or a unit printed inside the frame."""
    return next((i for i, row in enumerate(rows[:_TITLE_ROWS]) if len(set(_distinct(row))) > 1), 0)


def read_form(table: Table) -> KpiForm | None:
    """The form that a table is; None for a table with a heading of its own."""
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    heading = heading_row(rows[:_ROWS_ABOVE]) if begins_form(rows) else None
    if heading is None:
        return None
    above = [_distinct(row) for row in rows[:heading]]
    owner = _beside(above, _OWNER)
    project = _beside(above, _PROJECT) or (WHOLE if owner else "")
    return KpiForm(project, owner or None, _goal(rows[:heading]) or None, heading) if project else None


def heading_row(rows: Sequence[Sequence[str]]) -> int | None:
    """The index of the row that heads the indicators (一级指标 二级指标 …)."""
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


def _goal(rows: Sequence[Sequence[str]]) -> str:
    """The objective beside its name, or below the heading 预期目标 that stands there."""
    for index, row in enumerate(rows):
        filled = [(c, _key(text)) for c, text in enumerate(row) if text.strip()]
        for (_, name), (column, text) in itertools.pairwise(filled):
            if not _GOAL.match(name):
                continue
            below = _key(rows[index + 1][column]) if index + 1 < len(rows) else ""
            return below if _GOAL_HEADING.match(text) else text
    return ""


def _distinct(row: Sequence[str]) -> list[str]:
    return [_key(text) for text in row if text.strip()]


def _key(text: str) -> str:
    return re.sub(r"\s+", "", text)
