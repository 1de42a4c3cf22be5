"""Figures in prose as facts. Every sentence here is ours, its body and figures invented."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.numbers import CellState
from ingest.prose import read_passages
from ingest.records import Fact, Identity, Measure, Passage, PassageKind, PassageLine, Phase, Statement
from ingest.sentences import read_statements
from ingest.units import UnitSource
from tests.placed_text import set_paragraphs

BUDGET = Identity("云溪市水务局2031年部门预算", "云溪市水务局", 2031, Phase.BUDGET)
ACCOUNT = Identity("云溪市水务局2031年部门决算", "云溪市水务局", 2031, Phase.ACTUAL)


def passages_of(*texts: str) -> list[Passage]:
    """Passages from texts; one that begins with # is a heading."""
    passages: list[Passage] = []
    for number, text in enumerate(texts, 1):
        kind = PassageKind.HEADING if text.startswith("#") else PassageKind.PARAGRAPH
        text = text.removeprefix("#")
        passages.append(Passage(f"P{number}", kind, (), text, (PassageLine(0, len(text), 1),)))
    return passages


def read(*texts: str, identity: Identity = BUDGET) -> tuple[Sequence[Statement], Sequence[Fact]]:
    return read_statements(passages_of(*texts), identity)


def summary(fact: Fact) -> str:
    """path | measure value unit, the way the tables below are written."""
    unit = fact.unit.unit.symbol if fact.unit.unit else "?"
    return f"{'>'.join(fact.row_path)} | {fact.measure.value} {fact.value} {unit}"


CASES = [
    (  # a bound is no fall
        "年度目标：灌区巡查不少于 3800 次，故障修复时间不超过 4 小时，满意度不低于 92%。",
        ["灌区巡查 | quantity 3800 次", "故障修复时间 | quantity 4 小时", "满意度 | quantity 92 %"],
    ),
    (  # quotation marks inside the name of a class
        "“两河”治理（项）支出2650万元，与上年相比减少530万元，降幅16.67%。",
        ["“两河”治理 | amount 2650 万元", "“两河”治理 | delta -530 万元", "“两河”治理 | rate -16.67 %"],
    ),
    (  # a name that a full stop closes heads the paragraph; a change behind counts is of the money
        "3、公务接待费。预算为4.50万元，支出决算为2.73万元。全年国内公务接待26批次，主要用于水利考察；"
        "比2030年度增加0.77万元，增长39.29%。",
        [
            "公务接待费 | amount 4.50 万元",
            "公务接待费 | amount 2.73 万元",
            "国内公务接待 | quantity 26 批次",
            "公务接待费 | delta 0.77 万元",
            "公务接待费 | rate 39.29 %",
        ],
    ),
    (  # a list of parts ends with its sentence
        "支出包括：农林水支出、住房保障支出。云溪市水务局2031年收支总预算5337.50万元。",
        ["收支总预算 | amount 5337.50 万元"],
    ),
    (
        "云溪市水务局2031年收入预算 5337.50 万元，比上年执行数增加 528.84 万元，增长 11.0%，主要是供水项目增加。",
        ["收入预算 | amount 5337.50 万元", "收入预算 | delta 528.84 万元", "收入预算 | rate 11.0 %"],
    ),
    (
        "“农林水支出（类）水利（款）防汛（项）”25.70万元，2030年当年预算执行数为60.10万元，"
        "2031年预算安排25.70万元，比2030年预算执行数减少57.24%。",
        [
            "农林水支出>水利>防汛 | amount 25.70 万元",
            "农林水支出>水利>防汛 | base 60.10 万元",
            "农林水支出>水利>防汛 | amount 25.70 万元",
            "农林水支出>水利>防汛 | rate -57.24 %",
        ],
    ),
    (
        "按用途分类，包括人员支出 91.40 万元，占 31.7%；日常公用支出 6.50 万元，占 2.2%。",
        [
            "人员支出 | amount 91.40 万元",
            "人员支出 | share 31.7 %",
            "日常公用支出 | amount 6.50 万元",
            "日常公用支出 | share 2.2 %",
        ],
    ),
    (
        "共有车辆 3 辆，其中，应急保障用车 0 辆、特种专业技术用车 1 辆。单价 50 万元以上通用设备 1 台（套）。",
        [
            "车辆 | quantity 3 辆",
            "车辆>应急保障用车 | quantity 0 辆",
            "车辆>特种专业技术用车 | quantity 1 辆",
            "单价50万元以上通用设备 | quantity 1 台（套）",
        ],
    ),
    (
        "部门预算安排购置车辆1辆，其中：其他用车1辆；部门预算安排购置单价100万元（含）以上设备0台（套）。",
        [
            "购置车辆 | quantity 1 辆",
            "购置车辆>其他用车 | quantity 1 辆",
            "购置单价100万元（含）以上设备 | quantity 0 台（套）",
        ],
    ),
    (
        "2031年本部门政府采购预算 71.00 万元，其中：政府采购货物预算 9.60 万元、政府采购服务预算 61.40 万元。",
        [
            "政府采购预算 | amount 71.00 万元",
            "政府采购预算>政府采购货物预算 | amount 9.60 万元",
            "政府采购预算>政府采购服务预算 | amount 61.40 万元",
        ],
    ),
    (
        "收入包括：一般公共预算 5.00 万元；支出包括：农林水支出 4.00 万元、住房保障支出 1.00 万元。",
        [
            "收入>一般公共预算 | amount 5.00 万元",
            "支出>农林水支出 | amount 4.00 万元",
            "支出>住房保障支出 | amount 1.00 万元",
        ],
    ),
    (
        "共计12个一级项目，43个二级项目，涉及当年资金39.66万元。",
        ["一级项目 | quantity 12 个", "二级项目 | quantity 43 个", "二级项目>涉及当年资金 | amount 39.66 万元"],
    ),
    (
        "一般公共预算拨款安排的会议费预算支出 168 万元，本年数小于上年预算数 20 万元。",
        ["会议费 | amount 168 万元", "会议费 | delta -20 万元"],
    ),
    (
        "2031年收入预算124.50万元，比2030年111.10万元增加13.40万元。",
        ["收入预算 | amount 124.50 万元", "收入预算 | base 111.10 万元", "收入预算 | delta 13.40 万元"],
    ),
    (
        "财政拨款收入 53.65 万元（上年结转 3.93 万元），占 100.0%。",
        ["财政拨款收入 | amount 53.65 万元", "上年结转 | amount 3.93 万元", "财政拨款收入 | share 100.0 %"],
    ),
    ("水利支出预算1.2亿元，同比增加2000万元。", ["水利支出 | amount 1.2 亿元", "水利支出 | delta 2000 万元"]),
    ("政府性基金拨款支出预算为0。", ["政府性基金拨款支出 | amount 0 万元"]),
    (
        "下属1家机关财政拨款的机关运行经费预算为43.18万元。",
        ["机关 | quantity 1 家", "机关运行经费 | amount 43.18 万元"],
    ),
    ("“农林水支出（类）水利（款）防汛（项）”科目 5.00 万元。", ["农林水支出>水利>防汛 | amount 5.00 万元"]),
    ("人员经费由上年的100万元增加到120万元。", ["人员经费 | base 100 万元", "人员经费 | amount 120 万元"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_sentences(text: str, expected: list[str]) -> None:
    _, facts = read(text)
    assert [summary(fact) for fact in facts] == expected


def test_phases_of_a_final_account() -> None:
    text = (
        "1、农林水支出（类）水利（款）防汛（项）。年初预算为 48.00 万元，全年预算为 52.00 万元，"
        "支出决算为 51.32 万元，完成全年预算数的 98.69%。"
    )
    _, facts = read(text, identity=ACCOUNT)
    assert {fact.label for fact in facts} == {"防汛"}
    assert [(f.phase, f.column_path) for f in facts[:3]] == [
        (Phase.BUDGET, ("年初预算",)),
        (Phase.ADJUSTED, ("全年预算",)),
        (Phase.ACTUAL, ("支出决算",)),
    ]
    assert facts[3].measure is Measure.COMPLETION


def test_scores_and_sums_concerned_are_of_the_item_just_named() -> None:
    _, facts = read("绩效自评的项目 2 个，涉及预算金额 60.20 万元，平均得分 97.50 分。", identity=ACCOUNT)
    assert [f.row_path for f in facts] == [
        ("绩效自评的项目",),
        ("绩效自评的项目", "涉及预算金额"),
        ("绩效自评的项目", "平均得分"),
    ]


def test_an_account_is_actual_though_the_fund_is_called_a_budget() -> None:
    _, facts = read("一般公共预算财政拨款支出 307.82 万元。", identity=ACCOUNT)
    assert facts[0].phase is Phase.ACTUAL


def test_years_of_bases_and_changes() -> None:
    _, facts = read("2030年当年预算执行数为60.13万元，2031年预算安排25.77万元，比2030年预算执行数减少57.14%。")
    assert [(f.measure, f.year, f.phase) for f in facts] == [
        (Measure.BASE, 2030, Phase.ACTUAL),
        (Measure.AMOUNT, 2031, Phase.BUDGET),
        (Measure.RATE, 2031, Phase.BUDGET),
    ]
    assert facts[2].column_path == ("比2030年预算执行数",)


def test_no_change_is_a_change_of_zero_in_the_unit_spoken_of() -> None:
    _, facts = read("公务接待费 1.35 万元，与上年预算数持平。")
    assert summary(facts[1]) == "公务接待费 | delta 0 万元"
    assert (facts[1].text, facts[1].unit.source) == ("持平", UnitSource.INFERRED)


def test_parts_in_the_paragraphs_that_follow() -> None:
    _, facts = read(
        "“三公”经费预算数为 27.35 万元，具体如下：",
        "1. 公务接待费：2031 年安排公务接待费预算 2.75 万元。",
        "2. 公务用车购置及运行费 24.60 万元。其中：",
        "（1）公务用车购置费 19.60 万元。",
        "3. 因公出国（境）费 0 万元。",
        "#（二）会议费",
        "会议费 5 万元。",
    )
    assert [f.row_path for f in facts] == [
        ("“三公”经费",),
        ("“三公”经费", "公务接待费"),
        ("“三公”经费", "公务用车购置及运行费"),
        ("“三公”经费", "公务用车购置及运行费", "公务用车购置费"),
        ("“三公”经费", "因公出国（境）费"),
        ("会议费",),
    ]


def test_classification_is_carried_from_heading_and_paragraph() -> None:
    _, facts = read(
        "#（一）农林水（类）", "水利（款）：2031年预算支出合计 9.00 万元。其中：", "1．防汛（项）支出 4.00 万元。"
    )
    assert [f.row_path for f in facts] == [("农林水支出", "水利"), ("农林水支出", "水利", "防汛")]


def test_reason_and_use() -> None:
    statements, _ = read(
        "（1）农林水支出（类）水利（款）防汛（项）5.00 万元，主要用于汛期值守，"
        "比上年增加 1.00 万元，主要原因：一是站点增加；二是材料涨价。"
    )
    assert [(s.label, s.path) for s in statements] == [("防汛", ("农林水支出", "水利", "防汛"))]
    assert statements[0].use == "汛期值守"
    assert statements[0].reason == "一是站点增加；二是材料涨价"


def test_a_reason_without_figures_belongs_to_the_item_it_names() -> None:
    statements, facts = read("财政拨款支出减少的主要原因是项目调整。")
    assert [(s.label, s.reason) for s in statements] == [("财政拨款支出", "项目调整")]
    assert not facts


def test_figures_inside_a_reason_leave_the_item_alone() -> None:
    _, facts = read("项目支出 73 万元。与上年相比增加 40 万元，主要原因是增加了 40 万元的办案费，增长 2%。")
    assert [f.label for f in facts] == ["项目支出", "项目支出", "办案费", "项目支出"]


def test_definitions_hold_no_facts() -> None:
    passage = Passage("P1", PassageKind.DEFINITION, (), "甲：指 5 万元以下的支出。", (PassageLine(0, 13, 1),))
    assert read_statements([passage], BUDGET) == ((), ())


ENGLISH = [
    (
        "The FY2031 budget of $12.3 million is an increase of 5.2% over FY2030.",
        ["budget | amount 12.3 million dollars", "budget | rate 5.2 %"],
    ),
    (
        "Personnel services total $1,234,567 (45% of total spending), while supplies are $98,000.",
        [
            "Personnel services | amount 1234567 dollars",
            "Personnel services | share 45 %",
            "supplies | amount 98000 dollars",
        ],
    ),
    (
        "The Harbour Department receives $3.2 million, of which $2 million is for salaries.",
        ["Harbour Department | amount 3.2 million dollars", "Harbour Department>salaries | amount 2 million dollars"],
    ),
    (
        "Capital spending decreased by $250,000, or 12.5%, compared with FY2030.",
        ["Capital spending | delta -250000 dollars", "Capital spending | rate -12.5 %"],
    ),
    ("The department operates 12 vehicles.", ["vehicles | quantity 12 vehicles"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english_sentences(text: str, expected: list[str]) -> None:
    _, facts = read(text)
    assert [summary(fact) for fact in facts] == expected


def test_english_reason_year_and_phase() -> None:
    statements, facts = read("In FY2030 actual expenditures were $11.7 million, mainly due to higher fuel prices.")
    assert (facts[0].year, facts[0].phase) == (2030, Phase.ACTUAL)
    assert statements[0].reason == "higher fuel prices"


NAMES = st.lists(
    st.sampled_from(["供水支出", "排水支出", "堤防维护费", "闸站运行经费", "巡查补助", "宣传费"]),
    min_size=2,
    max_size=6,
    unique=True,
)
AMOUNTS = st.decimals(min_value=0, max_value=99999, places=2)


@given(NAMES, st.lists(AMOUNTS, min_size=6, max_size=6), st.integers(26, 40))
def test_each_name_of_a_list_gets_its_own_amount(names: list[str], amounts: list[Decimal], columns: int) -> None:
    """A 1 万元、B 2 万元: whatever the line breaks, and each figure is boxed where it is printed."""
    parts = "、".join(f"{name} {amount:,} 万元" for name, amount in zip(names, amounts, strict=False))
    text = f"云溪市水务局2031年支出预算 100.00 万元，其中：{parts}。"
    passages = read_passages(set_paragraphs([text], columns))
    _, facts = read_statements(passages, BUDGET)
    assert [(f.row_path, f.value) for f in facts[1:]] == [
        (("支出预算", name), amount) for name, amount in zip(names, amounts, strict=False)
    ]
    assert all(f.state is CellState.FIGURE and f.box is not None for f in facts)
    assert all(f.statement in {s.id for s in read_statements(passages, BUDGET)[0]} for f in facts)


WORDS = "预算支出其中：、，。；（）类款项0123456789.%万元增加减少比上年占主要原因是用于持平辆个的第"


@given(st.text(alphabet=WORDS, max_size=120))
def test_any_text_is_read_without_error(text: str) -> None:
    """Statements lie inside their passages, and every fact belongs to one of them."""
    statements, facts = read(text or "无")
    assert all(0 <= s.start <= s.end <= len(text) for s in statements)
    ids = {s.id for s in statements}
    assert all(f.statement in ids and f.label == f.row_path[-1] for f in facts)
