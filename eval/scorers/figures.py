"""Value and unit: the shown figure against gold, at gold's digits."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from eval.question import FIGURE_KINDS, Kind, Question
from eval.scorers.check import Check
from eval.shown import Shown
from ingest.errors import UnitMismatch
from ingest.numbers import fold_width, printed_decimals
from ingest.records import Phase
from ingest.units import Dimension, Quantity, Unit, unit_named

# A unit of money in a question: 万元, 亿元, 多少元, (in) yuan, but not the 元 of 公元, 单元 or 多元.
_NAMES_MONEY = re.compile(
    r"[十百千万亿萬億]\s*元|(?:多少|几|幾|按|以|用|是|个|，|,|\s|^)\s*元|元(?:吗|呢|？|\?|$)|人民币|\byuan\b|\brmb\b|\bcny\b|dollars?\b"
)

# Which phase words tell, first in the heading of a cited column, then in what the answer opens with; the more special
# first. A column called 一般公共预算 names a fund and no phase.
_COLUMN_PHASES = (
    (Phase.ADJUSTED, ("全年预算", "调整预算", "adjusted", "revised")),
    (Phase.ACTUAL, ("决算数", "执行数", "实际", "actual")),
    (Phase.BUDGET, ("年初预算", "预算数", "adopted")),
)
_ANSWER_PHASES = (
    (Phase.ADJUSTED, ("全年预算", "调整预算", "adjusted", "revised")),
    (Phase.ACTUAL, ("决算", "final account", "actual")),
    (Phase.BUDGET, ("预算", "budget")),
)
_OPENING = re.compile(r"^[^:：]*")


def value_and_unit(question: Question, shown: Shown) -> Check | None:
    """The value rounded half up to gold's digits is gold, in gold's unit.

    The unit may differ if the question names none and the amount is the same; a figure without its unit is wrong.
    """
    if question.kind not in FIGURE_KINDS:
        return None
    gold = question.figures[0]
    if shown.value is None:
        return Check("value", False, f"no value, gold {gold:f} {question.unit}")
    passed = same_figure(shown.value, shown.unit, gold, question.unit, unit_asked(question.text))
    return Check("value", passed, "" if passed else f"{shown.value:f} {shown.unit}, gold {gold:f} {question.unit}")


def trend(question: Question, shown: Shown) -> Check | None:
    """The figures of the answer's lines are gold's, in gold's order."""
    if question.kind is not Kind.TREND:
        return None
    asked = unit_asked(question.text)
    lines = [(i.value, i.unit) for i in shown.items if i.value is not None]
    passed = len(lines) == len(question.figures) and all(
        same_figure(value, unit, gold, question.unit, asked)
        for (value, unit), gold in zip(lines, question.figures, strict=True)
    )
    got = "|".join(f"{value:f} {unit}" for value, unit in lines)
    return Check("trend", passed, "" if passed else f"{got or 'no figures'}, gold {question.gold} {question.unit}")


def value_at_display(question: Question, shown: Shown) -> Check | None:
    """Gold, rounded half up to the digits and in the unit that are shown, is the figure shown: right as far as it goes.

    It informs and does not decide. Nothing rounds to a zero that is not gold's.
    """
    if question.kind not in FIGURE_KINDS or shown.value is None:
        return None
    passed = right_at_display(question, shown.value, shown.unit, question.figures[0])
    return Check("value at display", passed, required=False)


def trend_at_display(question: Question, shown: Shown) -> Check | None:
    """The same of every line of a trend."""
    lines = [(i.value, i.unit) for i in shown.items if i.value is not None]
    if question.kind is not Kind.TREND or len(lines) != len(question.figures):
        return None
    pairs = zip(lines, question.figures, strict=True)
    passed = all(right_at_display(question, value, unit, gold) for (value, unit), gold in pairs)
    return Check("value at display", passed, required=False)


def right_at_display(question: Question, value: Decimal, unit: str, gold: Decimal) -> bool:
    """Whether a figure is gold's at gold's digits, or gold is the figure at the digits shown."""
    asked = unit_asked(question.text)
    if same_figure(value, unit, gold, question.unit, asked):
        return True
    return value != 0 and same_figure(gold, question.unit, value, unit, asked)


def unit_exact(question: Question, shown: Shown) -> Check | None:
    """The unit shown is gold's own, whether or not another would do; it informs and does not decide."""
    if question.kind not in FIGURE_KINDS or shown.value is None or not question.unit:
        return None
    passed = bare_unit(shown.unit) == bare_unit(question.unit)
    return Check("unit", passed, "" if passed else f"{shown.unit or 'none'}, gold {question.unit}", required=False)


def phase_exact(question: Question, shown: Shown) -> Check | None:
    """The figure is told to be of the phase that gold names (where it names one)."""
    if question.phase is None:
        return None
    said = phase_said(shown)
    passed = said is question.phase
    return Check("phase", passed, "" if passed else f"phase {said or 'not said'}, gold {question.phase}")


def phase_said(shown: Shown) -> Phase | None:
    """The phase in the heading of a cited column, else in the words before the answer's colon; notes do not count."""
    columns = fold_width(" ".join(element for cited in shown.citations for element in cited.column)).casefold()
    opening = fold_width(_OPENING.findall(shown.answer)[0]).casefold()
    for text, phases in ((columns, _COLUMN_PHASES), (opening, _ANSWER_PHASES)):
        for phase, words in phases:
            if any(word in text for word in words):
                return phase
    return None


def unit_asked(question: str) -> bool:
    """Whether a question says in which unit of money it wants its answer."""
    return _NAMES_MONEY.search(fold_width(question).casefold()) is not None


def same_figure(value: Decimal, unit: str, gold: Decimal, gold_unit: str, exact_unit: bool) -> bool:
    """Whether a shown figure is gold's at gold's digits; amounts convert unless `exact_unit`."""
    have, want = unit_named(unit), unit_named(gold_unit)
    if want is None:  # gold that names no unit is a plain number, of whatever is counted
        return (have is None or have.dimension is Dimension.COUNT) and rounded(value, gold) == gold
    if have is None:
        return False
    if _same_unit(have, want):
        return rounded(value, gold) == gold
    if exact_unit:
        return False
    try:
        return rounded(Quantity(value, have).to(want).value, gold) == gold
    except UnitMismatch:
        return False


def rounded(value: Decimal, gold: Decimal) -> Decimal:
    """The value at gold's digits, halves away from zero."""
    return value.quantize(Decimal(1).scaleb(-printed_decimals(gold)), ROUND_HALF_UP)


def _same_unit(one: Unit, other: Unit) -> bool:
    return one == other or bare_unit(one.symbol) == bare_unit(other.symbol)


def bare_unit(symbol: str) -> str:
    """A unit's symbol without blanks, width of characters and a bracketed variant: 台（套） is 台."""
    return re.sub(r"\s+|\(.*?\)", "", fold_width(symbol)).casefold()
