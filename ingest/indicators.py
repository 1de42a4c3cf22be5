"""Performance indicators (绩效指标): one record per KPI row, and the unit of a KPI table's money columns.

KPI tables print a project's money in 元 without saying so, beside project tables in 万元: the unit is inferred where
one unit alone makes most projects agree with the amounts printed elsewhere, and marked as inferred.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.kpiforms import KpiForm, read_form
from ingest.numbers import CellState, fold_width, read_cell
from ingest.records import ColumnRole, Fact, Indicator, Measure, Row, Table, TableKind
from ingest.rows import bare_name, is_total
from ingest.units import THOUSAND_YUAN, WAN_YUAN, YUAN, Quantity, Unit, UnitReading, UnitSource

_HEADINGS: Mapping[str, str] = {
    "project_code": r"项目(?:编码|代码)",
    "goal": r"绩效目标|总体目标|年度目标",
    "level1": r"一级指标",
    "level2": r"二级指标",
    "name": r"三级指标|指标名称|指标内容",
    "operator": r"符号|计算符号|指标方向|性质",
    "unit": r"单位$|计量单位|度量单位",
    "weight": r"权重|分值",
    "target": r"指标值|目标值|年度(?:绩效)?指标$|绩效指标$|标杆值",
}
_OPERATOR = re.compile(r"^\s*(≥|≤|=|>|<|＝|＞|＜|大于等于|小于等于|不少于|不低于|不超过)\s*")
_MIN_AGREEING = 3


def read_indicators(table: Table) -> tuple[Indicator, ...]:
    """The KPI rows of an indicator table; rows without an indicator's name (项目 or 单位 subtotals) are left out."""
    if table.kind is not TableKind.INDICATORS:
        return ()
    form = read_form(table)
    if form is not None:
        return _form_indicators(table, form)
    leaves = {c.index: c.path[-1] for c in table.columns if c.path and c.role in (ColumnRole.TEXT, ColumnRole.VALUE)}
    places = _places(leaves)
    if "name" not in places and "level2" not in places:
        return ()
    found = (
        _indicator(table, row, places, label.path[-1], label.organisation)
        for row in table.rows
        if (label := row.labels[0]) is not None
    )
    return tuple(indicator for indicator in found if indicator is not None)


def _form_indicators(table: Table, form: KpiForm) -> tuple[Indicator, ...]:
    """The indicators below the row of a form that heads them, all of the form's project."""
    texts = {c: re.sub(r"\s+", "", cell.text) for c, cell in enumerate(table.rows[form.heading].cells)}
    first = next(c for c, text in texts.items() if text == "一级指标")  # left of it stands what all rows are: 绩效指标
    places = _places({c: text for c, text in texts.items() if text and c >= first})
    rows = table.rows[form.heading + 1 :]
    found = (_indicator(table, row, places, form.project, form.organisation) for row in rows)
    return tuple(replace(indicator, goal=form.goal) for indicator in found if indicator is not None)


def _places(headings: Mapping[int, str]) -> dict[str, int]:
    """Which column holds what, by its heading; each column once, the more specific headings first."""
    places: dict[str, int] = {}
    taken: set[int] = set()
    for name, pattern in _HEADINGS.items():
        for column, heading in headings.items():
            if column not in taken and re.search(pattern, re.sub(r"\s+", "", heading)):
                places[name] = column
                taken.add(column)
                break
    return places


def _indicator(
    table: Table, row: Row, places: Mapping[str, int], project: str, organisation: str | None
) -> Indicator | None:
    def text(name: str) -> str:
        return row.cells[places[name]].text.strip() if name in places else ""

    name = text("name")
    target = text("target")
    if not name or not (target or text("operator")):
        return None
    operator = text("operator")
    folded = fold_width(target)
    match = _OPERATOR.match(folded)
    if match and not operator:
        operator, folded = match[1], folded[match.end() :]
    reading = read_cell(re.sub(r"%$", "", folded))
    unit = text("unit") or ("%" if folded.endswith("%") and reading.state is CellState.FIGURE else "")
    cell = row.cells[places.get("target", places.get("name", 0))]
    return Indicator(
        id=f"{table.id}.R{row.index}",
        table=table.id,
        row=row.index,
        organisation=organisation,
        project=project,
        project_code=text("project_code") or None,
        goal=text("goal") or None,
        level1=text("level1"),
        level2=text("level2"),
        name=name,
        operator=operator,
        target=target,
        value=reading.value,
        unit=unit,
        weight=read_cell(text("weight")).value,
        page=row.page,
        box=cell.box,
    )


def infer_units(tables: Sequence[Table], facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Give the money facts of KPI tables the one unit under which they agree with other tables' projects."""
    kinds = {t.id: t.kind for t in tables}
    known: dict[str, set[Quantity]] = {}
    for fact in facts:
        if fact.unit.unit and fact.unit.unit.is_money and fact.value and fact.table and not is_total(fact.label):
            known.setdefault(bare_name(fact.label), set()).add(Quantity(fact.value, fact.unit.unit))
    inferred = {
        key: _one_unit([f for f in facts if _unitless(f, kinds) and (f.table, f.column) == key], known)
        for key in {(f.table, f.column) for f in facts if _unitless(f, kinds)}
    }
    by_table = {table: unit for (table, _), unit in inferred.items() if unit is not None}
    return tuple(
        replace(f, unit=UnitReading(by_table[f.table], UnitSource.INFERRED))
        if _unitless(f, kinds) and f.table in by_table
        else f
        for f in facts
    )


def _unitless(fact: Fact, kinds: Mapping[str, TableKind]) -> bool:
    return (
        fact.table is not None
        and kinds.get(fact.table) is TableKind.INDICATORS
        and fact.unit.unit is None
        and fact.measure is Measure.AMOUNT
    )


def _one_unit(facts: Sequence[Fact], known: Mapping[str, set[Quantity]]) -> Unit | None:
    """The unit under which at least three projects, and most of those known, agree to the printed digits."""
    votes: Counter[Unit] = Counter()
    compared = 0
    for fact in facts:
        others = known.get(bare_name(fact.label))
        if not fact.value or not others:
            continue
        compared += 1
        for unit in (YUAN, THOUSAND_YUAN, WAN_YUAN):
            if any(_agree(Quantity(fact.value, unit), other) for other in others):
                votes[unit] += 1
    if not votes:
        return None
    unit, count = votes.most_common(1)[0]
    return unit if count >= _MIN_AGREEING and count * 2 > compared else None


def _agree(amount: Quantity, printed: Quantity) -> bool:
    """Whether an amount, converted, rounds to a printed one within one unit of its last digit."""
    exponent = printed.value.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    return abs(amount.to(printed.unit).value - printed.value) <= step
