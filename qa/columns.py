"""Which column of a row answers: the one asked for, else the row's total, else its first."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.corpus import FactHit, LabelKind
from ingest.records import Fact, Measure, TableKind
from qa.keys import label_key
from qa.plan import Item, Name, Total
from qa.reading import path_key
from qa.roles import Role, role_names

_SUBTOTAL = "小计"  # of the columns under one heading: a total of its row only where nothing else is
_TOTAL_ENDS = ("合计", "总计")
Graded = tuple[FactHit, Name]


def column_matches(fact: Fact, columns: Sequence[str]) -> bool:
    """Whether a fact stands in one of the named columns, or in that column's own total (基本支出 > 小计)."""
    keys = [label_key(c) for c in columns]
    path = path_key(fact.column_path)
    if not path:
        return False
    if path[-1] in keys:
        return True
    return len(path) > 1 and path[-2] in keys and path[-1] in role_names(Role.TOTAL_COLUMN)


def choose_columns(graded: Sequence[Graded], item: Item) -> list[Graded]:
    """One fact of each table row: the best column. Sentence facts are all kept."""
    best: dict[tuple[str, str, int, str, str | None], Graded] = {}
    loose: list[Graded] = []
    for hit, name in graded:
        fact = hit.fact
        if fact.table is None or fact.row is None:
            loose.append((hit, name))
            continue
        if hit.table_kind is TableKind.INDICATORS and not _is_of_the_project(fact):
            continue
        wanted = name.text if name.kind is LabelKind.COLUMN else None
        where = (hit.document, fact.table, fact.row, fact.label, wanted)
        if where not in best or _rank(hit, item, wanted) < _rank(best[where][0], item, wanted):
            best[where] = (hit, name)
    return [*best.values(), *loose]


def _is_of_the_project(fact: Fact) -> bool:
    """Whether a figure of a KPI table is its project's (money, execution rate, total score), not an indicator's."""
    money = fact.unit.unit is None or fact.unit.unit.is_money
    return money or fact.measure in (Measure.COMPLETION, Measure.QUANTITY)


def _rank(hit: FactHit, item: Item, wanted: str | None) -> tuple[int, ...]:
    """Lower is better: the named column, money unless a count is asked, then totals at the top, the leftmost."""
    path = path_key(hit.fact.column_path)
    keys = {label_key(c) for c in item.columns} | ({label_key(wanted)} if wanted else set())
    asked = 0 if not keys or (path and path[-1] in keys) else 1
    changes = int(any(key in role_names(Role.CHANGE_COLUMN) for key in path))
    counts = int((hit.fact.measure is Measure.QUANTITY) is not (item.measure is Measure.QUANTITY))
    return asked, counts, changes, _is_other_side(path, item), _total_rank(path), len(path), hit.fact.column or 0


_SIDES = {Total.EXPENDITURE: ("支出", "收入"), Total.REVENUE: ("收入", "支出")}


def _is_other_side(path: tuple[str, ...], item: Item) -> int:
    """Whether a column under 本年收入 would answer for total expenditure, or the reverse."""
    own, other = _SIDES[item.total] if item.total is not None else ("", "")
    heads = "".join(path)
    return int(bool(other) and other in heads and own not in heads)


def _total_rank(path: tuple[str, ...]) -> int:
    if not path:
        return 3
    if path[-1] in role_names(Role.BUDGET_AMOUNT):
        return 0
    if path[-1] == _SUBTOTAL:
        return 2
    return 1 if path[-1] in role_names(Role.TOTAL_COLUMN) or path[-1].endswith(_TOTAL_ENDS) else 3
