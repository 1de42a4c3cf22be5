"""Figures as they are shown large: grouped digits, and the same amount in a unit that says it plainly."""

from __future__ import annotations

from ingest.errors import BudgetQAError
from ingest.numbers import parse_figure, printed_decimals
from ingest.units import DOLLAR, YUAN, Quantity, unit_named
from qa.answer import Answer
from qa.arithmetic import SHOWN_DIGITS
from qa.plan import Convert, Plan, Rank
from qa.question import Language
from qa.reading import rounded

_MOST_DECIMALS = 6
_ENGLISH_UNITS = {"倍": "times", "元": "yuan"}  # those that an English sentence says otherwise than it prints


def headline(answer: Answer) -> str | None:
    """The answer's figure with thousands separators and unit; None for an answer in words or a list of ranks.

    With as many digits as the sentence beside it shows.
    """
    if answer.value is None or is_list(answer.plan):
        return None
    short = f"{rounded(parse_figure(answer.value), SHOWN_DIGITS):f}"
    shown = short if answer.value not in answer.answer and short in answer.answer else answer.value
    return figure(shown, shown_unit(answer.unit, answer.language))


def shown_unit(unit: str | None, language: Language) -> str | None:
    """A unit as it stands beside a figure in the answer's language."""
    return _ENGLISH_UNITS.get(unit, unit) if unit is not None and language is Language.EN else unit


def is_list(plan: Plan) -> bool:
    """Whether a plan asks for several ranks, none of which is the answer alone."""
    asked = plan.of if isinstance(plan, Convert) else plan
    return isinstance(asked, Rank) and asked.first > 1 and asked.position is None


def figure(value: str, unit: str | None) -> str:
    """A value as printed, thousands apart, with its unit; a quotient of many digits is shown to a few."""
    number = parse_figure(value)
    if printed_decimals(number) > _MOST_DECIMALS:
        number = rounded(number, SHOWN_DIGITS)
    joint = "" if unit == "%" else " "
    return f"{number:,f}{joint}{unit or ''}".strip()


def in_base_unit(answer: Answer) -> str | None:
    """The same money in 元 or dollars; None where it is not money or is in that unit already."""
    unit = unit_named(answer.unit) if answer.unit else None
    if answer.value is None or unit is None or not unit.is_money:
        return None
    base = YUAN if unit.dimension is YUAN.dimension else DOLLAR
    try:
        amount = Quantity(parse_figure(answer.value), unit).to(base)
    except BudgetQAError:
        return None
    return None if unit == base else f"{amount.value:,f} {shown_unit(base.symbol, answer.language)}"
