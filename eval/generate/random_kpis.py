"""Random KPIs for projects; the weights of each project sum to 100."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from eval.generate.data_files import rows_of
from eval.generate.spec import KpiBlock, Project, Target


def random_kpis(rng: Random, projects: tuple[Project, ...], count: int, year: int) -> tuple[KpiBlock, ...]:
    """Targets for the first `count` projects; their budgets are the projects' amounts in yuan."""
    firsts = {name: (unit, target) for name, unit, target in rows_of("projects")}
    blocks = []
    for number, project in enumerate(projects[:count], 1):
        unit, name = firsts[project.name.split("（")[0]]
        code = f"3300{year % 100:02d}{rng.randint(10**8, 10**9 - 1)}{number:06d}"
        total = project.amount * rng.randint(1, 4)
        targets = _targets(rng, name, unit)
        goal = f"完成{project.name}任务"
        blocks.append(
            KpiBlock(project.organisation, code, code[:10], project.name, goal, total, project.amount, targets)
        )
    return tuple(blocks)


def _targets(rng: Random, name: str, unit: str) -> tuple[Target, ...]:
    count = rng.choice((1, 2, 5, 12, 40, 200, 1500, 20000))
    done = (
        Target("产出指标", "时效指标", "完成时间", "定性", "12月底前", "", Decimal(20))
        if rng.random() < 0.4
        else Target("产出指标", "时效指标", "预算执行率", "≥", str(rng.choice((85, 90, 95))), "%", Decimal(20))
    )
    return (
        Target("产出指标", "数量指标", name, rng.choice(("≥", "=")), str(count), unit, Decimal(30)),
        Target("产出指标", "质量指标", "验收合格率", "=", "100", "%", Decimal(20)),
        done,
        Target("效益指标", "社会效益", "受益人数", "≥", str(rng.choice((50, 300, 8000))), "人", Decimal(20)),
        Target("满意度指标", "满意度", "服务对象满意度", ">", str(rng.choice((80, 90, 95))), "%", Decimal(10)),
    )
