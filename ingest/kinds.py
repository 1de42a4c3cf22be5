"""Which of a disclosure's standard tables a table is, judged by its title and, where that is silent, its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.captions import title_key
from ingest.records import TableKind

# In this order: the more specific wording first. The names are those of the Ministry of Finance's model disclosure
# (财政部 部门预决算公开操作规程) and its provincial variants.
_BY_TITLE: tuple[tuple[TableKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (TableKind.INDICATORS, r"绩效指标|绩效目标(?:申报)?表|绩效目标及指标"),
        (TableKind.PERFORMANCE, r"绩效"),
        (TableKind.THREE_PUBLIC, r"三公"),
        (TableKind.PROCUREMENT, r"政府采购|采购"),
        (TableKind.OPERATING, r"机关运行"),
        (TableKind.GOVERNMENT_FUND, r"政府性基金"),
        (TableKind.STATE_CAPITAL, r"国有资本"),
        (TableKind.BASIC, r"基本支出"),
        (TableKind.PROJECTS, r"项目支出|项目(?:预算|明细)|专项(?:资金|经费)"),
        (TableKind.GENERAL_PUBLIC, r"一般公共预算"),
        (TableKind.FISCAL_BALANCE, r"财政拨款收(?:入)?支(?:出)?"),
        (TableKind.FISCAL_EXPENDITURE, r"财政拨款支出"),
        (TableKind.BALANCE, r"收支|收入支出"),
        (TableKind.REVENUE, r"收入"),
        (TableKind.EXPENDITURE, r"支出"),
    )
)
_BY_COLUMNS: tuple[tuple[TableKind, re.Pattern[str]], ...] = (
    (TableKind.INDICATORS, re.compile(r"绩效.*指标|三级指标|指标值")),
    (TableKind.THREE_PUBLIC, re.compile(r"因公出国.*公务接待|公务接待.*因公出国")),
    (TableKind.PROCUREMENT, re.compile(r"采购")),
    (
        TableKind.PROJECTS,
        re.compile(r"项目名称.*(?:实施|承担|项目|预算|主管)(?:单位|部门).*(?:金额|预算|合计)|单位(?:名称)?项目名称.*(?:金额|合计)"),
    ),
    (TableKind.PERFORMANCE, re.compile(r"自评(?:得分|分数|结果)|绩效评价(?:得分|结果)")),
    (TableKind.EXPENDITURE, re.compile(r"(?:合计|总计|小计).*基本支出.*项目支出")),
)


def read_kind(title: str, columns: Sequence[tuple[str, ...]]) -> TableKind:
    """The kind of a table; GENERAL when neither title nor columns say."""
    key = title_key(title)
    headings = "".join("".join(path) for path in columns)
    for kind, pattern in _BY_COLUMNS[:1]:
        if pattern.search(headings):
            return kind
    for kind, pattern in _BY_TITLE:
        if pattern.search(key):
            return kind
    for kind, pattern in _BY_COLUMNS:
        if pattern.search(headings):
            return kind
    return TableKind.GENERAL
