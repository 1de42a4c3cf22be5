"""Year and phase as words beside a figure say them, and the earlier period a change is measured against."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.numbering import read_numbering
from ingest.records import Identity, Phase

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年度?")
_LAST_YEAR = re.compile(r"上年度?(?!结转|结余)|去年|上一年度?")
_WORDS = (
    (re.compile(r"全年预算|调整(?:后)?预算|预算调整|调整后|调整数"), Phase.ADJUSTED),
    (re.compile(r"年初预算"), Phase.BUDGET),
    (
        re.compile(
            r"执行数|决算|实际(?:支出|收入)|执行情况"
            r"|(?<!计划)(?<!力争)(?<!预期)(?<!预计)(?<!拟)完成(?!.{0,6}预算)(?=(?:.{0,20}(?:收入|支出))?\s*$)"
        ),
        Phase.ACTUAL,
    ),
    (re.compile(r"预算"), Phase.BUDGET),
)
# Names of budgets that hold the word and say nothing about the phase.
_KINDS = re.compile(
    r"(?:公共|政府性基金|国有资本经营|社会保险基金)预算|一般预算性|预算稳定调节基金|预算(?:单位|管理|绩效|内|外)"
)
_COMPARATOR = re.compile(
    r"(?:与|相?比|较|同|和|小于|大于|低于|高于|等于)\s*(?P<period>(?:上年度?|去年|上一年度?|(?:19|20)\d{2}\s*年度?)(?!结转|结余)\s*(?:当年|年初|全年)?"
    r"\s*(?:预算执行数|预算执行|执行数|预算数|决算数|支出数|预算|决算|同期|同月|累计(?:支出|收入)数?|数)?|(?:年初|全年|调整)?预算数?)"
    r"\s*(?:相比|对比|比较|比|相)?"
    r"|对比(?=增|减|下降|$)|(?:按)?(?:可比|同)口径(?![)）])(?:同比)?|同比|可比(?=增|下降|减|$)|(?:还原|剔除)[^，。；]{2,20}后"
)
_LED = re.compile(r"^\s*(?P<year>(?:19|20)\d{2})\s*年度?\s*(?P<alone>[，,])?")
_SPAN = re.compile(
    r"^\s*(?:(?:19|20)\d{2}\s*年|今年)?\s*(?P<span>(?:\d{1,2}\s*月?\s*[-—–~～至]+\s*)?\d{1,2}\s*月份?(?:累计)?"
    r"|[上下]半年|(?:前|第)?[一二三四]个?季度)(?![底末])"
)
_EXECUTED = re.compile(r"执行情况|完成情况|决算|工作(?:情况|回顾|总结|开展)")



@dataclass(frozen=True, slots=True)
class Period:
    """A year and phase, and whether they were named beside the figure or are the document's own."""

    year: int | None
    phase: Phase
    named: bool = False


def read_period(words: str, identity: Identity) -> Period:
    """The period that the words before a figure give it; comparisons (比上年…) in them do not count."""
    own = _KINDS.sub("", _COMPARATOR.sub("", words))
    years = [int(match[1]) for match in _YEAR.finditer(own)]
    year = years[-1] if years else None
    if year is None and identity.year is not None and _LAST_YEAR.search(own):
        year = identity.year - 1
    phase = next((phase for pattern, phase in _WORDS if pattern.search(own)), None)
    named = year is not None and year != identity.year
    return Period(year if year is not None else identity.year, phase or identity.phase, named)


def read_comparator(words: str) -> str | None:
    """What a change is measured against, as printed without blanks: 比上年执行数."""
    found = [m for m in _COMPARATOR.finditer(words) if m["period"] or _is_near(words, m)]
    if not found:
        return None
    text = re.sub(r"\s+", "", found[-1].group())
    return re.sub(r"(?:相比|对比|比较|相)$", "", text)


def _is_near(words: str, match: re.Match[str]) -> bool:
    """Whether what a change is measured on (还原退税后, 可比) is said in the change's own clause."""
    return "同比" in match.group() or not re.search("[，,；;。]", words[match.end() :])


def compared_with(words: str, identity: Identity) -> Period | None:
    """The earlier period whose figure follows the words at once: 比 2022 年 1111.11 万元增加…; None if none does."""
    found = list(_COMPARATOR.finditer(words))
    if not found or not found[-1]["period"] or words[found[-1].end() :].strip(" 的"):
        return None
    period = found[-1]["period"]
    year = _YEAR.search(period)
    last = identity.year - 1 if identity.year is not None and _LAST_YEAR.search(period) else identity.year
    phase = next((phase for pattern, phase in _WORDS if pattern.search(period)), identity.phase)
    return Period(int(year[1]) if year else last, phase, True)


def without_comparators(words: str) -> str:
    """The words without the comparisons in them."""
    return _COMPARATOR.sub("", words)


def passage_identity(text: str, headings: Sequence[str], identity: Identity) -> Identity:
    """The identity as the innermost numbered heading with a year of its own gives it to a passage under it.

    一、2030年预算执行情况 makes what follows the actual figures of 2030; a heading with two years says nothing, and a
    passage that itself speaks of the document's year first is of that year.
    """
    own = _YEAR.search(without_comparators(text))
    if own is not None and int(own[1]) == identity.year:
        return _under_headings(headings, identity) if _of_year(headings, identity) else identity
    return _under_headings(headings, identity)


def _of_year(headings: Sequence[str], identity: Identity) -> bool:
    return _under_headings(headings, identity).year == identity.year


def _under_headings(headings: Sequence[str], identity: Identity) -> Identity:
    for heading in reversed(headings):
        years = {int(match[1]) for match in _YEAR.finditer(heading)}
        if len(years) != 1 or read_numbering(heading.strip()) is None:
            continue
        year = years.pop()
        if _EXECUTED.search(heading):
            return replace(identity, year=year, phase=Phase.ACTUAL)
        planned = year != identity.year and "预算" in heading
        return replace(identity, year=year, phase=Phase.BUDGET if planned else identity.phase)
    return identity


def span_of(sentence: str) -> str | None:
    """The months a sentence begins with: 10月份, 1-10月累计, 上半年; None where it begins with none."""
    match = _SPAN.match(sentence)
    return re.sub(r"\s+", "", match["span"]) if match else None


def tells_months(texts: Iterable[str]) -> bool:
    """Whether sentences begin with different stretches of months: 10月份 and 1-10月累计, but not 1-7月 and 1至7月份."""
    spans = {span_of(sentence) or "" for text in texts for sentence in text.split("。")}
    return len({tuple(re.findall(r"\d+|[上下前一二三四]", span)) for span in spans if span}) > 1


def sentence_identity(sentence: str, clause: str, identity: Identity) -> Identity:
    """The identity as the year a sentence begins with gives it to a clause of it that names none.

    2030年，全县收入…; 2030年还本10万元；付息5万元. `sentence` is what stands before the figure.
    """
    match = _LED.match(sentence)
    if match is None:
        return identity
    told = match["alone"] or (len(_own_years(sentence)) == 1 and not _own_years(clause))
    return replace(identity, year=int(match["year"])) if told else identity


def _own_years(words: str) -> set[str]:
    """The years that words name, those they compare with left out."""
    return set(_YEAR.findall(without_comparators(words)))
