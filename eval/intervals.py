"""Intervals for shares: Wilson's, with the number of trials corrected for answers that go together."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

Z_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Interval:
    """A share with its 95 % interval, all in [0, 1]; `whole` trials worth `effective` independent ones."""

    hits: int
    whole: int
    low: float
    high: float
    effective: float

    @property
    def share(self) -> float:
        return self.hits / self.whole if self.whole else 0.0


def wilson(hits: float, whole: float, z: float = Z_95) -> tuple[float, float]:
    """Wilson's score interval (Wilson 1927) for `hits` of `whole` trials, which need not be whole numbers."""
    if whole <= 0:
        return 0.0, 1.0
    share = hits / whole
    centre = share + z * z / (2 * whole)
    margin = z * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    scale = 1 + z * z / whole
    return max(0.0, (centre - margin) / scale), min(1.0, (centre + margin) / scale)


def clustered(outcomes: Sequence[tuple[Hashable, bool]]) -> Interval:
    """The share of true outcomes with an interval that takes clusters (documents) as the unit of sampling.

    The effective number of trials is n divided by the design effect, the ratio of the cluster-robust variance of the
    share to the binomial one (never below 1); as in the Wilson interval for complex surveys (Korn and Graubard 1998).
    """
    whole = len(outcomes)
    hits = sum(right for _, right in outcomes)
    effective = whole / design_effect(outcomes) if whole else 0.0
    low, high = wilson(hits / whole * effective if whole else 0.0, effective)
    return Interval(hits, whole, low, high, effective)


def design_effect(outcomes: Sequence[tuple[Hashable, bool]]) -> float:
    """How many times the clusters inflate the variance of the share; 1 at least, and for one cluster or no variance."""
    whole = len(outcomes)
    clusters: dict[Hashable, list[bool]] = {}
    for cluster, right in outcomes:
        clusters.setdefault(cluster, []).append(right)
    count = len(clusters)
    if count < 2:
        return 1.0
    share = sum(right for _, right in outcomes) / whole
    binomial = share * (1 - share) / whole
    if not binomial:
        return 1.0
    residuals = sum((sum(rights) - len(rights) * share) ** 2 for rights in clusters.values())
    robust = count / (count - 1) * residuals / (whole * whole)
    return max(1.0, robust / binomial)
