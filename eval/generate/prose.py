"""The prose of a budget document, in our own words, every figure taken from the specification."""

from __future__ import annotations

from eval.generate.book import Part
from eval.generate.data_files import rows_of
from eval.generate.layout import FigureStyle, Layout
from eval.generate.list_tables import three_public_amounts
from eval.generate.saying import Said, Scribe, Voice, joined
from eval.generate.spec import FunctionLine, Spec


def budget_prose(spec: Spec, layout: Layout) -> tuple[Part, ...]:
    """Everything before the tables: overview, explanation of the figures, terms."""
    scribe = Scribe()
    voice = Voice(layout.prose, spaced=layout.wording == 1, variant=layout.wording)
    _overview(scribe, spec, layout)
    year = spec.year
    scribe.heading(f"二、{year}年{spec.scope}预算安排情况说明", 1, new_page=not layout.stacked)
    _balance(scribe, spec, voice)
    _income(scribe, spec, voice)
    _spending(scribe, spec, voice)
    _fiscal(scribe, spec, voice)
    _general(scribe, spec, voice)
    _basic(scribe, spec, voice)
    _nothing(scribe, spec, voice)
    _three_public(scribe, spec, voice_for_three_public(voice, layout))
    _others(scribe, spec, voice)
    _terms(scribe, spec)
    return tuple(scribe.parts)


def voice_for_three_public(voice: Voice, layout: Layout) -> Voice:
    """The same words, the amounts in the unit of prose at two decimals at least."""
    style = layout.prose
    return Voice(FigureStyle(style.unit, max(style.decimals, 2), style.thousands), voice.spaced, voice.variant)


def _overview(scribe: Scribe, spec: Spec, layout: Layout) -> None:
    scribe.heading(f"一、{spec.scope}概况", 1, new_page=True)
    scribe.heading("（一）主要职能", 2)
    for number, duty in enumerate(spec.duties, 1):
        scribe.say(f"{number}. {duty}", framed=layout.framed and number == 1)
    scribe.heading("（二）机构设置情况", 2)
    names = "、".join(spec.organisations)
    scribe.say(f"纳入{spec.agency}{spec.year}年{spec.scope}预算编制范围的单位有：{names}。")


def _balance(scribe: Scribe, spec: Spec, voice: Voice) -> None:
    scribe.heading(f"（一）关于{spec.year}年收支预算的总体情况", 2)
    sources = ["一般公共预算拨款收入"] + (["政府性基金预算拨款收入"] if spec.revenue.fund else [])
    sources += ["上年结转结余"] if spec.revenue.carried else []
    uses = "、".join(line.name for line in _all_tops(spec))
    total = voice.money("收支总预算", spec.total)
    text = f"{spec.agency}把全部收支统一编入预算。收入方面有{'、'.join(sources)}；支出方面有{uses}。"
    scribe.say(f"{text}{spec.year}年收支总预算" + total + "。")


def _income(scribe: Scribe, spec: Spec, voice: Voice) -> None:
    scribe.heading(f"（二）关于{spec.year}年收入预算", 2)
    change = voice.change("收入预算", spec.total, spec.prior.total, "上年执行数")
    amount = voice.money("收入预算", spec.total)
    scribe.say(
        f"{spec.agency}{spec.year}年收入预算" + amount + "，" + change + voice.because(f"{spec.reasons.total}。")
    )
    general = spec.revenue.general + spec.revenue.carried
    line = "其中：一般公共预算拨款收入" + voice.money("一般公共预算拨款收入", general)
    if spec.revenue.carried:
        line = line + "（含上年结转" + voice.money("上年结转", spec.revenue.carried) + "）"
    line = line + "，" + voice.share("一般公共预算拨款收入", general, spec.total)
    if spec.revenue.fund:
        line = line + "；政府性基金预算拨款收入" + voice.money("政府性基金预算拨款收入", spec.revenue.fund)
        line = line + "，" + voice.share("政府性基金预算拨款收入", spec.revenue.fund, spec.total)
    scribe.say(line + "。")


def _spending(scribe: Scribe, spec: Spec, voice: Voice) -> None:
    scribe.heading(f"（三）关于{spec.year}年支出预算", 2)
    change = voice.change("支出预算", spec.total, spec.prior.total, "上年执行数")
    amount = voice.money("支出预算", spec.total)
    scribe.say(
        f"{spec.agency}{spec.year}年支出预算" + amount + "，" + change + voice.because(f"{spec.reasons.total}。")
    )
    tops = [line.name + voice.money(line.name, line.total) for line in _all_tops(spec)]
    scribe.say("1. 按功能分类看：" + joined(tops) + "。")
    parts = (
        ("人员支出", spec.personnel),
        ("日常公用支出", spec.public),
        ("项目支出", spec.project_total),
    )
    uses = [name + voice.money(name, sum_) + "，" + voice.share(name, sum_, spec.total) for name, sum_ in parts]
    scribe.say("2. 按用途看：" + joined(uses, "；") + "。")


def _fiscal(scribe: Scribe, spec: Spec, voice: Voice) -> None:
    scribe.heading(f"（四）关于{spec.year}年财政拨款收支预算的总体情况", 2)
    tops = joined([line.name + voice.money(line.name, line.total) for line in _all_tops(spec)])
    total = voice.money("财政拨款收支总预算", spec.total)
    scribe.say(f"{spec.year}年财政拨款收支总预算" + total + "，安排在：" + tops + "。")


def _general(scribe: Scribe, spec: Spec, voice: Voice) -> None:
    scribe.heading(f"（五）关于{spec.year}年一般公共预算拨款", 2)
    name = "一般公共预算拨款"
    change = voice.change(name, spec.general_total, spec.prior.general, "上年执行数")
    amount = voice.money(name, spec.general_total)
    scribe.say("1. 规模变化。")
    scribe.say(f"{spec.agency}{spec.year}年{name}" + amount + "，" + change + voice.because(f"{spec.reasons.total}。"))
    scribe.say("2. 结构。")
    shares = [
        line.name + voice.money(line.name, line.total) + "，" + voice.share(line.name, line.total, spec.general_total)
        for line in spec.tops()
    ]
    scribe.say(joined(shares, "；") + "。")
    scribe.say("3. 具体用途。")
    for number, line in enumerate(spec.leaves(), 1):
        path = _path(spec, line)
        words = f"（{number}）{path[0]}（类）{path[1]}（款）{path[2]}（项）"
        scribe.say(words + voice.money(line.name, line.total, path=path) + f"，主要用于{line.use}。")


def _basic(scribe: Scribe, spec: Spec, voice: Voice) -> None:
    scribe.heading(f"（六）关于{spec.year}年一般公共预算基本支出", 2)
    personnel = "、".join(line.name for line in spec.economics if line.personnel and len(line.code) > 3)
    public = "、".join(line.name for line in spec.economics if line.public and len(line.code) > 3)
    scribe.say(f"{spec.year}年一般公共预算基本支出" + voice.money("一般公共预算基本支出", spec.basic) + "，其中：")
    scribe.say("人员经费" + voice.money("人员经费", spec.personnel) + f"，用在{personnel}；")
    scribe.say("公用经费" + voice.money("公用经费", spec.public) + f"，用在{public}。")


def _nothing(scribe: Scribe, spec: Spec, voice: Voice) -> None:
    scribe.heading(f"（七）关于{spec.year}年政府性基金预算支出", 2)
    if spec.fund:
        lines = [line.name + voice.money(line.name, line.total) for line in spec.fund if len(line.code) == 7]
        total = voice.money("政府性基金预算支出", spec.fund_total)
        scribe.say(f"{spec.year}年政府性基金预算支出" + total + "，其中：" + joined(lines, "；") + "。")
    else:
        scribe.say(f"{spec.year}年没有安排政府性基金预算拨款的支出。", none_of="政府性基金预算")
    scribe.heading(f"（八）关于{spec.year}年国有资本经营预算支出", 2)
    scribe.say(f"{spec.year}年没有安排国有资本经营预算拨款的支出。", none_of="国有资本经营预算")


def _three_public(scribe: Scribe, spec: Spec, voice: Voice) -> None:
    scribe.heading(f"（九）关于{spec.year}年一般公共预算“三公”经费预算", 2)
    total, abroad, vehicles, purchase, running, reception = three_public_amounts(spec.three_public)
    prior = spec.prior
    base = "上年预算数"

    def item(name: str, now: Said, change: Said) -> Said:
        return f"{name}预算" + now + "，" + change

    line = f"{spec.agency}{spec.year}年“三公”经费预算" + voice.money("“三公”经费", total) + "，"
    line = line + voice.change("“三公”经费", total, prior.three_public, base)
    scribe.say(line + (voice.because(spec.reasons.three_public) if total != prior.three_public else "") + "。")
    name = "因公出国（境）费用"
    one = item(name, voice.money(name, abroad), voice.change(name, abroad, prior.abroad, base))
    scribe.say("1. " + one + "。")
    name = "公务接待费"
    two = item(name, voice.money(name, reception), voice.change(name, reception, prior.reception, base))
    scribe.say("2. " + two + (voice.because(spec.reasons.reception) if reception != prior.reception else "") + "。")
    name = "公务用车购置及运行维护费"
    three = item(name, voice.money(name, vehicles), voice.change(name, vehicles, prior.purchase + prior.running, base))
    name = "公务用车购置支出"
    buy = f"{name}" + voice.money(name, purchase) + "，" + voice.change(name, purchase, prior.purchase, base)
    if purchase != prior.purchase:
        buy = buy + voice.because(spec.reasons.purchase)
    name = "公务用车运行维护费支出"
    run = f"{name}" + voice.money(name, running) + "，" + voice.change(name, running, prior.running, base)
    scribe.say("3. " + three + "。其中，" + buy + "；" + run + "。")


def _others(scribe: Scribe, spec: Spec, voice: Voice) -> None:
    scribe.heading("（十）其他重要事项", 2)
    scribe.say("1. 机关运行经费。")
    change = voice.change("机关运行经费", spec.operating, spec.prior.operating, "上年预算")
    line = f"{spec.year}年{spec.agency}机关运行经费财政拨款预算" + voice.money("机关运行经费", spec.operating)
    reason = voice.because(spec.reasons.operating) if spec.operating != spec.prior.operating else ""
    scribe.say(line + "，" + change + reason + "。")
    scribe.say("2. 政府采购。")
    bought = spec.procurement
    kinds = (("货物", bought.goods), ("工程", bought.works), ("服务", bought.services))
    items = [f"政府采购{kind}预算" + voice.money(f"政府采购{kind}预算", amount) for kind, amount in kinds]
    total = voice.money("政府采购预算总额", bought.total)
    scribe.say(f"{spec.year}年政府采购预算总额" + total + "，其中：" + joined(items) + "。")
    _assets(scribe, spec, voice)
    scribe.say("4. 预算绩效。")
    goals = voice.count("一级项目", len(spec.programmes), "个") + "一级项目、"
    goals = goals + voice.count("二级项目", len(spec.projects), "个") + "二级项目"
    money = voice.money("涉及当年资金", spec.project_total)
    scribe.say(f"{spec.year}年项目支出全部编制绩效目标，共" + goals + "，涉及当年资金" + money + "。")


def _assets(scribe: Scribe, spec: Spec, voice: Voice) -> None:
    scribe.say("3. 国有资产占用。")
    held = spec.assets
    line = f"截至{spec.year - 1}年12月31日，{spec.agency}所属各预算单位共有车辆"
    line_said = line + voice.count("车辆", held.vehicles, "辆") + "，其中特种专业技术用车"
    line_said = line_said + voice.count("特种专业技术用车", held.special_vehicles, "辆")
    line_said = line_said + "。单位价值50万元以上通用设备"
    line_said = line_said + voice.count("单位价值50万元以上通用设备", held.general_equipment, "台（套）")
    line_said = line_said + "，单位价值100万元以上专用设备"
    line_said = line_said + voice.count("单位价值100万元以上专用设备", held.special_equipment, "台（套）")
    scribe.say(line_said + "。")
    bought = voice.count("购置车辆", held.bought_vehicles, "辆")
    scribe.say(f"{spec.year}年预算安排购置车辆" + bought + "。")


def _terms(scribe: Scribe, spec: Spec) -> None:
    scribe.heading("三、名词解释", 1)
    terms = rows_of("terms")
    for number, (term, text) in enumerate(terms, 1):
        scribe.define(number, term, text)
    for number, line in enumerate(spec.leaves(), len(terms) + 1):
        path = _path(spec, line)
        scribe.define(number, f"{path[0]}（类）{path[1]}（款）{path[2]}（项）", f"反映用于{line.use}的支出。")


def _all_tops(spec: Spec) -> list[FunctionLine]:
    return [line for line in spec.all_functions() if len(line.code) == 3]


def _path(spec: Spec, line: FunctionLine) -> tuple[str, ...]:
    return tuple(spec.function(line.code[:size]).name for size in (3, 5, 7))
