"""What the words of a text so far leave to those after them: the agency, the year, the item."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.corpus import LabelKind
from qa.leftover import strange_names
from qa.link import Linker
from qa.question import Language, Linked
from qa.verify.clauses import own_year
from qa.verify.named import AGENTS
from qa.verify.sentences import Sentence
from qa.verify.sides import Side

_CAPITALS = re.compile(r"\b[A-Z][a-z]{3,}\b")
_NAME_RUN = r"(?:\b[Tt]he\s+)?(?:\b[A-Z]\w+\s+)*\b{word}\b(?:\s+[A-Z]\w+)*(?:\s+(?:\w+\s+)?department)?(?:['’]s)?"
_SAME = re.compile(
    r"\b(?:[Tt]he|[Tt]his)\s+(?:agency|department|bureau|office|commission|sub-?district|association|procuratorate|authority"
    r"|district|city)\b(?!\s+of\b)"
)
_PLACE = 2  # characters of a Chinese agency's name that say where it is


@dataclass(frozen=True, slots=True)
class Context:
    """What the words so far leave to those after them.

    `alias` is a shortened name of the agency that no lexicon knows; `foreign`: the agency is none of the corpus's.
    `subject` is the item spoken of last, `whole` the one that parts after 其中 are of.
    """

    agent: str = ""
    alias: str = ""
    agencies: tuple[str, ...] = ()
    foreign: bool = False
    year: str = ""
    subject: str = ""
    whole: str = ""

    def agency_words(self, language: Language) -> str:
        """The agency as a plain question names it: an English question in English where the text does."""
        if language is Language.EN and self.agent.isascii():
            return self.agent.removesuffix("'s")
        return self.agencies[0] if self.agencies else self.agent

    def side(self, language: Language) -> Side:
        """What the words so far leave to a side of a comparison."""
        return Side(language, self.agency_words(language), self.year, self.subject)


def read_context(sentence: Sentence, linker: Linker, context: Context) -> Context:
    """The agency and year of a sentence, for its clauses and for the sentences after it."""
    linked = linker.link(sentence.text)
    year = own_year(sentence, len(sentence.text)) or context.year
    mentions = [m for m in linked.of_kind(*AGENTS) if not (m.text.isascii() and m.text.islower())]
    if mentions:
        # An organisation of an agency is named more closely than the agency.
        texts = tuple(dict.fromkeys(c.label.text for m in mentions for c in m.candidates))
        return replace(context, agent=mentions[0].text, alias="", agencies=texts, foreign=False, year=year)
    label, alias = _agency_by_part(sentence, linked, linker)
    if label:
        return replace(context, agent=label, alias=alias, agencies=(label,), foreign=False, year=year)
    foreign = strangers(linked)
    if foreign:
        return replace(context, agent=foreign[0], alias="", agencies=(), foreign=True, year=year)
    return replace(context, year=year)


def strangers(linked: Linked) -> tuple[str, ...]:
    """The agencies named that no document is of; "the agency" is the one spoken of before."""
    return tuple(name for name in linked.foreign if not _SAME.fullmatch(name))


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


def with_agency(question: str, context: Context) -> str:
    """The question with a shortened name, and "the agency" of a sentence after the first, written in full."""
    if context.alias:
        return question.replace(context.alias, context.agent)
    if context.agent and context.agent.isascii() and not context.foreign:
        question = _SAME.sub(context.agent, question, count=1)
    for agency in context.agencies if context.agent.isascii() else ():
        for word in _distinctive(agency):
            if agency not in question:
                question = re.sub(_NAME_RUN.format(word=re.escape(word)), agency, question, count=1)
    return question
