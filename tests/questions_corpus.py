"""A small corpus for tests of selection, calculation and planning. The figures and names are invented."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from ingest.corpus import LabelKind
from ingest.records import Declaration, Definition, Extract, Indicator, Measure, Phase, Statement, TableKind
from ingest.store import SqlCorpus, open_corpus
from ingest.units import PERCENT
from qa.plan import Item, Name, Scope
from tests.factories import build_document, build_extract, build_passage, build_table, item, sentence_fact

AGENCY = "某市科学技术协会"
MUSEUM, CENTRE = "某市科技馆", "某市服务中心"

SPENDING = (
    item("合计", None, 0, "700.00", "310.00", "390.00", total=True),
    item("科学技术支出", "206", 0, "500.01", "110.01", "390.00"),
    item("科学技术普及", "20607", 1, "500.01", "110.01", "390.00"),
    item("机构运行", "2060701", 2, "110.01", "110.01", ""),
    item("科普活动", "2060702", 2, "265.00", "-", "265.00"),
    item("学术交流活动", "2060704", 2, "125.00", "", "125.00"),
    item("住房保障支出", "221", 0, "199.99", "199.99", "0.00"),
)
PROJECTS = (
    item("合计", None, 0, "390.01", total=True),
    item("展品更新", None, 0, "200.00", organisation=MUSEUM),
    item("水电费", None, 0, "125.00", organisation=MUSEUM),
    item("科普宣传", None, 0, "40.00", organisation=MUSEUM),
    item("科普宣传", None, 0, "25.00", organisation=CENTRE),
)
BASIC = (
    item("合计", None, 0, "310.00", total=True),
    item("工资福利支出", "301", 0, "200.00"),
    item("基本工资", "30101", 1, "150.00"),
    item("奖金", "30103", 1, "50.00"),
    item("商品和服务支出", "302", 0, "110.00"),
    item("会议费", "30215", 1, "0.20"),
    item("差旅费", "30211", 1, "109.80"),
)
FUND = (item("合计", None, 0, "", total=True),)
GROWTH = "2024年机关运行经费预算88.00万元，比上年增加8.00万元，增长10.0%，主要是人员增加。"
WRONG_RATE = "2024年会议费预算0.20万元，比上年减少0.20万元，下降40.0%。"
NONE = "2024年没有使用政府性基金预算拨款安排的支出。"


def names(*texts: str, kind: LabelKind = LabelKind.ITEM) -> tuple[Name, ...]:
    """Certain names, for items made by hand."""
    return tuple(Name(t, kind) for t in texts)


def named(text: str, **parts: object) -> Item:
    """An item with one certain name."""
    return replace(Item(text, names(text)), **parts)  # type: ignore[arg-type]


def agency_extract(year: int = 2024, seed: str = "a") -> Extract:
    """The association's budget: spending by function, projects by organisation, economic items, prose, an indicator."""
    document = build_document(seed, AGENCY, year)
    columns = ("总计", "基本支出", "项目支出")
    tables = (
        build_table("T1", f"{year}年部门支出预算总表", SPENDING, columns),
        build_table("T2", f"{year}年部门项目支出预算表", PROJECTS, ("总计",), TableKind.PROJECTS, page=4),
        build_table("T3", f"{year}年部门一般公共预算基本支出表", BASIC, ("合计",), TableKind.BASIC, page=5),
        build_table("T4", f"{year}年部门政府性基金预算支出表", FUND, ("合计",), TableKind.GOVERNMENT_FUND, page=6),
    )
    growth = build_passage("P1", GROWTH, ("第二部分",))
    wrong = build_passage("P2", WRONG_RATE, ("第二部分",))
    none = build_passage("P3", NONE, ("第二部分",))
    term = build_passage("P4", "基本支出：指为保障机构正常运转发生的支出。", ("名词解释",))
    duties = build_passage("P5", "开展科学普及。", ("一、部门概况", "（一）主要职能"))
    facts = (
        sentence_fact("P1.F1", "P1", "机关运行经费", "88.00", GROWTH, document),
        sentence_fact("P1.F2", "P1", "机关运行经费", "8.00", GROWTH, document, Measure.DELTA),
        sentence_fact("P1.F3", "P1", "机关运行经费", "10.0", GROWTH, document, Measure.RATE, PERCENT),
        sentence_fact("P2.F1", "P2", "会议费", "0.20", WRONG_RATE, document),
        sentence_fact("P2.F2", "P2", "会议费", "-0.20", WRONG_RATE, document, Measure.DELTA),
        sentence_fact("P2.F3", "P2", "会议费", "-40.0", WRONG_RATE, document, Measure.RATE, PERCENT),
    )
    made = build_extract(seed, tables, AGENCY, year, passages=(growth, wrong, none, term, duties), facts=facts)
    return replace(
        made,
        statements=(
            Statement("S1", "P1", "机关运行经费", (), GROWTH, 0, len(GROWTH), reason="人员增加"),
            Statement("S2", "P2", "会议费", (), WRONG_RATE, 0, len(WRONG_RATE)),
        ),
        definitions=(Definition("基本支出", "指为保障机构正常运转发生的支出。", "P4"),),
        declarations=(Declaration("政府性基金", NONE, 2, None, passage="P3"),),
        indicators=(_indicator("I1", "参观人数", "人次", "12000"), _indicator("I2", "更新数量", "件", "10")),
    )


def _indicator(key: str, name: str, unit: str, target: str) -> Indicator:
    return Indicator(
        key, "T2", 1, MUSEUM, "展品更新", None, None, "产出指标", "数量指标", name, "≥", target, Decimal(target),
        unit, None, 4, None,
    )  # fmt: skip


def small_corpus(folder: Path) -> SqlCorpus:
    """The association's budgets of 2023 and 2024 and another agency's of 2024 in a new store."""
    corpus = open_corpus(folder, create=True)
    corpus.add(agency_extract())
    other = (item("合计", None, 0, "50.00", total=True), item("教育支出", "205", 0, "50.00"))
    table = build_table("T1", "2024年部门支出预算总表", other, ("总计",))
    corpus.add(build_extract("b", (table,), "某市教育局", 2024, Phase.BUDGET))
    before = (item("合计", None, 0, "600.00", total=True), item("科普活动", "2060702", 0, "212.00"))
    corpus.add(build_extract("c", (build_table("T1", "2023年部门支出预算总表", before, ("总计",)),), AGENCY, 2023))
    return corpus


def scope_of(corpus: SqlCorpus, agency: str = AGENCY, year: int = 2024) -> Scope:
    """The scope of one agency's one year."""
    held = (d.id for d in corpus.documents() if (d.identity.agency, d.identity.year) == (agency, year))
    return Scope(tuple(held))
