"""A conversation as a value: questions with their answers, the context of the next one, and the way to reopen each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.errors import BudgetQAError
from qa.answer import Alternative, Answer
from qa.engine import Engine
from qa.followup import SHORT, Context
from qa.result import Status

MOST_REMEMBERED = 8  # turns that a follow-up may lean on, and that an address reopens
MOST_KEPT = 100


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question with its answer, or with the problem that kept it from one.

    `chain` are the questions that, asked in this order, give this answer again: the question alone, unless it leans
    on others. `document` is the one document it was asked of, if any.
    """

    question: str
    answer: Answer | None
    chain: tuple[str, ...]
    document: str | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """Exchanges, oldest first."""

    exchanges: tuple[Exchange, ...] = ()

    @property
    def context(self) -> Context:
        """What a follow-up may lean on."""
        context = Context()
        for exchange in self.exchanges[-MOST_REMEMBERED:]:
            if exchange.answer is not None and exchange.answer.status is not Status.ABSTAINED:
                context = context.after(exchange.question, exchange.answer.plan)
        return context

    def with_exchange(self, exchange: Exchange) -> Conversation:
        """The conversation with one more exchange."""
        return Conversation((*self.exchanges, exchange)[-MOST_KEPT:])


def ask(engine: Engine, conversation: Conversation, question: str, document: str | None = None) -> Conversation:
    """The conversation after one more question; a question that cannot be answered for an error keeps the reason."""
    context = conversation.context
    try:
        answer = engine.ask(question, context, document)
        leans = may_lean(question, context) and engine.ask(question, None, document).plan != answer.plan
    except BudgetQAError as error:
        return conversation.with_exchange(Exchange(question, None, (question,), document, str(error)))
    before = conversation.exchanges[-1].chain if leans else ()
    chain = (*before, question)[-MOST_REMEMBERED:]
    return conversation.with_exchange(Exchange(question, answer, chain, document))


def may_lean(question: str, context: Context) -> bool:
    """Whether a question is short enough to be a follow-up of anything."""
    return bool(context.turns) and len(question) <= SHORT * (3 if question.isascii() else 1)


def choose_reading(engine: Engine, conversation: Conversation, exchange: Exchange, other: Alternative) -> Conversation:
    """The conversation after another reading of an exchange was chosen: asked again by a question that means it.

    Where no such question is found, the reading itself is the answer, with its own figure and place.
    """
    answer = exchange.answer
    if answer is None:
        return conversation
    for question in wordings(engine, other):
        again = _asked(engine, question, exchange.document)
        if again is not None and again.citations and again.citations[0] == other.citation:
            return conversation.with_exchange(Exchange(question, again, (question,), exchange.document))
    kept = replace(
        answer, status=Status.ANSWERED, answer=f"{other.label}: {other.value} {other.unit or ''}".strip(),
        value=other.value, unit=other.unit, items=(), steps=(), citations=(other.citation,),
        alternatives=tuple(a for a in answer.alternatives if a != other),
    )  # fmt: skip
    return conversation.with_exchange(Exchange(other.label, kept, exchange.chain, exchange.document))


def wordings(engine: Engine, other: Alternative) -> Iterator[str]:
    """Questions that may mean a reading: by its agency, year, organisation, name and code."""
    document = engine.corpus.find_document(other.citation.document).identity
    when = f"{document.agency or ''}{document.year or ''}年" if document.year else document.agency or ""
    *above, name = other.citation.row or (other.label,)
    if other.citation.code:
        yield f"{when}{name}（{other.citation.code}）是多少"
    if above:
        yield f"{when}{above[0]}的{name}是多少"
    yield f"{when}{name}是多少"
    yield f"{when}项目{name}是多少"


def _asked(engine: Engine, question: str, document: str | None) -> Answer | None:
    try:
        return engine.ask(question, None, document)
    except BudgetQAError:
        return None
