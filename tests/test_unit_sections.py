"""Lists cut into sections by subtotals that name a unit: over their rows, under them, or beside a column of units."""

from __future__ import annotations

import pytest

from ingest.pages import Page
from ingest.readers.text import _blocks
from ingest.records import Table
from ingest.tables import read_tables

OVER = """
部门项目支出预算表
单位：元
序号	项目名称	合计	一般公共预算
	青禾县文化馆（本部）小计	50	40
1	戏台修缮	30	20
2	灯会	20	20
	青禾县图书馆小计	25	25
3	购书	25	25
	合计	75	65
"""
UNDER = """
部门项目支出预算表
单位：元
项目名称	合计
戏台修缮	30
灯会	20
青禾县文化馆小计	50
购书	25
青禾县图书馆小计	25
"""
BESIDE = """
项目支出决算明细表
单位：万元
项目名称	单位名称	功能科目编码	全年执行数
青禾县文化馆小计			50.00
戏台修缮	青禾县文化馆	2070109	30.00
灯会	青禾县文化馆	2070109	20.00
青禾县图书馆小计			25.00
购书	青禾县图书馆	2070104	25.00
"""
BARE = """
项目支出预算表
单位：万元
序号	项目名称	功能科目代码	合计	一般公共预算
	合计		75	65
	青禾县文化馆		50	40
1	戏台修缮	2070109	30	20
2	灯会	2070109	20	20
	青禾县图书馆		25	25
1	购书	2070104	25	25
"""


def _table(text: str) -> Table:
    page = Page(1, 0.0, 0.0, tuple(_blocks(text.strip("\n").split("\n"))))
    return read_tables([page], 2031).tables[0]


def _owners(text: str) -> list[tuple[tuple[str, ...], str | None]]:
    labels = (row.labels[0] for row in _table(text).rows)
    return [(label.path, label.organisation) for label in labels if label is not None and not label.total]


@pytest.mark.parametrize(
    ("text", "first"),
    [(OVER, "青禾县文化馆（本部）"), (UNDER, "青禾县文化馆"), (BESIDE, "青禾县文化馆"), (BARE, "青禾县文化馆")],
)
def test_a_subtotal_of_a_unit_owns_the_rows_it_adds_up(text: str, first: str) -> None:
    assert sorted(_owners(text)) == sorted([
        ((first,), first),
        ((first, "戏台修缮"), first),
        ((first, "灯会"), first),
        (("青禾县图书馆",), "青禾县图书馆"),
        (("青禾县图书馆", "购书"), "青禾县图书馆"),
    ])  # fmt: skip


def test_a_body_that_is_numbered_like_the_projects_is_one_of_them() -> None:
    numbered = BARE.replace("\t青禾县文化馆\t", "3\t青禾县文化馆\t2070109")
    numbered = numbered.replace("\t青禾县图书馆\t", "4\t青禾县图书馆\t2070104")
    assert all(owner is None for _, owner in _owners(numbered))


@pytest.mark.parametrize(
    ("printed", "changed"),
    [
        ("\t青禾县图书馆小计\t25\t25", "\t青禾县图书馆小计\t26\t25"),  # it adds up nothing
        ("青禾县图书馆小计", "其他收入小计"),  # it names no unit
    ],
)
def test_a_subtotal_that_proves_nothing_owns_nothing(printed: str, changed: str) -> None:
    assert all(owner is None for _, owner in _owners(OVER.replace(printed, changed)))
