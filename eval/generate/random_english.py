"""Random English budgets whose totals hold."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from eval.generate.data_files import rows_of
from eval.generate.english import Capital, EnglishSpec, Positions, YearLine
from eval.generate.random_parts import split_near

_REVENUES = ("Charges for services", "State grants", "Federal grants", "Licenses and permits", "General fund transfer")
_KINDS = ("Personnel services", "Operating supplies", "Contract services", "Utilities", "Capital outlay")


def random_english(seed: int, year: int | None = None) -> EnglishSpec:
    """An English budget that follows from the seed and the year alone; amounts are whole thousands of dollars."""
    rng = Random(f"english {seed}")
    pools: dict[str, list[tuple[str, ...]]] = {}
    for kind, *fields in rows_of("english"):
        pools.setdefault(kind, []).append(tuple(fields))
    adopted = year or rng.randint(2019, 2027)
    step = Decimal(1000)
    first = step * rng.randint(4_000, 60_000)
    totals = [first, *[first * rng.randint(95, 112) // 100 // step * step for _ in range(2)]]
    incomes = [total + step * rng.randint(-900, 900) for total in totals]
    chosen = rng.sample(pools["program"], rng.randint(3, len(pools["program"])))
    return EnglishSpec(
        agency=f"City of {rng.choice(pools['city'])[0]} {rng.choice(pools['department'])[0]}",
        year=adopted,
        revenues=_lines(rng, [(name, "") for name in _REVENUES], incomes, step),
        expenditures=_lines(rng, [(name, "") for name in _KINDS], totals, step),
        programs=_lines(rng, [(name, use) for name, use in chosen], totals, step),
        positions=tuple(_positions(rng, name) for name, _ in chosen),
        capital=tuple(
            Capital(name, place, _three(rng, step))
            for name, place in rng.sample(pools["capital"], rng.randint(2, len(pools["capital"])))
        ),
        mission=pools["mission"][0][0],
        reason=rng.choice(pools["reason"])[0],
    )


def _lines(rng: Random, names: list[tuple[str, str]], totals: list[Decimal], step: Decimal) -> tuple[YearLine, ...]:
    weights = [rng.randint(10, 100) for _ in names]
    actual, budget, adopted = (split_near(rng, total, weights, step) for total in totals)
    columns = zip(names, actual, budget, adopted, strict=True)
    return tuple(YearLine(name, a, b, c, use) for (name, use), a, b, c in columns)


def _positions(rng: Random, division: str) -> Positions:
    first = rng.randint(2, 80)
    counts = [Decimal(first + rng.randint(0, 6)) + Decimal(rng.choice(("0.0", "0.5"))) for _ in range(3)]
    return Positions(division, (counts[0], counts[1], counts[2]))


def _three(rng: Random, step: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    a, b, c = (step * rng.choice((0, rng.randint(20, 4_000))) for _ in range(3))
    return a or step * 150, b, c
