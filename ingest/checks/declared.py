"""What is declared empty is empty, and codes have the digits that codes have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.checks.compare import side, text_side
from ingest.checks.view import DocumentView, TableView, compact
from ingest.records import Check, Declaration, Outcome, TableKind

KIND = "declared_empty"
CODE = "code"
_EMPTY_TABLE = re.compile(r"(?:本|此|该|故|上)表(?:为空|无数据|无内容|为空表)|(?:本|此|该)表.{0,6}(?:无数据|为空)")
_PART = re.compile(r"出国|用车|接待|购置|运行|车辆|货物|工程|服务|企业|结转|结余")  # of a subject: not the whole of it
_SUBJECTS: tuple[tuple[re.Pattern[str], TableKind], ...] = (
    (re.compile(r"政府性基金"), TableKind.GOVERNMENT_FUND),
    (re.compile(r"国有资本经营"), TableKind.STATE_CAPITAL),
    (re.compile(r"三公"), TableKind.THREE_PUBLIC),
    (re.compile(r"政府采购"), TableKind.PROCUREMENT),
)
_AMOUNT = re.compile(r"\d[.,]\d|\d{3}")  # what is shorter may be a column or page number beside an empty table
_LONGEST_SUBJECT = 30
_RIGHT = re.compile(r"[23]\d{2}(?:\d{2}){0,2}")
_MOST_WRONG = 4


def declared_empty(document: DocumentView) -> Iterator[Check]:
    """A table that its note or a sentence declares empty holds no figure other than 0."""
    for view in document.tables:
        note = next((n for n in (*view.table.notes, *_cells(view)) if _EMPTY_TABLE.search(compact(n))), None)
        declarations = [d for d in document.extract.declarations if _is_about(d, view)]
        if note is not None:
            yield _check(view, note, view.table.pages[-1])
        elif declarations:
            yield _check(view, declarations[0].sentence, declarations[0].page)


def code_lengths(document: DocumentView) -> Iterator[Check]:
    """Codes of functions and of economic items have 3, 5 or 7 digits; among such codes others have lost a digit."""
    for view in document.tables:
        labels = [(r.index, view.label(r.index, p)) for p in view.panels for r in view.table.rows]
        codes = [(row, label) for row, label in labels if label is not None and label.code]
        right = {label.code for _, label in codes if label.code and _RIGHT.fullmatch(label.code)}
        wrong = [(r, label) for r, label in codes if label.code and len(label.code) in (4, 6)]
        if len(wrong) > _MOST_WRONG or len(wrong) * 4 > len(right):
            continue
        for row, label in wrong:
            if label.code and label.code[:3] in right:
                page = view.table.rows[row].page
                left = text_side(f"{label.code} {label.path[-1]}", page)
                text = f"{view.title}, {label.path[-1]}: code {label.code} has {len(label.code)} digits"
                yield Check(CODE, Outcome.BROKEN, left, text_side("3, 5 or 7 digits", None), None, text, view.table.id)


def _cells(view: TableView) -> Iterator[str]:
    return (cell.text for row in view.table.rows for cell in row.cells if "表" in cell.text)


def _is_about(declaration: Declaration, view: TableView) -> bool:
    if declaration.table is not None:
        return declaration.table == view.table.id
    subject = compact(declaration.subject)
    if _PART.search(subject) or len(subject) > _LONGEST_SUBJECT:
        return False
    return any(kind is view.table.kind and pattern.search(subject) for pattern, kind in _SUBJECTS)


def _check(view: TableView, words: str, page: int) -> Check:
    filled = [f for f in view.facts.values() if f.value and _AMOUNT.search(f.text)]
    left = text_side(words[:120], page)
    if not filled:
        return Check(
            KIND, Outcome.HELD, left, text_side("", page), None, f"{view.title}: declared empty", view.table.id
        )
    text = f"{view.title}: declared empty, but holds {', '.join(f.text for f in filled[:3])}"
    return Check(KIND, Outcome.BROKEN, left, side(filled[0]), None, text, view.table.id)
