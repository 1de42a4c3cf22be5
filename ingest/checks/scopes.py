"""What a figure of a table measures: which money (fund), which use of it (aspect), for which code, year and phase."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from ingest.checks.view import DocumentView, TableView, compact, rows_with_labels
from ingest.records import Column, Fact, Phase, RowLabel, TableKind

TOTAL_CODE = "*"


class Fund(StrEnum):
    """Which money a figure counts."""

    ALL = "all"
    FISCAL = "fiscal"  # 财政拨款
    GENERAL = "general"  # 一般公共预算
    GOVERNMENT = "government"  # 政府性基金
    CAPITAL = "capital"  # 国有资本经营


class Aspect(StrEnum):
    """Which use of the money a figure counts."""

    TOTAL = "total"
    BASIC = "basic"
    PERSONNEL = "personnel"
    OPERATING = "operating"  # 公用经费
    PROJECT = "project"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a figure measures. `code` is the classification's code, or TOTAL_CODE for the whole table."""

    code: str
    fund: Fund
    aspect: Aspect
    year: int | None
    phase: Phase


_TABLES: dict[TableKind, tuple[Fund, Aspect]] = {
    TableKind.BALANCE: (Fund.ALL, Aspect.TOTAL),
    TableKind.EXPENDITURE: (Fund.ALL, Aspect.TOTAL),
    TableKind.FISCAL_BALANCE: (Fund.FISCAL, Aspect.TOTAL),
    TableKind.FISCAL_EXPENDITURE: (Fund.FISCAL, Aspect.TOTAL),
    TableKind.GENERAL_PUBLIC: (Fund.GENERAL, Aspect.TOTAL),
    TableKind.BASIC: (Fund.GENERAL, Aspect.BASIC),
    TableKind.PROJECTS: (Fund.ALL, Aspect.PROJECT),
    TableKind.GOVERNMENT_FUND: (Fund.GOVERNMENT, Aspect.TOTAL),
    TableKind.STATE_CAPITAL: (Fund.CAPITAL, Aspect.TOTAL),
}
_FUNDS = (
    (Fund.GENERAL, re.compile(r"一般公共预算")),
    (Fund.GOVERNMENT, re.compile(r"政府性基金")),
    (Fund.CAPITAL, re.compile(r"国有资本")),
    (Fund.FISCAL, re.compile(r"财政拨款")),
)
_ASPECTS = (
    (Aspect.PERSONNEL, re.compile(r"人员(?:经费|支出)")),
    (Aspect.OPERATING, re.compile(r"公用(?:经费|支出)")),
    (Aspect.PROJECT, re.compile(r"项目支出")),
    (Aspect.BASIC, re.compile(r"基本支出")),
)
_PLAIN = re.compile(
    r"^(?:(?:本年)?(?:支出|收入)?(?:预算|决算|执行)?(?:合计|总计|小计|数|金额|总额)|金额|支出|(?:本年)?(?:财政拨款)?支出(?:预算|决算)?|支出用途"
    r"|功能分类|\d{4}年(?:预算|决算)数?)$"
)
_FUNCTION = re.compile(r"2\d{2}(?:\d{2}){0,2}")
_ECONOMIC = re.compile(r"3\d{2}(?:\d{2})?")
_ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]+、|\d+[.、])")


def scoped_facts(document: DocumentView) -> Iterator[tuple[Scope, Fact, TableView]]:
    """Every figure of the standard tables whose scope the headings state without doubt."""
    classes = _class_codes(document)
    for view in document.tables:
        table = _table_scope(view)
        if table is None:
            continue
        for panel in view.panels:
            if _is_income(view, panel):
                continue
            names = {row: _row_scope(view, row, label, classes) for row, label in rows_with_labels(view, panel)}
            yield from _panel_facts(view, panel, table, names)


def _panel_facts(
    view: TableView, panel: int, table: tuple[Fund, Aspect], names: dict[int, tuple[str, Aspect | None] | None]
) -> Iterator[tuple[Scope, Fact, TableView]]:
    if not names and len(view.table.rows) == 1:
        names = {0: (TOTAL_CODE, None)}
    for column in view.additive_columns(panel):
        meaning = _column_scope(column, table)
        if meaning is None:
            continue
        for row, name in names.items():
            fact = view.figure(row, column.index)
            if name is not None and fact is not None:
                fund, aspect = meaning
                yield Scope(name[0], fund, name[1] or aspect, fact.year, fact.phase), fact, view


def _table_scope(view: TableView) -> tuple[Fund, Aspect] | None:
    found = _TABLES.get(view.table.kind)
    if found is not None and view.table.kind is TableKind.BASIC:
        title = compact(view.table.title)
        return (Fund.FISCAL if "财政拨款" in title and "一般公共预算" not in title else Fund.GENERAL, Aspect.BASIC)
    return found


def _is_income(view: TableView, panel: int) -> bool:
    """Whether a panel lists income: the first one of a table of income beside expenditure."""
    return view.table.kind in (TableKind.BALANCE, TableKind.FISCAL_BALANCE) and panel == 0


def _column_scope(column: Column, table: tuple[Fund, Aspect]) -> tuple[Fund, Aspect] | None:
    """The fund and aspect of a column; None where a heading says something else (经营支出, 上缴上级 …)."""
    fund, aspect = table
    for heading in (compact(h) for h in column.path):
        named_fund = next((f for f, pattern in _FUNDS if pattern.search(heading)), None)
        named_aspect = next((a for a, pattern in _ASPECTS if pattern.search(heading)), None)
        if named_fund is None and named_aspect is None and not _PLAIN.match(heading):
            return None
        fund, aspect = named_fund or fund, named_aspect or aspect
    return fund, aspect


def _row_scope(view: TableView, row: int, label: RowLabel, classes: dict[str, str]) -> tuple[str, Aspect | None] | None:
    """The code of a row, and its aspect where the row names one (基本支出 in a table of uses)."""
    name = _ORDINAL.sub("", compact(label.path[-1]))
    if label.total:
        return (TOTAL_CODE, None) if len(label.path) == 1 and _is_grand_total(view, row, label) else None
    if label.code:
        known = _FUNCTION.fullmatch(label.code) or _ECONOMIC.fullmatch(label.code)
        return (label.code, None) if known else None
    if name in ("基本支出", "项目支出"):
        return (TOTAL_CODE, Aspect.BASIC if name == "基本支出" else Aspect.PROJECT)
    return (classes[name], None) if label.parent is None and name in classes else None


def _is_grand_total(view: TableView, row: int, label: RowLabel) -> bool:
    """Whether a total row is the table's only total, or equal to all others."""
    panel = next(p for p in view.panels if view.label(row, p) is label)
    totals = [r for r, other in rows_with_labels(view, panel) if other.total and len(other.path) == 1]
    for column in view.additive_columns(panel):
        if len({f.value for f in view.figures(totals, column.index)}) > 1:
            return False
    return row == totals[0]


def _class_codes(document: DocumentView) -> dict[str, str]:
    """The three-digit codes that the document's own tables print beside the names of 类."""
    codes: dict[str, set[str]] = {}
    for view in document.tables:
        for panel in view.panels:
            for _, label in rows_with_labels(view, panel):
                if label.code and len(label.code) == 3 and _FUNCTION.fullmatch(label.code):
                    codes.setdefault(_ORDINAL.sub("", compact(label.path[-1])), set()).add(label.code)
    return {name: found.pop() for name, found in codes.items() if len(found) == 1}


def with_fund(scope: Scope, fund: Fund) -> Scope:
    """The same scope of another fund."""
    return replace(scope, fund=fund)
