"""Doubts about answers over sets: a condition that was dropped, a set of one, the wrong sort of member."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from ingest.corpus import FactHit, Held, LabelKind
from ingest.records import Indicator
from ingest.units import Dimension
from qa.case import Case, Doubt, walk
from qa.grades import grade_phrase
from qa.keys import label_key
from qa.plan import Average, Count, Filter, Group, Item, Lookup, Members, Rank, Read, Target
from qa.question import How, Language, Mention, NumberInQuestion
from qa.result import Evidence, Quote
from qa.roles import Role, plays
from qa.told import names_of
from qa.unexplained import names_no_thing, unexplained

CERTAIN = 0.97  # … and this sure what figure
LEAST_MEMBERS = 2
SURE = 0.9  # a name this sure says which members are meant
_WAN = Decimal(10_000)
_NARROWING = (LabelKind.ITEM, LabelKind.PROJECT, LabelKind.COLUMN, LabelKind.ORGANISATION)
_VAGUE = (How.CONTAINED, How.FUZZY, How.EMBEDDING, How.WORDS)


def members_of(case: Case) -> Members | None:
    """The set that a plan runs over; None for plans over named things."""
    return next((n for n in walk(case.plan) if isinstance(n, Members)), None)


def narrowed(case: Case) -> Iterator[Doubt]:
    """A name that says which members are meant and that not all members bear: 科研专项的项目 out of all projects."""
    members = members_of(case)
    if members is None or members.group in (Group.INDICATORS, Group.UNITS):
        return
    evidence = [line.evidence for line in case.result.lines] or list(case.result.evidence)
    used = frozenset(k for item in walk(case.plan) if isinstance(item, Item) for k in _names_of(item))
    used |= {label_key(n) for n in members.without} | set(members.written)
    settled = [m for m in case.linked.mentions if m.kind is LabelKind.AGENCY or _is_used(m, used)]
    for mention in case.linked.mentions:
        free = not any(mention.start < s.end and s.start < mention.end for s in settled)
        free = free and not names_no_thing(mention, case.text)
        if free and _narrows(mention) and not _is_whole(mention) and not all(_bears(e, mention) for e in evidence):
            yield Doubt("words", mention.text)
            return


def _narrows(mention: Mention) -> bool:
    return mention.kind in _NARROWING and mention.best.score >= SURE and mention.best.how not in _VAGUE


def _is_whole(mention: Mention) -> bool:
    """Whether a name is that of a grand total, or of a total's column."""
    text = mention.best.label.text
    return any(plays(role, text) for role in (Role.EXPENDITURE, Role.REVENUE, Role.TOTAL_ROW, Role.TOTAL_COLUMN))


def _names_of(item: Item) -> Iterator[str]:
    names = (*(n.text for n in item.names), *item.columns, *item.parents, *item.sources, *item.scope.organisations)
    yield from item.codes
    yield from map(label_key, names)


def _is_used(mention: Mention, used: frozenset[str]) -> bool:
    """Whether the plan holds one of a mention's labels, or a word of it (货物类 for the parent 一、货物)."""
    keys = {key for c in mention.candidates for key in (label_key(c.label.text), *c.label.codes)}
    said = label_key(mention.text)
    pairs = {said[i : i + 2] for i in range(len(said) - 1)}
    return any(k in u or u in k for k in keys for u in used if u) or any(p in u for p in pairs for u in used)


def _texts_of(evidence: Evidence) -> Iterator[str]:
    yield from names_of(evidence)
    if isinstance(evidence, FactHit):
        yield from (evidence.table_title or "", evidence.fact.sentence or "")
    elif isinstance(evidence, Quote):
        yield from (evidence.text, evidence.table or "")


def _bears(evidence: Evidence, mention: Mention) -> bool:
    text = "\n".join(label_key(t) for t in _texts_of(evidence))
    return any(label_key(c.label.text) in text for c in mention.candidates) or label_key(mention.text) in text


def ungraded(case: Case) -> Iterator[Doubt]:
    """A grade that is asked for and that the set does not have to bear: all projects for those that are 良."""
    members, phrase = members_of(case), grade_phrase(case.text)
    if members is not None and phrase is not None and not members.graded:
        yield Doubt("words", phrase.group())


_LIMIT_BEFORE = re.compile(
    r"(?:不到|不足|超过|高于|低于|大于|小于|达到|不低于|不高于|over|under|above|below|than|least)\W*$", re.I
)
_LIMIT_AFTER = re.compile(r"^\W*(?:以上|以下|以内|之上|之下|or (?:more|less|above|below|over|under))", re.I)


def limits(case: Case) -> Iterator[Doubt]:
    """A threshold that the question sets and that neither the plan nor a cell of the evidence holds."""
    used = {v for n in walk(case.plan) for v in _numbers_of(n)}
    told = "\n".join(t.replace(",", "") for t in case.told.texts)
    for number in case.linked.numbers:
        spellings = (f"{number.value:f}", f"{number.value / _WAN:f}万")
        if _is_limit(case.text, number) and number.value not in used and not any(n in told for n in spellings):
            yield Doubt("words", case.text[number.start : number.end])
            return


def _is_limit(text: str, number: NumberInQuestion) -> bool:
    return bool(_LIMIT_BEFORE.search(text[: number.start]) or _LIMIT_AFTER.match(text[number.end :]))


def _numbers_of(node: object) -> Iterator[Decimal]:
    for name in ("threshold", "percent", "heads"):
        value = getattr(node, name, None)
        if isinstance(value, Decimal):
            yield value


def of_one(case: Case) -> Iterator[Doubt]:
    """The largest of a single member: the set was not found."""
    plan = next((n for n in walk(case.plan) if isinstance(n, Rank)), None)
    if plan is not None and case.result.values[:1] == ("1",):
        yield Doubt("operation", case.text)


_WHICH_UNIT = re.compile(
    r"(?:哪|哪一|几|各)(?:个|家|所)?(?:下属|预算|二级)*(?:单位|机构|部门|学校|医院|中学|小学|法院)|哪一?家(?!公司|企业)|谁(?:的|家)"
    r"|最[高低多少大小]的(?:下属|预算)?(?:单位|机构|部门|学校|医院)"
    r"|\bwhich (?:of the )?(?:\w+ )?(?:units?|schools?|hospitals?|courts?|centers?|centres?|bod(?:y|ies)|institutions?"
    r"|organi[sz]ations?|agenc(?:y|ies)|institutes?)\b",
    re.I,
)
_OF_UNITS = (Group.ORGANISATIONS, Group.UNITS)


def which_unit(case: Case) -> Iterator[Doubt]:
    """Items ranked or told where units are asked for."""
    asked = _WHICH_UNIT.search(case.text)
    plan = next((n for n in walk(case.plan) if isinstance(n, (Rank, Filter))), None)
    if asked and plan is not None and plan.members.group not in _OF_UNITS and not _are_units(case):
        yield Doubt("operation", asked.group())


def _are_units(case: Case) -> bool:
    """Whether every member told is an organisation's row, and not a column of the row of one."""
    told = [(line.label, line.evidence.fact) for line in case.result.lines if isinstance(line.evidence, FactHit)]
    projects = any(isinstance(n, Rank) and n.members.group is Group.PROJECTS for n in walk(case.plan))
    owned = not projects and all(f.organisation and f.organisation in f.row_path for _, f in told)
    columns = any(f.column_path and label.endswith(f" {f.column_path[-1]}") for label, f in told)
    return bool(told) and owned and not columns


_COUNTED = re.compile(r"(?:几|多少)(?:个|家|所|处|座)(单位|机构|部门|项目|学校|医院|社区|村|处室|科室)")


def counted(case: Case) -> Iterator[Doubt]:
    """A printed count of other things than those asked for: posts (编制) for units."""
    asked = _COUNTED.search(case.text)
    quantity = case.result.quantity
    if asked is None or quantity is None or not any(isinstance(n, Lookup) for n in walk(case.plan)):
        return
    if quantity.unit.dimension is not Dimension.COUNT or any(isinstance(n, Count) for n in walk(case.plan)):
        return
    if case.hits and not any(asked[1] in label_key("".join(h.fact.row_path)) for h in case.hits):
        yield Doubt("unit", asked.group())


def of_some(case: Case) -> Iterator[Doubt]:
    """A word that some members bear and others do not, over a set that is counted or averaged whole."""
    whole = next((n for n in walk(case.plan) if isinstance(n, (Count, Average))), None)
    if whole is None or whole.members is None or whole.members.group in (Group.INDICATORS, Group.UNITS):
        return
    evidence = [line.evidence for line in case.result.lines] or list(case.result.evidence)
    if len(evidence) < LEAST_MEMBERS:
        return
    counts = Counter(t for e in evidence for t in dict.fromkeys(_texts_of(e)))
    common = tuple(t for t, n in counts.items() if n == len(evidence))
    item = whole.members.item
    held_to = (*_names_of(item), *whole.members.written, *case.told.agencies)
    told = replace(case.told, names=common, texts=(*common, *held_to))
    known = {p.text for p in unexplained(case.linked, case.told)}
    left = [p.text for p in unexplained(case.linked, told) if p.text not in known]
    if left:
        yield Doubt("words", "、".join(left))


_SO_MANY = re.compile(r"\beach of (?:the|these|its) (two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\b", re.I)
_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def so_many(case: Case) -> Iterator[Doubt]:
    """A mean over other than the number of things that the question says there are."""
    asked = _SO_MANY.search(case.text)
    if asked is None or not isinstance(case.core, Average):
        return
    said = asked[1].casefold()
    number = int(said) if said.isdigit() else _NUMBERS.index(said) + 2
    if len(case.result.evidence) != number and len(case.result.lines) != number:
        yield Doubt("operation", asked.group())


_LISTED = re.compile(r"(?:哪些|哪几个|有什么|什么)(项目|单位|科室|股室|处室|部门|机构|设备)")
_WHICH = re.compile(r"(?:是|有|包括|涉及|分别是?)哪(?:几[项个家所条类]|些)[?。]?$")


def listed(case: Case) -> Iterator[Doubt]:
    """A count, or a passage on something else, where things are to be named."""
    asked = _LISTED.search(case.text)
    which = _WHICH.search(case.text)
    if which is not None and isinstance(case.core, Lookup) and not case.result.lines:
        yield Doubt("operation", which.group())
        return
    if asked is None or case.language is not Language.ZH:
        return
    quantity = case.result.quantity
    only_count = quantity is not None and quantity.unit.dimension is Dimension.COUNT and not case.result.lines
    of_units = any(isinstance(n, Members) and n.group is Group.UNITS for n in walk(case.plan))
    named = of_units or any(asked[1] in text for q in case.quotes for text in (q.text, *q.section))
    elsewhere = bool(case.quotes) and not named
    if elsewhere or (only_count and isinstance(case.plan, (Lookup, Read))):
        yield Doubt("operation", asked.group())


def aimed(case: Case) -> Iterator[Doubt]:
    """A name that the target of an indicator says nothing of: 上年结转 of a project."""
    targets = [e for e in case.result.evidence if isinstance(e, Held) and isinstance(e.record, Indicator)]
    if not targets or not isinstance(case.plan, Target):
        return
    borne = [m for m in case.linked.mentions if any(_bears(e, m) for e in targets) or m.kind is LabelKind.AGENCY]
    for mention in case.linked.mentions:
        row = mention.kind in (LabelKind.ITEM, LabelKind.COLUMN) and mention.best.score >= CERTAIN
        free = not any(mention.start < b.end and b.start < mention.end for b in borne)
        if row and free and mention.best.how not in _VAGUE:
            yield Doubt("words", mention.text)
            return


def placed(case: Case) -> Iterator[Doubt]:
    """A unit named surely of which no cell of the evidence is: the whole department's figure for one of its houses."""
    if not case.result.evidence or isinstance(case.plan, (Target, Count)):
        return
    asked = [m for m in case.linked.of_kind(LabelKind.ORGANISATION) if m.best.score >= SURE]
    others = [m for m in case.linked.mentions if m.kind is not LabelKind.ORGANISATION]
    for mention in asked:
        inside = any(o.start <= mention.start and mention.end <= o.end and _is_told(o, case) for o in others)
        restated = _RESTATED.match(case.text, mention.end) is not None
        if not inside and not restated and not any(_bears(e, mention) for e in case.result.evidence):
            yield Doubt("words", mention.text)
            return


_RESTATED = re.compile(r"[\"”']? ?[(（][一-鿿]{3}")  # "people's gym (百姓健身房)" names no sports centre


def _is_told(mention: Mention, case: Case) -> bool:
    return mention.kind is LabelKind.AGENCY or any(_bears(e, mention) for e in case.result.evidence)


_CARRIED = re.compile(r"结转|结余|carried (?:over|forward)|carry-?over", re.I)


def carried(case: Case) -> Iterator[Doubt]:
    """What was carried over asked for, and something else found."""
    asked = _CARRIED.search(case.text)
    texts = [t for e in case.result.evidence for t in names_of(e) if t]
    texts += [quote.text for quote in case.quotes]
    if asked and case.result.evidence and not any(_CARRIED.search(t) or "结余" in t for t in texts):
        yield Doubt("words", asked.group())


SET_RULES = (so_many, ungraded, placed, carried, of_some, listed, aimed, narrowed, limits, of_one, which_unit, counted)
