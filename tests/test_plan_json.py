"""Plans survive their JSON form, and what is no plan is refused by name."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.corpus import LabelKind
from ingest.records import Measure, Phase
from qa import plan as nodes
from qa.plan import NODES, Item, Lookup, Members, Name, Plan, Scope, Sum
from qa.planjson import BadPlan, plan_from_json, plan_to_json
from qa.question import How

TEXT = st.text(max_size=8)
NAMES = st.builds(
    Name,
    TEXT,
    st.sampled_from(LabelKind),
    st.floats(0, 1, allow_nan=False).map(lambda f: round(f, 4)),
    st.sampled_from(How),
)
YEARS = st.lists(st.integers(1990, 2040), max_size=2).map(tuple)
TEXTS = st.lists(TEXT, max_size=2).map(tuple)
SCOPES = st.builds(
    Scope, TEXTS, TEXTS, YEARS, st.lists(st.sampled_from(Phase), max_size=2).map(tuple), st.none() | TEXT
)
ITEMS = st.builds(
    Item, TEXT, st.lists(NAMES, max_size=2).map(tuple), TEXTS, TEXTS, TEXTS, TEXTS, SCOPES, st.sampled_from(Measure),
    st.none() | st.sampled_from(nodes.Kind), st.none() | st.sampled_from(nodes.Total),
)  # fmt: skip
MEMBERS = st.builds(Members, st.sampled_from(nodes.Group), ITEMS)
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9)
SIDES = st.sampled_from(nodes.Direction)
LEAVES = st.one_of(
    st.builds(Lookup, ITEMS),
    st.builds(nodes.Average, MEMBERS),
    st.builds(nodes.Count, MEMBERS),
    st.builds(nodes.Growth, ITEMS, st.sampled_from(nodes.Wanted), st.booleans(), st.none() | st.integers(1990, 2040)),
    st.builds(nodes.Prior, ITEMS),
    st.builds(nodes.Rank, MEMBERS, SIDES, st.integers(1, 9), st.none() | st.integers(1, 9)),
    st.builds(nodes.Filter, MEMBERS, SIDES, DECIMALS, TEXT, st.booleans()),
    st.builds(nodes.Breakdown, MEMBERS),
    st.builds(nodes.Trend, st.lists(ITEMS, max_size=2).map(tuple)),
    st.builds(nodes.Compare, st.lists(ITEMS, max_size=2).map(tuple), SIDES),
    st.builds(nodes.Target, st.lists(NAMES, max_size=2).map(tuple), st.just(()), TEXT, SCOPES),
    st.builds(nodes.Define, st.lists(NAMES, max_size=2).map(tuple), TEXT, SCOPES),
    st.builds(nodes.Explain, st.sampled_from(nodes.Aspect), ITEMS),
    st.builds(nodes.DeclareNone, ITEMS),
    st.builds(nodes.Abstain, st.sampled_from(nodes.Lack), TEXTS, SCOPES, st.lists(ITEMS, max_size=1).map(tuple)),
)
PLANS: st.SearchStrategy[Plan] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Sum, st.lists(inner, max_size=3).map(tuple)),
        st.builds(nodes.Difference, inner, inner, st.booleans()),
        st.builds(nodes.Ratio, inner, inner),
        st.builds(nodes.Multiple, inner, inner),
        st.builds(nodes.PerHead, inner, DECIMALS),
        st.builds(nodes.PerHead, inner, st.none(), inner),
        st.builds(nodes.WhatIf, inner, DECIMALS),
        st.builds(nodes.Convert, inner, TEXT),
    ),
    max_leaves=4,
)


@settings(max_examples=150, deadline=None)
@given(PLANS)
def test_a_plan_comes_back_from_its_json(plan: Plan) -> None:
    assert plan_from_json(json.loads(json.dumps(plan_to_json(plan)))) == plan


def test_every_node_has_its_own_op() -> None:
    assert len({node.op for node in NODES}) == len(NODES)


def test_defaults_are_left_out() -> None:
    assert plan_to_json(Lookup(Item("会议费"))) == {"op": "lookup", "item": {"said": "会议费"}}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"op": "guess"}, "unknown op 'guess'"),
        ({"op": "lookup"}, "item is missing"),
        ({"op": "lookup", "item": {"said": 3}}, "expected str"),
        ({"op": "lookup", "item": {"said": "a", "price": 1}}, "unknown fields price"),
        ({"op": "sum", "terms": "all"}, "expected a list"),
        ({"op": "what_if", "of": {"op": "lookup", "item": {"said": "a"}}, "percent": "ten"}, "not a Decimal"),
        ([], "expected an object"),
    ],
)
def test_what_is_no_plan_is_refused_by_name(data: object, told: str) -> None:
    with pytest.raises(BadPlan, match=told):
        plan_from_json(data)


def test_a_decimal_keeps_its_digits() -> None:
    plan = nodes.WhatIf(Lookup(Item("a")), Decimal("10.50"))
    assert plan_from_json(plan_to_json(plan)) == plan
    assert plan_to_json(plan)["percent"] == "10.50"
