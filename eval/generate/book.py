"""A document before it is laid out: cover, contents, headings, paragraphs and sheets in order."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from eval.generate.layout import Layout
from eval.generate.sheet import Sheet
from eval.generate.spec import Language
from ingest.records import Measure, PassageKind, Phase, Volume


@dataclass(frozen=True, slots=True)
class ProseFigure:
    """A figure in a sentence: as printed, what it is about and what it measures, with sign and unit."""

    text: str
    label: str
    measure: Measure
    value: Decimal
    unit: str
    path: tuple[str, ...] = ()
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph under its headings. `none_of` is set where it declares that there is none of something."""

    text: str
    section: tuple[str, ...]
    kind: PassageKind = PassageKind.PARAGRAPH
    figures: tuple[ProseFigure, ...] = ()
    term: str | None = None
    none_of: str | None = None
    framed: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the outermost."""

    text: str
    level: int = 1
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Cover:
    """A first page with the title; `lines` stand under it."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents page: headings, and the tables with their numbers."""

    title: str


Part = Cover | Contents | Heading | Paragraph | Sheet


@dataclass(frozen=True, slots=True)
class Book:
    """A whole document. `mark` is the small print that says what the file is; `invented` repeats it on each page."""

    title: str
    agency: str
    year: int
    phase: Phase
    scope: str
    language: Language
    parts: tuple[Part, ...]
    layout: Layout
    mark: str
    invented: bool
    volume: Volume = Volume.WHOLE

    def sheets(self) -> tuple[Sheet, ...]:
        return tuple(part for part in self.parts if isinstance(part, Sheet))

    def paragraphs(self) -> tuple[Paragraph, ...]:
        return tuple(part for part in self.parts if isinstance(part, Paragraph))
