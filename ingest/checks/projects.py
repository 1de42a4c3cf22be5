"""Projects in several tables: their money, their number, the weights of their indicators, and how they are spelt."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.checks.compare import compare_equal, settled, text_side
from ingest.checks.spelling import are_variants
from ingest.checks.view import DocumentView, TableView, compact
from ingest.records import Check, Fact, Indicator, Measure, Outcome, TableKind

MONEY = "project_money"
TOTAL = "project_total"
WEIGHTS = "weights"
VARIANTS = "spelling_variants"
COUNT = "count"
_HUNDRED = Decimal(100)
_CLOSE = Decimal("0.01")
_BUDGET = re.compile(r"预算金额|年度预算|本年预算|预算数|当年|年初预算|^金额$")
_WHOLE_LIFE = re.compile(r"项目总额|总投资|总金额")


@dataclass(frozen=True, slots=True)
class Project:
    """A project as one table names it, with its money."""

    organisation: str
    name: str
    money: Fact

    @property
    def key(self) -> tuple[str, str]:
        """Organisation and name as they are compared."""
        return self.organisation, self.name


def project_money(document: DocumentView) -> Iterator[Check]:
    """A project's budget in the table of indicators is the one in the table of projects, in whatever unit."""
    listed = {p.key: p for p in _listed(document)}
    detailed = {p.key: p for p in _detailed(document)}
    checks = [
        check
        for key, project in detailed.items()
        if key in listed
        and (check := compare_equal(MONEY, project.money, listed[key].money, f"{project.name}, budget in two tables"))
    ]
    yield from settled(checks, least_held=1)


def project_totals(document: DocumentView) -> Iterator[Check]:
    """The total of the performance table is that of the project table, where the two are so near that it is meant."""
    projects, performance = (_total(document, kind) for kind in (TableKind.PROJECTS, TableKind.PERFORMANCE))
    if projects is None or performance is None:
        return
    check = compare_equal(TOTAL, performance, projects, "total of performance table and project table")
    if check is None or check.difference is None or projects.value is None:
        return
    if check.outcome is not Outcome.BROKEN or abs(check.difference) <= _CLOSE * abs(projects.value):
        yield check


def weights(document: DocumentView) -> Iterator[Check]:
    """The weights of a project's indicators add up to 100."""
    groups: dict[tuple[str | None, str, str], list[Indicator]] = defaultdict(list)
    for indicator in document.extract.indicators:
        if indicator.weight is not None:
            groups[indicator.organisation, indicator.project, indicator.table].append(indicator)
    checks = [(_weight_check(rows), _cut_organisation(rows[0], groups)) for rows in groups.values()]
    yield from settled(
        (replace(c, doubt=doubt) if c.outcome is Outcome.BROKEN else c for c, doubt in checks), least_held=1
    )


def _cut_organisation(one: Indicator, groups: Iterable[tuple[str | None, str, str]]) -> str | None:
    """A doubt where rows of the same project stand under a piece of the organisation's name: a row was split."""
    names = [name for name, project, table in groups if (project, table) == (one.project, one.table)]
    own = one.organisation
    cut = any(own and n and n != own and (n in own or own in n) for n in names)
    return "an organisation's name may have been read in part" if cut else None


def project_names(document: DocumentView) -> Iterator[Check]:
    """Two names, each in one table only, so alike and with the same money that they must be one project."""
    listed, detailed = list(_listed(document)), list(_detailed(document))
    known, used = {p.key for p in listed}, {p.key for p in detailed}
    for one in (p for p in listed if p.key not in used):
        for other in (p for p in detailed if p.key not in known and p.organisation == one.organisation):
            same = compare_equal(
                VARIANTS, other.money, one.money, f"one project under two names: {one.name}, {other.name}"
            )
            if same is not None and same.outcome is not Outcome.BROKEN and are_variants(one.name, other.name):
                left, right = text_side(one.name, one.money.page), text_side(other.name, other.money.page)
                yield Check(VARIANTS, Outcome.BROKEN, left, right, None, same.message, one.money.table)


def project_counts(document: DocumentView) -> Iterator[Check]:
    """How many projects prose counts (12个一级项目, 43个二级项目) against the rows of the tables of projects."""
    rows = {kind: _project_rows(document, kind) for kind in (TableKind.PERFORMANCE, TableKind.PROJECTS)}
    for facts in document.sentence_facts.values():
        for fact in facts:
            level = re.search(r"(一|二)级项目", fact.label)
            if fact.measure is not Measure.QUANTITY or fact.value is None or level is None:
                continue
            kind = TableKind.PERFORMANCE if level[1] == "一" else TableKind.PROJECTS
            if rows[kind] is not None:
                count = Decimal(1) * (rows[kind] or 0)
                left = text_side(f"{fact.text}个{fact.label}", fact.page, fact.value)
                right = text_side(f"{count} rows", None, count)
                came_out = Outcome.HELD if count == fact.value else Outcome.BROKEN
                text = f"{fact.label}: {fact.value:f} in prose against {count} rows"
                table = _of_kind(document, kind)[0].table.id
                yield Check(COUNT, came_out, left, right, fact.value - count, text, table)


def _weight_check(rows: Sequence[Indicator]) -> Check:
    total = sum((r.weight or Decimal(0) for r in rows), Decimal(0))
    text = " + ".join(f"{r.weight:f}" for r in rows)
    message = f"{rows[0].project}: weights of {len(rows)} indicators add up to {total:f}"
    came_out = Outcome.HELD if total in (_HUNDRED, Decimal(1)) else Outcome.BROKEN
    right = text_side(text, rows[0].page, total)
    left = text_side(rows[0].project, rows[0].page, _HUNDRED)
    return Check(WEIGHTS, came_out, left, right, _HUNDRED - total, message, rows[0].table)


def _listed(document: DocumentView) -> Iterator[Project]:
    """The rows of the tables of projects with their first amount; a name twice in one organisation is left out."""
    for view in _of_kind(document, TableKind.PROJECTS):
        yield from _unique(list(_projects(view, None)))


def _detailed(document: DocumentView) -> Iterator[Project]:
    """The projects of the tables of indicators with this year's budget."""
    for view in _of_kind(document, TableKind.INDICATORS):
        yield from _unique(list(_projects(view, _BUDGET)))


def _projects(view: TableView, heading: re.Pattern[str] | None) -> Iterator[Project]:
    for column in view.additive_columns(0):
        name = compact(column.path[-1]) if column.path else ""
        if heading is not None and (not heading.search(name) or _WHOLE_LIFE.search(name)):
            continue
        for row in view.table.rows:
            label, fact = view.label(row.index, 0), view.figure(row.index, column.index)
            if label is not None and fact is not None and not label.total and len(label.path) > 0:
                yield Project(compact(label.organisation or ""), compact(label.path[-1]), fact)
        return


def _unique(projects: Sequence[Project]) -> Iterator[Project]:
    keys = [p.key for p in projects]
    yield from (p for p in projects if keys.count(p.key) == 1)


def _total(document: DocumentView, kind: TableKind) -> Fact | None:
    found = [
        fact
        for view in _of_kind(document, kind)
        for column in view.additive_columns(0)[:1]
        for row in view.table.rows
        if (label := view.label(row.index, 0)) and label.total and (fact := view.figure(row.index, column.index))
    ]
    return found[0] if len(found) == 1 else None


def _project_rows(document: DocumentView, kind: TableKind) -> int | None:
    views = _of_kind(document, kind)
    if len(views) != 1:
        return None
    labels = [view.label(r.index, 0) for view in views for r in view.table.rows]
    return sum(1 for label in labels if label is not None and not label.total)


def _of_kind(document: DocumentView, kind: TableKind) -> list[TableView]:
    return [view for view in document.tables if view.table.kind is kind and view.table.rows]
