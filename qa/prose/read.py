"""Run the plans that read a figure or passages at a known place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.corpus import Held
from ingest.errors import NoSuchDocument
from ingest.records import Passage
from qa.explain import quote_passage
from qa.lookup import label_of
from qa.plan import Read
from qa.reading import quantity_of
from qa.result import Quote, Result, Status

if TYPE_CHECKING:
    from qa.calculator import Calculator

MOST_CHARACTERS = 1500  # of quoted passages together


def run_read(plan: Read, calculator: Calculator) -> Result:
    """The figure or the passages at the plan's place; an abstention where the corpus holds nothing there."""
    try:
        return _read_figure(plan, calculator) if plan.fact else _read_passages(plan, calculator)
    except NoSuchDocument:
        return Result(Status.ABSTAINED, "abstain.missing", plan.said, values=(plan.said,))


def _read_figure(plan: Read, calculator: Calculator) -> Result:
    hit = calculator.corpus.fact(plan.document, plan.fact or "")
    quantity = quantity_of(hit)
    if quantity is None:
        return Result(Status.ABSTAINED, "abstain.missing", plan.said, values=(plan.said,))
    if plan.none:
        sentence = hit.fact.sentence or hit.fact.text
        return Result(Status.DECLARED_NONE, "declared.zero", label_of(hit), evidence=(hit,), values=(sentence,))
    return Result(Status.ANSWERED, "lookup", label_of(hit), quantity, evidence=(hit,))


def _read_passages(plan: Read, calculator: Calculator) -> Result:
    quotes = quotes_of(plan, calculator)
    if not quotes:
        return Result(Status.ABSTAINED, "abstain.no_passage", plan.said, values=(plan.said,))
    text = "\n".join(q.text for q in quotes)[:MOST_CHARACTERS]
    if plan.none:
        return Result(Status.DECLARED_NONE, "declared.told", evidence=quotes[:1], values=(text,))
    section = quotes[0].section[-1] if quotes[0].section else ""
    said = "passage.under" if section else "passage"
    return Result(Status.ANSWERED, said, section, evidence=quotes, values=(text,))


def quotes_of(plan: Read, calculator: Calculator) -> tuple[Quote, ...]:
    """The plan's passages, each whole."""
    held = [Held(plan.document, calculator.corpus.passage(plan.document, p)) for p in plan.passages]
    return tuple(_quote(h) for h in held)


def _quote(held: Held[Passage]) -> Quote:
    return quote_passage(held.document, held.record, 0, len(held.record.text))
