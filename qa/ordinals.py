"""Which of several: the 16th games, the second phase. A cell that bears another number, or none, is another thing's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.case import Case, Doubt
from qa.question import Language

_RANKED = r"largest|biggest|highest|most|smallest|lowest|least|place|rank|quarter|of|century"
_ORDINAL = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)\b(?! (?:{_RANKED}))"
    r"|\b(?:phase|stage|round) (\d|one|two|three|four|five|i{1,3}|iv|v)\b"
    r"|\b(first|second|third|fourth|fifth)[ -](?:phase|stage|round|batch)\b",
    re.I,
)
_SPOKEN = (
    ("one", "i", "first"),
    ("two", "ii", "second"),
    ("three", "iii", "third"),
    ("four", "iv", "fourth"),
    ("five", "v", "fifth"),
)
_DIGITS = "〇一二三四五六七八九"
_COUNTER = "(?:期|届|轮|批|次|阶段|个|号|季|五)"


def ordinal(case: Case) -> Iterator[Doubt]:
    """An English ordinal that the cell does not bear in Chinese: 第十六届, 二期."""
    told = "\n".join(case.told.texts)
    for match in _ORDINAL.finditer(case.text) if case.language is Language.EN else ():
        said = next(group for group in match.groups() if group).casefold()
        number = int(said) if said.isdigit() else next(n for n, words in enumerate(_SPOKEN, 1) if said in words)
        written = rf"(?<!\d){number}|(?<![一二三四五六七八九十]){in_chinese(number)}"
        if not re.search(rf"(?:{written}){_COUNTER}", told):
            yield Doubt("unit", match.group())


def in_chinese(number: int) -> str:
    """A number below a hundred in Chinese characters: 十六, 二十."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")
