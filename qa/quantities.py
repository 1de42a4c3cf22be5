"""Figures the asker states, and the unit the answer is wanted in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ingest.errors import NotAFigure
from ingest.figures import FoundFigure, find_figures
from ingest.numbers import CHINESE_NUMERAL, parse_chinese_numeral, parse_figure
from ingest.units import PERCENT, Dimension, Unit, money_unit_named, unit_named
from qa.question import NumberInQuestion

_MULTIPLES = "万亿千百"
_ENGLISH_SCALES = {"thousand": Decimal(1_000), "million": Decimal(1_000_000), "billion": Decimal(1_000_000_000)}
_TO_TEN = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ENGLISH_NUMERALS = {word: Decimal(number) for number, word in enumerate(_TO_TEN, 1)}
_RANK_ZH = re.compile(
    r"(?:前|第|最[多少大小高低贵]的)\s*(\d+|[一二三四五六七八九十两]+)(?!\d|年|部分|季度)(?:名|位|个|项)?"
)
_RANK_EN = re.compile(r"\b(?:top|first|largest|biggest|highest|lowest|smallest|bottom)\s+(\d+|[a-z]+)\b", re.IGNORECASE)
_ORDINAL_EN = re.compile(
    r"\b(second|third|fourth|fifth)[\s-]+(?:largest|biggest|highest|most|smallest|lowest)", re.IGNORECASE
)
_ORDINALS = {"second": Decimal(2), "third": Decimal(3), "fourth": Decimal(4), "fifth": Decimal(5)}
_NUMERAL_ZH = re.compile(
    r"(?<!第)([零〇一二两三四五六七八九十百千万亿]*[十百千万亿]+[零〇一二两三四五六七八九十百千万亿]*)"
)
_UNIT_AFTER_ZH = re.compile(r"\s?(元|块钱|人次|人口|人|户|家|辆|台|名|个|场|次|天|%)")
_SCALED_EN = re.compile(
    r"(?P<digits>\d[\d,]*(?:\.\d+)?)\s*(?P<scale>thousand|million|billion)\b"
    r"(?!\s*(?:dollars|yuan|rmb))(?:\s+(?P<unit>[a-z]+))?",
    re.IGNORECASE,
)
_SCALED_ZH = re.compile(
    r"(?P<digits>\d[\d,]*(?:\.\d+)?)\s*[多余来]?\s*(?P<scale>[十百千]?万亿?|亿)[多余]?(?!\s*[元块美]|\s*(?:平方|人民币))"
    r"\s*(?P<unit>人口|人次|人|户|家|辆|台|名|个|场|次)?"
)
_COUNTED_EN = re.compile(
    r"\s+(residents|people|persons|inhabitants|citizens|employees|staff|households|times|vehicles)\b", re.I
)
_ASKED_UNIT_ZH = re.compile(
    r"(?:多少|几多|几|按|以|用|换算成|换算为|折合|折成|换成|合|单位[:是为]?|是)\s*(?:多少|几)?\s*(?:个)?(百万元|万元|千元|亿元|元(?!素))"
    r"|(?:多少|几多|几)\s*个?(亿|万)(?![人元辆台户家次亩吨公平立株棵尾头只羽])|\((百万元|万元|千元|亿元|元)\)|\bin\s+(百万元|万元|千元|亿元|元)"
    r"|[\s,、;=?](百万元|万元|千元|亿元|元)[?。]?$"
)
_ASKED_COUNT_ZH = re.compile(
    r"(?:多少|几)\s*([万亿](?:亩|吨|公顷|公里|平方米|立方米|株|棵|尾|头|只|羽)"
    r"|人次|场次|批次|架次|平方米|立方米|平方公里|公顷|公里|分钟|小时|辆|台|套|件|家|户|人(?!员|民|均)|名|场|次|天|分(?![之钱成])|块(?!钱)|篇|期|份|册|条|支(?![出付持])|所|间|张|箱|亩|吨|米|倍"
    r"|座|门(?!槛)|处(?![理置])|株|棵|笔|樘|枚|盏|批(?![次准复]))"
)
_ASKED_PERCENT = re.compile(
    r"百分之几|百分之多少|多少个?百分点|几个?百分点|百分比|多少%|几%|what percent|percentage|what share|per cent", re.I
)
_ASKED_UNIT_EN = re.compile(
    r"\b(?:in|as|how many|how much in)\s+(?:units? of\s+)?"
    r"(10,?000\s+yuan|ten thousand yuan|100\s+million\s+yuan|hundred million yuan|million yuan|thousand yuan|yuan"
    r"|rmb|cny"
    r"|wan(?: yuan)?|yi(?: yuan)?|(?:thousand|million|billion)\s+(?:us\s+)?dollars|dollars|usd)\b",
    re.IGNORECASE,
)
_SPOKEN_UNITS = {
    "wan": "万元",
    "wanyuan": "万元",
    "yi": "亿元",
    "yiyuan": "亿元",
    "10,000yuan": "万元",
    "10000yuan": "万元",
}


def find_numbers(text: str) -> tuple[NumberInQuestion, ...]:
    """The figures of a question in reading order, none overlapping: 10%, 一百万元, 前三, top 3, 5.4 million, 540万.

    A multiple before a counting unit goes into the value (540万人 is 5400000 人); years and list numbers are left out.
    """
    found: list[NumberInQuestion] = []
    scaled = (*_scaled(text), *_scaled_chinese(text))
    for number in (*scaled, *_numerals(text), *_ranks(text), *map(_plain, _figures(text))):
        if all(number.end <= f.start or number.start >= f.end for f in found):
            found.append(number)
    return tuple(sorted(found, key=lambda n: n.start))


def _figures(text: str) -> Iterator[FoundFigure]:
    for figure in find_figures(text):
        if figure.unit is None and _looks_like_year_or_code(text, figure):
            continue
        yield figure


def _looks_like_year_or_code(text: str, figure: FoundFigure) -> bool:
    digits = text[figure.start : figure.end]
    return digits.isdigit() and ((digits.startswith(("19", "20")) and len(digits) == 4) or len(digits) >= 7)


def _plain(figure: FoundFigure) -> NumberInQuestion:
    unit, value = figure.unit, figure.value
    if unit is not None and unit.dimension is Dimension.COUNT and unit.symbol[0] in _MULTIPLES and len(unit.symbol) > 1:
        value, unit = value * parse_chinese_numeral(unit.symbol[0]), unit_named(unit.symbol[1:])
    return NumberInQuestion(figure.start, max(figure.end, figure.unit_end), value, unit)


def _scaled(text: str) -> Iterator[NumberInQuestion]:
    for match in _SCALED_EN.finditer(text):
        if text[match.start() - 1 : match.start()] in ("$", "¥"):
            continue
        value = parse_figure(match["digits"]) * _ENGLISH_SCALES[match["scale"].casefold()]
        counted = _COUNTED_EN.match(text, match.end("scale"))
        end = counted.end() if counted else match.end("scale")
        yield NumberInQuestion(match.start(), end, value, unit_named(counted[1]) if counted else None)


def _scaled_chinese(text: str) -> Iterator[NumberInQuestion]:
    """A multiple behind digits goes into the value, with or without a counting unit: 540万, 1,200多万人口."""
    for match in _SCALED_ZH.finditer(text):
        value = parse_figure(match["digits"]) * parse_chinese_numeral(_one_of(match["scale"]))
        name = {"人口": "人"}.get(match["unit"], match["unit"])
        yield NumberInQuestion(match.start(), match.end(), value, unit_named(name) if name else None)


def _one_of(scale: str) -> str:
    """A multiple as the numeral for one of it: 一百万 for 百万."""
    return scale if scale.startswith("十") else "一" + scale


def _numerals(text: str) -> Iterator[NumberInQuestion]:
    for match in _NUMERAL_ZH.finditer(text):
        start = match.start()
        if len(match[1]) < 2 or not CHINESE_NUMERAL.fullmatch(match[1]) or text[start - 1 : start].isdigit():
            continue
        try:
            value = parse_chinese_numeral(match[1])
        except NotAFigure:
            continue
        unit = _UNIT_AFTER_ZH.match(text, match.end())
        name = {"块钱": "元", "人口": "人"}.get(unit[1], unit[1]) if unit else ""
        yield NumberInQuestion(start, unit.end() if unit else match.end(), value, unit_named(name))


def _ranks(text: str) -> Iterator[NumberInQuestion]:
    for match in _RANK_ZH.finditer(text):
        number = match[1]
        value = parse_figure(number) if number.isdigit() else parse_chinese_numeral(number)
        yield NumberInQuestion(match.start(1), match.end(1), value, None)
    for match in _RANK_EN.finditer(text):
        spoken = _english_number(match[1])
        if spoken is not None:
            yield NumberInQuestion(match.start(1), match.end(1), spoken, None)
    for match in _ORDINAL_EN.finditer(text):
        yield NumberInQuestion(match.start(1), match.end(1), _ORDINALS[match[1].casefold()], None)


def _english_number(word: str) -> Decimal | None:
    return parse_figure(word) if word.isdigit() else _ENGLISH_NUMERALS.get(word.casefold())


def wanted_unit(text: str) -> Unit | None:
    """The unit a question asks for (多少亿元, 几场, in million yuan, what percentage), None where it names none."""
    chinese = _ASKED_UNIT_ZH.search(text)
    if chinese is not None:
        name = next(group for group in chinese.groups() if group)
        return money_unit_named(name + "元" if name in "亿万" else name)
    english = _ASKED_UNIT_EN.search(text)
    if english is not None:
        name = re.sub(r"\s+|\bus\b", "", english[1].casefold())
        return money_unit_named(_SPOKEN_UNITS.get(name, name))
    if _ASKED_PERCENT.search(text):
        return PERCENT
    counted = _ASKED_COUNT_ZH.search(text)
    return unit_named(counted[1]) if counted is not None else None


def count_said(text: str) -> Decimal:
    """The value of a count in digits or Chinese numerals (3, 三). Raises `NotAFigure`."""
    return parse_figure(text) if text.isdigit() else parse_chinese_numeral(text)
