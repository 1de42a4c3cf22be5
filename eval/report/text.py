"""A run in a terminal: the totals, the cuts, and what is not right."""

from __future__ import annotations

from collections.abc import Iterator

from eval.outcome import Outcome, Scored
from eval.report.beside import audit_rows, beside_failures, text_rows
from eval.report.texts import clipped, percent
from eval.run import Run
from eval.summary import Cut, summarise

_SHOWN_CUTS = ("group", "dataset", "kind", "language")


def run_to_text(run: Run, failures: int = 40) -> Iterator[str]:
    """The lines of a short report; at most so many failures, none of a held-out set."""
    for name in run.systems if run.scored else ():
        summary = summarise(name, run.of_system(name))
        yield f"{name}: {percent(summary.whole.accuracy)} right; wrong figures {percent(summary.wrong_figures)}"
        yield f"  {outcomes(summary.whole)}; p50 {summary.p50_ms:.0f} ms, p95 {summary.p95_ms:.0f} ms"
        for by in _SHOWN_CUTS:
            for cut in summary.of(by):
                others = outcomes(cut, but=Outcome.RIGHT)
                yield f"  {by} {cut.name}: {cut.accuracy.hits} of {cut.accuracy.whole}{others and f' ({others})'}"
    left = [s for s in run.of_system(run.systems[0]) if not s.right and s.question.dataset not in run.held_out]
    for one in left[:failures]:
        yield failure_line(one)
        if one.shown is not None:
            yield f"    {one.shown.status}: {clipped(one.shown.answer, 200)}"
    if len(left) > failures:
        yield f"… and {len(left) - failures} more; --report DIR lists them all"
    for title, rows in (("verify", text_rows(run)), ("audit", audit_rows(run))):
        for row in rows[1:]:
            said = "; ".join(f"{name} {share}" for name, share in zip(rows[0][1:], row[1:], strict=True))
            yield f"{title} {row[0]}: {said}"
    yield from beside_failures(run)


def outcomes(cut: Cut, but: Outcome | None = None) -> str:
    """The outcomes of a cut in words, `but` left out."""
    return ", ".join(f"{count} {outcome}" for outcome, count in cut.outcomes if outcome is not but)


def failure_line(scored: Scored) -> str:
    """One failure on one line."""
    q = scored.question
    why = scored.error.strip().splitlines()[-1] if scored.outcome is Outcome.ERROR else scored.why
    return f"[{scored.outcome}] {q.dataset}:{q.line} {q.kind} {clipped(q.text, 80)} -- {clipped(why, 160)}"
