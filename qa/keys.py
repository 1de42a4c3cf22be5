"""Keys: the spelling under which two writings of one name are the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ingest.numbers import fold_width

CJK = re.compile(r"[㐀-䶿一-鿿豈-﫿]")
_LEVEL_MARK = re.compile(r"\((?:类|款|项)\)")
_COLUMN_LETTER = re.compile(r"\([a-z](?:[/÷][a-z])?\)$")  # 全年执行数(B): the letter that a formula calls a column by
_COUNTS = "[台辆套个人件次批座处所册户亩张头棵根间]"
_IN_UNITS = re.compile(  # 年初预算数(万元), 车辆(台、辆): what it is measured in is no part of a name
    rf"\((?:单位:)?(?:[万亿千百]?元|平方公?[米里]|平米|公[里顷斤]|人次|{_COUNTS}(?:[、,/]?{_COUNTS}|\({_COUNTS}\))?)\)$"
)
_ENUMERATOR = re.compile(
    r"^(?:其中[:,]?|\*+|[一二三四五六七八九十]{1,3}[、.,]|\((?:[一二三四五六七八九十]{1,3}|\d{1,2})\)"
    r"|\d{1,2}[.、](?!\d)|\d{2,6}[-_](?=[㐀-鿿])|第[一二三四五六七八九十\d]{1,3}部分)"
)
_DROPPED = frozenset(" \t\r\n\u3000()[]{}<>《》〈〉【】〔〕「」『』“”\"'‘’`·•、,，。.:;!?—–-_~…*/\\|&+＋")
_CAPITALS = {"IT": "infotech"}
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?|\d[\d,.]*\d|\d")


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


@lru_cache(maxsize=65536)
def _simplified_character(char: str) -> str:
    converted = str(_converter().convert(char))
    return converted if len(converted) == 1 else char


def simplify(text: str) -> str:
    """Traditional characters as simplified ones, one for one (so that positions stay)."""
    if text.isascii():
        return text
    return "".join(_simplified_character(c) if ord(c) >= 0x3400 else c for c in text)


def fold(text: str) -> str:
    """Half width, simplified, lower case; length may change only by the width folding."""
    return simplify(fold_width(text)).casefold()


def strip_enumerator(text: str) -> str:
    """The text without 其中：, 一、, （一）, 1. or a unit code (281-) before it."""
    while True:
        shorter = _ENUMERATOR.sub("", text.strip(), count=1)
        if shorter == text or not shorter:
            return text
        text = shorter


@lru_cache(maxsize=200_000)
def label_key(text: str) -> str:
    """The key of a label: folded, without enumerators, level marks, blanks, brackets and punctuation."""
    folded = _LEVEL_MARK.sub("", strip_enumerator(fold(text)))
    folded = _IN_UNITS.sub("", _COLUMN_LETTER.sub("", folded))
    return "".join(c for c in folded if c not in _DROPPED)


@dataclass(frozen=True, slots=True)
class Squeezed:
    """A text's key characters with the position of each in the text."""

    key: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Positions in the text of the key's characters [start, end)."""
        return self.offsets[start], self.offsets[end - 1] + 1


def squeeze(text: str) -> Squeezed:
    """The key characters of a question. Punctuation that ends a clause is kept as a blank, which no label holds."""
    chars: list[str] = []
    offsets: list[int] = []
    for position, char in enumerate(text):
        lowered = simplify(char).casefold()
        if lowered in "、,。;!?:|" or (lowered.isspace() and _parts_words(text, position)):
            lowered = " "
        elif lowered in _DROPPED or len(lowered) != 1:
            continue
        chars.append(lowered)
        offsets.append(position)
    return Squeezed("".join(chars), tuple(offsets))


def _parts_words(text: str, position: int) -> bool:
    """Whether a blank parts two words: Latin ones, or Chinese ones of several characters (支 出 总 计 is one)."""
    before, after = text[max(0, position - 2) : position], text[position + 1 : position + 3]
    if before[-1:].isascii() and after[:1].isascii():
        return True
    return len(before) == len(after) == 2 and not any(c.isspace() for c in before + after)


@dataclass(frozen=True, slots=True)
class Word:
    """One English word: its stem and its place in the text."""

    stem: str
    start: int
    end: int


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word's stem: lower case, possessive and plural endings off, British -ise and -our as American."""
    low = word.casefold().replace("’", "'")
    low = low.removesuffix("'s").replace("'", "")
    low = low.replace("programme", "program").replace("centre", "center").replace("labour", "labor")
    if low.endswith(("isation", "ising", "ised", "ise")) and len(low) > 6:
        low = low.replace("is", "iz") if low.count("is") == 1 else re.sub(r"is(?=ation$|ing$|ed$|e$)", "iz", low)
    if len(low) > 3 and low.endswith("ies"):
        return low[:-3] + "y"
    if len(low) > 4 and low.endswith(("sses", "shes", "ches", "xes")):
        return low[:-2]
    if len(low) > 3 and low.endswith("s") and not low.endswith(("ss", "us", "is")):
        return low[:-1]
    return low


def words(text: str) -> tuple[Word, ...]:
    """The English words and numbers of a text, stemmed, in order."""
    spoken = not text.isupper()
    return tuple(Word(_stem_of(m.group(), spoken), m.start(), m.end()) for m in _WORD.finditer(text))


def _stem_of(word: str, spoken: bool) -> str:
    """A word's stem; IT written so is information technology."""
    return _CAPITALS.get(word, stem(word)) if spoken else stem(word)


def is_chinese(text: str) -> bool:
    """Whether the text has any Chinese character."""
    return CJK.search(text) is not None
