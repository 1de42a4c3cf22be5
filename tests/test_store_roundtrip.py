"""What `add` got, the reading methods give back equal; what `remove` takes leaves nothing behind."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from ingest import schema
from ingest.corpus import FactHit, FactQuery, LabelKind
from ingest.labels import label_uses
from ingest.numbers import CellState
from ingest.records import Extract, Measure, Phase, TableKind
from ingest.store import SqlCorpus, open_corpus
from tests.factories import sample_extract, synthetic_extract
from tests.generated import SERVER, TEXT, WORDS, extracts

MANY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlCorpus]:
    """One store for all examples; every test leaves it empty. On an empty server database where one is named."""
    corpus = open_corpus(tmp_path_factory.mktemp("store"), create=True, database=SERVER)
    yield corpus
    corpus.close()


def read_back(corpus: SqlCorpus, document: str) -> Extract:
    """An Extract put together from the reading methods alone."""
    return Extract(
        next(d for d in corpus.documents() if d.id == document),
        corpus.tables(document),
        tuple(h.record for h in corpus.passages(document)),
        tuple(h.fact for h in corpus.facts(FactQuery(documents=[document], figures_only=False))),
        tuple(h.record for h in corpus.statements(document=document)),
        tuple(h.record for h in corpus.indicators(document=document)),
        tuple(h.record for h in corpus.definitions() if h.document == document),
        tuple(h.record for h in corpus.declarations(document)),
        tuple(h.record for h in corpus.checks(document)),
    )


def row_counts(corpus: SqlCorpus) -> dict[str, int]:
    with corpus.database.reading() as connection:
        tables = schema.METADATA.tables.values()
        return {t.name: connection.scalar(select(func.count()).select_from(t)) or 0 for t in tables}


@MANY
@given(extract=extracts())
def test_any_extract_comes_back_equal_and_leaves_nothing(store: SqlCorpus, extract: Extract) -> None:
    corpus = store
    assert corpus.add(extract)
    try:
        # repr tells 1.0 from 1.00, which == does not.
        assert repr(read_back(corpus, extract.document.id)) == repr(extract)
        for fact in extract.facts:
            assert corpus.fact(extract.document.id, fact.id).fact == fact
        for table in extract.tables:
            assert corpus.table(extract.document.id, table.id) == table
        for passage in extract.passages:
            assert corpus.passage(extract.document.id, passage.id) == passage
    finally:
        corpus.remove(extract.document.id)
    assert {name for name, count in row_counts(corpus).items() if count} == {"meta"}


def test_the_sample_and_a_large_document_come_back_equal(tmp_path: Path) -> None:
    corpus = open_corpus(tmp_path, create=True)
    held = [sample_extract("a"), synthetic_extract(1), sample_extract("b", year=2023, phase=Phase.ACTUAL)]
    for extract in held:
        assert corpus.add(extract)
    assert [read_back(corpus, e.document.id) for e in held] == held
    assert [d.file for d in corpus.documents()] == ["a.pdf", "synthetic-1.pdf", "b.pdf"]
    reopened = open_corpus(tmp_path)
    assert [read_back(reopened, e.document.id) for e in held] == held


IDS = ("00000000000000aa", "00000000000000bb", "00000000000000cc")


def expected_labels(held: Sequence[Extract]) -> set[tuple[LabelKind, str, tuple[str, ...], int]]:
    uses = [use for extract in held for use in label_uses(extract)]
    keys = {(use.kind, use.text) for use in uses}
    same = {key: [use for use in uses if (use.kind, use.text) == key] for key in keys}
    return {
        (*key, tuple(sorted({c for use in found for c in use.codes})), sum(use.count for use in found))
        for key, found in same.items()
    }


@MANY
@given(pool=st.tuples(*(extracts(i) for i in IDS)), steps=st.lists(st.integers(0, 2), max_size=8))
def test_labels_and_paths_are_those_of_the_documents_held(
    store: SqlCorpus, pool: tuple[Extract, ...], steps: list[int]
) -> None:
    """Each step adds the chosen document or, where it is held, removes it."""
    corpus = store
    held: dict[int, Extract] = {}
    try:
        for step in steps:
            before = corpus.version()
            if step in held:
                corpus.remove(held.pop(step).document.id)
            else:
                held[step] = pool[step]
                assert corpus.add(pool[step])
                assert not corpus.add(pool[step])
            assert corpus.version() != before
            got = [(label.kind, label.text, label.codes, label.count) for label in corpus.labels()]
            assert len(got) == len(set(got))
            assert set(got) == expected_labels(list(held.values()))
        used = {path for e in held.values() for f in e.facts for path in (f.row_path, f.column_path)}
        assert row_counts(corpus)["paths"] == len(used)
    finally:
        for extract in held.values():
            corpus.remove(extract.document.id)


def some(values: st.SearchStrategy[str]) -> st.SearchStrategy[list[str] | None]:
    return st.none() | st.lists(values, max_size=3)


QUERIES = st.builds(
    FactQuery,
    documents=some(st.sampled_from(IDS)),
    labels=some(WORDS),
    codes=some(WORDS),
    code_prefix=st.none() | st.sampled_from(["2", "206", "20607", "%", ""]) | TEXT,
    path_contains=st.none() | WORDS,
    column_contains=st.none() | WORDS,
    organisations=some(WORDS),
    tables=some(st.sampled_from(["T0", "T1", "合计"])),
    table_kinds=st.none() | st.lists(st.sampled_from(TableKind), max_size=8),
    years=st.none() | st.lists(st.sampled_from([2023, 2024]), max_size=2),
    phases=st.none() | st.lists(st.sampled_from(Phase), max_size=2),
    measures=st.none() | st.lists(st.sampled_from(Measure), max_size=4),
    from_tables=st.none() | st.booleans(),
    figures_only=st.booleans(),
    limit=st.none() | st.integers(0, 4),
)


def matches(query: FactQuery, hit: FactHit) -> bool:
    """The query's meaning, spelt out without SQL."""
    fact = hit.fact
    return all(
        (
            not query.documents or hit.document in query.documents,
            not query.labels or fact.label in query.labels,
            not query.codes or fact.code in query.codes,
            not query.code_prefix or (fact.code or "").startswith(query.code_prefix),
            not query.path_contains or query.path_contains in fact.row_path,
            not query.column_contains or query.column_contains in fact.column_path,
            not query.organisations or fact.organisation in query.organisations,
            not query.tables or fact.table in query.tables or (hit.table_title or "\0") in query.tables,
            not query.table_kinds or hit.table_kind in query.table_kinds,
            not query.years or fact.year in query.years,
            not query.phases or fact.phase in query.phases,
            not query.measures or fact.measure in query.measures,
            query.from_tables is None or (fact.table is not None) == query.from_tables,
            not query.figures_only or fact.state is CellState.FIGURE,
        )
    )


def aligned(extract: Extract) -> Extract:
    """The extract with half of its facts in tables it really has, so that queries by table find some."""
    facts = tuple(
        dataclasses.replace(f, table=extract.tables[n % len(extract.tables)].id) if extract.tables and n % 2 else f
        for n, f in enumerate(extract.facts)
    )
    return dataclasses.replace(extract, facts=facts)


@MANY
@given(pool=st.tuples(*(extracts(i).map(aligned) for i in IDS[:2])), queries=st.lists(QUERIES, min_size=1, max_size=8))
def test_facts_are_those_that_meet_every_condition(
    store: SqlCorpus, pool: tuple[Extract, ...], queries: list[FactQuery]
) -> None:
    corpus = store
    for extract in pool:
        corpus.add(extract)
    try:
        everything = [
            FactHit(
                e.document.id, fact, *next(((t.title, t.kind) for t in e.tables if t.id == fact.table), (None, None))
            )
            for e in pool
            for fact in e.facts
        ]
        for query in queries:
            assert list(corpus.facts(query)) == [hit for hit in everything if matches(query, hit)][: query.limit]
    finally:
        for extract in pool:
            corpus.remove(extract.document.id)
