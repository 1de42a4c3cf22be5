"""What verification says: JSON in the fixed form, text, Markdown, HTML and CSV; reasons worded from data."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ingest.units import Quantity
from qa.answer import Citation
from qa.export import safe_cell
from qa.question import Language
from qa.verify.closeness import Closeness, closeness, in_unit
from qa.verify.multiples import TIMES, is_multiple
from qa.verify.verdict import Judged, Verdict
from qa.verify.wording import wording

_CORRECTED = (Verdict.CONTRADICTED, Verdict.WRONG_UNIT, Verdict.WRONG_YEAR, Verdict.WRONG_ITEM)
_OWN_REASONS = (
    "rank", "rank_unsure", "unsure", "direction", "no_actuals", "declared_none", "blank", "order", "ranked", "years",
)  # fmt: skip
_COLUMNS = ("text", "start", "end", "verdict", "claimed", "true", "correction", "reason", "citations")


@cache
def _reasons() -> dict[tuple[str, str], str]:
    rows = (Path(__file__).parent / "reasons.tsv").read_text(encoding="utf-8").splitlines()
    cells = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return {(key, tongue): text for key, zh, en in cells for tongue, text in (("zh", zh), ("en", en))}


def reason(judged: Judged) -> str:
    """Why a claim was judged as it was, in one line of the claim's language."""
    key = judged.verdict.value
    if judged.detail in _OWN_REASONS:
        key = judged.detail
    elif judged.verdict is Verdict.WRONG_PHASE:
        key = f"wrong_phase_{judged.detail}" + ("_known" if judged.detail == "budget" and _is_other(judged) else "")
    difference = _difference(judged)
    if key == "contradicted" and difference is None:
        key = "contradicted_plain"
    text = _reasons()[key, judged.claim.language.value]
    shown = [_told(q, judged.claim.language) for q in (judged.true, difference, judged.other)]
    return text.format(true=shown[0], detail=judged.detail, difference=shown[1], other=shown[2])


def _told(quantity: Quantity | None, language: Language) -> str:
    """A figure with its unit, multiples in the claim's language."""
    if quantity is None:
        return "-"
    text = f"{quantity.value:f} {quantity.unit}"
    return text.replace(TIMES.symbol, "times") if language is Language.EN else text


def _difference(judged: Judged) -> Quantity | None:
    if judged.claimed is None or judged.true is None:
        return None
    same = in_unit(judged.true, judged.claimed)
    return None if same is None else judged.claimed - same


def _is_other(judged: Judged) -> bool:
    """Whether the figure given is not the one claimed: the actual beside a claimed budget."""
    hedge = judged.claim.hedge
    return (
        judged.claimed is not None
        and judged.true is not None
        and (closeness(judged.claimed, judged.true, hedge) is Closeness.OFF)
    )


def correction(judged: Judged) -> str | None:
    """The sentence with what is wrong in it put right; None where nothing is, or nothing can be."""
    claim, true = judged.claim, judged.true
    if claim.figure is None or true is None or (is_multiple(claim.figure) and claim.figure.numeral):
        return None
    start, end = (place - claim.span[0] for place in claim.figure_span)
    if judged.verdict in _CORRECTED and judged.detail not in ("rank", "direction"):
        return f"{claim.text[:start]}{_printed(judged)}{claim.text[end:]}"
    if judged.verdict is Verdict.WRONG_PHASE and judged.detail == "budget" and not _is_other(judged):
        word = "预算" if claim.language is Language.ZH else "budgeted"
        return wording(claim.language).actual.sub(word, claim.text, count=1)
    if judged.verdict is Verdict.WRONG_PHASE:
        return f"{claim.text[:start]}{_printed(judged)}{claim.text[end:]}"
    return None


def _printed(judged: Judged) -> str:
    """The true figure in the words of the claim's language, in the documents' own unit."""
    true = judged.true
    if true is None:
        return ""
    blank = "" if judged.claim.language is Language.ZH or true.unit.symbol == "%" else " "
    return f"{true.value:f}{blank}{true.unit.symbol}"


def _quantity_json(quantity: Quantity | None) -> dict[str, str] | None:
    return None if quantity is None else {"value": f"{quantity.value:f}", "unit": quantity.unit.symbol}


def to_json(judged: Sequence[Judged], complete: bool = True) -> dict[str, Any]:
    """The fixed form that other programs read; `span` counts characters of the text from 0.

    `checked` is how many claims were judged, `complete` whether the text holds no more.
    """
    return {
        "checked": len(judged),
        "complete": complete,
        "claims": [
            {
                "text": j.claim.text,
                "span": list(j.claim.span),
                "figure_span": list(j.claim.figure_span) if j.claim.figure else None,
                "verdict": j.verdict.value,
                "claimed": _quantity_json(j.claimed),
                "true": _quantity_json(j.true),
                "correction": correction(j),
                "reason": reason(j),
                "citations": [c.to_json() for c in j.citations],
            }
            for j in judged
        ],
    }


def place(citation: Citation) -> str:
    """Where a citation stands, in one line."""
    row = " > ".join(citation.row) if citation.row else citation.text
    column = f" | {' > '.join(citation.column)} | {citation.text}" if citation.row else ""
    table = f", {citation.table}" if citation.table else ""
    return f"{citation.file} p.{citation.page}{table}: {row}{column}"


def to_text(judged: Sequence[Judged]) -> str:
    """For a terminal."""
    lines: list[str] = []
    for number, j in enumerate(judged, 1):
        lines.append(f"{number}. [{j.verdict.value}] {j.claim.text}")
        lines.append(f"   {reason(j)}")
        fixed = correction(j)
        if fixed:
            lines.append(f"   → {fixed}")
        lines += [f"   [{place(c)}]" for c in j.citations]
    return "\n".join(lines)


def _markdown_safe(text: str) -> str:
    for mark in "\\`*_{}[]<>#|!":
        text = text.replace(mark, "\\" + mark)
    return text.replace("\n", " ")


def to_markdown(judged: Sequence[Judged]) -> str:
    """A table a claim; nothing of the text is taken as Markdown."""
    lines = ["| # | verdict | claim | reason | correction | source |", "| --- | --- | --- | --- | --- | --- |"]
    for number, j in enumerate(judged, 1):
        cells = (j.claim.text, reason(j), correction(j) or "", "; ".join(place(c) for c in j.citations))
        lines.append(f"| {number} | {j.verdict.value} | " + " | ".join(_markdown_safe(c) for c in cells) + " |")
    return "\n".join(lines)


def to_html(judged: Sequence[Judged]) -> str:
    """A self-contained page; every text escaped."""
    rows = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in _cells(j)) + "</tr>\n" for j in judged)
    head = "".join(f"<th>{name}</th>" for name in _COLUMNS)
    style = "body{font:15px sans-serif;margin:2em}td,th{border:1px solid #999;padding:.4em;vertical-align:top}"
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>budgetqa verify</title><style>{style}</style></head>'
        f"<body><table><tr>{head}</tr>\n{rows}</table></body></html>"
    )


def _cells(j: Judged) -> tuple[str, ...]:
    return (
        j.claim.text,
        str(j.claim.span[0]),
        str(j.claim.span[1]),
        j.verdict.value,
        str(j.claimed or ""),
        str(j.true or ""),
        correction(j) or "",
        reason(j),
        "; ".join(place(c) for c in j.citations),
    )


def to_csv(judged: Sequence[Judged]) -> str:
    """For a spreadsheet; cells that would run as formulas are quoted."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([safe_cell(cell) for cell in _cells(j)] for j in judged)
    return buffer.getvalue().rstrip("\n")
