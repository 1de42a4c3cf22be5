"""Doubts about the sort of thing answered: people asked and money found, things to buy asked and things held found."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.corpus import FactHit, Held
from ingest.records import Indicator
from ingest.units import Dimension
from qa.case import Case, Doubt
from qa.keys import label_key, stem
from qa.plan import Breakdown, Compare, Convert, Count, Filter, Lookup, Multiple, Rank, Trend
from qa.question import Language
from qa.told import NOTHING
from qa.unexplained import content_pairs
from qa.wordtable import chinese_for

_LISTS = (Rank, Count, Filter, Breakdown, Compare, Trend)


def units(case: Case) -> Iterator[Doubt]:
    """An answer in money where people are asked for, in vehicles where a share is."""
    asked, quantity = case.linked.unit, case.result.quantity
    if asked is None or quantity is None or not quantity.unit.symbol or isinstance(case.plan, _LISTS):
        return
    got = quantity.unit
    either = (asked.dimension, got.dimension)
    if either[0] is not either[1] and (Dimension.CNY in either or asked.dimension is Dimension.PERCENT):
        yield Doubt("unit", asked.symbol)


_MONEY = re.compile(r"资金|金额|多少钱|多少元|how much money|\bin yuan\b", re.I)
_COUNTER = re.compile(r"(?:几|多少)[个项家辆台套块场次人名位种类]|how many|number of", re.I)


def money(case: Case) -> Iterator[Doubt]:
    """A count where the money is asked for: 49 个 to "涉及多少资金"."""
    quantity = case.result.quantity
    counted = quantity is not None and quantity.unit.dimension is Dimension.COUNT and quantity.unit.symbol
    asked = _MONEY.search(case.text)
    if counted and asked and not _COUNTER.search(case.text) and not isinstance(case.plan, (*_LISTS, Multiple)):
        yield Doubt("unit", asked.group())


_COUNT_ASKED = re.compile(
    r"\bhow many (?!(?:[\d,.]+ |ten thousand |thousand |million |hundred )*(?:yuan|rmb|wan|dollars|[百千万亿]?元))"
    r"|(?:有|共)(?:几|多少)[个项家层辆台套间栋座部所户场]|人次|人数",
    re.I,
)


def counting(case: Case) -> Iterator[Doubt]:
    """Money where a number of things is asked for."""
    quantity = case.result.quantity
    asked = _COUNT_ASKED.search(case.text)
    if asked and quantity is not None and quantity.unit.is_money and isinstance(case.plan, (Lookup, Breakdown)):
        yield Doubt("unit", asked.group())


_PROJECTS = re.compile(r"项目|\bprojects?\b", re.I)


def projects(case: Case) -> Iterator[Doubt]:
    """The total of everything where that of projects is asked for."""
    plan = case.plan.of if isinstance(case.plan, Convert) else case.plan
    asked = _PROJECTS.search(case.text)
    told = any(_PROJECTS.search(t) for t in (*case.told.names, *case.told.texts))
    if asked and isinstance(plan, Lookup) and plan.item.total is not None and not told:
        yield Doubt("words", asked.group())


_BUYING = re.compile(r"买|购|\bbuy|\bbought|\bpurchas", re.I)


def buying(case: Case) -> Iterator[Doubt]:
    """Things held where things to be bought are asked for."""
    counted = case.result.quantity is not None and case.result.quantity.unit.dimension is Dimension.COUNT
    asked = _BUYING.search(case.text)
    if counted and asked and not any("购" in t for t in case.told.texts):
        yield Doubt("operation", asked.group())


def described(case: Case) -> Iterator[Doubt]:
    """A figure of one project's description where the question names nothing of that project."""
    hits = [e for e in case.result.evidence if isinstance(e, FactHit)]
    if not case.told.described or len(hits) != 1 or case.language is not Language.ZH:
        return
    own = label_key("".join((*hits[0].fact.row_path, *case.told.agencies)))
    chapter = "".join(label_key(t) for t in case.told.described)
    if not any(pair in chapter and pair not in own for pair in content_pairs(case.linked, NOTHING)):
        yield Doubt("words", hits[0].fact.label)


_COUNTER_ASKED = re.compile(r"(?:几|多少)([层分辆台套户场])(?![之钱])")


def counters(case: Case) -> Iterator[Doubt]:
    """A count in another unit than the one asked for: 1 个 to "多少分"."""
    asked, quantity = _COUNTER_ASKED.search(case.text), case.result.quantity
    if asked is None or quantity is None or not isinstance(case.plan, Lookup):
        return
    if quantity.unit.dimension is Dimension.COUNT and asked[1] not in quantity.unit.symbol:
        yield Doubt("unit", asked.group())


_MANY = re.compile(
    r"\bhow many (?:\w+[- ]){0,3}?(\w+) (?:will|would|are|is|should|must|does|do|did|has|have|to|need)\b", re.I
)


def noun(case: Case) -> Iterator[Doubt]:
    """Schools where teachers are asked for: an indicator that bears no Chinese word for the English noun counted."""
    asked = _MANY.search(case.text)
    targets = [e.record for e in case.result.evidence if isinstance(e, Held) and isinstance(e.record, Indicator)]
    words = chinese_for(stem(asked[1])) if asked else ()
    borne = [label_key(t.name + t.unit) for t in targets]
    if borne and words and not any(word in text for word in words for text in borne):
        yield Doubt("unit", asked[1] if asked else "")
