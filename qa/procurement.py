"""Goods, works and services: the three categories of procurement (政府采购法, art. 2), said without 采购 beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from qa.found import Found
from qa.question import Candidate, How
from qa.roles import totalled_table
from qa.vocabulary import Vocabulary

_SPEAKS = re.compile(r"采购|政采|\bprocure\w*|\bpurchas\w*", re.I)
_CATEGORIES = {
    "货物": re.compile(r"货物(?!采购|和服务)类?|\bgoods(?! and services)\b", re.I),
    "工程": re.compile(r"工程(?!采购)类?|\b(?:public |construction )?works\b", re.I),
    "服务": re.compile(r"服务(?!采购|中心|站|费|局|业)类?|(?<!goods and )\bservices\b", re.I),
}
_LABEL = r"(?:拟?(?:政府)?采购|拟购买)?{0}类?(?:采购)?(?:预算|支出|项目)?(?:数|金额|总额|预算|支出)?"
SURE = 0.96
BARE, LONGER = 6, 0.01  # characters of a bare label, and how much less sure a longer one is


class CategoryFinder:
    """Finds the categories in questions; the labels that bear them are looked for once, when first asked for."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def find(self, text: str, found: Sequence[Found]) -> Iterator[Found]:
        """The categories named in a question on procurement, outside names that hold more than the bare word."""
        if _SPEAKS.search(text) is None:
            return
        for word, said in _CATEGORIES.items():
            candidates = self._candidates[word]
            for match in said.finditer(text) if candidates else ():
                if not any(_inside(match, f) for f in found):
                    yield Found(match.start(), match.end(), candidates)

    @cached_property
    def _candidates(self) -> Mapping[str, tuple[Candidate, ...]]:
        """For each category the labels that bear it, a bare one before one that says 政府采购 too."""
        labels, keys = self._vocabulary.labels, self._vocabulary.keys
        borne = {word: re.compile(_LABEL.format(word)) for word in _CATEGORIES}
        return {
            word: tuple(
                Candidate(label, SURE - LONGER * (len(label.text) > BARE), How.ALIAS)
                for label, key in zip(labels, keys, strict=True)
                if bears.fullmatch(key)
            )
            for word, bears in borne.items()
        }


def _inside(word: re.Match[str], one: Found) -> bool:
    """Whether the bare word is a part of a longer name ("printing and publishing services")."""
    surely = one.direct or word.group().isascii()
    return surely and one.start < word.start() and word.start() < one.end


def is_replaced(one: Found, categories: Sequence[Found]) -> bool:
    """Whether a find is a likeness that runs over a category, or names one of the categories itself less well."""
    over = [c for c in categories if one.overlaps(c.start, c.end)]
    return bool(over) and not any(totalled_table(c.label.text) for c in one.candidates if c.how is How.EXACT)
