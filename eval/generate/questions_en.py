"""English questions over one Chinese budget, with gold by construction; items by their usual English names or codes."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from eval.generate.asking import Asked, english_name, plain_economics, plain_functions, some
from eval.generate.question import Question, rounded
from eval.generate.saying import percent
from eval.generate.spec import FunctionLine, sum_of


def english_questions(asked: Asked, seed: int, each: int = 2) -> list[Question]:
    """Questions of most kinds, about `each` of a pattern; which items they ask about follows from the seed."""
    rng = Random(f"en {seed}")
    return [question for pattern in _PATTERNS for question in pattern(asked, rng, each)]


def _named(asked: Asked, size: int) -> list[tuple[FunctionLine, str]]:
    named = [(line, english_name(line.name)) for line in plain_functions(asked.spec, size)]
    return [(line, name) for line, name in named if name]


def _lookups(asked: Asked, rng: Random, each: int) -> Iterator[Question]:
    forms = (
        "How much is budgeted for {1} in {0}?",
        "In {0}, how much goes to {1}?",
        "What is the amount for {1} in {0}?",
    )
    for line, name in some(rng, _named(asked, 7), each):
        text = rng.choice(forms).format(asked.en, name)
        yield Question("lookup", "en", text, asked.gold(line.total), asked.unit, line.name)
    for line, name in some(rng, _named(asked, 3), each):
        text = f"What is the total for {name} in {asked.en}?"
        yield Question("lookup", "en", text, asked.gold(line.total), asked.unit, line.name)
    for item in some(rng, [i for i in plain_economics(asked.spec) if english_name(i.name)], each):
        text = f"How much is set aside for {english_name(item.name)} in {asked.en}?"
        yield Question("lookup", "en", text, asked.gold(item.total), asked.unit, item.name)
    for line in some(rng, plain_functions(asked.spec, 7), each):
        text = f"What is the amount under code {line.code} in {asked.en}?"
        yield Question("lookup", "en", text, asked.gold(line.total), asked.unit, line.name)


def _sums(asked: Asked, rng: Random, each: int) -> Iterator[Question]:
    named = _named(asked, 7)
    for _ in range(each if len(named) > 1 else 0):
        (one, first), (two, second) = sorted(rng.sample(named, 2), key=lambda pair: -pair[0].total)
        gold = asked.gold(one.total + two.total)
        yield Question(
            "sum", "en", f"What do {first} and {second} add up to in {asked.en}?", gold, asked.unit, one.name
        )
        gold = asked.gold(one.total - two.total)
        text = f"How much more is budgeted for {first} than for {second} in {asked.en}?"
        yield Question("difference", "en", text, gold, asked.unit, one.name)


def _ratios(asked: Asked, rng: Random, each: int) -> Iterator[Question]:
    for line, name in some(rng, _named(asked, 3), each):
        gold = f"{percent(line.total, asked.spec.total)}"
        yield Question(
            "ratio", "en", f"What percentage of total spending is {name} in {asked.en}?", gold, "%", line.name
        )
    change, before = asked.spec.total - asked.spec.prior.total, asked.spec.prior.total
    if change > 0:
        text = f"By what percentage does total expenditure grow over last year's actual in {asked.en}?"
        yield Question("growth", "en", text, f"{percent(change, before)}", "%")


def _ranks(asked: Asked, rng: Random, each: int) -> Iterator[Question]:
    spec = asked.spec
    for line, name in some(rng, _named(asked, 5), each):
        below = [leaf for leaf in spec.leaves() if leaf.code.startswith(line.code)]
        if len(below) > 1:
            top = max(below, key=lambda leaf: leaf.total)
            text = f"What is the largest budget line under {name} in {asked.en}?"
            yield Question("rank", "en", text, asked.gold(top.total), asked.unit, top.name)
            names = "|".join(leaf.name for leaf in below)
            yield Question("list", "en", f"Which items make up {name} in {asked.en}?", names)
    yield Question("count", "en", f"How many projects are there in {asked.en}?", str(len(spec.projects)), "个")
    mean = rounded(asked.style.value(sum_of(p.amount for p in spec.projects)) / len(spec.projects), 2)
    yield Question("average", "en", f"What is the average amount of a project in {asked.en}?", mean, asked.unit)


def _limits(asked: Asked, rng: Random, each: int) -> Iterator[Question]:
    if not asked.spec.fund:
        yield Question("none", "en", f"How much government fund budget spending is there in {asked.en}?", "none")
    yield Question("abstain", "en", f"How much did people tip at restaurants according to {asked.en}?", "")
    other = asked.en.replace(str(asked.spec.year), str(asked.spec.year - 9))
    yield Question("abstain", "en", f"How much was budgeted in total in {other}?", "")


_PATTERNS = (_lookups, _sums, _ratios, _ranks, _limits)
