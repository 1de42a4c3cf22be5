"""Readings of a claim: the figures that the corpus gives for its words, by the engine or from the rows named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from decimal import Decimal

from ingest.corpus import Corpus, FactHit, FactQuery
from ingest.errors import BudgetQAError
from ingest.records import Document, Fact, Measure, Phase
from ingest.rows import bare_name
from ingest.units import Quantity, Unit, unit_named
from qa.answer import Alternative, Answer, Citation
from qa.engine import Engine
from qa.plan import Average, Count, Difference, Growth, Item, Lookup, PerHead, Plan, Rank, Ratio, Read, Trend
from qa.question import How
from qa.result import Status
from qa.verify.claims import BARE, Claim
from qa.verify.kinds import Kind, compares_stages
from qa.verify.wording import wording

BUDGETED = (Phase.BUDGET, Phase.ADJUSTED)
_SURE = 0.85  # the score from which a name that was not matched exactly counts as named
_BY_NAME = (How.CODE, How.EXACT, How.ALIAS, How.ENGLISH, How.WORDS)
_CHANGES = (Measure.DELTA, Measure.RATE)
_CHANGE_COLUMN = re.compile(r"增减|变动|增长|比上年|占比|比重|change|percent|%|variance", re.I)
_SUM_SUFFIX = re.compile(r"(?<=..)(?:总额|总金额|金额|预算数|决算数|预算|合计|总计)+$")
_TOTALS = ("", "合计", "总计", "小计")
_SHORTEST_NAME = 2
_TELLING_NAME = 4  # characters
_CORE = re.compile(r"(?:支出|经费|预算)$")


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure that a claim's words may mean, with its places.

    `sure`: nothing in the words is left unexplained. `strange`: what is left makes another item of the one found.
    """

    quantity: Quantity
    citations: tuple[Citation, ...]
    facts: tuple[FactHit, ...]
    sure: bool
    answer: Answer | None = None
    strange: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """Finds readings over a corpus, by its engine; what one text asks twice is looked up once."""

    corpus: Corpus
    engine: Engine
    _asked: dict[str, Answer | None] = field(default_factory=dict, repr=False)
    _levels: dict[str, tuple[FactHit, ...]] = field(default_factory=dict, repr=False)
    _documents: dict[str, Document] = field(default_factory=dict, repr=False)

    def ask(self, question: str) -> Answer | None:
        """The engine's answer, asked once; None where the question is refused."""
        if question not in self._asked:
            try:
                self._asked[question] = self.engine.ask(question)
            except BudgetQAError:
                self._asked[question] = None
        return self._asked[question]

    def main(self, claim: Claim, questions: Sequence[str]) -> Reading | None:
        """The reading of the first question whose answer is of the claim's kind, a sure one before others."""
        first: Reading | None = None
        for question in questions:
            answer = self.ask(question)
            reading = self._reading(claim, answer) if answer else None
            if reading is not None and reading.sure:
                return reading
            first = first or reading
        return first

    def declared_none(self, claim: Claim) -> tuple[Citation, ...] | None:
        """Where the claim's own words are answered by there being none: the sentences that say so, () for a blank cell.

        None where they are answered otherwise.
        """
        answer = self.ask(claim.question) if claim.question and not claim.loose else None
        if (
            answer is None
            or answer.status is not Status.DECLARED_NONE
            or not self._is_of_agency(claim, answer.citations)
        ):
            return None
        return () if any(c.row for c in answer.citations) else answer.citations

    def others(self, claim: Claim, questions: Sequence[str]) -> Iterator[Reading]:
        """The other readings of the questions, by names that the claim writes out; of refused answers too."""
        for question in questions:
            answer = self.ask(question)
            if answer is not None:
                yield from self.written_out(claim, answer)

    def _reading(self, claim: Claim, answer: Answer) -> Reading | None:
        if answer.status is Status.ABSTAINED:
            return None
        facts = self.facts_of(answer.citations)
        quantity = self._counted_once(answer, facts)
        if quantity is None or not self._fits(claim, answer, quantity, facts):
            others = list(self.written_out(claim, answer)) or self._only_alternative(claim, answer)
            return others[0] if len(others) == 1 else None
        sure = not claim.loose and claim.kind is not Kind.PERCENT and is_named(answer.plan, claim)
        strange = claim.modified or not explains(answer.plan, claim)
        sure = sure and not strange and self._is_of_agency(claim, answer.citations)
        return Reading(quantity, answer.citations, facts, sure, answer, strange)

    def _counted_once(self, answer: Answer, facts: Sequence[FactHit]) -> Quantity | None:
        """An answer's figure; of things counted in several files of one disclosure, their number in each."""
        quantity, held = figure_of(answer), self.documents()
        if quantity is None or not isinstance(answer.plan, Count) or quantity.value != len(facts):
            return quantity
        files = {f.document: held[f.document].identity for f in facts}
        each = {sum(f.document == file for f in facts) for file in files}
        same = len({(i.agency, i.year, i.phase, i.volume) for i in files.values()}) == 1
        return Quantity(Decimal(each.pop()), quantity.unit) if same and len(each) == 1 else quantity

    def written_out(self, claim: Claim, answer: Answer) -> Iterator[Reading]:
        """The alternatives whose name the claim writes out in full."""
        text = squeezed(claim.clause + claim.named)
        for other in answer.alternatives:
            quantity = alternative_figure(other)
            if quantity is None or not comparable(claim, quantity):
                continue
            if not _is_written(other.citation, text) and not _same_row(other.citation, answer.citations):
                continue
            facts = self.facts_of((other.citation,))
            if not _is_change(claim, facts):
                strange = claim.modified or not (explains(answer.plan, claim) or _names_all(other.citation, claim))
                sure = not claim.loose and not strange and answer.status is not Status.ABSTAINED
                yield Reading(quantity, (other.citation,), facts, sure, answer, strange)

    def _only_alternative(self, claim: Claim, answer: Answer) -> list[Reading]:
        """For a count answered in money: the alternatives that are counts."""
        if claim.kind is not Kind.COUNT:
            return []
        found = [(q, a) for a in answer.alternatives if (q := alternative_figure(a)) and comparable(claim, q)]
        return [Reading(q, (a.citation,), self.facts_of((a.citation,)), not claim.loose, answer) for q, a in found]

    def _fits(self, claim: Claim, answer: Answer, quantity: Quantity, facts: Sequence[FactHit]) -> bool:
        """Whether an answer is of what the claim is of: money, a count, a change, a rate, a share."""
        if isinstance(answer.plan, Trend) or not comparable(claim, quantity) or _is_change(claim, facts):
            return False
        item = item_of(answer.plan)
        if claim.part and item is not None and item.total is not None:
            return False
        changes = isinstance(answer.plan, Growth | Difference) or measure_of(answer.plan) in _CHANGES
        match claim.kind:
            case Kind.AMOUNT:
                return not changes
            case Kind.CHANGE | Kind.RATE if compares_stages(claim.clause):
                return isinstance(answer.plan, Difference)
            case Kind.CHANGE | Kind.RATE:
                if len(facts) == 1 and facts[0].fact.measure not in _CHANGES:  # a year compared with itself
                    return False
                return changes or any(f.fact.measure in _CHANGES for f in facts)
            case Kind.SHARE:
                return isinstance(answer.plan, Ratio) or measure_of(answer.plan) is Measure.SHARE
            case _:
                return True

    def _is_of_agency(self, claim: Claim, citations: Sequence[Citation]) -> bool:
        """Whether the cited documents are the named agency's; with several agencies held, one has to be named."""
        documents = self.documents()
        held = {d.identity.agency for d in documents.values() if d.identity.agency}
        cited = {documents[c.document].identity.agency for c in citations}
        if not claim.agencies:
            return len(held) <= 1 or len(cited) == len(held)
        return bool(cited & set(claim.agencies)) or not set(claim.agencies) & held

    def facts_of(self, citations: Sequence[Citation]) -> tuple[FactHit, ...]:
        """The facts behind citations."""
        found: list[FactHit] = []
        for citation in citations:
            name = citation.row[-1:] or ((citation.label,) if citation.label else ())
            hits = self.corpus.facts(FactQuery(documents=[citation.document], labels=list(name) or None))
            found += [h for h in hits if h.fact.page == citation.page and h.fact.box == citation.box][:1]
        return tuple(found)

    def documents(self) -> dict[str, Document]:
        """The corpus's documents by id."""
        if not self._documents:
            self._documents.update((d.id, d) for d in self.corpus.documents())
        return self._documents

    def levels(self, document: str) -> tuple[FactHit, ...]:
        """The amounts and counts of a document, table rows first."""
        if document not in self._levels:
            query = FactQuery(documents=[document], measures=[Measure.AMOUNT, Measure.QUANTITY])
            self._levels[document] = tuple(sorted(self.corpus.facts(query), key=lambda h: h.fact.table is None))
        return self._levels[document]


def figure_of(answer: Answer | None) -> Quantity | None:
    """An answer's figure; a bare count has an empty unit."""
    if answer is None or answer.value is None:
        return None
    unit: Unit = unit_named(answer.unit or "") or BARE
    return Quantity(Decimal(answer.value), unit)


def alternative_figure(other: Alternative) -> Quantity | None:
    """An alternative's figure, None where its unit is unknown."""
    unit = unit_named(other.unit or "")
    return None if unit is None else Quantity(Decimal(other.value), unit)


def comparable(claim: Claim, quantity: Quantity) -> bool:
    """Whether a figure measures what the claim's does: money of one currency, percent, or a count."""
    claimed = claim.claimed
    return claimed is not None and claimed.unit.dimension == quantity.unit.dimension


def squeezed(text: str) -> str:
    """The text without blanks and case."""
    return re.sub(r"\s+", "", text).casefold()


def is_named(plan: Plan, claim: Claim) -> bool:
    """Whether a plan's item was found by its name, or is a grand total and no item was named; a count names none."""
    item = item_of(plan)
    if isinstance(plan, Read):  # a sentence that bears the words, and perhaps of something else
        return False
    if item is None:
        return True
    if not item.names:
        words = wording(claim.language)
        rest = words.fluff.sub("", words.total.sub("", words.budget.sub("", claim.named)))
        return item.total is None or len(rest.strip()) < _SHORTEST_NAME
    return any(n.score >= _SURE or n.how in _BY_NAME for n in item.names[:1]) or _has_one_name(item)


def _has_one_name(item: Item) -> bool:
    """Whether the words are a part of names that all stand for one item (基本养老保险缴费)."""
    said = squeezed(item.said)
    cores = {_CORE.sub("", squeezed(bare_name(n.text))) for n in item.names}
    return len(said) >= _TELLING_NAME and len(cores) == 1 and all(said in squeezed(n.text) for n in item.names)


def explains(plan: Plan, claim: Claim) -> bool:
    """Whether a plan uses everything that a claim names."""
    used = [squeezed(text) for item in items_in(plan) for text in _texts(item)]
    return all(any(squeezed(text) in u for text in extra for u in used) for extra in claim.extra)


def items_in(node: object) -> Iterator[Item]:
    """The items of a plan, at any depth."""
    if isinstance(node, Item):
        yield node
    elif isinstance(node, tuple):
        for part in node:
            yield from items_in(part)
    elif is_dataclass(node):
        for part in fields(node):
            yield from items_in(getattr(node, part.name))


def _texts(item: Item) -> tuple[str, ...]:
    names = tuple(n.text for n in item.names)
    return (item.said, *names, *item.columns, *item.parents, *item.sources, *item.scope.organisations)


def _names_all(citation: Citation, claim: Claim) -> bool:
    """Whether a place bears everything that a claim names."""
    printed = squeezed(" ".join((*citation.row, *citation.column, citation.label or "", citation.table or "")))
    return all(any(squeezed(text) in printed for text in extra) for extra in claim.extra)


def item_of(plan: Plan) -> Item | None:
    """The item that a plan is about."""
    if isinstance(plan, Lookup | Growth):
        return plan.item
    if isinstance(plan, Ratio):
        return item_of(plan.part)
    return item_of(plan.left) if isinstance(plan, Difference) else None


def measure_of(plan: Plan) -> Measure | None:
    """What a plan looks up of its item."""
    return plan.item.measure if isinstance(plan, Lookup) else None


def is_average(reading: Reading) -> bool:
    """Whether a reading is an amount for each of something."""
    return reading.answer is not None and isinstance(reading.answer.plan, Average | PerHead)


def is_ranking(reading: Reading) -> bool:
    """Whether a reading comes from a ranking."""
    return reading.answer is not None and isinstance(reading.answer.plan, Rank)


def first_named(answer: Answer) -> str:
    """The name of what comes first in a refused ranking: its one other reading."""
    other = answer.alternatives[0].citation if answer.alternatives else None
    return squeezed(bare_name(other.row[-1])) if other and other.row else ""


def _same_row(citation: Citation, others: Sequence[Citation]) -> bool:
    """Whether a place is of the same item as another: its row, or of a total its column."""
    name = _item_cited(citation)
    return bool(name) and name in {_item_cited(c) for c in others}


def _item_cited(citation: Citation) -> str:
    row = bare_name(citation.row[-1]) if citation.row else citation.label or ""
    return bare_name(citation.column[-1]) if row in _TOTALS and citation.column else row


def _is_written(citation: Citation, text: str) -> bool:
    printed = [bare_name(citation.row[-1])] if citation.row else []
    printed += [*citation.column, *([citation.label] if citation.label else [])]
    names = [_SUM_SUFFIX.sub("", squeezed(name)) for name in printed]
    return any(len(name) >= _SHORTEST_NAME and name in text for name in names)


def _is_change(claim: Claim, facts: Sequence[FactHit]) -> bool:
    """Whether an amount is answered from a column of changes or shares, or a change computed from one."""
    if not facts or claim.kind not in (Kind.AMOUNT, Kind.CHANGE, Kind.RATE):
        return False
    if claim.kind is not Kind.AMOUNT:
        return len(facts) > 1 and any(is_change_column(f.fact) for f in facts)
    return all(is_change_column(f.fact) for f in facts)


def is_change_column(fact: Fact) -> bool:
    """Whether a figure stands in a column of changes or shares."""
    return fact.table is not None and any(_CHANGE_COLUMN.search(c) for c in fact.column_path)
