"""The figure of a sentence that a question asks for: the one whose label and clause say the question's words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.records import Measure, Phase
from ingest.units import Dimension
from qa.keys import label_key, simplify
from qa.prose.account import Weights, accounts, says_names, says_numbers, says_ordinals
from qa.prose.asked import Asked, Term, matches
from qa.prose.shelf import ToldFigure
from qa.question import Language, Linked
from qa.reading import quantity_of
from qa.told import Told

PARENT = 0.8  # weight of a word said by what the figure is a part of, not by its own clause
MARGIN = 1.05  # by how much the first has to say more than another value
LEAST_OWN = 0.5  # the least share of the question's words that the clause itself has to say
MOST_TRIED = 12
_COUNTER = re.compile(r"(?:多少|几)([个家层名台辆套项处所座间部年户天次场人位])")
_COUNTED = re.compile(r"(?:多少|几)[个家名台辆套项所座间部户处位](?![呢啊呀吗了吧])([一-鿿]{1,2})")
_THING = re.compile(r"(?:多少|几)([一-鿿]{2})")  # 多少学生: a count, whatever it is counted in
_STAFF = re.compile(r"\bhow many (?:staff|employees|personnel|workers|people (?:work|are employed))\b", re.I)
_ON_STAFF = re.compile(r"在职|职工|编制|工作人员|员工|从业|实有|在编|聘用")
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
    tried = sorted(_scored(asked, weights, figures), key=lambda f: -f.own)[:MOST_TRIED]
    return _alone([f for f in tried if _fits(linked, asked, weights, focus, f, told)])


def _fits(linked: Linked, asked: Asked, weights: Weights, focus: tuple[Term, ...], found: Found, told: Told) -> bool:
    """Whether a figure is of the sort asked for and its words, with those around it, leave nothing of it open."""
    figure = found.figure
    near = f"{figure.own}\n{figure.above}"
    whole = f"{near}\n{figure.around}"
    return (
        unit_fits(linked, figure)
        and year_fits(linked, figure)
        and stage_fits(linked, figure)
        and counts_it(linked, focus, figure)
        and all(t.is_in(near) for t in focus)
        and says_ordinals(asked, figure.own)
        and says_numbers(linked, figure.own)
        and says_names(asked, whole if figure.of_project else near)
        and (found.share >= LEAST_OWN or figure.of_project)
        and (not figure.of_project or names_project(asked, weights, figure))
        and accounts(linked, asked, told, whole)
    )


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
    """The terms beside the words that ask for a figure: what is asked of has to be said beside it.

    In Chinese those right before them and, where things are counted, the name that follows; in English what follows.
    """
    match = next((m for m, _ in matches("figure", linked)), None)
    if match is None:
        return ()
    text = simplify(linked.question.text).casefold()
    heavy = [t for t in asked.terms if weights.of[t.said]]
    placed = [(at, t) for t in heavy if (at := text.find(t.said)) >= 0]
    inside = [t for at, t in placed if at < match.end() and match.start() < at + len(t.said)]
    if inside:
        return tuple(inside)
    after = [p for p in placed if 0 <= p[0] - match.end() <= _BESIDE]
    if linked.question.language is Language.EN:
        return tuple(t for _, t in sorted(after, key=lambda p: p[0])[:1])
    before = [p for p in placed if 0 <= match.start() - p[0] - len(p[1].said) <= _BESIDE]
    nearest = [max(before, key=lambda p: p[0])[1]] if before else []
    return (*nearest, *(() if asks_money(linked) else _run(after, placed)))


def _run(after: Sequence[tuple[int, Term]], placed: Sequence[tuple[int, Term]]) -> Iterator[Term]:
    """The terms of the name that begins first behind a question word: 预算, 算单, 单位."""
    at, term = min(after, key=lambda p: p[0], default=(-1, None))
    while term is not None:
        yield term
        at, term = next((p for p in placed if at < p[0] <= at + 1), (-1, None))


def counts_it(linked: Linked, focus: Sequence[Term], figure: ToldFigure) -> bool:
    """Whether a count is of what the question counts: its label, or its unit, says the first word behind "how many"."""
    fact = figure.hit.fact
    label = label_key("".join((*fact.row_path, str(fact.unit.unit or ""))))
    if linked.question.language is Language.EN:
        own = _STAFF.search(linked.question.text) is None or _ON_STAFF.search(f"{label}{fact.sentence}") is not None
        return own and (fact.measure is not Measure.QUANTITY or all(t.is_in(label) for t in focus))
    match = _COUNTED.search(simplify(linked.question.text))
    return match is None or match[1] in label_key(fact.label)


def asks_money(linked: Linked) -> bool:
    """Whether an amount of money is asked for."""
    named = linked.unit
    return any(True for _ in matches("money", linked)) or (named is not None and named.is_money)


def year_fits(linked: Linked, figure: ToldFigure) -> bool:
    """Whether a figure is of a year that is asked for, or its sentence names one: as of a day of the year before."""
    year = figure.hit.fact.year
    sentence = figure.hit.fact.sentence or ""
    return not linked.years or year is None or year in linked.years or any(str(y) in sentence for y in linked.years)


def stage_fits(linked: Linked, figure: ToldFigure) -> bool:
    """Whether an amount is of the stage that is asked for: the budget of what a final account tells both of."""
    fact = figure.hit.fact
    asked = {*linked.phases, *((Phase.ADJUSTED,) if Phase.BUDGET in linked.phases else ())}
    money = fact.unit.unit is not None and fact.unit.unit.is_money
    return not asked or not money or fact.phase in (*asked, Phase.UNKNOWN)


def unit_fits(linked: Linked, figure: ToldFigure) -> bool:
    """Whether a figure is of the sort that is asked for: money, a height, a number of storeys."""
    unit = figure.hit.fact.unit.unit
    if unit is None:
        return False
    wanted = [told for _, told in matches("unit", linked)]
    if wanted:
        return any(unit.symbol in units for units in wanted)
    if asks_money(linked):
        return unit.is_money
    if linked.question.language is Language.EN:
        return not unit.is_money and unit.dimension is Dimension.COUNT
    thing = _THING.search(simplify(linked.question.text))
    if thing is not None and unit.dimension is Dimension.COUNT and thing[1] in label_key(figure.hit.fact.label):
        return True
    counter = next((m[1] for m in _COUNTER.finditer(linked.question.text)), None)
    return unit.is_money if counter is None else unit.symbol.startswith(counter)
