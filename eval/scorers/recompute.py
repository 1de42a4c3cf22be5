"""Recomputation: the cited cells, taken through the steps shown, give the figure shown.

Nothing of the engine's arithmetic is used: the steps are read as text and worked out again in exact fractions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from eval.question import Question
from eval.scorers.check import Check
from eval.shown import Cited, Shown
from ingest.errors import NotAFigure, UnitMismatch
from ingest.numbers import fold_width, parse_figure, printed_decimals
from ingest.units import Quantity, unit_named

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|\.\d+")
_TOKEN = re.compile(rf"\s*({_NUMBER.pattern}|[-+*/()])")
_STEP = re.compile(r"^(?P<left>[^=≠≈]+)[=≈](?P<value>[^=≠≈]+)$")
_QUANTITY = re.compile(rf"^\s*(?P<value>-?(?:{_NUMBER.pattern}))\s*(?P<unit>[^\W\d][^\d+*/=]*|%)?\s*$")
_SIGNS = str.maketrans({"×": "*", "÷": "/", "−": "-", "（": "(", "）": ")"})
_CONSTANTS = frozenset({Fraction(1), Fraction(100)})


@dataclass(frozen=True, slots=True)
class Step:
    """One equation of a calculation: the figures on its left and what they come to as written on its right."""

    operands: tuple[Fraction, ...]
    computed: Fraction
    written: Decimal
    unit: str


class NotAnEquation(ValueError):
    """A step that is words, not arithmetic."""


def recomputed(question: Question, shown: Shown) -> Check | None:
    """Every operand is cited (or comes from an earlier step or the question), every step adds up, the value follows."""
    if shown.value is None or not shown.says_something:
        return None
    known = {abs(f) for c in shown.citations for f in cited_figures(c)} | _CONSTANTS
    known |= {abs(f) for f in _figures(question.text)} | {Fraction(len(shown.citations)), Fraction(len(shown.items))}
    reached: set[Fraction] = set()
    for text in shown.steps:
        try:
            step = read_step(text)
        except NotAnEquation:
            continue
        if not _rounds_to(step.computed, step.written):
            return _broken(f"step does not add up: {text}")
        strange = [o for o in step.operands if abs(o) not in known | reached]
        if strange:
            return _broken(f"operand {float(strange[0]):g} is not cited: {text}")
        reached |= {abs(step.computed), abs(Fraction(step.written))}
    value = shown.value
    if any(_rounds_to(abs(f), abs(value)) or _rounds_to(abs(Fraction(value)), _decimal(f)) for f in reached | known):
        return Check("recomputed", True, required=False)
    if _converted(shown, value):
        return Check("recomputed", True, required=False)
    return _broken(f"{value:f} is neither cited nor computed")


def _broken(detail: str) -> Check:
    return Check("recomputed", False, detail, required=False)


def cited_figures(cited: Cited) -> Iterator[Fraction]:
    """The figure of a cited cell, or all figures of a cited sentence."""
    try:
        yield Fraction(parse_figure(cited.text))
    except NotAFigure:
        yield from _figures(cited.text)


def _figures(text: str) -> Iterator[Fraction]:
    return (Fraction(m.group().replace(",", "")) for m in _NUMBER.finditer(fold_width(text)))


def read_step(text: str) -> Step:
    """A step as an equation. Raises `NotAnEquation` for words."""
    match = _STEP.match(fold_width(text).translate(_SIGNS).strip())
    right = _QUANTITY.match(match["value"]) if match else None
    if match is None or right is None:
        raise NotAnEquation(text)
    written = parse_figure(right["value"])
    unit = (right["unit"] or "").strip()
    left = _QUANTITY.match(match["left"])
    if left is not None and left["unit"]:
        return _conversion(parse_figure(left["value"]), left["unit"], written, unit, text)
    tokens = _tokens(match["left"])
    operands = tuple(Fraction(t.replace(",", "")) for t in tokens if t[0].isdigit() or t[0] == ".")
    return Step(operands, _evaluate(tokens, text), written, unit)


def _conversion(value: Decimal, unit: str, written: Decimal, target: str, text: str) -> Step:
    before, after = unit_named(unit), unit_named(target)
    if before is None or after is None:
        raise NotAnEquation(text)
    try:
        amount = Quantity(value, before).to(after).value
    except UnitMismatch as mismatch:
        raise NotAnEquation(text) from mismatch
    return Step((Fraction(value),), Fraction(amount), written, target)


def _tokens(text: str) -> list[str]:
    tokens, at = [], 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None:
            raise NotAnEquation(text)
        tokens.append(match[1])
        at = match.end()
    return tokens


def _evaluate(tokens: list[str], text: str) -> Fraction:
    """A sum of products by recursive descent. Raises `NotAnEquation` for anything else."""
    rest = list(reversed(tokens))
    try:
        value = _sum(rest)
    except (IndexError, ValueError, ZeroDivisionError) as bad:
        raise NotAnEquation(text) from bad
    if rest:
        raise NotAnEquation(text)
    return value


def _sum(rest: list[str]) -> Fraction:
    value = _product(rest)
    while rest and rest[-1] in "+-":
        value = value + _product(rest) if rest.pop() == "+" else value - _product(rest)
    return value


def _product(rest: list[str]) -> Fraction:
    value = _atom(rest)
    while rest and rest[-1] in "*/":
        value = value * _atom(rest) if rest.pop() == "*" else value / _atom(rest)
    return value


def _atom(rest: list[str]) -> Fraction:
    token = rest.pop()
    if token == "-":
        return -_atom(rest)
    if token == "(":
        value = _sum(rest)
        if rest.pop() != ")":
            raise ValueError("unbalanced")
        return value
    return Fraction(token.replace(",", ""))


def _rounds_to(exact: Fraction, written: Decimal) -> bool:
    """Whether the written figure is the exact one, to half a unit of its last digit."""
    half = Fraction(1, 2) / 10 ** printed_decimals(written)
    return bool(abs(exact - Fraction(written)) <= half)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _converted(shown: Shown, value: Decimal) -> bool:
    """Whether the value is a cited amount in another unit of money (powers of ten apart)."""
    figures = (figure for cited in shown.citations for figure in cited_figures(cited) if figure)
    return any(_is_power_apart(figure, Fraction(value)) for figure in figures)


def _is_power_apart(figure: Fraction, value: Fraction) -> bool:
    return any(abs(value) == abs(figure) * Fraction(10) ** power for power in (-8, -6, -4, -3, -2, 3, 4, 6, 8))
