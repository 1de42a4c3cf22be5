"""The figure of a sentence that a question asks for: the one whose label and clause say the question's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.units import Dimension, Unit
from qa.prose.account import Weights, accounts
from qa.prose.asked import Asked, Term, matches
from qa.prose.shelf import ToldFigure
from qa.question import Language, Linked
from qa.reading import quantity_of
from qa.told import Told
from qa.wordtable import chinese_for

PARENT = 0.8  # weight of a word said by what the figure is a part of, not by its own clause
MARGIN = 1.05  # by how much the first has to say more than another value
LEAST_OWN = 0.4  # the least share of the question's words that the clause itself has to say
MOST_TRIED = 12
_BESIDE = 3  # characters between a question word and the word it asks of


@dataclass(frozen=True, slots=True)
class Found:
    """A figure with the weight of what its own words say of the question, and their share of all that is said."""

    figure: ToldFigure
    own: float
    share: float


def find_figure(
    linked: Linked, asked: Asked, weights: Weights, figures: Sequence[ToldFigure], told: Told
) -> Found | None:
    """The one figure that fits; None where none does or two of different values fit as well."""
    focus = focus_of(linked, asked, weights)
    fitting: list[Found] = []
    for found in sorted(_scored(asked, weights, figures), key=lambda f: -f.own)[:MOST_TRIED]:
        figure = found.figure
        near = f"{figure.own}\n{figure.above}"
        if not unit_fits(linked, figure) or not all(t.is_in(near) for t in focus) or found.share < LEAST_OWN:
            continue
        if figure.of_project and not names_project(asked, weights, figure):
            continue
        if accounts(linked, asked, told, f"{near}\n{figure.around}"):
            fitting.append(found)
    return _alone(fitting)


def _scored(asked: Asked, weights: Weights, figures: Sequence[ToldFigure]) -> Iterator[Found]:
    for figure in figures:
        own = weights.said(asked.terms, figure.own)
        if not own:
            continue
        above = weights.said([t for t in asked.terms if not t.is_in(figure.own)], figure.above)
        near = own + PARENT * above
        whole = weights.said(asked.terms, f"{figure.own}\n{figure.above}\n{figure.around}")
        yield Found(figure, near, near / whole)


def _alone(fitting: Sequence[Found]) -> Found | None:
    """The first, where no other value says nearly as much of the question."""
    if not fitting:
        return None
    first = fitting[0]
    value = quantity_of(first.figure.hit)
    others = [f for f in fitting[1:] if quantity_of(f.figure.hit) != value]
    return None if any(first.own < MARGIN * f.own for f in others) else first


def names_project(asked: Asked, weights: Weights, figure: ToldFigure) -> bool:
    """Whether the question names what a chapter on a project describes: a word of it that other figures do not say."""
    near = f"{figure.own}\n{figure.above}"
    return any(weights.of[t.said] and t.is_in(figure.around) and not t.is_in(near) for t in asked.terms)


def focus_of(linked: Linked, asked: Asked, weights: Weights) -> tuple[Term, ...]:
    """The terms nearest to the words that ask for a figure: what is asked of has to be said beside it."""
    match = next((m for m, _ in matches("figure", linked)), None)
    if match is None:
        return ()
    text = linked.question.text.casefold()
    heavy = [t for t in asked.terms if weights.of[t.said]]
    placed = [(at, t) for t in heavy if (at := text.find(t.said)) >= 0]
    after = [(at, t) for at, t in placed if 0 <= at - match.end() <= _BESIDE]
    before = [(at, t) for at, t in placed if 0 <= match.start() - at - len(t.said) <= _BESIDE]
    english = linked.question.language is Language.EN
    nearest = [min(after, default=None, key=lambda p: p[0]), None if english else max(before, default=None, key=lambda p: p[0])]
    return tuple(p[1] for p in nearest if p is not None)


def unit_fits(linked: Linked, figure: ToldFigure) -> bool:
    """Whether a figure is of the sort that is asked for: money, a height, a number of storeys."""
    unit = figure.hit.fact.unit.unit
    if unit is None:
        return False
    named = linked.unit
    if any(True for _ in matches("money", linked)) or (named is not None and named.is_money):
        return unit.is_money
    wanted = [told for _, told in matches("unit", linked)]
    if wanted:
        return any(unit.symbol in units for units in wanted)
    if named is not None and named.dimension is Dimension.COUNT:
        return _same_count(unit, named)
    counted = linked.question.language is Language.EN or "多少个" in linked.question.text
    return not unit.is_money and unit.dimension is Dimension.COUNT if counted else True


def _same_count(unit: Unit, named: Unit) -> bool:
    return unit.dimension is Dimension.COUNT and (unit.symbol.startswith(named.symbol) or _glossed(unit, named))


def _glossed(unit: Unit, named: Unit) -> bool:
    return unit.symbol in chinese_for(named.symbol)
