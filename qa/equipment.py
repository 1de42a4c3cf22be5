"""English questions on equipment above a unit price, in the words that budgets count such equipment under."""

from __future__ import annotations

import re
from decimal import Decimal

from qa.question import Linked

_NOUN = re.compile(r"\b(?:equipment|devices?|machines?|apparatus)\b", re.I)
_ABOVE = re.compile(
    r"\b(?:over|above|or (?:more|above|higher|over)|more than|at least|exceed\w*|upwards?|no less than|from)\b", re.I
)
_SORTS = ((re.compile(r"\bgeneral", re.I), "通用"), (re.compile(r"\bspeciali?[sz]?", re.I), "专用"))
_WAN = Decimal(10_000)


def equipment_in_chinese(linked: Linked) -> str:
    """单价20万元以上设备 for "equipment with a unit price of 200,000 yuan or more"; empty for any other question."""
    text = linked.question.text
    if not _NOUN.search(text) or not _ABOVE.search(text):
        return ""
    prices = [n.value * n.unit.scale for n in linked.numbers if n.unit is not None and n.unit.is_money]
    if len(prices) != 1 or prices[0] % _WAN:
        return ""
    sort = next((chinese for pattern, chinese in _SORTS if pattern.search(text)), "")
    return f"单价{prices[0] // _WAN}万元以上{sort}设备"
