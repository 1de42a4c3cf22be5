"""A random document of any kind and layout from one seed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from eval.generate.book import Book
from eval.generate.compose import budget_book, final_book
from eval.generate.english import english_book
from eval.generate.layout import Layout
from eval.generate.random_english import random_english
from eval.generate.random_final import random_final
from eval.generate.random_layout import finest_step, random_layout
from eval.generate.random_spec import RandomOptions, random_spec
from ingest.units import DOLLAR, THOUSAND_DOLLARS


def random_book(seed: int, options: RandomOptions | None = None) -> Book:
    """A budget (7 of 10), a final account (2) or an English budget (1); every amount prints exactly."""
    layout = random_layout(seed)
    chosen = replace(options or RandomOptions(), step=max(finest_step(layout), Decimal(1)))
    kind = Random(f"kind {seed}").randrange(10)
    if kind == 9:
        return english_book(random_english(seed), english_layout(layout))
    if kind in (7, 8):
        return final_book(random_final(seed, chosen), layout)
    return budget_book(random_spec(seed, chosen), layout)


def english_layout(layout: Layout) -> Layout:
    """The same layout with dollars for yuan."""
    unit = THOUSAND_DOLLARS if layout.figures.decimals else DOLLAR
    return replace(layout, figures=replace(layout.figures, unit=unit, decimals=0), agency_line=False)
