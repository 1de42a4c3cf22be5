"""The short evaluation that CI runs: answers over the samples are no worse than what is recorded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eval.command import evaluate
from eval.frozen import QUESTIONS, SAMPLES, Frozen, fallen, reached_by, read_record, run_samples, write_record
from eval.report.text import failure_line
from eval.stores import make_store
from ingest.store import open_corpus

RECORDED = Frozen("a", 100, 90, 2)


@pytest.mark.parametrize(
    ("reached", "said"),
    [
        (RECORDED, []),
        (replace(RECORDED, right=95, wrong_figures=0), []),
        (replace(RECORDED, right=89), ["89 of 100 right, recorded 90"]),
        (replace(RECORDED, wrong_figures=3), ["3 wrong figures, recorded 2"]),
    ],
)
def test_only_what_is_worse_is_said(reached: Frozen, said: list[str]) -> None:
    assert list(fallen(RECORDED, reached)) == said


def test_other_questions_are_another_record() -> None:
    (said,) = fallen(RECORDED, replace(RECORDED, sha256="b", right=100))
    assert "not the recorded ones" in said


def test_a_record_reads_back(tmp_path: Path) -> None:
    write_record(RECORDED, tmp_path / "r.json")
    assert read_record(tmp_path / "r.json") == RECORDED


def test_the_samples_are_answered_as_well_as_recorded(tmp_path: Path) -> None:
    run = run_samples(tmp_path)
    worse = list(fallen(read_record(), reached_by(run)))
    assert not worse, "\n".join([*worse, *(failure_line(s) for s in run.scored if not s.right)])


def test_the_check_fails_over_a_corpus_that_lost_a_document(tmp_path: Path) -> None:
    make_store([SAMPLES], tmp_path)
    corpus = open_corpus(tmp_path)
    corpus.remove(corpus.find_document("shaoxing-kexie-2024-sample.pdf").id)
    corpus.close()
    worse = list(fallen(read_record(), reached_by(evaluate([QUESTIONS], tmp_path, ["ours"]))))
    assert any("right, recorded" in line for line in worse)
