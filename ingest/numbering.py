"""The numbering that headings, list items and paragraphs begin with, and how deep it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CHINESE = "[一二三四五六七八九十百]+"

# Outermost first: the customary order of a Chinese official document (第一部分, 一、, （一）, 1., （1）, ①), with the
# numbering of English reports fitted in. The position in this tuple is the rank.
_STYLES: tuple[re.Pattern[str], ...] = (
    re.compile(rf"第\s?{_CHINESE}\s?(?:部分|章|编|篇)\s*|(?:part|chapter)\s+(?:[ivx]+|\d+|[a-z])\b[.:]?\s*", re.I),
    re.compile(rf"第\s?{_CHINESE}\s?节\s*|section\s+(?:[ivx]+|\d+)\b[.:]?\s*", re.I),
    re.compile(rf"{_CHINESE}\s?[、．.]\s*|[IVX]+\.\s+"),
    re.compile(rf"[（(]\s?{_CHINESE}\s?[）)]\s*|[A-H]\.\s+"),
    re.compile(r"\d{1,3}\s?[．.、](?!\d)\s*"),
    re.compile(r"[（(]\s?\d{1,3}\s?[）)]\s*|\d{1,2}\.\d{1,2}\s+(?=[A-Z])"),
    re.compile(r"\d{1,2}\s?[）)]\s*"),
    re.compile(r"[①-⑳]\s*"),
)
PART_RANK = 0
UNNUMBERED_RANK = len(_STYLES)


@dataclass(frozen=True, slots=True)
class Numbering:
    """A number at the beginning of a text: its rank (0 outermost) and where the text after it begins."""

    rank: int
    end: int


def read_numbering(text: str) -> Numbering | None:
    """The numbering a text begins with; None when it begins with none."""
    for rank, style in enumerate(_STYLES):
        match = style.match(text)
        if match:
            return Numbering(rank, match.end())
    return None


def without_numbering(text: str) -> str:
    """The text after its numbering."""
    numbering = read_numbering(text)
    return text[numbering.end :] if numbering else text
