"""Rows of lists of projects and purchases: kinds printed over their rows, projects beside what they are spent on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ingest.numbers import fold_width
from ingest.rawrows import RawRow, is_total
from ingest.records import Column, ColumnRole, RowLabel, TableKind

_KIND = re.compile(r"^(?:项目|采购)?(?:类型|类别|分类|大类)$")
_NAMED = {
    TableKind.PROJECTS: re.compile(r"^项目(?:名称)?$"),
    TableKind.PROCUREMENT: re.compile(r"^采购项目(?:名称)?$"),
}


def with_kinds_carried(rows: Sequence[RawRow], columns: Sequence[Column]) -> Sequence[RawRow]:
    """The rows with a kind (采购类别) that is printed only on the subtotal of its rows, above them, on each of them."""
    names = [c for c in columns if c.role is ColumnRole.LABEL]
    if len(names) < 2 or not _KIND.match(_leaf(names[0])):
        return rows
    first = names[0].index
    inner = [c.index for c in names[1:]]
    headed = [row for row in rows if (own := row.carried[first].strip()) and not is_total(own)]
    if not headed or not all(any(is_total(row.texts[c]) for c in inner) for row in headed):
        return rows
    kind, carried = "", []
    for row in rows:
        own = row.carried[first].strip()
        kind = "" if is_total(own) else own or kind
        texts = (*row.carried[:first], own or kind, *row.carried[first + 1 :])
        carried.append(replace(row, carried=texts))
    return carried


Labels = tuple[RowLabel | None, ...]  # of a row, by panel


def under_kinds(labels: Sequence[Labels], columns: Sequence[Column]) -> list[Labels]:
    """Labels of rows under the row of their kind (货物类 小计), which is named by the kind alone."""
    names = [c for c in columns if c.role is ColumnRole.LABEL]
    if len(names) < 2 or not _KIND.match(_leaf(names[0])) or any(len(panels) > 1 for panels in labels):
        return list(labels)
    kinds: dict[str, int] = {}
    found: list[Labels] = []
    for index, (label,) in enumerate(labels):
        if label and label.total and len(label.path) == 2:
            kinds[label.path[0]] = index
            label = replace(label, path=label.path[:1], total=False)
        elif label and len(label.path) > 1 and label.parent is None:
            label = replace(label, parent=kinds.get(label.path[0]))
        found.append((label,))
    return found


def up_to_projects(
    labels: Sequence[Labels], rows: Sequence[RawRow], columns: Sequence[Column], kind: TableKind
) -> list[Labels]:
    """Labels that end at the project's or purchase's name where one row tells of it, without what it is spent on.

    Of more rows, the project's own row, if it has one, stands over its parts.
    """
    names = [c for c in columns if c.role is ColumnRole.LABEL]
    named = _NAMED.get(kind)
    at = next((i for i, c in enumerate(names) if named and named.match(_leaf(c))), None)
    if at is None or at + 1 == len(names) or any(len(panels) > 1 for panels in labels):
        return list(labels)
    projects = [row.carried[names[at].index].strip() for row in rows]
    paths = [
        _cut(label, project) if label and project and not label.total else None
        for (label,), project in zip(labels, projects, strict=True)
    ]
    told = Counter(path for path in paths if path)
    parts = {path[-1]: label for (label,), path in zip(labels, paths, strict=True) if path and told[path] > 1}
    found: list[Labels] = []
    for (label,), path, row in zip(labels, paths, rows, strict=True):
        if label and path and told[path] == 1:
            label = replace(label, path=path, code=_function_of(row, columns) or label.code)
        elif label and (part := parts.get(label.path[-1])) and label.path[:-1] in ((), (label.organisation,)):
            label = replace(label, path=_cut(part, label.path[-1]) or label.path, organisation=part.organisation)
        found.append((label,))
    return found


def _function_of(row: RawRow, columns: Sequence[Column]) -> str | None:
    """The code of a row's function where that of an economic item stands beside it."""
    codes = [c.index for c in columns if c.role is ColumnRole.CODE]
    whole = [text for c in codes if re.fullmatch(r"\d{5,7}", text := row.carried[c].strip())]
    return whole[0] if len(codes) == len(whole) == 2 else None


def _cut(label: RowLabel, project: str) -> tuple[str, ...] | None:
    """The path of a row up to its project; None where it does not go on behind it."""
    end = label.path.index(project) + 1 if project in label.path else len(label.path)
    return label.path[:end] if end < len(label.path) else None


def _leaf(column: Column) -> str:
    return re.sub(r"\s+", "", fold_width(column.path[-1])) if column.path else ""
