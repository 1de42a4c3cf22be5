"""A run as JSON: provenance, summaries, and every question of the open sets with its trace."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from eval.intervals import Interval
from eval.outcome import Scored
from eval.report.beside import beside_to_json
from eval.run import Run
from eval.summary import Cut, Summary, summarise

FORM = 1  # steps with every change of the form that a reader would notice


def run_to_json(run: Run) -> dict[str, Any]:
    """The whole run. Of held-out sets only totals are in it."""
    return {
        "form": FORM,
        "started": run.started.isoformat(timespec="seconds"),
        "provenance": asdict(run.provenance),
        "held_out": sorted(run.held_out),
        "systems": [summary_to_json(summarise(name, run.of_system(name))) for name in run.systems],
        "questions": [_scored(s) for s in run.scored if s.question.dataset not in run.held_out],
        **beside_to_json(run),
    }


def summary_to_json(summary: Summary) -> dict[str, Any]:
    """One system's summary."""
    return {
        "system": summary.system,
        "whole": _cut(summary.whole),
        "wrong_figures": _interval(summary.wrong_figures),
        "cuts": [_cut(cut) for cut in summary.cuts],
        "confusion": [{"expected": e, "got": g, "count": n} for e, g, n in summary.confusion],
        "checks": [{"name": name, "passed": passed, "asked": asked} for name, passed, asked in summary.checks],
        "shares": [{"name": name, "hits": hits, "whole": whole} for name, hits, whole in summary.shares],
        "coverage": [asdict(point) for point in summary.coverage],
        "p50_ms": round(summary.p50_ms, 1),
        "p95_ms": round(summary.p95_ms, 1),
    }


def _cut(cut: Cut) -> dict[str, Any]:
    outcomes = {outcome.value: count for outcome, count in cut.outcomes}
    accuracy = _interval(cut.accuracy)
    return {"by": cut.by, "name": cut.name, "accuracy": accuracy, "displayed": cut.displayed, "outcomes": outcomes}


def _interval(interval: Interval) -> dict[str, Any]:
    return {
        "hits": interval.hits,
        "whole": interval.whole,
        "low": round(interval.low, 4),
        "high": round(interval.high, 4),
        "effective": round(interval.effective, 1),
    }


def _scored(scored: Scored) -> dict[str, Any]:
    q, shown = scored.question, scored.shown
    return {
        "system": scored.system,
        "dataset": q.dataset,
        "line": q.line,
        "kind": q.kind.value,
        "language": q.language,
        "question": q.text,
        "gold": q.gold,
        "unit": q.unit,
        "cite": q.cite,
        "documents": list(q.documents),
        "outcome": scored.outcome.value,
        "why": scored.why,
        "checks": [asdict(check) for check in scored.checks],
        "ms": round(scored.seconds * 1000, 1),
        "answer": json.loads(shown.json) if shown is not None and shown.json else None,
        "trace": list(shown.trace) if shown is not None else [],
    }
