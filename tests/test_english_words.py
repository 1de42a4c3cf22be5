"""English words for Chinese labels: roots, the word table, what a run of words reaches, and what a question wants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.corpus import Label, LabelKind
from ingest.records import TableKind
from ingest.store import SqlCorpus, open_corpus
from qa.engine import Engine
from qa.gloss import GlossIndex, GlossMatch
from qa.intent import Cue, Masked, find_cues
from qa.keys import is_chinese, stem, words
from qa.lexicon import load
from qa.link import Linker
from qa.question import How, Language, Linked
from qa.roots import root
from qa.vocabulary import build_vocabulary
from qa.wordtable import chinese_for, phrases_in, rows
from tests.factories import build_extract, build_table, item

PROJECT, ITEM, INDICATOR = LabelKind.PROJECT, LabelKind.ITEM, LabelKind.INDICATOR


@pytest.mark.parametrize(
    "family",
    [
        "inspection inspecting inspected inspects inspector",
        "renovation renovating renovate",
        "digital digitising digitization digitized",
        "management managing manage",
        "subsidy subsidies subsidising",
        "maintenance maintaining maintain",
        "planning planned plans",
        "defence defense",
        "history historic historical",
        "satisfaction satisfied",
    ],
)
def test_words_of_one_family_share_a_root(family: str) -> None:
    assert len({root(stem(word)) for word in family.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("park", "parking"),
        ("office", "official"),
        ("police", "policy"),
        ("count", "county"),
        ("organ", "organization"),
        ("community", "communication"),
        ("university", "universe"),
        ("farm", "farmer"),
    ],
)
def test_words_of_two_families_do_not(one: str, other: str) -> None:
    assert root(stem(one)) != root(stem(other))


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=16))
def test_a_root_is_never_empty_nor_longer_than_its_word(word: str) -> None:
    assert 0 < len(root(word)) <= len(word)


def test_the_word_table_is_sound() -> None:
    assert len(rows()) > 2_000
    for english, chinese in rows():
        assert all(e and e.isascii() and words(e) for e in english), english
        assert all(c and (is_chinese(c) or not c.islower()) for c in chinese), chinese


def test_the_table_is_read_both_ways() -> None:
    assert "志愿者" in chinese_for("volunteer") and "志愿者" in chinese_for(stem("volunteers"))
    assert chinese_for("the") == () and chinese_for("xylophone") == ()
    said = dict(phrases_in("How many fire engines must the station keep?"))
    assert "消防车" in said["fire", "engine"] and ("the",) not in said


def _match(labels: Sequence[str], text: str, beside: str = "") -> list[tuple[str, GlossMatch]]:
    index = GlossIndex(load(), dict(enumerate(labels)))
    found = index.search((w.stem for w in words(text)), beside=[w.stem for w in words(beside)])
    return [(labels[m.label], m) for m in found]


def test_a_label_is_reached_word_by_word_and_its_long_words_by_their_parts() -> None:
    assert _match(["森林防火", "森林公园"], "prevention of forest fires")[0][0] == "森林防火"
    assert _match(["生活垃圾分类专项"], "sorting of household waste")[0][1].of_label > 0.85
    assert _match(["生活垃圾分类专项"], "waste")[0][1].of_label < 0.6


def test_words_that_few_labels_hold_count_more() -> None:
    labels = ["设备维护", "管道维护", "系统维护", "平台维护", "网站维护", "潜水艇维护"]
    (label, match), *_ = _match(labels, "pipe maintenance")
    assert label == "管道维护"
    assert match.score > _match(labels, "maintenance")[0][1].score


def test_words_of_an_organisation_may_say_a_part_of_a_label_but_reach_none_alone() -> None:
    alone, beside = _match(["科技馆食堂"], "canteen"), _match(["科技馆食堂"], "canteen", "science museum")
    assert beside[0][1].score > alone[0][1].score
    assert _match(["科技馆食堂"], "", "science museum") == []


LABELS = (
    *(Label(PROJECT, t, (), 1) for t in ("短期展览", "常设展品维护保养", "科技馆食堂", "政务信息技术服务网络安全管理")),
    Label(PROJECT, "城管执法装备", (), 1),
    Label(ITEM, "城乡社区支出", ("212",), 1),
    Label(ITEM, "城乡社区环境卫生", ("2120501",), 1),
    Label(ITEM, "一、基本支出", (), 1),
    Label(ITEM, "项目支出", (), 1),
    Label(ITEM, "科技馆", (), 1),
    Label(INDICATOR, "观众满意度", (), 1),
    Label(LabelKind.ORGANISATION, "云州科技馆", (), 1),
    Label(LabelKind.AGENCY, "云州市科学技术协会", (), 1),
)


@pytest.fixture(scope="module")
def linker() -> Linker:
    return Linker(build_vocabulary(LABELS))


def _rows(linked: Linked) -> list[str]:
    kinds = (PROJECT, ITEM)
    return [m.best.label.text for m in linked.mentions if m.kind in kinds]


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        (
            "How much do short-term exhibitions and the upkeep of permanent exhibits cost?",
            ["短期展览", "常设展品维护保养"],
        ),
        ("How much for the canteen of the Yunzhou science museum?", ["科技馆食堂"]),
        ("What does network security management of government IT services cost?", ["政务信息技术服务网络安全管理"]),
        ("How did the association's community sanitation budget change?", ["城乡社区环境卫生"]),
        ("What is the gap of basic from project expenditure?", ["一、基本支出", "项目支出"]),
        ("Which programme costs most?", []),
        ("How did it develop?", []),
        ("How many visitors came?", []),
    ],
)
def test_what_english_words_name(linker: Linker, question: str, labels: list[str]) -> None:
    assert _rows(linker.link(question)) == labels


def test_a_name_found_word_by_word_says_so(linker: Linker) -> None:
    mention = next(m for m in linker.link("short-term exhibitions").mentions if m.kind is PROJECT)
    assert mention.best.how is How.WORDS and mention.best.score <= 0.9


class _Near:
    """A search that finds nothing near."""

    def nearest(self, text: str, kinds: Sequence[LabelKind], k: int) -> tuple[tuple[str, LabelKind, float], ...]:
        return ()


def test_words_that_say_little_are_left_alone_by_meaning_too() -> None:
    linker = Linker(build_vocabulary(LABELS), _Near())
    assert _rows(linker.link("Into which uses is the expenditure divided?")) == []


def _cues(text: str) -> dict[str, Cue]:
    masked = Masked(text, tuple(range(len(text))))
    return {cue.intent: cue for cue in find_cues(masked, Language.EN)}


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Which programme costs most at the @ in 2024?", "rank"),
        ("On which item of @ does the @ spend most in 2019?", "rank"),
        ("How many times as large as the @ is the @ in 2019?", "multiple"),
        ("By how many times does the @ outweigh the @?", "multiple"),
        ("By what rate did the @ shrink from 2024 to 2025?", "fall_rate"),
        ("The @ of the @ fell by how much in 2024?", "fall_delta"),
        ("Name the categories that make up @ in the @ budget.", "breakdown"),
        ("What does the term '@' cover, according to the @?", "define"),
        ("For what purpose was @ meant?", "use"),
    ],
)
def test_what_is_wanted(text: str, intent: str) -> None:
    assert intent in _cues(text)


def test_paying_for_a_thing_asks_for_money_and_paying_for_what_for_its_use() -> None:
    assert "use" not in _cues("What does the @ pay for @ in 2025, in yuan?")
    assert "use" in _cues("What does the @ pay for?")


def test_more_than_another_item_is_no_growth() -> None:
    assert "growth_delta" not in _cues("How much more is budgeted for @ than for @ in the 2022 budget of @?")


@pytest.mark.parametrize(
    ("text", "first"),
    [("How many times as large as the @ is the @?", "b"), ("How many times does the @ outweigh the @?", "a")],
)
def test_the_larger_one_is_the_first_operand_wherever_it_stands(text: str, first: str) -> None:
    cue = _cues(text)["multiple"]
    assert cue.a is not None and cue.b is not None
    assert (cue.a < cue.b) == (first == "a")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    made: SqlCorpus = open_corpus(Path(tmp_path_factory.mktemp("store")), create=True)
    entries = (
        item("合计", None, 0, "300.00", total=True),
        item("水费", "30205", 1, "100.00"),
        item("电费", "30206", 1, "200.00"),
    )
    table = build_table("T1", "部门支出预算总表", entries, columns=("合计",), kind=TableKind.EXPENDITURE)
    made.add(build_extract("a", (table,), "某市科学技术协会"))
    yield Engine(made)
    made.close()


def test_two_figures_asked_for_together_are_both_said(engine: Engine) -> None:
    answer = engine.ask("What were the electricity and water costs in 2024?")
    said = answer.to_json()
    assert "200.00" in said["answer"] and "100.00" in said["answer"] and said["value"] == "300.00"
