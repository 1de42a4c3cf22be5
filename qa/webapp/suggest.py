"""First questions to click on, drawn from the documents held and kept only where they are answered."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from ingest.corpus import Corpus, FactHit, FactQuery
from ingest.errors import BudgetQAError
from ingest.records import Document, Phase, TableKind
from qa.engine import Engine
from qa.question import Language
from qa.result import Status

MOST = 6
_MOST_DOCUMENTS = 6
_TERMS = 4  # definitions looked at


def suggestions(engine: Engine, language: Language, most: int = MOST) -> tuple[str, ...]:
    """Questions over different documents, each of them answered with citations."""
    documents = newest_of_each(engine.corpus.documents(), language)[:_MOST_DOCUMENTS]
    by_document = [
        turned(candidates(engine.corpus, document, language), place) for place, document in enumerate(documents)
    ]
    found: list[str] = []
    for row in zip_longest(*by_document):
        for question in row:
            if len(found) < most and question is not None and question not in found and answered(engine, question):
                found.append(question)
    return tuple(found)


def turned(questions: list[str], place: int) -> list[str]:
    """The questions from another start, so that documents side by side show different kinds of question."""
    start = place % max(len(questions), 1)
    return questions[start:] + questions[:start]


def newest_of_each(documents: tuple[Document, ...], language: Language) -> list[Document]:
    """The newest document of every agency first, then the others; those in the reader's language before the rest."""
    newest_first = sorted(
        documents,
        key=lambda d: ((d.identity.agency or d.identity.title).isascii() != (language is Language.EN),
                       -(d.identity.year or 0)),
    )  # fmt: skip
    seen: set[str | None] = set()
    first: list[Document] = []
    rest: list[Document] = []
    for document in newest_first:
        (rest if document.identity.agency in seen else first).append(document)
        seen.add(document.identity.agency)
    return first + rest


def candidates(corpus: Corpus, document: Document, language: Language) -> list[str]:
    """Questions that suit one document, the plainest first; they may turn out to have no answer."""
    words = _chinese if language is Language.ZH else _english
    return list(dict.fromkeys(words(corpus, document)))


def _chinese(corpus: Corpus, document: Document) -> Iterator[str]:
    who = document.identity
    name = who.agency or who.title
    blank = " " if name.isascii() else ""
    when = f"{name}{blank}{who.year}年" if who.year else f"{name}{blank}"
    largest = _largest(corpus, document)
    stage = "决算" if who.phase is Phase.ACTUAL else "预算"
    yield f"{when}总支出{stage}是多少？"
    if largest is not None:
        yield f"{when}{largest.fact.label}{stage}是多少？"
    yield f"{when}哪个项目花钱最多？"
    yield f"{when}三公经费一共多少？"
    yield f"{when}哪一类支出最少？"
    yield from (f"{term}是什么意思？" for term in _terms(corpus, document))


def _english(corpus: Corpus, document: Document) -> Iterator[str]:
    who = document.identity
    of = f" of {who.agency}" if who.agency else ""
    year = f" {who.year}" if who.year else ""
    stage = "final account" if who.phase is Phase.ACTUAL else "budget"
    largest = _largest(corpus, document)
    yield f"What is the total{year} {stage}{of}?"
    if largest is not None:
        yield f"How much is the{year} {stage} for {largest.fact.label}{of}?"
    yield f"Which project{of} is the largest in{year or ' this year'}?"
    yield f"How much is the{year} official reception{of}?"
    yield from (f"What does {term} mean?" for term in _terms(corpus, document))


def _largest(corpus: Corpus, document: Document) -> FactHit | None:
    """The largest item by function of the document's expenditure table, else of any table's coded rows."""
    for kinds in ([TableKind.EXPENDITURE], [TableKind.GENERAL_PUBLIC], None):
        hits = corpus.facts(FactQuery(documents=[document.id], table_kinds=kinds, from_tables=True))
        items = [h for h in hits if h.fact.code and len(h.fact.code) >= 5 and not h.fact.total and h.fact.value]
        if items:
            return max(items, key=lambda h: (len(h.fact.code or "") == 7, h.fact.value or 0))
    return None


def _terms(corpus: Corpus, document: Document) -> list[str]:
    """Terms that the document itself explains."""
    held = [d.record for d in corpus.definitions() if d.document == document.id]
    return [definition.term for definition in held[:_TERMS]]


def answered(engine: Engine, question: str) -> bool:
    """Whether a question has an answer that cites something."""
    try:
        answer = engine.ask(question)
    except BudgetQAError:
        return False
    return answer.status is Status.ANSWERED and bool(answer.citations)
