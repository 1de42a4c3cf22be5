"""Names that play a part rather than name an item: total columns, total rows, grand totals. Read from the lexicon."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from importlib import resources

from ingest.records import TableKind
from qa.keys import label_key


class Role(StrEnum):
    """What such a name does in a table."""

    TOTAL_COLUMN = "total_column"
    TOTAL_ROW = "total_row"
    EXPENDITURE = "expenditure"
    REVENUE = "revenue"
    EXPENDITURE_PROSE = "expenditure_prose"
    REVENUE_PROSE = "revenue_prose"
    CHANGE_COLUMN = "change_column"
    PROJECT_COLUMN = "project_column"
    BUDGET_AMOUNT = "budget_amount"


@cache
def read_table(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a tab-separated lexicon file, lines that begin with '#' and empty lines left out."""
    text = (resources.files("qa") / "lexicon" / name).read_text("utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def role_names(role: Role) -> tuple[str, ...]:
    """The keys of the names that play a role, most usual first."""
    return tuple(label_key(text) for kind, text in read_table("roles.tsv") if kind == role)


@cache
def _table_totals() -> dict[str, TableKind]:
    rows = (row for row in read_table("roles.tsv") if row[0].startswith("table_total:"))
    return {label_key(text): TableKind(kind.split(":")[1]) for kind, text in rows}


@cache
def _classes() -> dict[str, tuple[str, ...]]:
    rows = (row for row in read_table("roles.tsv") if row[0].startswith("classes:"))
    return {label_key(text): tuple(kind.split(":")[1].split(",")) for kind, text in rows}


def classes_of(text: str) -> tuple[str, ...]:
    """The classes of the economic classification that 人员经费 or 公用经费 are made of (支出经济分类科目, 部门预算)."""
    return _classes().get(label_key(text), ())


def totalled_table(text: str) -> TableKind | None:
    """The kind of table whose grand total goes by this name; None for a name of no table."""
    return _table_totals().get(label_key(text))


def plays(role: Role, text: str) -> bool:
    """Whether a label or column name plays a role."""
    return label_key(text) in role_names(role)
