"""Reads an English passage: a fact for every amount, change, rate, share and count in it."""

from __future__ import annotations

import re

from ingest.english import (
    counts_something,
    english_comparator,
    english_item,
    english_period,
    read_english_role,
)
from ingest.figures import FoundFigure, find_figures
from ingest.mentions import SENTENCE_END
from ingest.periods import Period
from ingest.prosefacts import Draft, Item, Reading, drafts_to_statements, sentence_fact
from ingest.records import Fact, Identity, Measure, Passage, Statement
from ingest.roles import Role
from ingest.units import Dimension, Unit, UnitReading, UnitSource

_CLAUSE = re.compile(r"[;:](?=\s)|,\s|\(|\)|\bwhile\b|\band\b(?=[^,.;]*$)")
_PART = re.compile(r"\bof\s+which\b|\bincluding\b|\bof\s+(?:this|that)\s+(?:amount|total)\b", re.IGNORECASE)
_REPEATS = re.compile(r"[\s,(]*(?:or)?\s*")  # by $5, or 2 %
_START = re.compile(r"[,;(]\s|\b(?:and|while)\s")
_LONGEST_LEAD = 500
_MAIN = (Measure.AMOUNT, Measure.QUANTITY)


def read_english_passage(passage: Passage, identity: Identity, heading: str) -> tuple[list[Statement], list[Fact]]:
    """The statements and facts of one passage; what names no item speaks of the one before, else of the heading."""
    facts: list[Fact] = []
    drafts: list[Draft] = []
    item: Item | None = None
    whole: Item | None = None
    end = 0
    for figure in find_figures(passage.text):
        after = passage.text[figure.unit_end : figure.unit_end + 80]
        if figure.threshold or not counts_something(figure, after):
            continue
        lead = SENTENCE_END.split(passage.text[max(end, figure.start - _LONGEST_LEAD) : figure.start])[-1]
        if len(lead) < figure.start - end:
            whole = None
        whole = item if _PART.search(lead) else whole
        role, spoken = _read(lead, after, figure, item, whole, heading)
        if role.measure is Measure.SHARE and facts and _REPEATS.fullmatch(lead) and facts[-1].measure is Measure.DELTA:
            role = Role(Measure.RATE, role.start, -1 if (facts[-1].value or 0) < 0 else 1)
        if not drafts or spoken.path != drafts[-1].item.path:
            drafts.append(Draft(spoken, figure.start - len(_own_words(lead))))
        drafts[-1].last = figure.unit_end
        item = spoken if role.measure in _MAIN else item or spoken
        reading = _reading(passage.text, lead, figure, role, spoken, identity)
        facts.append(sentence_fact(passage, len(facts) + 1, len(drafts), figure, reading))
        end = figure.unit_end
    return drafts_to_statements(passage, drafts), facts


def _own_words(lead: str) -> str:
    """The words of a figure's own clause."""
    starts = [match.end() for match in _START.finditer(lead)]
    words = lead[starts[-1] :] if starts and "which" not in lead else lead
    return words.lstrip(" ,;:()")


def _read(
    lead: str, after: str, figure: FoundFigure, item: Item | None, whole: Item | None, heading: str
) -> tuple[Role, Item]:
    """The role of a figure and the item it speaks of."""
    role = read_english_role(lead, figure, after)
    name = _name(lead[: role.start], after, figure, role)
    if item is not None and (name is None or (role.measure not in _MAIN and _related(name, item))):
        return role, item
    path: tuple[str, ...] = (name or heading,)
    if whole is not None and whole.label != name:
        path = (*whole.path, *path)
    return role, Item(path, unit=figure.unit)


def _name(words: str, after: str, figure: FoundFigure, role: Role) -> str | None:
    """The item named in the nearest clause before the figure, or for amounts and counts behind it."""
    clauses = [clause for clause in _CLAUSE.split(words) if clause]
    for clause in reversed(clauses[-3:] or [""]):
        name = english_item(clause, after if role.measure in _MAIN else "", figure)
        if name:
            return name
        if role.measure not in _MAIN:
            return None
    return None


def _related(name: str, item: Item) -> bool:
    """Whether a name repeats words of the item, or is a pronoun-like filler."""
    words = {word.casefold() for word in name.split()}
    return bool(words & {word.casefold() for word in item.label.split()}) or words <= {"this", "which", "it", "an", "a"}


def _reading(text: str, lead: str, figure: FoundFigure, role: Role, item: Item, identity: Identity) -> Reading:
    year, phase = english_period(lead, role, identity)
    column: tuple[str, ...] = ()
    if role.measure in (Measure.DELTA, Measure.RATE):
        comparator = english_comparator(lead + text[figure.start : figure.unit_end + 60].split(". ")[0])
        column = (comparator,) if comparator else ()
        year, phase = identity.year, identity.phase
    elif role.whole:
        column = (f"of {role.whole}",)
    unit = figure.unit or Unit(item.label, Dimension.COUNT)
    return Reading(item, role.measure, role.sign, Period(year, phase), column, UnitReading(unit, UnitSource.SENTENCE))
