"""The calculator over hand-made plans: exact figures, cited cells, refusals, and the difference between nothings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from ingest.corpus import FactHit, LabelKind
from ingest.store import SqlCorpus
from qa import plan as nodes
from qa.calculator import HANDLERS, Calculator, UnknownNode
from qa.plan import Direction, Group, Item, Lookup, Members, Plan, Total, Wanted
from qa.result import Quote, Result, Status
from tests.questions_corpus import CENTRE, GROWTH, MUSEUM, NONE, named, names, scope_of, small_corpus


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlCorpus]:
    made = small_corpus(Path(tmp_path_factory.mktemp("store")))
    yield made
    made.close()


@pytest.fixture(scope="module")
def calculator(corpus: SqlCorpus) -> Calculator:
    return Calculator(corpus)


@pytest.fixture(scope="module")
def here(corpus: SqlCorpus) -> nodes.Scope:
    return scope_of(corpus)


def look(text: str, scope: nodes.Scope, **parts: object) -> Lookup:
    return Lookup(named(text, scope=scope, **parts))


def shown(result: Result) -> str:
    assert result.quantity is not None, result
    return str(result.quantity)


def cells(result: Result) -> list[str]:
    return [e.fact.text for e in result.evidence if isinstance(e, FactHit)]


def test_every_node_has_a_handler() -> None:
    assert set(HANDLERS) == set(nodes.NODES)


def test_an_unknown_node_is_refused_by_name(calculator: Calculator) -> None:
    class Guess:
        pass

    with pytest.raises(UnknownNode, match="Guess"):
        calculator.run(Guess())  # type: ignore[arg-type]


def test_a_lookup_cites_its_cell(calculator: Calculator, here: nodes.Scope) -> None:
    result = calculator.run(look("科普活动", here))
    assert (shown(result), cells(result), result.status) == ("265.00 万元", ["265.00"], Status.ANSWERED)


def test_a_column_is_chosen_by_name(calculator: Calculator, here: nodes.Scope) -> None:
    assert shown(calculator.run(look("科学技术普及", here, columns=("项目支出",)))) == "390.00 万元"


def test_a_code_finds_its_row(calculator: Calculator, here: nodes.Scope) -> None:
    assert shown(calculator.run(Lookup(Item("20607", codes=("20607",), scope=here)))) == "500.01 万元"


def test_the_grand_total_is_the_total_row(calculator: Calculator, here: nodes.Scope) -> None:
    result = calculator.run(Lookup(Item("总支出", total=Total.EXPENDITURE, scope=here)))
    assert (shown(result), cells(result)) == ("700.00 万元", ["700.00"])


def test_two_organisations_with_one_project_name_are_ambiguous(calculator: Calculator, here: nodes.Scope) -> None:
    result = calculator.run(look("科普宣传", here))
    assert result.status is Status.AMBIGUOUS
    assert [shown(result), *(str(a.quantity) for a in result.alternatives)] == ["40.00 万元", "25.00 万元"]


def test_an_organisation_settles_it(calculator: Calculator, here: nodes.Scope) -> None:
    there = replace(here, organisations=(CENTRE,))
    result = calculator.run(look("科普宣传", there))
    assert (shown(result), result.status) == ("25.00 万元", Status.ANSWERED)


def test_blank_dash_zero_and_declared_none_are_four_things(calculator: Calculator, here: nodes.Scope) -> None:
    blank = calculator.run(look("机构运行", here, columns=("项目支出",)))
    dash = calculator.run(look("科普活动", here, columns=("基本支出",)))
    zero = calculator.run(look("住房保障支出", here, columns=("项目支出",)))
    declared = calculator.run(look("政府性基金预算支出", here))
    missing = calculator.run(look("气象事务", here))
    assert [r.said for r in (blank, dash, zero, declared, missing)] == [
        "blank", "nil", "lookup", "declared", "abstain.missing",
    ]  # fmt: skip
    assert shown(zero) == "0.00 万元"
    assert [e.text for e in declared.evidence if isinstance(e, Quote)] == [NONE]


def test_a_sum_of_named_terms_is_exact_and_tells_of_the_printed_total(
    calculator: Calculator, here: nodes.Scope
) -> None:
    terms = tuple(look(t, here) for t in ("机构运行", "科普活动", "学术交流活动"))
    result = calculator.run(nodes.Sum(terms))
    assert (shown(result), result.steps) == ("500.01 万元", ("110.01 + 265.00 + 125.00 = 500.01 万元",))
    assert cells(result) == ["110.01", "265.00", "125.00"]


def test_a_child_is_not_added_to_its_parent(calculator: Calculator, here: nodes.Scope) -> None:
    result = calculator.run(nodes.Sum((look("科学技术普及", here), look("科普活动", here))))
    assert shown(result) == "500.01 万元"
    assert [n.key for n in result.notes if n.key == "nested"] == ["nested"]


def test_a_set_s_printed_total_is_preferred_and_its_rounding_told(calculator: Calculator, here: nodes.Scope) -> None:
    result = calculator.run(nodes.Sum(members=Members(Group.PROJECTS, Item("项目", scope=here))))
    assert shown(result) == "390.01 万元"
    assert [n.values for n in result.notes if n.key == "rounding"] == [("390.00", "390.01")]


def test_a_difference_and_its_gap(calculator: Calculator, here: nodes.Scope) -> None:
    low, high = look("水电费", here), look("展品更新", here)
    assert shown(calculator.run(nodes.Difference(low, high))) == "-75.00 万元"
    assert shown(calculator.run(nodes.Difference(low, high, absolute=True))) == "75.00 万元"


def test_a_ratio_keeps_digits_for_rounding_once(calculator: Calculator, here: nodes.Scope) -> None:
    result = calculator.run(
        nodes.Ratio(look("住房保障支出", here), Lookup(Item("", total=Total.EXPENDITURE, scope=here)))
    )
    assert shown(result) == "28.57 %"
    assert result.steps == ("199.99 ÷ 700.00 × 100 = 28.57 %",)
    third = calculator.run(nodes.Ratio(look("奖金", here), look("基本工资", here)))
    assert shown(third) == "33.3333 %"


def test_a_zero_divisor_is_refused(calculator: Calculator, here: nodes.Scope) -> None:
    zero = look("住房保障支出", here, columns=("项目支出",))
    result = calculator.run(nodes.Ratio(look("奖金", here), zero))
    assert (result.status, result.said) == (Status.ABSTAINED, "abstain.refused")


def test_money_and_percent_are_not_added(calculator: Calculator, here: nodes.Scope) -> None:
    rate: Plan = nodes.Growth(named("机关运行经费", scope=here), Wanted.RATE)
    result = calculator.run(nodes.Sum((look("奖金", here), rate)))
    assert (result.status, result.said) == (Status.ABSTAINED, "abstain.refused")


def test_conversion_is_a_step(calculator: Calculator, here: nodes.Scope) -> None:
    result = calculator.run(nodes.Convert(look("会议费", here), "元"))
    assert (shown(result), result.steps) == ("2000 元", ("0.20 万元 = 2000 元",))


def test_growth_is_read_off_the_sentence_with_its_check(calculator: Calculator, here: nodes.Scope) -> None:
    rate = calculator.run(nodes.Growth(named("机关运行经费", scope=here), Wanted.RATE))
    delta = calculator.run(nodes.Growth(named("机关运行经费", scope=here), Wanted.DELTA))
    assert (shown(rate), shown(delta)) == ("10.0 %", "8.00 万元")
    assert rate.steps == ("8.00 ÷ (88.00 - (8.00)) = 8.00 ÷ 80.00 = 10.00 %",)


def test_a_rate_that_its_own_figures_contradict_is_told(calculator: Calculator, here: nodes.Scope) -> None:
    result = calculator.run(nodes.Growth(named("会议费", scope=here), Wanted.RATE, falling=True))
    assert shown(result) == "40.0 %"
    assert [n.values for n in result.notes if n.key == "rate_disagrees"] == [("-40.0", "-50.00")]


def test_growth_between_documents_is_computed(calculator: Calculator, here: nodes.Scope) -> None:
    result = calculator.run(nodes.Growth(named("科普活动", scope=here), Wanted.RATE, base_year=2023))
    assert (shown(result), cells(result)) == ("25.00 %", ["265.00", "212.00"])


def test_last_year_is_derived_from_the_stated_change(calculator: Calculator, here: nodes.Scope) -> None:
    result = calculator.run(nodes.Prior(named("机关运行经费", scope=here)))
    assert (shown(result), result.steps) == ("80.00 万元", ("88.00 - 8.00 = 80.00 万元",))


@pytest.mark.parametrize(
    ("plan_of", "expected"),
    [
        (lambda m: nodes.Rank(m), "200.00 万元"),
        (lambda m: nodes.Rank(m, Direction.LEAST), "40.00 万元"),
        (lambda m: nodes.Rank(m, position=2), "125.00 万元"),
        (lambda m: nodes.Count(m), "3 个"),
        (lambda m: nodes.Average(m), "121.6667 万元"),
        (lambda m: nodes.Filter(m, Direction.MOST, Decimal(125), "万元", True), "2 个"),
        (lambda m: nodes.Filter(m, Direction.LEAST, Decimal(500000), "元", True), "1 个"),
    ],
)
def test_projects_of_one_organisation(
    calculator: Calculator, here: nodes.Scope, plan_of: object, expected: str
) -> None:
    members = Members(Group.PROJECTS, Item("项目", scope=replace(here, organisations=(MUSEUM,))))
    assert shown(calculator.run(plan_of(members))) == expected  # type: ignore[operator]


def test_the_children_of_an_item(calculator: Calculator, here: nodes.Scope) -> None:
    result = calculator.run(nodes.Breakdown(Members(Group.CHILDREN, named("科学技术普及", scope=here))))
    assert [line.label for line in result.lines] == ["机构运行", "科普活动", "学术交流活动"]
    assert shown(result) == "500.01 万元"


def test_leaf_items_leave_their_parents_out(calculator: Calculator, here: nodes.Scope) -> None:
    result = calculator.run(nodes.Count(Members(Group.ECONOMIC, Item("", scope=here))))
    assert [line.label for line in result.lines] == ["基本工资", "奖金", "会议费", "差旅费"]


def test_per_head_and_what_if(calculator: Calculator, here: nodes.Scope) -> None:
    heads = calculator.run(nodes.PerHead(look("科普活动", here), Decimal(5_300_000)))
    assert (shown(heads), heads.steps[0]) == ("0.50 元", "265.00 万元 = 2650000 元")
    assert shown(calculator.run(nodes.WhatIf(look("科普活动", here), Decimal(-10)))) == "238.50 万元"


def test_an_indicator_s_target(calculator: Calculator, here: nodes.Scope) -> None:
    plan = nodes.Target(names("展品更新", kind=LabelKind.PROJECT), (), "展品更新要更新多少件", here, "件")
    result = calculator.run(plan)
    assert (shown(result), result.values) == ("10 件", ("≥", "10", "件"))


def test_words_are_quoted(calculator: Calculator, here: nodes.Scope) -> None:
    reason = calculator.run(nodes.Explain(nodes.Aspect.REASON, named("机关运行经费", scope=here)))
    meaning = calculator.run(nodes.Define(names("基本支出"), "基本支出是什么意思", here))
    duties = calculator.run(nodes.Explain(nodes.Aspect.DUTIES, Item("职责", scope=here)))
    assert [e.text for e in reason.evidence if isinstance(e, Quote)] == [GROWTH]
    assert (reason.values, meaning.values) == (("人员增加",), ("指为保障机构正常运转发生的支出。",))
    assert duties.values == ("开展科学普及。",)


def test_a_name_held_only_elsewhere_is_not_answered_by_a_vague_one(calculator: Calculator, here: nodes.Scope) -> None:
    vague = nodes.Name("教育支出", LabelKind.ITEM), nodes.Name("科学技术支出", LabelKind.ITEM, 0.6)
    result = calculator.run(Lookup(Item("教育支出", vague, scope=here)))
    assert result.status is Status.ABSTAINED
    assert [str(a.quantity) for a in result.alternatives] == ["500.01 万元"]
