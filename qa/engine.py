"""The question engine: normalise and link, plan, calculate, phrase; one answer with every cell cited."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace

from ingest.corpus import Corpus, FactHit
from ingest.errors import BadQuestion, EmptyCorpus
from ingest.records import Document
from qa.accounted import accounting, bears
from qa.aimed import with_aim
from qa.answer import Alternative, Answer, AnswerItem, Citation, cite
from qa.calculator import Calculator
from qa.check import ENOUGH, Settled, settle, with_confidence
from qa.excepting import leave_out, without_excepted
from qa.followup import Context, follow_up
from qa.link import Linker, linker_for
from qa.lookup import label_of
from qa.meant import DEFAULT_CALIBRATION, Calibration, VectorSearch
from qa.operands import Operands
from qa.phrase import Phraser
from qa.plan import Plan, scopes_in
from qa.planner import Planner
from qa.prose.reader import may_be_told, read_prose
from qa.question import Language, Linked, Normalised
from qa.reading import Reading
from qa.result import Evidence, Note, Result, Status
from qa.select import Selector
from qa.spoken import joins_names, may_be_one_name, spoken_names, with_spoken
from qa.told import told_by
from qa.trace import trace
from qa.widen import widen

_OPEN = frozenset({"abstain.missing", "abstain.not_understood", "abstain.no_members", "abstain.no_definition"})
_UNSAID = frozenset({"word", "words", "name"})  # doubts about words that an answer leaves open
MOST_CHARACTERS = 2000
NO_DOCUMENTS = "nothing has been ingested yet: ingest a document first, with: budgetqa ingest PATH"


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What is made once for each state of the corpus."""

    version: str
    by_name: Linker
    linker: Linker
    calculator: Calculator
    documents: dict[str, Document]


@dataclass(slots=True)
class Engine:
    """Answers questions over a corpus. `embed` finds labels by meaning, asked only where no name is found.

    Answers of less confidence than `enough` are withheld; 0 gives them all. `calibration` is that of the embedder.
    """

    corpus: Corpus
    embed: VectorSearch | None = None
    enough: float = ENOUGH
    calibration: Calibration = DEFAULT_CALIBRATION
    _prepared: _Prepared | None = field(default=None, repr=False)

    def ask(self, question: str, context: Context | None = None, document: str | None = None) -> Answer:
        """The answer to a question, in its language; `document` (id, file or title) restricts it to one document.

        Raises `BadQuestion`, `EmptyCorpus`, and `NoSuchDocument` for a document that is not held.
        """
        start = time.perf_counter()
        check_question(question)
        prepared = self._prepare()
        only = self.corpus.find_document(document).id if document else None
        linked, settled = self._settle(question, prepared.by_name, context, only)
        if self.embed is not None and may_be_meant(settled):
            meant, again = self._settle(question, prepared.linker, context, only)
            if again.result.status is not Status.ABSTAINED:
                linked, settled = meant, again
        settled = self._told(linked, settled, prepared, only)
        if settled.result.status is Status.ABSTAINED or may_be_one_name(linked):
            linked, settled = self._spoken(linked, settled, prepared, only)
        if settled.result.status is Status.ABSTAINED or leaves_words(settled):
            linked, settled = self._accounted(linked, settled, prepared, only)
        answer = self._answer(question, linked, settled)
        return replace(answer, elapsed_ms=(time.perf_counter() - start) * 1000)

    def _settle(
        self, question: str, linker: Linker, context: Context | None, document: str | None
    ) -> tuple[Linked, Settled]:
        """The question as one linker reads it, planned, run and checked."""
        linked, excepted = without_excepted(widen(linker.link(question), linker))
        if linker.embed is not None:
            linked = with_aim(linked, self.corpus, linker.embed, self.calibration)
        plan = self.plan(linked, context, document)
        calculator = self._prepare().calculator
        plan = leave_out(plan, excepted, calculator) if excepted else plan
        return linked, settle(linked, plan, calculator, linker.vocabulary.has_pair, self.enough)

    def _told(self, linked: Linked, settled: Settled, prepared: _Prepared, document: str | None) -> Settled:
        """What the prose tells, where no label answers or it says that there is none; else what was settled."""
        calculator = prepared.calculator
        if not may_be_told(settled, linked):
            return settled
        plan = read_prose(Planner(calculator).prepare(linked, document), settled, calculator)
        if plan is None:
            return settled
        told = settle(linked, plan, calculator, prepared.by_name.vocabulary.has_pair, self.enough)
        return settled if told.result.status is Status.ABSTAINED else told

    def _spoken(
        self, linked: Linked, settled: Settled, prepared: _Prepared, document: str | None
    ) -> tuple[Linked, Settled]:
        """What names read by their characters tell, where each of them is borne by a cell of the answer."""
        vocabulary = prepared.by_name.vocabulary
        spoken = with_spoken(linked, vocabulary)
        if spoken is None:
            return linked, settled
        again = settle(spoken, self.plan(spoken, None, document), prepared.calculator, vocabulary.has_pair, self.enough)
        told = told_by(again.result, prepared.documents, self.corpus)
        borne = all(name in told.names for name in spoken_names(spoken))
        borne = borne and (settled.result.status is Status.ABSTAINED or joins_names(linked, spoken))
        return (spoken, again) if again.result.answered and borne else (linked, settled)

    def _accounted(
        self, linked: Linked, settled: Settled, prepared: _Prepared, document: str | None
    ) -> tuple[Linked, Settled]:
        """What labels that account for a question as a whole tell, where the answer bears each of them."""
        vocabulary = prepared.by_name.vocabulary
        for proposal in accounting(linked, vocabulary, self.embed):
            plan = self.plan(proposal.linked, None, document)
            again = settle(proposal.linked, plan, prepared.calculator, vocabulary.has_pair, self.enough)
            doubted = [d.kind for d in again.checked.doubts if d.kind in _UNSAID]
            if not again.result.answered or doubted not in ([[]] if settled.result.answered else [[], ["word"]]):
                continue
            if bears(proposal, again.plan, told_by(again.result, prepared.documents, self.corpus)):
                return proposal.linked, again
        return linked, settled

    def plan(self, linked: Linked, context: Context | None = None, document: str | None = None) -> Plan:
        """The plan of a linked question, in the context of the turns before it."""
        calculator = self._prepare().calculator
        planner = Planner(calculator)
        if context is not None and context.turns and not linked.foreign:
            leaning = follow_up(Operands(planner.prepare(linked, document), calculator), context)
            if leaning is not None:
                return leaning
        return planner.plan(linked, document)

    def run(self, plan: Plan) -> Result:
        """The result of a plan made elsewhere (by a language model, or stored)."""
        return self._prepare().calculator.run(plan)

    def answer_plan(self, plan: Plan, language: Language = Language.ZH) -> Answer:
        """The worded answer to a plan made elsewhere."""
        linked = Linked(Normalised("", "", language), ())
        return self._answer("", linked, Settled(plan, self.run(plan)))

    def _prepare(self) -> _Prepared:
        version = self.corpus.version()
        if self._prepared is None or self._prepared.version != version:
            documents = {d.id: d for d in self.corpus.documents()}
            if not documents:
                raise EmptyCorpus(NO_DOCUMENTS)
            calculator = Calculator(self.corpus, Selector(self.corpus))
            by_name = linker_for(self.corpus)
            linker = by_name if self.embed is None else Linker(by_name.vocabulary, self.embed, self.calibration)
            self._prepared = _Prepared(version, by_name, linker, calculator, documents)
        return self._prepared

    def _answer(self, question: str, linked: Linked, settled: Settled) -> Answer:
        plan, result = settled.plan, settled.result
        documents = self._prepare().documents
        phraser = Phraser(linked.question.language, documents, near(plan, documents))
        citations, places = cite_all(result, documents, self.corpus)
        items = tuple(
            AnswerItem(
                line.label,
                None if line.quantity is None else f"{line.quantity.value:f}",
                None if line.quantity is None else line.quantity.unit.symbol or None,
                places[id_of(line.evidence)],
            )
            for line in result.lines
        )
        notes = list(result.notes)
        if result.status is Status.AMBIGUOUS:
            notes.append(Note("ambiguous"))
        quantity = result.quantity if result.status is not Status.ABSTAINED else None
        return Answer(
            question, linked.question.language, result.status, phraser.sentence(result),
            None if quantity is None else f"{quantity.value:f}",
            None if quantity is None else quantity.unit.symbol or None,
            items, plan, result.steps, citations,
            tuple(alternative(r, documents) for r in result.alternatives if r.quantity is not None),
            tuple(phraser.note(n) for n in notes), 0.0,
            with_confidence(settled.checked, trace(linked, plan, result, documents)), settled.checked.confidence,
            tuple(d.kind for d in settled.checked.doubts),
        )  # fmt: skip


def may_be_meant(settled: Settled) -> bool:
    """Whether names alone gave no answer and other words for the same thing might."""
    said = settled.result.said
    by_words = said.startswith("abstain.doubt.") or said in _OPEN
    return settled.result.status is Status.ABSTAINED and by_words


def leaves_words(settled: Settled) -> bool:
    """Whether an answer is given though words of the question are left open that another label might say."""
    return settled.result.answered and any(d.kind in _UNSAID for d in settled.checked.doubts)


def near(plan: Plan, documents: dict[str, Document]) -> frozenset[str]:
    """The agencies whose documents a plan looks at."""
    asked = {document for scope in scopes_in(plan) for document in scope.documents}
    return frozenset(a for d in asked if d in documents and (a := documents[d].identity.agency) is not None)


def check_question(question: str) -> None:
    """Refuse what is not a question. Raises `BadQuestion`."""
    if not question.strip():
        raise BadQuestion("the question is empty")
    if len(question) > MOST_CHARACTERS:
        raise BadQuestion(f"the question has {len(question)} characters; at most {MOST_CHARACTERS} are read")
    odd = sum(not c.isprintable() and c not in "\n\r\t\u200b\u200c\u200d\ufeff" for c in question)
    if odd:
        raise BadQuestion(f"the question holds {odd} control characters: it is not text")


def id_of(evidence: Evidence) -> tuple[str, str]:
    """What tells one piece of evidence from another."""
    return evidence.document, repr(evidence)


def cite_all(
    result: Result, documents: dict[str, Document], corpus: Corpus
) -> tuple[tuple[Citation, ...], dict[tuple[str, str], int]]:
    """The citations of a result, each place once, and where each piece of evidence stands among them."""
    citations: list[Citation] = []
    places: dict[tuple[str, str], int] = {}
    for evidence in (*result.evidence, *(line.evidence for line in result.lines)):
        key = id_of(evidence)
        if key not in places:
            places[key] = len(citations)
            citations.append(titled(cite(evidence, documents), evidence, corpus))
    return tuple(citations), places


def titled(citation: Citation, evidence: Evidence, corpus: Corpus) -> Citation:
    """The citation with the title of its table, where the evidence knows only the table's id."""
    if isinstance(evidence, FactHit) or citation.table is None:
        return citation
    return replace(citation, table=corpus.table(citation.document, citation.table).title)


def alternative(reading: Reading, documents: dict[str, Document]) -> Alternative:
    """Another reading with its figure and citation."""
    quantity = reading.quantity
    if quantity is None:
        raise ValueError("an alternative needs a figure")
    label = label_of(reading.hit)
    if len({d.identity.agency for d in documents.values()}) > 1:
        label = f"{documents[reading.hit.document].identity.agency or ''} {label}".strip()
    return Alternative(label, f"{quantity.value:f}", quantity.unit.symbol or None, cite(reading.hit, documents))
