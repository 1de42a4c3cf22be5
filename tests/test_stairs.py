"""Lists printed as stairs: paths from the columns to the left, parents, cells merged down."""

from __future__ import annotations

from ingest.rawrows import RawRow
from ingest.records import Column, ColumnRole
from ingest.rows import read_labels
from ingest.stairs import Step, read_stairs, step_columns

ROLES = (ColumnRole.LABEL, ColumnRole.LABEL, ColumnRole.TEXT, ColumnRole.LABEL, ColumnRole.TEXT, ColumnRole.VALUE)
HEADINGS = ("采购品目大类", "专项名称", "经济科目", "采购物品名称", "采购组织形式", "总计")
COLUMNS = tuple(Column(i, (h,), r, 0) for i, (h, r) in enumerate(zip(HEADINGS, ROLES, strict=True)))
ROWS = (
    ("合计", "", "", "", "", "90.00"),
    ("一、货物A", "", "", "", "", "50.00"),
    ("", "运行费", "办公设备购置", "", "", "30.00"),
    ("", "", "", "打印机", "自行", "20.00"),
    ("", "", "", "", "集中", "10.00"),
    ("", "", "印刷费", "", "", "20.00"),
    ("", "", "", "印刷服务", "自行", "20.00"),
    ("三、服务C", "", "", "", "", "40.00"),
)
MERGED_DOWN = {(4, 3): "打印机"}


def raw(row: int) -> RawRow:
    texts = ROWS[row]
    carried = tuple(MERGED_DOWN.get((row, c), t) for c, t in enumerate(texts))
    return RawRow(texts, carried, (0.0,) * len(texts))


def test_every_row_stands_under_the_names_to_its_left() -> None:
    labels = [panels[0] for panels in read_labels([raw(r) for r in range(len(ROWS))], COLUMNS)]
    paths = [label.path if label else None for label in labels]
    assert paths == [
        ("合计",),
        ("一、货物A",),
        ("一、货物A", "运行费", "办公设备购置"),
        ("一、货物A", "运行费", "办公设备购置", "打印机"),
        ("一、货物A", "运行费", "办公设备购置", "打印机"),
        ("一、货物A", "运行费", "印刷费"),
        ("一、货物A", "运行费", "印刷费", "印刷服务"),
        ("三、服务C",),
    ]
    assert [label.parent if label else None for label in labels] == [None, None, 1, 2, 2, 1, 5, None]
    assert [label.total for label in labels if label] == [True, *[False] * 7]


def test_an_ordinary_list_with_merged_outer_names_is_no_stairs() -> None:
    columns = (
        Column(0, ("类别",), ColumnRole.LABEL, 0), Column(1, ("名称",), ColumnRole.LABEL, 0),
        Column(2, ("金额",), ColumnRole.VALUE, 0),
    )  # fmt: skip
    assert step_columns([("一", "甲", "1"), ("", "乙", "2"), ("二", "丙", "3")], columns) == ()


def test_a_row_without_a_name_has_no_step() -> None:
    assert read_stairs([("a", "", "1"), ("", "", "2")], (0, 1)) == [Step(("a",), None), None]
