"""Body rows before their labels are known."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.numbers import fold_width

_TOTAL = re.compile(
    r"^(?:[一二三四五六七八九十]+、)?(?:合计|总计|小计|共计|累计|本年收入合计|本年支出合计|(?:本年|当年)?(?:财政拨款)?(?:收入|支出)(?:总计|合计|小计|总额)"
    r"|人员经费合计|公用经费合计|(?:grand\s*)?totals?(?:\b.*)?)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class RawRow:
    """One body row before its labels are known: texts by column, indents of the texts, and merged-down texts.

    `carried[c]` is the text of a cell merged over several rows, on every row that it covers.
    """

    texts: tuple[str, ...]
    carried: tuple[str, ...]
    indents: tuple[float, ...]


def is_total(label: str) -> bool:
    """Whether a row's name says that it is a sum of others (合计, 本年支出合计, 收入总计, Total …)."""
    return bool(_TOTAL.match(re.sub(r"\s+", "", fold_width(label)))) or bool(_TOTAL.match(label.strip()))
