"""Gold of JSON lines beyond the figure: plans, verdicts of texts, findings of audits, and the committed sets."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from eval.audit.findings import GoldAudit, GoldFinding, score_audit
from eval.command import evaluate
from eval.compare import compare_reports
from eval.dataset import read_dataset
from eval.frozen import SAMPLES
from eval.groups import Group
from eval.outcome import Outcome, score
from eval.planform import gold_plan, plan_form
from eval.question import Kind, Question
from eval.report.beside import audit_rows, beside_failures, beside_to_json, text_rows
from eval.report.evaluation import Evaluation, SuiteRun, write_evaluation
from eval.report.files import write_report
from eval.report.html import run_to_html
from eval.report.markdown import run_to_markdown
from eval.run import Run
from eval.shown import Shown
from eval.stores import make_store
from eval.suites import SAMPLE_SETS, Suite
from ingest.records import Check, Document, Identity, Phase, Side
from ingest.records import Outcome as Came
from ingest.units import UNKNOWN_UNIT
from qa.audit import AuditedCheck, AuditedSide

ITEM = {"said": "甲项", "names": [{"text": "甲", "kind": "item", "score": 0.9}, {"text": "甲乙", "kind": "item"}],
        "scope": {"documents": ["0123"], "years": [2024]}}  # fmt: skip
OTHER = {"said": "乙", "names": [{"text": "乙", "kind": "item"}], "scope": {"years": [2024]}}
DIFFERENCE = {"op": "difference", "left": {"op": "lookup", "item": ITEM}, "right": {"op": "lookup", "item": OTHER}}
SUM = {"op": "sum", "terms": [{"op": "lookup", "item": ITEM}, {"op": "lookup", "item": OTHER}]}


def same(gold: dict[str, Any], shown: dict[str, Any]) -> bool:
    plan = gold_plan(gold, "set:1")
    assert plan is not None
    return plan.is_plan(plan_form(shown))


@pytest.mark.parametrize(
    ("gold", "shown", "is_same"),
    [
        ({"op": "difference", "operands": ["甲", "乙"]}, DIFFERENCE, True),
        ({"op": "difference", "operands": ["乙", "甲"]}, DIFFERENCE, False),
        ({"op": "difference"}, DIFFERENCE, True),
        ({"op": "difference", "operands": []}, DIFFERENCE, False),
        ({"op": "difference", "operands": ["甲乙", "乙"]}, DIFFERENCE, False),
        ({"op": "sum", "operands": ["乙", "甲"], "years": [2024]}, SUM, True),
        ({"op": "sum", "operands": ["乙", "甲"], "years": [2023]}, SUM, False),
        ({"op": "sum", "operands": ["甲", "乙"]}, DIFFERENCE, False),
        ({"op": "lookup", "operands": ["甲"], "unit": "元"}, {"op": "convert", "of": {"op": "lookup", "item": ITEM},
                                                          "unit": "元"}, True),
        (DIFFERENCE, DIFFERENCE, True),
        (SUM, DIFFERENCE, False),
        ({"op": "lookup", "item": ITEM | {"said": "甲吧", "names": ITEM["names"][:1]}}, {"op": "lookup", "item": ITEM},
         True),
        ({"op": "lookup", "item": ITEM | {"measure": "rate"}}, {"op": "lookup", "item": ITEM}, False),
        ({"op": "lookup", "item": {"said": "甲", "names": ITEM["names"]}}, {"op": "lookup", "item": ITEM}, False),
        ({"op": "define", "operands": ["甲"]}, {"op": "define", "terms": ITEM["names"], "said": "", "scope": {}}, True),
        ({"op": "lookup", "operands": ["expenditure"]}, {"op": "lookup", "item": {"said": "", "total": "expenditure"}},
         True),
        ({"op": "abstain", "lack": "year"}, {"op": "abstain", "lack": "year", "nearest": [ITEM]}, True),
        ({"op": "abstain", "lack": "actuals"}, {"op": "abstain", "lack": "year"}, False),
    ],
)  # fmt: skip
def test_when_two_plans_are_one(gold: dict[str, Any], shown: dict[str, Any], is_same: bool) -> None:
    assert same(gold, shown) is is_same


def test_another_plan_informs_and_does_not_decide() -> None:
    asked = Question("set", 1, Kind.ABSTAIN, "zh", "甲", plan=gold_plan({"op": "abstain", "lack": "year"}, "set:1"))
    shown = Shown("abstained", "没有", json='{"plan": {"op": "abstain", "lack": "foreign"}}')
    scored = score(asked, shown)
    assert scored.outcome is Outcome.RIGHT
    assert [c.detail for c in scored.checks if c.name == "plan"] == [
        "plan abstain (; lack foreign), gold abstain (; lack year)"
    ]
    unsaid = score(asked, replace(shown, json=""))
    assert [c.detail for c in unsaid.checks if c.name == "plan"] == ["no plan shown"]


DOCUMENT = Document("0123", "a.pdf", "0", Identity("a", None, 2024, Phase.BUDGET), 9, "pdf")


def check(kind: str, outcome: Came, page: int, message: str, doubt: str | None = None) -> AuditedCheck:
    side = AuditedSide(Side(Decimal(1), UNKNOWN_UNIT, page=page), ())
    found = Check(kind, outcome, side.side, side.side, Decimal(0), message, doubt=doubt)
    return AuditedCheck(DOCUMENT, found, side, side)


def test_findings_missed_and_false_alarms() -> None:
    wanted = (
        GoldFinding("total", Came.BROKEN, 3, "合计"),
        GoldFinding("total", Came.BROKEN, 4, "合计"),
        GoldFinding("row_sum", Came.ROUNDING, 5),
    )
    checks = [
        check("total", Came.BROKEN, 3, "支出表, 合计: 1 against 2"),
        check("total", Came.BROKEN, 4, "支出表, 小计: 1 against 2"),
        check("row_sum", Came.ROUNDING, 5, "支出表, 甲"),
        check("children_sum", Came.ROUNDING, 5, "gold asks for no rounding of this kind"),
        check("children_sum", Came.BROKEN, 6, "perhaps misread", doubt="a row is missing"),
        check("share", Came.HELD, 7, "held"),
    ]
    scored = score_audit(GoldAudit("set", 1, "a.pdf", wanted), checks)
    assert scored.missed == wanted[1:2]
    assert scored.alarms == ("broken total p.4: 支出表, 小计: 1 against 2",)
    assert [(s.name, s.hits, s.whole) for s in scored.shares] == [("finding precision", 2, 3), ("finding recall", 2, 3)]
    assert not scored.right
    assert score_audit(GoldAudit("set", 1, "a.pdf", ()), checks[4:]).right


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The committed sets over the samples, as `make eval` asks them."""
    store = tmp_path_factory.mktemp("samples") / "store"
    make_store([SAMPLES], store)
    return evaluate(SAMPLE_SETS, store, ["ours"])


def test_the_committed_sets_are_of_every_kind() -> None:
    sets = [read_dataset(path) for path in SAMPLE_SETS]
    assert sum(q.plan is not None for d in sets for q in d.questions) >= 20
    assert sum(len(d.texts) for d in sets) >= 20
    files = {path.name for path in SAMPLES.glob("*.pdf")}
    assert {audit.document for d in sets for audit in d.audits} == files


def test_plans_texts_and_findings_over_the_samples(run: Run) -> None:
    plans = [c.passed for s in run.scored for c in s.checks if c.name == "plan"]
    assert sum(plans) >= 0.9 * len(plans)
    assert sum(t.right for t in run.texts) >= 0.7 * len(run.texts)
    assert not any(t.error for t in run.texts)
    assert all(audit.right for audit in run.audits)


def test_reports_tell_texts_and_audits_apart(run: Run) -> None:
    assert [row[0] for row in text_rows(run)] == ["set", "samples_texts"]
    assert [row[0] for row in audit_rows(run)] == ["set", "samples_audits"]
    told = beside_to_json(run)
    assert len(told["texts"]) == len(run.texts)
    assert len(told["audits"]) == len(run.audits)
    for report in (run_to_markdown(run), run_to_html(run)):
        assert "Texts" in report
        assert "Audits" in report


def test_the_evaluation_page_has_all_of_an_open_suite_and_totals_of_a_closed_one(run: Run, tmp_path: Path) -> None:
    suite = Suite("samples", "Our samples", (SAMPLES,), SAMPLE_SETS)
    closed = replace(suite, name="all-held_out", title="Unseen", group=Group.HELD_OUT)
    text = replace(run.texts[0], error="KeyError: 1")
    broken = replace(run, texts=(text, *run.texts[1:]))
    sets = (("claims_x", "ab" * 32, 7),)
    write_evaluation(Evaluation((SuiteRun(suite, broken),), claim_sets=sets), tmp_path / "page.md")
    page = (tmp_path / "page.md").read_text(encoding="utf-8")
    for part in (
        "### Texts",
        "### Audits",
        "error\\]",
        "claims_x, 7 texts",
        run.provenance.corpus_sha256[:16],
        "embedder: ",
    ):
        assert part in page, part
    for figure in re.findall(r"\((evaluation/[^)]+)\)", page):
        assert (tmp_path / figure).read_text(encoding="utf-8").startswith("<svg")
    write_evaluation(Evaluation((SuiteRun(closed, broken),)), tmp_path / "page.md")
    page = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert "### Not right" not in page
    assert run.texts[0].case.text[:12] not in page


def test_texts_are_compared_one_by_one(run: Run, tmp_path: Path) -> None:
    one = next(text for text in run.texts if text.right)
    write_report(replace(run, texts=(one,)), tmp_path / "a")
    write_report(replace(run, texts=(replace(one, error="KeyError: 1"),)), tmp_path / "b")
    lines = list(compare_reports(tmp_path / "a", tmp_path / "b"))
    assert "no longer right: 1" in lines
    assert any("verify samples_texts" in line and "right -> error" in line for line in lines)


def test_of_a_held_out_set_there_are_totals_only(run: Run) -> None:
    closed = replace(
        run,
        texts=tuple(replace(t, case=replace(t.case, group=Group.HELD_OUT)) for t in run.texts),
        audits=tuple(replace(a, gold=replace(a.gold, dataset="fresh_heldout"), alarms=("x",)) for a in run.audits),
    )
    assert list(beside_failures(closed)) == []
    assert beside_to_json(closed)["texts"] == []
    assert beside_to_json(closed)["audits"] == []
    assert len(text_rows(closed)) == 2


def test_a_text_on_which_judging_raised_is_an_error(run: Run) -> None:
    broken = replace(run, texts=(replace(run.texts[0], error="Traceback\nKeyError: 'x'", judged=(), pairs=()),))
    assert text_rows(broken)[1][-1] == "1"
    (line,) = beside_failures(replace(broken, audits=()))
    assert line.startswith("[error]")
    assert "KeyError" in line


def test_texts_need_a_whole_store(tmp_path: Path) -> None:
    from eval.alone import evaluate_alone
    from ingest.errors import BadDataset

    path = tmp_path / "set.jsonl"
    path.write_text('{"text": "甲", "verdicts": ["supported"]}\n', encoding="utf-8")
    with pytest.raises(BadDataset, match="judged over a whole store"):
        evaluate_alone([path], [tmp_path], tmp_path / "stores", ["ours"])
