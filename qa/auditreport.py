"""An audit set out as text, Markdown, HTML, CSV and JSON. Every writer yields lines without their line break."""

from __future__ import annotations

import csv
import html
import io
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from types import MappingProxyType

from ingest.records import Outcome
from qa.audit import Audit, AuditedCheck
from qa.export import safe_cell
from qa.terminal import format_grid, one_line, printable

_OUTCOMES = ("held", "rounding", "broken", "doubtful", "not_applicable")
_CSV = (
    "document", "file", "kind", "outcome", "doubt", "page", "left", "left unit", "right", "right unit", "difference",
    "message",
)  # fmt: skip
Writer = Callable[[Sequence[Audit], bool], Iterator[str]]


def shown(audit: Audit, everything: bool) -> list[tuple[str, Sequence[AuditedCheck]]]:
    """The sections of a report: what is broken, what the extraction may have broken, and, on request, the rest."""
    sections: list[tuple[str, Sequence[AuditedCheck]]] = [
        ("Broken", audit.of(Outcome.BROKEN)),
        ("Broken, but perhaps misread", audit.of(Outcome.BROKEN, doubted=True)),
    ]
    if everything:
        sections.append(("Explained by rounding", audit.of(Outcome.ROUNDING)))
        sections.append(("Held", audit.of(Outcome.HELD)))
        sections.append(("Not applicable", audit.of(Outcome.NOT_APPLICABLE)))
    return [(title, checks) for title, checks in sections if checks]


def text_lines(audits: Sequence[Audit], everything: bool) -> Iterator[str]:
    """For a terminal."""
    for audit in audits:
        yield one_line(f"{audit.document.file}  ({audit.document.id})")
        yield from (f"  {line}" for line in format_grid(_count_rows(audit), (False, *[True] * len(_OUTCOMES))))
        for title, checks in shown(audit, everything):
            yield f"  {title}:"
            yield from (f"    {printable(_sentence(check))}" for check in checks)
        yield ""


def markdown_lines(audits: Sequence[Audit], everything: bool) -> Iterator[str]:
    """A Markdown report."""
    yield "# Audit"
    for audit in audits:
        yield from ("", f"## {_md(audit.document.file)}", "")
        header, *rows = _count_rows(audit)
        yield from _md_table(header, rows)
        for title, checks in shown(audit, everything):
            yield from ("", f"### {title}", "")
            yield from (f"* {_md(_sentence(check))}" for check in checks)


def html_lines(audits: Sequence[Audit], everything: bool) -> Iterator[str]:
    """A page of its own, without scripts."""
    yield "<!DOCTYPE html>"
    yield '<html><head><meta charset="utf-8"><title>Audit</title><style>'
    yield "body{font-family:sans-serif;margin:2em}table{border-collapse:collapse}"
    yield "td,th{border:1px solid #999;padding:.2em .6em}"
    yield "</style></head><body><h1>Audit</h1>"
    for audit in audits:
        yield f"<h2>{html.escape(audit.document.file)}</h2>"
        header, *rows = _count_rows(audit)
        yield "<table><tr>" + "".join(f"<th>{html.escape(cell)}</th>" for cell in header) + "</tr>"
        yield from ("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
        yield "</table>"
        for title, checks in shown(audit, everything):
            yield f"<h3>{html.escape(title)}</h3><ul>"
            yield from (f"<li>{html.escape(_sentence(check))}</li>" for check in checks)
            yield "</ul>"
    yield "</body></html>"


def csv_lines(audits: Sequence[Audit], everything: bool) -> Iterator[str]:
    """One line for each check; what a spreadsheet would take for a formula is kept text."""
    yield _csv_line(_CSV)
    for audit in audits:
        for _, checks in shown(audit, everything):
            for audited in checks:
                yield _csv_line(_csv_row(audit, audited))


def json_lines(audits: Sequence[Audit], everything: bool) -> Iterator[str]:
    """One JSON object for each document, a line each, with all its checks."""
    yield from (json.dumps(audit.to_json(), ensure_ascii=False) for audit in audits)


FORMATS: MappingProxyType[str, Writer] = MappingProxyType(
    {"text": text_lines, "markdown": markdown_lines, "html": html_lines, "csv": csv_lines, "json": json_lines}
)


def _count_rows(audit: Audit) -> list[tuple[str, ...]]:
    counts = audit.counts()
    total: Counter[str] = sum(counts.values(), Counter())
    rows = [(kind, *(str(found[o]) for o in _OUTCOMES)) for kind, found in sorted(counts.items())]
    return [("kind", *_OUTCOMES), *rows, ("all", *(str(total[o]) for o in _OUTCOMES))]


def _sentence(audited: AuditedCheck) -> str:
    page = f"page {audited.page}, " if audited.page is not None else ""
    doubt = f" ({audited.check.doubt})" if audited.check.doubt else ""
    return one_line(f"{page}{audited.check.kind}: {audited.check.message}{doubt}")


def _md(text: str) -> str:
    """The text with what Markdown or HTML would take for markup made harmless."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>|#" else c for c in one_line(text))


def _md_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(_md(cell) for cell in header)} |"
    yield f"|{' --- |' * len(header)}"
    yield from (f"| {' | '.join(_md(cell) for cell in row)} |" for row in rows)


def _csv_row(audit: Audit, audited: AuditedCheck) -> tuple[str, ...]:
    check, left, right = audited.check, audited.left.to_json(), audited.right.to_json()
    return (
        audit.document.id, audit.document.file, check.kind, check.outcome.value, check.doubt or "",
        str(audited.page or ""), left["value"] or left["text"], left["unit"] or "", right["value"] or right["text"],
        right["unit"] or "", "" if check.difference is None else f"{check.difference:f}", check.message,
    )  # fmt: skip


def _csv_line(cells: Sequence[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow([safe_cell(one_line(cell)) for cell in cells])
    return buffer.getvalue().rstrip("\r\n")
