"""Random budgets, random plans put into words by templates: the same plan comes back, and brute force agrees."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.store import open_corpus
from qa import plan as nodes
from qa.answer import Answer
from qa.engine import Engine
from qa.plan import Convert, Item, Lookup, Plan
from tests.factories import Item as Row
from tests.factories import build_extract, build_table, item

TREE = {
    ("206", "科学技术支出"): {("20607", "科学技术普及"): (("2060702", "科普活动"), ("2060704", "学术交流活动"))},
    ("208", "社会保障和就业支出"): {
        ("20805", "行政事业单位养老支出"): (("2080501", "行政单位离退休"), ("2080502", "事业单位离退休"))
    },
    ("210", "卫生健康支出"): {
        ("21011", "行政事业单位医疗"): (("2101101", "行政单位医疗"), ("2101103", "公务员医疗补助"))
    },
    ("221", "住房保障支出"): {
        ("22102", "住房改革支出"): (("2210201", "住房公积金"), ("2210202", "提租补贴"), ("2210203", "购房补贴"))
    },
}
LEAVES = tuple(leaf for kinds in TREE.values() for group in kinds.values() for leaf in group)
GROUPS = {group: leaves for kinds in TREE.values() for group, leaves in kinds.items()}
CENTS = st.integers(1, 10**7)


@dataclass(frozen=True)
class Budget:
    """Amounts by code, parents summed."""

    amounts: dict[str, Decimal]

    def rows(self) -> list[Row]:
        made = [item("合计", None, 0, f"{self.amounts['']:f}", total=True)]
        for (top, name), groups in TREE.items():
            made.append(item(name, top, 0, f"{self.amounts[top]:f}"))
            for (code, title), leaves in groups.items():
                made.append(item(title, code, 1, f"{self.amounts[code]:f}"))
                made += [item(label, leaf, 2, f"{self.amounts[leaf]:f}") for leaf, label in leaves]
        return made


def budget_of(cents: Sequence[int]) -> Budget:
    amounts = {code: Decimal(c) / 100 for (code, _), c in zip(LEAVES, cents, strict=True)}
    amounts = {code: a.quantize(Decimal("0.01")) for code, a in amounts.items()}
    for length in (5, 3, 0):
        for leaf, _ in LEAVES:
            amounts[leaf[:length]] = sum(
                (a for code, a in amounts.items() if len(code) == 7 and code.startswith(leaf[:length])), Decimal(0)
            )
    return Budget(amounts)


BUDGETS = st.lists(CENTS, min_size=len(LEAVES), max_size=len(LEAVES)).map(budget_of)
PAIRS = st.permutations(LEAVES).map(lambda p: (p[0], p[1]))
Leaf = tuple[str, str]


@dataclass(frozen=True)
class Case:
    """A kind of question: its wordings, the node it means, and its value by brute force."""

    wordings: tuple[str, ...]
    node: type
    value: Callable[[Budget, Leaf, Leaf], Decimal]
    unit: str


def rounded(value: Decimal, digits: str) -> Decimal:
    return value.quantize(Decimal(digits), ROUND_HALF_UP)


CASES = (
    Case(
        ("{a}是多少", "{a}花了多少钱", "{a}预算安排了多少", "How much is {a}?"),
        Lookup, lambda b, x, y: b.amounts[x[0]], "万元",
    ),
    Case(("{a}是多少元", "{a}有多少元？"), Lookup, lambda b, x, y: b.amounts[x[0]] * 10000, "元"),
    Case(("编码{c}对应的支出是多少",), Lookup, lambda b, x, y: b.amounts[x[0]], "万元"),
    Case(
        ("{a}和{b}一共多少", "{a}与{b}合计多少", "{a}加上{b}总共多少钱", "What are {a} and {b} in total?"),
        nodes.Sum, lambda b, x, y: b.amounts[x[0]] + b.amounts[y[0]], "万元",
    ),
    Case(
        ("{a}比{b}多多少", "How much more is {a} than {b}?"),
        nodes.Difference, lambda b, x, y: b.amounts[x[0]] - b.amounts[y[0]], "万元",
    ),
    Case(
        ("{a}和{b}相差多少",), nodes.Difference, lambda b, x, y: abs(b.amounts[x[0]] - b.amounts[y[0]]), "万元",
    ),
    Case(
        ("{a}占{b}的比例", "{a}占{b}的百分之几"),
        nodes.Ratio, lambda b, x, y: rounded(b.amounts[x[0]] * 100 / b.amounts[y[0]], "0.0001"), "%",
    ),
    Case(
        ("{a}是{b}的几倍",), nodes.Multiple,
        lambda b, x, y: rounded(b.amounts[x[0]] / b.amounts[y[0]], "0.0001"), "倍",
    ),
)  # fmt: skip


def items_of(plan: Plan) -> list[Item]:
    if isinstance(plan, Convert):
        return items_of(plan.of)
    if isinstance(plan, Lookup):
        return [plan.item]
    if isinstance(plan, nodes.Sum):
        return [i for term in plan.terms for i in items_of(term)]
    if isinstance(plan, nodes.Ratio):
        return items_of(plan.part) + items_of(plan.whole)
    if isinstance(plan, (nodes.Difference, nodes.Multiple)):
        return items_of(plan.left) + items_of(plan.right)
    return []


def ask_all(budget: Budget, questions: Sequence[str]) -> list[Answer]:
    with tempfile.TemporaryDirectory() as folder:
        corpus = open_corpus(Path(folder), create=True)
        table = build_table("T1", "2024年部门支出预算总表", budget.rows(), ("总计",))
        corpus.add(build_extract("a", (table,)))
        engine = Engine(corpus)
        answers = [engine.ask(q) for q in questions]
        corpus.close()
    return answers


@settings(max_examples=12, deadline=None)
@given(BUDGETS, st.data())
def test_templates_come_back_as_their_plan_with_the_brute_force_value(budget: Budget, data: st.DataObject) -> None:
    drawn = []
    for case in CASES:
        pair = data.draw(PAIRS)
        wording = data.draw(st.sampled_from(case.wordings))
        drawn.append((case, pair, wording.format(a=pair[0][1], b=pair[1][1], c=pair[0][0])))
    for (case, pair, question), answer in zip(drawn, ask_all(budget, [q for _, _, q in drawn]), strict=True):
        plan = answer.plan.of if isinstance(answer.plan, Convert) else answer.plan
        assert type(plan) is case.node, (question, answer.plan)
        asked = [i.names[0].text if i.names else i.codes[0] for i in items_of(answer.plan)]
        named = [pair[0][0]] if "编码" in question else [label for _, label in pair][: len(asked)]
        assert asked == named, question
        assert answer.value is not None
        assert Decimal(answer.value) == case.value(budget, *pair), (question, answer.answer)
        assert answer.unit == case.unit
        cited = {c.code for c in answer.citations}
        assert {code for code, label in pair[: len(asked)]} <= cited, question


@settings(max_examples=12, deadline=None)
@given(BUDGETS, st.sampled_from(sorted(GROUPS)))
def test_rankings_and_counts_agree_with_brute_force(budget: Budget, group: Leaf) -> None:
    leaves = GROUPS[group]
    questions = [
        f"{group[1]}下面哪一项最多", f"{group[1]}下面最少的是哪一项", f"{group[1]}下面有几项", f"{group[1]}包括哪几项",
    ]  # fmt: skip
    most, least, count, parts = ask_all(budget, questions)
    amounts = [budget.amounts[code] for code, _ in leaves]
    assert Decimal(most.value or "") == max(amounts)
    assert Decimal(least.value or "") == min(amounts)
    assert count.value == str(len(leaves))
    assert [(i.label, Decimal(i.value or "")) for i in parts.items] == [
        (label, budget.amounts[code]) for code, label in leaves
    ]
