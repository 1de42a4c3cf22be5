"""What an answer's evidence bears: the texts, years, agencies and units of the cells and sentences it rests on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.corpus import Corpus, FactHit, FactQuery, Held
from ingest.records import ColumnRole, Document, Measure, Passage, TableKind
from qa.around import around
from qa.functions import function_names
from qa.reading import PROJECT_TABLES
from qa.result import Evidence, Quote, Result

_FIGURE = re.compile(r"\d")
_MOST_CODES = 12
_OF_FUNCTIONS = (TableKind.EXPENDITURE, TableKind.GENERAL_PUBLIC, TableKind.FISCAL_EXPENDITURE)
_LONGEST_TOPIC = 30  # characters
_WHOLE_PLACE = re.compile("全[省市县区州旗镇乡]")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Told:
    """`names` are the labels and headings of the evidence, `texts` these with the sentences and titles around them.

    `described` is the chapter on one project that a figure of prose stands in.
    """

    names: tuple[str, ...]
    texts: tuple[str, ...]
    years: frozenset[int]
    agencies: tuple[str, ...]
    described: tuple[str, ...] = ()


NOTHING = Told((), (), frozenset(), ())


def told_by(result: Result, documents: Mapping[str, Document], corpus: Corpus) -> Told:
    """Everything that the evidence of a result bears."""
    evidence = tuple(dict.fromkeys((*result.evidence, *(line.evidence for line in result.lines))))
    held = [documents[e.document] for e in evidence]
    names = [n for e in evidence for n in names_of(e)]
    described = tuple(t for e in evidence for t in around(e, corpus))
    beside = [t for e in evidence for t in (*_beside(e), *_places(e, corpus))] + list(described)
    beside += _cells_beside(evidence, corpus)
    beside += _paid_under(evidence, corpus)
    agencies = tuple(dict.fromkeys(d.identity.agency for d in held if d.identity.agency))
    titles = [t for d in held for t in (d.identity.title, d.file)]
    years = {d.identity.year for d in held if d.identity.year is not None}
    years |= {y for e in evidence if isinstance(e, FactHit) and (y := e.fact.year) is not None}
    texts = tuple(t for t in (*names, *beside, *agencies, *titles) if t)
    years |= {int(y) for t in texts for y in _YEAR.findall(t)}
    return Told(tuple(n for n in names if n), texts, frozenset(years), agencies, described)


def _cells_beside(evidence: Sequence[Evidence], corpus: Corpus) -> list[str]:
    """The texts in the rows of the figures that are neither figures nor names: 采购方式, 资金来源, 用途."""
    rows: dict[tuple[str, str], set[int]] = defaultdict(set)
    for one in evidence:
        if isinstance(one, FactHit) and one.fact.table is not None and one.fact.row is not None:
            rows[one.document, one.fact.table].add(one.fact.row)
    tables = ((corpus.table(*key), numbers) for key, numbers in rows.items())
    return [
        table.rows[row].cells[column.index].text
        for table, numbers in tables
        for column in table.columns
        if column.role is ColumnRole.TEXT
        for row in numbers
    ]


def _paid_under(evidence: Sequence[Evidence], corpus: Corpus) -> Iterator[str]:
    """The functional items under whose codes projects are listed: as the document calls them, and as standard."""
    hits = (e for e in evidence if isinstance(e, FactHit) and e.table_kind in PROJECT_TABLES)
    codes = {(h.document, h.fact.code) for h in hits if h.fact.code}
    for document, code in sorted(codes)[:_MOST_CODES]:
        yield from function_names(code)
        named = FactQuery(documents=(document,), codes=(code,), table_kinds=_OF_FUNCTIONS, limit=1)
        yield from (h.fact.label for h in corpus.facts(named))


def _places(evidence: Evidence, corpus: Corpus) -> tuple[str, ...]:
    """What a figure of prose has from its paragraph: what that speaks of, and whether of the whole city."""
    if not isinstance(evidence, FactHit) or evidence.fact.passage is None:
        return ()
    passage = corpus.passage(evidence.document, evidence.fact.passage)
    topic = _topic(passage) if evidence.fact.measure is Measure.QUANTITY else ()
    return (*topic, *_whole_places(passage))


def _topic(passage: Passage) -> tuple[str, ...]:
    """What a paragraph begins with, before its first figure: （三）公务接待费支出 of 累计接待 47 批次."""
    first = _FIGURE.search(passage.text)
    return (passage.text[: first.start()],) if first is not None and first.start() <= _LONGEST_TOPIC else ()


def _whole_places(passage: Passage) -> tuple[str, ...]:
    """全市 where a paragraph or its heading speaks of the whole city, not of a level of it."""
    texts = (*passage.section[-1:], passage.text)
    return () if any("本级" in t for t in texts) else tuple(w for t in texts for w in _WHOLE_PLACE.findall(t))


def names_of(evidence: Evidence) -> Iterator[str]:
    """The labels of one piece of evidence: row and column, organisation; project and indicator; headings."""
    if isinstance(evidence, FactHit):
        fact = evidence.fact
        yield from (fact.label, *fact.row_path, *fact.column_path, fact.organisation or "")
        if fact.unit.unit is not None:
            yield fact.unit.unit.symbol
    elif isinstance(evidence, Held):
        record = evidence.record
        yield from (record.project, record.name, record.level1, record.level2, record.organisation or "", record.unit)
    else:
        yield from evidence.section


def _beside(evidence: Evidence) -> Iterator[str]:
    if isinstance(evidence, FactHit):
        yield from (evidence.table_title or "", evidence.fact.sentence or "", evidence.fact.code or "")
    elif isinstance(evidence, Quote):
        yield from (evidence.text, evidence.table or "")
    else:
        yield evidence.record.goal or ""
