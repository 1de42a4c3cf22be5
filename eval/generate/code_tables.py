"""Tables by classification code: expenditure, general public budget, basic, operating, government fund, capital."""

from __future__ import annotations

from decimal import Decimal

from eval.generate.layout import Declared, FigureStyle, Layout
from eval.generate.saying import percent
from eval.generate.sheet import Head, Sheet, SheetRow, code_heads, code_rows, printed
from eval.generate.spec import NIL, EconomicLine, FunctionLine, Spec, sum_of
from ingest.records import Phase, RowLabel, TableKind

OPERATING_CODES = ("302",)


def expenditure(spec: Spec, layout: Layout) -> Sheet:
    """支出总表: by function, personnel | public | project and three columns that stay empty."""
    basic = (Head("人员支出"), Head("公用经费"))
    heads = (
        *code_heads(layout),
        Head("总计"),
        Head("基本支出", children=basic),
        Head("项目支出"),
        Head("事业单位经营支出"),
        Head("上缴上级支出"),
        Head("对附属单位补助支出"),
    )

    def figures(line: FunctionLine) -> tuple[str, ...]:
        amounts = (line.total, line.personnel, line.public, line.project, NIL, NIL, NIL)
        return printed(layout.figures, amounts)

    totals = printed(layout.figures, (spec.total, spec.personnel, spec.public, spec.project_total, NIL, NIL, NIL))
    rows = code_rows(spec.all_functions(), figures, totals, layout)
    return sheet_of(spec, layout, TableKind.EXPENDITURE, "部门支出预算总表", heads, rows)


def general_public(spec: Spec, layout: Layout) -> Sheet:
    """一般公共预算支出表: 合计, 基本支出 (小计, 人员经费, 公用经费), 项目支出."""
    basic = (Head("小计"), Head("人员经费"), Head("公用经费"))
    heads = (*code_heads(layout), Head("合计"), Head("基本支出", children=basic), Head("项目支出"))

    def figures(line: FunctionLine) -> tuple[str, ...]:
        return printed(layout.figures, (line.total, line.basic, line.personnel, line.public, line.project))

    totals = printed(
        layout.figures, (spec.general_total, spec.basic, spec.personnel, spec.public, spec.general_projects)
    )
    rows = code_rows(spec.functions, figures, totals, layout)
    return sheet_of(spec, layout, TableKind.GENERAL_PUBLIC, "部门一般公共预算支出表", heads, rows)


def basic(spec: Spec, layout: Layout) -> Sheet:
    """一般公共预算基本支出表: by economic code under two merged headings."""
    figure_heads = (Head("合计"), Head("人员经费"), Head("公用经费"))
    heads = (
        Head("经济分类科目", children=code_heads(layout, economic=True)),
        Head("本年一般公共预算基本支出", children=figure_heads),
    )

    def figures(line: EconomicLine) -> tuple[str, ...]:
        return printed(layout.figures, (line.total, line.personnel, line.public))

    totals = printed(layout.figures, (spec.basic, spec.personnel, spec.public))
    rows = code_rows(spec.economics, figures, totals, layout, economic=True)
    return sheet_of(spec, layout, TableKind.BASIC, "部门一般公共预算基本支出表", heads, rows)


def comparison(spec: Spec, layout: Layout) -> Sheet:
    """一般公共预算增减变动表: last year beside this year, the change and its rate; negatives stand here."""
    style = layout.figures
    heads = (
        *code_heads(layout),
        Head("上年执行数", year=spec.year - 1, phase=Phase.ACTUAL),
        Head("本年预算数", year=spec.year, phase=Phase.BUDGET),
        Head("增减变动", children=(Head("增减额"), Head("增减%"))),
    )

    def figures(line: FunctionLine) -> tuple[str, ...]:
        return change_cells(line.total, spec.before_of(line.code), style)

    lines = spec.functions if spec.before else ()
    totals = change_cells(spec.general_total, spec.prior.general, style)
    rows = code_rows(lines, figures, totals, layout) if lines else ()
    return sheet_of(spec, layout, TableKind.GENERAL, "部门一般公共预算增减变动表", heads, rows)


def change_cells(now: Decimal, before: Decimal, style: FigureStyle) -> tuple[str, ...]:
    """The earlier amount, the later one, the change and the rate in percent (blank over a base of nothing)."""
    change = style.value(now) - style.value(before)
    rate = style.written(percent(change, style.value(before))) if style.value(before) else ""
    return style.printed(before), style.printed(now), style.printed(change * style.unit.scale), rate


def operating(spec: Spec, layout: Layout) -> Sheet:
    """机关运行经费支出表: the economic lines of goods and services, one figure column."""
    lines = [line for line in spec.economics if line.code.startswith(OPERATING_CODES)]
    heads = (*code_heads(layout, economic=True), Head("机关运行经费支出"))

    def figures(line: EconomicLine) -> tuple[str, ...]:
        return printed(layout.figures, (line.total,))

    total = sum_of(line.total for line in lines if len(line.code) == 3)
    rows = code_rows(lines, figures, printed(layout.figures, (total,)), layout, economic=True)
    return sheet_of(spec, layout, TableKind.OPERATING, "部门机关运行经费支出表", heads, rows)


def government_fund(spec: Spec, layout: Layout) -> Sheet:
    """政府性基金预算支出表: with its lines, or empty and declared so in a sentence under it."""
    spent = (Head("合计"), Head("基本支出"), Head("项目支出"))
    heads = (*code_heads(layout), Head("本年政府性基金预算支出", children=spent))
    if not spec.fund:
        sentence = f"说明：{spec.agency}本年度未安排政府性基金预算拨款支出，本表无数据。"
        return empty_sheet(spec, layout, TableKind.GOVERNMENT_FUND, "部门政府性基金预算支出表", heads, sentence)

    def figures(line: FunctionLine) -> tuple[str, ...]:
        return printed(layout.figures, (line.total, NIL, line.project))

    totals = printed(layout.figures, (spec.fund_total, NIL, spec.fund_total))
    rows = code_rows(spec.fund, figures, totals, layout)
    return sheet_of(spec, layout, TableKind.GOVERNMENT_FUND, "部门政府性基金预算支出表", heads, rows)


def state_capital(spec: Spec, layout: Layout) -> Sheet:
    """国有资本经营预算支出表: always empty here, and declared so."""
    heads = (*code_heads(layout), Head("项目支出"))
    sentence = f"说明：{spec.agency}本年度未安排国有资本经营预算拨款支出，本表无数据。"
    return empty_sheet(spec, layout, TableKind.STATE_CAPITAL, "部门国有资本经营预算支出表", heads, sentence)


def sheet_of(
    spec: Spec,
    layout: Layout,
    kind: TableKind,
    name: str,
    heads: tuple[Head, ...],
    rows: tuple[SheetRow, ...],
    style: FigureStyle | None = None,
    notes: tuple[str, ...] = (),
    joined: int | None = None,
) -> Sheet:
    """A sheet with the year in its title and the document's unit, owner line and numbering row."""
    return Sheet(
        kind,
        f"{spec.year}年{name}",
        heads,
        rows,
        (style or layout.figures).unit,
        owner=owner_line(spec, layout),
        notes=notes,
        numbering=layout.numbering,
        joined=joined,
    )


def empty_sheet(
    spec: Spec, layout: Layout, kind: TableKind, name: str, heads: tuple[Head, ...], sentence: str
) -> Sheet:
    """A table that holds no figure, drawn as the layout says, with the sentence that declares it empty."""
    width = sum(head.width for head in heads)
    rows: tuple[SheetRow, ...] = ()
    if layout.declared is Declared.TOTAL_ROW:
        rows = code_rows((), no_figures, ("",) * (width - code_width(layout)), layout)
    elif layout.declared is Declared.BLANK_ROWS:
        rows = (SheetRow(("",) * width, (None,)),) * 3
    return Sheet(
        kind,
        f"{spec.year}年{name}",
        heads,
        rows,
        layout.figures.unit,
        owner=owner_line(spec, layout),
        declared=sentence,
        numbering=layout.numbering,
    )


def no_figures(_: FunctionLine) -> tuple[str, ...]:
    return ()


def code_width(layout: Layout) -> int:
    """How many columns code and name take in a table by function."""
    return sum(head.width for head in code_heads(layout))


def owner_line(spec: Spec, layout: Layout) -> str | None:
    """The line over a table that says whose it is."""
    if not layout.agency_line:
        return None
    return f"{spec.agency_code}-{spec.agency}" if spec.agency_code else f"编制{spec.scope}：{spec.agency}"


def plain_label(name: str, total: bool = False, organisation: str | None = None) -> RowLabel:
    """A label without code or parent."""
    return RowLabel((name,), total=total, organisation=organisation)
