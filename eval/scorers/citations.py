"""Citations: the label that has to be cited, the documents that may be, and the cells where gold knows them."""

from __future__ import annotations

from eval.plain import plain
from eval.question import GoldCell, Question
from eval.scorers.check import Check, Share
from eval.shown import Cited, Shown


def cite_label(question: Question, shown: Shown) -> Check | None:
    """The gold label stands in some citation's row, table, section or sentence."""
    if not question.cite:
        return None
    wanted = plain(question.cite)
    passed = any(wanted in text for c in shown.citations for text in _places(c))
    missing = f"none of {len(shown.citations)} citations is of {question.cite}"
    return Check("citation", passed, "" if passed else missing)


def _places(cited: Cited) -> list[str]:
    return [plain(text) for text in (*cited.row, cited.table, *cited.section, cited.text)]


def right_documents(question: Question, shown: Shown) -> Check | None:
    """Only documents in which gold stands are cited."""
    if not question.documents or not shown.citations:
        return None
    wrong = sorted({c.file for c in shown.citations} - set(question.documents))
    return Check("documents", not wrong, f"cites {'、'.join(wrong)}" if wrong else "")


def everything_cited(question: Question, shown: Shown) -> Check | None:
    """A shown figure has at least one citation, and every citation has a page (promise 1 and 2 of the design)."""
    if shown.value is None and not any(i.value is not None for i in shown.items):
        return None
    passed = bool(shown.citations) and all(c.page is not None for c in shown.citations)
    return Check("cited", passed, "" if passed else "a figure without a place")


def cell_precision(question: Question, shown: Shown) -> Share | None:
    """Of the cells cited, those that gold names (JSON lines with cells only)."""
    if not question.cells:
        return None
    right = sum(any(_is_cell(c, gold) for gold in question.cells) for c in shown.citations)
    return Share("citation precision", right, len(shown.citations))


def cell_recall(question: Question, shown: Shown) -> Share | None:
    """Of the cells that gold names, those cited."""
    if not question.cells:
        return None
    found = sum(any(_is_cell(c, gold) for c in shown.citations) for gold in question.cells)
    return Share("citation recall", found, len(question.cells))


def _is_cell(cited: Cited, gold: GoldCell) -> bool:
    return (
        cited.file == gold.document
        and (gold.page is None or cited.page == gold.page)
        and (gold.table is None or plain(gold.table) in plain(cited.table))
        and (gold.row is None or any(plain(gold.row) == plain(r) for r in (*cited.row[-1:], cited.code)))
        and (gold.column is None or any(plain(gold.column) in plain(c) for c in cited.column))
    )
