"""Tables of both sides: 收支总表 and 财政拨款收支总表 (income | spending in one grid), and the revenue table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from eval.generate.code_tables import sheet_of
from eval.generate.layout import Indent, Layout
from eval.generate.sheet import Head, Sheet, SheetRow, printed
from eval.generate.spec import NIL, Spec
from ingest.records import ColumnRole, RowLabel, TableKind


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of one side: `level` 0 is the outermost; `blank` prints no figure."""

    name: str
    amount: Decimal
    level: int = 0
    total: bool = False


EMPTY = Entry("", NIL)


def balance(spec: Spec, layout: Layout) -> Sheet:
    """部门收支预算总表: all income beside all spending by function."""
    income = [*_income(spec), *_others(spec)]
    below = (
        (Entry("本年收入合计", spec.revenue.current, total=True), Entry("本年支出合计", spec.total, total=True)),
        (Entry("上年结转结余", spec.revenue.carried), Entry("年终结转结余", NIL)),
        (Entry("收入总计", spec.total, total=True), Entry("支出总计", spec.total, total=True)),
    )
    rows = side_by_side(income, _spending(spec), below, layout)
    return sheet_of(spec, layout, TableKind.BALANCE, "部门收支预算总表", _heads("预算数"), rows)


def fiscal_balance(spec: Spec, layout: Layout) -> Sheet:
    """部门财政拨款收支预算总表: what the treasury grants beside the spending it pays for."""
    carried = spec.revenue.carried
    below = [
        (Entry("本年收入合计", spec.revenue.current, total=True), EMPTY),
        (Entry("上年结转结余", carried), EMPTY),
        (Entry("收入总计", spec.total, total=True), Entry("支出总计", spec.total, total=True)),
    ]
    if layout.indent is not Indent.NONE:  # without indents nothing would show whose parts these are
        parts = (Entry("一般公共预算", carried, 1), Entry("政府性基金预算", NIL, 1), Entry("国有资本经营预算", NIL, 1))
        below[2:2] = [(part, EMPTY) for part in parts]
    rows = side_by_side(_income(spec), _spending(spec), below, layout)
    return sheet_of(spec, layout, TableKind.FISCAL_BALANCE, "部门财政拨款收支预算总表", _heads("预算数"), rows)


def revenue(spec: Spec, layout: Layout) -> Sheet:
    """部门收入预算总表: one row, the income of the department by source under merged headings."""
    source = spec.revenue
    heads = (
        Head("单位名称", ColumnRole.ORGANISATION, 2.4),
        Head("总计"),
        Head("财政拨款", children=(Head("一般公共预算"), Head("政府性基金预算"), Head("国有资本经营预算"))),
        Head("财政专户管理资金"),
        Head("事业收入"),
        Head("事业单位经营收入"),
        Head("上年结转结余"),
    )
    amounts = (
        source.total, source.general, source.fund, source.capital,
        source.special_account, source.service, source.operating, source.carried,
    )  # fmt: skip
    figures = printed(layout.figures, amounts)
    rows = (
        SheetRow(("合计", *figures), (RowLabel(("合计",), total=True),)),
        SheetRow((spec.agency, *figures), (RowLabel((spec.agency,), organisation=spec.agency),)),
    )
    return sheet_of(spec, layout, TableKind.REVENUE, "部门收入预算总表", heads, rows)


def _income(spec: Spec) -> list[Entry]:
    source = spec.revenue
    return [
        Entry("一、财政拨款", source.general + source.fund + source.capital),
        Entry("一般公共预算", source.general, 1),
        Entry("政府性基金预算", source.fund, 1),
        Entry("国有资本经营预算", source.capital, 1),
    ]


def _others(spec: Spec) -> list[Entry]:
    source = spec.revenue
    return [
        Entry("二、财政专户管理资金", source.special_account),
        Entry("三、事业收入", source.service),
        Entry("四、事业单位经营收入", source.operating),
        Entry("五、上级补助收入", NIL),
        Entry("六、附属单位上缴收入", NIL),
        Entry("七、其他收入", NIL),
    ]


def _spending(spec: Spec) -> list[Entry]:
    return [Entry(line.name, line.total, (len(line.code) - 3) // 2) for line in spec.all_functions()]


def _heads(figure: str) -> tuple[Head, ...]:
    def side(name: str, panel: int) -> Head:
        label = Head("项目", ColumnRole.LABEL, 2.2, panel=panel)
        return Head(name, children=(label, Head(figure, panel=panel)), panel=panel)

    return side("收入", 0), side("支出", 1)


def side_by_side(
    income: Sequence[Entry], spending: Sequence[Entry], below: Sequence[tuple[Entry, Entry]], layout: Layout
) -> tuple[SheetRow, ...]:
    """Two lists padded to one length, the totals under both; every label knows the row of its parent."""
    height = max(len(income), len(spending))
    left = [*income, *[EMPTY] * (height - len(income)), *[pair[0] for pair in below]]
    right = [*spending, *[EMPTY] * (height - len(spending)), *[pair[1] for pair in below]]
    rows = []
    for entries in zip(left, right, _labels(left), _labels(right), strict=True):
        one, other, label, other_label = entries
        cells = (one.name, _figure(one, layout), other.name, _figure(other, layout))
        rows.append(SheetRow(cells, (label, other_label), (one.level, other.level)))
    return tuple(rows)


def _figure(entry: Entry, layout: Layout) -> str:
    return layout.figures.printed(entry.amount) if entry.name else ""


def _labels(entries: Sequence[Entry]) -> list[RowLabel | None]:
    labels: list[RowLabel | None] = []
    open_rows: list[int] = []
    for index, entry in enumerate(entries):
        if not entry.name:
            labels.append(None)
            continue
        open_rows = [*open_rows[: entry.level], index]
        path = tuple(entries[row].name for row in open_rows)
        parent = open_rows[-2] if entry.level else None
        labels.append(RowLabel(path, None, parent, entry.total))
    return labels
