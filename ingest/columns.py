"""What each column of a table holds: role, panel, unit, year and phase, read from its heading and its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.captions import read_unit
from ingest.figures import read_count
from ingest.geometry import Box
from ingest.numbers import CellState, fold_width, read_cell
from ingest.records import Column, ColumnRole, Phase, TableKind
from ingest.units import PERCENT, UNKNOWN_UNIT, UnitReading, UnitSource, unit_named

_CODE_HEADING = re.compile(r"(?:科目|分类|功能|经济)?(?:编码|代码|编号)$|^[类款项]$|^(?:Code|Account)$", re.IGNORECASE)
_UNIT_CODE_HEADING = re.compile(r"(?:单位|部门)\)?(?:编码|代码|编号)$")
_PROJECT_CODE_HEADING = re.compile(rf"项目(?:编码|代码|编号)|{_UNIT_CODE_HEADING.pattern}")
_SERIAL_HEADING = re.compile(r"^(?:行次|序号|行号|栏次|No\.?)$", re.IGNORECASE)
_LABEL_HEADING = re.compile(
    r"名称$|^项目(?:$|\()|^科目|品目$|(?:采购|购买|购买服务)项目$|^预算项目$|单位名称\(|项目名称|科目名称|内容$|^收入$|^支出$|支出用途|功能分类|指标$|类别$|大类$|^(?:Item|Description|Department|Program|Fund)s?$",
    re.IGNORECASE,
)
_ORGANISATION_HEADING = re.compile(
    r"^(?:预算|项目)?(?:用款|实施|承担|执行|使用|采购|申报|主管|责任)?单位(?:名称)?$|^部门(?:\(单位\))?(?:名称)?$"
    r"|^单位\(部门\)(?:名称)?$|^(?:项目)?(?:主管|实施|承担|执行|归口|责任)(?:部门|[科处]室)$|^预算部门"
)
_UNITS_AMONG_NAMES = re.compile(  # 单位名称（功能科目）, 支出项目（资金使用单位）, 单位／项目名称
    r"单位名称\(|\([^()]*单位[^()]*\)$|^单位(?:名称)?[/、和及]项目(?:名称)?$|^项目(?:名称)?[/、]单位(?:名称)?$"
)
_KIND_HEADING = re.compile(r"^(?:项目)?(?:类型|类别|性质|分类)$")
_YEAR_HEADING = re.compile(r"^(?:预算|决算)?年[度份]$")
_MEASURE_HEADING = re.compile(r"^(?:计量|数量)?单位$")
_COUNT_HEADING = re.compile(r"数量$")
_VALUE_HEADING = re.compile(
    r"预算数|决算数|执行数|金额|合计|总计|小计|基本支出|项目支出|人员经费|公用经费|财政拨款|一般公共预算|政府性基金|国有资本|收入$|支出$|费用?$|增减|比例|权重|总额"
)
_ACTUAL = re.compile(r"决算|执行数|完成数|实际|\bactuals?\b", re.IGNORECASE)
_ADJUSTED = re.compile(r"调整(?:后)?预算|全年预算|\b(?:revised|adjusted|amended)\b", re.IGNORECASE)
_BUDGET = re.compile(
    r"预算数|年初预算|预算安排|年度?预算$|\b(?:budget(?:ed)?|adopted|proposed|enacted|appropriation)\b", re.IGNORECASE
)
_YEAR = re.compile(r"(?:FY\s?)?(20\d{2})(?:\s*[-–/]\s*(?:20)?\d{2})?\s*年?", re.IGNORECASE)
_PRIOR_YEAR = re.compile(r"上年|去年|\bprior[- ]year\b", re.IGNORECASE)
_CARRIED = re.compile(r"上年结转|上年结余|年初结转")
_PERCENT = re.compile(r"[%％]|百分比|增长率|增减率|完成率|执行率|占比|比例|比重|\bpercent\b|\bpct\b", re.IGNORECASE)
_SCORE = re.compile(r"得分|总分|评分$|分数$|^分值")
_REMARKS = re.compile(r"备注|说明|目标|依据|remarks?|notes?", re.IGNORECASE)
_CODE_CELL = re.compile(r"^\d{2,7}$")


def read_columns(
    paths: Sequence[tuple[str, ...]],
    boxes: Sequence[tuple[Box, ...]],
    cells: Sequence[Sequence[str]],
    page: int,
    year: int | None,
    kind: TableKind = TableKind.GENERAL,
) -> tuple[Column, ...]:
    """The columns of a table from its header paths and body cells (`cells[row][column]`); `year` is the document's."""
    roles = [_role(path, [row[c] for row in cells], c) for c, path in enumerate(paths)]
    if kind is TableKind.INDICATORS:
        roles = [_indicator_role(path, role) for path, role in zip(paths, roles, strict=True)]
        panels = [0] * len(roles)
    else:
        roles = _with_kinds_of_names(paths, _with_a_label(paths, roles, cells))
        roles = _with_empty_values(paths, roles, cells)
        panels = _panels(paths, roles)
    return tuple(
        Column(
            c,
            path,
            roles[c],
            panels[c],
            _unit(path, roles[c]),
            column_year(path, year),
            column_phase(path),
            page,
            boxes[c],
        )
        for c, path in enumerate(paths)
    )


def _key(text: str) -> str:
    return re.sub(r"[\s*]", "", fold_width(text))


def _role(path: tuple[str, ...], cells: Sequence[str], index: int) -> ColumnRole:
    leaf = _key(path[-1]) if path else ""
    filled = [text for text in cells if text.strip()]
    states = [read_cell(text).state for text in filled]
    figures = sum(s in (CellState.FIGURE, CellState.NIL) for s in states)
    texts = sum(s is CellState.TEXT for s in states)
    if _PROJECT_CODE_HEADING.search(leaf) or _SERIAL_HEADING.match(leaf) or _YEAR_HEADING.match(leaf):
        return ColumnRole.TEXT
    if _COUNT_HEADING.search(leaf) and sum(read_count(text) is not None for text in filled) * 2 > len(filled):
        return ColumnRole.VALUE
    if _CODE_HEADING.search(leaf) and _mostly_codes(filled):
        return ColumnRole.CODE
    if _MEASURE_HEADING.match(leaf) and _mostly_measures(filled):
        return ColumnRole.TEXT
    if _ORGANISATION_HEADING.match(leaf) and texts >= figures:
        return ColumnRole.ORGANISATION
    if not filled:
        return _role_of_empty(leaf, index)
    if figures >= texts and not (_LABEL_HEADING.search(leaf) and texts):
        return ColumnRole.VALUE
    if _VALUE_HEADING.search(leaf) and figures and not _LABEL_HEADING.search(leaf):
        return ColumnRole.VALUE
    return ColumnRole.LABEL if _LABEL_HEADING.search(leaf) or not leaf else ColumnRole.TEXT


def _indicator_role(path: tuple[str, ...], role: ColumnRole) -> ColumnRole:
    """In a KPI table the project is the label, money columns hold figures, and the rest belongs to the indicator."""
    leaf = _key(path[-1]) if path else ""
    if role is ColumnRole.ORGANISATION:
        return role
    if re.search(r"项目(?:\([^()]*\))?名称|^项目$|^Project", leaf):
        return ColumnRole.LABEL
    money = re.search(r"金额|总额|预算数|预算资金|资金|年度预算", leaf)
    return ColumnRole.VALUE if money and role is not ColumnRole.CODE else ColumnRole.TEXT


def _with_empty_values(
    paths: Sequence[tuple[str, ...]], roles: list[ColumnRole], cells: Sequence[Sequence[str]]
) -> list[ColumnRole]:
    """Columns without any text beside columns of figures are figure columns too, unless they are for remarks."""
    values = [c for c, role in enumerate(roles) if role is ColumnRole.VALUE]
    return [
        ColumnRole.VALUE
        if role is ColumnRole.TEXT
        and values
        and c > values[0]
        and not any(row[c].strip() for row in cells)
        and not _REMARKS.search(_key("".join(paths[c])))
        else role
        for c, role in enumerate(roles)
    ]


def _mostly_codes(filled: Sequence[str]) -> bool:
    codes = sum(bool(_CODE_CELL.match(_key(text))) for text in filled)
    return codes * 2 >= len(filled) or codes + 1 >= len(filled)


def _mostly_measures(filled: Sequence[str]) -> bool:
    """Whether texts are what things are counted in (台, 批, 平方米), and not the short names of organisations."""
    measures = [read_count(f"1{text.strip()}") for text in filled]
    return bool(filled) and sum(m is not None and m.unit is not None for m in measures) * 2 > len(filled)


def _role_of_empty(leaf: str, index: int) -> ColumnRole:
    if _CODE_HEADING.search(leaf):
        return ColumnRole.CODE
    if index == 0 or re.search(r"名称|^项目$|^科目", leaf):
        return ColumnRole.LABEL
    return ColumnRole.VALUE if _VALUE_HEADING.search(leaf) or leaf.isdigit() else ColumnRole.TEXT


def _with_a_label(
    paths: Sequence[tuple[str, ...]], roles: list[ColumnRole], cells: Sequence[Sequence[str]]
) -> list[ColumnRole]:
    """Make the text column nearest the left the label where no column is one (general tables name it anyhow).

    Serial numbers, years and codes of units name nothing; a list of organisations, each once, names its rows itself.
    """
    if ColumnRole.LABEL in roles or _owners_name_rows(roles, cells):
        return roles
    texts = [
        c
        for c, role in enumerate(roles)
        if role is ColumnRole.TEXT and any(row[c].strip() for row in cells) and not _names_nothing(paths[c])
    ]
    values = [c for c, role in enumerate(roles) if role is ColumnRole.VALUE]
    for c in texts:
        if not values or c < values[-1]:
            return [*roles[:c], ColumnRole.LABEL, *roles[c + 1 :]]
    return roles


def _owners_name_rows(roles: Sequence[ColumnRole], cells: Sequence[Sequence[str]]) -> bool:
    for c in (c for c, role in enumerate(roles) if role is ColumnRole.ORGANISATION):
        owners = [row[c].strip() for row in cells]
        return all(owners) and len(set(owners)) == len(owners)
    return False


def _names_nothing(path: tuple[str, ...]) -> bool:
    leaf = _key(path[-1]) if path else ""
    return bool(_SERIAL_HEADING.match(leaf) or _YEAR_HEADING.match(leaf) or _UNIT_CODE_HEADING.search(leaf))


def _with_kinds_of_names(paths: Sequence[tuple[str, ...]], roles: list[ColumnRole]) -> list[ColumnRole]:
    """The kind of a project (类型) printed left of its name is the name's outer level."""
    label = next((c for c, role in enumerate(roles) if role is ColumnRole.LABEL), None)
    if label is None or not re.search(r"项目", _key("".join(paths[label]))):
        return roles
    kinds = [c for c in range(label) if roles[c] is ColumnRole.TEXT and paths[c]]
    outer = {c for c in kinds if _KIND_HEADING.match(_key(paths[c][-1]))}
    return [ColumnRole.LABEL if c in outer else role for c, role in enumerate(roles)]


def is_unit_code(column: Column) -> bool:
    """Whether a column holds the codes of organisations (单位代码)."""
    return bool(column.path) and _UNIT_CODE_HEADING.search(_key(column.path[-1])) is not None


def names_units_too(column: Column) -> bool:
    """Whether a name column holds the names of organisations over those of their items (单位名称（功能科目）)."""
    return bool(column.path) and _UNITS_AMONG_NAMES.search(_key(column.path[-1])) is not None


def is_unit_of_counts(column: Column) -> bool:
    """Whether a column says what its row's things are counted in (计量单位)."""
    return column.role is ColumnRole.TEXT and bool(column.path) and bool(_MEASURE_HEADING.match(_key(column.path[-1])))


def is_year_of_row(column: Column) -> bool:
    """Whether a column says of which year its row's figures are (预算年度)."""
    return bool(column.path) and _YEAR_HEADING.match(_key(column.path[-1])) is not None


def _panels(paths: Sequence[tuple[str, ...]], roles: Sequence[ColumnRole]) -> list[int]:
    """Number the halves of a side-by-side grid: a label or code column behind figures begins another half."""
    panels: list[int] = []
    panel, seen_value = 0, False
    for path, role in zip(paths, roles, strict=True):
        leaf = _key(path[-1]) if path else ""
        names = role in (ColumnRole.LABEL, ColumnRole.CODE) and bool(
            _LABEL_HEADING.search(leaf) or _CODE_HEADING.search(leaf)
        )
        if names and seen_value and not re.search(r"指标|目标|备注", leaf):
            panel, seen_value = panel + 1, False
        seen_value = seen_value or role is ColumnRole.VALUE
        panels.append(panel)
    return panels


def _unit(path: tuple[str, ...], role: ColumnRole) -> UnitReading:
    if role is not ColumnRole.VALUE:
        return UNKNOWN_UNIT
    for text in reversed(path):
        unit = read_unit(text, UnitSource.COLUMN)
        if unit.unit is not None:
            return unit
    leaf = path[-1] if path else ""
    if _SCORE.search(_key(leaf)):
        return UnitReading(unit_named("分"), UnitSource.COLUMN)
    return UnitReading(PERCENT, UnitSource.COLUMN) if _PERCENT.search(leaf) else UNKNOWN_UNIT


def column_year(path: Sequence[str], year: int | None) -> int | None:
    """The year a heading names: absolute, or one before the document's for 上年; None where it names none."""
    for text in reversed(path):
        match = _YEAR.search(fold_width(text))
        if match:
            return int(match[1])
        if _PRIOR_YEAR.search(text) and not _CARRIED.search(_key(text)):
            return year - 1 if year else None
    return None


def column_phase(path: Sequence[str]) -> Phase:
    """The phase a heading names (决算数, 全年预算数, 预算数), innermost heading first; UNKNOWN where it names none."""
    for text in reversed(path):
        if _ADJUSTED.search(text):
            return Phase.ADJUSTED
        if _ACTUAL.search(text):
            return Phase.ACTUAL
        if _BUDGET.search(text):
            return Phase.BUDGET
    return Phase.UNKNOWN
