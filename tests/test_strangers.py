"""Layouts of other governments are read as they were meant: titles, units, header paths, rows, and their sums hold."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from ingest.errors import UnreadableDocument
from ingest.extract import extract
from ingest.records import ColumnRole, Outcome
from tests import strangers, strangers_english

LAYOUTS = strangers.LAYOUTS | strangers_english.LAYOUTS
# What the extraction does not read yet, and why; a strict expected failure each.
OPEN: dict[str, str] = {}


def _plain(texts: Sequence[str]) -> list[str]:
    return ["".join(text.split()) for text in texts]


def _marked(name: str) -> object:
    marks = [pytest.mark.xfail(reason=OPEN[name], strict=True)] if name in OPEN else []
    return pytest.param(name, marks=marks)


@pytest.mark.parametrize("name", [_marked(name) for name in LAYOUTS])
def test_a_layout_never_seen_is_read_as_it_was_meant(name: str, tmp_path: Path) -> None:
    pen, meant = LAYOUTS[name]()
    read = extract(pen.save(tmp_path / "stranger.pdf"))
    assert [table.title for table in read.tables] == [wanted.title for wanted in meant]
    for table, wanted in zip(read.tables, meant, strict=True):
        assert (table.unit.unit.symbol if table.unit.unit else None) == wanted.unit
        if wanted.parts[0].head:
            assert [_plain(c.path) for c in table.columns] == [_plain(path) for path in wanted.parts[0].paths()]
        rows = [row for part in wanted.parts for row in part.rows()]
        assert [_plain([c.text for c in row.cells]) for row in table.rows] == [_plain(row) for row in rows]
    assert not [check.message for check in read.checks if check.outcome is Outcome.BROKEN]


def test_serial_numbers_are_no_figures(tmp_path: Path) -> None:
    pen, _ = strangers.ministry_final_balance()
    (table,) = extract(pen.save(tmp_path / "final.pdf")).tables
    roles = {column.path[-1]: column.role for column in table.columns}
    assert roles["行次"] is ColumnRole.TEXT
    assert roles["金额"] is ColumnRole.VALUE


def test_the_indicators_of_each_form_belong_to_its_project(tmp_path: Path) -> None:
    pen, _ = strangers.kpi_form()
    read = extract(pen.save(tmp_path / "forms.pdf"))
    found = [(i.project, i.level1, i.level2, i.name, i.operator, i.value, i.unit) for i in read.indicators]
    assert len(found) == 6
    assert found[1] == ("乡村道路养护", "产出指标", "质量指标", "验收合格率", "≥", Decimal(95), "%")
    assert found[5] == ("图书馆免费开放", "满意度指标", "服务对象满意度", "群众满意度", "≥", Decimal(90), "%")


def test_a_page_without_a_size_is_refused_in_one_line(tmp_path: Path) -> None:
    pen, _ = strangers.ministry_balance()
    path = pen.save(tmp_path / "damaged.pdf")
    path.write_bytes(path.read_bytes().replace(b"/MediaBox [ 0 0 595 842 ]", b"/MediaBox [ 0 0 /95 842 ]"))
    with pytest.raises(UnreadableDocument, match="not a readable PDF"):
        extract(path)
