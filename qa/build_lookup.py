"""Plans of questions that name a figure and ask for no operation: a figure by name, several side by side, a target."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.corpus import FactHit
from ingest.records import Measure
from ingest.units import Dimension
from qa.asked import by_year, counted_item, rows_of, wants_count
from qa.build_sets import money_of
from qa.build_values import joined_sum
from qa.build_words import asks_target, counted_in_english, indicator_target, unnamed_target
from qa.carriedover import carried_of_project
from qa.chatter import english_words
from qa.equipment import equipment_in_chinese
from qa.keys import label_key, stem
from qa.leftover import leftover
from qa.operands import Operands
from qa.plan import Abstain, Compare, DeclareNone, Difference, Item, Lack, Lookup, Plan, Trend
from qa.receptions import visitors_received


def declared_none(ops: Operands) -> Plan | None:
    """A plan for what the documents in question declare there is none of, where the question names it."""
    text = label_key(ops.ask.text)
    scope = ops.scope(ops.ask.slots, None)
    for document in scope.documents:
        for held in ops.calculator.corpus.declarations(document):
            subject = label_key(held.record.subject)
            if len(subject) > 1 and subject in text:
                return DeclareNone(Item(held.record.subject, scope=scope))
    return None


_WHOLE_FIRST = re.compile(
    r"(?:under|within|in|of|from|among|out of|as part of|for) [^,]+, *(?:how|what|which|is|are|was|were)\b", re.I
)

_GAP = re.compile(
    r"(?<![最至])[多少高低贵](?:出|了|花|用)*(?:多少|几)|相差|差多少|差额|之差|\bdifference between\b", re.I
)


def look_up(ops: Operands) -> Plan:
    """A figure by name; where counts are asked of a project, its indicator's target; several names side by side."""
    carried = carried_of_project(ops)
    if carried is not None:
        return carried
    received = visitors_received(ops)
    if received is not None:
        return received
    whole_first = _WHOLE_FIRST.match(ops.ask.text) is not None
    listed = () if whole_first else ops.groups("list_word")
    several = [p for p in listed if isinstance(p, Lookup) and (p.item.names or p.item.codes)]
    apart = len({(p.item.names, p.item.codes) for p in several}) == len(several)
    if len(several) > 1 and apart and all(ops.result(p).answered for p in several):
        if len(several) == 2 and _GAP.search(ops.ask.text):
            return Difference(several[0], several[1], absolute=True)
        return Compare(tuple(p.item for p in several))
    if len(ops.ask.setting.years) > 1:
        by_years = Trend(tuple(by_year(ops, sorted(ops.ask.setting.years))))
        if ops.result(by_years).answered:
            return by_years
    joined = joined_sum(ops)
    if joined is not None:
        return joined
    counted = counted_item(ops) if wants_count(ops) or equipment_in_chinese(ops.ask.linked) else None
    asked = indicator_target(ops) or unnamed_target(ops)
    if not rows_of(ops.ask.slots) and asked is not None and not ops.ask.says("a_sum") and ops.result(asked).answered:
        return asked
    if not rows_of(ops.ask.slots) and counted is None and not _speaks_of_total(ops):
        none = declared_none(ops)
        return none or Abstain(Lack.NOT_UNDERSTOOD, (ops.ask.text,), ops.ask.setting.scope())
    plan = ops.plan(ops.ask.slots)
    if isinstance(plan, Lookup) and (ops.ask.says("money_noun") or ops.ask.says("price_noun") or ops.ask.setting.spent):
        found = ops.result(plan).quantity
        no_money = found is None or found.unit.dimension is Dimension.COUNT
        amount = money_of(ops, plan.item) if no_money and plan.item.names else None
        if amount is not None:
            return Lookup(amount)
        if no_money and found is not None:
            plan = _in_money(ops, plan) or plan
    if counted is not None and "购置" in counted.said and "买" in ops.ask.text:
        return Lookup(counted)
    exact = isinstance(plan, Lookup) and plan.item.measure is Measure.QUANTITY and _in_asked_unit(ops, plan)
    if not exact and asked is not None and asks_target(ops, asked) and ops.result(asked).answered:
        return asked
    return Lookup(counted) if counted is not None and not exact else plan


def _in_money(ops: Operands, plan: Lookup) -> Lookup | None:
    """The look-up by the names that are no count's, where money is asked for and these have some."""
    counted = {label_key(r.fact.label) for r in ops.result(plan).evidence if isinstance(r, FactHit)}
    names = tuple(n for n in plan.item.names if label_key(n.text) not in counted)
    other = Lookup(replace(plan.item, names=names))
    found = ops.result(other).quantity if names and len(names) < len(plan.item.names) else None
    return other if found is not None and found.unit.is_money else None


def _in_asked_unit(ops: Operands, plan: Lookup) -> bool:
    """Whether a count is found, in the counting unit that is asked for (分, not 个, for "多少分") where one is."""
    found, asked = ops.result(plan).quantity, ops.ask.linked.unit
    if found is None:
        return False
    symbol = counted_in_english(ops.ask.text) if asked is None else asked.symbol
    return not symbol or not wants_count(ops) or found.unit.symbol.startswith(symbol)


_FOR_AGENCY = re.compile(r"\bfor @")  # "the budget for urban management": a matter, though an agency is called so
_OF_PARTS = frozenset({"breakdown", "rank", "compare", "filter"})
_OURSELVES = re.compile(r"\b(?:the|this|our|its) (?:\w+ )?(?:office|department|bureau|agency|unit|body)(?:'s)?\b", re.I)


def _speaks_of_total(ops: Operands) -> bool:
    """Whether a question without an item may mean the total: it speaks of money, and of nothing else unexplained."""
    text = _OURSELVES.sub(" ", ops.ask.masked.text)
    if any(c.intent in _OF_PARTS for c in ops.ask.cues) or _FOR_AGENCY.search(text):
        return False
    if wants_count(ops) or any(stem(w.casefold()) not in english_words() for w in leftover(text, ops.ask.language)):
        return False
    return ops.ask.says("money_noun") or any(s.is_organisation for s in ops.ask.slots)
