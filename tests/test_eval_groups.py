"""Groups of sets: which are held out, and that the suites and claim sets keep them apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.alone import is_alone
from eval.groups import Group, group_of
from eval.suites import claim_sets, suites
from eval.verify.cases import read_cases


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("fresh", Group.OPEN),
        ("mixed_heldout", Group.FORMERLY),
        ("fresh_heldout", Group.HELD_OUT),
        ("claims_fresh_heldout", Group.HELD_OUT),
        ("fresh_heldout_2", Group.HELD_OUT),
    ],
)
def test_the_name_of_a_set_tells_its_group(name: str, group: Group) -> None:
    assert group_of(name) is group


def test_every_suite_holds_sets_of_one_group(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    found = list(suites(tmp_path))
    names = [s.name for s in found if not s.alone]
    assert names == ["samples", "one", "one-formerly", "all", "all-formerly", "all-held_out"]
    for suite in found:
        assert {group_of(p.stem) for p in suite.datasets} == {suite.group}
        assert {is_alone(p.stem) for p in suite.datasets} == {suite.alone}
    assert {s.corpus for s in found} <= {"samples", "templates", "one", "all", "alone"}
    formerly = next(s for s in found if s.name == "one-formerly")
    assert "formerly held out, open since 23 November 2026" in formerly.title


def test_claims_are_of_the_group_of_their_file() -> None:
    fresh = [p for p in claim_sets() if "fresh" in p.stem]
    assert {case.group for case in read_cases(fresh)} == {Group.HELD_OUT}
    assert not any(case.held_out for case in read_cases([p for p in claim_sets() if p not in fresh]))
