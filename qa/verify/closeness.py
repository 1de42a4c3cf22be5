"""How near a claimed figure comes to a true one: exactly, at the precision claimed, or as its hedge allows."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from ingest.errors import UnitMismatch
from ingest.units import Dimension, Quantity, Unit
from qa.verify.multiples import TIMES
from qa.verify.wording import Hedge


class Closeness(StrEnum):
    """Outcome of comparing a claim with a figure."""

    EXACT = "exact"
    ROUNDED = "rounded"
    OFF = "off"


ABOUT = Decimal("0.05")  # 约: within 5 %, or half a unit of the last digit claimed
NEARLY = Decimal("0.10")  # 近: short of the figure by less than a tenth
BEYOND = Decimal("0.25")  # 超过: true, but no longer an honest round figure, when it is exceeded by more than a quarter


def in_unit(true: Quantity, claimed: Quantity) -> Quantity | None:
    """The true figure in the claim's unit; None where the two do not convert."""
    if true.unit == claimed.unit or true.unit.symbol == claimed.unit.symbol or _count_alike(true.unit, claimed.unit):
        return Quantity(true.value, claimed.unit)
    try:
        return true.to(claimed.unit)
    except UnitMismatch:
        return None


_GENERAL = frozenset({"", "个", "项"})  # counting words that stand for any other
_PEOPLE = frozenset({"人", "名", "位", "人次"})


def _count_alike(one: Unit, other: Unit) -> bool:
    """Whether two counting units count the same things: a bare number or 个 anything, 名 and 人 people."""
    if one.dimension is not Dimension.COUNT or other.dimension is not Dimension.COUNT:
        return False
    symbols = {one.symbol, other.symbol}
    return bool(symbols & _GENERAL) or symbols <= _PEOPLE


def closeness(claimed: Quantity, true: Quantity, hedge: Hedge) -> Closeness:
    """Compare two figures; `hedge` widens what passes on the side it names, and forbids the other."""
    same = in_unit(true, claimed)
    if same is None:
        return Closeness.OFF
    value, said = abs(same.value), abs(claimed.value)
    if hedge is Hedge.MANIFOLD:  # 成倍 sets no upper bound
        return Closeness.ROUNDED if value >= said * (1 - ABOUT) else Closeness.OFF
    if hedge is Hedge.OVER and claimed.unit.symbol == TIMES.symbol:  # more than doubled, and not yet tripled
        return Closeness.ROUNDED if said < value < said + 1 else Closeness.OFF
    if hedge in (Hedge.OVER, Hedge.UNDER):
        low, high = (said, said * (1 + BEYOND)) if hedge is Hedge.OVER else (said * (1 - BEYOND), said)
        return Closeness.ROUNDED if low < value < high else Closeness.OFF
    if value == said:
        return Closeness.EXACT
    if hedge is Hedge.AT_LEAST:
        return Closeness.ROUNDED if said <= value <= said * (1 + BEYOND) else Closeness.OFF
    if hedge is Hedge.AT_MOST:
        return Closeness.ROUNDED if said * (1 - BEYOND) <= value <= said else Closeness.OFF
    if hedge is Hedge.NEARLY:
        return Closeness.ROUNDED if said * (1 - NEARLY) <= value < said + _half_step(said) else Closeness.OFF
    if _rounds_to(value, said):
        return Closeness.ROUNDED
    if hedge is Hedge.ABOUT and abs(value - said) <= max(said * ABOUT, _half_step(said)):
        return Closeness.ROUNDED
    return Closeness.OFF


def _rounds_to(value: Decimal, said: Decimal) -> bool:
    """Whether a figure, rounded to the digits that were said, is what was said; whole numbers are meant to the unit."""
    exponent = said.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    return value.quantize(step, rounding=ROUND_HALF_UP) == said


def _half_step(said: Decimal) -> Decimal:
    """Half a unit of the last digit that is not a closing zero: 25 for 1500 said with two digits."""
    digits = said.normalize().as_tuple()
    return Decimal(5).scaleb((digits.exponent if isinstance(digits.exponent, int) else 0) - 1)


def confused_unit(claimed: Quantity, true: Quantity) -> bool:
    """Whether the digits are the true ones and only the unit is another: 418.26 元 for 418.26 万元, ×10⁴ and alike."""
    if not (claimed.unit.is_money and true.unit.is_money) or not claimed.value or not true.value:
        return False
    same = in_unit(true, claimed)
    if same is None:
        return claimed.value == true.value
    ratio = (claimed.value / same.value).normalize()
    return ratio != 1 and abs(ratio.adjusted()) >= 2 and ratio.as_tuple().digits == (1,)
