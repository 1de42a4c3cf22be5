"""Random amounts that add up."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from eval.generate.spec import Programme, Project, sum_of


def random_amount(rng: Random, step: Decimal, most: int, least: int = 1000) -> Decimal:
    """An amount in yuan between `least` and `most`, a whole number of steps, at least one."""
    return max(Decimal(1), Decimal(rng.randint(least, most)) // step) * step


def split(rng: Random, total: Decimal, count: int, step: Decimal) -> list[Decimal]:
    """`count` amounts, whole numbers of steps, none negative, that sum to `total` (itself a whole number of steps)."""
    units = int(total / step)
    if units < count:
        return [step * units, *[step * 0] * (count - 1)]
    cuts = sorted(rng.sample(range(1, units), count - 1))
    return [step * (high - low) for low, high in zip([0, *cuts], [*cuts, units], strict=True)]


def split_near(rng: Random, total: Decimal, weights: list[int], step: Decimal) -> list[Decimal]:
    """Amounts that sum to `total`, near the weights' shares of it; the last one takes what is left."""
    whole = sum(weights)
    amounts = [total * weight * rng.randint(92, 108) // (100 * whole) // step * step for weight in weights[:-1]]
    return [*amounts, total - sum_of(amounts)]


def grouped(rng: Random, projects: tuple[Project, ...]) -> tuple[Programme, ...]:
    """First-level projects: each organisation's projects, two or three together, under one name and goal."""
    programmes = []
    for owner in dict.fromkeys(project.organisation for project in projects):
        own = [project for project in projects if project.organisation == owner]
        while own:
            size = rng.randint(2, 3)
            programmes.append(own[:size])
            own = own[size:]
    return tuple(_programme(taken) for taken in programmes)


def _programme(taken: list[Project]) -> Programme:
    names = "和".join(project.name for project in taken)
    goal = f"按照年度计划组织实施{names}，资金按进度支付，服务对象满意，为后续工作打下基础。"
    return Programme(taken[0].organisation, f"{taken[0].name}类项目", sum_of(p.amount for p in taken), goal)
