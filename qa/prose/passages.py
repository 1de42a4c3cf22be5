"""The paragraphs that answer a question for words: those that say all it says, the one that says most of it first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.prose.account import Weights, accounts, says_names, says_numbers
from qa.prose.asked import Asked
from qa.prose.shelf import Paragraph
from qa.question import Linked
from qa.told import Told

BESIDE = 0.9  # weight of a word that only the headings above say, or what introduces the project
RARE = 1.9  # the least weight of the rarest word of a question: one paragraph in six says it
MOST_TRIED = 12
MOST_OF_SECTION = 30
LEAST_OWN = 0.2  # a paragraph whose text says less of the question than this share of its heading answers under it


@dataclass(frozen=True, slots=True)
class Fit:
    """The paragraph that answers, or all under the heading that does; how much of the question is said, by weight."""

    paragraphs: tuple[Paragraph, ...]
    weight: float


def find_passage(
    linked: Linked, asked: Asked, weights: Weights, paragraphs: Sequence[Paragraph], told: Told
) -> Fit | None:
    """The paragraph that says most of the question, of those that leave nothing of it open; None where all do."""
    if not _is_particular(asked, weights):
        return None
    scored = []
    for at, paragraph in enumerate(paragraphs):
        own = weights.said(asked.terms, paragraph.opening)
        rest = [t for t in asked.terms if not t.is_in(paragraph.opening)]
        if own:
            weight = own + BESIDE * weights.said(rest, f"{paragraph.lines}\n{paragraph.beside}")
            scored.append((round(weight, 6), -len(paragraph.text), -at))
    for weight, _, place in sorted(scored, reverse=True)[:MOST_TRIED]:
        paragraph = paragraphs[-place]
        if not (says_names(asked, paragraph.whole) and says_numbers(linked, paragraph.key)):
            continue
        if paragraph.announces:
            continue
        if asked.answers(paragraph.opening) and accounts(linked, asked, told, paragraph.whole):
            under = weights.said(asked.terms, paragraph.text) < LEAST_OWN * weights.said(asked.terms, paragraph.heading)
            return Fit(_of_section(paragraph, paragraphs) if under else (paragraph,), weight)
    return None


def _of_section(paragraph: Paragraph, paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """All paragraphs under the heading that answers."""
    section = paragraph.passages[0].section
    kin = (p for p in paragraphs if p.document == paragraph.document and p.passages[0].section == section)
    return tuple(kin)[:MOST_OF_SECTION]


def _is_particular(asked: Asked, weights: Weights) -> bool:
    """Whether some word of the question is said by few paragraphs: otherwise any of them would do."""
    return any(weights.of[t.said] >= RARE for t in asked.terms)
