"""Whether there is any: a printed zero, or a sentence that there is none, whose words are the question's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.corpus import FactHit, LabelKind
from qa.ask import Ask
from qa.calculator import Calculator
from qa.check import Settled
from qa.keys import label_key
from qa.plan import Convert, Lookup, Read
from qa.prose.account import accounts, says_names
from qa.prose.asked import Asked, matches
from qa.prose.shelf import Paragraph, ToldFigure
from qa.question import Linked
from qa.reading import quantity_of
from qa.result import Status
from qa.told import Told

SAID = 0.75  # the least share of a zero's label that the question says
MORE = 0.1  # … and by how much more than of the label of what was answered
_NEGATED = re.compile(r"(?:没有|未|无)(?:安排|使用|发生|购置|涉及|设立|开展)?(?=[一-鿿“])|不(?:安排|涉及|购置|存在)")
_SENTENCE = re.compile(r"[^。；;\n]+")
_WHY_NOT = re.compile(r"无关|无论|无形|未来|未归口|未成年|无偿|无线|无障碍|有无|无疑|未必|未经")


@dataclass(frozen=True, slots=True)
class Whether:
    """A question whether there is any of something, with all that it is judged by."""

    ask: Ask
    asked: Asked
    told: Told
    calculator: Calculator


def asks_whether(linked: Linked) -> bool:
    """Whether a question asks if there is any, and for no figure."""
    return any(True for _ in matches("yes", linked)) and not any(True for _ in matches("figure", linked))


def read_none(
    whether: Whether, settled: Settled, figures: Sequence[ToldFigure], paragraphs: Sequence[Paragraph]
) -> Read | None:
    """The zero or the sentence that says there is none; None where what was answered fits the question as well."""
    result = settled.result
    if result.status is Status.DECLARED_NONE:
        return None
    answered = _answered(settled)
    if answered is not None and quantity_of(answered) is not None and answered.fact.value == 0:
        return Read(whether.ask.text, answered.document, fact=answered.fact.id, none=True)
    least = MORE + _share(whether, result.label) if result.answered else SAID
    for figure in sorted(figures, key=lambda f: -_share(whether, f.hit.fact.label)):
        share = _share(whether, figure.hit.fact.label)
        if share < max(SAID, least):
            break
        if figure.hit.fact.value == 0 and _accounts(whether, f"{figure.own}\n{figure.above}"):
            return Read(whether.ask.text, figure.hit.document, fact=figure.hit.fact.id, none=True)
    denied = next(_denials(whether, paragraphs), None)
    if denied is None or (result.answered and least > SAID):
        return None
    return Read(whether.ask.text, denied.document, passages=(denied.passages[0].id,), none=True)


def _answered(settled: Settled) -> FactHit | None:
    """The cell that a plain look-up was answered by."""
    plan = settled.plan.of if isinstance(settled.plan, Convert) else settled.plan
    if not isinstance(plan, Lookup) or not settled.result.answered:
        return None
    return next((e for e in settled.result.evidence if isinstance(e, FactHit)), None)


def _denials(whether: Whether, paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs with a sentence that says there is none of what is asked."""
    for paragraph in paragraphs:
        for sentence in _SENTENCE.findall(paragraph.passages[0].text):
            negated = _NEGATED.search(_WHY_NOT.sub("", sentence)) is not None
            if negated and _accounts(whether, label_key(sentence)):
                yield paragraph


def _accounts(whether: Whether, text: str) -> bool:
    linked = whether.ask.linked
    named = (label_key(m.text) for m in linked.mentions if m.kind is not LabelKind.AGENCY)
    if not any(t.is_in(text) for t in whether.asked.terms) and not any(name in text for name in named):
        return False
    return says_names(whether.asked, text) and accounts(linked, whether.asked, whether.told, text)


def _share(whether: Whether, label: str) -> float:
    """The share of a label's characters that the question says, in these or other words."""
    key, text = label_key(label), label_key(whether.ask.text)
    said = [False] * len(key)
    words = {w for t in whether.asked.terms for w in t.told if len(w) > 1}
    words |= {key[i : i + 2] for i in range(len(key) - 1) if key[i : i + 2] in text}
    for word in words:
        for match in re.finditer(re.escape(word), key):
            said[match.start() : match.end()] = [True] * len(word)
    return sum(said) / len(key) if key else 0.0
