"""Another word in a name's place makes another name: such figures are withheld, slips and short forms are not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.chatter import cover_chatter
from qa.contrast import other_word
from qa.engine import Engine
from tests.engines import engine_over

SAMPLE = Path(__file__).resolve().parent.parent / "samples" / "shaoxing-kexie-2024-sample.pdf"


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("大型泵站看护人员补助多少万元", "小型泵站看护人员补助"),
        ("城市沼气工程维修花了多少", "农村沼气工程维修"),
        ("柳河排水口清理多少钱", "梅河沿线入河排水口清理"),
        ("抚恤金市级配套多少", "抚恤金区级配套"),
        ("检查客车超载专项花了多少", "检查货车超限超载专项"),
        ("内科信息化尾款多少", "外科信息化尾款"),
        ("流动展车采购多少钱", "流动展车维护保养"),
    ],
)
def test_another_word_in_a_names_place_is_found(question: str, name: str) -> None:
    assert other_word(question, name) != ""


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("校车补贴今年安排多少钱", "中小学校车运营补贴"),
        ("给老人打流感疫苗的钱有多少", "老年人流感疫苗免费接种"),
        ("公务接侍费预算", "公务接待费"),  # a slip that looks alike
        ("买护里床多少钱", "护理床"),  # a slip that sounds alike
        ("修那些常设展品一年要多少钱", "常设展品维护保养"),
        ("流动展车采购多少钱", "流动展车购置"),
        ("流动展车采购多少钱", "流动展车"),
        ("今年要运维多少座水质自动站", "运维水质自动站数量"),
        ("小型泵站看护人员的补助是多少", "小型泵站看护人员补助"),
    ],
)
def test_short_forms_slips_and_verbs_are_not(question: str, name: str) -> None:
    assert other_word(question, name) == ""


def test_what_else_the_evidence_bears_is_no_other_name() -> None:
    assert other_word("城市沼气工程维修花了多少", "农村沼气工程维修") != ""
    assert other_word("城市沼气工程维修花了多少", "农村沼气工程维修", told="城市建设") == ""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    yield from engine_over(tmp_path_factory.mktemp("store"), [SAMPLE])


def test_the_sample_is_not_answered_by_a_neighbour(engine: Engine) -> None:
    assert engine.ask("常设展品维护多少钱").value == "111.00"
    assert engine.ask("临时展品维护保养多少钱").value is None


def test_a_noun_of_an_intents_pattern_has_to_be_accounted_for() -> None:
    question = "临时展览设备多少钱"
    covered = [False] * len(question)
    cover_chatter(question, covered)
    assert not any(covered[4:6])
    question = "打算买哪些设备"
    covered = [False] * len(question)
    cover_chatter(question, covered)
    assert all(covered[3:])
