"""A corpus many times as large: copies of the documents held, each of an invented agency with names of its own.

A copy keeps its tables, sentences and figures. Its agency, its units, its projects and their indicators are renamed, as
another publisher's would be, so that the vocabulary grows too; standard names repeat, as they do in reality.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from ingest.corpus import Corpus, FactQuery
from ingest.records import Document, Extract, Fact, Indicator, Row, RowLabel, Table, TableKind

_OWN = (TableKind.PROJECTS, TableKind.PERFORMANCE, TableKind.INDICATORS)
_AGENCIES = ("水务局", "林业局", "体育局", "审计局", "统计局", "民政局", "气象局", "档案局", "信访局", "农业农村局")
_UNITS = ("事务所", "管理站", "研究所", "监测站", "档案馆", "保障中心", "评审中心")
_SYLLABLES = "安柏辰德恩芳谷禾嘉坤兰木宁平晴仁松棠文溪"


def place_name(number: int) -> str:
    """An invented place for each number: no two alike below 8,000."""
    base = len(_SYLLABLES)
    return "".join(_SYLLABLES[number // base**power % base] for power in (2, 1, 0)) + "市"


def named_like(nouns: tuple[str, ...], name: str) -> str:
    """One of the nouns for each name, always the same: a copy shares no short form with the original."""
    return nouns[hashlib.sha256(name.encode()).digest()[0] % len(nouns)]


def read_extract(corpus: Corpus, document: Document) -> Extract:
    """A document's records as ingest stored them."""
    of = document.id
    return Extract(
        document,
        corpus.tables(of),
        tuple(h.record for h in corpus.passages(of)),
        tuple(h.fact for h in corpus.facts(FactQuery(documents=(of,), figures_only=False))),
        tuple(h.record for h in corpus.statements(document=of)),
        tuple(h.record for h in corpus.indicators(document=of)),
        tuple(h.record for h in corpus.definitions() if h.document == of),
        tuple(h.record for h in corpus.declarations(of)),
    )


def copies(extracts: tuple[Extract, ...], times: int) -> Iterator[Extract]:
    """The extracts themselves, then `times` - 1 renamed copies of each."""
    yield from extracts
    for number in range(1, times):
        for extract in extracts:
            yield copy_of(extract, number)


def copy_of(extract: Extract, number: int) -> Extract:
    """The copy of one document for one invented place."""
    place = place_name(number)
    document = extract.document
    sha = hashlib.sha256(f"{document.sha256} {number}".encode()).hexdigest()
    agency = place + named_like(_AGENCIES, document.identity.agency or "")
    identity = replace(document.identity, agency=agency, title=f"{place}{document.identity.title}")
    renamed = replace(document, id=sha[:16], sha256=sha, file=f"{place}{document.file}", identity=identity)
    own = {t.id for t in extract.tables if t.kind in _OWN}
    return replace(
        extract,
        document=renamed,
        tables=tuple(_table(t, place) if t.id in own else t for t in extract.tables),
        facts=tuple(_fact(f, place, f.table in own) for f in extract.facts),
        indicators=tuple(_indicator(i, place) for i in extract.indicators),
    )


def _table(table: Table, place: str) -> Table:
    return replace(table, rows=tuple(_row(row, place) for row in table.rows))


def _row(row: Row, place: str) -> Row:
    return replace(row, labels=tuple(label and _label(label, place) for label in row.labels))


def _label(label: RowLabel, place: str) -> RowLabel:
    unit = label.organisation
    path = label.path if label.total else tuple(f"{place}{p}" for p in label.path)
    return replace(label, path=path, organisation=unit and place + named_like(_UNITS, unit))


def _fact(fact: Fact, place: str, own: bool) -> Fact:
    unit = fact.organisation and place + named_like(_UNITS, fact.organisation)
    if not own or fact.total:
        return replace(fact, organisation=unit)
    path = tuple(f"{place}{p}" for p in fact.row_path)
    return replace(fact, label=f"{place}{fact.label}", row_path=path, organisation=unit)


def _indicator(indicator: Indicator, place: str) -> Indicator:
    unit = indicator.organisation and place + named_like(_UNITS, indicator.organisation)
    return replace(indicator, project=f"{place}{indicator.project}", name=indicator.name, organisation=unit)
