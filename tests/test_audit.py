"""`budgetqa audit`: checks with their places, in every format, and documents compared with their predecessors."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.checks import run_checks
from ingest.checks.compare import text_side
from ingest.corpus import Corpus
from ingest.errors import EmptyCorpus, NoSuchDocument
from ingest.records import Check, Extract, Outcome, Volume
from ingest.sentences import read_statements
from ingest.store import open_corpus
from qa.audit import Audit, audit, words
from qa.audit.report import FORMATS
from qa.audit.words import message
from qa.cli import main
from qa.question import Language
from tests.factories import build_extract, build_passage, build_table, item

ITEMS = (
    item("合计", None, 0, "700.00", total=True),
    item("科学技术支出", "206", 0, "400.00"),
    item("住房保障支出", "221", 0, "200.00"),
    item("住房改革支出", "22102", 1, "200.00"),
)
HOSTILE = "<script>alert(1)</script> =cmd|' /C calc' | `a` *b*"


def checked(extract: Extract, *more: Check) -> Extract:
    return replace(extract, checks=(*run_checks(extract, ()), *more))


def prose(seed: str, year: int, *texts: str) -> Extract:
    passages = [build_passage(f"P{i}", text, ("情况说明",)) for i, text in enumerate(texts, 1)]
    bare = build_extract(seed, passages=passages, year=year)
    statements, facts = read_statements(passages, bare.document.identity)
    return checked(replace(bare, statements=statements, facts=facts))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    passage = build_passage("P1", f"本年安排{HOSTILE}。")
    words = Check("template", Outcome.BROKEN, text_side(HOSTILE, 2), text_side("", None), None, f"left in: {HOSTILE}")
    table = build_table("T1", "支出总表", ITEMS)
    corpus = open_corpus(tmp_path, create=True)
    corpus.add(checked(build_extract("broken", tables=[table], passages=[passage]), words))
    corpus.add(prose("before", 2022, "因公出国（境）费110.00万元。", "公务接待费1350.46万元。"))
    corpus.add(
        prose(
            "after",
            2023,
            "因公出国（境）费100.00万元，与上年预算数相等。",
            "公务接待费1400.00万元，比上年预算数增加50.00万元。",
        )
    )
    corpus.close()
    return tmp_path


@pytest.fixture
def corpus(store: Path) -> Iterator[Corpus]:
    opened = open_corpus(store)
    yield opened
    opened.close()


def only(corpus: Corpus, name: str) -> Audit:
    (found,) = audit(corpus, name)
    return found


def test_both_sides_cite_the_cells_they_are_made_of(corpus: Corpus) -> None:
    (total,) = [c.to_json() for c in only(corpus, "broken.pdf").checks if c.check.kind == "total"]
    assert (total["outcome"], total["difference"], total["left"]["value"]) == ("broken", "100.00", "700.00")
    assert [c["row"] for c in total["right"]["citations"]] == [["科学技术支出"], ["住房保障支出"]]
    assert [c["text"] for c in total["left"]["citations"]] == ["700.00"]
    assert all(c["bbox"] and c["page"] == 3 for side in ("left", "right") for c in total[side]["citations"])


def test_a_wording_cites_the_lines_it_stands_on(corpus: Corpus) -> None:
    (found,) = [c.to_json() for c in only(corpus, "broken.pdf").checks if c.check.kind == "template"]
    assert (found["left"]["value"], found["left"]["unit"], found["difference"]) == (None, None, None)
    (citation,) = found["left"]["citations"]
    assert (citation["page"], citation["bbox"]) == (2, [72.0, 90.0, 520.0, 104.0])
    assert found["right"]["citations"] == []


def test_the_year_before(corpus: Corpus) -> None:
    found = [c for c in only(corpus, "after.pdf").checks if c.check.kind == "prior_year"]
    assert [(c.check.outcome, f"{c.check.difference:f}") for c in found] == [
        (Outcome.BROKEN, "-10.00"),
        (Outcome.BROKEN, "-0.46"),
    ]
    assert "before.pdf" in found[0].check.message
    assert [c for c in only(corpus, "before.pdf").checks if c.check.kind == "prior_year"] == []


def of_identity(extract: Extract, **changes: object) -> Extract:
    document = extract.document
    return replace(extract, document=replace(document, identity=replace(document.identity, **changes)))  # type: ignore[arg-type]


@pytest.mark.parametrize(("amount", "outcome"), [("400.00", "held"), ("400.02", "broken"), ("0.04亿", None)])
def test_the_text_volume_against_the_volume_of_tables(tmp_path: Path, amount: str, outcome: str | None) -> None:
    text = prose("text", 2024, f"科学技术支出{amount}万元。" if outcome else "科学技术支出0.04亿元。")
    tables = checked(build_extract("tables", tables=[build_table("T1", "支出总表", ITEMS)]))
    with_volumes = open_corpus(tmp_path / "volumes", create=True)
    with_volumes.add(of_identity(text, volume=Volume.TEXT))
    with_volumes.add(of_identity(tables, volume=Volume.TABLES))
    found = [c for c in only(with_volumes, "text.pdf").checks if c.check.kind == "volumes"]
    assert [c.check.outcome.value for c in found] == [outcome or "held"]
    assert {c.file for c in (*found[0].left.citations, *found[0].right.citations)} == {"text.pdf", "tables.pdf"}
    assert "tables.pdf" in found[0].check.message and message(found[0], Language.ZH)
    assert not [c for c in only(with_volumes, "tables.pdf").checks if c.check.kind == "volumes"]
    with_volumes.close()


@pytest.mark.parametrize(
    ("printed", "outcome"),
    [("400.00", ["held"]), ("400.02", ["broken"]), ("330.00", [])],  # the last may be restated, and is no slip
)
def test_last_year_s_column_against_last_year_s_document(tmp_path: Path, printed: str, outcome: list[str]) -> None:
    before = build_extract("before", tables=[build_table("T1", "支出总表", ITEMS)], year=2023)
    table = build_table("T1", "支出总表", [item("科学技术支出", "206", 0, printed, "450.00")], ("上年", "总计"))
    after = build_extract("after", tables=[table], year=2024)
    facts = [replace(f, year=2023) if f.column_path == ("上年",) else f for f in after.facts]
    years = open_corpus(tmp_path / "years", create=True)
    years.add(before)
    years.add(replace(after, facts=tuple(facts)))
    found = [c for c in only(years, "after.pdf").checks if c.check.kind == "other_document"]
    assert [c.check.outcome.value for c in found] == outcome
    assert all("before.pdf" in message(c, Language.ZH) for c in found)
    assert not [c for c in only(years, "before.pdf").checks if c.check.kind == "other_document"]
    years.close()


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_says_what_is_broken_and_nothing_hostile(name: str, corpus: Corpus) -> None:
    text = "\n".join(FORMATS[name](audit(corpus), False, Language.EN))
    assert "700.00" in text
    assert "<script>" not in text or name in ("text", "csv", "json")
    assert "broken" in text.casefold()


def test_csv_cells_are_no_formulas(corpus: Corpus) -> None:
    rows = list(csv.reader(io.StringIO("\n".join(FORMATS["csv"](audit(corpus), True, Language.EN)))))
    assert len({len(row) for row in rows}) == 1
    assert {row[3] for row in rows[1:]} >= {"held", "broken"}
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]


def test_counts_add_up(corpus: Corpus) -> None:
    for one in audit(corpus):
        assert sum(sum(c.values()) for c in one.counts().values()) == len(one.checks)


def test_the_command(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--store", str(store), "audit", "--document", "broken.pdf", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert set(data) >= {"document", "checks"}
    assert set(data["checks"][0]) >= {"kind", "outcome", "doubt", "left", "right", "difference", "message"}
    assert main(["--store", str(store), "audit"]) == 0
    out = capsys.readouterr().out
    assert out.count("Broken:") == 2
    assert main(["--store", str(store), "audit", "--json"]) == 0
    assert len([json.loads(line) for line in capsys.readouterr().out.splitlines()]) == 3


def test_unknown_documents_and_an_empty_store(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--store", str(store), "audit", "--document", "nothing.pdf"]) == 2
    assert "nothing.pdf" in capsys.readouterr().err
    assert main(["--store", str(tmp_path / "none"), "audit"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_errors_by_name(corpus: Corpus, tmp_path: Path) -> None:
    with pytest.raises(NoSuchDocument):
        audit(corpus, "nothing.pdf")
    empty = open_corpus(tmp_path / "empty", create=True)
    with pytest.raises(EmptyCorpus):
        audit(empty)
    empty.close()


def test_what_was_found_is_said_in_chinese(corpus: Corpus, store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (total,) = [c for c in only(corpus, "broken.pdf").checks if c.check.kind == "total"]
    assert message(total, Language.ZH).endswith("700.00 万元，所合计的 2 项之和为 600.00 万元，相差 100.00 万元")
    assert message(total, Language.EN) == total.check.message
    assert main(["--store", str(store), "audit", "--document", "after.pdf", "--lang", "zh"]) == 0
    out = capsys.readouterr().out
    assert "不成立:" in out and "由本年数推得上年为 110.00" not in out
    assert "Broken" not in out and "against" not in out


def test_every_kind_and_doubt_has_words_in_both_languages() -> None:
    names = (Path(words.__file__).parent / "names.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in names if not line.startswith("#")]
    assert all(len(row) == 4 and all(row) for row in rows)
    texts = (Path(words.__file__).parent / "messages_zh.tsv").read_text(encoding="utf-8").splitlines()
    said = {line.split("\t")[0] for line in texts if not line.startswith("#")}
    assert said == {row[1] for row in rows if row[0] == "kind"}
    doubted = Check(
        "total", Outcome.BROKEN, text_side("", 1), text_side("", 1), None, "",
        doubt="the missing 12.30 stands outside the table on page 4",
    )  # fmt: skip
    assert words.doubt(doubted, Language.ZH) == "所差的 12.30 在第 4 页的表外"
