"""Two sides of an identity: what rounding explains, what it does not, and what counts as a slip."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.checks.compare import (
    compare_equal,
    compare_sum,
    in_unit,
    rate_outcome,
    rounding_bound,
    same_amount,
    settled,
)
from ingest.checks.nearness import is_slip
from ingest.checks.spelling import are_variants, edits
from ingest.records import Check, Fact, Outcome, Side
from ingest.units import UNKNOWN_UNIT, WAN_YUAN, YUAN, Unit
from tests.factories import build_document, sentence_fact

DOCUMENT = build_document()
CENT = Decimal("0.01")


def fact(figure: str, unit: Unit = WAN_YUAN) -> Fact:
    return sentence_fact(f"F{figure}{unit}", "P1", "科普活动", figure, "", DOCUMENT, unit=unit)


SEEN = st.decimals(0, 10_000, places=4).filter(lambda v: not v or v >= CENT / 2)  # what prints as 0.00 is nothing


@given(st.lists(SEEN, min_size=2, max_size=40))
def test_figures_rounded_one_by_one_never_break_their_rounded_total(exact: list[Decimal]) -> None:
    """A total and its terms, each rounded to cents from exact amounts, are always within the bound."""
    printed = [fact(f"{v.quantize(CENT, ROUND_HALF_UP):f}") for v in exact]
    whole = fact(f"{sum(exact, Decimal(0)).quantize(CENT, ROUND_HALF_UP):f}")
    if sum(1 for p in printed if p.value) > 1:
        assert compare_sum("total", whole, printed, "").outcome is not Outcome.BROKEN


@given(st.lists(st.integers(1, 10**6), min_size=2, max_size=20), st.integers(0, 10**4))
def test_a_difference_beyond_the_bound_is_broken(cents: list[int], extra: int) -> None:
    parts = [fact(f"{CENT * c:f}") for c in cents]
    beyond = rounding_bound(len(parts), 2) + CENT * (extra + 1)
    check = compare_sum("total", fact(f"{sum(cents) * CENT + beyond.quantize(CENT):f}"), parts, "")
    assert (check.outcome, check.difference) == (Outcome.BROKEN, beyond.quantize(CENT))


def test_a_single_part_is_its_total() -> None:
    assert compare_sum("total", fact("12.00"), [fact("12.01")], "").outcome is Outcome.BROKEN


def test_signs_make_a_difference() -> None:
    check = compare_sum("delta", fact("40.00"), [fact("100.00"), fact("60.00")], "", (1, -1))
    assert (check.outcome, check.right.text) == (Outcome.HELD, "100.00 - 60.00")


@pytest.mark.parametrize(
    ("left", "unit", "right", "other", "outcome"),
    [
        ("31.83", WAN_YUAN, "318250", YUAN, Outcome.HELD),
        ("31.82", WAN_YUAN, "318260", YUAN, Outcome.ROUNDING),
        ("31.85", WAN_YUAN, "318250", YUAN, Outcome.BROKEN),
        ("12789", WAN_YUAN, "127886849", YUAN, Outcome.HELD),
        ("12.00", WAN_YUAN, "12.01", WAN_YUAN, Outcome.ROUNDING),
        ("12.00", WAN_YUAN, "12.00", WAN_YUAN, Outcome.HELD),
    ],
)
def test_amounts_in_two_units(left: str, unit: Unit, right: str, other: Unit, outcome: Outcome) -> None:
    check = compare_equal("cross_table", fact(left, unit), fact(right, other), "x")
    assert check is not None
    assert check.outcome is outcome


def test_units_that_do_not_convert_are_not_compared() -> None:
    vehicles = fact("3", Unit("辆", YUAN.dimension.COUNT))
    assert compare_equal("count", fact("3"), vehicles, "") is None
    assert in_unit(vehicles, WAN_YUAN) is None


@given(st.decimals(-500, 500, places=6))
def test_a_rate_rounded_from_the_exact_one_holds(exact: Decimal) -> None:
    assert rate_outcome(exact.quantize(CENT, ROUND_HALF_UP), exact) is Outcome.HELD


@pytest.mark.parametrize(
    ("printed", "exact", "outcome"),
    [
        ("99.94", "99.9345", Outcome.ROUNDING),
        ("9.1", "9.1511", Outcome.ROUNDING),
        ("10.06", "10.0859", Outcome.BROKEN),
        ("30", "29.1504", Outcome.BROKEN),
        ("22", "22.018", Outcome.HELD),
    ],
)
def test_rates_one_digit_off_are_rounding_and_whole_percents_are_not(
    printed: str, exact: str, outcome: Outcome
) -> None:
    assert rate_outcome(Decimal(printed), Decimal(exact)) is outcome


def test_same_amount_keeps_a_coarse_figure_and_a_fine_one_together() -> None:
    assert same_amount(Decimal(17192), Decimal("17191.5169"), Decimal(1), Decimal("0.0001")) is Outcome.HELD


def outcomes(held: int, broken: int) -> list[Check]:
    none = Side(None, UNKNOWN_UNIT)
    held_checks = [Check("row_sum", Outcome.HELD, none, none, None, "")] * held
    return held_checks + [Check("row_sum", Outcome.BROKEN, none, none, None, "")] * broken


@pytest.mark.parametrize(
    ("held", "broken", "least", "stands"),
    [(9, 1, 0, True), (1, 9, 0, False), (0, 1, 0, True), (0, 1, 1, False), (1, 1, 2, False), (5, 0, 9, True)],
)
def test_an_identity_that_mostly_fails_is_none(held: int, broken: int, least: int, stands: bool) -> None:
    found = settled(outcomes(held, broken), least)
    assert ([c.outcome for c in found] == [Outcome.NOT_APPLICABLE]) is not stands
    assert not stands or len(found) == held + broken


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("12323.46", "12323.48", True),
        ("5337.65", "5837.65", True),
        ("5337.65", "5373.65", True),
        ("5337.65", "5337.65", False),
        ("4.00", "1.00", False),
        ("881.00", "1006.53", False),
    ],
)
def test_slips(one: str, other: str, slip: bool) -> None:
    assert is_slip(Decimal(one), Decimal(other)) is slip


@given(st.text("科普惠农村兴", max_size=8), st.text("科普惠农村兴", max_size=8))
def test_edits_are_symmetric_and_bounded(one: str, other: str) -> None:
    assert edits(one, other, 3) == edits(other, one, 3) <= 4
    assert (edits(one, other, 3) == 0) is (one == other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("科普进乡村行动", "科普进农村行动", True),
        ("科普进乡村行动一期", "科普进乡村行动二期", False),
        ("培训", "培养", False),
        ("科普进乡村行动", "展馆日常维护", False),
    ],
)
def test_variants(one: str, other: str, same: bool) -> None:
    assert are_variants(one, other) is same
