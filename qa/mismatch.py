"""Doubts about the sort of thing answered: people asked and money found, things to buy asked and things held found."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.records import Indicator
from ingest.units import Dimension
from qa.bears import clause_of
from qa.case import Case, Doubt
from qa.keys import label_key, stem
from qa.ownnouns import is_body
from qa.plan import Breakdown, Compare, Count, Difference, Filter, Lookup, Multiple, Rank, Read, Target, Trend
from qa.prose.asked import told_for
from qa.question import How, Language
from qa.told import NOTHING
from qa.unexplained import content_pairs
from qa.wordtable import chinese_for, counting_units

_LISTS = (Rank, Count, Filter, Breakdown, Compare, Trend)


def units(case: Case) -> Iterator[Doubt]:
    """An answer in money where people are asked for, in vehicles where a share is."""
    asked, quantity = case.linked.unit, case.result.quantity
    if asked is None or quantity is None or not quantity.unit.symbol or isinstance(case.plan, _LISTS):
        return
    got = quantity.unit
    either = (asked.dimension, got.dimension)
    other_kind = either[0] is not either[1] and (Dimension.CNY in either or asked.dimension is Dimension.PERCENT)
    if other_kind or (_counts_people(asked.symbol) and _counts_events(got.symbol)):
        yield Doubt("unit", asked.symbol)


def _counts_people(symbol: str) -> bool:
    return symbol in ("人", "人次", "名", "位")


def _counts_events(symbol: str) -> bool:
    return symbol in ("批次", "批", "场", "场次", "次", "辆", "台")


_MONEY = re.compile(
    r"资金|金额|多少钱|多少元|花(?:了|费)?多少(?![个项家辆台套块场次人名])|how much money|\bin yuan\b", re.I
)
_COUNTER = re.compile(r"(?:几|多少)[个项家辆台套块场次人名位种类门分座亩吨株间所]|how many|number of", re.I)


def money(case: Case) -> Iterator[Doubt]:
    """A count where the money is asked for: 49 个 to "涉及多少资金"."""
    quantity = case.result.quantity
    counted = quantity is not None and quantity.unit.dimension is Dimension.COUNT and quantity.unit.symbol
    asked = next((m for m in _MONEY.finditer(case.text) if not _in_a_name(case, m)), None)
    if counted and asked and not _COUNTER.search(case.text) and not isinstance(case.plan, (*_LISTS, Multiple)):
        yield Doubt("unit", asked.group())


def _in_a_name(case: Case, match: re.Match[str]) -> bool:
    """Whether a word of the question is part of a longer name: 资金 in 茶产业发展奖补资金."""
    around = (m for m in case.linked.mentions if m.start <= match.start() and match.end() <= m.end)
    return any(len(m.text) > len(match.group()) and match.group() in m.best.label.text for m in around)


_COUNT_ASKED = re.compile(
    r"\bhow many (?!(?:[\d,.]+ |ten thousand |thousand |million |hundred )*(?:yuan|rmb|wan|dollars|[百千万亿]?元))"
    r"|\b(?:target|planned|actual|total|expected) number of|\bhow (?:long|far|wide|deep)\b"
    r"|多[长远宽深重]|(?:几|多少)(?:分钟|小时)"
    r"|(?:有|共|涉及|包括|包含)了?(?:几|多少)[个项家层辆台套间栋座部所户场](?![百千]?[万亿])|人次|人数"
    r"|(?:几|多少)[站期部篇件条册集首幅头株棵盏根把架艘支张幢栋副批届班节课例起宗封通遍轮趟名位](?![钱元])|(?:几|多少)(?:平方米|公里|公顷|亩|吨)|(?:几|多少)[名个位]?(?:学生|教师|老师|职工|员工|干部|病人|患者)",
    re.I,
)


def counting(case: Case) -> Iterator[Doubt]:
    """Money where a number of things is asked for."""
    quantity = case.result.quantity
    asked = _COUNT_ASKED.search(case.text)
    if asked and quantity is not None and quantity.unit.is_money and isinstance(case.core, (Lookup, Breakdown)):
        yield Doubt("unit", asked.group())


_PROJECTS = re.compile(r"项目|\bprojects?\b", re.I)


def projects(case: Case) -> Iterator[Doubt]:
    """The total of everything where that of projects is asked for."""
    plan = case.core
    asked = _PROJECTS.search(case.text)
    told = any(_PROJECTS.search(t) for t in (*case.told.names, *case.told.texts))
    item = plan.item if isinstance(plan, Lookup) else plan.members.item if isinstance(plan, Rank) else None
    if asked and item is not None and item.total is not None and not told:
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
    hits = case.hits
    if not case.told.described or len(hits) != 1 or case.language is not Language.ZH:
        return
    own = label_key("".join((hits[0].fact.label, *case.told.agencies)))
    chapter = "".join(label_key(t) for t in case.told.described)
    if not any(pair in chapter and pair not in own for pair in content_pairs(case.linked, NOTHING)):
        yield Doubt("words", hits[0].fact.label)


_OF_EACH = re.compile(
    r"每一?(?:个?(?:学生|孩子|老人|居民|病人|村|社区|学校)|人次|[人餐户亩辆次名位台套件份张间床])(?!均)"
)
_TELLS_EACH = re.compile(r"每|[/／]|均|标准|单价")


def each(case: Case) -> Iterator[Doubt]:
    """A whole sum where what one takes is asked for: the yearly budget of school meals to "每餐补几块钱"."""
    asked = _OF_EACH.search(case.text)
    if asked is None or not isinstance(case.core, (Lookup, Target)) or not case.result.evidence:
        return
    unit = case.result.quantity.unit.symbol if case.result.quantity is not None else ""
    if not any(_TELLS_EACH.search(text) for text in (*case.told.names, *case.prose_sentences, unit)):
        yield Doubt("operation", asked.group())


_STANDARD = re.compile(r"标准|[每人户]均|每[人户月年亩次天吨个名]|单价|单位成本")
_ASKS_STANDARD = re.compile(r"标准|[每一][人户月年亩次天吨个名位台套件份]|均|单价|单位成本|多[少大高]?一")


def standard(case: Case) -> Iterator[Doubt]:
    """What one gets where nothing of the kind is asked for: 标准由每户2.4万元 for the money set aside."""
    hits = case.hits
    if case.language is not Language.ZH or len(hits) != 1 or not isinstance(case.core, Lookup):
        return
    told = _STANDARD.search(label_key("".join(hits[0].fact.row_path)))
    quantity = case.result.quantity
    if told and quantity is not None and quantity.unit.is_money and not _ASKS_STANDARD.search(case.text):
        yield Doubt("operation", case.text)


_THAN_YEAR = re.compile(
    r"\bthan (?:in |for |that of )?(?:the )?(?:(?:19|20)\d\d|last year|(?:previous|prior|preceding) year|year before)"
    r"|[比较](?:上年|去年|上一年|(?:19|20)\d\d年)",
    re.I,
)


def since(case: Case) -> Iterator[Doubt]:
    """Two items of one year set against each other where they are to be compared with another year."""
    asked = _THAN_YEAR.search(case.text)
    plan = case.core
    if asked is None or not isinstance(plan, Difference):
        return
    items = [side.item.names for side in (plan.left, plan.right) if isinstance(side, Lookup)]
    if len(items) == 2 and items[0] != items[1]:
        yield Doubt("operation", asked.group())


_BRACKET_BEHIND = re.compile(r"[(（][^()（）]*[)）]$")
_COUNTER_ASKED = re.compile(r"(?:几|多少)([层分辆台套户场])(?![之钱])")


def counters(case: Case) -> Iterator[Doubt]:
    """A count in another unit than the one asked for: 1 个 to "多少分"."""
    asked, quantity = _COUNTER_ASKED.search(case.text), case.result.quantity
    if asked is None or quantity is None or isinstance(case.plan, (Count, Filter)):
        return
    ranked_money = isinstance(case.plan, Rank) and quantity.unit.is_money
    named = "".join(m.group() for h in case.hits if (m := _BRACKET_BEHIND.search(h.fact.label)))  # 车辆(台、辆)
    if (quantity.unit.dimension is Dimension.COUNT or ranked_money) and asked[1] not in quantity.unit.symbol + named:
        yield Doubt("unit", asked.group())


_COUNTED_IN_WAN = re.compile(r"(?:几|多少)万(?=[客人次户亩吨件株只头家座册])")


def counts_in_money(case: Case) -> Iterator[Doubt]:
    """Money where things are counted by the ten thousand: 多少万客."""
    asked, quantity = _COUNTED_IN_WAN.search(case.text), case.result.quantity
    if asked is not None and quantity is not None and quantity.unit.is_money:
        yield Doubt("unit", asked.group())


_PERSON = "人"
_MANY = re.compile(
    r"\bhow many (?:\w+[- ]){0,3}?(\w+) "
    r"(?:will|would|are|is|were|was|should|must|does|do|did|has|have|had|to|need)\b",
    re.I,
)


def noun(case: Case) -> Iterator[Doubt]:
    """Schools where teachers are asked for: an indicator that bears no Chinese word for the English noun counted.

    Of people, the project or its goal may say who is counted (农村妇女, for an indicator 筛查人数).
    """
    asked = _MANY.search(case.text)
    units = counting_units(stem(asked[1])) if asked else ()
    words = (*chinese_for(stem(asked[1])), *units) if asked else ()
    people = _PERSON in units
    borne = [label_key(t.name + t.unit + _who(t, people)) for t in case.indicators]
    if borne and words and not any(word in text for word in words for text in borne):
        yield Doubt("unit", asked[1] if asked else "")


def _who(indicator: Indicator, people: bool) -> str:
    """What beside an indicator's name may say whom it counts, where people are counted and asked for."""
    return f"{indicator.project}{indicator.goal or ''}" if people and _PERSON in indicator.unit else ""


_HOLDING = re.compile(
    r"(?:现有|拥有|保有|共有|有)(?:几|多少)[辆台套]|\bhow many \w+(?: \w+)? (?:does|do) .*\b(?:have|own)\b", re.I
)


def holding(case: Case) -> Iterator[Doubt]:
    """Things to be bought where things held are asked for: 购置公务用车 0 辆."""
    asked = _HOLDING.search(case.text)
    hits = case.hits
    bought = bool(hits) and all("购置" in "".join(h.fact.row_path) for h in hits)
    if asked and bought and not _BUYING.search(case.text) and isinstance(case.plan, (Lookup, Read)):
        yield Doubt("operation", asked.group())


_FIRST_NOUN = re.compile(r"\bhow many (\w+(?: \w+){0,3})\b(?! (?:yuan|percent))", re.I)


def first_noun(case: Case) -> Iterator[Doubt]:
    """A count read from prose, or in another unit, that says nothing of the English noun right behind "how many"."""
    asked = _FIRST_NOUN.search(case.text)
    if asked is None or case.language is not Language.EN:
        return
    units = [unit for word in asked[1].split() for unit in counting_units(stem(word))]
    told = [i.unit for i in case.indicators]
    counted = bool(counting_units(stem(asked[1].split()[0])))
    if counted and told and not any(unit in u or u in unit for unit in units for u in told if u):
        yield Doubt("unit", asked[1])
    words = [c for word in asked[1].split() for c in chinese_for(stem(word))] + units
    words += told_for(asked[1], Language.EN)
    hits = case.hits
    prose = isinstance(case.plan, Read) and bool(hits)
    borne = "".join(label_key(t) for h in hits for t in (*h.fact.row_path, clause_of(h), str(h.fact.unit.unit or "")))
    if prose and not any(w in borne for w in words):
        yield Doubt("unit", asked[1])


_WHY = re.compile(r"为什么|为何|为啥|缘何|原因|\bwhy\b|\breasons?\b", re.I)
_BECAUSE = re.compile(r"因|由于|为了|主要是|需要|根据|按照|\bbecause\b|\bdue\b|\bowing\b|reason", re.I)


def because(case: Case) -> Iterator[Doubt]:
    """A passage that gives no reason where one is asked for."""
    asked = isinstance(case.plan, Read) and _WHY.search(case.text)
    if asked and case.quotes and not any(_BECAUSE.search(q.text) for q in case.quotes):
        yield Doubt("operation", case.text)


_HELD = re.compile(r"(?:一共|总共|现|共)有(?:多少|几)")
_STOCK = re.compile(
    r"\bhow many [\w -]+? (?:does|do) (?:the|this|it|they)\b[\w' -]*? (?:have|own|employ)"
    r"(?: (?:now|currently|in total|altogether|in all|overall))?\W*$",
    re.I,
)


def scant(case: Case) -> Iterator[Doubt]:
    """A figure found by the noun of a body inside a label, as inside others; a goal of one project for a stock."""
    plan = case.core
    if isinstance(plan, Target) and (_STOCK.search(case.text) or (not plan.projects and _HELD.search(case.text))):
        yield Doubt("unit", case.text)
    if not isinstance(plan, Lookup) or case.language is not Language.ZH:
        return
    used = case.used(plan.item.names)
    said = label_key(plan.item.said)
    if used is None or used.how is not How.CONTAINED or not is_body(said):
        return
    own = label_key(used.text)
    others = (label_key(r.hit.fact.label) for r in case.result.alternatives)
    if any(said in o and o != own for o in others):  # 学校 in 特殊学校教育 and others
        yield Doubt("name", plan.item.said)


_CODE = re.compile(r"(?<![\d.])(?<!\d,)\d{5}(?:\d\d)?(?!\d|[,.]\d|\s*(?:[万亿元个人%]|年(?![初末底度]))| yuan)")


def codes(case: Case) -> Iterator[Doubt]:
    """A classification's code that no cell of the evidence bears."""
    told = {h.fact.code for h in case.hits}
    text = "\n".join(case.told.texts)
    exact = [m for m in case.linked.mentions if m.best.how is How.EXACT]
    names = [m for m in exact if label_key(m.best.label.text) in label_key(text)]
    by_code = (m for m in case.linked.mentions if m.best.how is How.CODE)
    coded = [m for m in by_code if any(label_key(c.label.text) in label_key(text) for c in m.candidates)]
    for match in _CODE.finditer(case.text):
        code = match.group()
        beside = any(match.end() == m.start for m in names)  # 2120501城乡社区环境卫生 in a table without codes
        beside = beside or any(m.start <= match.start() < m.end for m in coded)
        if code not in text and not beside and not any((t or "").startswith(code) for t in told):
            yield Doubt("words", code)
            return


_MOST = re.compile(r"\b(?:largest|biggest|highest|greatest|costliest|most expensive)\b|最[多大高贵]", re.I)
_LEAST = re.compile(r"\b(?:smallest|lowest|cheapest|least expensive|fewest)\b|最[少小低]", re.I)


def ends(case: Case) -> Iterator[Doubt]:
    """One end of a ranking where both are asked for: "the biggest project and the smallest"."""
    plan = case.core
    most, least = _MOST.search(case.text), _LEAST.search(case.text)
    if isinstance(plan, Rank) and most and least:
        yield Doubt("operation", f"{most.group()}、{least.group()}")
