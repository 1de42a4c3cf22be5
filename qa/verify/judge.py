"""Judging claims: each is asked of the engine, and its figure compared with the answer and with figures nearby."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from ingest.corpus import Corpus, FactHit, FactQuery
from ingest.errors import BudgetQAError
from ingest.records import Document, Fact, Measure, Phase
from ingest.rows import bare_name
from ingest.units import PERCENT, Quantity, Unit, unit_named
from qa.answer import Alternative, Answer, Citation, cite
from qa.engine import Engine
from qa.link import Linker
from qa.plan import Rank
from qa.question import Language
from qa.result import Status
from qa.verify.claims import Claim, find_claims
from qa.verify.closeness import Closeness, closeness, confused_unit, in_unit
from qa.verify.wording import Hedge, wording

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ENOUGH_DIGITS = 3  # a figure of fewer digits may stand in many rows by chance


class Verdict(StrEnum):
    """What the corpus says of a claim."""

    SUPPORTED = "supported"
    ROUNDED = "rounded"
    CONTRADICTED = "contradicted"
    WRONG_UNIT = "wrong_unit"
    WRONG_YEAR = "wrong_year"
    WRONG_PHASE = "wrong_phase"
    WRONG_ITEM = "wrong_item"
    NOT_FOUND = "not_found"
    NOT_CHECKABLE = "not_checkable"


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with its verdict, the true figure, the places that say so, and why, in codes for the report to word."""

    claim: Claim
    verdict: Verdict
    claimed: Quantity | None
    true: Quantity | None = None
    citations: tuple[Citation, ...] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges claims over a corpus by way of its engine."""

    corpus: Corpus
    engine: Engine
    linker: Linker

    def judge_text(self, text: str) -> Iterator[Judged]:
        """Every claim of a text, in order."""
        for claim in find_claims(text, self.linker):
            yield self.judge(claim)

    def judge(self, claim: Claim) -> Judged:
        """One claim."""
        claimed = _claimed(claim)
        if claimed is None or claim.opinion or not (claim.agent or claim.subject):
            return Judged(claim, Verdict.NOT_CHECKABLE, claimed)
        phase = _claimed_phase(claim)
        answer = self._ask(claim.question)
        if _figure(answer) is None and phase is Phase.ACTUAL:
            return self._of_neutral_phase(claim, claimed)
        if answer is None or _figure(answer) is None:
            return Judged(claim, Verdict.NOT_FOUND, claimed)
        return self._compared(claim, claimed, answer, phase)

    def _ask(self, question: str) -> Answer | None:
        try:
            answer = self.engine.ask(question)
        except BudgetQAError:
            return None
        return None if answer.status in (Status.ABSTAINED,) else answer

    def _of_neutral_phase(self, claim: Claim, claimed: Quantity) -> Judged:
        """A claim of actual spending that the corpus has no actuals for: is the figure the budgeted one?"""
        words = wording(claim.language)
        neutral = words.actual.sub("支出" if claim.language is Language.ZH else "", claim.question)
        answer = self._ask(neutral)
        true = _figure(answer)
        if answer is None or true is None:
            return Judged(claim, Verdict.NOT_FOUND, claimed)
        if closeness(claimed, true, claim.hedge) is not Closeness.OFF:
            return Judged(claim, Verdict.WRONG_PHASE, claimed, true, answer.citations, "budget")
        return Judged(claim, Verdict.NOT_FOUND, claimed, None, (), "no_actuals")

    def _compared(self, claim: Claim, claimed: Quantity, answer: Answer, phase: Phase) -> Judged:
        true = _figure(answer)
        if true is None:
            return Judged(claim, Verdict.NOT_FOUND, claimed)
        facts = self._cited_facts(answer)
        if isinstance(answer.plan, Rank) and not _names_the_first(claim, answer):
            return Judged(claim, Verdict.CONTRADICTED, claimed, true, answer.citations, "rank")
        near = closeness(claimed, true, claim.hedge)
        if near is not Closeness.OFF and not _other_direction(claim, answer):
            if phase is Phase.ACTUAL and facts and all(f.fact.phase is Phase.BUDGET for f in facts):
                return Judged(claim, Verdict.WRONG_PHASE, claimed, true, answer.citations, "budget")
            if phase is Phase.BUDGET and facts and all(f.fact.phase is Phase.ACTUAL for f in facts):
                return Judged(claim, Verdict.WRONG_PHASE, claimed, true, answer.citations, "actual")
            printed = near is Closeness.EXACT or self._is_printed(claim, claimed, facts)
            verdict = Verdict.SUPPORTED if printed else Verdict.ROUNDED
            return Judged(claim, verdict, claimed, true, answer.citations)
        reading = self._other_reading(claim, claimed, answer)
        if reading is not None:
            return reading
        confused = self._confused(claim, claimed, true, answer)
        return confused or self._explained(claim, claimed, true, answer, facts)

    def _is_printed(self, claim: Claim, claimed: Quantity, facts: Sequence[FactHit]) -> bool:
        """Whether the documents print a rounded figure themselves, as prose in 万元 does of tables in 元."""
        documents = {d.id: d for d in self.corpus.documents()}
        years = {f.fact.year for f in facts}
        hits = self._same_figures(claimed, facts, documents) if claim.hedge is Hedge.NONE and facts else iter(())
        return any(hit.fact.year in years and hit.fact.measure is Measure.AMOUNT for hit in hits)

    def _confused(self, claim: Claim, claimed: Quantity, true: Quantity, answer: Answer) -> Judged | None:
        """Whether the digits are the true ones, of the answer or of another reading of the words, in a wrong unit."""
        if confused_unit(claimed, true):
            return Judged(claim, Verdict.WRONG_UNIT, claimed, true, answer.citations)
        for quantity, other in self._written_out(claim, answer):
            if confused_unit(claimed, quantity):
                return Judged(claim, Verdict.WRONG_UNIT, claimed, quantity, (other.citation,))
        return None

    def _written_out(self, claim: Claim, answer: Answer) -> Iterator[tuple[Quantity, Alternative]]:
        """The alternatives whose name the claim writes out in full, with their figures."""
        text = re.sub(r"\s+", "", claim.text)
        for other in answer.alternatives:
            unit = unit_named(other.unit or "")
            name = re.sub(r"\s+", "", other.citation.row[-1]) if other.citation.row else ""
            columns = [re.sub(r"\s+", "", c) for c in other.citation.column]
            if unit is not None and ((name and name in text) or any(c and c in text for c in columns)):
                yield Quantity(Decimal(other.value), unit), other

    def _other_reading(self, claim: Claim, claimed: Quantity, answer: Answer) -> Judged | None:
        """Whether the claim is true of another reading of its words, whose name it writes out in full."""
        for quantity, other in self._written_out(claim, answer):
            near = closeness(claimed, quantity, claim.hedge)
            if near is not Closeness.OFF:
                verdict = Verdict.SUPPORTED if near is Closeness.EXACT else Verdict.ROUNDED
                return Judged(claim, verdict, claimed, quantity, (other.citation,), "other_reading")
        return None

    def _explained(
        self, claim: Claim, claimed: Quantity, true: Quantity, answer: Answer, facts: Sequence[FactHit]
    ) -> Judged:
        """A figure that is not the item's: is it the item's in another year or phase, or another item's?"""
        contradicted = Judged(claim, Verdict.CONTRADICTED, claimed, true, answer.citations)
        if claim.hedge not in (Hedge.NONE, Hedge.ABOUT) or not facts:
            return contradicted
        documents = {d.id: d for d in self.corpus.documents()}
        own = facts[0].fact
        same = list(self._same_figures(claimed, facts, documents))
        for hit in same:
            if item_name(hit.fact) != item_name(own):
                continue
            places = (*answer.citations, cite(hit, documents))
            if hit.fact.year == own.year and hit.fact.phase is not own.phase:
                return Judged(claim, Verdict.WRONG_PHASE, claimed, true, places, hit.fact.phase.value)
            if hit.fact.year != own.year:
                return Judged(claim, Verdict.WRONG_YEAR, claimed, true, places, str(hit.fact.year))
        other_year = self._in_another_year(claim, claimed, answer)
        if other_year is not None:
            return replace(other_year, true=true)
        others = [h for h in same if item_name(h.fact) != item_name(own) and h.fact.year == own.year]
        if others and _tells(claimed, others):
            places = (*answer.citations, cite(others[0], documents))
            return Judged(claim, Verdict.WRONG_ITEM, claimed, true, places, item_name(others[0].fact))
        return contradicted

    def _in_another_year(self, claim: Claim, claimed: Quantity, answer: Answer) -> Judged | None:
        """The claim asked again of the other years that are held of the same agency."""
        named = _YEAR.search(claim.question)
        if named is None:
            return None
        held = {c.document for c in answer.citations}
        documents = self.corpus.documents()
        agencies = {d.identity.agency for d in documents if d.id in held}
        years = sorted({d.identity.year for d in documents if d.identity.agency in agencies and d.identity.year})
        for year in years:
            if str(year) == named[0]:
                continue
            other = self._ask(claim.question.replace(named[0], str(year)))
            found = _figure(other)
            if other is None or found is None or closeness(claimed, found, claim.hedge) is Closeness.OFF:
                continue
            return Judged(claim, Verdict.WRONG_YEAR, claimed, None, (*answer.citations, *other.citations), str(year))
        return None

    def _cited_facts(self, answer: Answer) -> tuple[FactHit, ...]:
        """The facts behind the answer's citations."""
        found: list[FactHit] = []
        for citation in answer.citations:
            hits = self.corpus.facts(FactQuery(documents=[citation.document], labels=list(citation.row[-1:]) or None))
            found += [h for h in hits if h.fact.page == citation.page and h.fact.box == citation.box][:1]
        return tuple(found)

    def _same_figures(
        self, claimed: Quantity, facts: Sequence[FactHit], documents: dict[str, Document]
    ) -> Iterator[FactHit]:
        """Facts of the answer's agency that print the claimed figure exactly, money with money, table rows first."""
        agencies = {documents[f.document].identity.agency for f in facts}
        held = [d.id for d in documents.values() if d.identity.agency in agencies]
        hits = self.corpus.facts(FactQuery(documents=held, measures=[Measure.AMOUNT, Measure.QUANTITY]))
        for hit in sorted(hits, key=lambda h: h.fact.table is None):
            unit = hit.fact.unit.unit
            if hit.fact.value is None or unit is None:
                continue
            same = in_unit(Quantity(hit.fact.value, unit), claimed)
            if same is not None and same.value == claimed.value:
                yield hit


def item_name(fact: Fact) -> str:
    """What a figure is of: its row, or for a total row its column."""
    return bare_name(fact.column_path[-1]) if fact.total and fact.column_path else bare_name(fact.label)


def _tells(claimed: Quantity, others: Sequence[FactHit]) -> bool:
    """Whether a figure is telling enough to say whose it is: of several digits, or printed for one item only."""
    digits = claimed.value.normalize().as_tuple().digits
    return len(digits) >= _ENOUGH_DIGITS or len({item_name(h.fact) for h in others}) == 1


def _claimed(claim: Claim) -> Quantity | None:
    if claim.figure is None:
        return None
    return Quantity(claim.figure.value, claim.figure.unit or unit_named("个") or PERCENT)


def _figure(answer: Answer | None) -> Quantity | None:
    if answer is None or answer.value is None:
        return None
    unit: Unit | None = unit_named(answer.unit or "") or unit_named("个")
    return Quantity(Decimal(answer.value), unit) if unit else None


def _claimed_phase(claim: Claim) -> Phase:
    words = wording(claim.language)
    if words.actual.search(claim.text):
        return Phase.ACTUAL
    return Phase.BUDGET if words.budget.search(claim.text) else Phase.UNKNOWN


def _names_the_first(claim: Claim, answer: Answer) -> bool:
    """Whether a claim about the largest or smallest names the item that is."""
    text = re.sub(r"\s+", "", claim.text)
    names = [bare_name(c.row[-1]) for c in answer.citations[:1] if c.row]
    return not names or any(name in text for name in names)


def _other_direction(claim: Claim, answer: Answer) -> bool:
    """Whether the claim says that something rose which fell, or the reverse."""
    words = wording(claim.language)
    said = bool(words.rise.search(claim.question)) - bool(words.fall.search(claim.question))
    told = wording(answer.language)
    true = bool(told.rise.search(answer.answer)) - bool(told.fall.search(answer.answer))
    if answer.value is not None and answer.value.startswith("-"):
        true = -1
    return said * true < 0
