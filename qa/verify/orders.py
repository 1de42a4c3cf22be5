"""Comparisons and rankings in words, without a figure: X超过Y, "spent more on X than on Y", X是最大的一项."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from qa.link import Linker
from qa.question import Language
from qa.verify.sides import Side, Sides, side_of, sides_of

_CHANGE_ADVERB = r"(?:有所|略有|大幅|大为|明显|小幅|双双|也|都|均)?"
_CHINESE = (
    re.compile(
        r"(?P<left>.+?)(?P<not>没有|没|并未|未|不)?(?:(?P<more>超过|超出|超越|高于|多于|大于|高过|赶超)|(?P<less>不及|低于|少于|小于|不如))"
        r"了?(?P<right>[^，,；;]{2,40})"
    ),
    re.compile(r"(?P<left>.+?)(?P<not>没有|没|并未|未)?(?P<more>超支|超预算)了?(?P<right>)"),
    re.compile(
        rf"(?:与|和|同)(?P<right>[^，,；;]{{2,16}}?)相比[，,](?P<left>.+?){_CHANGE_ADVERB}"
        r"(?:(?P<more>增加|增长|上升|提高|上涨)|(?P<less>减少|下降|降低|压减|压缩|回落))了?"
    ),
    re.compile(
        r"(?P<left>.*?)比(?P<right>[^，,；;]{2,40}?)(?:还|更|都|要|略|稍|明显|大大|远)*(?:(?P<more>[多高大])|(?P<less>[少低小]))"
        r"(?:了|得多|一些|一点|不少|很多|出不少|出一截)?"
    ),
    re.compile(
        rf"(?P<left>.+?)(?:比|较)(?P<right>[^，,；;]{{2,16}}?){_CHANGE_ADVERB}"
        r"(?:(?P<more>增加|增长|上升|提高|上涨)|(?P<less>减少|下降|降低|压减|压缩|回落))了?"
    ),
    re.compile(r"(?P<left>.+?)(?:与|和|同|跟)(?P<right>[^，,；;]{2,30}?)(?P<level>持平|一样多|相等)"),
)
_SPENDS = r"(?:spends?|spent|budgets?|budgeted|allocates?|allocated|earmarks?|earmarked|sets? aside|devotes?)"
_BY_FAR = r"(?:(?:far|much|slightly|even)\s)?"
_ENGLISH = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<left>.+?)\s(?:(?P<more>overspent|exceeded|overshot|went over|ran over)"
        r"|(?P<less>underspent|undershot|stayed (?:within|below)|kept (?:within|below)|fell short of))"
        r"\s(?:its|their|the)\s(?:full-year |annual |initial |adjusted )?(?P<right>budget)(?P<tail>\s.*)?",
        rf"(?P<left>.+?\s{_SPENDS})\s{_BY_FAR}(?:(?P<more>more)|(?P<less>less))\s(?:money\s)?(?:on|for|to)\s(?P<tail>.+?)"
        r"\sthan\s(?:on|for|to)\s(?P<right>.+)",
        rf"(?P<left>.+?)\s(?:is|was|are|were|remains?|stays?)\s{_BY_FAR}(?:(?P<more>larger|bigger|higher|greater|more)"
        r"|(?P<less>smaller|lower|less|fewer))\sthan\s(?P<right>.+)",
        r"(?P<left>.+?)\s(?:(?P<more>exceed(?:s|ed)?|surpass(?:es|ed)|outstrip(?:s|ped)|tops|topped)"
        r"|(?P<less>falls? short of|fell short of|trail(?:s|ed)?))\s(?P<right>.+)",
        rf"(?P<left>.+?\s(?:{_SPENDS}|(?P<has>has|had|have|owns?)))\s{_BY_FAR}(?:(?P<more>more)|(?P<less>less|fewer))\s(?P<tail>.+?)"
        r"\sthan\s(?P<right>.+?)(?:\s(?:does|did|do|has|had))?",
    )
)
_RANK_CHINESE = (
    re.compile(
        r"在?(?P<whole>.+?)(?:里面?|当中|之中|中|内)[，,]?(?P<item>[^，,]{2,24}?)(?:(?:是|为|占)(?:其中)?)?"
        r"(?:金额|花费|开支|支出|花钱|数额|规模)?(?P<most>最[大多高少小低])的?(?:一[项笔块个]|项目|支出|开支|部分|大头)?"
    ),
    re.compile(
        r"(?P<whole>.+?)(?:里面?|当中|之中|中|内)[，,]?(?:金额|花费|开支|支出|花钱|数额)?(?P<most>最[大多高少小低])的(?:一[项笔块个]|那[项笔块个])?"
        r"(?:项目|支出|开支|部分|大头)?(?:是|为)(?P<item>[^，,]{2,24}?)"
    ),
)
_RANK_ENGLISH = re.compile(
    r"(?P<item>.+?)\s(?:is|was|are|were|remains?)\s(?:the\s)?(?:single\s)?"
    r"(?P<most>largest|biggest|highest|smallest|lowest|most expensive|costliest)\s"
    r"(?P<what>item|part|share|component|expense|line|category|program(?:me)?|project|cost)\s"
    r"(?:of|in|within|among)\s(?P<whole>.+)",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"[超比较高多大低少小]|不及|不如|持平|一样|相等|最|than|\bmost\b|est\b|budget|exceed|surpass|outstrip|short|trail|top"
)
_LEAST = re.compile(r"[少小低]|small|low", re.IGNORECASE)
_LONGEST = 200  # characters: what is longer compares nothing that two lookups could settle
_END = " 。.！!？?；;"


@dataclass(frozen=True, slots=True)
class Order:
    """That the left of two sides is more (1), less (-1) or as much (0); `denied` says that it is not."""

    sides: Sides
    sign: int
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Ranked:
    """That `item` comes first or, where not `most`, last: the question who does, and the item as a side of its own."""

    question: str
    item: Side
    most: bool = True


def may_compare(text: str, language: Language) -> bool:
    """Whether a sentence is worded as a comparison or a ranking at all; most are not, and nothing is looked up."""
    plain = text.strip(_END)
    if len(plain) > _LONGEST or not _WORDS.search(plain):
        return False
    patterns = (*_CHINESE, *_RANK_CHINESE) if language is Language.ZH else (*_ENGLISH, _RANK_ENGLISH)
    return any(pattern.fullmatch(plain) for pattern in patterns)


def find_order(text: str, language: Language, linker: Linker, default: Side) -> Order | None:
    """The comparison that a sentence without a figure makes; None where it makes none that can be looked up."""
    plain = text.strip(_END)
    for pattern in _CHINESE if language is Language.ZH else _ENGLISH:
        match = pattern.fullmatch(plain)
        if match is None:
            continue
        groups = match.groupdict()
        left = f"{match['left']} {groups.get('tail') or ''}".strip()
        sides = sides_of(left, match["right"] or "预算", linker, default)
        if sides is not None:
            if groups.get("has"):
                sides = sides.counted()
            sign = 1 if groups.get("more") else -1 if groups.get("less") else 0
            return Order(sides, sign, bool(groups.get("not")))
    return None


def find_ranked(text: str, language: Language, linker: Linker, default: Side) -> Ranked | None:
    """The ranking that a sentence without a figure states; None where it states none."""
    plain = text.strip(_END)
    for pattern in _RANK_CHINESE if language is Language.ZH else (_RANK_ENGLISH,):
        match = pattern.fullmatch(plain)
        if match is None:
            continue
        most, whole = match["most"], match["whole"]
        question = f"{whole}中，哪一项{most}？"
        if language is Language.EN:
            question = f"Which is the {most} {match['what']} of {whole}?"
        item = side_of(match["item"], linker, replace(default, item=match["item"]))
        return Ranked(question, replace(item, words=match["item"]), not _LEAST.search(most))
    return None
