"""Questions for a claim: what the engine is asked, so that its answer is the figure claimed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.corpus import LabelKind
from ingest.records import Phase
from qa.leftover import leftover
from qa.link import Linker
from qa.question import Language, Linked
from qa.verify.clauses import base_year, blanked, bounds, ends_before, year_of
from qa.verify.context import Context, strangers, with_agency
from qa.verify.kinds import Kind, compares_stages, is_origin, kind_of
from qa.verify.named import AGENTS, ITEMS, item_words
from qa.verify.plainly import Plain, plain_question
from qa.verify.sentences import Sentence
from qa.verify.sides import Sides, sides_of
from qa.verify.subject import subject_of
from qa.verify.wording import Wording, moves, wording

_JOINED = re.compile(r"[^，。、：；,.;:]?\s?")
_MORE_THAN = re.compile(
    r"(?:^|[，,；;])(?P<left>[^，,；;]*?)[比较](?!上年|去年|上一年|前一年|同期|(?:19|20)\d\d)(?P<of>[^，,；;]{2,24}?)"
    r"(?:还|要|更|都|略)*[多高少低](?:出|了)?(?:近|约|超过)?$"
)
_COMPARED = re.compile(r"[，,\s]*(?:并|还|且)?[比较](?!上年|去年|上一年|前一年|同期|(?:19|20)\d\d|预算|全年|年初)")
_MULTIPLE_OF = re.compile(
    r"(?P<left>[^，。；]*?)(?:是|为|相当于|超过|接近|达到?|只有|仅有|不及)(?P<of>[^，。；]{2,24}?)的(?:近|约|不到|不足|超过|将近|接近)?$"
)
_MEANT = 0.85  # the score from which a label may be the one meant


@dataclass(frozen=True, slots=True)
class Asked:
    """A claim's questions with what was found in its words; the fields are those of `Claim`."""

    clause: str
    kind: Kind
    questions: tuple[str, ...]
    named: str
    year: str
    agent: bool
    subject: bool
    agencies: tuple[str, ...]
    loose: tuple[str, ...]
    modified: bool
    extra: tuple[tuple[str, ...], ...]
    part: bool
    backwards: bool
    meant: tuple[tuple[str, ...], ...]
    sides: Sides | None = None


def ask_of(sentence: Sentence, index: int, linker: Linker, context: Context) -> tuple[Asked, Context]:
    """The questions of a sentence's figure, fullest wording first, and the context for the figures after it."""
    left, clause, linked = _clause(sentence, index, linker, context)
    kind, year = kind_of(sentence, index, left), year_of(sentence, index, context.year)
    words = wording(sentence.language)
    found = subject_of(sentence, index, clause, kind, linked, linker, context)
    subject, is_part = found.words, words.part.search(sentence.text[: sentence.figures[index].start]) is not None
    plain = Plain(
        sentence.language, kind, context.agency_words(sentence.language), year, base_year(sentence), subject,
        found.whole, clause, sentence.text[:left], (context.whole or context.subject) if is_part else "",
    )  # fmt: skip
    carried = context.subject if _starts_compared(clause, sentence.language) else "" if found.named else subject
    full = _in_full(sentence, clause, carried, context, linked, year)
    loose = _loose(sentence.language, linked, context)
    if is_origin(sentence, index) and not year:
        loose = (*loose, "?")  # what it came from is of a year before, and nobody says which
    asked = Asked(
        clause, kind, _questions(sentence, index, full, plain, context, linked), subject, year, bool(context.agent),
        bool(subject) or bool(words.total.search(clause)), context.agencies, loose, _modifies(loose, linked),
        _extra(linked, subject, kind, words, clause), is_part, _is_backwards(sentence, index),
        _meant(linked), _sides(sentence, index, kind, subject, linker, context),
    )  # fmt: skip
    return asked, replace(context, subject=subject, whole=context.whole if is_part and context.whole else subject)


def _starts_compared(clause: str, language: Language) -> bool:
    """Whether a clause begins with what its item is compared with, and leaves the item to the words before it."""
    return language is Language.ZH and _COMPARED.match(clause) is not None


def _sides(sentence: Sentence, index: int, kind: Kind, subject: str, linker: Linker, context: Context) -> Sides | None:
    """The two things that a figure compares, where the engine is not asked for both at once.

    Of a multiple X and Y of X是Y的三倍, of a count those of 比Y多72辆, in English the stages of "left 13 unspent".
    """
    language, before = sentence.language, sentence.text[: sentence.figures[index].start]
    default = replace(context.side(language), item=context.subject or subject)
    if kind is Kind.MULTIPLE and not wording(language).of_base.search(before):
        match = _MULTIPLE_OF.search(before)
    elif kind is Kind.COUNT and language is Language.ZH:
        match = _MORE_THAN.search(before)
    elif kind is Kind.CHANGE and language is Language.EN and compares_stages(sentence.text):
        default = replace(default, item="") if compares_stages(subject) else default
        return Sides(replace(default, stage=Phase.ACTUAL), replace(default, stage=Phase.BUDGET))
    else:
        return None
    return sides_of(match["left"], match["of"], linker, default) if match else None


def _clause(sentence: Sentence, index: int, linker: Linker, context: Context) -> tuple[int, str, Linked]:
    """The clause with its figure asked for, where it begins, and what it names; a last one shorter where that names."""
    left, right = bounds(sentence, index)
    if right == len(sentence.text):
        shorter = with_agency(blanked(sentence, index, left, ends_before(sentence, index)), context)
        linked = linker.link(shorter)
        if item_words(linked):
            return left, shorter, linked
    clause = with_agency(blanked(sentence, index, left, right), context)
    return left, clause, linker.link(clause)


def _modifies(loose: tuple[str, ...], linked: Linked) -> bool:
    """Whether an unexplained word stands directly before an item's name, and so makes another item of it."""
    text = linked.question.text
    ends = [text.find(word) + len(word) for word in loose if word in text]
    gaps = [text[end : m.start] for end in ends for m in linked.of_kind(*ITEMS) if m.start >= end]
    return any(_JOINED.fullmatch(gap) for gap in gaps)


def _meant(linked: Linked) -> tuple[tuple[str, ...], ...]:
    """For each stretch of a clause that names something, the labels that it may stand for; an agency names nothing."""
    found: dict[str, tuple[str, ...]] = {}
    for mention in linked.of_kind(*ITEMS, LabelKind.ORGANISATION):
        labels = tuple(c.label.text for c in mention.candidates if c.score >= _MEANT)
        if labels and not any(m.start <= mention.start < m.end for m in linked.of_kind(LabelKind.AGENCY)):
            found[mention.text] = (*found.get(mention.text, ()), *labels)
    return tuple(found.values())


def _extra(linked: Linked, subject: str, kind: Kind, words: Wording, clause: str) -> tuple[tuple[str, ...], ...]:
    """What else the clause names beside its item: the words of each, then the labels that they may stand for."""
    if words.respectively.search(clause):
        return ()
    marker = words.completion.search(linked.question.text) if kind is Kind.COMPLETION else None
    agents, start = [m.text for m in linked.of_kind(*AGENTS)], linked.question.text.find(subject) if subject else -1
    found: dict[str, tuple[str, ...]] = {}
    for mention in linked.of_kind(*ITEMS):
        text = mention.text
        if text in subject or subject in text or any(text in agent for agent in agents):
            continue
        if words.fluff.fullmatch(text):
            continue
        if mention.start < start + len(subject) and start < mention.end and start >= 0:
            continue
        if marker is not None and mention.end > marker.start():
            continue
        found[text] = (*found.get(text, (text,)), *(c.label.text for c in mention.candidates))
    return tuple(found.values())


def _loose(language: Language, linked: Linked, context: Context) -> tuple[str, ...]:
    """The content words of a clause that answer to nothing held, and are no words of change or of telling."""
    words = wording(language)
    known = f"{context.agent} {' '.join(context.agencies)}".casefold()
    left = leftover(words.fluff.sub(" ", linked.residue), language)
    return tuple(w for w in left if w.casefold() not in known and not words.rise.search(w) and not words.fall.search(w))


def _questions(
    sentence: Sentence, index: int, full: str, plain: Plain, context: Context, linked: Linked
) -> tuple[str, ...]:
    if context.foreign or (strangers(linked) and not context.alias):
        return (full,)
    questions = _ordered(full, plain)
    plainer = tuple(q for q in questions if q != full)
    if plain.kind is Kind.MULTIPLE:  # the engine knows changes, and no multiples of a year before
        return plainer
    listed = wording(sentence.language).respectively.search(sentence.text)
    moved = is_origin(sentence, index) or (index and is_origin(sentence, index - 1))
    return plainer if plainer and (moved or listed) else questions


def _ordered(full: str, plain: Plain) -> tuple[str, ...]:
    """The claim's own words first, unless a part (其中) needs the whole that it is of."""
    simple = [q for q in (plain_question(plain), plain_question(replace(plain, parent=""))) if q]
    questions = [*simple[:1], full, *simple[1:]] if plain.parent else [full, *simple]
    return tuple(dict.fromkeys(questions))


def _in_full(sentence: Sentence, clause: str, carried: str, context: Context, linked: Linked, year: str) -> str:
    """The clause in its own words, with the item, agency and year of the words before it where it names none."""
    chinese = sentence.language is Language.ZH
    if carried and carried not in clause:
        clause = f"{carried}{'' if chinese else ' '}{clause}"
    question = with_agency(clause.strip(" 。.；;，,！!"), context)
    if year and not linked.years and not linked.relative_years and year not in question:
        question = f"{year}年{question}" if chinese else f"{question} in {year}"
    agent = context.agencies[0] if context.agencies and context.agent not in sentence.text else context.agent
    if agent and agent not in question and not linked.of_kind(*AGENTS) and not linked.foreign:
        question = f"{agent}{question}" if chinese else f"{agent}: {question}"
    return question + ("？" if chinese else "?")


def _is_backwards(sentence: Sentence, index: int) -> bool:
    """Whether "from A to B" is called a fall where B is the larger, or a rise where it is the smaller."""
    if not index or not is_origin(sentence, index - 1):
        return False
    first, second = sentence.figures[index - 1], sentence.figures[index]
    if first.unit != second.unit:
        return False
    between = sentence.text[: second.start]
    return moves(sentence.language, between) * (second.value - first.value) < 0
