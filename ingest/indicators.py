"""Performance indicators (绩效指标): one record per KPI row, and the unit of a KPI table's money columns.

KPI tables print a project's money in 元 without saying so, beside project tables in 万元: the unit is inferred where
one unit alone makes most projects agree with the amounts printed elsewhere, and marked as inferred.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.kpiforms import WHOLE, KpiForm, read_form
from ingest.kpivalues import read_value
from ingest.numbers import read_cell
from ingest.rawrows import is_total
from ingest.records import ColumnRole, Fact, Indicator, Measure, Row, Table, TableKind
from ingest.rows import bare_name
from ingest.units import THOUSAND_YUAN, WAN_YUAN, YUAN, Quantity, Unit, UnitReading, UnitSource

_HEADINGS: Mapping[str, str] = {
    "project_code": r"项目(?:编码|代码)",
    "project": r"^(?:项目|专项|专项资金)(?:[（(][^（）()]*[）)])?名称$|^项目$",
    "owner": r"^(?:项目|实施|项目实施|承担|预算|填报)?单位(?:名称)?$|^部门(?:[（(]单位[）)])?名称$",
    "goal": r"绩效目标|总体目标|年度目标",
    "level1": r"一级指标",
    "level2": r"二级指标",
    "name": r"三级指标|指标名称|指标内容",
    "operator": r"符号|指标方向|性质(?!.*值)",
    "unit": r"^单位$|(?:计量|度量|指标|指标值)单位$",
    "weight": r"权重|分值",
    "score": r"得分$|评分$",
    "done": r"(?<!未)完成(?:值|情况|指标|结果)|实际(?:值|完成|达到|实现)|(?<!未)完成$",
    "half": r"半年.*值$",  # 半年（程）指标值 stands before 全年（程）指标值, which is the year's target
    "target": r"(?:指标|目标|计划|预期|实现)值$|^(?:指标|目标)?数值$|年度(?:绩效)?指标$|绩效指标$|标杆值",
}
_BESIDE_NAME = ("operator", "unit", "weight", "score", "done", "half", "target")  # right of the levels
_NOTE = re.compile(r"[（(][^（）()]*[）)]$")
_NOT_A_NAME = re.compile(r"^(?:三级指标|指标名称|指标内容|合计|总计|小计|总分|得分)$")
_NUMBERED = re.compile(r"^指标\s*\d+\s*[:：、.．]\s*")
_NAME_AND_VALUE = re.compile(
    r"^(?P<name>.{2,}?)\s*(?P<value>(?:≥|≤|＝|=|>|<|不少于|不低于|不超过|不高于|不小于|不大于|达到|控制在)\s*\d.*)$"
)
_MIN_AGREEING = 3


def read_indicators(table: Table) -> tuple[Indicator, ...]:
    """The KPI rows of an indicator table; rows without an indicator's name (项目 or 单位 subtotals) are left out."""
    if table.kind is not TableKind.INDICATORS:
        return ()
    form = read_form(table)
    if form is not None:
        return _form_indicators(table, form)
    leaves = {c.index: c.path[-1] for c in table.columns if c.path and c.role is not ColumnRole.CODE}
    places = _places(leaves)
    if "name" not in places and "level2" not in places:
        return ()
    found = (_indicator(table, row, places, _project(table, row, places), _owner(row, places)) for row in table.rows)
    return _with_levels(indicator for indicator in found if indicator is not None and indicator.project)


def _with_levels(found: Iterable[Indicator]) -> tuple[Indicator, ...]:
    """The indicators with their levels, which a page break or a plain text leaves out below the first of a level."""
    kept: list[Indicator] = []
    for indicator in found:
        before = kept[-1] if kept and kept[-1].project == indicator.project else None
        if before is not None and not indicator.level1:
            indicator = replace(indicator, level1=before.level1, level2=indicator.level2 or before.level2)
        elif before is not None and not indicator.level2 and indicator.level1 == before.level1:
            indicator = replace(indicator, level2=before.level2)
        kept.append(indicator)
    return tuple(kept)


def _project(table: Table, row: Row, places: Mapping[str, int]) -> str:
    """The project of a KPI row; a table without projects is about its department as a whole."""
    label = row.labels[0] if row.labels else None
    named = row.cells[places["project"]].text.strip() if "project" in places else ""
    if label is not None and label.path[-1] != label.organisation:
        return label.path[-1]
    return named or ("" if "project" in places else WHOLE)


def _owner(row: Row, places: Mapping[str, int]) -> str | None:
    label = row.labels[0] if row.labels else None
    if label is not None and label.organisation:
        return label.organisation
    return (row.cells[places["owner"]].text.strip() or None) if "owner" in places else None


def _form_indicators(table: Table, form: KpiForm) -> tuple[Indicator, ...]:
    """The indicators below the row of a form that heads them, all of the form's project."""
    texts = {c: re.sub(r"\s+", "", cell.text) for c, cell in enumerate(table.rows[form.heading].cells)}
    first = next(c for c, text in texts.items() if text == "一级指标")  # left of it stands what all rows are: 绩效指标
    places = _places({c: text for c, text in texts.items() if text and c >= first})
    rows = table.rows[form.heading + 1 :]
    found = (_indicator(table, row, places, form.project, form.organisation) for row in rows)
    return _with_levels(replace(indicator, goal=form.goal) for indicator in found if indicator is not None)


def _places(headings: Mapping[int, str]) -> dict[str, int]:
    """Which column holds what, by its heading; each column once, the more specific headings first."""
    keys = {column: _NOTE.sub("", re.sub(r"\s+", "", text)) for column, text in headings.items()}
    levels = [column for column, key in keys.items() if "级指标" in key]
    places: dict[str, int] = {}
    for name, pattern in _HEADINGS.items():
        for column, key in keys.items():
            left = name in _BESIDE_NAME and levels and column < levels[0]
            counts = name == "owner" and key == "单位" and levels and column > levels[-1]  # of values, not whose
            if column not in places.values() and not left and not counts and re.search(pattern, key):
                places[name] = column
                break
    return places


def _indicator(
    table: Table, row: Row, places: Mapping[str, int], project: str, organisation: str | None
) -> Indicator | None:
    def text(name: str) -> str:
        return row.cells[places[name]].text.strip() if name in places else ""

    name, target, done = _NUMBERED.sub("", text("name")), text("target"), text("done")
    if not target and "target" not in places and (both := _NAME_AND_VALUE.match(name)):
        name, target = both["name"].rstrip(":："), both["value"]
    if not name or _NOT_A_NAME.match(name) or not (target or text("operator") or done):
        return None
    goal = read_value(target, text("operator"), text("unit"), name)
    reached = read_value(done, "", text("unit") if done else "", name)
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
        operator=goal.operator,
        target=target,
        value=goal.value,
        unit=goal.unit,
        weight=read_cell(text("weight")).value,
        page=row.page,
        box=cell.box,
        done=done,
        done_value=reached.value,
        done_unit=reached.unit,
        done_box=row.cells[places["done"]].box if done else None,
        score=read_cell(text("score")).value,
        score_box=row.cells[places["score"]].box if "score" in places else None,
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
