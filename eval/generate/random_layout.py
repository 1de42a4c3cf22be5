"""Random combinations of layout options."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from random import Random
from typing import TypeVar

from eval.generate.layout import (
    Codes,
    Continuation,
    Declared,
    FigureStyle,
    Indent,
    Layout,
    Negative,
    Nothing,
    Numbering,
    PageNumber,
    Paper,
    Rules,
    TableNumber,
    UnitPlace,
)
from ingest.units import THOUSAND_YUAN, WAN_YUAN, YUAN, Unit

E = TypeVar("E", bound=StrEnum)
_STYLES: tuple[tuple[Unit, int], ...] = ((WAN_YUAN, 2), (WAN_YUAN, 2), (YUAN, 0), (YUAN, 2), (THOUSAND_YUAN, 1))
_TEN_THOUSANDTHS = FigureStyle(WAN_YUAN, 2)


def random_layout(seed: int) -> Layout:
    """A layout that follows from the seed alone; every option may meet every other."""
    rng = Random(f"layout {seed}")
    unit, decimals = rng.choice(_STYLES)
    thousands = rng.random() < 0.5
    figures = FigureStyle(unit, decimals, thousands, _pick(rng, Negative), _pick(rng, Nothing))
    three_public = figures if rng.random() < 0.6 else _TEN_THOUSANDTHS
    continuation = _pick(rng, Continuation)
    return Layout(
        figures=figures,
        prose=_TEN_THOUSANDTHS,
        three_public=three_public,
        rules=rng.choices(list(Rules), (65, 8, 7, 8, 12))[0],
        continuation=continuation,
        lone_row=rng.random() < 0.25,
        stacked=rng.random() < 0.35,
        codes=_pick(rng, Codes),
        indent=_pick(rng, Indent),
        numbering=_pick(rng, Numbering),
        unit_place=_pick(rng, UnitPlace),
        paper=_pick(rng, Paper),
        narrow=rng.random() < 0.3,
        merged_total=rng.random() < 0.4,
        total_last=rng.random() < 0.3,
        merged_organisations=rng.random() < 0.25,
        page_number=_pick(rng, PageNumber),
        running_head=rng.random() < 0.3,
        contents=rng.random() < 0.85,
        framed=rng.random() < 0.25,
        table_number=_pick(rng, TableNumber),
        declared=_pick(rng, Declared),
        agency_line=rng.random() < 0.7,
        tables_first=rng.random() < 0.2,
        wording=rng.randint(0, 1),
        size=rng.choice((8.0, 9.0, 10.0)),
    )


def finest_step(layout: Layout) -> Decimal:
    """The smallest amount in yuan that every table and sentence of this layout prints without rounding."""
    return max(layout.figures.step, layout.prose.step, layout.three_public.step)


def _pick(rng: Random, options: type[E]) -> E:
    return rng.choice(list(options))
