"""One figure printed in several tables is the same figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from ingest.checks.compare import compare_equal, compare_sum, in_unit, settled
from ingest.checks.scopes import TOTAL_CODE, Aspect, Fund, Scope, scoped_facts, with_fund
from ingest.checks.view import DocumentView, TableView, compact, rows_with_labels
from ingest.records import Check, Fact, Outcome, TableKind

KIND = "cross_table"
_LEAST_COMMON = 3
_NEAR = Decimal("0.01")

Found = tuple[Fact, TableView]


def across_tables(document: DocumentView) -> Iterator[Check]:
    """The same code, fund, use, year and phase in two tables: one amount.

    Where the totals of two funds are equal, one being part of the other, so are all their items.
    """
    found = list(scoped_facts(document))
    merged = _equal_funds(found)
    groups: dict[Scope, list[Found]] = defaultdict(list)
    for scope, fact, view in found:
        groups[with_fund(scope, merged.get(scope.fund, scope.fund))].append((fact, view))
    pairs: dict[tuple[str, str, Aspect], list[Check]] = defaultdict(list)
    for scope, facts in groups.items():
        for check, tables in _comparisons(scope, facts):
            pairs[*tables, scope.aspect].append(check)
    for checks in pairs.values():
        yield from settled(checks if _any_passed(checks) else [c for c in checks if _is_near(c)])


def revenue_by_function(document: DocumentView) -> Iterator[Check]:
    """Income by function is what is spent on the function, in disclosures whose tables agree in nearly all codes."""
    expenditure = _totals_by_code(document, TableKind.EXPENDITURE)
    revenue = _totals_by_code(document, TableKind.REVENUE)
    common = [code for code in revenue if code in expenditure]
    checks = [
        check
        for code in common
        if (check := compare_equal(KIND, revenue[code][0], expenditure[code][0], _name(code, revenue[code])))
    ]
    if len(common) >= _LEAST_COMMON:
        yield from settled(checks, least_held=max(_LEAST_COMMON, len(common) * 3 // 4))


def _any_passed(checks: Sequence[Check]) -> bool:
    return any(c.outcome is not Outcome.BROKEN for c in checks)


def _is_near(check: Check) -> bool:
    """Whether two figures are so near that they are meant to be one: a table of some projects is not one of all."""
    left, difference = check.left.value, check.difference
    return left is not None and difference is not None and abs(difference) <= _NEAR * abs(left)


def basic_totals(document: DocumentView) -> Iterator[Check]:
    """人员经费合计 and 公用经费合计, where a table of economic items prints no total, make up 基本支出 elsewhere."""
    wholes = [
        fact
        for scope, fact, view in scoped_facts(document)
        if scope.code == TOTAL_CODE and scope.aspect is Aspect.BASIC and view.table.kind is not TableKind.BASIC
    ]
    for view in document.tables:
        if view.table.kind is not TableKind.BASIC or len(view.panels) < 2 or not wholes:
            continue
        totals = [_only_total(view, panel) for panel in view.panels]
        parts = [t for t in totals if t is not None and t.unit.unit == wholes[0].unit.unit]
        if len(parts) == len(totals):
            yield compare_sum(KIND, wholes[0], parts, f"基本支出: {view.title}")


def _only_total(view: TableView, panel: int) -> Fact | None:
    rows = [r for r, label in rows_with_labels(view, panel) if label.total]
    columns = view.additive_columns(panel)
    return view.figure(rows[0], columns[0].index) if len(rows) == 1 and len(columns) == 1 else None


def _comparisons(scope: Scope, found: Sequence[Found]) -> Iterator[tuple[Check, tuple[str, str]]]:
    """Each table's figure against that of the table most others agree with; a code twice in a table says nothing."""
    by_table: dict[str, list[Found]] = defaultdict(list)
    for fact, view in found:
        by_table[view.table.id].append((fact, view))
    single = [facts[0] for facts in by_table.values() if len({f.value for f, _ in facts}) == 1]
    if len(single) < 2:
        return
    amounts = [in_unit(f, single[0][0].unit.unit) for f, _ in single]
    reference = single[max(range(len(single)), key=lambda i: amounts.count(amounts[i]))]
    for fact, view in single:
        if view is reference[1]:
            continue
        check = compare_equal(KIND, fact, reference[0], f"{_name(scope.code, (fact, view))} and {reference[1].title}")
        if check is not None:
            yield check, (view.table.id, reference[1].table.id)


def _equal_funds(found: Sequence[tuple[Scope, Fact, TableView]]) -> Mapping[Fund, Fund]:
    """Funds whose totals are equal to a wider one's, with that wider one."""
    totals: dict[Fund, set[object]] = defaultdict(set)
    for scope, fact, _ in found:
        if scope.code == TOTAL_CODE and scope.aspect is Aspect.TOTAL and fact.unit.unit is not None:
            totals[scope.fund].add(in_unit(fact, fact.unit.unit))
    merged: dict[Fund, Fund] = {}
    for narrow, wide in ((Fund.FISCAL, Fund.ALL), (Fund.GENERAL, Fund.FISCAL), (Fund.GENERAL, Fund.ALL)):
        if len(totals[narrow]) == 1 and totals[narrow] == totals[wide]:
            merged[narrow] = merged.get(wide, wide)
    return merged


def _totals_by_code(document: DocumentView, kind: TableKind) -> dict[str, Found]:
    """The first column of amounts of the tables of a kind, by the code of the row; codes printed twice left out."""
    found: dict[str, list[Found]] = defaultdict(list)
    for view in document.tables:
        columns = view.additive_columns(0)
        if view.table.kind is not kind or not columns:
            continue
        for row in view.table.rows:
            label, fact = view.label(row.index, 0), view.figure(row.index, columns[0].index)
            if label is not None and label.code and fact is not None:
                found[label.code].append((fact, view))
    return {code: facts[0] for code, facts in found.items() if len(facts) == 1}


def _name(code: str, found: Found) -> str:
    fact, view = found
    label = compact(fact.label)
    heading = " > ".join(compact(p) for p in fact.column_path)
    return f"{code} {label}, {heading}: {view.title}" if code != TOTAL_CODE else f"{label}, {heading}: {view.title}"
