"""Opening, failing and sharing the store."""

from __future__ import annotations

import dataclasses
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import event, select

from ingest import schema
from ingest.corpus import Corpus, FactQuery, LabelKind
from ingest.database import open_sqlite
from ingest.errors import EmptyCorpus, NoSuchDocument, StoreError, UnreadableDocument
from ingest.records import Phase
from ingest.store import DATABASE_FILE, SqlCorpus, open_corpus
from tests.factories import sample_extract, synthetic_extract


@pytest.fixture
def corpus(tmp_path: Path) -> SqlCorpus:
    return open_corpus(tmp_path / "store", create=True)


def test_it_is_a_corpus(corpus: SqlCorpus) -> None:
    seen_through_the_seam: Corpus = corpus
    assert seen_through_the_seam.documents() == ()


def one_line(error: pytest.ExceptionInfo[BaseException]) -> str:
    message = str(error.value)
    assert message and "\n" not in message and "Traceback" not in message
    return message


def test_opening_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(EmptyCorpus) as error:
        open_corpus(tmp_path / "nowhere")
    assert "budgetqa ingest" in one_line(error)
    assert not (tmp_path / "nowhere").exists()


def test_a_store_whose_making_was_interrupted_is_empty_and_can_be_made_again(tmp_path: Path) -> None:
    (tmp_path / DATABASE_FILE).write_bytes(b"")
    with pytest.raises(EmptyCorpus):
        open_corpus(tmp_path)
    assert open_corpus(tmp_path, create=True).add(sample_extract())


def a_file(path: Path) -> None:
    path.write_text("not a directory")


def not_a_database(path: Path) -> None:
    path.mkdir()
    (path / DATABASE_FILE).write_bytes(b"This is not a database, whatever its name." * 100)


def truncated_database(path: Path) -> None:
    corpus = open_corpus(path, create=True)
    corpus.add(synthetic_extract(1))
    corpus.close()
    whole = (path / DATABASE_FILE).read_bytes()
    (path / DATABASE_FILE).write_bytes(whole[: len(whole) // 4096 // 2 * 4096])


def another_shape(path: Path) -> None:
    open_corpus(path, create=True).close()
    with sqlite3.connect(path / DATABASE_FILE) as connection:
        connection.execute("UPDATE meta SET value = 'older' WHERE key = 'shape'")


@pytest.mark.parametrize("spoil", [a_file, not_a_database, another_shape])
@pytest.mark.parametrize("create", [True, False])
def test_an_unusable_store_is_one_clear_line(tmp_path: Path, spoil: Callable[[Path], None], create: bool) -> None:
    spoil(tmp_path / "store")
    with pytest.raises((StoreError, EmptyCorpus) if spoil is a_file and not create else StoreError) as error:
        open_corpus(tmp_path / "store", create=create)
    assert str(tmp_path / "store") in one_line(error)


def test_a_damaged_store_is_one_clear_line(tmp_path: Path) -> None:
    truncated_database(tmp_path / "store")
    with pytest.raises(StoreError) as error:
        open_corpus(tmp_path / "store").facts(FactQuery())
    assert "damaged" in one_line(error)


def test_a_directory_that_cannot_be_made_or_written(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as error:
        open_corpus(Path("/proc/budgetqa-store"), create=True)
    assert "/proc/budgetqa-store" in one_line(error)


def test_a_full_disk_keeps_the_corpus_as_it_was(corpus: SqlCorpus) -> None:
    corpus.add(sample_extract("before"))
    before = (corpus.documents(), corpus.labels(), corpus.version())
    engine = corpus.database.engine
    engine.dispose()

    def small_disk(connection: sqlite3.Connection, _record: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 10}")

    event.listen(engine, "connect", small_disk)
    with pytest.raises(StoreError) as error:
        corpus.add(synthetic_extract(1))
    assert "disk is full" in one_line(error)
    assert (corpus.documents(), corpus.labels(), corpus.version()) == before
    event.remove(engine, "connect", small_disk)
    engine.dispose()
    assert corpus.add(synthetic_extract(1))


def test_two_records_with_one_id_are_refused_whole(corpus: SqlCorpus) -> None:
    extract = sample_extract()
    twice = dataclasses.replace(extract, facts=(*extract.facts, extract.facts[0]))
    with pytest.raises(UnreadableDocument) as error:
        corpus.add(twice)
    assert "a.pdf" in one_line(error)
    assert corpus.documents() == ()
    assert corpus.labels() == ()
    assert corpus.add(extract)


def test_text_that_is_not_unicode_is_refused_whole(corpus: SqlCorpus) -> None:
    extract = sample_extract()
    passage = dataclasses.replace(extract.passages[0], text="\ud800")
    with pytest.raises(UnreadableDocument) as error:
        corpus.add(dataclasses.replace(extract, passages=(passage,)))
    assert "a.pdf" in one_line(error)
    assert corpus.documents() == ()


def test_finding_a_document(corpus: SqlCorpus) -> None:
    first, second = sample_extract("甲部门.2024"), sample_extract("b", agency="某市检察院", year=2023)
    corpus.add(first)
    corpus.add(second)
    wanted = first.document
    for name in (
        wanted.id,
        wanted.id[:6].upper(),
        "甲部门.2024.pdf",
        "甲部门．2024",
        "dir/甲部门.2024.pdf",
        wanted.identity.title,
    ):
        assert corpus.find_document(name) == wanted
    for name in ("", "nothing", wanted.id[:2], "x" * 100_000):
        with pytest.raises(NoSuchDocument) as error:
            corpus.find_document(name)
        message = one_line(error)
        assert "b.pdf" in message and len(message) < 1000


def test_an_ambiguous_name_lists_the_candidates(corpus: SqlCorpus) -> None:
    for seed in ("one", "two"):
        corpus.add(sample_extract(seed))
    with pytest.raises(NoSuchDocument) as error:
        corpus.find_document(sample_extract("one").document.identity.title)
    assert "one.pdf" in one_line(error) and "two.pdf" in one_line(error)


def test_reading_what_is_not_held(corpus: SqlCorpus) -> None:
    corpus.add(sample_extract())
    document = corpus.documents()[0].id
    asks: tuple[Callable[[], object], ...] = (
        lambda: corpus.tables("nothing"),
        lambda: corpus.table(document, "T9"),
        lambda: corpus.fact(document, "T9.R0.C0"),
        lambda: corpus.passage(document, "P99"),
        lambda: corpus.remove("nothing"),
        lambda: corpus.checks("nothing"),
    )
    for ask in asks:
        with pytest.raises(NoSuchDocument) as error:
            ask()
        one_line(error)


def test_records_by_what_they_name(corpus: SqlCorpus) -> None:
    corpus.add(sample_extract("a"))
    corpus.add(sample_extract("b", year=2023, phase=Phase.ACTUAL))
    a, b = (d.id for d in corpus.documents())
    assert [h.document for h in corpus.statements(["科普活动"])] == [a, b]
    assert corpus.statements(["科普"]) == ()
    assert [h.record.target for h in corpus.indicators(projects=["科普宣传"], names=["科普讲座场次"], document=b)] == [
        "12"
    ]
    assert corpus.indicators(projects=["科普宣传"], names=["别的"]) == ()
    assert [h.document for h in corpus.definitions(["科普活动"])] == [a, b]
    assert [h.record.subject for h in corpus.declarations(a)] == ["政府性基金"]
    titles = [hit.table_title for hit in corpus.facts(FactQuery(tables=["2023年项目支出表"]))]
    assert titles == ["2023年项目支出表"]
    assert {label.text for label in corpus.labels([LabelKind.TERM])} == {"科普活动"}


def test_readers_see_a_snapshot_and_never_wait_for_a_writer(corpus: SqlCorpus) -> None:
    corpus.add(sample_extract("a"))
    other = open_corpus(Path(corpus.database.name))
    with corpus.database.writing() as writer:
        writer.execute(schema.definitions.delete())
        assert len(other.definitions()) == 1
        with other.database.reading() as reader:
            assert reader.execute(select(schema.definitions)).all()
            writer.commit()
            assert reader.execute(select(schema.definitions)).all(), "the snapshot lasts as long as its transaction"
    assert other.definitions() == ()


def test_writers_take_turns(corpus: SqlCorpus) -> None:
    path = Path(corpus.database.name)
    failures: list[Exception] = []

    def write(number: int) -> None:
        try:
            mine = open_corpus(path, create=True)
            for n in range(3):
                mine.add(sample_extract(f"{number}-{n}"))
        except StoreError as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(corpus.documents()) == 12
    assert next(label.count for label in corpus.labels() if label.kind is LabelKind.AGENCY) == 12


def test_making_one_store_from_several_processes(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from ingest.store import open_corpus; from tests.factories import *\n"
    code += "open_corpus(Path(sys.argv[1]), create=True).add(sample_extract(sys.argv[2]))"
    running = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "store"), str(n)]) for n in range(3)]
    assert [process.wait() for process in running] == [0, 0, 0]
    assert len(open_corpus(tmp_path / "store").documents()) == 3


def test_a_store_is_a_database_others_can_read(corpus: SqlCorpus) -> None:
    """Real tables: the figures can be had with SQL alone."""
    corpus.add(sample_extract())
    with open_sqlite(Path(corpus.database.name) / DATABASE_FILE).reading() as connection:
        row = connection.exec_driver_sql(
            "SELECT value, unit, page FROM facts WHERE label = '科普活动' AND state = 'figure' ORDER BY pos"
        ).first()
    assert row is not None and tuple(row) == ("390.00", "万元", 3)
