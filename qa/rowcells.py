"""Conditions on a set of rows that other cells of a row meet: what is written there, or that no budget stands there.

"资金来源是政府性基金的项目", "采购方式为公开招标的项目", "年初没有安排预算的项目".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from ingest.corpus import FactHit
from ingest.numbers import CellState, read_cell
from ingest.records import Column, ColumnRole, Phase, Table, TableKind
from qa.keys import is_chinese, label_key
from qa.reading import PROJECT_TABLES
from qa.select import Selector

_SET_TABLES = (*PROJECT_TABLES, TableKind.PROCUREMENT)
_REMARKS = re.compile(r"备注|说明|目标|依据|序号|内容|计量单位|原因|措施")
_KINDS = range(2, 13)  # how many different texts a column of kinds holds
_LONGEST = 15
_LOOSE_END = re.compile(r"(?:财政)?(?:预算)?(?:拨款|资金|收入)?$")
_BEFORE = re.compile(r"(?:来源|来自|属于|类型|类别|方式|形式|性质|[是为由用拿靠])(?:[是为于自])?[\"“'‘「]?$")
_AFTER = re.compile(
    r"^[\"”'’」]?(?:(?:财政)?(?:预算)?(?:拨款|资金)?(?:安排|保障|支付|支持)?|类)的?(?:项目|采购|专项|品目)"
)
_UNPLANNED = re.compile(
    r"(?:年初|当初|原来)[^,。]{0,3}?(?:没有?|未|无)(?:被|给)?(?:安排|编列?|列|下达|批复?)?[^,。]{0,2}?预算"
    r"|年初预算数?(?:都|均)?[为是](?:0|零)|(?:没有?|无)年初预算"
)


def unplanned_phrase(text: str) -> re.Match[str] | None:
    """The words of a question that ask for rows without a budget at the start of the year."""
    return _UNPLANNED.search(text)


def written_in(table: Table, text: str) -> tuple[str, ...]:
    """The keys of the texts in a table's columns of kinds that a question makes the condition of its rows."""
    if table.kind not in _SET_TABLES:
        return ()
    asked = label_key(text)
    found: dict[str, str] = {}
    for column in table.columns:
        for key in _kinds(table, column):
            said = key if key in asked else _LOOSE_END.sub("", key)
            if len(said) > 1 and said in asked and _is_condition(asked, said):
                found[key] = said
    longest = max(map(len, found.values()), default=0)
    return tuple(key for key, said in found.items() if len(said) == longest)


def _kinds(table: Table, column: Column) -> Mapping[str, int]:
    """The texts of a column that tells rows of one kind from those of another; empty for any other column."""
    if column.role is not ColumnRole.TEXT or not column.path or _REMARKS.search(column.path[-1]):
        return {}
    texts = [label_key(row.cells[column.index].text) for row in table.rows]
    counted = Counter(t for t in texts if t)
    named = all(is_chinese(t) and len(t) <= _LONGEST for t in counted)
    return counted if named and len(counted) in _KINDS and len(counted) < counted.total() else {}


def _is_condition(asked: str, said: str) -> bool:
    at = asked.find(said)
    return bool(_BEFORE.search(asked[:at]) or _AFTER.match(asked[at + len(said) :]))


def with_written(hits: Iterable[FactHit], keys: tuple[str, ...], selector: Selector) -> Iterator[FactHit]:
    """The figures whose rows bear one of the texts in a cell that is no figure."""
    for hit in hits:
        table = selector.table_of(hit)
        if table is None or hit.fact.row is None:
            continue
        texts = (c.index for c in table.columns if c.role is ColumnRole.TEXT)
        if any(label_key(table.rows[hit.fact.row].cells[i].text) in keys for i in texts):
            yield hit


def tells_both_stages(table: Table) -> bool:
    """Whether a table sets what was spent beside what was budgeted."""
    return {Phase.BUDGET, Phase.ACTUAL} <= {c.phase for c in table.columns if c.role is ColumnRole.VALUE}


def without_budget(hits: Iterable[FactHit], selector: Selector) -> Iterator[FactHit]:
    """The rows that budget nothing at the start of the year and have spent something."""
    for hit in hits:
        table = selector.table_of(hit)
        if table is None or hit.fact.row is None or not tells_both_stages(table) or hit.fact.value:
            continue
        spent = (c.index for c in table.columns if c.phase is Phase.ACTUAL and c.role is ColumnRole.VALUE)
        if any(read_cell(table.rows[hit.fact.row].cells[i].text).state is CellState.FIGURE for i in spent):
            yield hit
