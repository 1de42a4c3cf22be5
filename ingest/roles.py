"""What a figure measures, told from the words right before it: an amount, a change, a rate, a share."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.figures import FoundFigure
from ingest.records import Measure
from ingest.units import PERCENT

_HEDGE = r"(?:了|额|率|为|达|约|近|幅度|幅|各|\s|：|:)*$"
_UP = re.compile(rf"(?:增加|增长|增幅|提高|上升|上涨|上调|增收|增支|新增|增|多|超出|超过|高于|大于){_HEDGE}")
_DOWN = re.compile(rf"(?:减少|下降|降低|降幅|减幅|压减|压缩|缩减|减收|减支|下调|少|降|减|低于|小于|少于){_HEDGE}")
_AGAINST = re.compile(
    r"(?P<sign>大于|高于|多于|超过|小于|低于|少于)(?:(?:上年|去年|(?:19|20)\d{2}\s*年|年初|全年)\s*(?:年初)?(?:预算|决算|执行)?数?"
    r"|(?:预算|决算)数)\s*$"
)
# No change: 不少于 40 场.
_BOUND = re.compile(r"(?:不|未)(?:得|能)?(?:少于|低于|超过|高于|多于|大于|小于|足)(?:了|约|\s)*$")
_CHANGED = re.compile(
    r"(?:(?P<down>减少|压减|核减|调减)|增加|新增|调增)了?(?P<noun>[^，。；、增减]{2,20}?)(?:约|共|共计)?\s*$"
)
_REACHED = re.compile(r"(?:增加|增长|提高|上升|减少|下降|降低|调整)(?:到|至)[^，。；、]{0,10}$")
_SHARE = re.compile(r"占(?P<whole>[^，。；]*?)(?:的)?(?:比例|比重|比)?(?:为|是|达|约|近|的|\s)*$")
_COMPLETION = re.compile(
    r"(?P<of>完成(?P<whole>[^，。；]*?)|(?:预算)?执行率|完成率|执行进度|支出进度)(?:的)?(?:比例)?(?:为|是|达|约|的|\s)*$"
)
_OF_PLAN = re.compile(
    r"[占为](?P<whole>(?:年初|全年|年度|调整后?的?|当年|变动|年)?预算数?|任务数)(?:的)?(?:比例|比重)?(?:为|是|达|约|的|\s)*$"
)
_PARTS_OF = (
    (_COMPLETION, Measure.COMPLETION),
    (_OF_PLAN, Measure.COMPLETION),
    (_SHARE, Measure.SHARE),
)
_COMPARED = re.compile(r"[比较]|同比|[同与和](?:上年|去年)")


@dataclass(frozen=True, slots=True)
class Role:
    """A measure, its sign (-1 for a decrease) and where the words that tell it begin.

    `whole` is what a share or completion is of; `noun` the item of a change named behind its verb (减少部门支出 5 元).
    """

    measure: Measure
    start: int
    sign: int = 1
    whole: str | None = None
    noun: str | None = None


def read_role(lead: str, figure: FoundFigure) -> Role:
    """The role of a figure whose clause before it is `lead`."""
    percent = figure.unit == PERCENT
    multiple = figure.unit is not None and figure.unit.symbol in ("倍", "个百分点")
    if percent:
        for pattern, measure in _PARTS_OF:
            match = pattern.search(lead)
            if match:
                whole = re.sub(r"\s+|的$", "", match["whole"] or "") or None
                return Role(measure, match.start(), whole=whole)
    money = figure.unit is None or figure.unit.is_money
    bound = _BOUND.search(lead)
    if bound:
        return Role(Measure.AMOUNT if money else Measure.QUANTITY, bound.start())
    reached = _REACHED.search(lead)
    if reached and not percent:
        return Role(Measure.AMOUNT, reached.start())
    against = _AGAINST.search(lead)
    if against and not percent:
        return Role(Measure.DELTA, against.start(), 1 if against["sign"] in "大于高于多于超过" else -1)
    change = Measure.RATE if percent or multiple else Measure.DELTA
    for pattern, sign in ((_DOWN, -1), (_UP, 1)):
        match = pattern.search(lead)
        new = change is Measure.DELTA and match is not None and _is_new_item(match.group(), lead)
        if match and not new:
            return Role(change, match.start(), sign)
    changed = _CHANGED.search(lead) if money else None
    if changed and not _is_new_item(changed.group(), lead):
        return Role(Measure.DELTA, changed.start(), -1 if changed["down"] else 1, noun=changed["noun"].strip())
    return Role(Measure.AMOUNT if money else Measure.QUANTITY, len(lead))


def _is_new_item(words: str, lead: str) -> bool:
    """新增 3 辆 counts new things, 新增债券收入 names a fund: no changes, unless something is compared (比上年新增)."""
    return words.startswith("新增") and not _COMPARED.search(lead)
