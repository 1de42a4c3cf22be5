"""One stretch of a question with everything it may name, and the part it plays."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.corpus import LabelKind
from qa.plan import Name
from qa.roles import Role, plays

ROWS = (LabelKind.ITEM, LabelKind.PROJECT, LabelKind.TERM)
AGENCY_LEAST = 0.55
NEAR = 0.05  # an agency's short name may also be an item's (检察院, 检察)


@dataclass(frozen=True, slots=True)
class Slot:
    """One stretch [start, end) of the question with every name it may stand for, best first within a kind."""

    start: int
    end: int
    text: str
    names: tuple[Name, ...]
    code: str | None = None

    def of(self, *kinds: LabelKind) -> tuple[Name, ...]:
        """The names of some kinds, best first."""
        return tuple(n for n in self.names if n.kind in kinds)

    def best(self, *kinds: LabelKind) -> float:
        """The best score among some kinds; 0 for none."""
        return max((n.score for n in self.of(*kinds)), default=0.0)

    @property
    def score(self) -> float:
        return max((n.score for n in self.names), default=0.0)

    @property
    def is_agency(self) -> bool:
        agency = self.best(LabelKind.AGENCY)
        others = self.best(*ROWS, LabelKind.COLUMN, LabelKind.TERM)
        surest = agency + NEAR >= others and agency >= self.best(LabelKind.ORGANISATION)
        return agency >= AGENCY_LEAST and surest

    @property
    def is_organisation(self) -> bool:
        """Whether an organisation is named at least as surely as anything else here."""
        own = self.best(LabelKind.ORGANISATION)
        return not self.is_agency and own >= AGENCY_LEAST and own + 0.1 >= self.best(*ROWS, LabelKind.COLUMN)

    @property
    def has_row(self) -> bool:
        return bool(self.of(*ROWS)) or self.code is not None

    @property
    def has_column(self) -> bool:
        return bool(self.of(LabelKind.COLUMN))


_KIND_NAMED = 0.9  # how surely a kind of projects has to be named


def kinds_of_projects(slot: Slot) -> tuple[str, ...]:
    """The names of a slot that may stand over projects and are none themselves."""
    projects = {n.text for n in slot.of(LabelKind.PROJECT)}
    return tuple(n.text for n in slot.of(LabelKind.ITEM) if n.score >= _KIND_NAMED and n.text not in projects)


def names_projects(slot: Slot) -> bool:
    """Whether a slot names the column of 项目支出."""
    return any(plays(Role.PROJECT_COLUMN, n.text) for n in slot.names[:3])
