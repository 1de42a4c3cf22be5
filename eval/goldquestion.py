"""One question with its gold, from the fields of a line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from eval.fields import Fields, figures_of, objects_of, page_of, text_of, texts_of
from eval.planform import gold_plan
from eval.question import FIGURE_KINDS, GoldCell, Kind, Question
from ingest.errors import BadDataset
from ingest.records import Phase

_ANY = "*"


def gold_question(data: Fields, path: Path, line: int) -> Question:
    """The question of a line. Raises `BadDataset` naming file and line."""
    where = f"{path}:{line}"
    kind = _kind(text_of(data, "kind", where), where)
    text = text_of(data, "question", where)
    if not text:
        raise BadDataset(f"{where}: no question")
    gold = tuple(part.strip() for part in texts_of(data, "gold", where))
    if not gold and kind is not Kind.ABSTAIN:
        raise BadDataset(f"{where}: kind {kind} needs gold")
    figures = figures_of(gold, where) if kind in FIGURE_KINDS or kind is Kind.TREND else ()
    if kind in FIGURE_KINDS and len(figures) != 1:
        raise BadDataset(f"{where}: kind {kind} has one figure as gold, not {len(figures)}")
    return Question(
        path.stem, line, kind, text_of(data, "lang", where) or text_of(data, "language", where), text, figures,
        () if figures else gold, text_of(data, "unit", where), text_of(data, "cite", where),
        tuple(name for name in texts_of(data, "documents", where) if name != _ANY),
        text_of(data, "id", where), text_of(data, "style", where), gold_plan(data.get("plan"), where),
        _phase(text_of(data, "phase", where), where), tuple(_cells(data, where)),
    )  # fmt: skip


def _kind(name: str, where: str) -> Kind:
    try:
        return Kind(name)
    except ValueError as error:
        raise BadDataset(f"{where}: unknown kind {name!r}; known: {', '.join(Kind)}") from error


def _phase(name: str, where: str) -> Phase | None:
    try:
        return Phase(name) if name else None
    except ValueError as error:
        raise BadDataset(f"{where}: unknown phase {name!r}; known: {', '.join(Phase)}") from error


def _cells(data: Fields, where: str) -> Iterator[GoldCell]:
    for number, cell in enumerate(objects_of(data, "cells", where), 1):
        document = text_of(cell, "document", f"{where}: cell {number}")
        if not document:
            raise BadDataset(f"{where}: a cell without a document")
        page = page_of(cell, f"{where}: page of cell {number}")
        table, row, column = (text_of(cell, n, f"{where}: cell {number}") or None for n in ("table", "row", "column"))
        yield GoldCell(document, page, table, row, column)
