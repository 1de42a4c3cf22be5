"""Names written with a character that sounds the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.corpus import Label, LabelKind
from qa.link import Linker
from qa.sound import Sounds
from qa.vocabulary import build_vocabulary

NAMES = ("机构运行", "科学技术普及", "抚恤金", "会议费", "水费")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("机构运型的公用部分", [(0, 4, "机构运行")]),
        ("扶恤金几万块", [(0, 3, "抚恤金")]),
        ("科学技术谱及", [(0, 6, "科学技术普及")]),
        ("机构运行", []),  # written as it is
        ("谁费多少", []),  # of two characters one wrong leaves too little
        ("会一非多少", []),  # two of three wrong
    ],
)
def test_slips_are_found_by_sound(text: str, found: list[tuple[int, int, str]]) -> None:
    assert list(Sounds(NAMES).misspelt(text)) == found


@given(st.text(alphabet="机构运行型科学技术普及谱会议费水12 a", max_size=30))
def test_every_slip_lies_in_the_text_and_is_as_long_as_its_name(text: str) -> None:
    for start, end, name in Sounds(NAMES).misspelt(text):
        assert end - start == len(name)
        assert text[start:end] != name


@pytest.mark.parametrize("question", ["机构运型有多少钱", "科学技术谱及花了多少", "扶恤金安排了几万块"])
def test_a_slip_is_linked_though_a_part_of_it_is_a_function_word(question: str) -> None:
    labels = [Label(LabelKind.ITEM, name, (), 1) for name in NAMES]
    (mention,) = Linker(build_vocabulary(labels)).link(question).mentions
    assert mention.best.label.text in NAMES


def test_a_slip_names_what_the_name_is_like_too() -> None:
    labels = [Label(LabelKind.TERM, "会务物资经费", (), 1), Label(LabelKind.ITEM, "会务物资经费小计", (), 1)]
    linked = Linker(build_vocabulary(labels)).link("会务物自经费是多少")
    assert {m.best.label.text for m in linked.mentions} == {label.text for label in labels}
    assert all(m.best.score < 0.95 for m in linked.mentions)
