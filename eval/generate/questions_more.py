"""Questions over final accounts, over two years of one agency, and over English budgets."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from eval.generate.asking import Asked, plain_functions, some
from eval.generate.english import EnglishSpec, total_line
from eval.generate.layout import FigureStyle
from eval.generate.question import Question, rounded
from eval.generate.saying import percent
from eval.generate.spec import FinalSpec, Spec


def final_questions(final: FinalSpec, asked: Asked, seed: int, each: int = 3) -> list[Question]:
    """Questions about actual figures, and budget against actual; `asked` holds the actual specification."""
    rng = Random(f"final {seed}")
    questions = []
    for line in some(rng, plain_functions(final.actual, 7), each):
        budget, unit = final.budget_of(line.code), asked.unit
        text = f"{asked.zh}{line.name}的决算数是多少"
        questions.append(Question("lookup", "zh", text, asked.gold(line.total), unit, line.name))
        text = f"{asked.zh}{line.name}的年初预算数是多少"
        questions.append(Question("lookup", "zh", text, asked.gold(budget.initial), unit, line.name))
        text = f"{asked.zh}{line.name}完成全年预算的百分之几"
        gold = f"{percent(line.total, budget.adjusted)}"
        questions.append(Question("ratio", "zh", text, gold, "%", line.name))
        text = f"How much was actually spent under code {line.code} in {asked.en}?"
        questions.append(Question("lookup", "en", text, asked.gold(line.total), unit, line.name))
    questions.append(Question("none", "zh", f"{asked.zh}政府性基金支出是多少", "没有"))
    return questions


def pair_questions(earlier: Spec, later: Spec, style: FigureStyle, agency_en: str, seed: int) -> list[Question]:
    """Questions over two budgets of one agency: figures of both years in order, and the growth between them."""
    rng = Random(f"pair {seed}")
    named = {line.name for line in plain_functions(earlier, 7)}
    lines = [line for line in plain_functions(later, 7) if line.name in named and earlier.function(line.code).total]
    questions = []
    for line in some(rng, lines, 3):
        before = earlier.function(line.code).total
        values = "|".join(f"{style.value(amount):f}" for amount in (before, line.total))
        who = f"{later.agency}{earlier.year}年到{later.year}年"
        questions.append(Question("trend", "zh", f"{who}{line.name}的预算变化", values, style.unit.symbol, line.name))
        rate = f"{percent(line.total - before, before)}"
        text = f"{later.agency}{later.year}年{line.name}预算比{earlier.year}年预算增长百分之几"
        questions.append(Question("growth", "zh", text, rate, "%", line.name))
        text = f"How did the budget under code {line.code} of {agency_en} change from {earlier.year} to {later.year}?"
        questions.append(Question("trend", "en", text, values, style.unit.symbol, line.name))
    return questions


def english_budget_questions(spec: EnglishSpec, style: FigureStyle) -> list[Question]:
    """Questions over an English budget."""
    return list(_english(spec, style))


def _english(spec: EnglishSpec, style: FigureStyle) -> Iterator[Question]:
    unit = {"dollars": "dollars"}.get(style.unit.symbol, style.unit.symbol)
    who, year = spec.agency, spec.year

    def gold(line_total: object) -> str:
        return f"{line_total}"

    for line in spec.programs[:3]:
        text = f"How much does the {who} budget for {line.name} in fiscal year {year}?"
        yield Question("lookup", "en", text, gold(style.value(line.adopted)), unit, line.name)
    line = spec.programs[0]
    text = f"What did the {who} actually spend on {line.name} in fiscal year {year - 2}?"
    yield Question("lookup", "en", text, gold(style.value(line.actual)), unit, line.name)
    total = total_line("Total expenditures", spec.expenditures)
    text = f"What are the total expenditures of the {who} in fiscal year {year}?"
    yield Question("lookup", "en", text, gold(style.value(total.adopted)), unit, total.name)
    share = rounded(spec.programs[1].adopted * 100 / total.adopted, 1)
    text = f"What share of the fiscal year {year} expenditures of the {who} goes to {spec.programs[1].name}?"
    yield Question("ratio", "en", text, share, "%", spec.programs[1].name)
    top = max(spec.programs, key=lambda program: program.adopted)
    text = f"Which program of the {who} is the largest in fiscal year {year}?"
    yield Question("rank", "en", text, gold(style.value(top.adopted)), unit, top.name)
    text = f"How many programs does the {who} list?"
    yield Question("count", "en", text, str(len(spec.programs)), "")
    one, two = spec.revenues[0], spec.revenues[1]
    text = f"What do {one.name} and {two.name} add up to for the {who} in fiscal year {year}?"
    yield Question("sum", "en", text, gold(style.value(one.adopted + two.adopted)), unit, one.name)
    text = f"How much did the {who} spend on space flight?"
    yield Question("abstain", "en", text, "")
