"""The label-linking set is sound, and linking by names does not fall below what is recorded."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.linking.__main__ import recall
from eval.linking.data import FOLDER, read_labels, read_phrases
from eval.linking.systems import first_that_answers, fused, lexical
from ingest.errors import BadDataset
from qa.vocabulary import build_vocabulary


@pytest.mark.parametrize("suffix", ["", "_heldout"])
def test_every_phrase_means_a_label_of_its_corpus(suffix: str) -> None:
    labels = {label.text for label in read_labels(FOLDER / f"labels{suffix}.tsv")}
    phrases = read_phrases(FOLDER / f"phrases{suffix}.tsv")
    assert [p for p in phrases if not p.gold & labels] == []
    assert len(phrases) > 100 and len({p.text for p in phrases}) == len(phrases)
    assert {p.language for p in phrases} == {"zh", "en"}


@pytest.mark.parametrize(("suffix", "least"), [("", 0.83), ("_heldout", 0.69)])
def test_recall_by_names_alone(suffix: str, least: float) -> None:
    """docs/linking.md records 0.85 and 0.71."""
    names = lexical(build_vocabulary(read_labels(FOLDER / f"labels{suffix}.tsv")))
    assert recall(names, read_phrases(FOLDER / f"phrases{suffix}.tsv"), 1) >= least


def test_fusion_and_fallback() -> None:
    assert fused(lambda _: ["a", "b"], lambda _: ["b", "c"])("x") == ["b", "a", "c"]
    assert first_that_answers(lambda _: [], lambda _: ["z"])("x") == ["z"]
    assert first_that_answers(lambda _: ["y"], lambda _: ["z"])("x") == ["y"]


def test_a_malformed_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "labels.tsv"
    path.write_text("item\t科普活动\t\nitem\t差旅费\n", encoding="utf-8")
    with pytest.raises(BadDataset, match=r"labels\.tsv, line 2: 2 columns instead of 3"):
        read_labels(path)
