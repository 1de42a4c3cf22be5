"""What stands beside the questions in a run: texts with their verdicts, and audits with their findings.

Of held-out sets there are totals only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from eval.audit.findings import ScoredAudit
from eval.groups import Group
from eval.intervals import Interval, wilson
from eval.report.texts import clipped, percent
from eval.run import Run
from eval.verify.score import NONE_FOUND, Summary, summarise
from eval.verify.score import Scored as ScoredText

Rows = list[Sequence[str]]


def text_rows(run: Run) -> Rows:
    """A line for each set with texts, under a heading; nothing where there are none."""
    if not run.texts:
        return []
    rows: Rows = [
        ("set", "texts right", "claims right", "false supported", "false contradicted", "true figure right", "errors")
    ]
    for name in dict.fromkeys(t.case.dataset for t in run.texts):
        own = [t for t in run.texts if t.case.dataset == name]
        errors = str(sum(bool(t.error) for t in own))
        rows.append((name, *(percent(i) for i in _measures(summarise(own))), errors))
    return rows


def _measures(s: Summary) -> tuple[Interval, ...]:
    return s.texts, s.claims, s.false_supported, s.false_contradicted, s.figures


def audit_rows(run: Run) -> Rows:
    """A line for each set with audits, under a heading; nothing where there are none."""
    if not run.audits:
        return []
    rows: Rows = [("set", "documents right", "finding precision", "finding recall")]
    for name in dict.fromkeys(a.gold.dataset for a in run.audits):
        own = [a for a in run.audits if a.gold.dataset == name]
        right = _interval(sum(a.right for a in own), len(own))
        shares = [_interval(sum(a.shares[n].hits for a in own), sum(a.shares[n].whole for a in own)) for n in (0, 1)]
        rows.append((name, *(percent(i) for i in (right, *shares))))
    return rows


def _interval(hits: int, whole: int) -> Interval:
    return Interval(hits, whole, *wilson(hits, whole), whole)


def beside_failures(run: Run) -> Iterator[str]:
    """A line for every text and finding of the open sets that came out wrong."""
    for text in run.texts:
        if not text.right and not text.case.held_out:
            got = text.error.strip().splitlines()[-1] if text.error else _got(text)
            outcome = "error" if text.error else "verdict"
            yield f"[{outcome}] {text.case.id} {clipped(text.case.text, 80)} -- {got}, gold {_gold(text)}"
    for one in run.audits:
        if one.gold.group is Group.HELD_OUT:
            continue
        place = f"{one.gold.dataset}:{one.gold.line} {one.gold.document}"
        yield from (f"[missed finding] {place} -- {finding.says()}" for finding in one.missed)
        yield from (f"[false alarm] {place} -- {clipped(alarm, 160)}" for alarm in one.alarms)


def _gold(text: ScoredText) -> str:
    return "|".join(verdict.value for verdict in text.case.verdicts) or NONE_FOUND


def _got(text: ScoredText) -> str:
    return "|".join(j.verdict.value for j in text.judged) or NONE_FOUND


def beside_to_json(run: Run) -> dict[str, Any]:
    """The texts and audits of a run for its JSON form."""
    return {
        "texts": [_text_to_json(t) for t in run.texts if not t.case.held_out],
        "audits": [_audit_to_json(a) for a in run.audits if a.gold.group is not Group.HELD_OUT],
        "text_totals": [dict(zip(text_rows(run)[0], row, strict=True)) for row in text_rows(run)[1:]],
        "audit_totals": [dict(zip(audit_rows(run)[0], row, strict=True)) for row in audit_rows(run)[1:]],
    }


def _text_to_json(text: ScoredText) -> dict[str, Any]:
    gold = [verdict.value for verdict in text.case.verdicts]
    pairs = [{"gold": p.gold.value, "got": p.got and p.got.value, "figure_right": p.figure_right} for p in text.pairs]
    got = [j.verdict.value for j in text.judged]
    return {
        "dataset": text.case.dataset, "id": text.case.id, "text": text.case.text, "right": text.right,
        "gold": gold, "got": got, "claims": pairs, "error": text.error,
    }  # fmt: skip


def _audit_to_json(one: ScoredAudit) -> dict[str, Any]:
    return {
        "dataset": one.gold.dataset, "line": one.gold.line, "document": one.gold.document, "right": one.right,
        "findings": len(one.gold.findings), "raised": one.raised, "missed": [f.says() for f in one.missed],
        "alarms": list(one.alarms),
    }  # fmt: skip
