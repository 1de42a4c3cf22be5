"""Doubts about indicators: another unit than the one asked for, another name than the one said, another measure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.records import Measure
from ingest.units import Dimension
from qa.case import Case, Doubt, Rule, surest
from qa.keys import label_key
from qa.plan import Rank, Target
from qa.question import How, Language

MISSPELT = 0.85  # names less like what was said are other names: 生猪存栏 and 生猪出栏
_SIZES = (
    frozenset({"米", "公里", "千米"}),
    frozenset({"亩", "公顷", "平方米", "平方公里"}),
    frozenset({"吨", "公斤"}),
    frozenset({"分钟", "小时", "天", "个月", "年"}),
    frozenset({"株", "棵"}),
    frozenset({"头", "只", "羽", "尾", "匹"}),
)
_MULTIPLES = "万亿千百"


def sizes(case: Case) -> Iterator[Doubt]:
    """Trees where metres are asked for; metres where kilometres are will do, since the unit is told."""
    asked, found = case.linked.unit, case.indicators
    if asked is None or asked.dimension is not Dimension.COUNT or not found:
        return
    size = _size(asked.symbol)
    if size and found[0].unit and _size(found[0].unit) != size:
        yield Doubt("unit", asked.symbol)


def _size(unit: str) -> frozenset[str]:
    bare = label_key(unit).lstrip(_MULTIPLES)
    return next((size for size in _SIZES if bare in size), frozenset())


def likened(case: Case) -> Iterator[Doubt]:
    """An indicator whose name is only spelt or meant like what was said."""
    plan = case.core
    if not isinstance(plan, Target) or case.language is not Language.ZH:
        return
    used = surest(plan.indicators, {label_key(i.name) for i in case.indicators})
    if used is None or used.how not in (How.FUZZY, How.EMBEDDING) or used.score >= MISSPELT:
        return
    said = [m.text for m in case.linked.mentions if any(c.label.text == used.text for c in m.candidates)]
    if all(set(label_key(text)) - set(label_key(used.text)) for text in said):
        yield Doubt("name", used.text)


def otherwise(case: Case) -> Iterator[Doubt]:
    """A rate where the score of the project with the lowest rate is asked for."""
    asked = case.linked.unit
    if asked is None or asked.symbol != "分" or not isinstance(case.plan, Rank):
        return
    if case.plan.members.item.measure is Measure.COMPLETION:
        yield Doubt("unit", asked.symbol)


_ASKED = re.compile(r"how many \w+|(?:多少|几)[\u4e00-\u9fff]?", re.I)
_SCORE = re.compile(r"分|\b(?:scor|points?\b|marks?\b|rating|evaluat|result|grade)", re.I)


def scores(case: Case) -> Iterator[Doubt]:
    """A score where nothing is said of one: of the project on training judges, for how many of them are trained."""
    quantity = case.result.quantity
    if quantity is not None and quantity.unit.symbol == "分" and not _SCORE.search(case.text):
        asked = _ASKED.search(case.text)
        yield Doubt("unit", asked.group() if asked else case.text)


_MONEY_ASKED = re.compile(
    r"\bhow much\b.*\b(?:spen[dt]|budgeted|paid|pay|cost|costs|allocated|earmarked|set aside|money|funding)\b", re.I
)


def in_money(case: Case) -> Iterator[Doubt]:
    """Tonnes where it is asked how much was spent."""
    quantity, asked = case.result.quantity, _MONEY_ASKED.search(case.text)
    if asked and isinstance(case.core, Target) and quantity is not None and quantity.unit.dimension is Dimension.COUNT:
        yield Doubt("unit", asked.group())


TARGET_RULES: tuple[Rule, ...] = (sizes, likened, otherwise, scores, in_money)
