"""Who published a document, for which year, phase and scope. Names and figures are invented."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.identity import read_identity
from ingest.pages import Grid, GridCell, Line, Page
from ingest.readers.pdf import PdfReader
from ingest.readers.text import TextReader
from ingest.records import Identity, Phase, Scope, Volume

SHARED = Path(os.environ.get("BUDGETQA_SHARED", Path(__file__).parents[2] / "shared")) / "documents"


def page(*blocks: str | Grid, number: int = 1) -> Page:
    return Page(number, 0.0, 0.0, tuple(Line(b, None) if isinstance(b, str) else b for b in blocks))


def table(*texts: str) -> Grid:
    cells = tuple(GridCell(0, 1, i, i + 1, text) for i, text in enumerate(texts))
    return Grid(1, len(texts), cells)


FIGURES = table("合计", "12.00", "3.00", "9.00", "1.00")


def test_title_with_agency_year_and_phase() -> None:
    body = page("目录", "一、概况", "云溪市水务局负责供水。", FIGURES, number=2)
    pages = [page("云溪市水务局", "2031年度部门预算"), body]
    assert read_identity(pages, "a.pdf") == Identity(
        "云溪市水务局2031年度部门预算", "云溪市水务局", 2031, Phase.BUDGET, Scope.DEPARTMENT, Volume.WHOLE
    )


def test_agency_from_the_owner_line_where_the_title_names_only_the_place() -> None:
    pages = [page("云溪市2031年市级单位预算", "预算单位：云溪市植物园"), page("云溪市植物园负责养护。", number=2)]
    identity = read_identity(pages, "a.pdf")
    assert (identity.agency, identity.scope) == ("云溪市植物园", Scope.UNIT)
    assert identity.title == "云溪市2031年市级单位预算（云溪市植物园）"


def test_final_account() -> None:
    pages = [page("中共云溪市委研究室", "2030 年度", "部门决算"), page("本部门预算执行良好。", number=2)]
    identity = read_identity(pages, "a.pdf")
    assert (identity.agency, identity.year, identity.phase) == ("云溪市委研究室", 2030, Phase.ACTUAL)


def test_year_in_chinese_numerals() -> None:
    assert read_identity([page("云溪市水务局二〇三一年部门预算")], "a.pdf").year == 2031


def test_the_month_of_publication_names_no_fiscal_year() -> None:
    account = [page("2031年度", "云溪市青岩镇人民政府", "部门决算", "2032年9月")]
    assert read_identity(account, "a.pdf").year == 2031
    undated = [page("云溪市青岩镇人民政府部门决算", "2032年9月")]
    assert read_identity(undated, "a.pdf").year is None
    budget = [page("云溪市青岩镇人民政府部门预算", "2032年2月")]
    assert read_identity(budget, "a.pdf").year == 2032


def test_the_year_compared_with_is_not_the_documents() -> None:
    pages = [page("关于云溪市2030年预算执行情况和2031年预算草案的报告")]
    assert read_identity(pages, "a.pdf").year == 2031


def test_tables_volume_without_a_cover() -> None:
    pages = [
        page("收支预算总表", "部门：云溪市水务局 单位：万元", FIGURES),
        page("2031年政府采购预算表", "部门：云溪市水务局 单位：万元", FIGURES, number=2),
    ]
    identity = read_identity(pages, "x.pdf")
    assert identity == Identity(
        "云溪市水务局2031年部门预算", "云溪市水务局", 2031, Phase.BUDGET, Scope.DEPARTMENT, Volume.TABLES
    )


def test_text_volume_points_to_its_tables() -> None:
    pages = [page("云溪市水务局2031年部门预算"), page("具体表格附后", "收入预算 5 万元。", number=2)]
    assert read_identity(pages, "x.pdf").volume is Volume.TEXT


def test_file_name_only_where_the_text_is_silent() -> None:
    identity = read_identity([page("说明如下。")], "云溪市水务局-2029-决算.pdf")
    assert (identity.agency, identity.year, identity.phase) == ("云溪市水务局", 2029, Phase.ACTUAL)
    pages = [page("云溪市财政局2031年部门预算")]
    assert read_identity(pages, "云溪市水务局-2029-决算.pdf").year == 2031


def test_nothing_known_stays_unknown() -> None:
    identity = read_identity([page("说明如下。")], "scan.pdf")
    assert (identity.agency, identity.year, identity.phase) == (None, None, Phase.UNKNOWN)


@pytest.mark.parametrize(
    ("lines", "agency", "year", "phase"),
    [
        (("City of Ashford", "FY2031 Adopted Budget"), "City of Ashford", 2031, Phase.BUDGET),
        (("Department of Water", "Fiscal Year 2030-31 Budget"), "Department of Water", 2031, Phase.BUDGET),
        (("Larkspur County", "Annual Financial Report", "Fiscal Year 2030"), "Larkspur County", 2030, Phase.ACTUAL),
    ],
)  # fmt: skip
def test_english_covers(lines: tuple[str, ...], agency: str, year: int, phase: Phase) -> None:
    identity = read_identity([page(*lines)], "a.pdf")
    assert (identity.agency, identity.year, identity.phase) == (agency, year, phase)


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"the shared documents are not at {SHARED}")
def test_shared_documents_agree_with_the_names_they_are_filed_under() -> None:
    """Read under a name that says nothing, each document still tells its year and phase."""
    named = [p for p in sorted(SHARED.iterdir()) if len(p.stem.split("-")) >= 3 and p.stem.split("-")[1].isdigit()]
    assert len(named) >= 8
    for path in named:
        parts = path.stem.split("-")
        pages = [p for p in (PdfReader() if path.suffix == ".pdf" else TextReader()).read(path) if isinstance(p, Page)]
        identity = read_identity(pages, "x.pdf")
        assert identity.year == int(parts[1]), path.name
        assert identity.phase is (Phase.ACTUAL if parts[2] == "决算" else Phase.BUDGET), path.name
        assert identity.agency, path.name
        assert identity.volume is {"文字": Volume.TEXT, "表格": Volume.TABLES}.get(parts[-1], Volume.WHOLE), path.name


@pytest.mark.parametrize(
    ("lines", "agency", "year", "phase"),
    [
        (  # the first line of the first paragraph is no part of the title
            ("云溪区2031年“三公”经费决算说明", "根据国务院、省政府关于推进政府", "预算信息公开的部署，现公开如下。"),
            "云溪区", 2031, Phase.ACTUAL,
        ),
        (("云溪市第二小学2031年单位预算公开", "一、2030年工作总结"), "云溪市第二小学", 2031, Phase.BUDGET),
        (("云溪县2031年1-5月财政收支情况", "1-5月，我县收入累计完成52000万元，为年"), "云溪县", 2031, Phase.ACTUAL),
        (("2031年上半年云溪市一般公共预算支出情况", "上半年，支出完成25亿元，增长3%。"), "云溪市", 2031, Phase.ACTUAL),
        (("2031年云溪市预算说明", "一、一般公共预算说明"), "云溪市", 2031, Phase.BUDGET),
        (("2031年全市财政预算说明", "一、一般公共预算说明"), None, 2031, Phase.BUDGET),
        (("云溪区2031年转移支付情况说明", "一、2030年转移支付情况"), "云溪区", 2031, Phase.UNKNOWN),
    ],
)  # fmt: skip
def test_articles_with_a_title_right_above_the_prose(
    lines: tuple[str, ...], agency: str | None, year: int, phase: Phase
) -> None:
    identity = read_identity([page(*lines)], "a.pdf")
    assert (identity.title, identity.agency, identity.year, identity.phase) == (lines[0], agency, year, phase)


def test_a_title_broken_inside_a_word() -> None:
    pages = [page("云溪县2030年预算执行情况和2031年预", "算草案报告", "一、2030年预算执行情况")]
    identity = read_identity(pages, "a.pdf")
    assert (identity.title, identity.agency) == ("云溪县2030年预算执行情况和2031年预算草案报告", "云溪县")
    assert (identity.year, identity.phase) == (2031, Phase.BUDGET)


def test_the_place_is_no_agency_of_a_department() -> None:
    pages = [page("云溪区2031年区级部门预算", "一、“三公”经费情况")]
    assert read_identity(pages, "a.pdf").agency is None
