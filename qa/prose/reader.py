"""From a question that no table answers to a plan that reads the prose: a figure, passages, or that there is none."""

from __future__ import annotations

from ingest.records import Phase
from qa.ask import Ask
from qa.calculator import Calculator
from qa.check import Settled
from qa.plan import (
    Aspect,
    Breakdown,
    Convert,
    Count,
    Define,
    Explain,
    Group,
    Growth,
    Item,
    Lookup,
    Members,
    Plan,
    Read,
)
from qa.prose.account import weigh
from qa.prose.asked import matches, read_asked, strange_names
from qa.prose.figures import Found, find_figure
from qa.prose.none import Whether, asks_whether, read_none
from qa.prose.passages import find_passage
from qa.prose.shelf import MOST_DOCUMENTS, Paragraph
from qa.question import Linked
from qa.result import Status
from qa.told import NOTHING, Told

# Operations over figures: a figure that a sentence tells does not answer them.
COMPUTED = frozenset({
    "what_if", "per_head", "completion", "ratio", "multiple", "phase_gap", "compare", "rank_year", "filter_count",
    "filter", "rank", "trend", "growth_rate", "fall_rate", "fall_delta", "growth_delta", "growth_any", "difference",
    "average", "derived", "prior",
})  # fmt: skip
UNSURE = 0.6  # an answer less sure gives way to a sentence that accounts for the whole question
SURE = 0.5  # how sure a figure is of whose words the clause itself says none; all of them: 1
OPEN = frozenset({
    "abstain.missing", "abstain.not_understood", "abstain.no_members", "abstain.no_definition", "abstain.no_reason",
    "abstain.no_passage", "abstain.foreign", "abstain.no_base",
    "abstain.doubt.words", "abstain.doubt.word", "abstain.doubt.name", "abstain.doubt.meaning", "abstain.doubt.unit",
    "abstain.doubt.rival", "abstain.doubt.operation", "abstain.doubt.month", "abstain.doubt.unsure",
})  # fmt: skip
WHY = frozenset({"reason", "use", "duties", "define"})


def may_be_told(settled: Settled, linked: Linked) -> bool:
    """Whether nothing was answered for a reason that a sentence may remove, or what is doubtful, or a figure to why."""
    if settled.result.status is Status.ABSTAINED:
        return settled.result.said in OPEN
    if settled.result.status is Status.DECLARED_NONE:
        return False
    unsure = settled.checked.confidence < UNSURE
    return unsure or asks_whether(linked) or _is_figure_for_words(settled, linked)


def _is_figure_for_words(settled: Settled, linked: Linked) -> bool:
    """Whether a figure was looked up where a reason, a use, a meaning or a list of names is asked for."""
    if isinstance(settled.plan, Breakdown):
        return settled.result.answered and wants(linked, "meaning")
    looked_up = isinstance(settled.plan, (Lookup, Growth)) and settled.result.answered
    return looked_up and wants(linked, "only_words") and not wants(linked, "figure")


def read_prose(ask: Ask, settled: Settled, calculator: Calculator) -> Plan | None:
    """The plan that reads what the prose tells of a question; None where it tells nothing that accounts for it all.

    `settled` is what the labels gave.
    """
    linked = ask.linked
    documents = documents_of(ask)
    if not documents or len(documents) > MOST_DOCUMENTS or _asks_actuals(ask):
        return None
    paragraphs = [p for d in documents for p in calculator.shelf.paragraphs(d)]
    if not _may_be_strange(linked, paragraphs):
        return None
    asked = read_asked(linked)
    told = _identity(documents, calculator)
    figures = [f for d in documents for f in calculator.shelf.figures(d)]
    if asks_whether(linked):
        none = read_none(Whether(ask, asked, told, calculator), settled, figures, paragraphs)
        if none is not None or settled.result.answered:
            return none
    units = _units_plan(ask) if not settled.result.answered else None
    weights = weigh(asked, [p.opening for p in paragraphs])
    if wants(linked, "figure"):
        found = None if _computed(ask) else find_figure(linked, asked, weights, figures, told)
        if found is None and units is None and asked.names and not settled.result.answered:
            return read_none(Whether(ask, asked, told, calculator), settled, (), paragraphs)
        return _figure_plan(ask, found) if found is not None else units
    if units is not None:
        return units
    if settled.result.answered:
        explained = _explained(ask, settled, calculator)
        if explained is not None or not _is_figure_for_words(settled, linked):
            return explained
    if (wants(linked, "words") or asks_whether(linked)) and (
        not _computed(ask) or any(c.intent in WHY for c in ask.cues)
    ):
        fit = find_passage(linked, asked, weights, paragraphs, told)
        if fit is not None:
            passages = tuple(p.id for paragraph in fit.paragraphs for p in paragraph.passages)
            return Read(ask.text, fit.paragraphs[0].document, passages=passages)
    return None


def documents_of(ask: Ask) -> tuple[str, ...]:
    """The documents of the question's scope; where a reason is asked for, those of its years at any stage."""
    scoped = ask.setting.scope().documents
    if not wants(ask.linked, "why"):
        return scoped
    years = {d.identity.year for d in ask.setting.documents if d.id in scoped}
    return tuple(d.id for d in ask.setting.documents if d.id in scoped or d.identity.year in years)


def _explained(ask: Ask, settled: Settled, calculator: Calculator) -> Plan | None:
    """The reason, use or meaning of the item whose figure was looked up."""
    plan = settled.plan
    if not isinstance(plan, (Lookup, Growth, Breakdown)) or not _is_figure_for_words(settled, ask.linked):
        return None
    item = plan.members.item if isinstance(plan, Breakdown) else plan.item
    terms = Define(item.names, item.said, item.scope)
    asked: tuple[tuple[str, Plan], ...] = (
        ("why", Explain(Aspect.REASON, item)), ("use", Explain(Aspect.USE, item)), ("meaning", terms)
    )  # fmt: skip
    return next((p for kind, p in asked if wants(ask.linked, kind) and calculator.run(p).answered), None)


def _units_plan(ask: Ask) -> Plan | None:
    """The count or the list of the units that a document says its budget covers, where that is asked."""
    if _computed(ask) or ask.says("direct_units"):
        return None
    members = Members(Group.UNITS, Item(ask.text, scope=ask.setting.scope()))
    if wants(ask.linked, "units_counted"):
        return Count(members)
    return Breakdown(members) if wants(ask.linked, "units_listed") else None


def _figure_plan(ask: Ask, found: Found) -> Plan:
    hit = found.figure.hit
    plan = Read(ask.text, hit.document, fact=hit.fact.id, fit=round(SURE + (1 - SURE) * min(1.0, found.share), 4))
    unit = ask.setting.unit
    return Convert(plan, unit) if unit is not None else plan


def wants(linked: Linked, what: str) -> bool:
    """Whether a question is of a form of the table of words: for a figure, for words, whether there is any."""
    return any(True for _ in matches(what, linked))


def _computed(ask: Ask) -> bool:
    """Whether an operation over figures is asked for; "above" is one only beside a figure, "main" is none."""
    found = {c.intent for c in ask.cues if c.text.casefold() != "main"}
    found -= set() if ask.linked.numbers else {"filter", "filter_count"}
    found -= {intent for _, intents in matches("plain", ask.linked) for intent in intents}
    found -= {"ratio"} if wants(ask.linked, "unit") else set()
    return bool(found & COMPUTED)


def _asks_actuals(ask: Ask) -> bool:
    """Whether what came out is asked of documents that only tell what was planned."""
    return Phase.ACTUAL in ask.setting.phases and not any(
        d.identity.phase is Phase.ACTUAL for d in ask.setting.documents
    )


def _may_be_strange(linked: Linked, paragraphs: list[Paragraph]) -> bool:
    """Whether the names that no document seems to know are words of the prose after all."""
    return all(any(name in p.key for name in names for p in paragraphs) for names in strange_names(linked))


def _identity(documents: tuple[str, ...], calculator: Calculator) -> Told:
    """The titles and agencies of the documents, which account for the words of a question that name them."""
    held = [calculator.selector.documents[d] for d in documents]
    texts = tuple(t for d in held for t in (d.identity.title, d.file, d.identity.agency or ""))
    years = frozenset(d.identity.year for d in held if d.identity.year is not None)
    agencies = tuple(dict.fromkeys(d.identity.agency for d in held if d.identity.agency))
    return Told(NOTHING.names, tuple(t for t in texts if t), years, agencies)
