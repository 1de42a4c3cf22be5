"""What of procurement is reserved for, or awarded to, small firms (政府采购促进中小企业发展管理办法)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cached_property

from ingest.corpus import LabelKind
from qa.found import Found
from qa.question import Candidate, How
from qa.vocabulary import Vocabulary

SURE, AS_COLUMN = 0.96, 0.95
ALL_PROCURED = re.compile(r"(?:政府)?采购(?:预算|支出|金额)*(?:数|总额|总计|合计)?")  # of which firms are given a part
NAMED = 0.97  # a name that holds the words and more
OF_SMALL_FIRMS = re.compile("(?:面向|预留|留给|授予).*(?:中小|小微)")


class _Size(Enum):
    """Which firms: small and medium-sized ones, or small and micro ones."""

    MEDIUM = re.compile(r"中小微?企业|中型和?、?小型")
    MICRO = re.compile(r"小微企业|小型和?、?微型")


_FIRM = r"(?:enterprises?|business(?:es)?|firms?|compan(?:y|ies))"
_AND = r"(?:[- ]?(?:and|&|to|or|,|/)[- ]?)"
_SMALL = r"small(?:er)?(?:[- ](?:sized?|scale))?"
_SIZED = r"(?:[- ](?:sized?|scale))?"
_SAID = {
    _Size.MEDIUM: re.compile(rf"\b(?:{_SMALL}{_AND}(?:medium|mid){_SIZED} {_FIRM}|SMEs?)\b|中小微?企业", re.I),
    _Size.MICRO: re.compile(rf"\b(?:{_SMALL}{_AND}micro{_SIZED}|micro{_SIZED}{_AND}{_SMALL}) {_FIRM}\b|小微企业", re.I),
}
_RESERVED = re.compile(r"(?:reserv|set(?:ting)? aside|set-aside|earmark|ring-?fenc|dedicat)\w*|预留|留给|面向", re.I)
_AWARDED = re.compile(r"\b(?:award|contract|went|won|grant)\w*|授予|合同", re.I)
_LED = re.compile(
    r"(?:(?:procurement )?contracts? )?"
    r"(?:(?:reserved|set aside|earmarked|ring-?fenced|dedicated|awarded|given|granted|going) )?"
    r"(?:with|for|to) (?:the )?$|(?:预留给?|留给|专门面向|面向|授予|给)$",
    re.I,
)
_SPEAKS = re.compile(r"采购|procure|purchas", re.I)
_OF_CATEGORY = re.compile(r"^(?:货物|工程|服务)(?:类)?采购")
_OF_MONEY = re.compile(r"份额|资金|预算|金额|合同|总额|采购|预留$")
_RATE = re.compile(r"占|率|比")
_LABEL_RESERVED, _LABEL_AWARDED = re.compile("面向|预留|留给"), re.compile("授予|合同|中标|成交")


class SmallFirmFinder:
    """Finds in questions what is reserved for or awarded to small firms; the labels are looked for when first asked."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def find(self, text: str, found: Sequence[Found]) -> Iterator[Found]:
        """The words for such firms with those that lead to them ("set aside for …"), outside longer names.

        A label of what is reserved answers no question for what was awarded, nor the other way round. Where no label
        fits a question on procurement, the words are found to name nothing.
        """
        for size, said in _SAID.items():
            for match in said.finditer(text):
                if any(f.score >= NAMED and f.start <= match.start() and match.end() <= f.end for f in found):
                    continue
                candidates = tuple(self._fitting(size, text))
                if candidates or _SPEAKS.search(text):
                    led = _LED.search(text, 0, match.start())
                    yield Found(led.start() if led else match.start(), match.end(), candidates)

    def _fitting(self, size: _Size, text: str) -> Iterator[Candidate]:
        reserved, awarded = _RESERVED.search(text) is not None, _AWARDED.search(text) is not None
        for candidate in self._candidates[size]:
            of_reserved = _LABEL_RESERVED.search(candidate.label.text) is not None
            of_awarded = _LABEL_AWARDED.search(candidate.label.text) is not None
            if reserved == awarded or (reserved and not of_awarded) or (awarded and not of_reserved):
                yield candidate

    @cached_property
    def _candidates(self) -> dict[_Size, tuple[Candidate, ...]]:
        """The labels of money for firms of each size, rows before columns; those of one category are others'."""
        found: dict[_Size, list[Candidate]] = {size: [] for size in _Size}
        for label, key in zip(self._vocabulary.labels, self._vocabulary.keys, strict=True):
            if label.kind not in (LabelKind.ITEM, LabelKind.COLUMN) or "企业" not in key:
                continue
            if _OF_CATEGORY.search(key) or _RATE.search(key) or not _OF_MONEY.search(key):
                continue
            score = SURE if label.kind is LabelKind.ITEM else AS_COLUMN
            for size in _Size:
                if size.value.search(key):
                    found[size].append(Candidate(label, score, How.ALIAS))
        return {size: tuple(several) for size, several in found.items()}


def is_of_small_firms(one: Found, firms: Sequence[Found]) -> bool:
    """Whether a find lies in words for small firms, or runs over them."""
    return any(one.overlaps(f.start, f.end) for f in firms)
