"""Figures as a passage mentions them: each with the words since the one before, its clause and its sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ingest.figures import FoundFigure, find_figures

# Bounds on what is looked at round a figure, so that a hostile text costs no more than its length.
_LONGEST_LEAD = 500
_LONGEST_SENTENCE = 2000
SENTENCE_END = re.compile(r"[。！？!?](?![”’）)])|(?<=[a-z0-9)%])\.\s")
CLAUSE_END = re.compile(r"[，；：。,;:！？]")
_LEVEL = re.compile(
    r"(?:(?:与|和|同|比|较)?\s?(?:上年度?|去年|(?:19|20)\d{2}\s*年度?|年初预算|全年预算|预算数)|[与和同比较]预算)[^，。；]{0,14}?"
    r"(?P<word>持平|相等|一致|相同|无变化|没有变化|未发生变化|未变化|不变|无增减变[化动]|无增减)|等于(?:上年|去年)[^，。；]{0,8}?(?P<equal>预算数|决算数|数)"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure, or a word that stands for one (持平), with the words between it and the one before."""

    figure: FoundFigure
    lead: str
    lead_start: int
    word: str | None = None


def mentions_in(text: str) -> list[Mention]:
    """Figures and words for no change, in reading order, each with the words since the one before."""
    figures = [(figure, None) for figure in find_figures(text) if _counts(figure)]
    levels = [(_level_figure(match), match.group()) for match in _LEVEL.finditer(text)]
    mentions: list[Mention] = []
    end = 0
    for figure, word in sorted([*figures, *levels], key=lambda pair: pair[0].start):
        if figure.start >= end:
            begin = max(end, figure.start - _LONGEST_LEAD)
            mentions.append(Mention(figure, text[begin : figure.start], begin, word))
            end = figure.unit_end
    return mentions


def _counts(figure: FoundFigure) -> bool:
    return not figure.threshold and not (figure.unit is None and figure.value != 0)


def _level_figure(match: re.Match[str]) -> FoundFigure:
    group = "word" if match["word"] else "equal"
    return FoundFigure(match.start(group), match.end(group), match.end(group), Decimal(0), None)


def last_clause(lead: str) -> tuple[str, int]:
    """The words after the last clause mark outside brackets, and where they begin."""
    depth, start = 0, 0
    for index, char in enumerate(lead):
        if char in "（(":
            depth += 1
        elif char in "）)":
            depth = max(0, depth - 1)
        elif depth == 0 and CLAUSE_END.match(char):
            start = index + 1
    return lead[start:], start


def sentence_at(text: str, position: int) -> str:
    """The whole sentence round a position."""
    low, high = max(0, position - _LONGEST_SENTENCE), position + _LONGEST_SENTENCE
    start = low
    for match in SENTENCE_END.finditer(text, low, high):
        if match.end() > position:
            return text[start : match.end()].strip()
        start = match.end()
    return text[start:high].strip()


def sentence_before(text: str, position: int) -> str:
    """The words of the sentence round a position that stand before it."""
    return SENTENCE_END.split(text[max(0, position - _LONGEST_LEAD) : position])[-1]


def modifier_before(lead: str) -> str:
    """由中小企业中标的， before 采购金额: the clause before that modifies a name, or nothing."""
    match = re.search(r"([^，。；：、]{2,30}的)，[^，。；：]*$", lead)
    return re.sub(r"\s+", "", match[1]) if match else ""
