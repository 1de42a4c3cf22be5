"""Sentences of a text and the figures that each claims, found without a look at the corpus."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.figures import FoundFigure, find_figures
from qa.keys import simplify
from qa.normalise import language_of
from qa.question import Language
from qa.verify.multiples import with_multiples
from qa.verify.numberwords import number_words
from qa.verify.rough import rough_shares, with_money, with_scale

_SENTENCE = re.compile(r"[^。！？!?；;\n]+(?:[。！？!?；;]+|$|(?=\n))")
_ENGLISH_SENTENCE = re.compile(r"[^\n]+?(?:[.!?;](?=\s+[A-Z“\"]|\s*$)|(?=\n)|$)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LIMITED_THING = re.compile(r"\s*(?:[(（]含[)）])?(?:及|或)?(?:以上|以下|以内)(?=的?[\w“《])")
# 4200多万元 as 4200万元多: one for one, so that positions stay.
_SPLIT_UNIT = re.compile(r"(?<=\d)([多余来])((?:百万|千万|[亿万千])?元|[亿万])")
_MARK = re.compile(r"[，,、]\s?|\s")
_MAY_CLAIM = re.compile(
    r"[\d零一二两三四五六七八九十百半]|翻番|翻倍|成倍"
    r"|\b(?:half|third|quarter|dozen|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred|thousand|million"
    r"|billion|twice|\w+(?:teen|ty|fold|bl(?:ed|es|ing)|pl(?:ed|es|ing)|lv(?:ed|es|ing)))\b",
    re.IGNORECASE,
)
LONGEST = 600  # characters; a longer sentence is read in pieces
_MOST_PROSE = 20  # sentences of a text without a figure that are given back as not checkable


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence at `start` of the text. `raw` as written; `text` simplified, character for character."""

    start: int
    raw: str
    text: str
    language: Language
    figures: tuple[FoundFigure, ...]

    def raw_end(self, figure: FoundFigure) -> int:
        """Where a figure with its unit ends in the sentence as written."""
        moved = self.text[figure.unit_end : figure.unit_end + 1]
        return figure.unit_end + (moved in ("多", "余", "来") and self.raw[figure.unit_end] != moved)


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a text in order, each with the figures that it claims."""
    chinese = re.search(r"[一-鿿]{2}", text) is not None
    for match in (_SENTENCE if chinese else _ENGLISH_SENTENCE).finditer(text):
        whole = match[0]
        for start, end in _pieces(whole):
            raw = whole[start:end].strip()
            if raw:
                yield _sentence(match.start() + whole.index(raw[0], start), raw)


def _pieces(sentence: str) -> Iterator[tuple[int, int]]:
    """A sentence in stretches of at most `LONGEST` characters, parted after a comma or blank where there is one."""
    start = 0
    while len(sentence) - start > LONGEST:
        marks = [m.end() for m in _MARK.finditer(sentence, start + LONGEST // 2, start + LONGEST)]
        end = marks[-1] if marks else start + LONGEST
        yield start, end
        start = end
    yield start, len(sentence)


def prose(text: str) -> Iterator[Sentence]:
    """The first sentences of a text that claims no figure."""
    for number, sentence in enumerate(sentences(text)):
        if number == _MOST_PROSE:
            return
        yield sentence


def _sentence(start: int, raw: str) -> Sentence:
    if not _MAY_CLAIM.search(raw):
        return Sentence(start, raw, raw, Language.ZH if re.search(r"[一-鿿]", raw) else Language.EN, ())
    text = _SPLIT_UNIT.sub(r"\2\1", simplify(raw))
    figures = _figures(text)
    return Sentence(start, raw, text, language_of(without(text, figures)), figures)


def _figures(text: str) -> tuple[FoundFigure, ...]:
    """The figures that a sentence claims, in digits and in words, each stretch of it read once."""
    digits = [with_money(text, f) for f in find_figures(text)]
    money = next((f.unit for f in digits if f.unit is not None and f.unit.is_money), None)
    digits = [with_scale(text, f, money) for f in digits]
    claimed = [f for f in digits if _is_claimed(text, f)]
    shares = list(rough_shares(text))
    taken = [*claimed, *shares]
    words = [f for f in number_words(text, money) if not _overlaps(f, taken)]
    return tuple(with_multiples(text, [*taken, *words]))


def _overlaps(figure: FoundFigure, others: Sequence[FoundFigure]) -> bool:
    return any(o.start < figure.unit_end and figure.start < o.unit_end for o in others)


def _is_claimed(text: str, figure: FoundFigure) -> bool:
    """Whether a found number is a figure: with a unit, or in English before the noun that it counts."""
    if figure.threshold and _LIMITED_THING.match(text, figure.unit_end):
        return False
    if figure.unit is not None:
        return True
    bare = text[figure.start : figure.end]
    return bool(re.match(r"\s+[a-z]", text[figure.end :])) and not _YEAR.fullmatch(bare)


def without(text: str, figures: Sequence[FoundFigure], start: int = 0, end: int | None = None) -> str:
    """The stretch [start, end) of a text without the given figures and their units."""
    parts: list[str] = []
    position, end = start, len(text) if end is None else end
    for figure in figures:
        if figure.unit_end > start and figure.start < end:
            parts.append(text[position : max(position, figure.start)])
            position = max(position, figure.unit_end)
    parts.append(text[position : max(position, end)])
    return re.sub(r"[，,、：:]{2,}", "，", "".join(parts))
