"""The units of an agency as its document lists them: in a sentence, in numbered lines under it, or in a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.corpus import Corpus
from ingest.geometry import Box
from ingest.records import ColumnRole, Passage, PassageKind, Table
from ingest.units import Dimension, Quantity
from ingest.units import Unit as CountingUnit
from qa.keys import label_key
from qa.plan import Members
from qa.result import Line, Quote, Result, Status

_HEADING = re.compile(r"单位构成|机构设置|预算单位|决算单位")
_LISTED = re.compile(
    r"(?:预算单位|决算单位|单位|预算|决算)[^。；]{0,24}?(?:包括|具体为|分别为|分别是|有|汇总了?以下单位|以下单位)[:：]\s*(?P<names>[^。]*)(?P<end>。|$)"
)
_NUMBERED = re.compile(r"^\s*(?:[（(]?\d{1,2}[）)]|\d{1,2}\s*[、.．])\s*(?P<name>[^。；;]{2,40})[。；;]?\s*$")
# "和" parts two names only behind what ends one: 文化和旅游局 is one.
_BETWEEN = re.compile(r"[、，,；;]|(?<=[馆局院所队部办处站会校社级心算厅委园）)])和(?=[一-鿿])")
_END = re.compile(r"(?:的)?(?:预算|决算)$")
_BRACKETED = re.compile(r"[（(][^（()）]*[）)]")
_DEPARTMENTS = "机构"
_BUDGET = re.compile(r"预算单位|决算单位|编制范围|(?:预算|决算)(?:是)?包括")


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit as printed, with where."""

    name: str
    quote: Quote


def run_units(members: Members, corpus: Corpus, said: str) -> Result:
    """The units in the words of the first document of a scope that lists them; `said` is the key of the sentence."""
    item = members.item
    without = {label_key(name) for name in members.without}
    for document in item.scope.documents:
        units = tuple(u for u in told_units(document, corpus) if label_key(u.name) not in without)
        if units:
            lines = tuple(Line(u.name, None, u.quote) for u in units)
            quotes = tuple(dict.fromkeys((*_introduced(document, corpus), *(u.quote for u in units))))
            count = Quantity(Decimal(len(units)), CountingUnit(_counter(item.said), Dimension.COUNT))
            return Result(Status.ANSWERED, said, item.said, count, lines, quotes, values=(str(len(units)),))
    return Result(Status.ABSTAINED, "abstain.no_members", item.said, values=(item.said,))


def _introduced(document: str, corpus: Corpus) -> Iterator[Quote]:
    """The sentence that a list of units stands under, where the names are not in it."""
    for held in corpus.passages(document):
        passage = held.record
        match = _LISTED.search(passage.text) if any(_HEADING.search(s) for s in passage.section) else None
        if match is not None and not match["names"].strip() and _DEPARTMENTS not in match.group():
            yield Quote(document, passage.page, _box(passage), passage.text, passage.section)
            return


def _counter(said: str) -> str:
    """The counting unit that the question uses for units."""
    return "家" if "家" in said else "个"


def told_units(document: str, corpus: Corpus) -> tuple[Unit, ...]:
    """The units that a document's budget or final account covers, in printed order; empty where it lists none."""
    for found in (_from_tables(document, corpus), _from_prose(document, corpus)):
        if len(found) > 1:
            return found
    return ()


def _from_tables(document: str, corpus: Corpus) -> tuple[Unit, ...]:
    """The rows of a table that holds unit names and no figures."""
    for table in corpus.tables(document):
        columns = [c.index for c in table.columns if c.role is ColumnRole.ORGANISATION]
        plain = not any(c.role is ColumnRole.VALUE for c in table.columns)
        if columns and plain:
            return tuple(_units_of_table(document, table, columns[0]))
    return ()


def _units_of_table(document: str, table: Table, column: int) -> Iterator[Unit]:
    for row in table.rows:
        cell = row.cells[column]
        name = cell.text.strip()
        if name:
            yield Unit(name, Quote(document, cell.page, cell.box, cell.text, table=table.title or table.id))


def _from_prose(document: str, corpus: Corpus) -> tuple[Unit, ...]:
    """The names after "包括：" under a heading on units, the sentence that speaks of the budget's units first."""
    passages = [h.record for h in corpus.passages(document) if h.record.kind is not PassageKind.HEADING]
    under = [p for p in passages if any(_HEADING.search(s) for s in p.section)]
    for passage in sorted(under, key=lambda p: _BUDGET.search(p.text) is None):
        match = _LISTED.search(passage.text)
        if match is None or _DEPARTMENTS in match.group()[: match.start("names") - match.start()]:
            continue
        if match["names"].strip():
            return tuple(_units_of_sentence(document, passage, match["names"]))
        lines = under[under.index(passage) + 1 :]
        return tuple(_units_of_lines(document, lines, passage.section))
    return ()


def _units_of_sentence(document: str, passage: Passage, names: str) -> Iterator[Unit]:
    quote = Quote(document, passage.page, _box(passage), passage.text, passage.section)
    for name in _parts(names):
        yield Unit(name, quote)


def _parts(names: str) -> Iterator[str]:
    """The names between commas outside brackets, without the "预算" behind each."""
    hidden = _BRACKETED.sub(lambda m: "　" * len(m.group()), names)
    start = 0
    for end in (*(m.start() for m in _BETWEEN.finditer(hidden)), len(names)):
        name = _END.sub("", names[start:end].strip("、，,；; 和"))
        start = end
        if name:
            yield name.strip()


def _units_of_lines(document: str, lines: Sequence[Passage], section: tuple[str, ...]) -> Iterator[Unit]:
    for passage in lines:
        match = _NUMBERED.match(passage.text)
        if match is None or passage.section[: len(section)] != section:
            return
        yield Unit(match["name"].strip(), Quote(document, passage.page, _box(passage), passage.text, passage.section))


def _box(passage: Passage) -> Box | None:
    return passage.lines[0].box if passage.lines else None
