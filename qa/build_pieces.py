"""Plans for what one piece costs: an amount over the count that the same row or sentence prints beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ingest.corpus import FactHit, FactQuery
from ingest.records import Measure
from qa.asked import rows_of
from qa.keys import label_key, stem
from qa.operands import Operands
from qa.plan import Item, PerHead, Plan, Read
from qa.question import Language
from qa.reading import quantity_of
from qa.roles import Role, plays
from qa.slot import ROWS
from qa.wordtable import counting_units

MOST_NAMES = 4
SHORTEST = 4  # characters of a name that counts may be told of under a longer one
LIKE = 0.9  # a row's name this like what was said may be the thing whose pieces are asked for
_PIECE_ZH = re.compile(
    r"(?:每|平均一|均一|一)个?(人次|批次?|场次?|人|辆|台|套|件|次|亩|户|公里|平方米|名|张|块|册|座|盏|间|头|株|棵)"
)
_PIECE_EN = re.compile(r"\b(?:per|for each|for every|each|every) (\w+)", re.I)


def per_piece(ops: Operands) -> Iterator[Plan]:
    """An amount over the number of pieces, where one figure of each is printed under one name."""
    counter = _counter(ops)
    if counter is None:
        return
    for slot in rows_of(ops.ask.slots):
        names = tuple(n for n in slot.of(*ROWS) if n.score >= LIKE)[:MOST_NAMES]
        if not names:
            continue
        item = Item(slot.text, names=names, scope=ops.scope(ops.ask.slots, None))
        labels = tuple(dict.fromkeys(n.text for n in names))
        query = FactQuery(documents=item.scope.documents, labels=labels)
        facts = (*ops.calculator.corpus.facts(query), *_counts_of(ops, item, slot.text))
        hits = [h for h, _ in ops.calculator.selector.within(item, facts)]
        yield from _over(slot.text, hits, counter)
        yield from _over_stated(ops, slot.text, hits, counter)


def _counter(ops: Operands) -> str | None:
    if ops.ask.language is Language.ZH:
        match = _PIECE_ZH.search(ops.ask.text)
        return match[1] if match is not None else None
    match = _PIECE_EN.search(ops.ask.text)
    return next(iter(counting_units(stem(match[1]))), None) if match is not None else None


def _counts_of(ops: Operands, item: Item, said: str) -> Iterator[FactHit]:
    """Counts of prose whose names hold what was said: 国内公务接待 12 批次 for 公务接待."""
    query = FactQuery(documents=item.scope.documents, measures=(Measure.QUANTITY,), from_tables=False)
    key = label_key(said)
    if len(key) >= SHORTEST:
        yield from (h for h in ops.calculator.corpus.facts(query) if key in label_key(h.fact.label))


def _over(said: str, hits: Sequence[FactHit], counter: str) -> Iterator[Plan]:
    counts = [h for h in hits if h.fact.measure is Measure.QUANTITY and _is_in(h, counter)]
    if not counts or len({quantity_of(h) for h in counts}) > 1:
        return
    amounts = [h for h in hits if _is_money(h)]
    amounts = [h for h in amounts if _beside(h, counts[0])] or [h for h in amounts if h.fact.table is None] or amounts
    if amounts and len({_in_base_units(h) for h in amounts}) == 1:
        amount, count = (Read(said, h.document, h.fact.id) for h in (amounts[0], counts[0]))
        yield PerHead(amount, by=count)


def _over_stated(ops: Operands, said: str, hits: Sequence[FactHit], counter: str) -> Iterator[Plan]:
    """The row's total over the number of pieces that the question states itself ("320套…平均一套")."""
    stated = [n for n in ops.ask.linked.numbers if n.unit is not None and n.unit.symbol.startswith(counter)]
    totals = [h for h in hits if _is_money(h) and h.fact.table is not None and _is_total(h.fact.column_path)]
    if len(stated) == 1 and len({_in_base_units(h) for h in totals}) == 1:
        yield PerHead(Read(said, totals[0].document, totals[0].fact.id), heads=stated[0].value, things=counter)


def _beside(hit: FactHit, count: FactHit) -> bool:
    """Whether an amount is of the counted row: its own total, or what prose tells under the same name."""
    a, b = hit.fact, count.fact
    if b.table is None:
        return a.label == b.label
    return (hit.document, a.table, a.row) == (count.document, b.table, b.row) and _is_total(a.column_path)


def _is_total(path: Sequence[str]) -> bool:
    return not path or any(plays(Role.TOTAL_COLUMN, p) for p in path[-1:])


def _in_base_units(hit: FactHit) -> Decimal | None:
    quantity = quantity_of(hit)
    return quantity.value * quantity.unit.scale if quantity is not None else None


def _is_in(hit: FactHit, counter: str) -> bool:
    unit = hit.fact.unit.unit
    return unit is not None and unit.symbol.startswith(counter)


def _is_money(hit: FactHit) -> bool:
    unit = hit.fact.unit.unit
    return hit.fact.measure is Measure.AMOUNT and unit is not None and unit.is_money
