"""The engine inside LlamaIndex: the query engine, the four tools, and the examples as they are run."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.store import open_corpus
from qa.engine import Engine
from qa.llamaindex import query_engine, tools
from tests.questions_corpus import small_corpus

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(tmp_path_factory.mktemp("store"))
    small_corpus(folder).close()
    return folder


@pytest.fixture(scope="module")
def engine(store: Path) -> Iterator[Engine]:
    corpus = open_corpus(store)
    yield Engine(corpus)
    corpus.close()


def test_the_query_engine_answers_with_its_cells_as_sources(engine: Engine) -> None:
    response = query_engine(engine).query("科普活动和学术交流活动一共多少")
    assert "390.00 万元" in str(response)
    assert [n.node.metadata["text"] for n in response.source_nodes] == ["265.00", "125.00"]
    assert response.metadata is not None
    assert response.metadata["value"] == "390.00"


def call(engine: Engine, tool_name: str, /, **arguments: object) -> object:
    tool = next(t for t in tools(engine) if t.metadata.name == tool_name)
    return json.loads(tool(**arguments).content)


def test_the_tools_are_the_four_promised(engine: Engine) -> None:
    assert [t.metadata.name for t in tools(engine)] == ["ask", "look_up", "compute", "verify"]
    assert all(t.metadata.description for t in tools(engine))


def test_a_tool_tells_an_error_instead_of_raising(engine: Engine) -> None:
    assert call(engine, "ask", question="") == {"error": "the question is empty"}
    assert "unknown op" in str(call(engine, "compute", plan='{"op": "guess"}'))
    assert "error" in str(call(engine, "compute", plan="{"))


def test_look_up_gives_every_reading(engine: Engine) -> None:
    found = call(engine, "look_up", name="科普宣传")
    assert isinstance(found, list)
    assert [r["value"] for r in found] == ["40.00", "25.00"]


def test_compute_runs_a_plan_over_cited_cells(engine: Engine) -> None:
    plan = {"op": "sum", "terms": [engine.ask(q).to_json()["plan"] for q in ("科普活动是多少", "学术交流活动是多少")]}
    found = call(engine, "compute", plan=json.dumps(plan))
    assert isinstance(found, dict)
    assert (found["value"], found["unit"], [c["text"] for c in found["citations"]]) == (
        "390.00", "万元", ["265.00", "125.00"],
    )  # fmt: skip


def test_verify_judges_a_sentence(engine: Engine) -> None:
    found = call(engine, "verify", text="某市科学技术协会2024年科普活动预算265.00万元。")
    assert isinstance(found, dict)
    assert [c["verdict"] for c in found["claims"]] == ["supported"]


@pytest.mark.parametrize(
    ("example", "arguments", "told"),
    [
        ("llamaindex_query_engine.py", ["科普活动是多少"], "265.00 万元"),
        ("llamaindex_tools.py", ["科普活动", "学术交流活动"], "265.00 + 125.00 = 390.00 万元"),
    ],
)
def test_the_examples_run(store: Path, example: str, arguments: list[str], told: str) -> None:
    command = [sys.executable, str(ROOT / "examples" / example), str(store), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert told in done.stdout
