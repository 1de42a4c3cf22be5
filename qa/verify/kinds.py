"""What a figure claims to be: an amount, a change, a rate, a share …, read off the words next to it."""

from __future__ import annotations

import re
from enum import StrEnum

from ingest.figures import FoundFigure
from ingest.units import PERCENT
from qa.question import Language
from qa.verify.multiples import is_multiple
from qa.verify.sentences import Sentence
from qa.verify.wording import Wording, moves, wording

_STAGES = re.compile(
    r"[比较](?:全年|年初|调整)?[预决]算"
    r"|\bunspent\b|\b(?:under|over)-?spen[dt]"
    r"|\b(?:below|under|over|above|(?:less|more) than|short of)\s+(?:its|the|their)\s"
    r"(?:full-year |annual |initial |adjusted )?budget\b",
    re.IGNORECASE,
)
_BASE = re.compile(r"[比较][^，。；]{0,14}?(?:执行数|决算数?|预算数?)")
_BEFORE = 14  # characters before a figure in which a Chinese word of change belongs to it
_BEFORE_EN, _AFTER_EN = 48, 32
# X是Y的一半, and not 占Y的一半: the two are levels to be compared, and neither need be a part of the other.
_OF_OTHER = re.compile(r"(?:是|相当于|仅为|只有|仅有|不及)[^，。；占]{2,24}?的(?:近|约|不到|不足|超过|将近|接近)?\s*$")
_OR = re.compile(r"\bor(?:\s+by)?\s+(?:\w+\s+)?$")
_GAP = re.compile(r"[了的额数率幅达为约近超过逾仅共\s]*$")


class Kind(StrEnum):
    """What a claimed figure is of its item."""

    AMOUNT = "amount"
    COUNT = "count"
    CHANGE = "change"
    RATE = "rate"
    SHARE = "share"
    COMPLETION = "completion"
    PERCENT = "percent"
    MULTIPLE = "multiple"
    ORDER = "order"


def kind_of(sentence: Sentence, index: int, left: int) -> Kind:
    """The kind of a sentence's figure whose clause begins at `left`."""
    figure, words = sentence.figures[index], wording(sentence.language)
    before = sentence.text[max(left, _end_before(sentence, index)) : figure.start]
    after = _after(sentence, index)
    of_other = is_of_year(sentence.language, before, after) or _OF_OTHER.search(before) is not None
    if is_multiple(figure) or (figure.unit == PERCENT and of_other):
        return Kind.MULTIPLE
    if figure.unit == PERCENT:
        if index and _OR.search(before):
            return Kind.RATE
        return _percent_kind(sentence.language, words, before, after)
    if figure.unit is None or not figure.unit.is_money:
        return Kind.COUNT
    if index and _OR.search(before) and kind_of(sentence, index - 1, 0) is Kind.RATE:  # rose 11 percent, or $5 million
        return Kind.CHANGE
    return Kind.CHANGE if _is_change(sentence.language, words, before, after) else Kind.AMOUNT


def _percent_kind(language: Language, words: Wording, before: str, after: str) -> Kind:
    if words.completion.search(before) or words.completion.search(after):
        return Kind.COMPLETION
    changes = moves(language, before) != 0
    if words.share.search(before) or (language is Language.EN and re.match(r"\s*of\b", after) and not changes):
        return Kind.SHARE
    if changes or (language is Language.EN and moves(language, after)):
        return Kind.RATE
    return Kind.SHARE if words.share.search(after) else Kind.PERCENT


def _is_change(language: Language, words: Wording, before: str, after: str) -> bool:
    """Whether an amount is a difference: 增加528.84万元, "rose by $5 million"; 增加到 and "up from" give levels."""
    if words.target.search(before) or words.level.search(before) or words.origin.search(before):
        return False
    if language is Language.EN and compares_stages(after):
        return True
    if language is Language.ZH:
        near = _GAP.sub("", before[-_BEFORE:])
        compared = re.search(r"[比较][^，。]{1,10}[多少]$", near) is not None
        return compared or any(m.end() == len(near) for p in (words.rise, words.fall) for m in p.finditer(near))
    return moves(language, before[-_BEFORE_EN:]) != 0 or re.match(r"\s*(?:more|less|higher|lower)\b", after) is not None


def is_of_year(language: Language, before: str, after: str) -> bool:
    """Whether a figure is so much of another year's: 上年的四成, "60 percent of last year's"."""
    words = wording(language)
    return (words.of_base.search(before) if language is Language.ZH else words.of_base.match(after)) is not None


def is_origin(sentence: Sentence, index: int) -> bool:
    """Whether a figure is what a later one of the same sentence came from: 从A增加到B, "from A to B"."""
    if index + 1 >= len(sentence.figures):
        return False
    figure, after = sentence.figures[index], sentence.figures[index + 1]
    words = wording(sentence.language)
    starts = words.origin.search(sentence.text[_end_before(sentence, index) : figure.start])
    goes = words.target.search(sentence.text[figure.unit_end : after.start])
    return bool(starts and goes and figure.unit and after.unit and figure.unit.dimension == after.unit.dimension)


def without_base(clause: str) -> str:
    """A clause without the stage that it only compares with: 比2023年执行数."""
    return _BASE.sub("", clause)


def compares_stages(clause: str) -> bool:
    """Whether a change is from the budget to the final figure of one year: 比预算少, not 比上年预算减少."""
    return _STAGES.search(clause) is not None


def _end_before(sentence: Sentence, index: int) -> int:
    return sentence.figures[index - 1].unit_end if index else 0


def _after(sentence: Sentence, index: int) -> str:
    figure: FoundFigure = sentence.figures[index]
    following = [f.start for f in sentence.figures[index + 1 :]]
    return sentence.text[figure.unit_end : min([figure.unit_end + _AFTER_EN, *following])]
