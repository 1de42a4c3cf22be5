"""Year and phase as words beside a figure say them, and the earlier period a change is measured against."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.records import Identity, Phase

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年度?")
_LAST_YEAR = re.compile(r"上年度?(?!结转|结余)|去年|上一年度?")
_WORDS = (
    (re.compile(r"全年预算|调整(?:后)?预算|预算调整|调整后"), Phase.ADJUSTED),
    (re.compile(r"年初预算"), Phase.BUDGET),
    (re.compile(r"执行数|决算|实际(?:支出|收入)|执行情况"), Phase.ACTUAL),
    (re.compile(r"预算"), Phase.BUDGET),
)
# Names of budgets that hold the word and say nothing about the phase.
_KINDS = re.compile(r"(?:公共|政府性基金|国有资本经营|社会保险基金)预算|预算(?:单位|管理|绩效|内|外)")
_COMPARATOR = re.compile(
    r"(?:与|比|较|同|和|小于|大于|低于|高于|等于)\s*(?P<period>(?:上年度?|去年|上一年度?|(?:19|20)\d{2}\s*年度?)\s*(?:当年|年初|全年)?"
    r"\s*(?:预算执行数|预算执行|执行数|预算数|决算数|支出数|预算|决算|同期|数)?|(?:年初|全年|调整)?预算数?)\s*(?:相比|对比|比较|比|相)?"
    r"|同比"
)


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
    found = list(_COMPARATOR.finditer(words))
    if not found:
        return None
    text = re.sub(r"\s+", "", found[-1].group())
    return re.sub(r"(?:相比|对比|比较|相)$", "", text)


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
