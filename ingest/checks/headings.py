"""Which columns of a table should add up, read off the tree of its headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.checks.view import compact
from ingest.records import Column, Phase

_TOTAL = re.compile(r"(?:合计|总计|小计|共计|总额)$|^(?:grand)?totals?$", re.IGNORECASE)
_EXCERPT = re.compile(r"^其中|^#")
_PARTS_OF_BASIC = re.compile(r"^(?:人员|(?:日常)?公用|对个人和家庭)")


@dataclass(frozen=True, slots=True)
class Partition:
    """A column that is the sum of others."""

    whole: Column
    parts: tuple[Column, ...]


@dataclass(slots=True)
class _Node:
    """A heading with what stands under it; `column` where it is a column itself."""

    heading: str
    column: Column | None = None
    children: list[_Node] = field(default_factory=list)


def partitions(columns: Sequence[Column]) -> list[Partition]:
    """The sums that the headings state: a 合计/小计 column over its neighbours under the same heading.

    Columns of different years or phases (预算数 | 决算数) are never added to one another.
    """
    groups: dict[tuple[int | None, Phase], list[Column]] = {}
    for column in columns:
        groups.setdefault((column.year, column.phase), []).append(column)
    return [p for group in groups.values() for p in _group_partitions(group)]


def _group_partitions(columns: Sequence[Column]) -> list[Partition]:
    paths = [tuple(compact(h) for h in c.path) for c in columns]
    if len(columns) > 1 and all(len(p) > 1 for p in paths) and len({p[-1] for p in paths}) == 1:
        paths = [p[:-1] for p in paths]
    root = _Node("")
    for column, path in zip(columns, paths, strict=True):
        _insert(root, column, path)
    return [] if _is_muddled(root) else list(_node_partitions(root))


def _insert(node: _Node, column: Column, path: tuple[str, ...]) -> None:
    for heading in path:
        child = next((c for c in node.children if c.heading == heading and c.column is None), None)
        if child is None or heading == path[-1]:
            child = _Node(heading)
            node.children.append(child)
        node = child
    node.column = column


def _is_muddled(node: _Node) -> bool:
    """Whether a heading stands twice beside itself: headings read off the wrong columns look like that."""
    names = [child.heading for child in node.children]
    return len(set(names)) < len(names) or any(_is_muddled(child) for child in node.children)


def _node_partitions(node: _Node) -> list[Partition]:
    found: list[Partition] = []
    total = _own_total(node)
    if total is not None:
        rest = [c for c in node.children if c.column is not total and not _EXCERPT.match(c.heading)]
        found += _ways(total, rest)
    for child in node.children:
        found += _node_partitions(child)
    return found


def _ways(total: Column, rest: Sequence[_Node]) -> list[Partition]:
    """The partition of the headings as printed; where 基本支出 stands beside its own parts, these are left out."""
    if any(c.heading == "基本支出" and c.column for c in rest):
        inner = [c for c in rest if _PARTS_OF_BASIC.match(c.heading)]
        outer = [c for c in rest if c not in inner]
        basic = next(c.column for c in rest if c.heading == "基本支出" and c.column)
        nested = [Partition(basic, _columns(inner))] if len(inner) > 1 else []
        return [Partition(total, _columns(outer)), *nested] if len(outer) > 1 else nested
    parts = _columns(rest)
    return [Partition(total, parts)] if len(parts) > 1 else []


def _columns(nodes: Sequence[_Node]) -> tuple[Column, ...]:
    return tuple(c for node in nodes for c in _representatives(node))


def _representatives(node: _Node) -> list[Column]:
    """The columns that stand for a heading: itself, its total, or all below it."""
    if node.column is not None:
        return [node.column]
    total = _own_total(node)
    if total is not None:
        return [total]
    return [c for child in node.children if not _EXCERPT.match(child.heading) for c in _representatives(child)]


def _own_total(node: _Node) -> Column | None:
    """The first column under a heading that totals its neighbours."""
    for child in node.children:
        if child.column is not None and _TOTAL.search(child.heading):
            return child.column
    return None
