"""Figures in English sentences: what they measure and which item they speak of."""

from __future__ import annotations

import re

from ingest.figures import FoundFigure
from ingest.records import Identity, Measure, Phase
from ingest.roles import Role
from ingest.units import PERCENT

_UP = r"increas\w*|rise|rises|rose|risen|grow\w*|grew|up|higher|gain\w*|additional"
_DOWN = r"decreas\w*|declin\w*|fall|falls|fell|fallen|drop\w*|down|lower|reduc\w*|cut\w*|less"
_CHANGE = re.compile(
    rf"\b(?:an?\s+|the\s+)?(?:(?P<down>{_DOWN})|(?P<up>{_UP}))\s*(?:of|by|to|over|in)?\s*(?:about|approximately|nearly|some|or|\()?\s*$",
    re.IGNORECASE,
)
_CHANGE_AFTER = re.compile(
    rf"^\s*(?:\([^)]*\)\s*)?(?:(?P<down>{_DOWN})|(?P<up>increase|rise|growth|higher|more|above))\b", re.IGNORECASE
)
_SHARE_AFTER = re.compile(
    r"^\s*(?:of|share)\s+(?:the\s+|all\s+|its\s+)?(?P<whole>[\w\s'&-]{3,40}?)(?=[,.;:)(]|$)", re.IGNORECASE
)
_SHARE_BEFORE = re.compile(
    r"(?:account\w*\s+for|represent\w*|mak\w+\s+up|compris\w+|or|\()\s*(?:about|nearly)?\s*$", re.IGNORECASE
)
_BASE = re.compile(
    r"\b(?:from|compared\s+(?:with|to)|against|over)\s+(?:the\s+)?(?:(?:prior|previous|last)[\s-]year\s+)?[\w\s-]{0,24}?$",
    re.IGNORECASE,
)
_COMPARATOR = re.compile(
    r"\b(?:over|from|than|compared\s+(?:with|to)|against)\s+(?:the\s+)?(?P<period>(?:FY\s?|fiscal\s+year\s+)?\d{4}(?:[\w\s-]{0,20})?"
    r"|(?:prior|previous|last)[\s-]year(?:[\w\s-]{0,20})?)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:FY\s?|fiscal\s+year\s+)?'?((?:19|20)\d{2})\b", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:is|are|was|were|(?<=\w\s)total(?:s|ed|led)?|of|at|to|amounts?|will|has|have|had|receives?|includes?|including|provides?|projects?|costs?|for|by|with)\b.*$",
    re.IGNORECASE,
)
_EQUATED = re.compile(
    r"\b(?:is|are|was|were)\s+(?P<name>[A-Z][\w'&-]*(?:\s+(?:[A-Z][\w'&-]*|and|of))*)\s*,?\s*(?:at|with)?\s*$"
)
_IN_BUDGET = re.compile(r"\s+in\s+the\s+(?:\w+\s+)?budget\b.*$", re.IGNORECASE)
_LEADING = re.compile(
    r"^(?:of\s+which|of\s+this|of\s+that|the|an?|and|in|for|this\s+year'?s?|our|its|total\s+(?=of)|while|with|FY\s?\d{2,4}|fiscal\s+year\s+\d{4}"
    r"|(?:19|20)\d{2}|proposed|adopted|recommended|approved|includes?|including|allocates?|provides?)\b[\s,:]*",
    re.IGNORECASE,
)
_NOUN_AFTER = re.compile(
    r"^\s+(?:is\s+|are\s+|was\s+|were\s+)?(?:for|in|to|on)\s+(?:the\s+)?(?P<noun>[A-Za-z][\w\s'&-]{2,40}?)"
    r"(?=\s+(?:and|which|that|is|are|was|in\s+FY)\b|[,.;:()]|$)"
)
_COUNTED = re.compile(
    r"^\s+(?P<noun>(?:[a-z-]+\s+){0,2}(?:vehicles?|cars|buses|trucks|employees|positions|staff|people|residents|programs?|projects?"
    r"|offices|students|teachers|schools|officers|units|beds|sites|ftes?|departments|agencies))\b",
    re.IGNORECASE,
)


def counts_something(figure: FoundFigure, after: str) -> bool:
    """Whether a bare number is a count of something budgets count (12 vehicles)."""
    return figure.unit is not None or _COUNTED.match(after) is not None


def is_english(text: str) -> bool:
    """Whether a passage is written in English rather than Chinese."""
    letters = sum(c.isascii() and c.isalpha() for c in text)
    chinese = sum("一" <= c <= "鿿" for c in text)
    return letters > 3 * chinese


def read_english_role(lead: str, figure: FoundFigure, after: str) -> Role:
    """The role of a figure from the words before it in its clause and those behind it."""
    rate = figure.unit == PERCENT or (figure.unit is not None and "point" in figure.unit.symbol)
    change = _CHANGE.search(lead)
    behind = _CHANGE_AFTER.match(after)
    match = change or behind
    if match:
        start = change.start() if change else len(lead)
        return Role(Measure.RATE if rate else Measure.DELTA, start, -1 if match["down"] else 1)
    share = _SHARE_AFTER.match(after)
    if rate and (share or _SHARE_BEFORE.search(lead)):
        before = _SHARE_BEFORE.search(lead)
        whole = share["whole"].strip() if share else None
        return Role(Measure.SHARE, before.start() if before else len(lead), whole=whole)
    base = _BASE.search(lead)
    if base and not rate:
        return Role(Measure.BASE, base.start())
    money = figure.unit is not None and figure.unit.is_money
    return Role(Measure.AMOUNT if money else Measure.QUANTITY, len(lead))


def english_item(lead: str, after: str, figure: FoundFigure) -> str | None:
    """The item named before a figure (Total revenue is …) or, for counts and allotments, behind it."""
    counted = _COUNTED.match(after) if figure.unit is None else None
    if counted:
        return counted["noun"]
    before = _named(lead)
    if before:
        return before
    behind = _NOUN_AFTER.match(after)
    return behind["noun"].strip() if behind else None


def _named(words: str) -> str | None:
    equated = _EQUATED.search(words)
    if equated:
        return equated["name"].strip()
    text = _COMPARATOR.sub("", words).strip(" ,;:()")
    text = _IN_BUDGET.sub("", _VERB.sub("", text)).strip(" ,;:()")
    previous = None
    while previous != text:
        previous, text = text, _LEADING.sub("", text).strip(" ,;:()")
    return text if 3 <= len(text) <= 60 and re.search(r"[A-Za-z]{3}", text) else None


def english_comparator(sentence: str) -> str | None:
    """over FY2023, than the prior year: what a change is measured against."""
    found = list(_COMPARATOR.finditer(sentence))
    return found[-1].group().strip() if found else None


def english_period(lead: str, role: Role, identity: Identity) -> tuple[int | None, Phase]:
    """The year and phase that the words before a figure give it, else the document's."""
    words = lead if role.measure is Measure.BASE else _COMPARATOR.sub("", lead)
    years = [int(match[1]) for match in _YEAR.finditer(words)]
    phase = identity.phase
    if re.search(r"\bactual\w*|\bspent\b", words, re.IGNORECASE):
        phase = Phase.ACTUAL
    elif re.search(r"\brevised|\bamended", words, re.IGNORECASE):
        phase = Phase.ADJUSTED
    elif re.search(r"\bbudget", words, re.IGNORECASE):
        phase = Phase.BUDGET
    return (years[-1] if years else identity.year), phase
