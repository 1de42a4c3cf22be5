"""The seam between ingest and its users: what a corpus holds, and how it is asked.

`ingest.store.SqlCorpus` is the implementation; `open_corpus` there opens one. Readers never see SQL.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from ingest.records import (
    Check,
    Declaration,
    Definition,
    Document,
    Extract,
    Fact,
    Indicator,
    Measure,
    Passage,
    Phase,
    Statement,
    Table,
    TableKind,
)

T = TypeVar("T", covariant=True)


class LabelKind(StrEnum):
    """What a distinct label of the corpus names."""

    ITEM = "item"  # a row label, whatever its table: function, economic item, project, total …
    ORGANISATION = "organisation"
    COLUMN = "column"  # one element of a column path
    PROJECT = "project"  # a project of a project, performance or indicator table
    INDICATOR = "indicator"
    TERM = "term"  # 名词解释
    AGENCY = "agency"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Label:
    """A distinct (kind, text) of the corpus with the codes it is printed with and how many facts bear it."""

    kind: LabelKind
    text: str
    codes: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class FactQuery:
    """Conditions that are and-ed; None or empty means any. `labels` match the fact's own label exactly.

    `code_prefix` matches codes that begin with it (the code itself included). `path_contains` asks that some
    element of the row path equals it; `column_contains` the same of the column path.
    """

    documents: Sequence[str] | None = None
    labels: Sequence[str] | None = None
    codes: Sequence[str] | None = None
    code_prefix: str | None = None
    path_contains: str | None = None
    column_contains: str | None = None
    organisations: Sequence[str] | None = None
    tables: Sequence[str] | None = None
    table_kinds: Sequence[TableKind] | None = None
    years: Sequence[int] | None = None
    phases: Sequence[Phase] | None = None
    measures: Sequence[Measure] | None = None
    from_tables: bool | None = None  # True: only table facts, False: only sentence facts
    figures_only: bool = True  # leave blanks and dashes out
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class FactHit:
    """A fact with what is needed to cite it: its document, and its table's title and kind."""

    document: str
    fact: Fact
    table_title: str | None = None
    table_kind: TableKind | None = None


@dataclass(frozen=True, slots=True)
class Held(Generic[T]):
    """Any other record, with the id of the document it is from."""

    document: str
    record: T


class Corpus(Protocol):
    """What the corpus answers. Every tuple comes in document order (documents by ingest order)."""

    def add(self, extract: Extract) -> bool:
        """Store a document whole or not at all; False (and no change) when its content is already held."""
        ...

    def remove(self, document: str) -> None: ...

    def version(self) -> str:
        """Changes whenever a document is added or removed; for caches."""
        ...

    def documents(self) -> tuple[Document, ...]: ...

    def find_document(self, name: str) -> Document:
        """By id, unique id prefix, file name (with or without suffix) or title; raises `NoSuchDocument`."""
        ...

    def labels(self, kinds: Sequence[LabelKind] | None = None) -> tuple[Label, ...]: ...

    def facts(self, query: FactQuery) -> tuple[FactHit, ...]: ...

    def fact(self, document: str, fact: str) -> FactHit: ...

    def tables(self, document: str) -> tuple[Table, ...]: ...

    def table(self, document: str, table: str) -> Table: ...

    def passages(self, document: str | None = None) -> tuple[Held[Passage], ...]: ...

    def passage(self, document: str, passage: str) -> Passage: ...

    def statements(
        self, labels: Sequence[str] | None = None, document: str | None = None
    ) -> tuple[Held[Statement], ...]: ...

    def indicators(
        self, projects: Sequence[str] | None = None, names: Sequence[str] | None = None, document: str | None = None
    ) -> tuple[Held[Indicator], ...]: ...

    def definitions(self, terms: Sequence[str] | None = None) -> tuple[Held[Definition], ...]: ...

    def declarations(self, document: str | None = None) -> tuple[Held[Declaration], ...]: ...

    def checks(self, document: str | None = None) -> tuple[Held[Check], ...]: ...

    def close(self) -> None: ...
