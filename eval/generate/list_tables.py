"""Tables that are lists: “三公” by organisation, projects, performance goals, KPIs, procurement."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from eval.generate.code_tables import owner_line, plain_label, sheet_of
from eval.generate.layout import Layout
from eval.generate.sheet import Head, Sheet, SheetRow, printed
from eval.generate.spec import NIL, KpiBlock, Spec, Target, ThreePublic, sum_of
from ingest.records import ColumnRole, RowLabel, TableKind

THREE_PUBLIC_NOTE = "注：教学科研人员的学术交流出国（境）费用未列入本表。"


def three_public(spec: Spec, layout: Layout) -> Sheet:
    """一般公共预算“三公”经费支出表: one row an organisation, vehicles split under a merged heading."""
    vehicles = (Head("小计"), Head("公务用车购置费"), Head("公务用车运行维护费"))
    heads = (
        Head("单位名称", ColumnRole.ORGANISATION, 2.4),
        Head("“三公”经费合计"),
        Head("因公出国(境)费用"),
        Head("公务用车购置及运行费", children=vehicles),
        Head("公务接待费"),
    )
    style = layout.three_public
    lines = spec.three_public
    rows = [SheetRow(("合计", *printed(style, three_public_amounts(lines))), (plain_label("合计", total=True),))]
    for line in lines:
        label = plain_label(line.organisation, organisation=line.organisation)
        rows.append(SheetRow((line.organisation, *printed(style, three_public_amounts((line,)))), (label,)))
    name = "部门一般公共预算“三公”经费支出表"
    return sheet_of(spec, layout, TableKind.THREE_PUBLIC, name, heads, tuple(rows), style, (THREE_PUBLIC_NOTE,))


def three_public_amounts(lines: Sequence[ThreePublic]) -> tuple[Decimal, ...]:
    """Total, abroad, vehicles, purchase, running, reception of these organisations together."""
    fields = ("total", "abroad", "vehicles", "purchase", "running", "reception")
    return tuple(sum_of(getattr(line, field) for line in lines) for field in fields)


def projects(spec: Spec, layout: Layout) -> Sheet:
    """部门项目支出预算表: organisation and project by source of money."""
    heads = (
        Head("单位名称", ColumnRole.ORGANISATION, 2.2),
        Head("项目名称", ColumnRole.LABEL, 1.8 if layout.narrow else 3.0),
        Head("总计"),
        Head("一般公共预算"),
        Head("政府性基金"),
        Head("国有资本经营预算"),
        Head("财政专户管理资金"),
        Head("单位资金"),
    )

    def figures(amount: Decimal, fund: Decimal) -> tuple[str, ...]:
        return printed(layout.figures, (amount, amount - fund, fund, NIL, NIL, NIL))

    rows = [_total_row(2, figures(spec.project_total, spec.fund_total), layout)]
    for project in spec.projects:
        label = plain_label(project.name, organisation=project.organisation)
        amounts = figures(project.amount, project.amount if project.fund else NIL)
        rows.append(SheetRow((project.organisation, project.name, *amounts), (label,)))
    joined = 0 if layout.merged_organisations else None
    name = "部门项目支出预算表"
    return sheet_of(spec, layout, TableKind.PROJECTS, name, heads, tuple(rows), joined=joined)


def performance(spec: Spec, layout: Layout) -> Sheet:
    """部门项目支出绩效表: programme, amount and a goal of several lines."""
    heads = (
        Head("单位名称", ColumnRole.ORGANISATION, 1.6),
        Head("项目名称", ColumnRole.LABEL, 1.6),
        Head("金额", weight=0.8),
        Head("绩效目标", ColumnRole.TEXT, 5.0),
    )
    rows = [_total_row(2, (*printed(layout.figures, (spec.project_total,)), ""), layout)]
    for programme in spec.programmes:
        figure = layout.figures.printed(programme.amount)
        label = plain_label(programme.name, organisation=programme.organisation)
        rows.append(SheetRow((programme.organisation, programme.name, figure, programme.goal), (label,)))
    joined = 0 if layout.merged_organisations else None
    return sheet_of(spec, layout, TableKind.PERFORMANCE, "部门项目支出绩效表", heads, tuple(rows), joined=joined)


def indicators(spec: Spec, layout: Layout) -> Sheet:
    """部门绩效指标表: for each organisation and project a line of weights, then one line a KPI.

    Its amounts are in yuan and no unit is printed, as in the disclosures of Zhejiang.
    """
    names = "项目编码 项目名称 年度绩效目标 一级指标 二级指标 三级指标 指标符号 年度指标值 指标单位"
    texts = names.split()
    weights = (1.5, 1.8, 2.6, 1.1, 1.1, 1.6, 0.7, 0.9, 0.8)
    roles = (ColumnRole.TEXT, ColumnRole.LABEL, *[ColumnRole.TEXT] * 7)
    heads = (
        Head("单位", ColumnRole.ORGANISATION, 1.7),
        *[Head(t, r, w) for t, r, w in zip(texts, roles, weights, strict=True)],
        Head("指标权重", ColumnRole.TEXT, 0.8),
        Head("项目总额"),
        Head("预算金额"),
    )
    rows: list[SheetRow] = []
    for organisation in dict.fromkeys(block.organisation for block in spec.kpis):
        blocks = [block for block in spec.kpis if block.organisation == organisation]
        rows.append(_weights_row(organisation, "", 100 * len(blocks)))
        for block in blocks:
            rows.append(_weights_row(organisation, block.code, 100))
            rows.extend(_target_row(block, target, first=not i) for i, target in enumerate(block.targets))
    return Sheet(
        TableKind.INDICATORS, f"{spec.year}年部门绩效指标表", heads, tuple(rows), None, owner=owner_line(spec, layout)
    )


def _weights_row(organisation: str, code: str, weight: int) -> SheetRow:
    label = RowLabel((organisation,), organisation=organisation)
    return SheetRow((organisation, code, *[""] * 8, str(weight), "", ""), (label,))


def _target_row(block: KpiBlock, target: Target, first: bool) -> SheetRow:
    amounts = (f"{block.total:f}", f"{block.budget:f}") if first else ("", "")
    label = RowLabel((block.project,), organisation=block.organisation)
    cells = (
        block.organisation, block.subcode, block.project, block.goal, target.level1, target.level2, target.name,
        target.operator, target.target, target.unit, f"{target.weight:f}", *amounts,
    )  # fmt: skip
    return SheetRow(cells, (label,))


def procurement(spec: Spec, layout: Layout) -> Sheet:
    """部门政府采购预算表: goods, works and services."""
    bought = spec.procurement
    heads = (
        Head("序号", ColumnRole.TEXT, 0.5),
        Head("采购类别", ColumnRole.LABEL, 2.0),
        Head("采购预算金额", weight=1.4),
    )
    kinds = (("货物", bought.goods), ("工程", bought.works), ("服务", bought.services))
    rows = [
        SheetRow((str(i), name, layout.figures.printed(amount)), (plain_label(name),))
        for i, (name, amount) in enumerate(kinds, 1)
    ]
    merged = ((0, 2),) if layout.merged_total else ()
    names = ("合计", "") if merged else ("", "合计")
    cells = (*names, layout.figures.printed(bought.total))
    rows.append(SheetRow(cells, (plain_label("合计", total=True),), merged=merged))
    return sheet_of(spec, layout, TableKind.PROCUREMENT, "部门政府采购预算表", heads, tuple(rows))


def _total_row(names: int, figures: tuple[str, ...], layout: Layout) -> SheetRow:
    label = plain_label("合计", total=True)
    if layout.merged_total:
        return SheetRow(("合计", *[""] * (names - 1), *figures), (label,), merged=((0, names),))
    return SheetRow((*[""] * (names - 1), "合计", *figures), (label,))
