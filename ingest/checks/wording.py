"""Words that contradict the figures beside them, or speak of another item than the one described."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ingest.checks.compare import side, text_side
from ingest.checks.named import bare
from ingest.checks.spelling import are_variants
from ingest.checks.view import DocumentView, compact
from ingest.records import Check, Fact, Measure, Outcome, Phase, Statement

DIRECTION = "direction"
ITEM = "wrong_item"
_COMPARED = re.compile(
    r"决算数?(?P<word>大于|高于|超过|多于|小于|低于|少于|等于|持平)(?:年初|全年|调整)?预算"
    r"|决算数?(?:与|和)(?:年初|全年|调整)?预算数?(?P<level>持平|一致|相等|相同)"
)
_MORE, _LESS = frozenset(("大于", "高于", "超过", "多于")), frozenset(("小于", "低于", "少于"))
_OWN_REASON = re.compile(r"(?P<item>.+?)(?:支出)?(?:经费)?(?P<way>增加|增长|上升|减少|下降|压减|保持不变|持平)$")
_UP, _DOWN = frozenset(("增加", "增长", "上升")), frozenset(("减少", "下降", "压减"))
_LEAST_ITEM = 4
_LEVELS = (3, 5, 7)  # digits of 类, 款, 项


def directions(document: DocumentView) -> Iterator[Check]:
    """决算数大于/小于/持平预算数 against the amounts of its sentence, and reasons against the change they explain."""
    for statement in document.extract.statements:
        facts = document.sentence_facts.get(statement.id, ())
        yield from _against_budget(statement, facts)
        yield from _level(facts)
        yield from _reason_direction(statement, facts)


def misspelt_items(document: DocumentView) -> Iterator[Check]:
    """A reason that names its own item with a slip of the pen (公务车用车运行费 for 公务用车运行费)."""
    pages = {p.id: p.page for p in document.extract.passages}
    for statement in document.extract.statements:
        named, own = _named_in_reason(statement), bare(statement.label)
        if named and own not in named and named not in own and are_variants(named, own):
            page = pages.get(statement.passage)
            left, right = text_side(named, page), text_side(own, page)
            yield Check("spelling", Outcome.BROKEN, left, right, None, f"{own}: its reason spells it {named}")


def wrong_levels(document: DocumentView) -> Iterator[Check]:
    """A classification path that calls 项 what every table of the document prints as 款 or 类, and the like."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for fact in document.extract.facts:
        if fact.table is not None and fact.code and fact.code.startswith("2"):
            lengths[bare(fact.label)].add(len(fact.code))
    pages = {p.id: p.page for p in document.extract.passages}
    for statement in document.extract.statements:
        name = bare(statement.path[-1]) if len(statement.path) == len(_LEVELS) else ""
        found = lengths.get(name, set())
        if found and _LEVELS[-1] not in found and "（项）" in statement.sentence:
            left = text_side(" > ".join(statement.path), pages.get(statement.passage))
            text = f"{' > '.join(statement.path)}: {name} is a code of {min(found)} digits in the tables, not a 项"
            yield Check("item_path", Outcome.BROKEN, left, text_side("", None), None, text)


def wrong_items(document: DocumentView) -> Iterator[Check]:
    """A reason or use that names another of the document's items, or repeats word for word that of another."""
    pages = {p.id: p.page for p in document.extract.passages}
    labels = {bare(s.path[-1]): s.path for s in document.extract.statements if s.path}
    named_wrongly: set[str] = set()
    for statement in document.extract.statements:
        for named in (_named_in_reason(statement), bare(statement.use or "")) if statement.path else ():
            if named and any(_is_named(o, named) and not _related(named, statement.path, labels) for o in labels):
                named_wrongly.add(statement.id)
                yield _wrong(statement, "explained by another item", named, pages.get(statement.passage))
                break
    for statement, use in _copied_uses(document.extract.statements):
        if statement.id not in named_wrongly:
            yield _wrong(statement, "its use is that of another item", use, pages.get(statement.passage))


def _against_budget(statement: Statement, facts: Sequence[Fact]) -> Iterator[Check]:
    actuals = [f for f in facts if f.measure is Measure.AMOUNT and f.phase is Phase.ACTUAL and f.value is not None]
    budgets = [
        f for f in facts if f.measure is Measure.AMOUNT and f.phase in (Phase.BUDGET, Phase.ADJUSTED) and f.value
    ]
    match = _COMPARED.search(compact(statement.sentence))
    if match is None or len(actuals) != 1 or not budgets:
        return
    word = match["word"] or "持平"
    budget = budgets[-1]
    difference = (actuals[0].value or Decimal(0)) - (budget.value or Decimal(0))
    right = difference > 0 if word in _MORE else difference < 0 if word in _LESS else difference == 0
    came_out = Outcome.HELD if right else Outcome.BROKEN
    text = f"{' > '.join(actuals[0].row_path)}: {match[0]}, but {actuals[0].text} against {budget.text}"
    text = text if came_out is Outcome.BROKEN else text.replace(", but", ",")
    yield Check(DIRECTION, came_out, side(actuals[0]), side(budget), difference, text)


def _level(facts: Sequence[Fact]) -> Iterator[Check]:
    """持平 beside two amounts that differ."""
    for delta in (f for f in facts if f.measure is Measure.DELTA and f.value == 0):
        own = [f for f in facts if f.row_path == delta.row_path and f.value is not None]
        bases = [f for f in own if f.measure is Measure.BASE]
        nows = [f for f in own if f.measure is Measure.AMOUNT and f.year == delta.year and f.phase == delta.phase]
        if len(bases) == 1 and nows and bases[0].unit.unit == nows[0].unit.unit:
            same = any(now.value == bases[0].value for now in nows)
            text = f"{' > '.join(delta.row_path)}: said to be level, {nows[0].text} against {bases[0].text}"
            difference = (nows[0].value or Decimal(0)) - (bases[0].value or Decimal(0))
            came_out = Outcome.HELD if same else Outcome.BROKEN
            yield Check(DIRECTION, came_out, side(nows[0]), side(bases[0]), difference, text)


def _reason_direction(statement: Statement, facts: Sequence[Fact]) -> Iterator[Check]:
    """A reason that says no more than that the item itself rose, beside a figure that fell, and the reverse."""
    match = _OWN_REASON.fullmatch(compact(statement.reason or "").rstrip("。"))
    changes = [f for f in facts if f.measure in (Measure.RATE, Measure.DELTA) and f.value is not None]
    if match is None or not changes or not statement.path or not _related(bare(match["item"]), statement.path, {}):
        return
    value = changes[-1].value or Decimal(0)
    way = match["way"]
    wrong = (way in _UP and value < 0) or (way in _DOWN and value > 0)
    came_out = Outcome.BROKEN if wrong else Outcome.HELD
    text = f"{' > '.join(statement.path)}: {value:f} beside the reason {match[0]}"
    yield Check(DIRECTION, came_out, side(changes[-1]), text_side(match[0], changes[-1].page), None, text)


def _named_in_reason(statement: Statement) -> str | None:
    match = _OWN_REASON.fullmatch(compact(statement.reason or "").rstrip("。"))
    return bare(match["item"]) if match else None


def _is_named(other: str, named: str) -> bool:
    """Whether the words are another item's name, alone or behind its parents' names."""
    return len(other) >= _LEAST_ITEM and named.endswith(other) and len(named) <= len(other) + 12


def _related(named: str, path: Sequence[str], labels: dict[str, tuple[str, ...]]) -> bool:
    """Whether words are about the item itself: they hold its name, it holds them, or their longest item is its own."""
    own = bare(path[-1])
    if own in named or named in own:
        return True
    return any(named == bare(parent) for parent in path) or max(
        (label for label in labels if named.endswith(label)), key=len, default=""
    ) in (own, *(bare(p) for p in path))


def _wrong(statement: Statement, fault: str, words: str, page: int | None) -> Check:
    left, right = text_side(statement.sentence[:120], page), text_side(words, page)
    return Check(ITEM, Outcome.BROKEN, left, right, None, f"{' > '.join(statement.path)}: {fault}, {words}")


def _copied_uses(statements: Sequence[Statement]) -> Iterator[tuple[Statement, str]]:
    """One use printed for two items, with the one of them that has not a word in common with it."""
    by_use: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.use and statement.path and len(compact(statement.use)) >= 2 * _LEAST_ITEM:
            by_use[compact(statement.use)].append(statement)
    for use, found in by_use.items():
        if len({s.path for s in found}) != 2:
            continue
        shared = [_common(bare(s.path[-1]), use) for s in found]
        for statement, own in zip(found, shared, strict=True):
            if own < 2 and max(shared) >= _LEAST_ITEM:
                yield statement, use


def _common(one: str, other: str) -> int:
    """The length of the longest run of characters that two texts share."""
    best = 0
    for start in range(len(one)):
        while one[start : start + best + 1] in other and start + best < len(one):
            best += 1
    return best
