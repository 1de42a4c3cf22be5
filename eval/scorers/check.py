"""What a scorer says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """One thing checked about one answer. `required` checks decide whether the answer is right; others inform."""

    name: str
    passed: bool
    detail: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True)
class Share:
    """A hit count over a whole, such as precision or recall; `whole` may be 0."""

    name: str
    hits: int
    whole: int
