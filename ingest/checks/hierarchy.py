"""A parent is the sum of its children, at each level of codes, of indented names and of stepped columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ingest.checks.compare import compare_sum, settled
from ingest.checks.view import DocumentView, TableView, compact, rows_with_labels
from ingest.records import Check, ColumnRole, TableKind

KIND = "children_sum"
_FUNDS = ("一般公共预算", "政府性基金", "国有资本")


def children_sums(document: DocumentView) -> Iterator[Check]:
    """For every parent and every column of amounts: the parent's figure against the sum of its children's."""
    for view in document.tables:
        if view.table.kind is TableKind.INDICATORS:
            continue
        steps = _steps(view)
        if steps is not None:
            yield from settled(_step_sums(view, steps), least_held=2)
            continue
        for panel in view.panels:
            yield from _panel_sums(view, panel)


def _panel_sums(view: TableView, panel: int) -> list[Check]:
    children: dict[int, list[int]] = defaultdict(list)
    coded = True
    for row, label in rows_with_labels(view, panel):
        if label.parent is not None and not label.total:
            children[label.parent].append(row)
            coded = coded and label.code is not None
    coded = coded or all(_is_fiscal(view, panel, parent, rows) for parent, rows in children.items())
    checks = [check for parent, rows in children.items() for check in _sums_of_parent(view, panel, parent, rows)]
    # Codes say by themselves that children make up their parent; names alone need an example that does.
    return settled(checks, least_held=0 if coded else 1)


def _sums_of_parent(view: TableView, panel: int, parent: int, rows: list[int]) -> Iterator[Check]:
    if any(_is_excerpt(view, row, panel) for row in rows):
        return
    for column in view.additive_columns(panel):
        whole, parts = view.figure(parent, column.index), view.figures(rows, column.index)
        if whole is not None and parts:
            yield compare_sum(KIND, whole, parts, view.named(parent, panel, column))


def _is_fiscal(view: TableView, panel: int, parent: int, rows: list[int]) -> bool:
    """Whether rows are the funds that 财政拨款 consists of by definition."""
    names = [compact(label.path[-1]) for row in (parent, *rows) if (label := view.label(row, panel)) is not None]
    funds = [any(fund in name for fund in _FUNDS) for name in names[1:]]
    return "财政拨款" in names[0] and len(rows) > 1 and all(funds)


def _is_excerpt(view: TableView, row: int, panel: int) -> bool:
    """Whether a row is only one of its parent's parts (其中：…)."""
    label = view.label(row, panel)
    return label is not None and compact(label.path[-1]).startswith("其中")


def _steps(view: TableView) -> list[tuple[int, int]] | None:
    """Rows with their level where names stand in several columns, one step to the right for each level; else None.

    Procurement tables are printed so: category | project | economic item | goods, each level on rows of its own.
    """
    names = [c.index for c in view.table.columns if c.role in (ColumnRole.LABEL, ColumnRole.TEXT)]
    if view.table.kind is not TableKind.PROCUREMENT or len(names) < 3:
        return None
    levels: list[tuple[int, int]] = []
    for row in view.table.rows:
        filled = [step for step, c in enumerate(names) if row.cells[c].text.strip()]
        if not filled:
            return None
        levels.append((row.index, filled[0]))
    return levels if len({level for _, level in levels}) >= 3 else None


def _step_sums(view: TableView, steps: list[tuple[int, int]]) -> Iterator[Check]:
    """A row is the sum of the rows of the deepest level below it: of all up to the next category for a category, of
    those that follow it directly for the levels between.
    """
    deepest = max(level for _, level in steps)
    for position, (row, level) in enumerate(steps):
        leaves = [] if level == deepest else _leaves_below(steps[position + 1 :], level, deepest)
        for column in view.additive_columns(0) if leaves else ():
            whole, parts = view.figure(row, column.index), view.figures(leaves, column.index)
            if whole is not None and parts:
                yield compare_sum(KIND, whole, parts, view.named(row, 0, column))


def _leaves_below(steps: Sequence[tuple[int, int]], level: int, deepest: int) -> list[int]:
    leaves: list[int] = []
    for row, below in steps:
        if below == 0 or (level > 0 and below != deepest):
            break
        if below == deepest:
            leaves.append(row)
    return leaves
