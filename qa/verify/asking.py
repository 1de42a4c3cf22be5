"""Questions for a claim: what the engine is asked, so that its answer is the figure claimed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.corpus import LabelKind
from qa.leftover import leftover, strange_names
from qa.link import Linker
from qa.question import Language, Linked
from qa.verify.clauses import base_year, blanked, bounds, ends_before, hedge_of, own_year, year_of
from qa.verify.kinds import Kind, is_origin, kind_of
from qa.verify.plainly import Plain, plain_question
from qa.verify.sentences import Sentence
from qa.verify.wording import Wording, moves, wording

_ITEMS = (LabelKind.ITEM, LabelKind.PROJECT, LabelKind.INDICATOR, LabelKind.COLUMN)
_AGENTS = (LabelKind.AGENCY, LabelKind.ORGANISATION)
_YEAR_BEFORE = re.compile(r"^(?:19|20)\d\d年度?")
_ASKED = re.compile(r"百分之多少|多少|what percentage|how (?:much|many)")
_JOINED = re.compile(r"[^，。、：；,.;:]?\s?")
_CAPITALS = re.compile(r"\b[A-Z][a-z]{3,}\b")
_NAME_RUN = r"(?:\b[Tt]he\s+)?(?:\b[A-Z]\w+\s+)*\b{word}\b(?:\s+[A-Z]\w+)*(?:\s+(?:\w+\s+)?department)?(?:['’]s)?"
_NAMED = 0.8  # the score from which words name an item
_MEANT = 0.85  # and from which a label may be the one meant
_PLACE = 2  # characters of a Chinese agency's name that say where it is

__all__ = ["Asked", "Context", "ask_of", "hedge_of", "read_context"]


@dataclass(frozen=True, slots=True)
class Context:
    """What the words so far leave to those after them.

    `alias` is a shortened name of the agency that no lexicon knows; `foreign`: the agency is none of the corpus's.
    """

    agent: str = ""
    alias: str = ""
    agencies: tuple[str, ...] = ()
    foreign: bool = False
    year: str = ""
    subject: str = ""


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


def read_context(sentence: Sentence, linker: Linker, context: Context) -> Context:
    """The agency and year of a sentence, for its clauses and for the sentences after it."""
    linked = linker.link(sentence.text)
    year = own_year(sentence, len(sentence.text)) or context.year
    mentions = [m for m in linked.of_kind(*_AGENTS) if not (m.text.isascii() and m.text.islower())]
    if mentions:
        # An organisation of an agency is named more closely than the agency.
        texts = tuple(dict.fromkeys(c.label.text for m in mentions for c in m.candidates))
        return replace(context, agent=mentions[0].text, alias="", agencies=texts, foreign=False, year=year)
    label, alias = _agency_by_part(sentence, linked, linker)
    if label:
        return replace(context, agent=label, alias=alias, agencies=(label,), foreign=False, year=year)
    if linked.foreign:
        return replace(context, agent=linked.foreign[0], alias="", agencies=(), foreign=True, year=year)
    return replace(context, year=year)


def _agency_by_part(sentence: Sentence, linked: Linked, linker: Linker) -> tuple[str, str]:
    """The one agency that a shortened name belongs to: "Larkspur", or 文旅局 for 文化和旅游局 of the same place."""
    agencies = [label.text for label in linker.vocabulary.labels if label.kind is LabelKind.AGENCY]
    if sentence.language is Language.EN:
        said = set(_CAPITALS.findall(sentence.text))
        found = [(a, "") for a in agencies if a.isascii() and said & _distinctive(a)]
    else:
        found = [(a, name) for a in agencies for name in linked.foreign if _shortens(name, a)]
    return found[0] if len(found) == 1 else ("", "")


def _distinctive(agency: str) -> set[str]:
    """The words of an English agency's name that no lexicon knows."""
    return set(strange_names(f" {agency}", Language.EN))


def _shortens(name: str, agency: str) -> bool:
    """Whether a name keeps an agency's place, its last character, and of the rest only characters in their order."""
    rest = iter(agency)
    same_ends = name[:_PLACE] == agency[:_PLACE] and name[-1:] == agency[-1:]
    return len(name) > _PLACE and same_ends and all(char in rest for char in name)


def _with_agency(question: str, context: Context) -> str:
    """The question with a shortened name written in full."""
    if context.alias:
        return question.replace(context.alias, context.agent)
    for agency in context.agencies if context.agent.isascii() else ():
        for word in _distinctive(agency):
            if agency not in question:
                question = re.sub(_NAME_RUN.format(word=re.escape(word)), agency, question, count=1)
    return question


def ask_of(sentence: Sentence, index: int, linker: Linker, context: Context) -> tuple[Asked, Context]:
    """The questions of a sentence's figure, fullest wording first, and the context for the figures after it."""
    left, clause, linked = _clause(sentence, index, linker, context)
    kind, year = kind_of(sentence, index, left), year_of(sentence, index, context.year)
    items = _items_of(sentence, index, clause, kind, linked, linker)
    words = wording(sentence.language)
    subject = _nearest(items, clause) or context.subject
    if not subject and not words.total.search(clause):
        subject = _nearest(_item_words(linker.link(sentence.text)), "")
    is_part = words.part.search(sentence.text[: sentence.figures[index].start]) is not None
    plain = Plain(
        sentence.language, kind, _agency_words(sentence, context), year, base_year(sentence), subject,
        context.subject if is_part and items else "", clause, sentence.text[:left],
    )  # fmt: skip
    full = _in_full(sentence, clause, "" if items else subject, context, linked, year)
    loose = _loose(sentence.language, linked, context)
    asked = Asked(
        clause, kind, _questions(sentence, index, full, plain, context, linked), subject, year, bool(context.agent),
        bool(subject) or bool(words.total.search(clause)), context.agencies, loose, _modifies(loose, linked),
        _extra(linked, subject, kind, words, clause), is_part, _is_backwards(sentence, index),
        _meant(linked),
    )  # fmt: skip
    return asked, replace(context, subject=subject)


def _clause(sentence: Sentence, index: int, linker: Linker, context: Context) -> tuple[int, str, Linked]:
    """The clause with its figure asked for, where it begins, and what it names; a last one shorter where that names."""
    left, right = bounds(sentence, index)
    if right == len(sentence.text):
        shorter = _with_agency(blanked(sentence, index, left, ends_before(sentence, index)), context)
        linked = linker.link(shorter)
        if _item_words(linked):
            return left, shorter, linked
    clause = _with_agency(blanked(sentence, index, left, right), context)
    return left, clause, linker.link(clause)


def _nearest(items: list[str], clause: str) -> str:
    """The item named last before what is asked for, else the first after it."""
    asked = _ASKED.search(clause)
    before = [i for i in items if asked is None or 0 <= clause.find(i) < asked.start()]
    return before[-1] if before and asked else items[0] if items else ""


def _modifies(loose: tuple[str, ...], linked: Linked) -> bool:
    """Whether an unexplained word stands directly before an item's name, and so makes another item of it."""
    text = linked.question.text
    ends = [text.find(word) + len(word) for word in loose if word in text]
    gaps = [text[end : m.start] for end in ends for m in linked.of_kind(*_ITEMS) if m.start >= end]
    return any(_JOINED.fullmatch(gap) for gap in gaps)


def _meant(linked: Linked) -> tuple[tuple[str, ...], ...]:
    """For each stretch of a clause that names something, the labels that it may stand for; an agency names nothing."""
    found: dict[str, tuple[str, ...]] = {}
    for mention in linked.of_kind(*_ITEMS, LabelKind.ORGANISATION):
        labels = tuple(c.label.text for c in mention.candidates if c.score >= _MEANT)
        if labels and not any(m.start <= mention.start < m.end for m in linked.of_kind(LabelKind.AGENCY)):
            found[mention.text] = (*found.get(mention.text, ()), *labels)
    return tuple(found.values())


def _extra(linked: Linked, subject: str, kind: Kind, words: Wording, clause: str) -> tuple[tuple[str, ...], ...]:
    """What else the clause names beside its item: the words of each, then the labels that they may stand for."""
    if words.respectively.search(clause):
        return ()
    marker = words.completion.search(linked.question.text) if kind is Kind.COMPLETION else None
    agents = [m.text for m in linked.of_kind(*_AGENTS)]
    found: dict[str, tuple[str, ...]] = {}
    for mention in linked.of_kind(*_ITEMS):
        text = mention.text
        if text in subject or subject in text or any(text in agent for agent in agents):
            continue
        if marker is not None and mention.end > marker.start():
            continue
        found[text] = (*found.get(text, (text,)), *(c.label.text for c in mention.candidates))
    return tuple(found.values())


def _items_of(sentence: Sentence, index: int, clause: str, kind: Kind, linked: Linked, linker: Linker) -> list[str]:
    """The words that name the item: of a list before 分别 its turn, of a share what stands before 占."""
    words = wording(sentence.language)
    marker = words.respectively.search(sentence.text)
    if marker and sentence.language is Language.ZH:
        listed = _item_words(linker.link(sentence.text[: marker.start()]))
        if len(listed) == len(sentence.figures) > 1:
            return [listed[index]]
    items = _item_words(linked)
    if kind in (Kind.SHARE, Kind.COMPLETION):
        marker = (words.share if kind is Kind.SHARE else words.completion).search(clause)
        items = [i for i in items if marker is None or 0 <= linked.question.text.find(i) < marker.start()]
    return items


def _loose(language: Language, linked: Linked, context: Context) -> tuple[str, ...]:
    """The content words of a clause that answer to nothing held, and are no words of change or of telling."""
    words = wording(language)
    known = f"{context.agent} {' '.join(context.agencies)}".casefold()
    left = leftover(words.fluff.sub(" ", linked.residue), language)
    return tuple(w for w in left if w.casefold() not in known and not words.rise.search(w) and not words.fall.search(w))


def _questions(
    sentence: Sentence, index: int, full: str, plain: Plain, context: Context, linked: Linked
) -> tuple[str, ...]:
    if context.foreign or (linked.foreign and not context.alias):
        return (full,)
    questions = _ordered(full, plain)
    listed = wording(sentence.language).respectively.search(sentence.text)
    return questions[1:] if questions[1:] and (is_origin(sentence, index) or listed) else questions


def _agency_words(sentence: Sentence, context: Context) -> str:
    """The agency as a plain question names it: an English question in English where the text does."""
    if sentence.language is Language.EN and context.agent.isascii():
        return context.agent.removesuffix("'s")
    return context.agencies[0] if context.agencies else context.agent


def _ordered(full: str, plain: Plain) -> tuple[str, ...]:
    """The claim's own words first, unless a part (其中) needs the whole that it is of."""
    simple = [q for q in (plain_question(plain), plain_question(replace(plain, parent=""))) if q]
    questions = [*simple[:1], full, *simple[1:]] if plain.parent else [full, *simple]
    return tuple(dict.fromkeys(questions))


def _item_words(linked: Linked) -> list[str]:
    """The words that name items, in their order: the longest and best, none inside another or inside an agency."""
    agents = [m.text for m in linked.of_kind(*_AGENTS)]
    mentions = sorted(linked.of_kind(*_ITEMS), key=lambda m: (-len(m.text), -m.best.score))
    texts: list[str] = []
    for mention in mentions:
        named = mention.best.score >= _NAMED and not any(mention.text in agent for agent in agents)
        if named and not any(mention.text in text for text in texts):
            texts.append(mention.text)
    return [_YEAR_BEFORE.sub("", t) for t in sorted(texts, key=linked.question.text.find)]


def _in_full(sentence: Sentence, clause: str, carried: str, context: Context, linked: Linked, year: str) -> str:
    """The clause in its own words, with the item, agency and year of the words before it where it names none."""
    chinese = sentence.language is Language.ZH
    if carried and carried not in clause:
        clause = f"{carried}{'' if chinese else ' '}{clause}"
    question = _with_agency(clause.strip(" 。.；;，,！!"), context)
    if year and not linked.years and not linked.relative_years and year not in question:
        question = f"{year}年{question}" if chinese else f"{question} in {year}"
    agent = context.agencies[0] if context.agencies and context.agent not in sentence.text else context.agent
    if agent and agent not in question and not linked.of_kind(*_AGENTS) and not linked.foreign:
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
