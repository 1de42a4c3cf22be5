"""Random final accounts: a random budget executed, with a little more or less spent under each code."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from eval.generate.random_spec import RandomOptions, random_spec
from eval.generate.spec import Budgeted, FinalSpec, Spec, ThreePublic, sum_of


def random_final(seed: int, options: RandomOptions | None = None) -> FinalSpec:
    """A final account that follows from the seed and the options alone.

    As much is carried out of the year as was carried into it, so that the year's income equals its spending.
    """
    chosen = replace(options or RandomOptions(), fund=False)
    spec = random_spec(seed, chosen)
    rng = Random(f"final {seed}")
    three_public = tuple(_budgeted_three_public(rng, line, chosen.step) for line in spec.three_public)
    return FinalSpec(spec, _budgeted(rng, spec, chosen.step), three_public, spec.revenue.carried)


def final_of(budget: Spec, actual: Spec, adjusted: dict[str, Decimal], carried_out: Decimal) -> FinalSpec:
    """The final account of a budget: its amounts as initial budget, adjusted where `adjusted` names the leaf."""
    lines = []
    for line in actual.functions:
        below = [leaf for leaf in budget.leaves() if leaf.code.startswith(line.code)]
        initial = sum_of(leaf.total for leaf in below)
        changed = sum_of(adjusted.get(leaf.code, leaf.total) for leaf in below)
        lines.append(Budgeted(line.code, initial, changed))
    return FinalSpec(actual, tuple(lines), budget.three_public, carried_out)


def _budgeted(rng: Random, spec: Spec, step: Decimal) -> tuple[Budgeted, ...]:
    leaves = {}
    for leaf in spec.leaves():
        initial = leaf.total * rng.choice((70, 90, 100, 100, 105, 130)) // 100 // step * step
        adjusted = leaf.total * rng.choice((100, 101, 108)) // 100 // step * step
        leaves[leaf.code] = (initial, adjusted)
    return tuple(
        Budgeted(
            line.code,
            sum_of(amounts[0] for code, amounts in leaves.items() if code.startswith(line.code)),
            sum_of(amounts[1] for code, amounts in leaves.items() if code.startswith(line.code)),
        )
        for line in spec.functions
    )


def _budgeted_three_public(rng: Random, line: ThreePublic, step: Decimal) -> ThreePublic:
    def near(amount: Decimal) -> Decimal:
        return amount * rng.choice((100, 110, 150)) // 100 // step * step

    return ThreePublic(
        line.organisation, *[near(a) for a in (line.abroad, line.purchase, line.running, line.reception)]
    )
