"""Which item a figure is of: named in its clause, its turn in a list before 分别, or left to it by the words before."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.leftover import leftover
from qa.link import Linker
from qa.question import Language, Linked
from qa.verify.context import Context
from qa.verify.kinds import Kind
from qa.verify.named import NAMED, NEARLY_NAMED, item_words
from qa.verify.sentences import Sentence, without
from qa.verify.wording import wording

_ASKED = re.compile(r"百分之多少|多少|what percentage|how (?:much|many)")
_LISTED = re.compile(r"[、和与及]")
_CUT = re.compile(r"[，,；;。]|其中")
_WENT_TO = re.compile(
    r"\b(?:went|goes|go|going|(?:was|were|is|are|be)(?: \w+)?) (?:to|on|into|for|toward|towards) (?:the )?(?P<item>.+)",
    re.I,
)
_SPENT_ON = {"projects": "project expenditure", "project work": "project expenditure"}
_LONGEST_OWN = 8  # characters of a part's own words
_SHORTEST_OWN = 2


@dataclass(frozen=True, slots=True)
class Subject:
    """The item of a figure: the words for it, those that its own clause names, and the whole that it is part of."""

    words: str
    named: tuple[str, ...]
    whole: str = ""


def subject_of(
    sentence: Sentence, index: int, clause: str, kind: Kind, linked: Linked, linker: Linker, context: Context
) -> Subject:
    """The item of a sentence's figure whose clause, with the figure asked for, is given with what it names."""
    words = wording(sentence.language)
    is_part = words.part.search(sentence.text[: sentence.figures[index].start]) is not None
    whole = context.whole or context.subject if is_part else ""
    listed = _listed(sentence, index, linker)
    items = [listed] if listed else _items_of(clause, kind, linked, sentence.language)
    if not items and not context.subject:
        nearly = _items_of(clause, kind, linked, sentence.language, NEARLY_NAMED)
        items = [_bare(text, sentence.language) for text in nearly]
    own = _own_words(clause, linked, sentence.language) if is_part and not items else ""
    if own and whole:
        return Subject(f"{whole}{own}", (own,))
    nearest = _nearest(items, clause) or context.subject
    if not nearest and not words.total.search(clause):
        start = sentence.figures[index].start
        before = item_words(linker.link(sentence.text[:start]))
        nearest = _nearest(before or item_words(linker.link(sentence.text)), "")
    return Subject(nearest, tuple(items), whole if items else "")


def _bare(text: str, language: Language) -> str:
    """Words that nearly name an item, without those of telling at either end (政府采购盘子)."""
    if language is not Language.ZH:
        return text
    fluff = wording(language).fluff.pattern
    return re.sub(rf"^(?:{fluff})+|(?:{fluff}|[翻了的达有])+$", "", text)


def _nearest(items: list[str], clause: str) -> str:
    """The item named last before what is asked for, else the first after it."""
    asked = _ASKED.search(clause)
    before = [i for i in items if asked is None or 0 <= clause.find(i) < asked.start()]
    return before[-1] if before and asked else items[0] if items else ""


def _items_of(clause: str, kind: Kind, linked: Linked, language: Language, least: float = NAMED) -> list[str]:
    """The words of a clause that name its item; of a share what stands before 占, or after "went to"."""
    words = wording(language)
    items = item_words(linked, least)
    if kind not in (Kind.SHARE, Kind.COMPLETION):
        spent = _WENT_TO.search(linked.question.text) if kind is Kind.AMOUNT and not items else None
        name = _first_words(spent["item"]) if spent and language is Language.EN else ""
        return [name] if name in _SPENT_ON.values() else items
    went = _WENT_TO.search(linked.question.text) if kind is Kind.SHARE and language is Language.EN else None
    if went is not None:
        named = [i for i in items if linked.question.text.find(i) >= went.start("item")]
        return named or [_first_words(went["item"])]
    marker = (words.share if kind is Kind.SHARE else words.completion).search(clause)
    return [i for i in items if marker is None or 0 <= linked.question.text.find(i) < marker.start()]


def _first_words(text: str) -> str:
    """The words up to the next mark or year, as an item's name."""
    words = re.split(r"[,.;?!]|\s(?:in|for|during)\s", text, maxsplit=1)[0].strip()
    return _SPENT_ON.get(words.casefold(), words)


def _listed(sentence: Sentence, index: int, linker: Linker) -> str:
    """The name whose turn it is in a list before 分别, "" where there is no list of as many names as figures."""
    marker = wording(sentence.language).respectively.search(sentence.text)
    if marker is None or sentence.language is not Language.ZH:
        return ""
    listed = item_words(linker.link(sentence.text[: marker.start()]))
    if len(listed) == len(sentence.figures) > 1:
        return listed[index]
    after = [n for n, figure in enumerate(sentence.figures) if figure.start >= marker.end()]
    begin = max((m.end() for m in _CUT.finditer(sentence.text, 0, marker.start())), default=0)
    names = [n.strip() for n in _LISTED.split(without(sentence.text, sentence.figures, begin, marker.start()))]
    return names[after.index(index)] if index in after and len(names) == len(after) > 1 else ""


def _own_words(clause: str, linked: Linked, language: Language) -> str:
    """The words of a part that are no item's name (工程类 under 政府采购), "" where they are not one short stretch."""
    if language is not Language.ZH:
        return ""
    left = leftover(wording(language).fluff.sub(" ", linked.residue), language)
    fits = len(left) == 1 and _SHORTEST_OWN <= len(left[0]) <= _LONGEST_OWN and left[0] in clause
    return left[0] if fits else ""
