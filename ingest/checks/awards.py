"""What small and medium firms won, against all that was procured."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ingest.checks.compare import text_side
from ingest.checks.view import DocumentView, compact
from ingest.numbers import parse_figure
from ingest.records import Check, Outcome
from ingest.units import UnitReading, UnitSource, unit_named

KIND = "awards"
_AMOUNT = r"(?P<amount>\d[\d,]*(?:\.\d+)?)(?P<unit>万元|亿元|元)"
_ALL = re.compile(rf"政府采购(?:支出)?(?:总额|总金额|金额)?(?:\([^)]*\))?(?:共计|合计|为|是)?{_AMOUNT}")
_RESERVED = re.compile(rf"预留的?政府采购项目中,由中小企业(?:供应商)?中标或成交的?,采购金额(?:为)?{_AMOUNT}")
_OTHER = re.compile(rf"其他政府采购项目中,由中小企业(?:供应商)?中标或成交的?,采购金额(?:为)?{_AMOUNT}")


@dataclass(frozen=True, slots=True)
class _Said:
    text: str
    page: int
    value: Decimal
    unit: UnitReading


def awards(document: DocumentView) -> Iterator[Check]:
    """Awards to small and medium firms, in reserved and in other projects, come to no more than all procurement."""
    whole, reserved, other = (_first(document, pattern) for pattern in (_ALL, _RESERVED, _OTHER))
    if whole is None or reserved is None or other is None or not whole.unit == reserved.unit == other.unit:
        return
    total = reserved.value + other.value
    over = max(total - whole.value, Decimal(0))
    text = f"small and medium firms won {reserved.value:f} + {other.value:f} of {whole.value:f} procured"
    yield Check(
        KIND, Outcome.BROKEN if over else Outcome.HELD, text_side(whole.text, whole.page, whole.value, whole.unit),
        text_side(f"{reserved.text}；{other.text}", other.page, total, other.unit), over, text,
    )  # fmt: skip


def _first(document: DocumentView, pattern: re.Pattern[str]) -> _Said | None:
    for passage in document.extract.passages:
        match = pattern.search(compact(passage.text))
        if match is not None:
            unit = UnitReading(unit_named(match["unit"]), UnitSource.SENTENCE)
            return _Said(match[0], passage.page, parse_figure(match["amount"]), unit)
    return None
