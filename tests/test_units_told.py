"""The units a document lists: after 包括：, in numbered lines, in a table; and the questions that ask for them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.records import Passage, PassageKind
from ingest.store import open_corpus
from qa.engine import Engine
from qa.units_told import told_units
from tests.factories import build_extract, build_passage, build_table, item

AGENCY = "某市文化和旅游局"
HEADING = ("一、部门概况", "（二）预算单位构成")
TABLE = build_table("T1", "部门支出预算总表", (item("合计", None, 0, "9.00", total=True),))


def passage(number: int, text: str) -> Passage:
    made = build_passage(f"P{number}", text)
    return replace(made, kind=PassageKind.PARAGRAPH, section=HEADING)


def listed(path: Path, *texts: str) -> Engine:
    corpus = open_corpus(path, create=True)
    passages = tuple(passage(n, t) for n, t in enumerate(texts))
    corpus.add(replace(build_extract("a", (TABLE,), AGENCY), passages=passages))
    return Engine(corpus)


@pytest.mark.parametrize(
    ("texts", "units"),
    [
        (
            ("纳入部门预算编制范围的预算单位共3家，包括：某市文化和旅游局本级、某市图书馆和某市博物馆。",),
            ["某市文化和旅游局本级", "某市图书馆", "某市博物馆"],
        ),
        (
            (
                "本部门预算单位具体包括：",
                "1. 某市文化和旅游局（本部）。",
                "2. 某市图书馆。",
                "不含某宾馆（自收自支）。",
            ),
            ["某市文化和旅游局（本部）", "某市图书馆"],
        ),
        (
            ("从预算单位构成看，预算包括：某市文化和旅游局本级预算、某市图书馆（挂牌馆、分馆）预算。",),
            ["某市文化和旅游局本级", "某市图书馆（挂牌馆、分馆）"],
        ),
        (("机构设置包括2个内设机构，具体包括：办公室、财务处。",), []),
    ],
)
def test_the_units_of_a_document(tmp_path: Path, texts: tuple[str, ...], units: list[str]) -> None:
    engine = listed(tmp_path, *texts)
    document = engine.corpus.documents()[0].id
    assert [u.name for u in told_units(document, engine.corpus)] == units


def test_questions_for_units_name_and_count_them(tmp_path: Path) -> None:
    engine = listed(tmp_path, "纳入部门预算编制范围的预算单位包括：某市文化和旅游局本级、某市图书馆、某市博物馆。")
    which = engine.ask("某市文旅局2024年部门预算包括哪些预算单位")
    assert [i.label for i in which.items] == ["某市文化和旅游局本级", "某市图书馆", "某市博物馆"]
    assert which.citations[0].section is not None
    count = engine.ask("纳入某市文旅局2024年部门预算编制范围的单位有几家")
    assert (count.value, count.unit) == ("3", "家")
