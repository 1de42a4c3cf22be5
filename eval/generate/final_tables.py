"""The tables of a final account: actual figures, and budget beside actual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import zip_longest

from eval.generate.balance_tables import EMPTY, Entry, side_by_side
from eval.generate.code_tables import owner_line
from eval.generate.layout import FigureStyle, Layout, Nothing
from eval.generate.list_tables import three_public_amounts
from eval.generate.saying import percent
from eval.generate.sheet import Head, Sheet, SheetRow, chinese_number, code_heads, code_rows, printed
from eval.generate.spec import NIL, EconomicLine, FinalSpec, FunctionLine, sum_of
from ingest.records import ColumnRole, Phase, RowLabel, TableKind


def final_sheets(final: FinalSpec, layout: Layout) -> tuple[Sheet, ...]:
    """All tables of a final account, in their usual order."""
    return (
        balance(final, layout),
        revenue(final, layout),
        expenditure(final, layout),
        fiscal_balance(final, layout),
        general_public(final, layout),
        execution(final, layout),
        basic(final, layout),
        three_public(final, layout),
        _empty(final, layout, TableKind.GOVERNMENT_FUND, "政府性基金预算财政拨款收入支出决算表", "政府性基金预算"),
        _empty(final, layout, TableKind.STATE_CAPITAL, "国有资本经营预算财政拨款支出决算表", "国有资本经营预算"),
    )


def balance(final: FinalSpec, layout: Layout) -> Sheet:
    """收入支出决算总表: numbered sources beside the numbered functions of the highest level."""
    source = final.actual.revenue
    income = [
        Entry("一、一般公共预算财政拨款收入", source.general + final.carried_out),
        Entry("二、政府性基金预算财政拨款收入", NIL),
        Entry("三、国有资本经营预算财政拨款收入", NIL),
        Entry("四、上级补助收入", NIL),
        Entry("五、事业收入", NIL),
        Entry("六、其他收入", NIL),
    ]
    current = source.current + final.carried_out
    below = (
        (
            Entry("本年收入合计", current, total=True),
            Entry("本年支出合计", final.actual.total, total=True),
        ),
        (Entry("年初结转和结余", source.carried), Entry("年末结转和结余", final.carried_out)),
        (Entry("总计", final.total, total=True), Entry("总计", final.total, total=True)),
    )
    rows = side_by_side(income, _numbered_tops(final), below, layout)
    return _sheet(final, layout, TableKind.BALANCE, "收入支出决算总表", _sides(), rows)


def revenue(final: FinalSpec, layout: Layout) -> Sheet:
    """收入决算表: what came in for each function; here all of it from the treasury."""
    names = ("本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入", "其他收入")

    def figures(line: FunctionLine) -> tuple[str, ...]:
        return printed(layout.figures, (line.total, line.total, NIL, NIL, NIL, NIL))

    total = final.actual.total
    totals = printed(layout.figures, (total, total, NIL, NIL, NIL, NIL))
    rows = code_rows(final.actual.functions, figures, totals, layout)
    heads = (Head("项目", children=code_heads(layout)), *[Head(name) for name in names])
    return _sheet(final, layout, TableKind.REVENUE, "收入决算表", heads, rows)


def expenditure(final: FinalSpec, layout: Layout) -> Sheet:
    """支出决算表: 基本支出 and 项目支出 by function."""
    names = ("本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出")

    def figures(line: FunctionLine) -> tuple[str, ...]:
        return printed(layout.figures, (line.total, line.basic, line.project, NIL, NIL, NIL))

    spec = final.actual
    totals = printed(layout.figures, (spec.total, spec.basic, spec.project_total, NIL, NIL, NIL))
    rows = code_rows(spec.functions, figures, totals, layout)
    heads = (Head("项目", children=code_heads(layout)), *[Head(name) for name in names])
    return _sheet(final, layout, TableKind.EXPENDITURE, "支出决算表", heads, rows)


def fiscal_balance(final: FinalSpec, layout: Layout) -> Sheet:
    """财政拨款收入支出决算总表: treasury money beside the functions it paid for."""
    source = final.actual.revenue
    income = [
        Entry("一、一般公共预算财政拨款", source.general + final.carried_out),
        Entry("二、政府性基金预算财政拨款", NIL),
        Entry("三、国有资本经营预算财政拨款", NIL),
    ]
    current = source.general + final.carried_out
    below = (
        (Entry("本年收入合计", current, total=True), Entry("本年支出合计", final.actual.total, total=True)),
        (Entry("年初财政拨款结转和结余", source.carried), Entry("年末财政拨款结转和结余", final.carried_out)),
        (Entry("总计", final.total, total=True), Entry("总计", final.total, total=True)),
    )
    rows = side_by_side(income, _numbered_tops(final), below, layout)
    return _sheet(final, layout, TableKind.FISCAL_BALANCE, "财政拨款收入支出决算总表", _sides(), rows)


def general_public(final: FinalSpec, layout: Layout) -> Sheet:
    """一般公共预算财政拨款支出决算表."""

    def figures(line: FunctionLine) -> tuple[str, ...]:
        return printed(layout.figures, (line.total, line.basic, line.project))

    spec = final.actual
    rows = code_rows(
        spec.functions, figures, printed(layout.figures, (spec.total, spec.basic, spec.project_total)), layout
    )
    heads = (Head("项目", children=code_heads(layout)), Head("合计"), Head("基本支出"), Head("项目支出"))
    return _sheet(final, layout, TableKind.GENERAL_PUBLIC, "一般公共预算财政拨款支出决算表", heads, rows)


def execution(final: FinalSpec, layout: Layout) -> Sheet:
    """支出预算执行情况表: budget at the start of the year, adjusted budget and actual side by side."""
    year = final.actual.year
    heads = (
        *code_heads(layout),
        Head("年初预算数", phase=Phase.BUDGET, year=year),
        Head("全年预算数", phase=Phase.ADJUSTED, year=year),
        Head("决算数", phase=Phase.ACTUAL, year=year),
        Head("完成率%"),
    )

    def figures(line: FunctionLine) -> tuple[str, ...]:
        budget = final.budget_of(line.code)
        return _executed(budget.initial, budget.adjusted, line.total, layout.figures)

    tops = [line for line in final.budgeted if len(line.code) == 3]
    initial, adjusted = sum_of(line.initial for line in tops), sum_of(line.adjusted for line in tops)
    totals = _executed(initial, adjusted, final.actual.total, layout.figures)
    rows = code_rows(final.actual.functions, figures, totals, layout)
    return _sheet(final, layout, TableKind.GENERAL, "支出预算执行情况表", heads, rows)


def basic(final: FinalSpec, layout: Layout) -> Sheet:
    """一般公共预算财政拨款基本支出决算表: personnel and public lines side by side, each with its code."""
    personnel = [line for line in final.actual.economics if line.personnel]
    public = [line for line in final.actual.economics if line.public]
    places = ({line.code: i for i, line in enumerate(lines)} for lines in (personnel, public))
    left_places, right_places = places
    rows = []
    for left, right in zip_longest(personnel, public):
        cells = (*_economic_cells(left, layout), *_economic_cells(right, layout))
        labels = (_economic_label(left, left_places, personnel), _economic_label(right, right_places, public))
        levels = tuple(int(line is not None and len(line.code) > 3) for line in (left, right))
        rows.append(SheetRow(cells, labels, levels))
    totals = printed(layout.figures, (final.actual.personnel, final.actual.public))
    cells = ("人员经费合计", "", totals[0], "公用经费合计", "", totals[1])
    labels = (RowLabel(("人员经费合计",), total=True), RowLabel(("公用经费合计",), total=True))
    rows.append(SheetRow(cells, labels, (0, 0), merged=((0, 2), (3, 5))))
    heads = tuple(
        head
        for panel in (0, 1)
        for head in (
            Head("科目编码", ColumnRole.CODE, 1.0, panel=panel),
            Head("科目名称", ColumnRole.LABEL, 2.4, panel=panel),
            Head("决算数", panel=panel, phase=Phase.ACTUAL),
        )
    )
    return _sheet(final, layout, TableKind.BASIC, "一般公共预算财政拨款基本支出决算表", heads, tuple(rows))


def three_public(final: FinalSpec, layout: Layout) -> Sheet:
    """财政拨款“三公”经费支出决算表: budget and actual under each of three levels of headings, one row."""

    def pair(name: str) -> Head:
        return Head(name, children=(Head("预算数", phase=Phase.BUDGET), Head("决算数", phase=Phase.ACTUAL)))

    parts = (pair("小计"), pair("公务用车购置费"), pair("公务用车运行维护费"))
    vehicles = Head("公务用车购置及运行维护费", children=parts)
    heads = (pair("合计"), pair("因公出国（境）费"), vehicles, pair("公务接待费"))
    budget, actual = three_public_amounts(final.three_public), three_public_amounts(final.actual.three_public)
    style = layout.three_public
    zeros = FigureStyle(style.unit, style.decimals, style.thousands, style.negative, Nothing.ZERO)
    cells = tuple(text for both in zip(budget, actual, strict=True) for text in printed(zeros, both))
    title = "财政拨款“三公”经费支出决算表"
    sheet = _sheet(final, layout, TableKind.THREE_PUBLIC, title, heads, (SheetRow(cells, (None,)),))
    return replace(sheet, unit=style.unit)


def _economic_cells(line: EconomicLine | None, layout: Layout) -> tuple[str, ...]:
    return (line.code, line.name, layout.figures.printed(line.total)) if line else ("", "", "")


def _economic_label(
    line: EconomicLine | None, places: dict[str, int], lines: Sequence[EconomicLine]
) -> RowLabel | None:
    if line is None:
        return None
    parent = places.get(line.code[:3]) if len(line.code) > 3 else None
    path = (line.name,) if parent is None else (lines[parent].name, line.name)
    return RowLabel(path, line.code, parent)


def _executed(initial: Decimal, adjusted: Decimal, actual: Decimal, style: FigureStyle) -> tuple[str, ...]:
    rate = f"{percent(style.value(actual), style.value(adjusted))}" if style.value(adjusted) else ""
    return (*printed(style, (initial, adjusted, actual)), rate)


def _numbered_tops(final: FinalSpec) -> list[Entry]:
    tops = final.actual.tops()
    entries = [Entry(f"{chinese_number(i)}、{line.name}", line.total) for i, line in enumerate(tops, 1)]
    return entries or [EMPTY]


def _sides() -> tuple[Head, ...]:
    def side(name: str, panel: int) -> Head:
        label = Head("项目", ColumnRole.LABEL, 2.2, panel=panel)
        return Head(name, children=(label, Head("决算数", panel=panel, phase=Phase.ACTUAL)), panel=panel)

    return side("收入", 0), side("支出", 1)


def _empty(final: FinalSpec, layout: Layout, kind: TableKind, title: str, what: str) -> Sheet:
    heads = (Head("项目", children=code_heads(layout)), Head("本年收入"), Head("本年支出"), Head("年末结转和结余"))
    sheet = _sheet(final, layout, kind, title, heads, ())
    sentence = f"说明：{final.actual.agency}本年度没有{what}财政拨款收入和支出，本表无数据。"
    width = sum(head.width for head in heads)
    blank = SheetRow(("",) * width, (None,))
    return replace(sheet, rows=(blank,) * 2, declared=sentence)


def _sheet(
    final: FinalSpec, layout: Layout, kind: TableKind, title: str, heads: tuple[Head, ...], rows: tuple[SheetRow, ...]
) -> Sheet:
    owner = owner_line(final.actual, layout)
    return Sheet(kind, title, heads, rows, layout.figures.unit, owner=owner, numbering=layout.numbering)
