"""What the rules of doubt look at: question, plan, result and what the evidence bears."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass

from ingest.corpus import FactHit
from ingest.records import TableKind
from qa.keys import is_chinese
from qa.plan import Plan
from qa.question import Language, Linked
from qa.result import Result
from qa.told import Told


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason, by its kind in the table of weights, and the words of the question that it is about."""

    kind: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule looks at."""

    linked: Linked
    plan: Plan
    result: Result
    told: Told
    pairs: Callable[[str], bool] = lambda pair: False

    def is_known(self, piece: str) -> bool:
        """Whether two neighbouring characters of a piece stand in some label: a budget's word, and no chatter."""
        return any(is_chinese(piece) and self.pairs(piece[i : i + 2]) for i in range(len(piece) - 1))

    @property
    def text(self) -> str:
        return self.linked.question.text

    @property
    def prose(self) -> tuple[str, ...]:
        """The labels of the evidence that is told in sentences."""
        return tuple(e.fact.label for e in self.result.evidence if isinstance(e, FactHit) and e.fact.table is None)

    @property
    def totals(self) -> frozenset[TableKind]:
        """The kinds of table of which the evidence holds a grand total."""
        hits = (e for e in self.result.evidence if isinstance(e, FactHit) and e.fact.total)
        return frozenset(h.table_kind for h in hits if h.table_kind is not None)

    @property
    def language(self) -> Language:
        return self.linked.question.language


Rule = Callable[[Case], Iterator[Doubt]]


def walk(node: object) -> Iterator[object]:
    """A plan's nodes and items, outermost first."""
    if is_dataclass(node):
        yield node
        for field in fields(node):
            yield from walk(getattr(node, field.name))
    elif isinstance(node, tuple):
        for part in node:
            yield from walk(part)
