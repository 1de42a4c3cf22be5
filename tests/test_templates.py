"""Budgets in other publishers' templates: the sets name what is there, and HTML becomes PDF, store and answers."""

from __future__ import annotations

from pathlib import Path

import pytest

import eval.chromium
from eval.alone import evaluate_alone
from eval.chromium import CHROMIUM
from eval.dataset import read_datasets
from eval.everything import everything
from eval.outcome import Outcome
from eval.report.evaluation import evaluation_lines
from eval.suites import Suite, suites, template_sets
from eval.templates import FOLDER
from eval.templates.__main__ import documents_named, main, template_lines
from ingest.errors import NoSuchDocument

MAX_BYTES = 3_500_000
HEADING = "#kind\tlang\tquestion\tgold\tunit\tcite\tdocuments\n"
BUDGET, ACCOUNT = "bjys2025-invented", "fyjs2023-invented"
FIRST_PAGES = {BUDGET: 4, ACCOUNT: 3}  # so many tables of each
FIVE = f"""
lookup	zh	機關辦公樓物業服務這個項目的預算是多少元	1286400	元	机关办公楼物业服务	{BUDGET}.pdf
lookup	zh	林业草原防灾减灾安排了多少钱	2427.61	万元	林业草原防灾减灾	{BUDGET}.pdf
lookup	zh	江池市中院2023年全年支出合计是多少亿元	1.125	亿元		{ACCOUNT}.pdf
lookup	zh	其他法院支出这一项，本年收入合计有多少	449.76	万元	其他法院支出	{ACCOUNT}.pdf
abstain	zh	江池市人民检察院的公务接待费是多少				{ACCOUNT}.pdf
""".lstrip()


def test_every_document_asked_about_is_there_and_every_one_is_asked_about() -> None:
    there = {path.stem: path.stat().st_size for path in FOLDER.glob("*.html")}
    asked = {name for dataset in read_datasets(template_sets()) for q in dataset.questions for name in q.documents}
    assert asked == {f"{stem}.pdf" for stem in there}
    assert all(stem.endswith("-invented") for stem in there)
    assert sum(there.values()) < MAX_BYTES


def test_every_gold_label_parses_and_no_question_is_asked_twice() -> None:
    questions = [q for dataset in read_datasets(template_sets()) for q in dataset.questions]
    assert all(q.figures or q.labels for q in questions if q.kind not in ("abstain", "none"))
    assert len({(q.text, q.documents) for q in questions}) == len(questions)


@pytest.mark.parametrize("html", sorted(FOLDER.glob("*.html")), ids=lambda path: path.stem)
def test_a_template_fetches_nothing_and_says_its_encoding(html: Path) -> None:
    text = html.read_text(encoding="utf-8")
    assert '<meta charset="utf-8">' in text
    assert not [word for word in ("://", "src=", "<script", "<link", "<!--", "url(", "@import") if word in text]


def test_templates_are_named_in_short_or_whole() -> None:
    assert documents_named(["fyjs2023", f"{BUDGET}.html"]) == (f"{ACCOUNT}.pdf", f"{BUDGET}.pdf")
    with pytest.raises(NoSuchDocument, match="no template 'nowhere'; there are ahny2025-invented, "):
        documents_named(["nowhere"])


def first_pages(folder: Path) -> None:
    """Two templates up to a table of theirs, and five questions about what stands there."""
    for stem, tables in FIRST_PAGES.items():
        parts = (FOLDER / f"{stem}.html").read_text(encoding="utf-8").split("</table>")
        (folder / f"{stem}.html").write_text("</table>".join([*parts[:tables], ""]), encoding="utf-8")
    (folder / "templates_five.tsv").write_text(HEADING + FIVE, encoding="utf-8")


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (Debian package chromium)")
def test_first_pages_are_printed_once_read_and_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first_pages(tmp_path)
    stores = tmp_path / "stores"
    run = evaluate_alone([tmp_path / "templates_five.tsv"], [tmp_path], stores, ["no-embeddings"])
    assert [(s.question.text, s.outcome) for s in run.scored if s.outcome is not Outcome.RIGHT] == []
    assert len(run.scored) == 5
    monkeypatch.setattr(eval.chromium, "CHROMIUM", None)
    only = [f"{BUDGET}.pdf"]
    again = evaluate_alone([tmp_path / "templates_five.tsv"], [tmp_path], stores, ["no-embeddings"], only=only)
    assert [s.question.line for s in again.scored] == [2, 3]
    assert again.provenance.corpus == tuple(one for one in run.provenance.corpus if one[0] in only)
    assert f"  document {BUDGET}.pdf: 100.0 % (2 of 2" in "\n".join(template_lines(again, failures=True))


def test_without_chromium_it_says_so_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(eval.chromium, "CHROMIUM", None)
    monkeypatch.setattr("sys.argv", ["eval.templates", "fyjs2023"])
    assert main() == 2
    assert capsys.readouterr().err == (
        "eval.templates: needs Chromium (Debian package chromium), which is not installed\n"
    )


def test_the_whole_evaluation_goes_on_without_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be printed is left out with a note; what comes after it is measured."""
    (tmp_path / "a.txt").write_text("青山市气象局2024年部门预算\n\n印刷费12.00万元。\n", encoding="utf-8")
    (tmp_path / "after.tsv").write_text("lookup\tzh\t印刷费是多少万元\t12.00\t万元\t印刷费\n", encoding="utf-8")
    templates = next(suite for suite in suites(None) if suite.name == "templates")
    after = Suite("after", "After", (tmp_path / "a.txt",), (tmp_path / "after.tsv",))
    monkeypatch.setattr(eval.chromium, "CHROMIUM", None)
    monkeypatch.setattr("eval.everything.suites", lambda shared: iter((templates, after)))
    stages = everything(None, tmp_path / "work", (), 0)
    found = (next(stages), next(stages))[1]
    assert [one.suite.name for one in found.runs] == ["after"]
    assert [one.first.whole.accuracy.hits for one in found.runs] == [1]
    note = "Left out of this run: Other publishers' templates: needs Chromium (Debian package chromium)"
    assert note in "\n".join(evaluation_lines(found))
