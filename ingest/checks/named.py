"""The table figures that a name in prose may mean: by classification path, row name, heading or kind of table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ingest.checks.view import DocumentView, TableView, compact, rows_with_labels
from ingest.records import Fact, TableKind

_FILLER = re.compile(r"(?:预算|决算|执行)?(?:总额|总计|合计|总数|数|安排)?(?:情况)?$")
_OWN_NAME = re.compile(r"[“”\"'‘’（）()《》]")
_SYNONYMS = {"日常公用支出": "公用经费", "日常公用经费": "公用经费", "公用支出": "公用经费", "人员支出": "人员经费"}
_TOTALS: tuple[tuple[re.Pattern[str], tuple[TableKind, ...]], ...] = (
    (re.compile(r"^(?:一般公共预算|财政拨款|当年)*(?:拨款)?(?:收入|支出|收|支|、|和|预算|总|合计|总计|本年|决算|财政拨款|数)+$"),
     (TableKind.BALANCE, TableKind.REVENUE, TableKind.EXPENDITURE, TableKind.FISCAL_BALANCE,
      TableKind.FISCAL_EXPENDITURE, TableKind.GENERAL_PUBLIC)),
    (re.compile(r"三公"), (TableKind.THREE_PUBLIC,)),
    (re.compile(r"机关运行经费"), (TableKind.OPERATING, TableKind.THREE_PUBLIC)),
    (re.compile(r"政府采购"), (TableKind.PROCUREMENT,)),
    (re.compile(r"基本支出"), (TableKind.BASIC,)),
    (re.compile(r"涉及.*资金"), (TableKind.PROJECTS, TableKind.PERFORMANCE)),
)  # fmt: skip


@dataclass(frozen=True)
class Names:
    """The figures of a document's tables, found by what prose calls them."""

    document: DocumentView

    def by_path(self, path: Sequence[str]) -> tuple[Fact, ...]:
        """The figures of the rows whose names, from some parent down, are this path of functions."""
        wanted = tuple(bare(name) for name in path)
        found = self._by_name.get(wanted[-1], ()) if wanted else ()
        return tuple(f for names, facts in found if _ends_with(names, wanted) for f in facts)

    def by_name(self, name: str) -> tuple[Fact, ...]:
        """The figures in rows of this name, in total rows under a heading of this name, or totals of its tables."""
        wanted = bare(name)
        rows = [f for _, facts in self._by_row.get(wanted, ()) for f in facts]
        return (*rows, *self._by_heading.get(wanted, ()), *self._totals(wanted))

    @cached_property
    def everything(self) -> tuple[Fact, ...]:
        """All figures of all tables."""
        return tuple(f for view in self.document.tables for f in view.facts.values() if f.value is not None)

    @cached_property
    def _by_name(self) -> dict[str, list[tuple[tuple[str, ...], list[Fact]]]]:
        return _grouped((names, facts) for names, facts, functional in self._rows() if functional)

    @cached_property
    def _by_row(self) -> dict[str, list[tuple[tuple[str, ...], list[Fact]]]]:
        return _grouped((names, facts) for names, facts, _ in self._rows())

    def _rows(self) -> Iterator[tuple[tuple[str, ...], list[Fact], bool]]:
        for view in self.document.tables:
            if view.table.kind is TableKind.INDICATORS:
                continue
            for panel in view.panels:
                columns = view.additive_columns(panel)
                for row, label in rows_with_labels(view, panel):
                    facts = [f for c in columns if (f := view.figure(row, c.index)) is not None]
                    functional = label.code is None or label.code.startswith("2")
                    yield tuple(bare(name) for name in label.path), facts, functional

    @cached_property
    def _by_heading(self) -> dict[str, list[Fact]]:
        found: dict[str, list[Fact]] = defaultdict(list)
        for view, fact in self._total_facts():
            if view.table.kind is TableKind.INDICATORS:
                continue
            for heading in _headings(fact.column_path):
                found[bare(heading)].append(fact)
        return found

    def _total_facts(self) -> Iterator[tuple[TableView, Fact]]:
        for view in self.document.tables:
            for fact in view.facts.values():
                if fact.value is not None and (fact.total or len(view.table.rows) == 1):
                    yield view, fact

    def _totals(self, name: str) -> list[Fact]:
        kinds = {kind for pattern, kinds in _TOTALS if pattern.search(name) for kind in kinds}
        return [
            fact
            for view, fact in self._total_facts()
            if view.table.kind in kinds
            and any(fact.column == c[0].index for p in view.panels if (c := view.additive_columns(p)))
        ]


def _headings(path: Sequence[str]) -> list[str]:
    """The heading of a column, and the one above it where the column is its total."""
    total = len(path) > 1 and re.search(r"(?:小计|合计|总计)$", compact(path[-1])) is not None
    return [*path[-1:], *(path[-2:-1] if total else ())]


def bare(name: str) -> str:
    """A name as it is compared: widths folded, blanks, quotes, numbering and words like 预算数 at its end left out."""
    text = re.sub(r"^(?:[一二三四五六七八九十]+、|\d+[.、]|其中[:：])", "", compact(name))
    text = _OWN_NAME.sub("", text)
    plain = _FILLER.sub("", text) or text
    return _SYNONYMS.get(plain, plain)


def _grouped(
    rows: Iterator[tuple[tuple[str, ...], list[Fact]]],
) -> dict[str, list[tuple[tuple[str, ...], list[Fact]]]]:
    found: dict[str, list[tuple[tuple[str, ...], list[Fact]]]] = defaultdict(list)
    for names, facts in rows:
        found[names[-1]].append((names, facts))
    return found


def _ends_with(names: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Whether a row's path ends with the path wanted; a path of fewer levels matches its last ones."""
    shared = min(len(names), len(wanted))
    return names[-shared:] == wanted[-shared:]
