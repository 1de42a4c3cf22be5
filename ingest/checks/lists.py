"""Lists of economic items in prose against the rows of the table that they describe."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.checks.compare import text_side
from ingest.checks.named import bare
from ingest.checks.view import DocumentView, compact
from ingest.records import Check, Outcome, TableKind

KIND = "list_names_empty_row"
_LIST = re.compile(r"(?P<what>人员经费|公用经费)[^；;]{0,40}?(?:主要)?(?:包括|用于)[:：]?(?P<items>[^。；;]+)")
_TAIL = re.compile(r"等(?:支出|费用|方面)?.*$")
_LEAST_ITEMS = 4


def listed_items(document: DocumentView) -> Iterator[Check]:
    """Every item that prose lists under 人员经费 or 公用经费 has a figure in the table of basic expenditure.

    Said only of lists of which at least half are rows of that table: then the list speaks the table's language.
    """
    filled = _filled_rows(document)
    if not filled:
        return
    for passage in document.extract.passages:
        for match in _LIST.finditer(compact(passage.text)):
            names = [name for part in re.split(r"[、,，]", _TAIL.sub("", match["items"])) if (name := bare(part))]
            missing = [name for name in names if not any(name in row for row in filled)]
            if len(names) < _LEAST_ITEMS or len(missing) * 2 > len(names):
                continue
            left = text_side(match[0][:160], passage.page)
            right = text_side("、".join(missing), None)
            text = f"{match['what']}: lists items without a figure in the table: {'、'.join(missing)}"
            if not missing:
                text = f"{match['what']}: all {len(names)} items listed have a figure in the table"
            yield Check(KIND, Outcome.BROKEN if missing else Outcome.HELD, left, right, None, text)


def _filled_rows(document: DocumentView) -> set[str]:
    """The names of the economic items that have a figure other than 0."""
    names: set[str] = set()
    for view in document.tables:
        if view.table.kind is TableKind.BASIC:
            names |= {bare(f.label) for f in view.facts.values() if f.value and f.code and f.code.startswith("3")}
    return names
