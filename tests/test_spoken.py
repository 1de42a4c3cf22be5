"""Names as people say them, read by their characters: found where one label accounts for them, and only there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.corpus import Label, LabelKind
from ingest.records import TableKind
from ingest.store import open_corpus
from qa.engine import Engine
from qa.link import Linker
from qa.spoken import joins_names, may_be_one_name, spoken_names, with_spoken
from qa.vocabulary import build_vocabulary
from tests.engines import engine_over
from tests.factories import build_extract, build_table, item

SAMPLE = Path(__file__).resolve().parent.parent / "samples" / "shaoxing-kexie-2024-sample.pdf"
PROJECTS = (
    "湿地候鸟名录保护修复",
    "山林防火专职扑打队伍经费",
    "96333电梯困人救援平台运行费",
    "松树岭至白沙公路扩建征地补偿",
    "农村居民基本医疗救助县级配套资金",
    "城市居民基本医疗救助县级配套资金",
    "适龄女性HPV疫苗接种项目",
    "中小学校车运营补贴",
    "对村民委员会和村党支部的补助",
    "水质自动站运行维护费",
    "公园保安保洁及设施维护",
)
ALIKE = ("基本养老服务中央补助资金", "基本养老服务补助资金（县级配套）", "基本养老服务")
INDICATORS = (
    "接报后出发时间",
    "更换老旧门窗数量",
    "离岗老年乡村医生补助人数",
    "在岗乡村医生补助人数",
    "候鸟名录修复保护率",
)


@pytest.fixture(scope="module")
def linker() -> Linker:
    projects = [Label(kind, text, (), 1) for text in PROJECTS for kind in (LabelKind.ITEM, LabelKind.PROJECT)]
    return Linker(build_vocabulary([*projects, *(Label(LabelKind.INDICATOR, text, (), 1) for text in INDICATORS)]))


def names(question: str, linker: Linker) -> tuple[str, ...]:
    spoken = with_spoken(linker.link(question), linker.vocabulary)
    return spoken_names(spoken) if spoken is not None else ()


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("湿地修复那个项目有多少钱", "湿地候鸟名录保护修复"),  # with gaps
        ("扑火队伍经费是多少万元", "山林防火专职扑打队伍经费"),  # parts exchanged
        ("96333那个项目给多少钱", "96333电梯困人救援平台运行费"),  # a number that names by itself
        ("松树岭到白沙那条路的征地补偿是多少", "松树岭至白沙公路扩建征地补偿"),  # a classifier inside
        ("农村医疗救助县里配套多少万元", "农村居民基本医疗救助县级配套资金"),
        ("给女生打HPV疫苗这个项目安排了多少经费", "适龄女性HPV疫苗接种项目"),  # for whom, and a verb of doing
        ("校车补贴今年安排多少钱", "中小学校车运营补贴"),
        ("给村委会和村党支部的补助多少钱", "对村民委员会和村党支部的补助"),
        ("水制自动站维护费多少钱", "水质自动站运行维护费"),  # a slip that sounds alike
        ("公园保洁和保安要多少钱", "公园保安保洁及设施维护"),
        ("要换掉多少樘旧门窗", "更换老旧门窗数量"),
        ("接到警报以后几分钟之内要出发", "接报后出发时间"),  # said whole, among small words
        ("要给多少名离岗的老乡村医生发补助", "离岗老年乡村医生补助人数"),
    ],
)
def test_a_name_is_known_by_what_is_said_of_it(linker: Linker, question: str, label: str) -> None:
    assert names(question, linker) == (label,)


@pytest.mark.parametrize(
    "question",
    [
        "扑火车辆经费是多少万元",  # content that the label lacks
        "96334那个项目给多少钱",
        "松树岭到石桥那条路的征地补偿是多少",  # another place behind the classifier
        "农村医疗救助省里配套多少万元",
        "农村医疗救助中央配套多少万元",
        "医疗救助县里配套多少万元",  # two labels account for it
        "给男生打HPV疫苗这个项目安排了多少经费",
        "给男性打HPV疫苗这个项目安排了多少经费",
        "中小学补贴今年安排多少钱",  # its head is not said
        "给村小学和村党支部的补助多少钱",
        "水质自动站建设费多少钱",
        "公园保洁和绿化要多少钱",
        "要换掉多少台旧空调",
        "湿地补贴有多少钱",
        "接到游客投诉以后几分钟之内要出发",
    ],
)
def test_a_neighbour_is_not(linker: Linker, question: str) -> None:
    assert names(question, linker) == ()


def test_what_is_said_in_order_goes_before_what_is_only_there(linker: Linker) -> None:
    assert names("候鸟名录保护修复有多少", linker) == ("湿地候鸟名录保护修复",)


def test_two_names_in_a_list_share_their_end(linker: Linker) -> None:
    both = ("城市居民基本医疗救助县级配套资金", "农村居民基本医疗救助县级配套资金")
    assert names("城市和农村医疗救助的县级配套资金一共多少", linker) == both
    assert names("牧区和农村医疗救助的县级配套资金一共多少", linker) == both[1:]


def test_two_names_joined_by_a_particle_are_parts_of_one_label() -> None:
    vocabulary = build_vocabulary([Label(LabelKind.ITEM, text, (), 1) for text in ALIKE])
    linked = Linker(vocabulary).link("基本养老的中央补助资金比县级配套多多少")
    spoken = with_spoken(linked, vocabulary)
    assert may_be_one_name(linked) and spoken is not None and joins_names(linked, spoken)
    assert spoken_names(spoken)[0] == ALIKE[0]


def test_a_project_is_not_told_by_the_services_bought_for_it(tmp_path: Path) -> None:
    projects = (
        item("合计", None, 0, "30.00", total=True),
        item("绿地养护经费", None, 1, "30.00", organisation="某市园林中心"),
    )
    bought = (item("合计", None, 0, "12.00", total=True), item("绿地养护经费", "2120399", 1, "12.00"))
    tables = (
        build_table("T1", "项目支出表", projects, ("合计",), TableKind.PROJECTS),
        build_table("T2", "政府购买服务明细表", bought, ("金额",), TableKind.GENERAL, page=4),
    )
    corpus = open_corpus(tmp_path, create=True)
    corpus.add(build_extract("a", tables, "某市园林局"))
    assert Engine(corpus).ask("绿地养护经费是多少").value == "30.00"


def test_a_units_short_name_begins_with_no_comma() -> None:
    vocabulary = build_vocabulary([Label(LabelKind.ORGANISATION, "云溪县农业综合行政执法大队", (), 1)])
    linked = Linker(vocabulary).link("算一下,农业执法大队一共多少元")
    assert [m.text for m in linked.mentions] == ["农业执法大队"] and not linked.foreign


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    yield from engine_over(tmp_path_factory.mktemp("store"), [SAMPLE])


def test_the_answer_cites_the_label_that_was_meant(engine: Engine) -> None:
    answer = engine.ask("给市民做的科技馆数字运维花多少钱")
    assert answer.value == "121.40", answer.answer
    assert engine.ask("给市民做的科技馆数字出版花多少钱").value is None
