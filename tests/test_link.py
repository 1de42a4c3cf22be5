"""Linking over a small invented corpus: the wordings people use, and what must not be linked."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.corpus import Label, LabelKind
from ingest.records import Phase
from qa.link import Linker
from qa.meant import Calibration, VectorSearch
from qa.question import How, Language, Linked
from qa.vocabulary import build_vocabulary

ITEM, COLUMN, PROJECT = LabelKind.ITEM, LabelKind.COLUMN, LabelKind.PROJECT
ORGANISATION, AGENCY, INDICATOR = LabelKind.ORGANISATION, LabelKind.AGENCY, LabelKind.INDICATOR

_CODED = """科学技术支出 206|科学技术管理事务 20601|其他科学技术管理事务支出 2060199|科学技术普及 20607|科普活动 2060702
学术交流活动 2060704|科技馆站 2060705|社会保障和就业支出 208|机关事业单位基本养老保险缴费支出 2080505
行政单位医疗 2101101|事业单位医疗 2101102|公务员医疗补助 2101103|住房保障支出 221|住房公积金 2210201
购房补贴 2210203|基本工资 30101|会议费 30215
公务接待费 30217|差旅费 30211|公务用车运行维护费 30231|福利费 30229|其他科学技术支出 2069999|其他科学技术支出 20699"""
_PLAIN = {
    ITEM: "支 出 总 计|收入总计|科学普及|政府采购货物预算|机关运行经费|单位价值50万元以上通用设备|合计",
    COLUMN: "基本支出|项目支出|人员经费|公用经费|公务接待费|“三公”经费合计|因公出国(境)费用|公务用车购置费|合计",
    PROJECT: "科学普及|科普宣传|短期展览|水电费|展品更新提升|办公用房租赁|科技馆食堂|防汛抗台演练|2024青年科学家大会",
    INDICATOR: "制作展板|招募志愿者人数|观众满意度",
    ORGANISATION: "云州市科学技术协会本级|云州科技馆|云州市科技工作者服务中心",
    AGENCY: "云州市科学技术协会|云州市江北区人民政府桥东街道办事处",
}


def corpus_labels() -> tuple[Label, ...]:
    """The labels that all tests here link to."""
    codes: dict[str, tuple[str, ...]] = {}
    for entry in _CODED.replace("\n", "|").split("|"):
        name, code = entry.split(" ")
        codes[name] = (*codes.get(name, ()), code)
    coded = [Label(ITEM, name, tuple(found), 3) for name, found in codes.items()]
    plain = [Label(kind, name, (), 2) for kind, names in _PLAIN.items() for name in names.split("|")]
    return (*coded, *plain)


@pytest.fixture(scope="module")
def linker() -> Linker:
    return Linker(build_vocabulary(corpus_labels()))


def best(linked: Linked, kind: LabelKind) -> list[str]:
    """The likeliest label of each mention of a kind, in reading order."""
    return [m.best.label.text for m in linked.of_kind(kind)]


@pytest.mark.parametrize(
    ("question", "kind", "labels"),
    [
        # the name itself, in other spellings
        ("学术交流活动安排了多少", ITEM, ["学术交流活动"]),
        ("學術交流活動的經費", ITEM, ["学术交流活动"]),
        ("“学 术 交流活动”", ITEM, ["学术交流活动"]),
        ("支出总计", ITEM, ["支 出 总 计"]),
        ("三公经费是多少", COLUMN, ["“三公”经费合计"]),
        ("单位价值50万元以上通用设备有几台", ITEM, ["单位价值50万元以上通用设备"]),
        ("2024青年科学家大会花多少", PROJECT, ["2024青年科学家大会"]),
        # codes
        ("编码20607对应的项目支出", ITEM, ["科学技术普及"]),
        ("2060199是什么", ITEM, ["其他科学技术管理事务支出"]),
        # two names side by side, and one inside another
        ("其他科学技术管理事务支出里的公用经费", ITEM, ["其他科学技术管理事务支出"]),
        ("其他科学技术管理事务支出里的公用经费", COLUMN, ["公用经费"]),
        ("科普活动和学术交流活动一共多少", ITEM, ["科普活动", "学术交流活动"]),
        ("公务员医疗补助、行政单位医疗、事业单位医疗合计", ITEM, ["公务员医疗补助", "行政单位医疗", "事业单位医疗"]),
        # suffixes left off or put on
        ("学术交流的支出", ITEM, ["学术交流活动"]),
        ("住房保障占多少", ITEM, ["住房保障支出"]),
        # synonyms and everyday words
        ("科学普及花了多少钱", ITEM, ["科学技术普及"]),
        ("出差花了多少", ITEM, ["差旅费"]),
        ("请客吃饭的钱", ITEM, ["公务接待费"]),
        ("买车", COLUMN, ["公务用车购置费"]),
        ("出国用了多少", COLUMN, ["因公出国(境)费用"]),
        ("公积金", ITEM, ["住房公积金"]),
        ("总支出是多少", ITEM, ["支 出 总 计"]),
        ("养老保险", ITEM, ["机关事业单位基本养老保险缴费支出"]),
        # spelling errors
        ("科普括动多少钱", ITEM, ["科普活动"]),
        ("科技馆饭堂", PROJECT, ["科技馆食堂"]),
        ("学术交流火动", ITEM, ["学术交流活动"]),
        # projects and indicators by part of their names
        ("科技馆的短期展览项目预算", PROJECT, ["短期展览"]),
        ("防汛花多少钱", PROJECT, ["防汛抗台演练"]),
        ("要招募多少志愿者", INDICATOR, ["招募志愿者人数"]),
        # organisations and agencies
        ("本级最贵的项目是什么", ORGANISATION, ["云州市科学技术协会本级"]),
        ("科技馆的水电费", ORGANISATION, ["云州科技馆"]),
        ("服务中心平均每个项目多少钱", ORGANISATION, ["云州市科技工作者服务中心"]),
        ("市科协的预算", AGENCY, ["云州市科学技术协会"]),
        ("桥东街道的会议费", AGENCY, ["云州市江北区人民政府桥东街道办事处"]),
    ],
)  # fmt: skip
def test_chinese_wordings(linker: Linker, question: str, kind: LabelKind, labels: Sequence[str]) -> None:
    assert best(linker.link(question), kind) == labels


@pytest.mark.parametrize(
    ("question", "kind", "labels"),
    [
        ("How much was spent on science popularization?", ITEM, ["科学技术普及"]),
        ("How much is budgeted for academic exchange activities?", ITEM, ["学术交流活动"]),
        ("What share of total expenditure is science and technology spending?", ITEM, ["支 出 总 计", "科学技术支出"]),
        ("the basic salary and the meeting expenses", ITEM, ["基本工资", "会议费"]),
        ("travel", ITEM, ["差旅费"]),
        ("How much goes on official hospitality?", ITEM, ["公务接待费"]),
        ("the three public expenses of the service center", COLUMN, ["“三公”经费合计"]),
        ("the three public expenses of the service center", ORGANISATION, ["云州市科技工作者服务中心"]),
        ("How many projects does the science museum run?", ORGANISATION, ["云州科技馆"]),
        ("short-term exhibitions", PROJECT, ["短期展览"]),
        ("the canteen of the science museum", PROJECT, ["科技馆食堂"]),
        ("How many display boards must be made?", INDICATOR, ["制作展板"]),
        ("How much did the association spend in 2024?", AGENCY, ["云州市科学技术协会"]),
        ("official hospitality of the headquarters", ORGANISATION, ["云州市科学技术协会本级"]),
    ],
)
def test_english_wordings(linker: Linker, question: str, kind: LabelKind, labels: Sequence[str]) -> None:
    assert best(linker.link(question), kind) == labels


@pytest.mark.parametrize(
    ("question", "foreign"),
    [
        ("云州市水利局预算多少", ["云州市水利局"]),
        ("杭州市科协2024年预算", ["杭州市科协"]),
        ("北京的科普活动支出", ["北京"]),
        ("社区卫生服务中心的支出", ["社区卫生服务中心"]),
        ("最高人民检察院的会议费", ["最高人民检察院"]),
        ("教育支出是多少", ["教育支出"]),
        ("云州天气怎么样", ["天气"]),
        ("张三的工资", ["张三"]),
        ("编码99999", ["99999"]),
        ("How much did the Ministry of Education spend?", ["Ministry of Education"]),
        ("Hangzhou's science popularization", ["Hangzhou"]),
        ("How much did Qinghe Sub-district spend on meetings?", ["Qinghe Sub-district"]),
        ("What is the weather?", ["weather"]),
        ("科普活动多少钱", []),
        ("云州市科协的差旅费", []),
        ("How much does the science museum spend?", []),
    ],
)
def test_what_the_corpus_does_not_hold_is_foreign(linker: Linker, question: str, foreign: list[str]) -> None:
    assert list(linker.link(question).foreign) == foreign


def test_a_foreign_agency_links_to_no_other(linker: Linker) -> None:
    assert not linker.link("杭州市科协的预算").of_kind(AGENCY)
    assert not linker.link("How much did Qinghe Sub-district spend?").of_kind(AGENCY)


def test_other_readings_follow_the_first(linker: Linker) -> None:
    """A synonym of a classified item goes before a project of that very name, and both are kept."""
    linked = linker.link("科学普及花了多少钱")
    (mention,) = linked.of_kind(ITEM)
    assert [c.label.text for c in mention.candidates][:3] == ["科学技术普及", "科学普及", "科普活动"]
    assert "科普宣传" in [c.label.text for m in linked.of_kind(PROJECT) for c in m.candidates]


def test_one_name_of_two_codes_is_one_label(linker: Linker) -> None:
    (mention,) = linker.link("其他科学技术支出").of_kind(ITEM)
    assert mention.best.label.codes == ("2069999", "20699")


def test_the_rest_of_the_question(linker: Linker) -> None:
    linked = linker.link("2024年科普活动预算比去年增长10%是多少亿元")
    assert linked.years == (2024,) and linked.relative_years == () and linked.phases == (Phase.BUDGET,)
    assert str(linked.unit) == "亿元" and [str(n.value) for n in linked.numbers] == ["10"]
    assert "科普活动" not in linked.residue and "增长" in linked.residue


def test_generic_headings_are_no_names(linker: Linker) -> None:
    assert linker.link("合计多少").mentions == ()


@settings(deadline=None)  # the first English words load the names' index
@given(st.text(alphabet="科普活动学术交流的多少钱abc 12,年?和()本级支出总计人员", max_size=40))
def test_mentions_lie_in_the_text(text: str) -> None:
    linked = Linker(_SHARED).link(text)
    for mention in linked.mentions:
        assert linked.question.text[mention.start : mention.end] == mention.text
        scores = [c.score for c in mention.candidates]
        assert scores == sorted(scores, reverse=True) and 0 < scores[-1] <= scores[0] <= 1
        assert all(c.label.kind is mention.kind for c in mention.candidates)
    for kind in LabelKind:
        ends = [0, *(m.end for m in linked.of_kind(kind))]
        assert all(m.start >= end for m, end in zip(linked.of_kind(kind), ends, strict=False))


@given(st.sampled_from(corpus_labels()))
def test_every_label_finds_itself(label: Label) -> None:
    """Asked by its own name, a label is among the likeliest readings (headings of forms aside)."""
    if label.text == "合计":
        return
    mentions = Linker(_SHARED).link(label.text).of_kind(label.kind)
    assert any(c.label == label and c.score > 0.9 for m in mentions for c in m.candidates)


_SHARED = build_vocabulary(corpus_labels())


class _Near(VectorSearch):
    """A search that always finds the same labels."""

    def __init__(self, *near: tuple[str, LabelKind, float]) -> None:
        self.near = near
        self.asked: list[str] = []

    def nearest(self, text: str, kinds: Sequence[LabelKind], k: int) -> Sequence[tuple[str, LabelKind, float]]:
        self.asked.append(text)
        return tuple(n for n in self.near if n[1] in kinds)[:k]


def test_embeddings_are_asked_only_where_no_name_is_found() -> None:
    calibration = Calibration()
    near = _Near(("差旅费", ITEM, 0.8), ("会议费", ITEM, calibration.chinese - 0.01))
    linker = Linker(_SHARED, near)
    assert best(linker.link("科普活动多少钱"), ITEM) == ["科普活动"]
    assert linker.link("杭州市科协的猫粮").of_kind(ITEM) == ()
    assert linker.link("一共多少钱?").of_kind(ITEM) == ()
    assert near.asked == []
    linked = linker.link("市科协坐火车飞机的钱有多少")
    (mention,) = linked.of_kind(ITEM)
    assert near.asked == ["坐火车飞机"] and mention.text == "坐火车飞机"
    assert [(c.label.text, c.how) for c in mention.candidates] == [("差旅费", How.EMBEDDING)]
    assert calibration.low < mention.best.score < calibration.high
    assert best(linked, AGENCY) == ["云州市科学技术协会"]


@given(st.floats(-1, 1), st.sampled_from(Language))
def test_a_calibrated_score_stays_below_every_name(cosine: float, language: Language) -> None:
    calibration = Calibration()
    assert calibration.low <= calibration.score(cosine, language) <= calibration.high


def test_an_empty_corpus_links_nothing() -> None:
    linked = Linker(build_vocabulary(())).link("科普活动多少钱 How much for travel?")
    assert linked.mentions == ()
