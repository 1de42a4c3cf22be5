"""An audit set out as text, Markdown, HTML, CSV and JSON, in a language. Writers yield lines without their break."""

from __future__ import annotations

import csv
import html
import io
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from types import MappingProxyType

from ingest.records import Outcome
from qa.audit.checks import Audit, AuditedCheck
from qa.audit.words import doubt, kind_name, message, outcome_name, section_name, word
from qa.export import safe_cell
from qa.question import Language
from qa.terminal import format_grid, one_line, printable

_OUTCOMES = ("held", "rounding", "broken", "doubtful", "not_applicable")
_CSV = (
    "document", "file", "kind", "outcome", "doubt", "page", "left", "left unit", "right", "right unit", "difference",
    "message",
)  # fmt: skip
Writer = Callable[[Sequence[Audit], bool, Language], Iterator[str]]


def shown(audit: Audit, everything: bool) -> list[tuple[str, Sequence[AuditedCheck]]]:
    """The sections of a report by outcome: what is broken, what may be misread, and, on request, the rest."""
    sections: list[tuple[str, Sequence[AuditedCheck]]] = [
        ("broken", audit.of(Outcome.BROKEN)),
        ("doubtful", audit.of(Outcome.BROKEN, doubted=True)),
    ]
    if everything:
        sections += [(o.value, audit.of(o)) for o in (Outcome.ROUNDING, Outcome.HELD, Outcome.NOT_APPLICABLE)]
    return [(outcome, checks) for outcome, checks in sections if checks]


def text_lines(audits: Sequence[Audit], everything: bool, language: Language) -> Iterator[str]:
    """For a terminal."""
    for audit in audits:
        yield one_line(f"{audit.document.file}  ({audit.document.id})")
        yield from (
            f"  {line}" for line in format_grid(_count_rows(audit, language), (False, *[True] * len(_OUTCOMES)))
        )
        for outcome, checks in shown(audit, everything):
            yield f"  {section_name(outcome, language)}:"
            yield from (f"    {printable(_sentence(check, language))}" for check in checks)
        yield ""


def markdown_lines(audits: Sequence[Audit], everything: bool, language: Language) -> Iterator[str]:
    """A Markdown report."""
    yield f"# {word('title', language)}"
    for audit in audits:
        yield from ("", f"## {_md(audit.document.file)}", "")
        header, *rows = _count_rows(audit, language)
        yield from _md_table(header, rows)
        for outcome, checks in shown(audit, everything):
            yield from ("", f"### {section_name(outcome, language)}", "")
            yield from (f"* {_md(_sentence(check, language))}" for check in checks)


def html_lines(audits: Sequence[Audit], everything: bool, language: Language) -> Iterator[str]:
    """A page of its own, without scripts."""
    yield "<!DOCTYPE html>"
    yield '<html><head><meta charset="utf-8"><title>' + word("title", language) + "</title><style>"
    yield "body{font-family:sans-serif;margin:2em}table{border-collapse:collapse}"
    yield "td,th{border:1px solid #999;padding:.2em .6em}"
    yield f"</style></head><body><h1>{word('title', language)}</h1>"
    for audit in audits:
        yield f"<h2>{html.escape(audit.document.file)}</h2>"
        header, *rows = _count_rows(audit, language)
        yield "<table><tr>" + "".join(f"<th>{html.escape(cell)}</th>" for cell in header) + "</tr>"
        yield from ("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
        yield "</table>"
        for outcome, checks in shown(audit, everything):
            yield f"<h3>{html.escape(section_name(outcome, language))}</h3><ul>"
            yield from (f"<li>{html.escape(_sentence(check, language))}</li>" for check in checks)
            yield "</ul>"
    yield "</body></html>"


def csv_lines(audits: Sequence[Audit], everything: bool, language: Language) -> Iterator[str]:
    """One line for each check; what a spreadsheet would take for a formula is kept text."""
    yield _csv_line(_CSV)
    for audit in audits:
        for _, checks in shown(audit, everything):
            for audited in checks:
                yield _csv_line(_csv_row(audited, language))


def json_lines(audits: Sequence[Audit], everything: bool, language: Language) -> Iterator[str]:
    """One JSON object for each document, a line each, with all its checks."""
    for audit in audits:
        checks = [c.to_json() | {"message": message(c, language)} for c in audit.checks]
        yield json.dumps(audit.to_json() | {"checks": checks}, ensure_ascii=False)


FORMATS: MappingProxyType[str, Writer] = MappingProxyType(
    {"text": text_lines, "markdown": markdown_lines, "html": html_lines, "csv": csv_lines, "json": json_lines}
)


def _count_rows(audit: Audit, language: Language) -> list[tuple[str, ...]]:
    counts = audit.counts()
    total: Counter[str] = sum(counts.values(), Counter())
    header = (word("kind", language), *(outcome_name(o, language) for o in _OUTCOMES))
    rows = [(kind_name(kind, language), *(str(found[o]) for o in _OUTCOMES)) for kind, found in sorted(counts.items())]
    return [header, *rows, (word("all", language), *(str(total[o]) for o in _OUTCOMES))]


def _sentence(audited: AuditedCheck, language: Language) -> str:
    where = () if audited.page is None else (word("page", language, audited.page),)
    comma, colon = ("，", "：") if language is Language.ZH else (", ", ": ")
    doubted = doubt(audited.check, language)
    text = comma.join((*where, kind_name(audited.check.kind, language))) + colon + message(audited, language)
    return one_line(f"{text} ({doubted})" if doubted else text)


def _md(text: str) -> str:
    """The text with what Markdown or HTML would take for markup made harmless."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>|#" else c for c in one_line(text))


def _md_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(_md(cell) for cell in header)} |"
    yield f"|{' --- |' * len(header)}"
    yield from (f"| {' | '.join(_md(cell) for cell in row)} |" for row in rows)


def _csv_row(audited: AuditedCheck, language: Language) -> tuple[str, ...]:
    document, check = audited.document, audited.check
    left, right = audited.left.to_json(), audited.right.to_json()
    return (
        document.id, document.file, check.kind, check.outcome.value, doubt(check, language) or "",
        str(audited.page or ""), left["value"] or left["text"], left["unit"] or "", right["value"] or right["text"],
        right["unit"] or "", "" if check.difference is None else f"{check.difference:f}", message(audited, language),
    )  # fmt: skip


def _csv_line(cells: Sequence[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow([safe_cell(one_line(cell)) for cell in cells])
    return buffer.getvalue().rstrip("\r\n")
