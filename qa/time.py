"""Years, years relative to the document's, and stages of the budget cycle that a question names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ingest.numbers import parse_chinese_numeral
from ingest.records import Phase
from qa.keys import label_key
from qa.lexicon import load

_YEAR = re.compile(
    r"(?<![\d.])(?<!\d,)(?:FY\s?)?((?:19[89]|20\d)\d)(?!\d|[.,]\d|\s*(?:万|亿|元|人|%|台|辆|块|场|个|yuan|residents))",
    re.I,
)
_SHORT_YEAR = re.compile(r"(?:\bFY\s?|')(\d{2})(?!\d)|(?<!\d)(2\d)年(?!限|龄|期)", re.I)
_CHINESE_YEAR = re.compile(
    r"([二两]〇[〇一二三四五六七八九]{2}|二零[零一二三四五六七八九]{2})年?|(?<![一二三四五六七八九十])(二[一二三四五六七八九])年(?=预算|决算|的)"
)
_RANGE = re.compile(r"(20\d\d)\s*年?\s*(?:[-—–~至到]|to|through|until|and)\s*(20\d\d)", re.I)
_LAST_YEARS = re.compile(
    r"(?:近|最近|过去)\s*(\d|[两二三四五])\s*年|\b(?:last|past|recent)\s+(\d|two|three|four|five)\s+years\b", re.I
)
_WORD_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5}
_FIGURE_WORD = r"(?:的)?(?:年初)?(?:预算数|执行数|决算数|预算执行数|预算|决算|执行|实际|同期|actuals?|budget)?"


@dataclass(frozen=True, slots=True)
class TimeInQuestion:
    """What a question says of time."""

    years: tuple[int, ...]
    relative_years: tuple[int, ...]
    phases: tuple[Phase, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    relative: tuple[tuple[str, int], ...]
    phases: tuple[tuple[str, Phase], ...]
    comparison: re.Pattern[str]
    denied: re.Pattern[str]


def _pairs(section: str) -> list[tuple[str, str]]:
    pairs = [word.split(":", 1) for word in load().section(section)]
    return sorted(((word.strip(), value) for value, word in pairs), key=lambda p: -len(p[0]))


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


@lru_cache(maxsize=1)
def _lexicon_words() -> _Words:
    lexicon = load()
    relative = tuple((word, int(value)) for word, value in _pairs("relative_year"))
    phases = tuple((word, Phase(value)) for word, value in _pairs("phase"))
    listed = r"(?!\s*(?:,|、|to\b|and\b|-|–|至|到)\s*(?:and\s+)?20\d\d)"  # over 2017, 2018 and 2019
    year = rf"\s*(?:in\s+)?(?:the\s+)?(?:{_either(w for w, _ in relative)}|20\d\d年?)(?:年度|度)?{listed}{_FIGURE_WORD}"
    plain = (
        rf"(?:{_either(lexicon.section('compare', 'zh'))}|\b(?:{_either(lexicon.section('compare', 'en'))})\b){year}"
    )
    after = _either(lexicon.section("compare_after"))
    with_after = rf"(?:{_either(lexicon.section('compare_with'))}){year}\s*(?:{after})"
    stage = _either(w for w, _ in phases)
    told_apart = r"(?:(?:而不是|不是|而非|并非|不要|不含)|\b(?:not|rather than|instead of)\s+(?:the\s+|its\s+)?)"
    denied = rf"{told_apart}(?:{stage})数?"
    return _Words(relative, phases, re.compile(f"{with_after}|{plain}", re.I), re.compile(denied, re.I))


_STAGE = re.compile(r"(年初|全年|调整)?(支出|收入)?(预算|决算|执行)数?")


def names_stage(text: str) -> bool:
    """Whether a label only names a stage of the budget cycle (决算数, 全年预算, 支出决算) and no item."""
    return _STAGE.fullmatch(label_key(text)) is not None


def find_time(text: str) -> TimeInQuestion:
    """Years, relative years and phases. `text` should have the mentions blanked out, so that 上年结转 names no year.

    A year that is only the base of a comparison (比上年增加, over last year) is none that is asked for: it stays in the
    residue for the planner and is not among the years, unless two years are compared by name (2025年比2024年).
    近三年 and "last three years" are 0, -1, -2.
    """
    words = _lexicon_words()
    rest = words.comparison.sub(lambda match: _base(match, text), text)
    relative, rest = _relative_years(rest, words)
    return TimeInQuestion(_years(rest), relative, _phases(rest, words))


def _base(match: re.Match[str], text: str) -> str:
    """What stays of "compared with 2023": the year, where another year is compared with it, else nothing."""
    year = re.search(r"20\d\d", match.group())
    others = _YEAR.sub("", text[: match.start()]) != text[: match.start()]
    return f" {year.group()}年 " if year is not None and others else " "


def _relative_years(text: str, words: _Words) -> tuple[tuple[int, ...], str]:
    found: list[int] = []
    span = _LAST_YEARS.search(text)
    if span is not None:
        spoken = (span[1] or span[2]).casefold()
        count = int(spoken) if spoken.isdigit() else _WORD_COUNTS.get(spoken) or int(parse_chinese_numeral(spoken))
        found += [-n for n in range(count)]
        text = text[: span.start()] + " " + text[span.end() :]
    for word, offset in words.relative:
        pattern = rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word)
        if re.search(pattern, text, re.I):
            found.append(offset)
            text = re.sub(pattern, " ", text, flags=re.I)
    return tuple(dict.fromkeys(found)), text


def _years(text: str) -> tuple[int, ...]:
    years: list[tuple[int, int]] = []
    for match in _RANGE.finditer(text):
        first, last = int(match[1]), int(match[2])
        if "and" not in match.group() and 0 < last - first <= 20:
            years += [(match.start(), year) for year in range(first, last + 1)]
    years += [(m.start(), int(m[1])) for m in _YEAR.finditer(text)]
    years += [(m.start(), 2000 + int(m[1] or m[2])) for m in _SHORT_YEAR.finditer(text)]
    for match in _CHINESE_YEAR.finditer(text):
        value = int(
            parse_chinese_numeral((match[1] or match[2]).replace("两", "二")) if match[1] else _digits(match[2])
        )
        years.append((match.start(), value if value > 1000 else 2000 + value))
    return tuple(dict.fromkeys(year for _, year in sorted(years)))


def _digits(text: str) -> int:
    return int("".join(str(int(parse_chinese_numeral(c))) for c in text))


def _phases(text: str, words: _Words) -> tuple[Phase, ...]:
    """The stages named, those left out that are only told apart from ("the budget, not the outturn", 不是决算)."""
    text = words.denied.sub(" ", text)
    found: list[Phase] = []
    for word, phase in words.phases:
        pattern = rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word)
        if re.search(pattern, text, re.I):
            found.append(phase)
            text = re.sub(pattern, " ", text, flags=re.I)
    return tuple(dict.fromkeys(found))
