"""What the rules of doubt look at: question, plan, result and what the evidence bears."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass

from ingest.corpus import FactHit, Held
from ingest.records import Indicator, TableKind
from qa.keys import is_chinese, label_key
from qa.plan import Convert, Name, Plan
from qa.question import Language, Linked
from qa.result import Quote, Result
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
    def core(self) -> Plan:
        """The plan without a conversion to another unit around it."""
        return self.plan.of if isinstance(self.plan, Convert) else self.plan

    @property
    def hits(self) -> tuple[FactHit, ...]:
        """The cells and figures of sentences among the evidence."""
        return tuple(e for e in self.result.evidence if isinstance(e, FactHit))

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The passages among the evidence."""
        return tuple(e for e in self.result.evidence if isinstance(e, Quote))

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The performance indicators among the evidence."""
        held = (e.record for e in self.result.evidence if isinstance(e, Held))
        return tuple(record for record in held if isinstance(record, Indicator))

    @property
    def prose(self) -> tuple[str, ...]:
        """The labels of the evidence that is told in sentences."""
        return tuple(h.fact.label for h in self.hits if h.fact.table is None)

    @property
    def prose_sentences(self) -> tuple[str, ...]:
        """The sentences that evidence is read from."""
        return tuple(h.fact.sentence for h in self.hits if h.fact.sentence)

    @property
    def totals(self) -> frozenset[TableKind]:
        """The kinds of table of which the evidence holds a grand total."""
        return frozenset(h.table_kind for h in self.hits if h.fact.total and h.table_kind is not None)

    def used(self, names: Sequence[Name]) -> Name | None:
        """The surest of an item's names that the evidence bears; None where it bears none of them."""
        return surest(names, {label_key(n) for n in self.told.names})

    @property
    def language(self) -> Language:
        return self.linked.question.language


Rule = Callable[[Case], Iterator[Doubt]]


def surest(names: Sequence[Name], borne: Container[str]) -> Name | None:
    """The surest of the names whose keys are borne; None where none is."""
    return max((n for n in names if label_key(n.text) in borne), key=lambda n: n.score, default=None)


def walk(node: object) -> Iterator[object]:
    """A plan's nodes and items, outermost first."""
    if is_dataclass(node):
        yield node
        for field in fields(node):
            yield from walk(getattr(node, field.name))
    elif isinstance(node, tuple):
        for part in node:
            yield from walk(part)
