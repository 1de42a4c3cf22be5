"""A broken sum makes the reader look again: a row left outside the table is put back, and nothing else is touched."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from ingest import extract as extract_module
from ingest.extract import extract
from ingest.records import Outcome
from tests.drawn import Pen, bare
from tests.strangers import COUNTY


def _page(pen: Pen, frameless: int | None) -> None:
    """The county table, one of its rows drawn without any frame."""
    pen.centred(297, 60, "2024年部门支出预算表", 15)
    pen.right(540, 84, "单位：元")
    top = replace(COUNTY, body=COUNTY.body if frameless is None else COUNTY.body[:frameless]).draw(pen, 100)
    for row in COUNTY.body[frameless:] if frameless is not None else []:
        top = replace(COUNTY, head=[], body=[row], rule=bare).draw(pen, top)


def test_a_row_left_outside_is_put_back_where_a_sum_is_broken(tmp_path: Path) -> None:
    pen = Pen()
    _page(pen, 4)
    pen.page()
    read = extract(pen.save(tmp_path / "outside.pdf"))
    (table,) = read.tables
    values = {f.code: f.value for f in read.facts if f.table and f.column == 2}
    assert values["2010302"] == Decimal("200.00")
    assert [row.cells[0].text for row in table.rows][:5] == ["", "201", "20103", "2010301", "2010302"]
    assert not [c.message for c in read.checks if c.outcome is Outcome.BROKEN and c.kind == "children_sum"]
    assert any("read again" in problem.message for problem in read.document.problems)


def test_nothing_is_read_again_where_no_sum_is_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr(extract_module, "recover_rows", refuse)
    pen = Pen()
    _page(pen, None)
    assert not extract(pen.save(tmp_path / "whole.pdf")).document.problems
