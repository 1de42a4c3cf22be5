"""What the value cell of a KPI row says: operator, figure and unit, where it is one figure and nothing else.

Publishers print them apart (≥ | 95 | %), in one cell (≥95%, 不少于12场, 90%以上, 3.5万亩), or put the unit into
brackets behind the indicator's name (清运量（吨）). A date, a range or words is a qualitative value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ingest.numbers import fold_width, read_cell

QUALITATIVE = "定性"

_BEFORE = re.compile(
    r"^\s*(≥|≤|=|>|<|大于等于|小于等于|大于|小于|等于|不少于|不低于|不小于|不超过|不高于|不多于|不大于|至少|达到|控制在)\s*"
)
_AFTER = re.compile(r"[(（]?(?P<side>及?以上|及?以下|及?以内|之内|(?<=[天日时钟月年])内)[)）]?$")
_SIDES = {"上": "≥", "下": "≤", "内": "≤"}
_VALUE = re.compile(r"^(?P<figure>[-+]?\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[^\d\s,;:。、]{1,10})?$")
_DATE = re.compile(
    r"^(?:年|月|日|号)?(?:底|初|末|中|前|后|内|上旬|中旬|下旬|上半年|下半年)|^[月号]|[-—~～至/]$|^[-—~～至]|前$"
)
_YEARS = Decimal(1900)
_NOTHING_COUNTED = frozenset({"日期", "时间", "文字", "文本", "定性", "无", "/", "-", "—"})  # said in a column of units
_NAMED_UNIT = re.compile(r"[（(](?:单位[:：])?(?P<unit>[^（）()\d]{1,6})[）)]$")
_NO_UNIT = re.compile(r"^[ABC]$|年度|当年|全年|新增|含|其中|上年|[≥≤]|^[一二三四五六七八九十]$")


@dataclass(frozen=True, slots=True)
class KpiValue:
    """A KPI cell as it was understood; `value` is None where it is not one figure."""

    operator: str
    value: Decimal | None
    unit: str


def read_value(text: str, operator: str = "", unit: str = "", name: str = "") -> KpiValue:
    """The value of a KPI cell; `operator` and `unit` are those printed apart from it, `name` is the indicator's."""
    unit = "" if unit in _NOTHING_COUNTED else unit
    if operator == QUALITATIVE:
        return KpiValue(operator, None, unit)
    bare, before = _without_operator(re.sub(r"\s+", "", fold_width(text)))
    operator = operator or before
    match = _VALUE.match(bare)
    value = read_cell(match["figure"]).value if match is not None else None
    if match is None or value is None or _is_date(value, match["unit"] or ""):
        return KpiValue(operator, None, unit)
    return KpiValue(operator, value, unit or match["unit"] or unit_in_name(name))


def unit_in_name(name: str) -> str:
    """吨 of 清运量（吨）; empty where the brackets behind a name hold something else."""
    match = _NAMED_UNIT.search(name.strip())
    return match["unit"].strip() if match and not _NO_UNIT.search(match["unit"]) else ""


def _without_operator(text: str) -> tuple[str, str]:
    match = _BEFORE.match(text)
    if match:
        return text[match.end() :], match[1]
    after = _AFTER.search(text)
    return (text[: after.start()], _SIDES[after["side"][-1]]) if after else (text, "")


def _is_date(value: Decimal, unit: str) -> bool:
    return (unit.startswith("年") and value >= _YEARS) or bool(_DATE.search(unit))
