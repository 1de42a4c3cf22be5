"""The prose of a final account, in our own words."""

from __future__ import annotations

from eval.generate.book import Part
from eval.generate.data_files import rows_of
from eval.generate.layout import Layout
from eval.generate.list_tables import three_public_amounts
from eval.generate.prose import voice_for_three_public
from eval.generate.saying import Scribe, Voice, joined
from eval.generate.spec import FinalSpec, FunctionLine, sum_of


def final_prose(final: FinalSpec, layout: Layout) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """What stands before the tables, and what stands after them."""
    before, after = Scribe(), Scribe()
    spec, voice = final.actual, Voice(layout.prose, spaced=layout.wording == 1, variant=layout.wording)
    _overview(before, final)
    after.heading(f"第三部分 {spec.year}年度{spec.scope}决算情况说明", 1, new_page=True)
    _totals(after, final, voice)
    _general(after, final, voice)
    _basic(after, final, voice)
    _three_public(after, final, voice_for_three_public(voice, layout))
    _others(after, final, voice)
    after.heading("第四部分 名词解释", 1, new_page=True)
    for number, (term, text) in enumerate(rows_of("terms"), 1):
        after.define(number, term, text)
    return tuple(before.parts), tuple(after.parts)


def _overview(scribe: Scribe, final: FinalSpec) -> None:
    spec = final.actual
    scribe.heading(f"第一部分 {spec.scope}概况", 1, new_page=True)
    scribe.heading("一、主要职能", 2)
    for number, duty in enumerate(spec.duties, 1):
        scribe.say(f"{number}. {duty}")
    scribe.heading("二、决算单位构成", 2)
    scribe.say(f"{spec.year}年度决算汇总了以下单位：{'、'.join(spec.organisations)}。")


def _totals(scribe: Scribe, final: FinalSpec, voice: Voice) -> None:
    spec = final.actual
    scribe.heading("一、收入支出决算总体情况", 2)
    total = voice.money("收入支出总计", final.total)
    change = voice.change("收入支出总计", final.total, spec.prior.total, f"{spec.year - 1}年度")
    scribe.say(
        f"{spec.agency}{spec.year}年度收入支出总计" + total + "，" + change + voice.because(spec.reasons.total) + "。"
    )
    scribe.heading("二、收入决算情况", 2)
    current = spec.revenue.current + final.carried_out
    line = "本年收入合计" + voice.money("本年收入合计", current) + "，其中：财政拨款收入"
    line = line + voice.money("财政拨款收入", current) + "，" + voice.share("财政拨款收入", current, current)
    scribe.say(line + "。")
    scribe.heading("三、支出决算情况", 2)
    line = "本年支出合计" + voice.money("本年支出合计", spec.total) + "，其中："
    parts = (("基本支出", spec.basic), ("项目支出", spec.project_total))
    items = [name + voice.money(name, sum_) + "，" + voice.share(name, sum_, spec.total) for name, sum_ in parts]
    scribe.say(line + joined(items, "；") + "。")


def _general(scribe: Scribe, final: FinalSpec, voice: Voice) -> None:
    spec = final.actual
    scribe.heading("四、一般公共预算财政拨款支出决算情况", 2)
    tops = [line for line in final.budgeted if len(line.code) == 3]
    initial = sum_of(line.initial for line in tops)
    line = "年初预算为" + voice.money("一般公共预算财政拨款支出", initial) + "，支出决算为"
    line = line + voice.money("一般公共预算财政拨款支出", spec.total) + "，"
    line = line + voice.completion("一般公共预算财政拨款支出", spec.total, initial)
    scribe.say(f"{spec.year}年度一般公共预算财政拨款支出" + line + "。其中：")
    for number, leaf in enumerate(spec.leaves(), 1):
        _leaf(scribe, final, voice, number, leaf)


def _leaf(scribe: Scribe, final: FinalSpec, voice: Voice, number: int, leaf: FunctionLine) -> None:
    spec, budget = final.actual, final.budget_of(leaf.code)
    path = tuple(spec.function(leaf.code[:size]).name for size in (3, 5, 7))
    words = f"{number}. {path[0]}（类）{path[1]}（款）{path[2]}（项），主要用于{leaf.use}。年初预算为"
    said = words + voice.money(leaf.name, budget.initial, path=path) + "，支出决算为"
    said = said + voice.money(leaf.name, leaf.total, path=path)
    style = voice.style
    if style.value(budget.initial):
        said = said + "，" + voice.completion(leaf.name, leaf.total, budget.initial)
    if style.value(leaf.total) > style.value(budget.initial):
        said = said + "，决算数大于预算数，主要原因是年中追加了经费"
    elif style.value(leaf.total) < style.value(budget.initial):
        said = said + "，决算数小于预算数，主要原因是厉行节约"
    else:
        said = said + "，决算数与预算数持平"
    scribe.say(said + "。")


def _basic(scribe: Scribe, final: FinalSpec, voice: Voice) -> None:
    spec = final.actual
    scribe.heading("五、一般公共预算财政拨款基本支出决算情况", 2)
    line = f"{spec.year}年度基本支出" + voice.money("基本支出", spec.basic) + "，其中：人员经费"
    line = line + voice.money("人员经费", spec.personnel) + "，公用经费" + voice.money("公用经费", spec.public)
    scribe.say(line + "。")


def _three_public(scribe: Scribe, final: FinalSpec, voice: Voice) -> None:
    scribe.heading("六、财政拨款“三公”经费支出决算情况", 2)
    budget, actual = three_public_amounts(final.three_public), three_public_amounts(final.actual.three_public)
    line = "“三公”经费支出年初预算为" + voice.money("“三公”经费", budget[0]) + "，支出决算为"
    line = line + voice.money("“三公”经费", actual[0])
    if budget[0]:
        line = line + "，" + voice.completion("“三公”经费", actual[0], budget[0])
    scribe.say(line + "。")
    names = ("因公出国（境）费", "公务用车购置费", "公务用车运行维护费", "公务接待费")
    items = [
        f"{name}支出决算为" + voice.money(name, actual[place]) for name, place in zip(names, (1, 3, 4, 5), strict=True)
    ]
    scribe.say("其中：" + joined(items, "；") + "。")


def _others(scribe: Scribe, final: FinalSpec, voice: Voice) -> None:
    spec = final.actual
    scribe.heading("七、其他重要事项", 2)
    scribe.say(f"{spec.year}年度没有政府性基金预算财政拨款收入和支出。", none_of="政府性基金预算")
    scribe.say(f"{spec.year}年度没有国有资本经营预算财政拨款支出。", none_of="国有资本经营预算")
    change = voice.change("机关运行经费", spec.operating, spec.prior.operating, f"{spec.year - 1}年度")
    scribe.say("机关运行经费支出" + voice.money("机关运行经费", spec.operating) + "，" + change + "。")
    bought = spec.procurement
    kinds = (("货物", bought.goods), ("工程", bought.works), ("服务", bought.services))
    items = [f"政府采购{kind}支出" + voice.money(f"政府采购{kind}支出", amount) for kind, amount in kinds]
    total = voice.money("政府采购支出总额", bought.total)
    scribe.say(f"{spec.year}年度政府采购支出总额" + total + "，其中：" + joined(items) + "。")
    held = voice.count("车辆", spec.assets.vehicles, "辆")
    scribe.say(f"截至{spec.year}年12月31日，共有车辆" + held + "。")
