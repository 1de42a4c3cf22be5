"""Scale: a small corpus measured for real, and the file it is written down in."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from eval.dataset import read_dataset
from eval.generate.spec import Spec
from eval.intervals import Interval
from eval.question import Kind
from eval.scale.__main__ import main
from eval.scale.corpus import agencies, specifications, write_questions
from eval.scale.measure import scale_plots, scale_table
from eval.scale.results import Scaled, merged, read_results, record
from ingest.errors import BadDataset

SHARE = Interval(9, 10, 0.6, 0.98, 10.0)
TEN = Scaled(10, 200, 30.0, 25.0, 300.0, 9.0, 10, SHARE, SHARE, 5.0, 9.0, 6.0, "2026-11-23", "abcdef1234", True)


def test_sizes_are_written_down_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    assert read_results(path) == ()
    one = replace(TEN, documents=1)
    record(TEN, path)
    record(one, path)
    record(replace(TEN, pages=201), path)
    assert read_results(path) == (one, replace(TEN, pages=201))


def test_a_larger_corpus_begins_with_the_smaller_ones_documents() -> None:
    large = agencies(1000)
    assert large[:800] == agencies(800)
    assert len({(agency, year) for agency, _, year in large}) == 1000
    with pytest.raises(ValueError, match="can be told apart"):
        agencies(10_000)


def test_what_a_larger_corpus_can_answer_is_no_longer_asked_as_unanswerable(tmp_path: Path) -> None:
    (own,) = specifications(1)

    def unanswerable(*beside: Spec) -> list[int]:
        write_questions([own, *beside], tmp_path / "q.tsv", 1)
        asked = [q.text for q in read_dataset(tmp_path / "q.tsv").questions if q.kind is Kind.ABSTAIN]
        return sorted(int(year) for text in asked for year in re.findall(r"20\d\d", text))

    alone = unanswerable()
    years = sorted(set(alone) - {own.year})
    assert len(years) == 2
    assert alone.count(own.year) == 2
    assert unanswerable(replace(own, year=years[0])) == [y for y in alone if y != years[0]]
    assert unanswerable(replace(own, year=years[1] + 1)) == [y for y in alone if y != years[1]]
    assert unanswerable(replace(own, agency="青山市林业局", year=years[0])) == alone


def test_of_one_size_the_later_measurement_stands() -> None:
    assert merged((TEN,), (replace(TEN, p50_ms=1.0),)) == (replace(TEN, p50_ms=1.0),)


def test_the_table_names_date_commit_and_cpu() -> None:
    row = scale_table((TEN,))[-1]
    assert "| 30.0 | 25.0 | 8.0 |  | 300 |" in row
    assert "| 8.0 | 4.5 | 300 |" in scale_table((replace(TEN, added_cpu_seconds=4.5),))[-1]
    assert "| 6.0 | 2026-11-23 | abcdef1 and changes |" in row
    assert scale_table((TEN, replace(TEN, note="on a busy machine")))[-2:] == ["", "10 documents: on a busy machine"]


def test_every_figure_that_grows_has_a_plot() -> None:
    plots = scale_plots((TEN, replace(TEN, documents=100, p95_ms=12.0)))
    assert set(plots) == {"scale-ingest", "scale-latency", "scale-accuracy"}
    for name in (
        "ingest, CPU seconds",
        "CPU a question",
        "store, MB",
        "peak memory, MB",
        "p50",
        "p95",
        "right",
        "wrong figures",
    ):
        assert any(f">{name}</text>" in plot for plot in plots.values()), name


@pytest.mark.parametrize("text", ["{", "[1]", '[{"documents": 1}]'])
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "results.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadDataset, match=r"results\.json: not measured sizes"):
        read_results(path)


def test_one_document_measured_for_real(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["1", "--results", str(tmp_path / "results.json")]) == 0
    (one,) = read_results(tmp_path / "results.json")
    assert one.documents == 1
    assert one.pages > 5
    assert one.ingest_cpu_seconds > 0
    assert one.cpu_ms > 0
    assert one.added_cpu_seconds is not None
    assert one.added_cpu_seconds > 0
    assert one.accuracy.hits > one.accuracy.whole / 2
    assert one.date in capsys.readouterr().out
