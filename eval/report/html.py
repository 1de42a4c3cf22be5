"""A run as one HTML page that needs nothing else: plots, tables, and every failure folded up with its trace."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from eval.causes import by_cause
from eval.outcome import Outcome, Scored
from eval.report.beside import audit_rows, beside_failures, text_rows
from eval.report.svg import Axes, Series, interval_chart, line_chart, stacked_bars
from eval.report.texts import percent
from eval.run import Run
from eval.summary import Summary, percentile, summarise

STYLE = """
:root{color-scheme:light dark;--line:#8884;--soft:#8882}
body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}
.wide{overflow-x:auto}.wide table{min-width:40rem;overflow-wrap:normal}
table{border-collapse:collapse;margin:1rem 0}
th,td{border-bottom:1px solid var(--line);padding:.25rem .6rem;text-align:left;vertical-align:top}
figure{margin:1.5rem 0;overflow-x:auto}figcaption{font-weight:600;position:sticky;left:0}
svg{width:100%;min-width:40rem;height:auto}svg text{font-size:11px;fill:currentColor}
.grid{stroke:var(--line);stroke-width:1}.axis{stroke:currentColor}
details{border-bottom:1px solid var(--line);padding:.3rem 0}summary{cursor:pointer}
pre{white-space:pre-wrap;background:var(--soft);padding:.5rem}
@page{margin:15mm}
@media print{:root{color-scheme:light}body{max-width:none;margin:0;padding:0;font-size:11px}
.wide,figure{overflow:visible}.wide table,svg{min-width:0}figure,details,tr{break-inside:avoid}h2,h3{break-after:avoid}}
"""
# Nothing is fetched, whatever a document's words may look like.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_PLOTTED_CUTS = ("kind", "language", "group", "dataset", "document", "unit", "style")
_OUTCOMES = tuple(o.value for o in Outcome)
_SHARES = (0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1.0)


def run_to_html(run: Run) -> str:
    """The page. Everything of questions and documents is escaped; held-out sets are in totals only."""
    summaries = [summarise(name, run.of_system(name)) for name in run.systems]
    questions = _plots(run, summaries) if run.scored else ()
    heading = "<h1>How often the answers are right</h1>"
    parts = [heading, _origin(run), *questions, *_beside(run), *_failures(run)]
    return page("How often the answers are right", parts)


def page(title: str, parts: Sequence[str]) -> str:
    """A whole HTML document round the parts."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
        f'content="{_POLICY}"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f"<body>{''.join(parts)}</body></html>\n"
    )


def _origin(run: Run) -> str:
    p = run.provenance
    sets = ", ".join(f"{name} ({count})" for name, _, count in p.datasets)
    return f"<p>{escape(f'{run.started:%Y-%m-%d %H:%M} UTC, commit {p.code}; {p.machine}; {sets}')}</p>"


def _plots(run: Run, summaries: Sequence[Summary]) -> Iterator[str]:
    first = summaries[0]
    yield table(
        [("system", "right", "right as displayed", "wrong figures", "p50 ms", "p95 ms")]
        + [(s.system, percent(s.whole.accuracy), str(s.whole.displayed), percent(s.wrong_figures), f"{s.p50_ms:.0f}",
            f"{s.p95_ms:.0f}") for s in summaries]
    )  # fmt: skip
    if len(summaries) > 1:
        yield interval_chart("Right answers by system", [(s.system, s.whole.accuracy) for s in summaries])
        yield interval_chart("Wrong figures by system", [(s.system, s.wrong_figures) for s in summaries])
    for by in _PLOTTED_CUTS:
        if cuts := first.of(by):
            yield interval_chart(f"Right answers by {by}", [(cut.name, cut.accuracy) for cut in cuts])
    rows = [(cut.name, [(o.value, n) for o, n in cut.outcomes]) for cut in first.of("kind")]
    yield stacked_bars("What became of the questions, by kind", rows, _OUTCOMES)
    yield line_chart(
        Axes("Answering only the surest", "share answered", "share right of those", right=1.0, top=1.0),
        [Series(s.system, tuple((p.coverage, p.accuracy) for p in s.coverage)) for s in summaries],
    )
    yield line_chart(
        Axes("Time to answer", "share of questions", "milliseconds", log_y=True, right=1.0),
        [Series(name, _times(run.of_system(name))) for name in run.systems],
    )
    yield "<h2>Status</h2>" + table(
        [("expected", "got", "questions")] + [(e, g, str(count)) for e, g, count in first.confusion]
    )
    yield "<h2>Checks</h2>" + table(
        [("check", "held", "of")] + [(n, str(a), str(b)) for n, a, b in (*first.checks, *first.shares)]
    )


def _times(scored: Sequence[Scored]) -> tuple[tuple[float, float], ...]:
    ordered = sorted(max(s.seconds * 1000, 0.1) for s in scored)
    return tuple((share, percentile(ordered, share)) for share in _SHARES)


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows as a table, the first being the heading."""
    head, *body = rows
    cells = "".join(f"<th>{escape(c)}</th>" for c in head)
    lines = "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in body)
    return f'<div class="wide"><table><thead><tr>{cells}</tr></thead><tbody>{lines}</tbody></table></div>'


def _beside(run: Run) -> Iterator[str]:
    for title, rows in (("Texts", text_rows(run)), ("Audits", audit_rows(run))):
        if rows:
            yield f"<h2>{title}</h2>{table(rows)}"
    if wrong := list(beside_failures(run)):
        yield f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in wrong)}</ul>"


def _failures(run: Run) -> Iterator[str]:
    open_sets = [s for s in run.of_system(run.systems[0]) if s.question.dataset not in run.held_out]
    yield f"<h2>Failures ({sum(not s.right for s in open_sets)})</h2>"
    for name, group in by_cause(open_sets).items():
        yield f"<h3>{escape(name)} ({len(group)})</h3>"
        yield from (_failure(one) for one in group)


def _failure(scored: Scored) -> str:
    q, shown = scored.question, scored.shown
    lines = [f"gold: {q.gold} {q.unit}", f"why: {scored.why}"]
    if shown is not None:
        lines += [f"status: {shown.status}", f"value: {shown.value} {shown.unit}", f"answer: {shown.answer}"]
        lines += [*shown.steps, *shown.trace]
    head = f"{q.dataset}:{q.line} [{q.kind}, {scored.outcome}] {q.text}"
    return f"<details><summary>{escape(head)}</summary><pre>{escape(chr(10).join(lines))}</pre></details>"
