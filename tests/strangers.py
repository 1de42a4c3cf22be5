"""Disclosures as other governments print them: none of these layouts comes from our generator or a shared document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.drawn import WIDE, Box, Drawn, Pen, bare, strokes


@dataclass(frozen=True)
class Meant:
    """A table as it was meant: its title, unit, and the parts it was drawn in."""

    title: str
    unit: str | None
    parts: tuple[Drawn, ...]


Stranger = tuple[Pen, list[Meant]]
ONE = tuple[str, int, int]


def leaf(*texts: str) -> list[ONE]:
    """Heading cells of one row and one column each."""
    return [(text, 1, 1) for text in texts]


def even(left: float, right: float, *weights: float) -> list[float]:
    """Column edges in proportion to weights."""
    xs = [left]
    for weight in weights:
        xs.append(round(xs[-1] + (right - left) * weight / sum(weights), 1))
    return xs


def ministry_balance() -> Stranger:
    """A central ministry's 部门收支总表: form number, unit at the right, names justified with full blanks."""
    pen = Pen()
    pen.text(60, 60, "公开01表", 10)
    pen.centred(297, 80, "部门收支总表", 16)
    pen.right(540, 105, "单位：万元")
    table = Drawn(
        even(55, 540, 4, 2, 4, 2),
        [[("收      入", 2, 1), ("支      出", 2, 1)], leaf("项    目", "预算数", "项    目", "预算数")],
        [
            ["一、一般公共预算拨款收入", "81,234.56", "一、一般公共服务支出", "1,200.00"],
            ["二、政府性基金预算拨款收入", "", "二、外交支出", "300.00"],
            ["三、国有资本经营预算拨款收入", "", "三、科学技术支出", "70,734.56"],
            ["四、事业收入", "2,000.00", "四、社会保障和就业支出", "8,000.00"],
            ["五、其他收入", "1,000.00", "五、住房保障支出", "5,000.00"],
            ["本年收入合计", "84,234.56", "本年支出合计", "85,234.56"],
            ["使用非财政拨款结余", "500.00", "结转下年", "0.00"],
            ["上年结转", "500.00", "", ""],
            ["收　入　总　计", "85,234.56", "支　出　总　计", "85,234.56"],
        ],
        frozenset((0, 2)),
    )
    table.draw(pen, 120)
    return pen, [Meant("部门收支总表", "万元", (table,))]


def ministry_expenditure() -> Stranger:
    """一般公共预算支出表 with last year's actual, this year's budget and the change; a heading of two rows."""
    pen = Pen(WIDE)
    pen.text(60, 50, "公开05表", 10)
    pen.centred(421, 65, "一般公共预算支出表", 16)
    pen.right(800, 92, "单位:万元")
    table = Drawn(
        even(40, 800, 1.2, 3, 1.4, 1.4, 1.4, 1.4, 1.4, 1.2),
        [
            [("功能分类科目", 2, 1), ("2023年\n执行数", 1, 2), ("2024年预算数", 3, 1), ("比2023年执行数", 2, 1)],
            [*leaf("科目编码", "科目名称", "小计", "基本支出", "项目支出", "增减额", "增减%")],
        ],
        [
            ["206", "科学技术支出", "7,100.00", "7,500.00", "2,500.00", "5,000.00", "400.00", "5.63"],
            ["20601", "  科学技术管理事务", "2,100.00", "2,500.00", "2,500.00", "", "400.00", "19.05"],
            ["2060101", "    行政运行", "2,100.00", "2,500.00", "2,500.00", "", "400.00", "19.05"],
            ["20602", "  基础研究", "5,000.00", "5,000.00", "", "5,000.00", "", "0.00"],
            ["2060203", "    自然科学基金", "5,000.00", "5,000.00", "", "5,000.00", "", "0.00"],
            ["合计", "<", "7,100.00", "7,500.00", "2,500.00", "5,000.00", "400.00", "5.63"],
        ],
        frozenset((0, 1)),
        height=24,
    )
    table.draw(pen, 110)
    return pen, [Meant("一般公共预算支出表", "万元", (table,))]


def ministry_final_balance() -> Stranger:
    """收入支出决算总表 with 行次 columns and a 栏次 row: the serial numbers are no figures."""
    pen = Pen(WIDE)
    pen.centred(421, 40, "收入支出决算总表", 16)
    pen.right(800, 66, "公开01表")
    pen.text(40, 80, "部门：某某部")
    pen.right(800, 80, "金额单位：万元")
    names = ["一、一般公共预算财政拨款收入", "二、政府性基金预算财政拨款收入", "三、事业收入", "本年收入合计"]
    others = ["一、一般公共服务支出", "二、教育支出", "三、科学技术支出", "本年支出合计"]
    table = Drawn(
        even(40, 800, 4, 0.8, 2, 4, 0.8, 2),
        [
            [("收入", 3, 1), ("支出", 3, 1)],
            leaf("项目", "行次", "金额", "项目", "行次", "金额"),
            leaf("栏次", "", "1", "栏次", "", "2"),
        ],
        [
            [names[0], "1", "900.50", others[0], "31", "100.00"],
            [names[1], "2", "", others[1], "32", "200.00"],
            [names[2], "3", "99.50", others[2], "33", "650.00"],
            [names[3], "27", "1,000.00", others[3], "57", "950.00"],
            ["年初结转和结余", "29", "50.00", "年末结转和结余", "59", "100.00"],
            ["总计", "30", "1,050.00", "总计", "60", "1,050.00"],
        ],
        frozenset((0, 3)),
        numbering=1,
    )
    end = table.draw(pen, 95)
    pen.text(40, end + 6, "注：1.本表反映部门本年度的总收支和年末结转结余情况。")
    return pen, [Meant("收入支出决算总表", "万元", (table,))]


def ministry_final_revenue() -> Stranger:
    """收入决算表: 项目 over 类 款 项 and the name, 栏次 and 合计 merged over four columns."""
    pen = Pen(WIDE)
    pen.centred(421, 40, "收入决算表", 16)
    pen.right(800, 66, "公开02表")
    pen.text(40, 80, "部门：某某部")
    pen.right(800, 80, "金额单位：元")
    amounts = ("本年收入合计", "财政拨款收入", "上级补\n助收入", "事业收入", "其他收入")
    table = Drawn(
        even(40, 800, 0.5, 0.5, 0.5, 3.4, 2, 2, 1.5, 1.5, 1.5),
        [
            [
                ("项目", 4, 1),
                *((text, 1, 2) for text in amounts),
            ],
            [("功能分类\n科目编码", 3, 1), ("科目名称", 1, 1)],
            [("类", 1, 2), ("款", 1, 2), ("项", 1, 2), *leaf("栏次", "1", "2", "3", "4", "5")],
        ],
        [
            ["^", "^", "^", "合计", "3,000.00", "2,900.00", "0.00", "60.00", "40.00"],
            ["205", "<", "<", "教育支出", "3,000.00", "2,900.00", "0.00", "60.00", "40.00"],
            ["20508", "<", "<", "进修及培训", "3,000.00", "2,900.00", "0.00", "60.00", "40.00"],
            ["2050803", "<", "<", "培训支出", "3,000.00", "2,900.00", "0.00", "60.00", "40.00"],
        ],
        frozenset((0, 1, 2, 3)),
        height=24,
        numbering=1,
    )
    table.draw(pen, 95)
    return pen, [Meant("收入决算表", "元", (table,))]


def three_panels() -> Stranger:
    """一般公共预算财政拨款基本支出决算明细表: 人员经费 and 公用经费 in three panels of code, name, amount."""
    pen = Pen(WIDE)
    pen.centred(421, 40, "一般公共预算财政拨款基本支出决算明细表", 15)
    pen.right(800, 66, "公开06表")
    pen.text(40, 80, "部门：某某部")
    pen.right(800, 80, "金额单位：万元")
    head = ("科目编码", "科目名称", "金额")
    table = Drawn(
        even(40, 800, *(1, 2.6, 1.5) * 3),
        [[("人员经费", 3, 1), ("公用经费", 6, 1)], leaf(*head * 3)],
        [
            ["301", "工资福利支出", "700.00", "302", "商品和服务支出", "200.00", "310", "资本性支出", "20.00"],
            ["30101", "  基本工资", "300.00", "30201", "  办公费", "150.00", "31002", "  办公设备购置", "20.00"],
            ["30102", "  津贴补贴", "400.00", "30202", "  印刷费", "50.00", "31003", "  专用设备购置", ""],
            ["303", "对个人和家庭的补助", "80.00", "", "", "", "", "", ""],
            ["30302", "  退休费", "80.00", "", "", "", "", "", ""],
            ["人员经费合计", "<", "780.00", "公用经费合计", "<", "<", "<", "<", "220.00"],
        ],
        frozenset((0, 1, 3, 4, 6, 7)),
    )
    table.draw(pen, 95)
    return pen, [Meant("一般公共预算财政拨款基本支出决算明细表", "万元", (table,))]


def dotted(pen: Pen, box: Box) -> None:
    """Dotted rules made of many dashes a hair long."""
    x0, top, x1, bottom = box
    for y in (top, bottom):
        x = x0
        while x < x1:
            pen.line(x, y, min(x + 1.0, x1), y, 0.4)
            x += 2.0
    for x in (x0, x1):
        y = top
        while y < bottom:
            pen.line(x, y, x, min(y + 1.0, bottom), 0.4)
            y += 2.0


def doubled(pen: Pen, box: Box) -> None:
    """Double rules, as word processors draw them: two strokes 1.5 points apart."""
    x0, top, x1, bottom = box
    for d in (-0.75, 0.75):
        pen.line(x0, top + d, x1, top + d, 0.3)
        pen.line(x0, bottom + d, x1, bottom + d, 0.3)
        pen.line(x0 + d, top, x0 + d, bottom, 0.3)
        pen.line(x1 + d, top, x1 + d, bottom, 0.3)


def slabs(pen: Pen, box: Box) -> None:
    """Thin filled rectangles for rules, each side its own, corners included."""
    x0, top, x1, bottom = box
    for y in (top, bottom):
        pen.fill((x0, y - 0.24, x1, y + 0.24))
    for x in (x0, x1):
        pen.fill((x - 0.24, top, x + 0.24, bottom))


def shards(pen: Pen, box: Box) -> None:
    """Spreadsheet hairlines: short strokes, no outer frame at the left and right of the page."""
    x0, top, x1, bottom = box
    for y in (top, bottom):
        for i in range(4):
            pen.line(x0 + (x1 - x0) * i / 4, y, x0 + (x1 - x0) * (i + 1) / 4, y, 0.1)
    for x in (x0, x1):
        pen.line(x, top, x, bottom, 0.1)


def shaded(pen: Pen, box: Box) -> None:
    """A heading cell in white on colour: its fill is its only frame."""
    pen.fill((box[0] + 0.3, box[1] + 0.3, box[2] - 0.3, box[3] - 0.3), 0.25)


COUNTY = Drawn(
    even(60, 540, 1.3, 3, 1.6, 1.6, 1.6),
    [[("科目编码", 1, 2), ("科目名称", 1, 2), ("本年预算", 3, 1)], leaf("合　计", "基本支出", "项目支出")],
    [
        ["", "合　　计", "１,２３４.５０", "１,０３４.５０", "２００.００"],
        ["201", "一般公共服务支出", "1,000.00", "800.00", "200.00"],
        ["20103", "  政府办公厅（室）及相关机构事务", "1,000.00", "800.00", "200.00"],
        ["2010301", "    行政运行", "800.00", "800.00", "-"],
        ["2010302", "    一般行政管理事务", "200.00", "－", "200.00"],
        ["208", "社会保障和就业支出", "234.50", "234.50", "——"],
        ["20805", "  行政事业单位养老支出", "234.50", "234.50", "--"],
        ["2080505", "    机关事业单位基本养老\n    保险缴费支出", "234.50", "234.50", "0.00"],
    ],
    frozenset((0, 1)),
    height=26,
)


def county(rule: Callable[[Pen, Box], None], **options: object) -> Stranger:
    """A county office's table in one style of rules, the unit in the title."""
    pen = Pen()
    pen.centred(297, 60, "2024年部门支出预算表（单位：元）", 15)
    table = replace(COUNTY, rule=rule, **options)  # type: ignore[arg-type]
    table.draw(pen, 95)
    return pen, [Meant("2024年部门支出预算表", "元", (table,))]


def row_tables() -> Stranger:
    """A word processor that ends a table behind every row: a hair of space between the frames of the rows."""
    pen = Pen()
    pen.centred(297, 60, "2024年部门支出预算表", 15)
    pen.right(540, 84, "金额单位：人民币万元")
    top = Drawn(COUNTY.xs, COUNTY.head, []).draw(pen, 100)
    for row in COUNTY.body:
        top = replace(COUNTY, head=[], body=[row]).draw(pen, top + 1.2)
    return pen, [Meant("2024年部门支出预算表", "万元", (COUNTY,))]


def continued() -> Stranger:
    """A table that goes on on the next page under 续表, its heading repeated, the unit line too."""
    pen = Pen()
    first = replace(COUNTY, body=COUNTY.body[:5])
    rest = replace(COUNTY, body=COUNTY.body[5:])
    pen.centred(297, 60, "附表3  2024年部门支出预算表", 15)
    pen.right(540, 84, "单位：人民币元")
    first.draw(pen, 100)
    pen.page()
    pen.right(540, 60, "续表")
    rest.draw(pen, 80)
    return pen, [Meant("2024年部门支出预算表", "元", (first, rest))]


def units_as_rows() -> Stranger:
    """Units as rows, no codes, 合计 at the bottom, budget / execution / completion."""
    pen = Pen(WIDE)
    pen.centred(421, 60, "2024年度部门预算执行情况表", 15)
    pen.right(800, 84, "单位：万元")
    table = Drawn(
        even(40, 800, 0.8, 3, 3, 1.5, 1.5, 1.5, 1.2),
        [leaf("序号", "单位名称", "项目名称", "年初预算数", "调整预算数", "执行数", "完成%")],
        [
            ["1", "市水务局本级", "河道整治", "500.00", "520.00", "500.00", "96.15"],
            ["2", "^", "防汛物资储备", "80.00", "80.00", "40.00", "50.00"],
            ["3", "市水文总站", "水文监测", "120.00", "120.00", "120.00", "100.00"],
            ["4", "市供水排水管理中心", "排水管网\n检测与修复", "300.00", "280.00", "266.00", "95.00"],
            ["5", "^", "供水安全保障", "", "100.00", "90.00", "90.00"],
            ["", "合  计", "", "1,000.00", "1,100.00", "1,016.00", "92.36"],
        ],
        frozenset((1, 2)),
        height=24,
    )
    table.draw(pen, 100)
    return pen, [Meant("2024年度部门预算执行情况表", "万元", (table,))]


def kpi_form() -> Stranger:
    """Small 绩效目标表 forms, one a page: cells of names and values beside one another, indicators below."""
    pen = Pen()
    meant = []
    for n, (name, amount) in enumerate((("乡村道路养护", "60.00"), ("图书馆免费开放", "45.50"))):
        if n:
            pen.page()
        pen.text(60, 50, f"表{12 + n}")
        pen.centred(297, 60, "2024年部门预算项目支出绩效目标表", 14)
        pen.right(540, 84, "金额单位：万元")
        table = Drawn(
            even(60, 540, 1.2, 1.4, 1.6, 2.6, 1.8),
            [],
            [
                ["项目名称", "<", name, "<", "<"],
                ["项目资金", "<", "年度资金总额", amount, "<"],
                ["总体目标", "<", "保障全年服务不间断", "<", "<"],
                ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
                ["^", "产出指标", "数量指标", "服务次数", "≥12次"],
                ["^", "^", "质量指标", "验收合格率", "≥95%"],
                ["^", "满意度指标", "服务对象满意度", "群众满意度", "≥90%"],
            ],
            frozenset(range(5)),
        )
        table.draw(pen, 100)
        meant.append(Meant("2024年部门预算项目支出绩效目标表", "万元", (table,)))
    return pen, meant


def narrow_figures() -> Stranger:
    """Figures too wide for their cells, broken over two lines; a 三公 table with nested headings."""
    pen = Pen()
    pen.centred(297, 60, "一般公共预算“三公”经费支出表", 15)
    pen.text(60, 84, "单位名称：某某镇人民政府")
    pen.right(540, 84, "单位：元")
    row = ["1,234,567.\n89", "0.00", "1,200,000.\n00", "0.00", "1,200,000.\n00", "34,567.89"]
    table = Drawn(
        even(60, 540, 1, 1, 1, 1, 1, 1),
        [
            [("合计", 1, 2), ("因公出国\n（境）费", 1, 2), ("公务用车购置及运行费", 3, 1), ("公务\n接待费", 1, 2)],
            leaf("小计", "公务用车\n购置费", "公务用车\n运行费"),
        ],
        [row],
        frozenset(),
        height=28,
        size=8,
    )
    table.draw(pen, 100)
    return pen, [Meant("一般公共预算“三公”经费支出表", "元", (table,))]


def vertical_text() -> Stranger:
    """Names set downwards in a merged cell at the left of the rows."""
    pen = Pen()
    pen.centred(297, 60, "2024年财政拨款收支情况表", 15)
    pen.right(540, 84, "单位：万元")
    table = Drawn(
        even(60, 540, 0.5, 3, 1.5, 1.5),
        [[("项目", 2, 1), *leaf("上年预算数", "本年预算数")]],
        [
            ["收\n入", "一般公共预算", "90.00", "95.00"],
            ["^", "政府性基金预算", "10.00", "5.00"],
            ["^", "收入小计", "100.00", "100.00"],
            ["支\n出", "基本支出", "70.00", "75.00"],
            ["^", "项目支出", "30.00", "25.00"],
            ["^", "支出小计", "100.00", "100.00"],
        ],
        frozenset((0, 1)),
    )
    table.draw(pen, 100)
    return pen, [Meant("2024年财政拨款收支情况表", "万元", (table,))]


LAYOUTS: dict[str, Callable[[], Stranger]] = {
    "ministry, balance": ministry_balance,
    "ministry, expenditure": ministry_expenditure,
    "ministry, final balance": ministry_final_balance,
    "ministry, final revenue": ministry_final_revenue,
    "three panels": three_panels,
    "county, strokes": lambda: county(strokes),
    "county, dotted rules": lambda: county(dotted),
    "county, double rules": lambda: county(doubled),
    "county, filled rectangles": lambda: county(slabs),
    "county, hairlines in pieces": lambda: county(shards),
    "county, heading in white on colour": lambda: county(strokes, head_rule=shaded),
    "county, no rules": lambda: county(bare),
    "rows as tables": row_tables,
    "continued": continued,
    "units as rows": units_as_rows,
    "kpi forms": kpi_form,
    "narrow figures": narrow_figures,
    "vertical text": vertical_text,
}
