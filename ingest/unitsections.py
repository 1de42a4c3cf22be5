"""Lists cut into the sections of units by subtotals that name the unit: 某中心小计 over, or under, its rows."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.numbers import read_cell
from ingest.rawrows import RawRow, is_total
from ingest.records import Column, ColumnRole, RowLabel

_SUBTOTAL = re.compile(r"^(?P<unit>.{2,40}?)[（(:：]?(?:小计|合计)[）)]?$")
_UNIT = re.compile(
    r"(?:局|委|委员会|厅|院|会|办|办公室|办事处|处|部|署|室|馆|站|队|校|大学|中心|政府|所|社|团|台|学校|幼儿园|小学|中学|监狱|场|街道|镇|机关|本级)"
    r"(?:[（(](?:本级|本部|机关)[）)])?$"
)

_BOTH = re.compile(r"单位.*项目|项目.*单位")  # a column of units and of their projects: 单位（项目）名称
_NUMBER = re.compile(r"序号|编号")
PLACE = 2  # characters that the names of an agency's units begin with
_PERCENT = "%"  # rates add up to nothing

Labels = tuple[RowLabel | None, ...]  # of a row, by panel


def in_sections(labels: Sequence[Labels], rows: Sequence[RawRow], columns: Sequence[Column]) -> list[Labels]:
    """The labels with the unit of each section as their organisation, where subtotals prove the sections.

    A subtotal that names a unit has to be, in every column, the sum of the rows up to the next one (or of those behind
    the one before); it then is the unit's own row. If one proves nothing, the labels stay as they are.
    """
    if any(len(panels) != 1 for panels in labels):
        return list(labels)
    known = {label.organisation for (label,) in labels if label is not None} - {None}
    if known:
        return [(_own_row(label, known),) for (label,) in labels]
    both = any(c.role is ColumnRole.LABEL and c.path and _BOTH.search(_plain(c.path[-1])) for c in columns)
    bare = [both or _is_bare(row, columns) for row in rows]
    heads = {index: unit for index, (label,) in enumerate(labels) if label and (unit := _unit_of(label, bare[index]))}
    if not heads:
        return list(labels)
    values = [_values(row, columns) for row in rows]
    place = next(iter(heads.values()))[:PLACE]
    near = {index: unit for index, unit in heads.items() if unit.startswith(place)}  # 科技人才驿站 is none of the units
    for chosen in (heads, near):
        for ahead in (True, False):
            sections = _sections(labels, chosen, ahead)
            if all(_adds_up(values, head, members) for head, members in sections.items()):
                return _owned(labels, chosen, sections)
    return list(labels)


def _own_row(label: RowLabel | None, known: Container[str | None]) -> RowLabel | None:
    """A subtotal that names a unit of the table's own column of units as that unit's row."""
    match = _SUBTOTAL.match(_plain(label.path[-1])) if label is not None else None
    if label is None or match is None or match["unit"] not in known:
        return label
    return replace(label, path=(match["unit"],), organisation=match["unit"])


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _unit_of(label: RowLabel, both: bool) -> str | None:
    """The unit that a subtotal names, without 小计 in a list of `both` units and projects; none for 其他收入小计."""
    name = _plain(label.path[0])
    match = _SUBTOTAL.match(name)
    unit = match["unit"] if match else name if both else ""
    return unit if unit and not is_total(unit) and _UNIT.search(unit) and len(label.path) == 1 else None


def _is_bare(row: RawRow, columns: Sequence[Column]) -> bool:
    """Whether a row has neither number nor code where the table has columns of them, as a project in it would."""
    told = [c.index for c in columns if c.role is ColumnRole.CODE or (c.path and _NUMBER.fullmatch(_plain(c.path[-1])))]
    return bool(told) and not any(row.texts[index].strip() for index in told)


def _values(row: RawRow, columns: Sequence[Column]) -> tuple[Decimal, ...]:
    texts = (row.texts[c.index] for c in columns if c.role is ColumnRole.VALUE)
    return tuple(read_cell(text).value or Decimal(0) if _PERCENT not in text else Decimal(0) for text in texts)


def _sections(labels: Sequence[Labels], heads: dict[int, str], ahead: bool) -> dict[int, tuple[int, ...]]:
    """The rows of each subtotal: those behind it (`ahead`: it stands ahead of them) or before it."""
    sections: dict[int, tuple[int, ...]] = {}
    members: list[int] = []
    order = range(len(labels)) if not ahead else range(len(labels) - 1, -1, -1)
    for index in order:
        label = labels[index][0]
        if index in heads:
            sections[index] = tuple(sorted(members))
            members = []
        elif label is not None and label.total:
            members = []
        elif label is not None:
            members.append(index)
    return sections


def _adds_up(values: Sequence[tuple[Decimal, ...]], head: int, members: Sequence[int]) -> bool:
    sums = tuple(sum(column) for column in zip(*(values[m] for m in members), strict=True))
    return bool(members) and any(sums) and sums == values[head]


def _owned(labels: Sequence[Labels], heads: dict[int, str], sections: dict[int, tuple[int, ...]]) -> list[Labels]:
    owner = {m: heads[head] for head, members in sections.items() for m in members}
    printed = {label.path[0] for index in heads for label in labels[index] if label is not None}
    found: list[Labels] = []
    for index, (label,) in enumerate(labels):
        if label is not None and index in heads:
            label = replace(label, path=(heads[index],), organisation=heads[index])
        elif label is not None and index in owner:
            inner = tuple(part for part in label.path if part not in printed)  # sums may have nested it already
            label = replace(label, path=(owner[index], *inner), organisation=owner[index])
        found.append((label,))
    return found
