"""Sentences that carry figures: pieces of text joined with amounts, changes and shares."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from eval.generate.book import Heading, Paragraph, Part, ProseFigure
from eval.generate.layout import FigureStyle
from ingest.records import Measure, PassageKind


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of prose with the figures it holds; pieces are joined with +."""

    text: str
    figures: tuple[ProseFigure, ...] = ()

    def __add__(self, other: Said | str) -> Said:
        if isinstance(other, str):
            return Said(self.text + other, self.figures)
        return Said(self.text + other.text, self.figures + other.figures)

    def __radd__(self, other: str) -> Said:
        return Said(other + self.text, self.figures)


@dataclass(frozen=True, slots=True)
class Voice:
    """How figures are written in prose: money style, blanks round digits, and one of two sets of words."""

    style: FigureStyle
    spaced: bool = False
    variant: int = 0

    def money(
        self,
        label: str,
        yuan: Decimal,
        measure: Measure = Measure.AMOUNT,
        path: tuple[str, ...] = (),
        year: int | None = None,
    ) -> Said:
        """An amount with its unit."""
        value = self.style.value(yuan)
        return self._figure(label, value, self.style.unit.symbol, measure, path, year)

    def count(self, label: str, number: int, unit: str) -> Said:
        """A count with its unit."""
        return self._figure(label, Decimal(number), unit, Measure.QUANTITY, (), None)

    def share(self, label: str, part: Decimal, whole: Decimal) -> Said:
        """占 with a percentage at one decimal."""
        return self._percent("占", label, percent(part, whole), Measure.SHARE)

    def completion(self, label: str, actual: Decimal, budget: Decimal) -> Said:
        """完成预算的 with a percentage."""
        return self._percent("完成预算的", label, percent(actual, budget), Measure.COMPLETION)

    def change(self, label: str, now: Decimal, before: Decimal, against: str) -> Said:
        """How an amount changed against an earlier one; the rate is left out over a base of zero."""
        new, old = self.style.value(now), self.style.value(before)
        if new == old:
            return Said(f"与{against}持平")
        up = new > old
        verb = "增加" if up else "减少"
        delta = self._figure(label, new - old, self.style.unit.symbol, Measure.DELTA, (), None, shown=abs(new - old))
        start = f"{'较' if self.variant else '比'}{against}{verb}" + delta
        if not old:
            return start
        rate = percent(new - old, old)
        verb = ("增长" if up else "下降") if not self.variant else ("增幅为" if up else "降幅为")
        return start + "，" + self._percent(verb, label, rate, Measure.RATE, shown=abs(rate))

    def because(self, reason: str) -> str:
        """The clause that gives a reason."""
        return f"，{'主要原因是' if self.variant else '主要是'}{reason}"

    def _percent(self, verb: str, label: str, value: Decimal, measure: Measure, shown: Decimal | None = None) -> Said:
        text = f"{value if shown is None else shown}%"
        return Said(f"{verb}{text}", (ProseFigure(text, label, measure, value, "%"),))

    def _figure(
        self,
        label: str,
        value: Decimal,
        unit: str,
        measure: Measure,
        path: tuple[str, ...],
        year: int | None,
        shown: Decimal | None = None,
    ) -> Said:
        number = value if shown is None else shown
        digits = f"{number:,f}" if self.style.thousands else f"{number:f}"
        text = f" {digits} {unit}" if self.spaced else f"{digits}{unit}"
        return Said(text, (ProseFigure(digits, label, measure, value, unit, path, year),))


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """A share in percent at one decimal, halves up."""
    return (part * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def joined(pieces: list[Said], between: str = "、") -> Said:
    """Pieces joined by a separator."""
    whole = pieces[0]
    for piece in pieces[1:]:
        whole = whole + between + piece
    return whole


class Scribe:
    """Collects headings and paragraphs, keeping the section path."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self._section: tuple[str, ...] = ()

    def heading(self, text: str, level: int, new_page: bool = False) -> None:
        """Open a section; deeper ones close."""
        self._section = (*self._section[: level - 1], text)
        self.parts.append(Heading(text, level, new_page))

    def say(self, said: Said | str, none_of: str | None = None, framed: bool = False) -> None:
        """Add a paragraph to the open section."""
        piece = Said(said) if isinstance(said, str) else said
        self.parts.append(Paragraph(piece.text, self._section, figures=piece.figures, none_of=none_of, framed=framed))

    def define(self, number: int, term: str, text: str) -> None:
        """Add a definition to the open section."""
        whole = f"{number}. {term}：{text}"
        self.parts.append(Paragraph(whole, self._section, PassageKind.DEFINITION, term=term))
