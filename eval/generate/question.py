"""Questions with gold answers, as the tab-separated form of the question sets has them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

HEADING = "#kind\tlang\tquestion\tgold\tunit\tcite"


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its kind, language, text, gold answer with unit, and a label that a citation must hold."""

    kind: str
    lang: str
    text: str
    gold: str
    unit: str = ""
    cite: str = ""

    def line(self) -> str:
        """The question as one line of a TSV."""
        return "\t".join((self.kind, self.lang, self.text, self.gold, self.unit, self.cite))


def questions_tsv(questions: Iterable[Question]) -> str:
    """A question set as a file's text, with its heading line."""
    return "\n".join((HEADING, *[question.line() for question in questions])) + "\n"


def rounded(value: Decimal, decimals: int) -> str:
    """A derived figure at so many decimals, halves up."""
    return f"{value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}"
