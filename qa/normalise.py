"""A question in one spelling: half width, simplified characters, single blanks; and its language."""

from __future__ import annotations

import re
import unicodedata

from ingest.numbers import fold_width
from qa.keys import CJK, simplify, words
from qa.lexicon import load
from qa.question import Language, Normalised

_BLANKS = re.compile(r"[\s\u200b-\u200f\ufeff]+")
_SHORT_YEAR = re.compile(  # 22年 beside words of budgets; a term of 20 years (使用20年) has none there
    r"(?<![\d.近满达过用第])([12]\d|3[0-5])年(?=度|的?(?:年初)?(?:预算|决算|执行|实际|支出|收入|三公|机关)|相?比|同期|[多少增减花])"
)
_INCLUDED = re.compile(  # totals hold what was carried over anyway
    r"(?<!不)(?:连同|包含|包括|加上|算上)(?:上年)?(?:结转|结余)\S{0,2}在内的?"
)
_CARRY_OVER_IN = re.compile(
    r",? ?\(?\b(?:carry-?overs?|balances? carried (?:over|forward))(?: funds)? (?:is |are )?(?:included|counted in)\)?"
    r"|,? ?\(?\b(?:including|with) (?:the |any )?(?:carry-?overs?|balances? carried (?:over|forward))\)?",
    re.I,
)
_YOURS = re.compile(
    r"(?:贵|我|咱们?|你们)(?:局|院|校|委|厅|部(?!门)|所|中心|单位|部门|街道|镇|乡|办|馆|站)(?![一-鿿]{0,3}(?:局|委|厅))"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def normalise(question: str) -> Normalised:
    """The question folded and simplified. Language by script; where both occur, by whose function words hold it."""
    folded = "".join(map(_plain_digit, fold_width(_CONTROL.sub(" ", question))))
    text = simplify(_BLANKS.sub(" ", folded).strip()).replace("予算", "预算")  # 予 for 预, a usual slip of input
    text = text.replace("平米", "平方米").replace("其它", "其他")
    text = _CARRY_OVER_IN.sub("", text)
    text = _INCLUDED.sub("", _YOURS.sub("本单位", text))
    return Normalised(question, _SHORT_YEAR.sub(r"20\1年", text), language_of(text))


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
