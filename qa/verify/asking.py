"""Questions for a claim: what the engine is asked, so that its answer is the figure claimed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.corpus import LabelKind
from qa.leftover import leftover, strange_names
from qa.link import Linker
from qa.question import Language, Linked
from qa.verify.clauses import base_year, blanked, bounds, hedge_of, own_year, year_of
from qa.verify.kinds import Kind, is_origin, kind_of
from qa.verify.plainly import Plain, plain_question
from qa.verify.sentences import Sentence, without
from qa.verify.wording import wording

_ITEMS = (LabelKind.ITEM, LabelKind.PROJECT, LabelKind.INDICATOR, LabelKind.COLUMN)
_AGENTS = (LabelKind.AGENCY, LabelKind.ORGANISATION)
_CAPITALS = re.compile(r"\b[A-Z][a-z]{3,}\b")
_NAME_RUN = r"(?:\b[Tt]he\s+)?(?:\b[A-Z]\w+\s+)*\b{word}\b(?:\s+[A-Z]\w+)*(?:\s+(?:\w+\s+)?department)?(?:['’]s)?"
_PLACE = 2  # characters of a Chinese agency's name that say where it is

__all__ = ["Asked", "Context", "ask_of", "hedge_of", "read_context"]


@dataclass(frozen=True, slots=True)
class Context:
    """What the words so far leave to those after them. `foreign`: the agency named is none of the corpus's."""

    agent: str = ""
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
    backwards: bool


def read_context(sentence: Sentence, linker: Linker, context: Context) -> Context:
    """The agency and year of a sentence, for its clauses and for the sentences after it."""
    linked = linker.link(sentence.text)
    year = own_year(sentence, len(sentence.text)) or context.year
    mentions = [m for m in linked.of_kind(*_AGENTS) if not (m.text.isascii() and m.text.islower())]
    if mentions:
        # An organisation of an agency is named more closely than the agency.
        texts = tuple(dict.fromkeys(c.label.text for m in mentions for c in m.candidates))
        return replace(context, agent=mentions[0].text, agencies=texts, foreign=False, year=year)
    label = _agency_by_part(sentence, linked, linker)
    if label:
        return replace(context, agent=label, agencies=(label,), foreign=False, year=year)
    if linked.foreign:
        return replace(context, agent=linked.foreign[0], agencies=(), foreign=True, year=year)
    return replace(context, year=year)


def _agency_by_part(sentence: Sentence, linked: Linked, linker: Linker) -> str:
    """The one agency that a shortened name belongs to: "Larkspur", or 文旅局 for 文化和旅游局 of the same place."""
    agencies = [label.text for label in linker.vocabulary.labels if label.kind is LabelKind.AGENCY]
    if sentence.language is Language.EN:
        said = set(_CAPITALS.findall(sentence.text))
        found = [a for a in agencies if a.isascii() and said & _distinctive(a)]
    else:
        found = [a for a in agencies if any(_shortens(name, a) for name in linked.foreign)]
    return found[0] if len(found) == 1 else ""


def _distinctive(agency: str) -> set[str]:
    """The words of an English agency's name that no lexicon knows."""
    return set(strange_names(f" {agency}", Language.EN))


def _shortens(name: str, agency: str) -> bool:
    """Whether a name keeps an agency's place, its last character, and of the rest only characters in their order."""
    rest = iter(agency)
    same_ends = name[:_PLACE] == agency[:_PLACE] and name[-1:] == agency[-1:]
    return len(name) > _PLACE and same_ends and all(char in rest for char in name)


def _with_agency(question: str, context: Context) -> str:
    """The question with a shortened English name written in full."""
    for agency in context.agencies if context.agent.isascii() else ():
        for word in _distinctive(agency):
            if agency not in question:
                question = re.sub(_NAME_RUN.format(word=re.escape(word)), agency, question, count=1)
    return question


def ask_of(sentence: Sentence, index: int, linker: Linker, context: Context) -> tuple[Asked, Context]:
    """The questions of a sentence's figure, fullest wording first, and the context for the figures after it."""
    left, right = bounds(sentence, index)
    clause = blanked(sentence, index, left, right)
    linked = linker.link(clause)
    items = _item_words(linked)
    kind, year = kind_of(sentence, index, left), year_of(sentence, index, context.year)
    subject = "".join(items[:1]) or context.subject
    parent = context.subject if "其中" in sentence.text[: sentence.figures[index].start] and items else ""
    words = wording(sentence.language)
    plain = Plain(
        sentence.language, kind, _agency_words(sentence, context), year, base_year(sentence),
        tuple(items) or ((context.subject,) if context.subject else ()), parent, clause, sentence.text,
    )  # fmt: skip
    full = _in_full(sentence, left, clause, bool(items), context, linked, year)
    loose = leftover(words.fluff.sub(" ", linked.residue), sentence.language)
    known = f"{context.agent} {' '.join(context.agencies)}"
    loose = tuple(w for w in loose if w not in known)
    questions = (full,) if context.foreign or linked.foreign else _ordered(full, plain)
    if is_origin(sentence, index) and questions[1:]:
        questions = questions[1:]
    named = "".join(items) or context.subject
    asked = Asked(
        clause, kind, questions, named, year, bool(context.agent), bool(subject) or bool(words.total.search(clause)),
        context.agencies, loose, _is_backwards(sentence, index),
    )  # fmt: skip
    return asked, replace(context, subject=subject)


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
    """The words that name items, best and longest first, none inside another."""
    mentions = sorted(linked.of_kind(*_ITEMS), key=lambda m: (-len(m.text), -m.best.score))
    texts: list[str] = []
    for mention in mentions:
        if not any(mention.text in text for text in texts):
            texts.append(mention.text)
    return sorted(texts, key=linked.question.text.find)


def _in_full(
    sentence: Sentence, left: int, clause: str, named: bool, context: Context, linked: Linked, year: str
) -> str:
    """The clause in its own words, with the item, agency and year of the words before it where it names none."""
    if not named:
        carried = context.subject or without(sentence.text, sentence.figures, 0, left)
        clause = f"{carried}{'' if sentence.language is Language.ZH else ' '}{clause}" if carried else clause
    question = _with_agency(clause.strip(" 。.；;，,！!"), context)
    chinese = sentence.language is Language.ZH
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
    words = wording(sentence.language)
    between = sentence.text[: second.start]
    said = bool(words.rise.search(between)) - bool(words.fall.search(between))
    return said * (second.value - first.value) < 0
