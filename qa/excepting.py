"""What a question leaves out ("除了办公费以外", "excluding training"): out of the question, and off the plan."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from ingest.corpus import LabelKind
from qa.calculator import Calculator
from qa.intent import mask, pattern
from qa.keys import label_key
from qa.members import children
from qa.plan import Abstain, Convert, Difference, Lack, Lookup, Members, Name, Plan, Sum
from qa.question import Linked, Mention

KINDS = (LabelKind.ITEM, LabelKind.PROJECT, LabelKind.COLUMN, LabelKind.TERM, LabelKind.ORGANISATION)


def without_excepted(linked: Linked) -> tuple[Linked, tuple[Mention, ...]]:
    """The question without what it says to leave out, blanked so that places stay; and what that is."""
    text, language = linked.question.text, linked.question.language
    named = [m for m in linked.mentions if m.kind in KINDS]
    spans = _outermost([(m.start, m.end) for m in named])
    masked = mask(text, spans)
    regions = [masked.region(m.start(), m.end()) for m in pattern("except", language).finditer(masked.text)]
    inside = [m for m in linked.mentions if any(a <= m.start and m.end <= b for a, b in regions)]
    if not inside:
        return linked, ()
    for start, end in regions:
        text = text[:start] + " " * (min(end, len(text)) - start) + text[end:]
    kept = tuple(m for m in linked.mentions if m not in inside)
    return replace(linked, question=replace(linked.question, text=text), mentions=kept), tuple(inside)


def _outermost(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans that lie in no other one and cut into none before them."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(set(spans), key=lambda s: (s[0] - s[1], s[0])):
        if all(end <= a or b <= start for a, b in kept):
            kept.append((start, end))
    return kept


def leave_out(plan: Plan, excepted: tuple[Mention, ...], calculator: Calculator) -> Plan:
    """The plan without the excepted members: off its sets, or off the figure that holds them."""
    names = tuple(dict.fromkeys(c.label.text for m in excepted for c in m.candidates if c.score >= m.best.score - 0.05))
    if isinstance(plan, Convert):
        return replace(plan, of=leave_out(plan.of, excepted, calculator))
    if isinstance(plan, Lookup):
        return _less_parts(plan, excepted, calculator)
    smaller = _on_sets(plan, names)
    return smaller if smaller is not plan else Abstain(Lack.NOT_UNDERSTOOD, tuple(m.text for m in excepted))


def _on_sets(plan: Any, names: tuple[str, ...]) -> Any:
    """The plan with the names off each of its sets; the very plan where it has none."""
    if isinstance(plan, Members):
        return replace(plan, without=names)
    if not is_dataclass(plan) or isinstance(plan, type):
        return plan
    changed = {f.name: _on_sets(v, names) for f in fields(plan) if is_dataclass(v := getattr(plan, f.name))}
    changed = {key: value for key, value in changed.items() if value is not getattr(plan, key)}
    return replace(plan, **changed) if changed else plan


def _less_parts(plan: Lookup, excepted: tuple[Mention, ...], calculator: Calculator) -> Plan:
    """The figure less those of its own parts; the figure itself where it does not hold what is left out."""
    units = tuple(m.best.label.text for m in excepted if m.kind is LabelKind.ORGANISATION)
    if units:
        return Difference(plan, Lookup(replace(plan.item, scope=replace(plan.item.scope, organisations=units))))
    held = {label_key(h.fact.label) for h in children(plan.item, calculator).hits}
    parts: dict[tuple[int, int], Plan] = {}  # one stretch may be mentioned as several kinds of label
    for mention in excepted:
        names = tuple(Name(c.label.text, c.label.kind, c.score, c.how) for c in mention.candidates)
        if any(label_key(n.text) in held for n in names):
            part = Lookup(replace(plan.item, said=mention.text, names=names, total=None, codes=(), parents=()))
            parts.setdefault((mention.start, mention.end), part)
    terms = tuple(parts.values())
    if not terms:
        return plan
    return Difference(plan, terms[0] if len(terms) == 1 else Sum(terms))
