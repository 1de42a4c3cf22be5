"""Changes over time: growth printed or computed, the year before derived, figures of several years side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from ingest.corpus import FactHit, FactQuery
from ingest.errors import FigureError
from ingest.numbers import printed_decimals
from ingest.records import Measure, Phase
from ingest.units import PERCENT, Quantity
from qa.arithmetic import divide, in_one_unit, shown
from qa.keys import label_key
from qa.lookup import answer_item, missing
from qa.plan import Growth, Item, Prior, Total, Trend, Wanted
from qa.reading import quantity_of, rounded, same_figure
from qa.result import Evidence, Line, Note, Result, Status
from qa.select import same_total

if TYPE_CHECKING:
    from qa.calculator import Calculator

_OWN_BUDGET = re.compile(
    r"(?:[与比较和同]|大于|小于|高于|低于|多于|少于|超过|等于)?(?:年初|全年|调整后?)?的?预算(?:数|安排)?"
)
_MEASURE = {Wanted.RATE: Measure.RATE, Wanted.DELTA: Measure.DELTA}
_OF_A_FUND = re.compile(r"财政拨款|一般公共预算|政府性基金")
_OF_THE_YEAR = {Total.REVENUE: ("本年收入合计", "本年收入"), Total.EXPENDITURE: ("本年支出合计", "本年支出")}
CLOSE = Decimal("0.051")  # points by which a printed rate may miss its recomputation before it is remarked on


@dataclass(frozen=True, slots=True)
class Spoken:
    """The figures of one sentence about one item."""

    amount: FactHit | None = None
    base: FactHit | None = None
    delta: FactHit | None = None
    rate: FactHit | None = None


def run_growth(plan: Growth, calculator: Calculator) -> Result:
    """The printed change where the document states it, else the change between two cited figures."""
    if plan.base_year is not None:
        computed = computed_growth(plan, calculator)
        return computed if computed.answered else printed_growth(plan, calculator) or computed
    printed = printed_growth(plan, calculator)
    if printed is not None:
        return printed
    computed = computed_growth(plan, calculator)
    if computed.answered or plan.wanted is Wanted.RATE:
        return computed
    return printed_growth(replace(plan, wanted=Wanted.RATE), calculator) or computed


def printed_growth(plan: Growth, calculator: Calculator) -> Result | None:
    """The rate or amount of change as a sentence states it, checked against its own base; None without one."""
    hit = find_spoken(plan.item, _MEASURE[plan.wanted], calculator)
    if hit is None:
        return derived_growth(plan, calculator)
    spoken = sentence_of(hit, calculator)
    quantity = quantity_of(hit)
    if quantity is None:
        return None
    notes = (*disagreement(spoken), *direction_note(plan, quantity))
    shown_value = Quantity(-quantity.value, quantity.unit) if plan.falling and quantity.value < 0 else quantity
    evidence: tuple[Evidence, ...] = (hit, *(h for h in (spoken.amount, spoken.delta, spoken.rate) if h and h != hit))
    said = growth_wording(plan, quantity)
    return Result(Status.ANSWERED, said, hit.fact.label, shown_value, evidence=evidence, notes=notes,
                  steps=check_steps(spoken))  # fmt: skip


def derived_growth(plan: Growth, calculator: Calculator) -> Result | None:
    """The rate out of a sentence that states only amount and change (or the change out of amount and rate)."""
    other = find_spoken(plan.item, Measure.DELTA if plan.wanted is Wanted.RATE else Measure.RATE, calculator)
    if other is None:
        return None
    spoken = sentence_of(other, calculator)
    amount = quantity_of(spoken.amount) if spoken.amount else None
    delta = quantity_of(spoken.delta) if spoken.delta else None
    if amount is None or delta is None or spoken.delta is None or plan.wanted is Wanted.DELTA:
        return None
    (now, change), steps = in_one_unit((amount, delta))
    base = now - change
    rate = Quantity(divide(change.value * 100, base.value), PERCENT)
    steps = (*steps, f"{now.value:f} - ({change.value:f}) = {base.value:f} {base.unit}",
             f"{change.value:f} ÷ {base.value:f} × 100 = {shown(rate.value):f} %")  # fmt: skip
    evidence = tuple(h for h in (spoken.amount, spoken.delta) if h is not None)
    said = growth_wording(plan, rate)
    given = Quantity(-rate.value, rate.unit) if plan.falling and rate.value < 0 else rate
    return Result(Status.ANSWERED, said, other.fact.label, given, evidence=evidence, steps=steps)


def computed_growth(plan: Growth, calculator: Calculator) -> Result:
    """The change between the figures of two years, each looked up in the documents."""
    now = answer_item(plan.item, calculator)
    if now.quantity is None:
        return now
    before = value_before(plan.item, now, calculator, plan.base_year)
    if before is None and find_spoken(plan.item, _MEASURE[plan.wanted], calculator) is None:
        before = base_told(plan.item, now, calculator)
    if before is None or before.quantity is None:
        return Result(Status.ABSTAINED, "abstain.no_base", now.label, values=(now.label,), evidence=now.evidence)
    now = in_same_table(plan.item, now, before, calculator)
    if now.quantity is None:
        return Result(Status.ABSTAINED, "abstain.no_base", now.label, values=(now.label,), evidence=now.evidence)
    (a, b), steps = in_one_unit((now.quantity, before.quantity))
    delta = a - b
    steps = (*steps, f"{a.value:f} - {b.value:f} = {delta.value:f} {delta.unit}")
    value = delta
    if plan.wanted is Wanted.RATE:
        value = Quantity(divide(delta.value * 100, b.value), PERCENT)
        steps = (*steps, f"{delta.value:f} ÷ {b.value:f} × 100 = {shown(value.value):f} %")
    since, until = _year_label(before), _year_label(now)
    apart = since.isdigit() and until.isdigit() and int(until) - int(since) != 1
    said = growth_wording(plan, value) + (".since" if apart else "")
    if plan.falling and value.value < 0:
        value = Quantity(-value.value, value.unit)
    lines = tuple(Line(_year_label(r), r.quantity, r.evidence[0]) for r in (before, now))
    status = Status.AMBIGUOUS if Status.AMBIGUOUS in (now.status, before.status) else Status.ANSWERED
    evidence = (*now.evidence, *(e for e in before.evidence if e not in now.evidence))
    steps = (*before.steps, *steps)
    return Result(status, said, now.label, value, lines, evidence, steps, notes=now.notes, values=(since,))


def in_same_table(item: Item, now: Result, before: Result, calculator: Calculator) -> Result:
    """This year's figure out of the table that prints the year before: all spending is not compared with one fund's."""
    own, other = now.evidence[0], before.evidence[0]
    if not isinstance(own, FactHit) or not isinstance(other, FactHit):
        return now
    apart = own.document == other.document and own.fact.table is not None and other.fact.table is not None
    if not apart or own.fact.table == other.fact.table or other.table_title is None:
        return now
    beside = answer_item(replace(item, sources=(other.table_title,)), calculator)
    return beside if beside.quantity is not None else now


def growth_wording(plan: Growth, value: Quantity) -> str:
    """The key of the sentence: rose, fell, or stayed the same."""
    way = "same" if value.value == 0 else "rise" if value.value > 0 else "fall"
    return f"growth.{plan.wanted}.{way}"


def direction_note(plan: Growth, quantity: Quantity) -> tuple[Note, ...]:
    """A remark where the asker spoke of a fall and there was a rise."""
    return (Note("it_rose"),) if plan.falling and quantity.value > 0 else ()


def base_told(item: Item, now: Result, calculator: Calculator) -> Result | None:
    """Last year's figure as a sentence on this year's puts it beside it ("比2024年预算1463.20万元有所压缩")."""
    base = find_spoken(item, Measure.BASE, calculator)
    own = now.evidence[0]
    if base is None or not isinstance(own, FactHit) or quantity_of(base) is None:
        return None
    amount = sentence_of(base, calculator).amount
    if base.document != own.document or amount is None or not same_figure(amount, own):
        return None
    return Result(Status.ANSWERED, "lookup", base.fact.label, quantity_of(base), evidence=(base,))


def value_before(item: Item, now: Result, calculator: Calculator, year: int | None = None) -> Result | None:
    """The figure of the year before (or of `year`): printed in a column, a sentence or an earlier document."""
    hit = now.evidence[0]
    if not isinstance(hit, FactHit):
        return None
    document = calculator.selector.documents[hit.document]
    own = document.identity.year
    wanted = year if year is not None else None if own is None else own - 1
    if wanted is None:
        return None
    agency = document.identity.agency
    near = tuple(d.id for d in calculator.selector.documents.values() if d.identity.agency == agency)
    earlier = tuple(i for i in near if calculator.selector.documents[i].identity.year == wanted)
    same_phase = tuple(i for i in earlier if calculator.selector.documents[i].identity.phase is document.identity.phase)
    for documents in (same_phase, earlier, (hit.document,)):
        if documents:
            scope = replace(item.scope, documents=documents, years=(wanted,))
            found = answer_item(replace(item, scope=scope), calculator)
            if found.quantity is not None:
                return found
    return None


def run_prior(plan: Prior, calculator: Calculator) -> Result:
    """Last year's value: printed, or derived from this year's amount and the stated change."""
    now = answer_item(plan.item, calculator)
    printed = find_spoken(plan.item, Measure.BASE, calculator)
    if printed is not None and quantity_of(printed) is not None:
        return Result(Status.ANSWERED, "prior", printed.fact.label, quantity_of(printed), evidence=(printed,))
    before = value_before(plan.item, now, calculator) if now.quantity is not None else None
    if before is not None:
        return replace(before, said="prior")
    delta = find_spoken(plan.item, Measure.DELTA, calculator)
    spoken = sentence_of(delta, calculator) if delta is not None else Spoken()
    amount = quantity_of(spoken.amount) if spoken.amount else now.quantity
    change = quantity_of(delta) if delta is not None else None
    if amount is None or change is None or delta is None:
        return missing(plan.item)
    (a, d), steps = in_one_unit((amount, change))
    value = a - d
    if value.value == 0:  # "up from nothing" says that there was nothing, not what last year's figure was
        return missing(plan.item)
    sign = f"- {d.value:f}" if d.value >= 0 else f"+ {-d.value:f}"
    steps = (*steps, f"{a.value:f} {sign} = {value.value:f} {value.unit}")
    cited: tuple[Evidence, ...] = (spoken.amount, delta) if spoken.amount is not None else (*now.evidence, delta)
    return Result(Status.ANSWERED, "prior", delta.fact.label, value, evidence=cited, steps=steps,
                  notes=(Note("derived_base"), *disagreement(spoken)))  # fmt: skip


def run_trend(plan: Trend, calculator: Calculator) -> Result:
    """One figure a year, in year order; years without one are named."""
    results = [(item, answer_item(item, calculator)) for item in plan.items]
    found = [r for _, r in results if r.quantity is not None]
    if not found:
        return results[0][1] if results else Result(Status.ABSTAINED, "abstain.not_understood")
    lacking = tuple(str(y) for item, r in results if r.quantity is None for y in item.scope.years)
    values, _ = in_one_unit([r.quantity for r in found if r.quantity is not None])
    lines = tuple(Line(_year_label(r), q, r.evidence[0]) for r, q in zip(found, values, strict=True))
    notes = list(dict.fromkeys(n for r in found for n in r.notes if n.key != "agree"))
    if lacking:
        notes.append(Note("years_lacking", ("、".join(lacking),)))
    evidence = tuple(e for r in found for e in r.evidence)
    return Result(Status.ANSWERED, "trend", found[-1].label, found[-1].quantity, lines, evidence, notes=tuple(notes))


def _year_label(result: Result) -> str:
    hit = result.evidence[0]
    return str(hit.fact.year) if isinstance(hit, FactHit) and hit.fact.year is not None else result.label


def find_spoken(item: Item, measure: Measure, calculator: Calculator) -> FactHit | None:
    """The sentence fact of a measure about the item: by its names, else by the words the asker used."""
    if item.scope.years:
        item = replace(item, scope=replace(item.scope, years=()))
    asked = replace(item, measure=measure, columns=(), scope=replace(item.scope, phases=(), unit=None))
    for reading in sorted(calculator.selector.readings(asked), key=lambda r: _across_stages(r.hit)):
        own = _of_total(reading.hit, item, calculator) if item.total is not None else _is_named(reading.hit, item)
        if reading.quantity is not None and own and _over_years(reading.hit):
            return reading.hit
    if item.total is not None:
        return _beside_total(item, measure, calculator)
    scope = item.scope
    query = FactQuery(documents=scope.documents or None, measures=(measure,), from_tables=False)
    scored = [(closeness(item, hit), hit) for hit in calculator.corpus.facts(query) if _over_years(hit)]
    best = max(scored, key=lambda s: s[0], default=None)
    return best[1] if best is not None and best[0] >= Decimal("0.6") else None


def _beside_total(item: Item, measure: Measure, calculator: Calculator) -> FactHit | None:
    """The change in a sentence that states the very amount of a grand total, whatever it calls it (收支预算总数)."""
    whole = answer_item(item, calculator)
    own = next((e for e in whole.evidence if isinstance(e, FactHit)), None)
    if own is None or own.fact.value is None:
        return None
    query = FactQuery(documents=(own.document,), measures=(measure,), from_tables=False)
    told = [h for h in calculator.corpus.facts(query) if _over_years(h) and len(h.fact.row_path) == 1]
    same = [h for h in told if (amount := sentence_of(h, calculator).amount) and same_figure(amount, own)]
    named = _OF_THE_YEAR[item.total] if item.total is not None else ()
    same = same or [h for h in told if label_key(h.fact.label) in named]
    return min(same, key=lambda h: _OF_A_FUND.search(h.fact.label) is not None, default=None)


def _over_years(hit: FactHit) -> bool:
    """Whether a change is one from year to year, and not from the same year's budget to its final account."""
    return not any(_OWN_BUDGET.fullmatch(heading) for heading in hit.fact.column_path)


def _across_stages(hit: FactHit) -> bool:
    """Whether an account is compared with a budget, where another figure may tell the account before."""
    return hit.fact.phase is Phase.ACTUAL and any("预算" in heading for heading in hit.fact.column_path)


def _is_named(hit: FactHit, item: Item) -> bool:
    """Whether a change is told of the item itself and not of a part of what a heading names."""
    names = [label_key(n) for n in (*(n.text for n in item.names), item.said)]
    return any(overlap(label_key(hit.fact.label), name) for name in names if name)


def _of_total(hit: FactHit, item: Item, calculator: Calculator) -> bool:
    """Whether a change on a grand total is told of the very amount that the total is, and not of one fund's."""
    whole = answer_item(item, calculator)
    own = next((e for e in whole.evidence if isinstance(e, FactHit)), None)
    if own is None:
        return True
    if hit.fact.table is not None:  # a table of changes: its own amount stands in the same row
        row = calculator.corpus.facts(FactQuery(documents=(hit.document,), tables=(hit.fact.table,)))
        return any(h.fact.row == hit.fact.row and same_figure(h, own) for h in row)
    amount = sentence_of(hit, calculator).amount
    called = same_total(label_key(hit.fact.label), label_key(item.said))
    return amount is None or called or same_figure(amount, own)


def closeness(item: Item, hit: FactHit) -> Decimal:
    """How much of a sentence's label the item's names or the asker's words share: 1 is all."""
    label = label_key(hit.fact.label)
    names = [label_key(n.text) for n in item.names[:1]] + [label_key(item.said)]
    return max((overlap(label, name) for name in names if name), default=Decimal(0))


def overlap(one: str, other: str) -> Decimal:
    """The share of the longer text that is the shorter one, where it lies inside it; else 0."""
    short, long = sorted((one, other), key=len)
    return Decimal(len(short)) / len(long) if short and short in long else Decimal(0)


def sentence_of(hit: FactHit, calculator: Calculator) -> Spoken:
    """The other figures of the same statement."""
    if hit.fact.statement is None:
        return Spoken()
    query = FactQuery(documents=(hit.document,), from_tables=False, labels=(hit.fact.label,))
    kin = [h for h in calculator.corpus.facts(query) if h.fact.statement == hit.fact.statement]

    def first(measure: Measure) -> FactHit | None:
        return next((h for h in kin if h.fact.measure is measure), None)

    amounts = sorted((h for h in kin if h.fact.measure is Measure.AMOUNT), key=lambda h: h.fact.phase != hit.fact.phase)
    others = (first(Measure.BASE), first(Measure.DELTA), first(Measure.RATE))
    told = [Spoken(amount, *others) for amount in amounts] or [Spoken(None, *others)]
    agreeing = (s for s in told if recomputed_rate(s) is not None and not disagreement(s))
    return next(agreeing, told[0])  # of a budget and what was spent the one that the change is of


def check_steps(spoken: Spoken) -> tuple[str, ...]:
    """How the stated rate follows from the stated amounts, where both are there."""
    rate = recomputed_rate(spoken)
    if rate is None or spoken.amount is None or spoken.delta is None:
        return ()
    now, delta = quantity_of(spoken.amount), quantity_of(spoken.delta)
    if now is None or delta is None:
        return ()
    base = now.value - delta.value
    return (f"{delta.value:f} ÷ ({now.value:f} - ({delta.value:f})) = {delta.value:f} ÷ {base:f} = {shown(rate):f} %",)


def recomputed_rate(spoken: Spoken) -> Decimal | None:
    """The rate of growth by the sentence's own amount and change; None where that cannot be had."""
    now = quantity_of(spoken.amount) if spoken.amount else None
    delta = quantity_of(spoken.delta) if spoken.delta else None
    if now is None or delta is None or now.unit != delta.unit:
        return None
    try:
        return divide(delta.value * 100, now.value - delta.value)
    except FigureError:
        return None


def disagreement(spoken: Spoken) -> tuple[Note, ...]:
    """A remark where the printed rate is not the one its own figures give."""
    rate, printed = recomputed_rate(spoken), spoken.rate.fact.value if spoken.rate else None
    if rate is None or printed is None:
        return ()
    if abs(rounded(rate, printed_decimals(printed)) - printed) <= CLOSE:
        return ()
    return (Note("rate_disagrees", (f"{printed:f}", f"{shown(rate):f}")),)
