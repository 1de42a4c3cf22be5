"""References to printed figures, for people to copy."""

from __future__ import annotations

from ingest.records import Document
from qa.question import Language
from qa.webapp.places import Place


def reference(place: Place, document: Document, language: Language) -> str:
    """One line naming document, page, table, row and column, and what is printed there."""
    citation = place.citation
    chinese = language is Language.ZH
    parts = [document.identity.title, citation.file, f"第{citation.page}页" if chinese else f"p. {citation.page}"]
    if citation.table is not None:
        parts.append(_said("表", "table", place.table_title or citation.table, chinese))
    if citation.row:
        code = f" {citation.code}" if citation.code else ""
        parts.append(_said("行", "row", " > ".join(citation.row) + code, chinese))
    if citation.column and citation.table is not None:
        parts.append(_said("列", "column", " > ".join(citation.column), chinese))
    if citation.section:
        parts.append(" > ".join(citation.section))
    printed = citation.text if citation.table is None else f"{citation.text} {_symbol(place)}".strip()
    joint = "，" if chinese else ", "
    return f"{joint.join(parts)}{'：' if chinese else ': '}{printed}"


def _said(zh: str, en: str, name: str, chinese: bool) -> str:
    return f"{zh}“{name}”" if chinese else f"{en} “{name}”"


def _symbol(place: Place) -> str:
    """The unit to say after what is printed, unless it stands there."""
    symbol = place.unit.symbol if place.unit is not None else ""
    return "" if place.citation.text.endswith(symbol) else symbol
