"""A run as Markdown: totals, cuts, confusion, coverage, and every failure of the open sets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eval.outcome import Outcome, Scored
from eval.provenance import Provenance
from eval.report.beside import audit_rows, beside_failures, text_rows
from eval.report.texts import clipped, markdown_table, percent, short
from eval.run import Run
from eval.summary import Summary, summarise

_CUTS = ("group", "dataset", "kind", "language", "document", "unit", "style")


def run_to_markdown(run: Run) -> str:
    """The whole report; held-out sets in totals only."""
    summaries = [summarise(name, run.of_system(name)) for name in run.systems]
    lines = ["# How often the answers are right", "", *systems_section(summaries), ""]
    lines += [*cuts_section(summaries[0], _CUTS), *status_section(summaries[0]), *checks_section(summaries[0])]
    lines += [
        *coverage_section(summaries[0]),
        *beside_section(run),
        *failures_section(run),
        *provenance_section(run.provenance),
    ]
    return "\n".join(lines) + "\n"


def systems_section(summaries: Sequence[Summary]) -> list[str]:
    """One line a system: right, wrong figures, refused, errors, latency."""
    head = ("system", "right (95 % clustered by document)", "right as displayed", "wrong figures", "wrong words",
            "wrong citation", "refused", "errors", "p50 ms", "p95 ms")  # fmt: skip
    rows: list[Sequence[str]] = [head]
    for s in summaries:
        counts = [
            str(s.whole.count(o)) for o in (Outcome.WRONG_WORDS, Outcome.WRONG_CITATION, Outcome.REFUSED, Outcome.ERROR)
        ]
        times = (f"{s.p50_ms:.0f}", f"{s.p95_ms:.0f}")
        rows.append(
            (s.system, percent(s.whole.accuracy), str(s.whole.displayed), percent(s.wrong_figures), *counts, *times)
        )
    return markdown_table(rows)


def cuts_section(summary: Summary, chosen: Sequence[str]) -> Iterator[str]:
    """A table for each property."""
    for by in chosen:
        cuts = summary.of(by)
        if not cuts:
            continue
        rows: list[Sequence[str]] = [
            (by, "right", "right as displayed", "wrong figure", "wrong words", "wrong citation", "refused", "error")
        ]
        for cut in cuts:
            counts = [str(cut.count(o) or "") for o in Outcome if o is not Outcome.RIGHT]
            rows.append((cut.name, percent(cut.accuracy), str(cut.displayed), *counts))
        yield from (f"## By {by}", "", *markdown_table(rows), "")


def status_section(summary: Summary) -> Iterator[str]:
    """Expected status against what was given."""
    rows: list[Sequence[str]] = [("expected", "got", "questions")]
    rows += [(expected, got, str(count)) for expected, got, count in summary.confusion]
    yield from ("## Status", "", *markdown_table(rows), "")


def checks_section(summary: Summary) -> Iterator[str]:
    """What was checked, and how often it held."""
    rows: list[Sequence[str]] = [("check", "held", "of")]
    rows += [(name, str(passed), str(asked)) for name, passed, asked in (*summary.checks, *summary.shares)]
    yield from ("## Checks", "", *markdown_table(rows), "")


def coverage_section(summary: Summary) -> Iterator[str]:
    """The selective accuracy at a few coverages."""
    points = summary.coverage
    if not points:
        return
    rows: list[Sequence[str]] = [("answered only where surer than", "coverage", "right among these")]
    step = max(1, len(points) // 10)
    chosen = [*points[:-1:step], points[-1]]
    rows += [(f"{p.threshold:.3f}", short(p.coverage), short(p.accuracy)) for p in chosen]
    yield from ("## Coverage", "", *markdown_table(rows), "")


def beside_section(run: Run) -> Iterator[str]:
    """Texts and audits in totals, then what of the open sets came out wrong; nothing where there are none."""
    for title, rows in (("Texts", text_rows(run)), ("Audits", audit_rows(run))):
        if rows:
            yield from (f"## {title}", "", *markdown_table(rows), "")
    if wrong := list(beside_failures(run)):
        yield from (*(f"- {_inline(line)}" for line in wrong), "")


def failures_section(run: Run) -> Iterator[str]:
    """Every question of the open sets that the first system did not get right, by outcome, with its trace."""
    failures = [s for s in run.of_system(run.systems[0]) if not s.right and s.question.dataset not in run.held_out]
    yield f"## Failures ({len(failures)})"
    yield ""
    for outcome in Outcome:
        chosen = [s for s in failures if s.outcome is outcome]
        if chosen:
            yield from (f"### {outcome} ({len(chosen)})", "")
            for one in chosen:
                yield from _failure(one)


def _failure(scored: Scored) -> Iterator[str]:
    q, shown = scored.question, scored.shown
    yield f"- **{_inline(q.text)}** ({q.dataset}:{q.line}, {q.kind})  "
    yield f"  gold {_inline(q.gold) or 'abstain'} {q.unit}; {_inline(clipped(scored.why, 300))}"
    if shown is not None:
        yield f"  status {shown.status}, {shown.value} {shown.unit}: {_inline(clipped(shown.answer, 200))}"
        yield from (f"    - {_inline(clipped(line, 200))}" for line in shown.trace)
    yield ""


def _inline(text: str) -> str:
    return "".join("\\" + c if c in "\\`*_{}[]<>#|" else c for c in text)


def provenance_section(origin: Provenance) -> Iterator[str]:
    """What the figures rest on."""
    yield from ("## What this rests on", "")
    yield f"- commit {origin.code}"
    yield f"- {origin.machine}; {', '.join(f'{name} {number}' for name, number in origin.versions)}"
    yield f"- {'; '.join(f'{name}: {value}' for name, value in origin.configuration)}"
    yield f"- corpus: {len(origin.corpus)} documents, SHA-256 of their SHA-256s {origin.corpus_sha256}"
    yield from (f"- dataset {name}: {count} lines, SHA-256 {sha}" for name, sha, count in origin.datasets)
    yield from (f"- document {file}, SHA-256 {sha}" for file, sha in origin.corpus)
