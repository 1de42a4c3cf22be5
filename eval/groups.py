"""Open, formerly held out, held out: what may be told of a question or claim set, by its name."""

from __future__ import annotations

from enum import StrEnum

_HELD_OUT = "fresh_heldout"
_FORMERLY = "_heldout"
OPENED = "open since 23 November 2026"


class Group(StrEnum):
    """What a set is to its readers; of a held-out one nothing but totals is shown."""

    OPEN = "open"
    FORMERLY = "formerly held out"
    HELD_OUT = "held out"

    @property
    def heading(self) -> str:
        """The name of the group with, where it was opened, the day."""
        return f"{self}, {OPENED}" if self is Group.FORMERLY else str(self)


def group_of(name: str) -> Group:
    """The group of a set (eval/questions/README.md says which were opened, and when)."""
    if _HELD_OUT in name:
        return Group.HELD_OUT
    return Group.FORMERLY if name.endswith(_FORMERLY) else Group.OPEN
