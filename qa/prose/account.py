"""How far a stretch of prose accounts for a question's content words, each weighted by how rare it is in the prose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import log

from qa.keys import label_key
from qa.plan import Convert, Plan, Read
from qa.prose.asked import Asked, Term, read_asked
from qa.question import Language, Linked
from qa.told import Told
from qa.unexplained import unexplained

WAN = 10_000


@dataclass(frozen=True, slots=True)
class Weights:
    """What each term weighs: nothing where no paragraph says it, most where few do."""

    of: Mapping[str, float]

    def said(self, terms: Sequence[Term], text: str) -> float:
        """The weight of the terms that a text says."""
        return sum(self.of[t.said] for t in terms if self.of[t.said] and t.is_in(text))


def weigh(asked: Asked, texts: Sequence[str]) -> Weights:
    """The terms' weights over the paragraphs in question."""
    found: dict[str, float] = {}
    for term in asked.terms:
        held = sum(term.is_in(text) for text in texts)
        found[term.said] = log(1 + len(texts) / held) if held else 0.0
    return Weights(found)


def says_names(asked: Asked, text: str) -> bool:
    """Whether a text says every name that the question surely names, whole: 事业单位离退休 is not 行政单位离退休."""
    return all(any(label in text for label in labels) for labels in asked.names)


def says_numbers(linked: Linked, text: str) -> bool:
    """Whether a text says the figures that the question names."""
    digits = text.replace(",", "")
    printed = (f"{n.value:f}" if n.value < WAN else f"{n.value / WAN:.0f}万" for n in linked.numbers)
    return all(number in digits for number in printed)


def says_ordinals(asked: Asked, text: str) -> bool:
    """Whether a text says which of several the question asks for: the third quarter."""
    return all(any(word in text for word in words) for words in asked.ordinals)


def accounts(linked: Linked, asked: Asked, told: Told, text: str) -> bool:
    """Whether nothing of the question's content is left that the evidence does not bear, in these or other words."""
    if linked.question.language is Language.EN and not all(t.is_in(text) for t in asked.terms):
        return False
    more = (*told.texts, text, *asked.explained(text))
    return not unexplained(linked, Told(told.names, more, told.years, told.agencies))


def in_other_words(linked: Linked, plan: Plan, told: Told) -> Told:
    """What the evidence bears, with the words of the question that the prose read says in other words."""
    if not any(isinstance(node, Read) for node in (plan, plan.of if isinstance(plan, Convert) else plan)):
        return told
    text = "\n".join(label_key(t) for t in told.texts)
    return replace(told, texts=(*told.texts, *read_asked(linked).explained(text)))
