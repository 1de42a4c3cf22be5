"""Questions over the samples as people put them: colloquial, elliptic, in old characters; gold from the specs."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from eval.generate.question import Question
from eval.generate.samples import qinglan_2024, qinglan_final
from eval.generate.saying import percent
from eval.generate.shaoxing import shaoxing_2023, shaoxing_2024
from eval.generate.spec import Spec, sum_of

_WAN = "万元"


def handwritten_questions() -> list[Question]:
    """The questions, in order."""
    return [*_kexie(shaoxing_2024()), *_kexie_kpis(), *_kexie_limits(), *_two_years(), *_bureau()]


def _wan(yuan: Decimal) -> str:
    return f"{(yuan / 10_000).quantize(Decimal('0.01')):f}"


def _project(spec: Spec, name: str) -> Decimal:
    return next(project.amount for project in spec.projects if project.name == name)


def _kexie(spec: Spec) -> Iterator[Question]:
    def zh(kind: str, text: str, gold: str, unit: str = _WAN, cite: str = "") -> Question:
        return Question(kind, "zh", text, gold, unit, cite)

    def en(kind: str, text: str, gold: str, unit: str = _WAN, cite: str = "") -> Question:
        return Question(kind, "en", text, gold, unit, cite)

    trips = {line.organisation[-4:]: line for line in spec.three_public}
    own, museum, centre = trips["协会本级"], trips["兴科技馆"], trips["服务中心"]
    rent = _wan(_project(spec, "办公用房租赁"))
    tops = spec.tops()
    big = [p for p in spec.projects if p.organisation == "绍兴科技馆" and p.amount > 1_000_000]
    yield zh("lookup", "绍兴市科协2024年租办公用房要花多少钱", rent, cite="办公用房租赁")
    yield zh("lookup", "2024年绍兴市科协买车的预算是多少", _wan(centre.purchase), cite="公务用车购置")
    yield zh("lookup", "二〇二四年绍兴市科协的机关运行经费", _wan(spec.operating), cite="机关运行经费")
    activity = _wan(spec.function("2060704").total)
    yield zh("lookup", "紹興市科學技術協會2024年學術交流活動預算是多少", activity, cite="学术交流活动")
    yield zh("lookup", "绍兴市科协２０２４年一共有多少预算", _wan(spec.total))
    yield zh("lookup", "绍兴市科协2024年人员经费要多少", _wan(spec.personnel))
    yield zh("lookup", "2024年绍兴市科协一共有几辆车", str(spec.assets.vehicles), "辆", "车辆")
    equipment = str(spec.assets.special_equipment)
    yield zh("lookup", "2024年绍兴市科协100万元以上的专用设备有几台", equipment, "台（套）", "专用设备")
    yield zh("sum", "2024年绍兴科技馆和服务中心两家的三公经费加起来是多少", _wan(museum.total + centre.total))
    yield zh("difference", "2024年绍兴科技馆的三公经费比科协本级多多少", _wan(museum.total - own.total))
    share = f"{percent(spec.personnel, spec.total)}"
    yield zh("ratio", "2024年绍兴市科协人员支出占全部支出的百分之多少", share, "%")
    yield zh("count", "2024年绍兴科技馆有几个项目超过100万元", str(len(big)), "个")
    yield zh("list", "2024年绍兴市科协的钱花在哪几类上", "|".join(line.name for line in tops), "")
    least = min(tops, key=lambda line: line.total)
    yield zh("rank", "2024年绍兴市科协哪一类支出最少", _wan(least.total), cite=least.name)
    yield zh("text", "绍兴市科协预算里上年结转是什么意思", "没有用完|原来用途", "")
    yield en("lookup", "How much does the Shaoxing science association plan to pay in rent for offices in 2024?", rent)
    yield en("lookup", "Total 2024 budget of the Shaoxing science association?", _wan(spec.total))
    personnel = _wan(spec.personnel)
    yield en("lookup", "What are the personnel expenses of the Shaoxing science association in 2024?", personnel)
    services = _wan(spec.procurement.services)
    text = "How much is the 2024 government procurement of services of the Shaoxing science association?"
    yield en("lookup", text, services, cite="政府采购")
    yield en(
        "count", "How many vehicles did the Shaoxing science association own at the end of 2023?", "3", "辆", "车辆"
    )
    yield en("text", "What does basic expenditure mean in the 2024 Shaoxing budget?", "人员支出|公用支出", "")


def _kexie_kpis() -> Iterator[Question]:
    yield Question("kpi", "zh", "2024年科普宣传的曝光量目标是多少万人", "10", "万人", "宣传曝光量")
    yield Question("kpi", "zh", "2024年科技馆食堂要有多少人就餐", "200", "人", "就餐人数")
    yield Question("kpi", "zh", "绍兴市科协2024年办公用房租赁面积有多大", "25782.01", "平方米", "租赁面积")
    yield Question("kpi", "zh", "志愿服务工作2024年全年要招募多少志愿者", "2000", "人次", "全年招募志愿者人数")
    text = "How many days a year must the museum canteen be open in 2024?"
    yield Question("kpi", "en", text, "350", "天", "全年服务天数")
    text = "What is the 2024 target for the number of short-term exhibitions at the Shaoxing science museum?"
    yield Question("kpi", "en", text, "3", "个", "年度举办展览数量")


def _kexie_limits() -> Iterator[Question]:
    yield Question("abstain", "zh", "绍兴市科协2024年实际花了多少钱", "")
    yield Question("abstain", "zh", "杭州市科学技术协会2024年的预算是多少", "")
    yield Question("abstain", "zh", "2024年绍兴明天会下雨吗", "")
    yield Question("abstain", "en", "How much did the Shaoxing science association actually spend in 2024?", "")
    yield Question("abstain", "en", "What is the 2024 budget of the Ningbo science association?", "")
    yield Question("none", "zh", "绍兴市科协2024年有没有政府性基金的支出", "没有")
    yield Question(
        "none", "en", "Did the Shaoxing science association plan any state capital spending in 2024?", "none"
    )


def _two_years() -> Iterator[Question]:
    before, now = shaoxing_2023(), shaoxing_2024()
    both = f"{_wan(before.total)}|{_wan(now.total)}"
    yield Question("trend", "zh", "绍兴市科协2023年和2024年的总预算分别是多少", both, _WAN)
    more = _wan(now.total - before.total)
    yield Question("difference", "zh", "绍兴市科协2024年总预算比2023年总预算多多少", more, _WAN)
    lines = (before.function("20607").total, now.function("20607").total)
    rate = f"{percent(lines[1] - lines[0], lines[0])}"
    text = "By what percentage did the science popularization budget (20607) grow from 2023 to 2024?"
    yield Question("growth", "en", text, rate, "%", "科学技术普及")


def _bureau() -> Iterator[Question]:
    budget, final = qinglan_2024(), qinglan_final()
    library = (budget.function("2070104"), final.actual.function("2070104"))
    name = "青岚市文化和旅游局"
    spent = _wan(final.actual.total)
    yield Question("lookup", "zh", f"{name}2024年实际支出一共多少", spent, _WAN)
    yield Question("lookup", "zh", f"{name}2024年图书馆实际花了多少", _wan(library[1].total), _WAN, "图书馆")
    yield Question("lookup", "zh", f"{name}2024年图书馆的年初预算", _wan(library[0].total), _WAN, "图书馆")
    yield Question("lookup", "en", f"How much did {name} actually spend in 2024?", spent, _WAN)
    trips = sum_of(line.total for line in final.actual.three_public)
    yield Question("lookup", "zh", f"{name}2024年决算里“三公”经费花了多少", _wan(trips), _WAN)
