"""The projects a question speaks of: of a kind (科研专项类的项目), paid from a fund (政府性基金的项目), or all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.corpus import LabelKind
from ingest.records import ColumnRole, Phase, Table
from qa.asked import rows_of
from qa.functions import FUNCTIONS
from qa.grades import grade_columns, grade_said
from qa.keys import label_key
from qa.members import gather
from qa.operands import Operands
from qa.plan import Group, Item, Members
from qa.reading import PROJECT_TABLES, path_key
from qa.roles import Role, role_names
from qa.rowcells import tells_both_stages, unplanned_phrase, written_in

_NUMBER = re.compile(r"^\d{1,3}[-.]?")
_NAMED = 0.9  # how surely a kind or a fund has to be named


def project_sets(ops: Operands) -> Iterator[Members]:
    """The projects of the kind and fund that the question names, and only then all of its place and time."""
    conditioned = tuple(conditioned_sets(ops))
    if conditioned:
        yield from conditioned
        return
    item = Item(ops.ask.text, scope=ops.scope(ops.ask.slots, None))
    tables = _project_tables(ops, item)
    kinds = {key for table in tables for key in _kinds(table)}
    funds = {key for table in tables for key in _funds(table)}
    kinds |= {_NUMBER.sub("", key) for key in kinds}
    named = dict.fromkeys(t for t in _named(ops, LabelKind.ITEM) if label_key(t) in kinds)
    parents = tuple(p for t in named for p in (t, *_numbered(t, tables)))
    columns = tuple(dict.fromkeys(t for t in _named(ops, LabelKind.COLUMN) if label_key(t) in funds))
    if parents or columns:
        yield Members(Group.PROJECTS, replace(item, parents=parents, columns=columns))
        return
    codes = tuple(_codes(ops)) if tables else ()
    under = Members(Group.PROJECTS, replace(item, codes=codes))
    if codes and gather(under, ops.calculator).hits:
        yield under
        return
    yield Members(Group.PROJECTS, item)


def conditioned_sets(ops: Operands) -> Iterator[Members]:
    """The rows of tables of projects and purchases that meet what the question says of their other cells."""
    yield from _graded_sets(ops)
    yield from _unplanned_sets(ops)
    yield from _written_sets(ops)


def _unplanned_sets(ops: Operands) -> Iterator[Members]:
    if unplanned_phrase(ops.ask.text) is None or not ops.says_anywhere("project_noun"):
        return
    scope = replace(ops.scope(ops.ask.slots, None), phases=(Phase.BUDGET,))
    tables = [t for d in scope.documents for t in ops.calculator.selector.tables(d) if tells_both_stages(t)]
    sources = tuple(dict.fromkeys(t.title or t.id for t in tables if t.kind in PROJECT_TABLES))
    if sources:
        yield Members(Group.PROJECTS, Item(ops.ask.text, sources=sources, scope=scope), unplanned=True)


def _written_sets(ops: Operands) -> Iterator[Members]:
    scope = ops.scope(ops.ask.slots, None)
    tables = (t for d in scope.documents for t in ops.calculator.selector.tables(d))
    for table in tables:
        keys = written_in(table, ops.ask.text)
        if keys:
            group = Group.PROJECTS if table.kind in PROJECT_TABLES else Group.ROWS
            item = Item(ops.ask.text, sources=(table.title or table.id,), scope=scope)
            yield Members(group, item, written=keys)
            return


def _graded_sets(ops: Operands) -> Iterator[Members]:
    """The rows of the tables that grade projects, those of the grade that is asked for."""
    grade = grade_said(ops.ask.text)
    scope = ops.scope(ops.ask.slots, None)
    tables = [t for d in scope.documents if grade for t in ops.calculator.selector.tables(d) if grade_columns(t)]
    if grade and tables:
        group = Group.PROJECTS if all(t.kind in PROJECT_TABLES for t in tables) else Group.ROWS
        sources = tuple(dict.fromkeys(t.title or t.id for t in tables))
        yield Members(group, Item(ops.ask.text, sources=sources, scope=scope), graded=grade)


def _named(ops: Operands, kind: LabelKind) -> Iterator[str]:
    for slot in rows_of(ops.ask.slots):
        yield from (n.text for n in slot.of(kind) if n.score >= _NAMED)


def _codes(ops: Operands) -> Iterator[str]:
    """The codes of the functional items that the question names, under which a table may list projects."""
    for slot in rows_of(ops.ask.slots):
        if slot.code is not None:
            yield slot.code
        elif slot.best(LabelKind.ITEM) >= _NAMED:
            hits = [h for r in ops.calculator.selector.readings(ops.item([slot])) for h in (r.hit, *r.agreeing)]
            named = (h.fact.code for h in hits if label_key(h.fact.label) == label_key(slot.text))
            yield from dict.fromkeys(code for code in named if code and code.startswith(FUNCTIONS))


def _numbered(name: str, tables: Sequence[Table]) -> Iterator[str]:
    """The kinds that bear a number before a name (312 民生类)."""
    paths = (label.path for table in tables for row in table.rows for label in row.labels if label)
    yield from dict.fromkeys(
        p for path in paths for p in path if (k := label_key(p)) != (b := _NUMBER.sub("", k)) and b == label_key(name)
    )


def _project_tables(ops: Operands, item: Item) -> tuple[Table, ...]:
    tables = (t for d in item.scope.documents for t in ops.calculator.selector.tables(d))
    return tuple(t for t in tables if t.kind in PROJECT_TABLES)


def _kinds(table: Table) -> Iterator[str]:
    """The names that stand over those of projects and are no organisations."""
    for row in table.rows:
        for label in row.labels:
            if label is not None:
                yield from set(path_key(label.path[:-1])) - {label_key(label.organisation or "")}


def _funds(table: Table) -> Iterator[str]:
    """The headings of the columns beside a total that say where a project's money comes from."""
    totals = role_names(Role.TOTAL_COLUMN)
    values = [c for c in table.columns if c.role is ColumnRole.VALUE and c.path]
    if any(path_key(c.path)[-1] in totals for c in values):
        yield from (key for c in values if (key := path_key(c.path)[-1]) not in totals)
