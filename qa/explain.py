"""Answers in the document's own words: definitions, reasons, uses, duties. Quoted, never rewritten."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ingest.corpus import FactQuery, Held
from ingest.geometry import union
from ingest.records import Definition, Passage, PassageKind, Statement
from qa.change import overlap
from qa.keys import label_key
from qa.plan import Aspect, Define, Explain, Item, Name, Total
from qa.result import Quote, Result, Status
from qa.roles import Role, read_table, role_names

if TYPE_CHECKING:
    from qa.calculator import Calculator

MOST_CHARACTERS = 2500  # of a quoted section
ALIKE = Decimal("0.5")
PART = Decimal("0.7")  # a part's reason where the whole has none
SEVERAL = 3


def run_define(plan: Define, calculator: Calculator) -> Result:
    """What the document says a term means."""
    found = [
        h for h in calculator.corpus.definitions() if not plan.scope.documents or h.document in plan.scope.documents
    ]
    scored = sorted(((_fits(h.record, plan), -i) for i, h in enumerate(found)), reverse=True)
    if not scored or scored[0][0] < ALIKE:
        return Result(Status.ABSTAINED, "abstain.no_definition", plan.said, values=(_first(plan.terms, plan.said),))
    held = found[-scored[0][1]]
    passage = calculator.corpus.passage(held.document, held.record.passage)
    start = max(0, passage.text.find(held.record.term))
    quote = quote_passage(held.document, passage, start, len(passage.text))
    return Result(Status.ANSWERED, "define", held.record.term, evidence=(quote,), values=(held.record.text,))


def _fits(definition: Definition, plan: Define) -> Decimal:
    term = label_key(definition.term)
    texts = [(label_key(n.text), Decimal(str(round(n.score, 3)))) for n in plan.terms]
    named = max((overlap(term, text) * score for text, score in texts if text), default=Decimal(0))
    inside = Decimal(len(term)) / 100 + ALIKE if term and term in label_key(plan.said) else Decimal(0)
    return max(named, inside)


def _first(names: tuple[Name, ...], said: str) -> str:
    return names[0].text if names else said


def run_explain(plan: Explain, calculator: Calculator) -> Result:
    """The reason for a change, what money is for, or an agency's duties, as the document puts it."""
    if plan.aspect in (Aspect.DUTIES, Aspect.TOPIC):
        return quote_sections(plan, calculator)
    statements = about(plan.item, plan.aspect, calculator) or of_parts(plan.item, plan.aspect, calculator)
    if plan.aspect is Aspect.USE and not any(h.record.use for h in statements):
        defined = run_define(Define(plan.item.names, plan.item.said, plan.item.scope), calculator)
        if defined.answered or not statements:
            return defined
    if not statements:
        return Result(Status.ABSTAINED, "abstain.no_reason", plan.item.said, values=(plan.item.said,))
    if plan.aspect is Aspect.USE and not any(h.record.use for h in statements):
        meaning = run_define(Define(plan.item.names, plan.item.said, plan.item.scope), calculator)
        if meaning.answered:
            return meaning
    statements = of_one_agency(statements, calculator)
    quotes = tuple(quote_statement(h, calculator) for h in statements[:SEVERAL])
    words = "；".join(dict.fromkeys(words_of(h.record, plan.aspect) for h in statements[:SEVERAL]))
    used = plan.aspect is not Aspect.USE or any(h.record.use for h in statements[:SEVERAL])
    said = f"explain.{plan.aspect}" if used else f"explain.{Aspect.REASON}"
    return Result(Status.ANSWERED, said, statements[0].record.label, evidence=quotes, values=(words,))


def of_one_agency(statements: list[Held[Statement]], calculator: Calculator) -> list[Held[Statement]]:
    """Those of the agency that the first is of: reasons of two agencies are not one answer."""
    documents = calculator.selector.documents
    agency = documents[statements[0].document].identity.agency
    return [h for h in statements if documents[h.document].identity.agency == agency]


def words_of(statement: Statement, aspect: Aspect) -> str:
    """The statement's own words on the aspect."""
    wanted = statement.reason if aspect is Aspect.REASON else statement.use or statement.reason
    return wanted or statement.sentence


def about(item: Item, aspect: Aspect, calculator: Calculator) -> list[Held[Statement]]:
    """The statements that explain the item, closest name first; only those as close as the closest."""
    scored: list[tuple[Decimal, Held[Statement]]] = []
    for document in item.scope.documents or (None,):
        for held in calculator.corpus.statements(document=document):
            record = held.record
            explains = record.reason if aspect is Aspect.REASON else record.use or record.reason
            score = _about(held.record, item)
            if explains and score >= ALIKE:
                scored.append((score, held))
    best = max((s for s, _ in scored), default=Decimal(0))
    return [h for s, h in scored if s >= best - Decimal("0.05")]


def of_parts(item: Item, aspect: Aspect, calculator: Calculator) -> list[Held[Statement]]:
    """For a whole that no sentence explains: the sentences on its parts that give a reason."""
    if aspect is not Aspect.REASON:
        return []
    found: list[Held[Statement]] = []
    for name in item.names[:2]:
        query = FactQuery(documents=item.scope.documents or None, path_contains=name.text, from_tables=False)
        told = {(h.document, h.fact.statement) for h in calculator.corpus.facts(query)}
        for document in dict.fromkeys(d for d, _ in told):
            held = calculator.corpus.statements(document=document)
            found += [h for h in held if (document, h.record.id) in told and h.record.reason and h not in found]
    return found


def _about(statement: Statement, item: Item) -> Decimal:
    labels = [label_key(statement.label), *(label_key(p) for p in statement.path[-1:])]
    names = [(label_key(n.text), Decimal(str(round(n.score, 3)))) for n in item.names]
    named = [overlap(label, name) * score for label in labels for name, score in names if label and name]
    said = label_key(item.said)
    above = [label_key(p) for p in statement.path[:-1]]
    kin = [overlap(label, name) * score * PART for label in above for name, score in names if label and name]
    return max([*named, *kin, _total(statement, item), *(overlap(label, said) for label in labels if label)])


def _total(statement: Statement, item: Item) -> Decimal:
    """How surely a statement speaks of the grand total that the item is."""
    if item.total is None:
        return Decimal(0)
    revenue = item.total is Total.REVENUE
    roles = (Role.REVENUE, Role.REVENUE_PROSE) if revenue else (Role.EXPENDITURE, Role.EXPENDITURE_PROSE)
    key = label_key(statement.label)
    return next((Decimal(str(1 - 0.02 * i)) for i, role in enumerate(roles) if key in role_names(role)), Decimal(0))


def quote_statement(held: Held[Statement], calculator: Calculator) -> Quote:
    """The whole sentence as evidence, with the name that heads it ("公务接待费：2025年预算…")."""
    passage, statement = calculator.corpus.passage(held.document, held.record.passage), held.record
    head = passage.text.rfind(statement.label, 0, statement.start)
    between = passage.text[head + len(statement.label) : statement.start]
    start = head if head >= 0 and not between.strip("：: ") else statement.start
    return quote_passage(held.document, passage, start, statement.end)


def quote_passage(document: str, passage: Passage, start: int, end: int) -> Quote:
    """Characters of a passage with their page and the box of their lines on that page."""
    lines = [line for line in passage.lines if line.start < end and line.end > start] or list(passage.lines[:1])
    page = lines[0].page
    box = union(line.box for line in lines if line.page == page and line.box is not None)
    return Quote(document, page, box, passage.text[start:end], passage.section)


def quote_sections(plan: Explain, calculator: Calculator) -> Result:
    """The paragraphs under the headings that a topic goes by (职责 for duties, the asker's words else)."""
    words = topic_words(plan)
    documents = plan.item.scope.documents or (None,)
    held = [h for d in documents for h in calculator.corpus.passages(d) if h.record.kind is not PassageKind.HEADING]
    chosen: list[Held[Passage]] = []
    for word in words:
        chosen = [h for h in held if any(word in label_key(s) for s in h.record.section)]
        if chosen:
            break
    if not chosen:
        return Result(Status.ABSTAINED, "abstain.no_passage", plan.item.said, values=(plan.item.said,))
    first = chosen[0].record.section
    section = [h for h in chosen if h.document == chosen[0].document and h.record.section[: len(first)] == first]
    quotes = tuple(quote_passage(h.document, h.record, 0, len(h.record.text)) for h in section)
    text = "\n".join(h.record.text for h in section)[:MOST_CHARACTERS]
    return Result(Status.ANSWERED, f"explain.{plan.aspect}", first[-1], evidence=quotes, values=(text,))


def topic_words(plan: Explain) -> tuple[str, ...]:
    """The heading words to look for."""
    if plan.aspect is Aspect.DUTIES:
        return tuple(label_key(text) for kind, text in read_table("topics.tsv") if kind == "duties")
    said = label_key(plan.item.said)
    return tuple(label_key(text) for kind, text in read_table("topics.tsv") if label_key(kind) in said)
