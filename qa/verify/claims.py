"""Claims: the figures of a text, each with its hedge, and the question that it answers.

A claim is checked by asking what it asserts: its sentence with the figure blanked is a question to the engine. Context
that a clause leaves to the sentences before it (agency, year, item) is put back in front.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.corpus import LabelKind
from ingest.figures import FoundFigure, find_figures
from ingest.units import PERCENT, Unit
from qa.link import Linker
from qa.normalise import normalise
from qa.question import Language, Linked
from qa.verify.wording import Hedge, wording

_SENTENCE = re.compile(r"[^。！？!?；;\n]+(?:[。！？!?；;]|$)")
_ENGLISH_SENTENCE = re.compile(r"[^\n]+?(?:[.!?;](?=\s+[A-Z“\"]|\s*$)|\n|$)")
_CLAUSE = re.compile(r"[，,、](?!\d{3}(?!\d))|：|: |其中|——")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ITEMS = (LabelKind.ITEM, LabelKind.PROJECT, LabelKind.INDICATOR, LabelKind.COLUMN)
_AGENTS = (LabelKind.AGENCY, LabelKind.ORGANISATION)
_LEADING_UP = re.compile(r"\s*(?:to|from|and|增加到|增长到|提高到|减少到|下降到|增至|降至|到|至)\s*$")
_LONGEST = 600  # characters of a sentence that are read for one claim


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure of a text. `span` is the claiming clause in the text, `figure_span` the figure with its unit.

    `question` asks for the figure; `agent` and `subject` say whether its words name anyone, and anything, at all.
    `figure` is None for a sentence that claims no figure.
    """

    text: str
    span: tuple[int, int]
    figure: FoundFigure | None
    figure_span: tuple[int, int]
    hedge: Hedge
    language: Language
    question: str
    opinion: bool
    agent: bool
    subject: bool


def find_claims(text: str, linker: Linker) -> Iterator[Claim]:
    """Every figure claimed in a text, in order; a text without any gives its sentences as claims without a figure."""
    found = list(_claims(text, linker))
    if found:
        yield from found
        return
    for start, sentence in _sentences(text):
        language = normalise(sentence).language
        yield Claim(
            sentence, (start, start + len(sentence)), None, (start, start), Hedge.NONE, language, "", True, False, False
        )


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    chinese = bool(re.search(r"[一-鿿]", text))
    for match in (_SENTENCE if chinese else _ENGLISH_SENTENCE).finditer(text):
        stripped = match[0].strip()
        if stripped:
            yield match.start() + match[0].index(stripped[0]), stripped[:_LONGEST]


def _claims(text: str, linker: Linker) -> Iterator[Claim]:
    agent, year = "", ""
    for start, sentence in _sentences(text):
        linked = linker.link(sentence)
        agent = _agent_words(linked, sentence) or agent
        found_year = _YEAR.search(sentence)
        year = found_year[0] if found_year else year
        figures = [f for f in find_figures(sentence) if _is_claimed(sentence, f) and not f.threshold]
        for figure in figures:
            yield _claim(start, sentence, figure, figures, linker, agent, year)


def _is_claimed(sentence: str, figure: FoundFigure) -> bool:
    """Whether a found number is a figure: with a unit, or in English before the noun that it counts."""
    if figure.unit is not None:
        return True
    bare = sentence[figure.start : figure.end]
    return bool(re.match(r"\s+[a-z]", sentence[figure.end :])) and not _YEAR.fullmatch(bare)


def _claim(
    start: int, sentence: str, figure: FoundFigure, figures: list[FoundFigure], linker: Linker, agent: str, year: str
) -> Claim:
    language = normalise(sentence).language
    words = wording(language)
    hedge, begin, end = _hedge(sentence, figure, language)
    left, right = _clause(sentence, figure, figures)
    clause = (
        _without_figures(sentence[left:begin]).strip() + _blank(figure, language) + _rest(sentence, end, right, figures)
    )
    linked = linker.link(clause)
    before = sentence[:left]
    if not linked.of_kind(*_ITEMS) and before:
        clause = _without_figures(before) + clause
        linked = linker.link(clause)
    question = _with_context(clause, linked, agent, year, language)
    whole = linker.link(question)
    return Claim(
        sentence,
        (start, start + len(sentence)),
        figure,
        (start + figure.start, start + figure.unit_end),
        hedge,
        language,
        question,
        bool(words.opinion.search(sentence)),
        bool(whole.of_kind(*_AGENTS) or whole.foreign or agent),
        bool(whole.of_kind(*_ITEMS)),
    )


def _hedge(sentence: str, figure: FoundFigure, language: Language) -> tuple[Hedge, int, int]:
    """The hedge of a figure, and the stretch of the sentence that figure, unit and hedge take up."""
    words = wording(language)
    for hedge, pattern in words.before:
        match = pattern.search(sentence[: figure.start])
        if match:
            return hedge, match.start(), figure.unit_end
    for hedge, pattern in words.after:
        match = pattern.search(sentence[figure.unit_end :])
        if match:
            return hedge, figure.start, figure.unit_end + match.end()
    between = sentence[figure.end : figure.unit_end]
    if language is Language.ZH and re.match(r"\s*[多余]", between):
        return Hedge.OVER, figure.start, figure.unit_end
    return Hedge.NONE, figure.start, figure.unit_end


def _clause(sentence: str, figure: FoundFigure, figures: list[FoundFigure]) -> tuple[int, int]:
    """The clause round a figure: up to the marks next to it that part it from other figures."""
    cuts = [0, *(m.end() for m in _CLAUSE.finditer(sentence)), len(sentence)]
    left = max(c for c in cuts if c <= figure.start)
    right = min((c for c in cuts if c >= figure.unit_end), default=len(sentence))
    others = [f for f in figures if f is not figure]
    if not any(f.start < left for f in others) and not any(left <= f.start < figure.start for f in others):
        left = 0
    if not any(f.start >= figure.unit_end for f in others):
        right = len(sentence)
    return left, right


def _rest(sentence: str, end: int, right: int, figures: list[FoundFigure]) -> str:
    """What follows a figure in its clause, up to the next figure."""
    following = [f.start for f in figures if f.start >= end]
    return _LEADING_UP.sub("", sentence[end : min([right, *following])])


def _blank(figure: FoundFigure, language: Language) -> str:
    unit = figure.unit
    if language is Language.EN:
        if unit == PERCENT:
            return " what percentage"
        return " how many" if unit is None else " how much" if unit.is_money else f" how many {unit.symbol}"
    if unit == PERCENT:
        return "百分之多少"
    return "多少" if unit is None or unit.is_money else f"多少{unit.symbol}"


def _without_figures(text: str) -> str:
    """Context without its figures, so that the clause's own is the only one asked for."""
    parts: list[str] = []
    position = 0
    for figure in find_figures(text):
        if figure.unit is not None:
            parts.append(text[position : figure.start])
            position = figure.unit_end
    parts.append(text[position:])
    return re.sub(r"[，,、：:]{2,}", "，", "".join(parts))


def _with_context(clause: str, linked: Linked, agent: str, year: str, language: Language) -> str:
    """The clause with the agency and year of the sentences before it, where it names none itself."""
    question = clause.strip(" 。.；;，,！!")
    if year and not linked.years and not linked.relative_years and not _YEAR.search(question):
        question = f"{year}年{question}" if language is Language.ZH else f"{question} in {year}"
    if agent and not linked.of_kind(*_AGENTS) and not linked.foreign:
        question = f"{agent}{question}" if language is Language.ZH else f"{agent}: {question}"
    return question + ("？" if language is Language.ZH else "?")


def _agent_words(linked: Linked, sentence: str) -> str:
    """The words that name an agency or organisation in a sentence, for the sentences after it."""
    mentions = linked.of_kind(*_AGENTS)
    if mentions:
        return mentions[0].text
    return linked.foreign[0] if linked.foreign else ""


def unit_of(claim: Claim) -> Unit | None:
    """The claimed unit, None for a bare count."""
    return claim.figure.unit if claim.figure else None
