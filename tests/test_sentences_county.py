"""Prose as counties, schools and hospitals write it. Every sentence here is ours, its body and figures invented."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.records import Fact, Identity, Measure, Phase
from ingest.sentences import read_statements
from tests.test_sentences import ACCOUNT, BUDGET, passages_of, read, summary

MONTHLY = Identity("云溪县2031年1-5月财政收支情况", "云溪县", 2031, Phase.BUDGET)


def told(fact: Fact) -> str:
    """summary with year and phase."""
    return f"{summary(fact)} {fact.year} {fact.phase.value}"


CASES = [
    (  # the share of the year's plan is a completion, and the plan is the item's own
        "1-7月，我镇地方财政收入累计完成5120万元，为年预算的64.5%，同比降低6.6%。",
        [
            "地方财政收入 | amount 5120 万元",
            "地方财政收入 | completion 64.5 %",
            "地方财政收入 | rate -6.6 %",
        ],
    ),
    (
        "全乡完成财政总收入6200万元，占年初预算12400万元的50%，其中：非税收入1500万元，占年初预算2000万元的75%。",
        [
            "财政总收入 | amount 6200 万元",
            "财政总收入 | amount 12400 万元",
            "财政总收入 | completion 50 %",
            "财政总收入>非税收入 | amount 1500 万元",
            "财政总收入>非税收入 | amount 2000 万元",
            "财政总收入>非税收入 | completion 75 %",
        ],
    ),
    (  # a name before a colon
        "教育类支出：安排31.5万元，比上年增加4.8万元；公共安全类支出：安排36.7万元。",
        [
            "教育类支出 | amount 31.5 万元",
            "教育类支出 | delta 4.8 万元",
            "公共安全类支出 | amount 36.7 万元",
        ],
    ),
    (  # figures told out over names
        "公务用车购置数和保有量分别为2辆、17辆。",
        ["公务用车购置数 | quantity 2 辆", "公务用车保有量 | quantity 17 辆"],
    ),
    ("货物、工程和服务采购分别为3、5万元。", []),  # more names than figures: none is told
    (  # no change of one item before a change of the next
        "“三公”经费支出决算5万元，比去年增加1万元。其中，公务用车购置费比预算无增减变化，公务接待费比预算无增减变化，"
        "比去年增加0.5万元，增长50%。",
        [
            "“三公”经费 | amount 5 万元",
            "“三公”经费 | delta 1 万元",
            "公务用车购置费 | delta 0 万元",
            "公务接待费 | delta 0 万元",
            "公务接待费 | delta 0.5 万元",
            "公务接待费 | rate 50 %",
        ],
    ),
    (  # 元 left out, and the change after it
        "公务用车编制6台。安排公车运行费54万。较上年预算下降10%。",
        [
            "公务用车编制 | quantity 6 台",
            "公车运行费 | amount 54 万元",
            "公车运行费 | rate -10 %",
        ],
    ),
    (  # a reason between two parts leaves the list open
        "“三公”经费预算28万元。其中：公务接待费9万元，主要是接待增加；公务用车运行维护费19万元，比上年减少1万元。",
        [
            "“三公”经费 | amount 28 万元",
            "“三公”经费>公务接待费 | amount 9 万元",
            "“三公”经费>公务用车运行维护费 | amount 19 万元",
            "“三公”经费>公务用车运行维护费 | delta -1 万元",
        ],
    ),
    (  # parts in brackets
        "公务用车购置及运行维护费40万元（包括：公务用车运行维护费26万元、公务用车购置14万元）。",
        [
            "公务用车购置及运行维护费 | amount 40 万元",
            "公务用车购置及运行维护费>公务用车运行维护费 | amount 26 万元",
            "公务用车购置及运行维护费>公务用车购置 | amount 14 万元",
        ],
    ),
    (  # a share without its word
        "其中：教育支出420.5万元42.05%、农林水支出33.6万元占3.36%。",
        [
            "教育支出 | amount 420.5 万元",
            "教育支出 | share 42.05 %",
            "农林水支出 | amount 33.6 万元",
            "农林水支出 | share 3.36 %",
        ],
    ),
    (  # what a change is measured on is no item, and neither is what is added
        "全市收入完成53.1亿元，增长22.1%，还原退税口径后增长3.4%，可比增长3%。加上转移支付9.7亿元，收入总量为62.8亿元。",
        [
            "收入 | amount 53.1 亿元",
            "收入 | rate 22.1 %",
            "收入 | rate 3.4 %",
            "收入 | rate 3 %",
            "转移支付 | amount 9.7 亿元",
            "收入总量 | amount 62.8 亿元",
        ],
    ),
    (
        "“三公”经费支出43万元，比上年累计支出45万元减少2万元。",
        ["“三公”经费 | amount 43 万元", "“三公”经费 | base 45 万元", "“三公”经费 | delta -2 万元"],
    ),
    (  # many names before one amount are one item, and not the one before
        "对医疗保险基金的补助6亿元；安排高龄津贴、孤儿生活费、临时救助、残疾儿童康复、"
        "流浪人员安置及各类帮扶等支出14亿元。",
        [
            "对医疗保险基金的补助 | amount 6 亿元",
            "高龄津贴、孤儿生活费、临时救助、残疾儿童康复、流浪人员安置及各类帮扶等支出"
            " | amount 14 亿元",
        ],
    ),
    (
        "公务接待费、公务用车费和出国经费（“三公”经费）决算总额365万元，比上年下降4%。",
        ["“三公”经费 | amount 365 万元", "“三公”经费 | rate -4 %"],
    ),
    (  # visits are counted of what was named before them
        "国内公务接待批次39个，接待人次285人；国（境）外公务接待批次2个，接待人次14人。",
        [
            "国内公务接待批次 | quantity 39 个",
            "国内公务接待批次>接待人次 | quantity 285 人",
            "国（境）外公务接待批次 | quantity 2 个",
            "国（境）外公务接待批次>接待人次 | quantity 14 人",
        ],
    ),
    (  # headings of counts
        "在校学生940人；人员编制：66人，实有人员：61人。",
        ["在校学生 | quantity 940 人", "人员编制 | quantity 66 人", "实有人员 | quantity 61 人"],
    ),
    (  # a change behind a list whose parts told none is the whole's
        "“三公”经费预算33万元。其中，公务接待费4万元，公务用车费29万元。同口径比2030年减少8万元。",
        [
            "“三公”经费 | amount 33 万元",
            "“三公”经费>公务接待费 | amount 4 万元",
            "“三公”经费>公务用车费 | amount 29 万元",
            "“三公”经费 | delta -8 万元",
        ],
    ),
    (  # by how much it came out above the budget is no budget
        "财政拨款支出总计17.5万元，决算数大于预算数0.5万元。",
        ["财政拨款支出总计 | amount 17.5 万元", "财政拨款支出总计 | delta 0.5 万元"],
    ),
    (  # names with what they are spent on before them, and the fund that is no expense
        "外出办事的车费、餐费等公务接待费决算支出2万元，政府性基金预算支出3万元，加上级补助收入4万元。",
        ["公务接待费 | amount 2 万元", "政府性基金预算支出 | amount 3 万元", "上级补助收入 | amount 4 万元"],
    ),
    (  # a shared ending, told once
        "按支出方向看，教学类、科研类和后勤类项目支出分别为7万元、5万元和2万元。",
        ["教学类项目支出 | amount 7 万元", "科研类项目支出 | amount 5 万元", "后勤类项目支出 | amount 2 万元"],
    ),
    (  # what is held is not bought
        "当年购置公务用车0辆，年末公务用车保有量21辆，其中：救护车8辆。",
        [
            "购置公务用车 | quantity 0 辆",
            "年末公务用车保有量 | quantity 21 辆",
            "年末公务用车保有量>救护车 | quantity 8 辆",
        ],
    ),
    (
        "公务用车购置及运行维护费23万元，全部为公务用车运行维护费23万元。",
        ["公务用车购置及运行维护费 | amount 23 万元", "公务用车运行维护费 | amount 23 万元"],
    ),
    ("公务接待费在2031年度的支出为0。", ["公务接待费 | amount 0 万元"]),
    (  # a noun behind a count belongs to it alone
        "全年4个批次、出国累计17人次。",
        ["批次 | quantity 4 个", "出国 | quantity 17 人次"],
    ),
    (  # in numbered parts, the year behind the name
        "其中：1、公务接待费2031年预算8万元，2030年预算12万元；对比减少4万元，减少率33%。",
        [
            "公务接待费 | amount 8 万元",
            "公务接待费 | base 12 万元",
            "公务接待费 | delta -4 万元",
            "公务接待费 | rate -33 %",
        ],
    ),
    (  # by how much two figures differ, and not in which direction; and a count of nothing named
        "公务接待费2万元，年初预算为3万元，差值为1万元。税收收入9万元，有7个（县、区）呈增长。",
        ["公务接待费 | amount 2 万元", "公务接待费 | amount 3 万元", "税收收入 | amount 9 万元"],
    ),
    (  # what stands round a name
        "主要支出领域中教育支出8亿元；个人所得税受减免政策影响下降2%；自治区核定我县债务限额5亿元；"
        "税收收入7亿元，比2030年（下同）减少1亿元。",
        [
            "教育支出 | amount 8 亿元",
            "个人所得税 | rate -2 %",
            "债务限额 | amount 5 亿元",
            "税收收入 | amount 7 亿元",
            "税收收入 | delta -1 亿元",
        ],
    ),
    (  # the other side of a fund, named by its side alone
        "政府性基金预算收入安排7.2亿元，支出安排8.5亿元。“三公”经费财政拨款支出预算为3万元。",
        [
            "政府性基金预算收入 | amount 7.2 亿元",
            "政府性基金预算支出 | amount 8.5 亿元",
            "“三公”经费 | amount 3 万元",
        ],
    ),
    ("2031年末在职职工21人，退休人员4人。", ["在职职工 | quantity 21 人", "退休人员 | quantity 4 人"]),
    (  # new bonds are an amount where nothing is compared
        "新增地方政府债券收入13万元。公务接待费比上年新增2万元。",
        ["新增地方政府债券收入 | amount 13 万元", "公务接待费 | delta 2 万元"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_sentences(text: str, expected: list[str]) -> None:
    _, facts = read(text)
    assert [summary(fact) for fact in facts] == expected


def test_a_section_on_another_year_gives_its_year_and_stage() -> None:
    _, facts = read(
        "#一、2031年“三公”经费预算安排",
        "“三公”经费预算22万元，其中：公务接待费12万元。",
        "#二、2030年“三公”经费决算情况",
        "2030年“三公”经费合计支出20万元，其中：公务接待费11万元。",
        "2031年“三公”经费预算较2030年增加2万元，其中公务接待费增加1万元。",
    )
    assert [told(f) for f in facts] == [
        "“三公”经费 | amount 22 万元 2031 budget",
        "“三公”经费>公务接待费 | amount 12 万元 2031 budget",
        "“三公”经费 | amount 20 万元 2030 actual",
        "“三公”经费>公务接待费 | amount 11 万元 2030 actual",
        "“三公”经费 | delta 2 万元 2031 budget",
        "公务接待费 | delta 1 万元 2031 budget",
    ]


def test_a_year_at_the_beginning_of_a_sentence_is_of_all_of_it() -> None:
    identity = replace(BUDGET, year=2031, phase=Phase.UNKNOWN)
    _, facts = read("2030年，我区补助收入9.4亿元，其中：税收返还0.7亿元。政府性基金收入3亿元。", identity=identity)
    assert [(f.label, f.year) for f in facts] == [("补助收入", 2030), ("税收返还", 2030), ("政府性基金收入", 2031)]


def test_what_was_collected_is_actual_in_a_report_on_a_budget() -> None:
    _, facts = read("5月，全县收入完成24万元，完成年初预算60万元的40%。其中：税收收入8万元。", identity=MONTHLY)
    assert [(f.label, f.phase, f.measure) for f in facts] == [
        ("全县收入", Phase.ACTUAL, Measure.AMOUNT),
        ("全县收入", Phase.BUDGET, Measure.AMOUNT),
        ("全县收入", Phase.BUDGET, Measure.COMPLETION),
        ("税收收入", Phase.ACTUAL, Measure.AMOUNT),
    ]


def test_parts_in_unnumbered_passages_under_a_numbered_one() -> None:
    _, facts = read(
        "1. 基本支出预算 24 万元。其中：",
        "工资福利支出预算 20 万元。",
        "商品和服务支出预算 4 万元。",
        "2. 项目支出 9 万元。其中：",
        "工资福利支出 1 万元。",
        "商品和服务支出 8 万元。",
    )
    assert [f.row_path for f in facts] == [
        ("基本支出",),
        ("基本支出", "工资福利支出"),
        ("基本支出", "商品和服务支出"),
        ("项目支出",),
        ("项目支出", "工资福利支出"),
        ("项目支出", "商品和服务支出"),
    ]


REASONS = [
    (  # the item that the sentence names, not the last one of the list before
        "“三公”经费支出决算26万元。其中：公务用车费23万元；公务接待费3万元。“三公”经费支出决算数小于预算数的主要原因是厉行节约。",
        [("“三公”经费", "厉行节约")],
    ),
    (  # two reasons in one sentence
        "基本支出80万元，项目支出57万元。基本支出较上年增加，原因是人员增加，项目支出减少原因是活动减少。",
        [("基本支出", "人员增加"), ("项目支出", "活动减少")],
    ),
    (  # no item named: the whole whose parts were listed without a change of theirs
        "财政拨款支出46万元，增长5%。其中：基本支出40万元，项目支出6万元。增减变化的主要原因是：人员增加。",
        [("财政拨款支出", "人员增加")],
    ),
    (  # the reason ends where the use begins
        "项目支出26万元，比上年减少15万元，主要原因是结构调整，主要用于道路建设。",
        [("项目支出", "结构调整")],
    ),
    (  # no figure at all, two items
        "2031年，乡里“三公”经费支出中公务接待费低于预算数的主要原因为取消宴请等原因，省下了钱。"
        "公务用车费高于预算数的主要原因是防汛增加了用车。",
        [("公务接待费", "取消宴请等原因，省下了钱"), ("公务用车费", "防汛增加了用车")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), REASONS)
def test_reasons_belong_to_the_item_they_name(text: str, expected: list[tuple[str, str]]) -> None:
    statements, _ = read_statements(passages_of(text), ACCOUNT)
    assert [(s.label, s.reason) for s in statements if s.reason] == expected


def test_a_use_behind_a_list_is_the_use_of_its_whole() -> None:
    statements, _ = read("机构运行110元，其中：基本支出110元，项目支出0元。主要用于单位日常运转。")
    assert [(s.label, s.use) for s in statements if s.use] == [("机构运行", "单位日常运转")]


def test_the_place_is_named_where_it_has_a_level_of_its_own() -> None:
    _, facts = read("全县财政收入5亿元。")
    assert [f.label for f in facts] == ["财政收入"]
    _, facts = read("全县财政收入5亿元，县级财政收入3亿元。")
    assert [f.label for f in facts] == ["全县财政收入", "县级财政收入"]


def test_months_tell_figures_of_one_name_apart() -> None:
    _, facts = read(
        "10月份，全国支出8亿元，比去年同月增加1亿元。", "1-10月累计，全国支出92亿元。其中，中央支出15亿元。"
    )
    assert [(f.label, f.column_path) for f in facts if f.measure is Measure.AMOUNT] == [
        ("全国支出", ("10月份",)),
        ("全国支出", ("1-10月累计",)),
        ("中央支出", ("1-10月累计",)),
    ]
    _, facts = read("1-7月，全国支出8亿元。", "1至7月份，全国收入9亿元。")
    assert [f.column_path for f in facts] == [(), ()]


def test_a_later_year_at_the_beginning_of_a_sentence() -> None:
    _, facts = read("2032年还本预算数为10亿元，付息预算数2亿元。")
    assert [(f.label, f.year) for f in facts] == [("还本", 2032), ("付息", 2032)]
