"""Claims: the figures of a text, each with its hedge, its kind, and the questions that it answers.

A claim is checked by asking what it asserts: its clause with the figure blanked is a question to the engine. What a
clause leaves to the words before it (agency, year, item) is carried into it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.figures import FoundFigure
from ingest.units import Quantity, Unit, unit_named
from qa.link import Linker
from qa.question import Language
from qa.verify.asking import Asked, ask_of
from qa.verify.clauses import hedge_of
from qa.verify.context import Context, read_context
from qa.verify.kinds import Kind
from qa.verify.orders import Order, Ranked, find_order, find_ranked, may_compare
from qa.verify.sentences import Sentence, prose, sentences
from qa.verify.sides import Sides
from qa.verify.wording import Hedge, wording

_BACKWARDS = 5  # sentences without a figure that are read for the agency of a figure after them


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure of a text. `text` is its sentence at `span`, `figure_span` the figure with its unit.

    `questions` ask for the figure, the fullest wording first; `named` are the words that name its item. `agent` and
    `subject` say whether its words name anyone, and anything, at all; `agencies` are the corpus's agencies meant;
    `loose` are words of the claim that nothing in the corpus explains, `meant` the labels of all it names.
    `modified`: such a word stands directly before the item's name. `extra` is what else the clause names, each with its
    labels.
    `part` marks a part (其中, of which), `backwards` a rise or fall that the sentence's own two figures belie.
    `figure` is None for a sentence that claims no figure; `order` or `ranked` is what such a one compares. `sides` are
    the two things of which a multiple says how many times as large one is.
    """

    text: str
    span: tuple[int, int]
    figure: FoundFigure | None
    figure_span: tuple[int, int]
    hedge: Hedge
    language: Language
    clause: str = ""
    kind: Kind = Kind.AMOUNT
    questions: tuple[str, ...] = ()
    named: str = ""
    year: str = ""
    opinion: bool = False
    agent: bool = False
    subject: bool = False
    agencies: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    modified: bool = False
    extra: tuple[tuple[str, ...], ...] = ()
    part: bool = False
    backwards: bool = False
    meant: tuple[tuple[str, ...], ...] = ()
    sides: Sides | None = None
    order: Order | None = None
    ranked: Ranked | None = None

    @property
    def question(self) -> str:
        """The claim as a question, in its own words."""
        return self.questions[0] if self.questions else ""

    @property
    def claimed(self) -> Quantity | None:
        """The figure as claimed; a bare count has an empty unit."""
        if self.figure is None:
            return None
        return Quantity(self.figure.value, self.figure.unit or BARE)


BARE = Unit("", unit_named("个").dimension)  # type: ignore[union-attr]


def find_claims(text: str, linker: Linker) -> Iterator[Claim]:
    """Every figure claimed in a text, in order; a text without any gives its first sentences as claims without one."""
    found = False
    for claim in _claims(text, linker):
        found = True
        yield claim
    if found:
        return
    for one in prose(text):
        place = (one.start, one.start + len(one.raw))
        yield Claim(one.raw, place, None, (one.start, one.start), Hedge.NONE, one.language, opinion=True)


def _claims(text: str, linker: Linker) -> Iterator[Claim]:
    context = Context()
    before: deque[Sentence] = deque(maxlen=_BACKWARDS)
    for sentence in sentences(text):
        if not sentence.figures:
            compared = _compared(sentence, linker, context)
            if compared is not None:
                yield compared
            before.append(sentence)
            continue
        for earlier in before:
            context = read_context(earlier, linker, context)
        before.clear()
        context = read_context(sentence, linker, context)
        for index in range(len(sentence.figures)):
            asked, context = ask_of(sentence, index, linker, context)
            yield _claim(sentence, index, asked)


def _compared(sentence: Sentence, linker: Linker, context: Context) -> Claim | None:
    """What a sentence without a figure compares, as a claim."""
    if not may_compare(sentence.text, sentence.language):
        return None
    context = read_context(sentence, linker, context)
    text, language = sentence.text, sentence.language
    ranked = find_ranked(text, language, linker, context.side(language))
    order = None if ranked else find_order(text, language, linker, context.side(language))
    if context.foreign or not (ranked or order):
        return None
    place = (sentence.start, sentence.start + len(sentence.raw))
    opinion = bool(wording(language).opinion.search(text))
    return Claim(
        sentence.raw, place, None, (place[0], place[0]), Hedge.NONE, language, text, Kind.ORDER, opinion=opinion,
        order=order, ranked=ranked,
    )  # fmt: skip


def _claim(sentence: Sentence, index: int, asked: Asked) -> Claim:
    figure = sentence.figures[index]
    hedge, _, _ = hedge_of(sentence, figure)
    return Claim(
        text=sentence.raw,
        span=(sentence.start, sentence.start + len(sentence.raw)),
        figure=figure,
        figure_span=(sentence.start + figure.start, sentence.start + sentence.raw_end(figure)),
        hedge=hedge,
        language=sentence.language,
        clause=asked.clause,
        kind=asked.kind,
        questions=asked.questions,
        named=asked.named,
        year=asked.year,
        opinion=bool(wording(sentence.language).opinion.search(sentence.text)),
        agent=asked.agent,
        subject=asked.subject,
        agencies=asked.agencies,
        loose=asked.loose,
        modified=asked.modified,
        extra=asked.extra,
        part=asked.part,
        backwards=asked.backwards,
        meant=asked.meant,
        sides=asked.sides,
    )
