"""Timing and summaries shared by the benchmarks."""

from __future__ import annotations

import math
import os
import platform
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


def seconds(work: Callable[[], object]) -> float:
    """The wall-clock seconds one call takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


@dataclass(frozen=True, slots=True)
class Taken:
    """What a piece of work took: wall-clock seconds, and CPU seconds, which are steadier."""

    wall: float
    cpu: float


def measure(work: Callable[[], object]) -> Taken:
    """The seconds one call takes."""
    wall, cpu = time.perf_counter(), cpu_seconds()
    work()
    return Taken(time.perf_counter() - wall, cpu_seconds() - cpu)


def cpu_seconds() -> float:
    """The CPU seconds of this process so far, with those of its children that have ended."""
    return sum(os.times()[:4])


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of the values that at least `share` (0 to 1] of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def machine() -> str:
    """What the figures were measured on, as one line."""
    return f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores"


def print_rows(rows: Sequence[Sequence[str]]) -> None:
    """Aligned columns: the first to the left, the others to the right; the first row is the heading."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        print("  ".join(cells))
