"""Amounts in prose are the amounts of the tables, and parts named in prose make up their whole."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.checks.compare import compare_equal, compare_sum, in_unit
from ingest.checks.named import Names
from ingest.checks.nearness import is_digit_slip, is_slip
from ingest.checks.view import DocumentView, compact
from ingest.records import Check, Fact, Measure, Outcome, Phase

KIND = "prose_table"
SUM_KIND = "prose_sum"
# Wholes that are by definition made of these parts and of nothing else, as the national forms have them.
_FAMILIES: tuple[tuple[str, re.Pattern[str], tuple[re.Pattern[str], ...]], ...] = tuple(
    (kind, re.compile(whole), tuple(re.compile(p) for p in patterns))
    for kind, whole, patterns in (
        ("procurement", "采购", ("货物", "工程", "服务")),
        (SUM_KIND, "基本支出", ("人员", "公用")),
        (SUM_KIND, "三公", ("因公出国", "公务用车", "公务接待")),
        (SUM_KIND, "公务用车", ("购置", "运行")),
    )
)
_OUTCOMES = {Outcome.HELD: 0, Outcome.ROUNDING: 1, Outcome.BROKEN: 2, Outcome.NOT_APPLICABLE: 3}


def amounts_in_tables(document: DocumentView) -> Iterator[Check]:
    """Every amount of this year in prose against the table figures of the same name.

    Held when one of them is the same amount. Broken when the classification path says which rows are meant and none has
    it, or when the name does and the amount, printed in no table at all, looks like a slip of one of them.
    """
    names = Names(document)
    paths = {s.id: s.path for s in document.extract.statements}
    for statement, facts in document.sentence_facts.items():
        first = True
        for fact in facts:
            if not _is_current(fact, document):
                continue
            classified = bool(paths.get(statement)) and fact.row_path == paths[statement]
            check = _against_path(names, fact, first) if classified else _against_name(names, fact)
            first = first and not classified
            if check is not None:
                yield check


def parts_in_prose(document: DocumentView) -> Iterator[Check]:
    """Parts that prose lists under a whole (其中：…) against the whole's amount, where they are known to be all."""
    groups: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Fact]] = defaultdict(list)
    wholes: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    sections = {p.id: p.section for p in document.extract.passages}
    for fact in document.extract.facts:
        if fact.passage is None or fact.measure not in (Measure.AMOUNT, Measure.QUANTITY) or fact.value is None:
            continue
        wholes[fact.row_path].append(fact)
        if len(fact.row_path) > 1:
            groups[fact.row_path[:-1], sections.get(fact.passage, ())].append(fact)
    for (path, section), parts in groups.items():
        near = [w for w in wholes.get(path, ()) if sections.get(w.passage or "", ())[:1] == section[:1]]
        check = _sum_of_parts(near, _once_each(parts))
        if check is not None:
            yield check


def _is_current(fact: Fact, document: DocumentView) -> bool:
    """Whether a fact is an amount of the document's own year and stage, as its tables print them."""
    own = document.extract.document.identity
    return (
        fact.measure is Measure.AMOUNT
        and fact.value is not None
        and fact.year == own.year
        and fact.phase in (own.phase, Phase.UNKNOWN)
        and fact.unit.unit is not None
        and fact.unit.unit.is_money
    )


def _against_path(names: Names, fact: Fact, first: bool) -> Check | None:
    """Against the rows of a classification path; a second amount in the sentence may be a part, so it must be near."""
    candidates = _comparable(names.by_path(fact.row_path), fact)
    best = _best(fact, candidates)
    if best is None or best.outcome is not Outcome.BROKEN or first:
        return best
    return best if any(_near(fact, c) for c in candidates) else None


def _against_name(names: Names, fact: Fact) -> Check | None:
    candidates = _comparable(names.by_name(fact.row_path[-1]), fact)
    best = _best(fact, candidates)
    if best is None or best.outcome is not Outcome.BROKEN:
        return best
    if any(_agrees(fact, other) for other in names.everything):
        return None
    nothing = candidates if all(c.value == 0 for c in candidates) else []
    return _best(fact, [c for c in candidates if _near(fact, c)] or nothing)


def _comparable(candidates: Sequence[Fact], fact: Fact) -> list[Fact]:
    return [c for c in candidates if c.year in (None, fact.year) and c.phase in (Phase.UNKNOWN, fact.phase)]


def _best(fact: Fact, candidates: Sequence[Fact]) -> Check | None:
    """The comparison with the candidate that agrees best."""
    name = " > ".join(fact.row_path)
    checks = [
        c for other in candidates if (c := compare_equal(KIND, fact, other, f"{name}: prose and {_where(other)}"))
    ]
    best = min(checks, key=lambda c: (_OUTCOMES[c.outcome], abs(c.difference or Decimal(0))), default=None)
    return replace(best, table=next(c.table for c in candidates if c.id == best.right.facts[0])) if best else None


def _where(fact: Fact) -> str:
    heading = " > ".join(compact(p) for p in fact.column_path)
    return f"table {compact(fact.label)}, {heading}" if heading else f"table {compact(fact.label)}"


def _agrees(fact: Fact, other: Fact) -> bool:
    check = compare_equal(KIND, fact, other, "")
    return check is not None and check.outcome is not Outcome.BROKEN


def _near(fact: Fact, candidate: Fact) -> bool:
    amount = in_unit(candidate, fact.unit.unit)
    if amount is None or fact.value is None:
        return False
    return is_slip(fact.value, amount) or abs(fact.value - amount) <= amount / 100


def _once_each(parts: Sequence[Fact]) -> list[Fact]:
    """The first mention of each part; a part named twice with two amounts is left to the other checks."""
    return list({part.row_path: part for part in reversed(parts)}.values())[::-1]


def _sum_of_parts(wholes: Sequence[Fact], parts: Sequence[Fact]) -> Check | None:
    alike = [w for w in wholes if parts and w.unit.unit == parts[0].unit.unit and w.phase == parts[0].phase]
    if (
        not alike
        or len(parts) < 2
        or any(p.unit.unit != parts[0].unit.unit or p.phase != parts[0].phase for p in parts)
    ):
        return None
    family = _family(alike[0], parts)
    chosen = family[1] if family else list(parts)
    name = " > ".join(alike[0].row_path)
    checks = [compare_sum(family[0] if family else SUM_KIND, w, chosen, f"{name}, parts in prose") for w in alike]
    best = min(checks, key=lambda c: (_OUTCOMES[c.outcome], abs(c.difference or Decimal(0))))
    if best.outcome is not Outcome.BROKEN or family is not None:
        return best
    return best if _names_the_rest(parts) or _looks_complete(best, parts) else None


def _looks_complete(check: Check, parts: Sequence[Fact]) -> bool:
    """Whether a list misses its whole by a slip; a part as large as the whole only has the others inside it."""
    whole, total = check.left.value or Decimal(0), check.right.value or Decimal(0)
    slip = is_digit_slip(whole, total) or (len(parts) > 2 and is_slip(whole, total))
    return slip and all(p.value != whole for p in parts)


def _family(whole: Fact, parts: Sequence[Fact]) -> tuple[str, list[Fact]] | None:
    """The parts that make up a known whole (货物, 工程, 服务; 人员经费, 公用经费 …), where exactly they are listed."""
    for kind, name, patterns in _FAMILIES:
        found = [[p for p in parts if pattern.search(p.label)] for pattern in patterns]
        if name.search(whole.label) and all(len(f) == 1 for f in found) and len(parts) == len(patterns):
            return kind, [f[0] for f in found]
    return None


def _names_the_rest(parts: Sequence[Fact]) -> bool:
    """Whether a list of counts ends in 其他…, and so says that it is complete."""
    return parts[0].measure is Measure.QUANTITY and any(p.label.startswith("其他") for p in parts)
