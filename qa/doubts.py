"""Reasons to doubt an answer: each rule compares what was asked with what the evidence bears."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.corpus import FactHit, Held, LabelKind
from ingest.records import Phase
from ingest.units import Dimension
from qa.case import Case, Doubt, Rule, walk
from qa.columndoubts import in_unlike_columns, unlike_columns
from qa.contrast import contrasted, numbered, other_acts
from qa.grades import grade_phrase
from qa.intent import mask, says
from qa.keys import is_chinese, label_key
from qa.lexicon.load import load
from qa.lookup import label_of
from qa.mismatch import (
    because,
    buying,
    codes,
    counters,
    counting,
    counts_in_money,
    described,
    each,
    ends,
    first_noun,
    holding,
    money,
    noun,
    projects,
    scant,
    since,
    standard,
    units,
)
from qa.ordinals import ordinal
from qa.plan import (
    Average,
    Breakdown,
    Compare,
    Convert,
    Count,
    Define,
    Difference,
    Explain,
    Filter,
    Growth,
    Item,
    Lookup,
    Members,
    Multiple,
    PerHead,
    Plan,
    Prior,
    Rank,
    Ratio,
    Read,
    Sum,
    Trend,
    WhatIf,
)
from qa.question import How, Language
from qa.reading import Reading, quantity_of
from qa.roles import read_table, totalled_table
from qa.rowcells import unplanned_phrase
from qa.setdoubts import SET_RULES
from qa.slots import slots_of
from qa.targetdoubts import TARGET_RULES
from qa.told import names_of
from qa.unexplained import content_pairs, unexplained

KNOWN = 0.97  # a name of the standard classifications or of the documents, said as it is written
SHORTENED = 0.95  # … and a label that only leaves out a 费 or 支出
MISSPELT = 0.85  # … and a label that the publisher spells a little otherwise
SURE_AGENCY = 0.85
SURE_NAME = 0.8  # a name less sure bears no unexplained word beside it
MANY = 2  # unexplained characters or words that outweigh one
_YEAR = re.compile(r"(?<![\d.])(?<!\d,)((?:19|20)\d\d)(?!\d|[.,]\d)")
_VAGUE = (How.CONTAINED, How.FUZZY, How.EMBEDDING)


def words(case: Case) -> Iterator[Doubt]:
    """Words of the question that nothing in the evidence bears: 无人机, "elderly care"."""
    figure = bool(case.hits) and not isinstance(case.plan, (Explain, Define))
    told = replace(case.told, texts=(*case.told.texts, *_conditions(case)))
    left = unexplained(case.linked, told, figure)
    if left:
        first = left[0]
        long = is_chinese(first.text) and len(first.text) > MANY
        opinion = case.text.rstrip("?。!").endswith("吗")  # 好吃吗 asks for no figure
        several = bool(case.result.rivals)  # the word may tell which of them is meant
        vague = several or certainty(case) < SURE_NAME  # neither the name nor the words beside it agree
        heavy = len(left) >= MANY or long or opinion or vague or any(p.weighty or case.is_known(p.text) for p in left)
        yield Doubt("words" if heavy else "word", "、".join(p.text for p in left))


def _conditions(case: Case) -> Iterator[str]:
    """What the rows of the plan's sets are held to by other cells than the figures shown."""
    for members in (n for n in walk(case.plan) if isinstance(n, Members)):
        phrases = (grade_phrase(case.text) if members.graded else None,
                   unplanned_phrase(case.text) if members.unplanned else None)  # fmt: skip
        yield from (p.group() for p in phrases if p is not None)
        yield from members.written


def names(case: Case) -> Iterator[Doubt]:
    """A known name that the evidence does not bear, answered by a name only like it: 电费 by 邮电费."""
    for item in (n for n in walk(case.plan) if isinstance(n, Item) and n.names):
        known = [n for n in item.names if n.score >= KNOWN and n.how not in _VAGUE]
        used = case.used(item.names)
        if not known or used is None or used.how not in _VAGUE or used.score >= SHORTENED:
            continue
        if used.how is How.FUZZY and used.score >= MISSPELT:
            continue
        if any(totalled_table(n.text) in case.totals for n in known):
            continue
        if not any(label_key(known[0].text) in label_key(label) for label in case.prose):
            yield Doubt("name", known[0].text)


def meaning(case: Case) -> Iterator[Doubt]:
    """A name found by its meaning alone."""
    for item in (n for n in walk(case.plan) if isinstance(n, Item) and n.names):
        used = case.used(item.names)
        if used is not None and used.how is How.EMBEDDING:
            yield Doubt("meaning", item.said)
            return


def rivals(case: Case) -> Iterator[Doubt]:
    """Another reading that bears all the question's words that the first does, and more: 工程 beside 政府采购."""
    rival = rival_of(case)
    if rival is not None:
        yield Doubt("rival", label_of(rival.hit))


def rival_of(case: Case) -> Reading | None:
    """The reading that explains more of the question's own words than the one answered, and none less."""
    first = next(iter(case.hits), None)
    plan = case.core
    if first is None or not isinstance(plan, Lookup) or case.language is not Language.ZH:
        return None
    asked = content_pairs(case.linked, case.told)
    own = _pairs_of(first) & asked
    for reading in case.result.alternatives:
        other = _pairs_of(reading.hit) & asked
        if reading.quantity != quantity_of(first) and own < other:
            return reading
    return None


def reread(case: Case) -> Plan | None:
    """The plan that looks up the better reading by its own label; None where there is none."""
    rival = rival_of(case)
    plan = case.core
    if rival is None or not isinstance(plan, Lookup):
        return None
    named = tuple(n for n in plan.item.names if n.text == rival.hit.fact.label)
    other = Lookup(replace(plan.item, names=named)) if named else None
    return replace(case.plan, of=other) if other is not None and isinstance(case.plan, Convert) else other


def _pairs_of(hit: FactHit) -> set[str]:
    keys = [label_key(n) for n in (*names_of(hit), hit.table_title or "")]
    return {k[i : i + 2] for k in keys for i in range(len(k) - 1)}


_OPERATIONS: dict[str, tuple[type, ...]] = {
    "average": (Average, PerHead),
    "difference": (Difference, Growth, Compare, Multiple, Trend, Explain),
    "share": (Ratio, Growth, WhatIf, Multiple, Explain),
    "together": (Sum, Average, Ratio, Compare, Count, Filter),
    "change": (Growth, Difference, Compare, Trend, Multiple, Explain, WhatIf, Read),
    "gap": (Difference, Growth, Compare, Multiple, Ratio, Trend, Explain, Filter),
    "who": (Explain, Define),
    "place": (Explain, Define, Read),
    "extreme": (Rank, Compare, Filter, Explain, Trend, Breakdown, Count),
}


_EACH = re.compile(r"^(?:元|万元)/[人户亩块个]")  # a unit that is told of each one: 元/人·月
_MEAN = re.compile(r"平均|[年月日人户]均")  # a figure that is a mean itself
_PART_OF = re.compile(r"占(?!比)|\b(?:share|proportion) of\b", re.I)
_SEVERAL = re.compile(r"[两二三四五六几各每]|所有|\b(?:two|three|four|five|all|both|each|every)\b", re.I)
_OF_TOTALS = frozenset({"together", "share"})  # what a printed total may tell
_OVER_SETS = frozenset({"gap", "extreme"})  # no single cell's figure, whatever it is called


def operations(case: Case) -> Iterator[Doubt]:
    """An operation that the question asks for in so many words and the plan does without."""
    done = {type(n) for n in walk(case.plan)}
    for kind, language, source in read_table("asked_operations.tsv"):
        match = re.search(source, case.text, re.I) if language == case.language else None
        if match and not done & set(_OPERATIONS[kind]) and not _is_said(match.group(), kind, case):
            yield Doubt("operation", match.group())


def _is_said(words_: str, kind: str, case: Case) -> bool:
    """Whether the evidence itself speaks of it (平均得分, 完成预算的 … %), so that looking it up is the operation."""
    if kind == "average" and any(_EACH.search(n) or _MEAN.search(n) for n in case.told.names):
        return True
    if kind in _OVER_SETS:
        return any(label_key(words_) in label_key(n) for n in case.told.texts)
    if kind in _OF_TOTALS and any(h.fact.total for h in case.hits):
        return True
    if kind == "together" and _names_one(case, words_):
        return True
    percent = case.result.quantity is not None and case.result.quantity.unit.dimension is Dimension.PERCENT
    target = any(isinstance(e, Held) for e in case.result.evidence)
    if percent and target and _PART_OF.search(case.text):  # a rate that is aimed at is no part of a sum
        return False
    return percent or any(label_key(words_) in label_key(n) for n in case.told.texts)


def _names_one(case: Case, words_: str) -> bool:
    """Whether one thing alone is spoken of, whose own total is what it adds up to (社会保障和就业支出加起来)."""
    if not isinstance(case.core, Lookup) or len(case.hits) != 1:
        return False
    named = [s for s in slots_of(case.linked) if not (s.is_agency or s.is_organisation)]
    beside = mask(case.text, [(s.start, s.end) for s in named]).text.replace(words_, " ")
    pieced = " ".join(s.text for s in named if s.names and s.names[0].how is How.WORDS)  # "goods and services" for one
    several = says("conjunction", f"{beside} {pieced}", case.language) or _SEVERAL.search(beside) is not None
    return len(named) == 1 and not several


def years(case: Case) -> Iterator[Doubt]:
    """A year of the question that no document, column or sentence of the evidence is of."""
    near = case.told.years | {y - 1 for y in case.told.years if _looks_back(case.plan)}
    lacking = [y for y in _YEAR.findall(case.text) if int(y) not in near]
    if lacking and case.told.years:
        yield Doubt("year", "、".join(lacking))


_AS_OF = re.compile(r"(?:截至|截止|\bas of\b|\bat the end of\b)\D{0,12}((?:19|20)\d\d)", re.I)


def dates(case: Case) -> Iterator[Doubt]:
    """A stock asked for at one date and told at another."""
    asked = set(_AS_OF.findall(case.text))
    told = {y for t in case.told.texts for y in _AS_OF.findall(t)}
    if asked and told and not asked & told:
        yield Doubt("year", "、".join(sorted(asked)))


def phases(case: Case) -> Iterator[Doubt]:
    """A stage of the budget cycle that is asked for and of which no cell is."""
    told = {h.fact.phase for h in case.hits}
    asked = set(case.linked.phases)
    lacking = () if asked & told or Phase.BUDGET in asked else sorted(asked)
    derived = isinstance(case.plan, Prior) and asked != {Phase.ACTUAL}  # a change of budgets tells no account
    computed = derived or isinstance(case.plan, (Growth, Explain))
    if told and Phase.UNKNOWN not in told and lacking and not computed:
        yield Doubt("phase", "、".join(lacking))


def _looks_back(plan: Plan) -> bool:
    return any(isinstance(n, (Growth, Prior, Explain, Difference)) for n in walk(plan))


_MONTH = re.compile(
    r"(?<!\d)(?:1[0-2]|[1-9])月份?|(?:上|下)?半年|(?:第?[一二三四]|[1-4q])季度|\bq[1-4]\b"
    r"|\b(?:january|february|march|april|june|july|august|september|october|november|december|quarter|half-year)\b",
    re.I,
)


def months(case: Case) -> Iterator[Doubt]:
    """A month, quarter or half-year that the evidence does not speak of."""
    text = "\n".join(label_key(t) for t in case.told.texts)
    lacking = [m for m in _MONTH.findall(case.text) if label_key(m).removesuffix("份") not in text]
    if case.language is Language.EN:
        quarters = ((m, _ORDER[m[1].casefold()]) for m in _QUARTER.finditer(case.text))
        lacking = [m.group() for m, order in quarters if f"{order}季度" not in text and m[1] not in text]
        lacking += [m for m in _HALF.findall(case.text) if "半年" not in text]
    if lacking:
        yield Doubt("month", "、".join(lacking))


_QUARTER = re.compile(r"\b(first|second|third|fourth|last|1st|2nd|3rd|4th)(?: and (?:the )?\w+)? quarters?\b", re.I)
_HALF = re.compile(r"\b(?:half[ -]year(?:ly)?|mid[ -]?year|semi-?annual)\b", re.I)
_ORDER = {"first": "一", "1st": "一", "second": "二", "2nd": "二", "third": "三", "3rd": "三"} | dict.fromkeys(
    ("fourth", "4th", "last"), "四"
)


def agencies(case: Case) -> Iterator[Doubt]:
    """An agency named surely whose documents the evidence is not from."""
    held = {label_key(a) for a in case.told.agencies}
    for mention in case.linked.of_kind(LabelKind.AGENCY):
        best = mention.best.score
        fit = {label_key(c.label.text) for c in mention.candidates if c.score >= best - 0.05}
        rivals = [m for m in case.linked.mentions if m is not mention and m.start <= mention.start < m.end]
        surer = any(m.best.score >= best for m in rivals)
        if best >= SURE_AGENCY and held and not fit & held and not surer:
            yield Doubt("agency", mention.text)


def strangers(case: Case) -> Iterator[Doubt]:
    """Operands of two agencies where the question names one at most."""
    plan = case.core
    named = {m.best.label.text for m in case.linked.of_kind(LabelKind.AGENCY)}
    if isinstance(plan, (Sum, Difference, Ratio, Multiple)) and len(case.told.agencies) > 1 and len(named) < MANY:
        one = "同一单位" if case.language is Language.ZH else "one agency"
        yield Doubt("agency", "、".join(sorted(named)) or one)


def operands(case: Case) -> Iterator[Doubt]:
    """Two operands that are one and the same cell."""
    plan = case.core
    if not isinstance(plan, (Sum, Difference, Ratio, Multiple, Average)):
        return
    if isinstance(plan, (Sum, Average)) and plan.members:
        return
    places = {_place(hit) for hit in case.hits}
    count = len(plan.terms) if isinstance(plan, (Sum, Average)) else 2
    nested = any(note.key == "nested" for note in case.result.notes)
    told = [_place(line.evidence) for line in case.result.lines if isinstance(line.evidence, FactHit)]
    twice = isinstance(plan, Sum) and len(set(told)) < len(told)  # though each cites a sentence beside its cell
    if (len(places) < count or twice) and not nested:
        yield Doubt("operands")


def _place(hit: FactHit) -> tuple[str, str]:
    return hit.document, hit.fact.id


def shares(case: Case) -> Iterator[Doubt]:
    """A share over 100 % because the part holds the whole: the two were read the wrong way round."""
    plan, quantity = case.plan, case.result.quantity
    cells = [hit.fact for hit in case.hits]
    if not isinstance(plan, Ratio) or quantity is None or quantity.value <= 100 or len(cells) < 2:
        return
    part, whole = cells[0].code, cells[1].code
    if _OF_ALL.search(case.text):
        yield Doubt("share")
        return
    of_total = cells[0].total or (isinstance(plan.part, Lookup) and plan.part.item.total is not None)
    above = bool(part and whole and whole.startswith(part))
    if of_total or above or in_unlike_columns(*case.hits[:2]) or _OF_FIRMS.search(cells[0].label):
        yield Doubt("share")


_OF_ALL = re.compile(r"\b(?:share|proportion|fraction|portion)\b|占比|比重|占.{0,12}(?:几成|多大)", re.I)
_OF_FIRMS = re.compile(r"中小|小微")  # a part of procurement, and of nothing smaller


def persons(case: Case) -> Iterator[Doubt]:
    """A single person's pay, which no budget prints."""
    text = case.text.casefold()
    for person in load().section("person"):
        said = person in text if not person.isascii() else re.search(rf"\b{re.escape(person)}\b", text) is not None
        if said and _PAY.search(text) and not any(person in t for t in case.told.texts):
            yield Doubt("person", person)
            return


_PAY = re.compile(r"工资|薪|年收入|赚|挣|奖金|salary|salaries|\bpay\b|earn|wage|bonus")
RULES: tuple[Rule, ...] = (
    words, contrasted, other_acts, numbered,
    names, meaning, rivals, units, money, codes, counting, counters, counts_in_money,
    each, standard, since, noun, projects, ends,
    buying,
    described, first_noun, because, scant, holding, operations, years, dates, phases, months, agencies, strangers,
    operands, unlike_columns,
    shares, persons, ordinal, *SET_RULES, *TARGET_RULES,
)  # fmt: skip


def doubts_of(case: Case) -> tuple[Doubt, ...]:
    """All reasons to doubt an answer, in the order of the rules."""
    return tuple(doubt for rule in RULES for doubt in rule(case))


def certainty(case: Case) -> float:
    """How surely the least sure name of the plan was matched that the evidence bears; 1 where there is none."""
    used = [case.used(i.names) for i in walk(case.plan) if isinstance(i, Item) and i.names]
    read = [n.fit for n in walk(case.plan) if isinstance(n, Read)]
    return min((*read, *(n.score for n in used if n is not None)), default=1.0)


def as_text(doubts: Sequence[Doubt]) -> str:
    """The doubts for the trace."""
    return "; ".join(f"{d.kind} {d.about}".strip() for d in doubts)
