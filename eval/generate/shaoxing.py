"""绍兴市科学技术协会: its published 2024 budget figures, and an invented 2023 that agrees with what 2024 says of it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from eval.generate.data_files import function_uses, rows_of
from eval.generate.spec import (
    Assets,
    EconomicLine,
    FunctionLine,
    KpiBlock,
    Prior,
    Procurement,
    Programme,
    Project,
    Reasons,
    Revenue,
    Spec,
    Target,
    ThreePublic,
)
from eval.generate.vary import Variation, vary

AGENCY = "绍兴市科学技术协会"
_WAN = Decimal(10_000)
_ORGANISATIONS = ("绍兴市科学技术协会本级", "绍兴科技馆", "绍兴市科技工作者服务中心")
_DUTIES = (
    "联系和服务全市科技工作者，反映他们的意见和诉求。",
    "组织学术交流，推动学科发展和产学研合作。",
    "开展科普活动，建设科普阵地，提高公民科学素质。",
    "举荐和表彰优秀科技人才，营造尊重人才的氛围。",
    "指导市级学会和基层科协组织的建设。",
    "管理科技馆等直属单位，承担市里交办的其他工作。",
)


def yuan(wan: str) -> Decimal:
    """An amount printed in 万元, blank for nothing, as yuan."""
    return Decimal(wan or "0") * _WAN


def shaoxing_2024() -> Spec:
    """The published figures; sentences, duties and goals are ours."""
    uses = function_uses()
    functions = tuple(
        FunctionLine(code, name, yuan(personnel), yuan(public), yuan(project), yuan(basic), yuan(total), uses[code])
        for code, name, total, basic, personnel, public, project in rows_of("shaoxing_functions")
    )
    economics = tuple(EconomicLine(code, name, yuan(a), yuan(b)) for code, name, a, b in rows_of("shaoxing_economics"))
    return Spec(
        agency=AGENCY,
        agency_code="281",
        scope="部门",
        year=2024,
        organisations=_ORGANISATIONS,
        duties=_DUTIES,
        revenue=Revenue(general=yuan("5333.72"), carried=yuan("3.93")),
        functions=functions,
        economics=economics,
        personnel=yuan("1691.46"),
        public=yuan("1006.53"),
        three_public=_three_public(),
        projects=tuple(Project(o, n, yuan(a)) for o, n, a in rows_of("shaoxing_projects")),
        project_total=yuan("2639.66"),
        programmes=tuple(Programme(o, n, yuan(a), g) for o, n, a, g in rows_of("shaoxing_programmes")),
        kpis=kpi_blocks("shaoxing_indicators"),
        procurement=Procurement(yuan("79.60"), yuan("0"), yuan("2591.40")),
        operating=yuan("881.00"),
        assets=Assets(3, 1, 1, 12, bought_vehicles=1),
        prior=_PRIOR,
        reasons=Reasons(
            "办公用房租赁安排增加",
            "下属单位安排车辆更新",
            "压缩了接待开支",
            "原有车辆到了报废年限，需要更新",
            "人员增加，公用经费随之增加",
        ),
        invented=False,
    )


_PRIOR = Prior(
    total=yuan("4808.81"),
    general=yuan("4778.81"),
    abroad=yuan("0"),
    purchase=yuan("0"),
    running=yuan("5.00"),
    reception=yuan("4.45"),
    operating=yuan("873.48"),
)


def _three_public() -> tuple[ThreePublic, ...]:
    figures = (("0", "0", "0", "1.00"), ("0", "0", "2.50", "1.50"), ("0", "19.60", "2.50", "0.25"))
    return tuple(
        ThreePublic(name, *[yuan(f) for f in line]) for name, line in zip(_ORGANISATIONS, figures, strict=True)
    )


def kpi_blocks(file: str) -> tuple[KpiBlock, ...]:
    """The KPI blocks of a data file: a line that begins with @ opens a project, its targets follow."""
    blocks: list[tuple[tuple[str, ...], list[Target]]] = []
    for row in rows_of(file):
        if row[0] == "@":
            blocks.append((row[1:], []))
        else:
            level1, level2, name, operator, target, unit, weight = row
            blocks[-1][1].append(Target(level1, level2, name, operator, target, unit, Decimal(weight)))
    return tuple(
        KpiBlock(org, code, sub, project, goal_of(project), Decimal(total), Decimal(budget), tuple(targets))
        for (org, code, sub, project, total, budget), targets in blocks
    )


def goal_of(project: str) -> str:
    """A goal of ours for a project."""
    return f"按计划完成{project}，达到预定效果"


def shaoxing_2023() -> Spec:
    """An invented budget of the year before; its “三公” and operating expenses are those that 2024 compares with."""
    trips = (("0", "0", "0", "1.55"), ("0", "0", "2.50", "2.30"), ("0", "0", "2.50", "0.60"))
    three_public = tuple(
        ThreePublic(name, *[yuan(f) for f in line]) for name, line in zip(_ORGANISATIONS, trips, strict=True)
    )
    without = ("公车购置", "办公用房租赁", "大宗印刷", "企业军转干部业务专项")
    year_before = vary(shaoxing_2024(), Variation(2023, 82, 99, three_public=three_public, without_projects=without))
    return replace(
        year_before,
        year=2023,
        kpis=year_before.kpis[:14],
        procurement=Procurement(yuan("64.30"), yuan("0"), yuan("1988.25")),
        operating=_PRIOR.operating,
        assets=Assets(3, 1, 1, 11),
        prior=Prior(
            year_before.total - yuan("187.42"),
            year_before.total - yuan("201.15"),
            yuan("0"),
            yuan("0"),
            yuan("5.20"),
            yuan("4.90"),
            yuan("861.07"),
        ),
        reasons=Reasons("展品更新和人才项目安排增加", "压缩了接待和用车开支", "接待批次减少", "未安排购置", "正常增资"),
        invented=True,
    )
