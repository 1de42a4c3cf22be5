"""Small questions about a question: which years, which end, how many, which rows; shared by the plan builders."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.corpus import FactHit, FactQuery, LabelKind
from ingest.numbers import CHINESE_NUMERAL, parse_chinese_numeral
from ingest.records import Measure, Phase
from ingest.units import Dimension
from qa.arithmetic import TIMES
from qa.bears import clause_of
from qa.equipment import equipment_in_chinese
from qa.intent import Cue
from qa.keys import label_key
from qa.operands import Operands
from qa.plan import Direction, Item, Lookup, Name, Plan
from qa.question import How, NumberInQuestion
from qa.slot import ROWS, Slot
from qa.slotroles import lone_column, rows_of_neighbour
from qa.slots import within
from qa.target import shared
from qa.time import names_stage

_FIRST = re.compile(
    r"(?:前|top|first|largest|biggest|highest|lowest|smallest|bottom)\s*([一二三四五六七八九十两\d]+)", re.I
)
_PLACE = re.compile(
    r"(?:第|倒数第)([二三四五六七八九十\d]+)(?:多|大|高|贵|少|小|低|名|位|个)|(?:排|居|列|位居|名列)在?第([二三四五六七八九十\d]+)"
    r"|\b(second|third|fourth|fifth)[- ](?!level|tier|quarter|half|class|grade)",
    re.I,
)
_ORDINALS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5}
_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_WORD_FIRST = re.compile(
    r"(?<!of )(?<!of the )(?<!among the )(?<!between the )\b(two|three|four|five|six|seven|eight|nine|ten)\b", re.I
)
_LARGEST_N = re.compile(r"最[多大高贵少小低]的?(?:前)?([一二两三四五六七八九十\d]+)(?:个|项|家|类|种)")
_BUY = re.compile(r"(?:新|采|要|打算)?[购买]买?(?:几|多少)?[辆台套]?")  # 新买几辆车: 购置车辆
_ASIDE = re.compile(r"[（(][^（）()]*[）)]")  # 单价100万元（含）以上设备（不含车辆）
_SCORED = re.compile(r"(?:得|拿|考|打|评)[了到的]?(?:多少|几)分")  # 拿了多少分: 得分
_THRESHOLD = re.compile(r"(\d+|百|[一二五]百)万元?(?=以上|以下)")  # 50万以上: 50万元以上
QUANTITY_LIKE = 0.5  # the least likeness of a counted thing's name to the question


def rows_of(slots: Sequence[Slot]) -> list[Slot]:
    """The slots that name rows or columns, not places."""
    return [s for s in slots if not s.is_agency and not s.is_organisation and (s.has_row or s.has_column)]


_JOINING = re.compile(r"\s*(?:[、,和与跟及]|and|or|或者?|还是|以及|,\s*and)+\s*(?:the\s+)?", re.I)


def enumerated(ops: Operands) -> list[Slot]:
    """The longest run of rows that are named one after the other ("goods, works and services")."""
    runs: list[list[Slot]] = []
    for slot in rows_of(ops.ask.slots):
        between = ops.ask.text[runs[-1][-1].end : slot.start] if runs else ""
        if runs and _JOINING.fullmatch(between):
            runs[-1].append(slot)
        else:
            runs.append([slot])
    return max(runs, key=len, default=[])


def two_operands(ops: Operands, cue: Cue) -> list[Plan]:
    """Both operands: by the pattern's groups, else by the words between them; a missing row or place is borrowed."""
    whole_first = within(ops.ask.slots, cue.a) if cue.a else ()
    first = ops.without_place(whole_first)
    place = tuple(s for s in whole_first if s not in first)
    second = within(ops.ask.slots, cue.b) if cue.b else ()
    if not first or not second:
        return ops.groups("against")
    rows, other_rows = rows_of(first), rows_of(second)
    agency = [s for s in first if s.is_agency] if not any(s.is_agency for s in second) else []
    left = (*first, *(other_rows if not rows else []))
    right = (*second, *(rows if not other_rows else []), *agency)
    plans = [ops.plan_at(place, left, cue.a), ops.plan_at(place, right, cue.b)]
    beside = rows_of_neighbour(1, (first, second))
    column = lone_column(first, second)
    if beside:
        lent = [plans[0], ops.plan_at(place, (*right, *beside), cue.b)]
    elif column is not None:
        lent = [ops.plan_at(place, side if column in side else (*side, column), None) for side in (left, right)]
    else:
        return plans
    return lent if all(ops.result(p).answered for p in lent) else plans


def years_asked(ops: Operands) -> tuple[int, ...]:
    """The several years a question goes over: those it names, else (for a trend) all that are held."""
    named = ops.ask.setting.years
    if len(named) > 1:
        return named
    if any(c.intent == "trend" for c in ops.ask.cues) and len(held_years(ops)) > 1:
        return held_years(ops)
    return ()


def held_years(ops: Operands) -> tuple[int, ...]:
    """The years of the documents in question."""
    return tuple(sorted({d.identity.year for d in ops.ask.setting.documents if d.identity.year is not None}))


def by_year(ops: Operands, years: Sequence[int]) -> list[Item]:
    """The question's item once for each year."""
    item = ops.item(ops.ask.slots)
    units = item.scope.organisations
    return [replace(item, said=str(y), scope=replace(ops.ask.setting, years=(y,)).scope((y,), units)) for y in years]


def by_agency(ops: Operands) -> tuple[Item, ...]:
    """The question's item once for each agency that has it, where it asks which agency ("谁的…最多"); else none."""
    setting = ops.ask.setting
    if any(s.is_agency or s.is_organisation for s in ops.ask.slots) or not ops.ask.says("which_agency"):
        return ()
    item = ops.item(ops.ask.slots)
    items = []
    for agency in dict.fromkeys(d.identity.agency for d in setting.documents if d.identity.agency):
        own = tuple(d for d in setting.documents if d.identity.agency == agency)
        one = replace(item, said=agency, scope=replace(setting, documents=own).scope())
        if ops.result(Lookup(one)).answered:
            items.append(one)
    money = [q.unit.dimension if (q := ops.result(Lookup(i)).quantity) is not None else None for i in items]
    usual = max(money, key=money.count, default=None)
    return tuple(i for i, currency in zip(items, money, strict=True) if currency is usual)


def as_executed(ops: Operands) -> Operands:
    """The question read of final accounts first, whatever stage it names."""
    return Operands(replace(ops.ask, setting=replace(ops.ask.setting, phases=(), spent=True)), ops.calculator)


def by_phase(ops: Operands) -> tuple[Item, Item] | None:
    """The question's item as it came out and as it was budgeted, where a final account holds both.

    Where several names together have no two stages, the last one alone is tried: the others say where it is found.
    """
    ops = as_executed(ops)
    named = _without_phases(ops)
    places = [s for s in named if s.is_agency or s.is_organisation]
    rows = [s for s in named if s not in places]
    for slots in (named, [*places, *rows[-1:]]) if len(rows) > 1 else (named,):
        stages = _stages(ops, ops.item(slots))
        if stages is not None:
            return stages
    return None


def _stages(ops: Operands, item: Item) -> tuple[Item, Item] | None:
    timeless = replace(item, scope=replace(item.scope, phases=()))
    held = ops.calculator.selector.documents
    if not any(held[d].identity.phase is Phase.ACTUAL for d in item.scope.documents):
        return None
    actual = in_phase(timeless, Phase.ACTUAL)
    planned_stages = planned_items(timeless)[:: -1 if ops.says_anywhere("first_stage") else 1]
    planned = next((p for p in planned_stages if ops.result(Lookup(p)).answered), None)
    return None if planned is None else (actual, planned)


def one_beside_stages(rows: Sequence[Slot]) -> bool:
    """Whether the names are those of stages but for one: "X, 全年预算数和全年执行数差多少"."""
    return 0 < sum(names_stage(r.text) for r in rows) == len(rows) - 1


def _without_phases(ops: Operands) -> list[Slot]:
    """The slots without columns that only name a stage ("全年预算数", "支出决算")."""
    named = [s for s in ops.ask.slots if s.of(*ROWS) and not names_stage(s.text)]
    places = [s for s in ops.ask.slots if s.is_agency or s.is_organisation]
    return [*(s for s in places if s not in named), *named]


def planned_items(item: Item) -> tuple[Item, ...]:
    """The item as budgeted: with the year's changes first, then as first passed."""
    return in_phase(item, Phase.ADJUSTED), in_phase(item, Phase.BUDGET)


def in_phase(item: Item, phase: Phase) -> Item:
    """The item at one stage of the budget cycle."""
    return replace(item, scope=replace(item.scope, phases=(phase,)))


def counted_item(ops: Operands, least: float = QUANTITY_LIKE) -> Item | None:
    """A counted thing of the prose (vehicles, equipment, posts) whose name is most like the question."""
    unit = ops.ask.linked.unit
    symbol = unit.symbol if unit is not None and wants_count(ops) else ""
    scope = ops.scope(ops.ask.slots, None)
    bought = _BUY.sub("购置", ops.ask.text.replace("辆车", "车辆"))
    bought = equipment_in_chinese(ops.ask.linked) or bought
    text = label_key(_THRESHOLD.sub(_in_yuan, _SCORED.sub("得分", bought)))
    query = FactQuery(documents=scope.documents or None, measures=(Measure.QUANTITY,), from_tables=False)
    best, label = least, ""
    held = ops.calculator.corpus.facts(query)
    for hit in held:
        own = hit.fact.unit.unit
        if symbol and (own is None or not own.symbol.startswith(symbol)):
            continue
        score = shared(label_key(_ASIDE.sub("", hit.fact.label)).removeprefix("平均"), text)
        if score > best or (score == best and label and label in hit.fact.label):  # 行政编制 says more than 编制
            best, label = score, hit.fact.label
    label = label or _only_one(held, symbol, text) or _evaluated(held, text)
    name = Name(label, LabelKind.ITEM, round(best, 4), How.CONTAINED)
    return Item(label, names=(name,), scope=scope, measure=Measure.QUANTITY) if label else None


_RARE = ("批", "人次")  # units that budgets count little else in than visitors and their groups


def _only_one(held: Sequence[FactHit], symbol: str, text: str) -> str:
    """The label of the only count in a rare unit whose clause says a word of the question (接待…多少批次)."""
    if not symbol.startswith(_RARE):
        return ""
    pairs = {text[i : i + 2] for i in range(len(text) - 1)}
    fitting = [h for h in held if h.fact.unit.unit is not None and h.fact.unit.unit.symbol.startswith(symbol[:1])]
    said = [h for h in fitting if any(p in label_key(clause_of(h) + h.fact.label) for p in pairs)]
    values = {(h.fact.value, h.fact.unit.unit) for h in said if h.fact.value}
    return said[0].fact.label if len(values) == 1 else ""


_EVALUATED = re.compile(r"自评|绩效评价|评价")
_HOW_MANY_PROJECTS = re.compile(r"(?:几|多少)个?[^几多]{0,4}项目|项目[^几多]{0,6}(?:几|多少)个")
_PROJECTS_TOLD = re.compile(r"^(?:共?涉及|共|开展|组织)?(?:预算|支出)?(?:项目|项目支出)$")


def _evaluated(held: Sequence[FactHit], text: str) -> str:
    """The label under which the prose counts the projects it says were evaluated (自评…共涉及项目 7 个)."""
    kind = _EVALUATED.search(text)
    if kind is None or _HOW_MANY_PROJECTS.search(text) is None:
        return ""
    said = [h for h in held if kind.group() in (h.fact.sentence or "")]
    told = [h for h in said if _PROJECTS_TOLD.match(label_key(h.fact.label))]
    return told[0].fact.label if len({h.fact.value for h in told}) == 1 else ""


def _in_yuan(match: re.Match[str]) -> str:
    number = match[1] if match[1].isdigit() else str(_integer(match[1] if len(match[1]) > 1 else "一" + match[1]))
    return f"{number}万元"


def operand_name(ops: Operands, item: Item, items: Sequence[Item]) -> str:
    """What tells an operand from the others: its own words, or its year, organisation or agency."""
    if sum(i.said == item.said for i in items) < 2:
        return item.said
    if len({i.scope.years for i in items}) == len(items):
        return "、".join(map(str, item.scope.years))
    if len({i.scope.organisations for i in items}) == len(items):
        return "、".join(item.scope.organisations)
    held = ops.calculator.selector.documents
    return "、".join(dict.fromkeys(held[d].identity.agency or held[d].file for d in item.scope.documents))


def direction(ops: Operands) -> Direction:
    """Which end of a ranking is asked for; of changes, a fall is the least."""
    if (ops.ask.says("grown_most") or ops.ask.says("changed_most")) and ops.ask.says("fallen"):
        return Direction.LEAST
    return Direction.LEAST if ops.ask.says("least") else Direction.MOST


def place_asked(text: str) -> int | None:
    """The one place of a ranking that is asked for: 2 for "第二大", "second largest"."""
    match = _PLACE.search(text)
    if match is None:
        return None
    return _ORDINALS[match[3].casefold()] if match[3] else _integer(match[1] or match[2])


def first_asked(text: str) -> int | None:
    """How many from the top: 3 for "前三", "最多的三个", "top three"."""
    match = _FIRST.search(text) or _LARGEST_N.search(text)
    if match is not None and (number := _integer(match[1])) is not None:
        return number
    word = _WORD_FIRST.search(text)
    return _WORDS[word[1].casefold()] if word is not None else None


def _integer(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    return int(parse_chinese_numeral(text)) if CHINESE_NUMERAL.fullmatch(text) else None


def is_percent(number: NumberInQuestion) -> bool:
    """Whether a figure of the question is a percentage."""
    return number.unit is not None and number.unit.dimension is Dimension.PERCENT


def is_money(number: NumberInQuestion) -> bool:
    """Whether a figure of the question is an amount of money."""
    return number.unit is not None and number.unit.is_money


def wants_count(ops: Operands) -> bool:
    """Whether the answer is wanted in a counting unit (辆, 人, times)."""
    unit = ops.ask.linked.unit
    return unit is not None and unit.dimension is Dimension.COUNT and unit != TIMES


def wants_money(ops: Operands) -> bool:
    """Whether the question speaks of money beside its mentions."""
    unit = ops.ask.linked.unit
    return (unit is not None and unit.is_money) or ops.ask.says("price_noun")
