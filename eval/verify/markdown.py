"""The scores as Markdown, for docs/verify.md and for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eval.intervals import Interval
from eval.verify.score import NONE_FOUND, Scored, Summary
from qa.verify.verdict import Verdict


def summary_to_markdown(name: str, summary: Summary) -> Iterator[str]:
    """The lines for one group of texts: totals, then the confusion matrix (rows gold, columns found)."""
    yield f"### {name}"
    yield ""
    yield "| measure | count | share | 95 % interval |"
    yield "| --- | ---: | ---: | --- |"
    rows = (
        ("texts right (every claim in them)", summary.texts),
        ("claims right", summary.claims),
        ("false supported (of claims that are not true)", summary.false_supported),
        ("false contradicted (of claims that are true or unknown)", summary.false_contradicted),
        ("true figure right (where one is given beside a right verdict)", summary.figures),
    )
    for label, interval in rows:
        yield f"| {label} | {interval.hits} of {interval.whole} | {_percent(interval.share)} | {_range(interval)} |"
    yield ""
    yield from _confusion(summary)


def _confusion(summary: Summary) -> Iterator[str]:
    verdicts = [v.value for v in Verdict]
    columns = [c for c in (*verdicts, NONE_FOUND) if any(got == c for _, got in summary.confusion)]
    yield "| gold \\ found | " + " | ".join(columns) + " |"
    yield "| --- |" + " ---: |" * len(columns)
    for gold in verdicts:
        counts = [summary.confusion[gold, column] for column in columns]
        if any(counts):
            yield f"| {gold} | " + " | ".join(str(count) if count else "" for count in counts) + " |"


def failures(scored: Sequence[Scored]) -> Iterator[str]:
    """One line for each text that came out wrong; of a held-out set nothing is shown."""
    for one in scored:
        if one.right or one.case.held_out:
            continue
        gold = "|".join(p.gold.value for p in one.pairs)
        got = "|".join(j.verdict.value for j in one.judged) or NONE_FOUND
        yield f"{one.case.id}: {gold} -> {got}: {one.case.text}"
        for judged in one.judged:
            yield f"    asked {judged.claim.question!r}: {judged.true or '-'} {judged.detail}"


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"


def _range(interval: Interval) -> str:
    return f"{interval.low * 100:.1f} to {interval.high * 100:.1f} %" if interval.whole else "-"
