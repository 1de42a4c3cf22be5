"""What a question says beside its names: content words that a plain total would ignore."""

from __future__ import annotations

import re
from functools import cache

from qa.intent import MASK, pattern
from qa.keys import stem
from qa.lexicon.load import load
from qa.question import Language

_SECTIONS = ("function", "generic", "droppable", "soft", "particle", "joiner")
_ENGLISH_SECTIONS = ("function", "soft", "joiner")
_NUMBERS = re.compile(r"\d[\d,.]*|[百千万亿]*元|[%年月日度#@]|fy", re.I)
_PUNCTUATION = re.compile(r"[^\w\s]")
_PARTICLES = (
    "的了是吗呢吧啊呀哪谁几占啥么嘛这那它他她我你您请元有无在共为花用给拨要从到由对把被所其该和与及或等多少比较前后"
    "上下中里内外年月个项家大小都也还就才又再总数额"
)
_MOST_LOOSE = 1  # Chinese characters that may stay unexplained


@cache
def _chinese_words() -> re.Pattern[str]:
    lexicon = load()
    words = {w for section in _SECTIONS for w in lexicon.section(section, "zh")}
    words |= {w.split(":")[-1] for s in ("relative_year", "phase") for w in lexicon.section(s, "zh")}
    longer = sorted((w for w in words if len(w) > 1), key=lambda w: (-len(w), w))
    return re.compile("|".join(map(re.escape, longer)))


@cache
def _english_words() -> frozenset[str]:
    lexicon = load()
    words = {w for section in _ENGLISH_SECTIONS for w in lexicon.section(section, "en")}
    words |= {w.split(":")[-1] for s in ("relative_year", "phase") for w in lexicon.section(s, "en")}
    return frozenset(stem(part) for word in words for part in word.split())


def leftover(masked: str, language: Language) -> tuple[str, ...]:
    """The content words of a masked question that no lexicon of function, money or total words explains."""
    text = _NUMBERS.sub(" ", masked.replace(MASK, " "))
    for what in ("money_noun", "whole", "revenue", "spent", "conjunction", "generic"):
        wordy = what == "generic" and language is Language.EN
        text = pattern(what, language).sub(" ", text) if not wordy else text
    if language is Language.ZH:
        pieces = _PUNCTUATION.sub(" ", _chinese_words().sub(" ", text)).split()
        bare = (p.strip(_PARTICLES) for p in pieces)
        return tuple(p for p in bare if len(p) > _MOST_LOOSE)
    words = _PUNCTUATION.sub(" ", text).split()
    generic = pattern("generic", language)
    return tuple(w for w in words if len(w) > 1 and stem(w) not in _english_words() and not generic.fullmatch(w))


_CAPITALISED = re.compile(r"(?<=\s)[A-Z][a-z]+\b")
_MONTHS = frozenset(
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
)


def strange_names(masked: str, language: Language) -> tuple[str, ...]:
    """Words that look like a publisher's name and that nothing explains: 某某区教育局, "Springfield"."""
    if language is Language.ZH:
        ends = "|".join(map(re.escape, sorted(load().section("organisation_end", "zh"), key=lambda w: -len(w))))
        agency = re.compile(rf"[一-鿿](?:{ends})$|[一-鿿][省市区县州旗](?:$|[一-鿿])")
        return tuple(p for p in leftover(masked, language) if len(p) > _MOST_LOOSE + 1 and agency.search(p))
    words = _CAPITALISED.findall(masked)
    return tuple(w for w in words if stem(w) not in _english_words() and w not in _MONTHS and w not in _TITLES)


_TITLES = frozenset({"Budget", "Total", "Table", "Chinese", "China", "English", "Code", "Yuan", "RMB", "Public"})
