"""A question in one spelling: half width, simplified characters, single blanks; and its language."""

from __future__ import annotations

import re
import unicodedata

from ingest.numbers import fold_width
from qa.keys import CJK, simplify, words
from qa.lexicon import load
from qa.question import Language, Normalised

_BLANKS = re.compile(r"[\s\u200b-\u200f\ufeff]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def normalise(question: str) -> Normalised:
    """The question folded and simplified. Language by script; where both occur, by whose function words hold it."""
    folded = "".join(map(_plain_digit, fold_width(_CONTROL.sub(" ", question))))
    text = simplify(_BLANKS.sub(" ", folded).strip()).replace("予算", "预算")  # 予 for 预, a usual slip of input
    return Normalised(question, text, language_of(text))


def _plain_digit(char: str) -> str:
    """A decimal digit of any script as 0 to 9; other characters as they are."""
    return str(unicodedata.decimal(char)) if char.isdecimal() and not char.isascii() else char


def language_of(text: str) -> Language:
    """Chinese or English; a text without letters of either is taken as Chinese."""
    chinese = len(CJK.findall(text))
    english = [w.stem for w in words(text) if w.stem.isalpha()]
    if not chinese:
        return Language.EN if english else Language.ZH
    if not english:
        return Language.ZH
    lexicon = load()
    frame = set(lexicon.section("function", "en"))
    english_frame = sum(1 for w in english if w in frame)
    chinese_frame = sum(1 for w in lexicon.section("function", "zh") if w in text)
    if bool(english_frame) != bool(chinese_frame):
        return Language.EN if english_frame else Language.ZH
    if english_frame >= 2 and english_frame != chinese_frame:
        return Language.EN if english_frame > chinese_frame else Language.ZH
    return Language.ZH if chinese >= len(english) else Language.EN
