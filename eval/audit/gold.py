"""The audit against a reading of the pages by eye: `python -m eval.audit.gold STORE [GOLD.tsv]`.

A line of gold is found when a check of its document and kind is broken (or, for what rounding explains, not merely
held) on one of its pages and shows its printed figure or words. Broken checks that no line speaks of are listed: each
is a false alarm or a gap in the reading.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.checks.view import compact
from ingest.errors import BadDataset
from ingest.records import Outcome
from qa.audit import Audit, AuditedCheck, audit

GOLD = Path("docs/audit_by_eye.tsv")
_KINDS: dict[str, frozenset[str]] = {
    "children_sum": frozenset(("children_sum", "prose_sum", "total")),
    "growth_rate": frozenset(("growth_rate", "direction")),
    "contents": frozenset(("contents", "contents_wording")),
    "prose_table": frozenset(("prose_table", "item_path")),
    "procurement": frozenset(("procurement", "awards")),
    "delta": frozenset(("delta", "prior_year")),
    "cross_table": frozenset(("cross_table", "total")),
}
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_LEAST_COMMON = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a person found wrong."""

    document: str
    pages: frozenset[int]
    kind: str
    item: str
    printed: str
    should_be: str
    severity: str
    needs_document: str


def read_gold(path: Path) -> list[Line]:
    """The lines of a gold file. Raises `BadDataset` for one with too few fields."""
    lines: list[Line] = []
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
            if not row or row[0].startswith("#"):
                continue
            if len(row) < 7:
                raise BadDataset(f"{path}, line {number}: {len(row)} fields, 7 or 8 are needed")
            needs = row[7] if len(row) > 7 else ""
            lines.append(Line(row[0], read_pages(row[1]), row[2], row[3], row[4], row[5], row[6], needs))
    return lines


def read_pages(text: str) -> frozenset[int]:
    """The pages that a field such as 11, 2/7 or 12-13 names."""
    pages: set[int] = set()
    for part in text.split("/"):
        numbers = [int(n) for n in re.findall(r"\d+", part)]
        if numbers:
            pages |= set(range(numbers[0], numbers[-1] + 1))
    return frozenset(pages)


def is_found(line: Line, checks: Sequence[AuditedCheck]) -> bool:
    """Whether some check that did not hold speaks of the line."""
    return any(_speaks_of(check, line) for check in checks)


def _speaks_of(audited: AuditedCheck, line: Line) -> bool:
    if audited.check.outcome not in (Outcome.BROKEN, Outcome.ROUNDING):
        return False
    if audited.check.kind not in _KINDS.get(line.kind, frozenset((line.kind,))):
        return False
    return bool(_pages(audited) & line.pages) and _shows(audited, line)


def _pages(audited: AuditedCheck) -> set[int]:
    sides = (audited.left, audited.right)
    return {p for s in sides for p in (s.side.page, *(c.page for c in s.citations)) if p is not None}


def _shows(audited: AuditedCheck, line: Line) -> bool:
    """Whether the check shows the line's printed figure, or words of it."""
    texts = " ".join((audited.check.message, audited.left.side.text, audited.right.side.text))
    figures = {_plain(n) for n in _NUMBER.findall(texts)}
    printed = [_plain(n) for n in _NUMBER.findall(line.printed)]
    if any("." in n or len(n) > _LEAST_COMMON for n in printed):
        return any(n in figures for n in printed)
    gold = compact(f"{line.item}|{line.printed}|{line.should_be}")
    return any(gold[i : i + _LEAST_COMMON] in compact(texts) for i in range(len(gold) - _LEAST_COMMON + 1))


def _plain(number: str) -> str:
    """A figure without separators, and without zeros behind the point."""
    text = number.replace(",", "")
    return text.rstrip("0").rstrip(".") if "." in text else text


def report(lines: Sequence[Line], audits: Sequence[Audit]) -> Iterator[str]:
    """Recall by severity and kind, what was missed, and broken checks that no line speaks of."""
    by_file = {a.document.file: a for a in audits}
    held = [line for line in lines if line.document in by_file]
    found = {id(line): is_found(line, by_file[line.document].checks) for line in held}
    for name, group in (("severity", "severity"), ("kind", "kind")):
        totals = Counter(str(getattr(line, group)) for line in held)
        hits = Counter(str(getattr(line, group)) for line in held if found[id(line)])
        yield f"found by {name}:"
        yield from (f"  {key}: {hits[key]} of {totals[key]}" for key in sorted(totals))
    yield "missed:"
    yield from (f"  {x.document} p.{min(x.pages)} {x.kind}: {x.item}, {x.printed}" for x in held if not found[id(x)])
    yield "broken, and in no line of the gold:"
    for file, one in by_file.items():
        own = [line for line in held if line.document == file]
        for check in one.of(Outcome.BROKEN) if own else ():
            if not any(_speaks_of(check, line) for line in own):
                yield f"  {file} p.{check.page} {check.check.kind}: {check.check.message[:160]}"


def main(argv: Sequence[str]) -> int:
    """Print the report for a store and a gold file."""
    from ingest.store import open_corpus

    corpus = open_corpus(Path(argv[0]))
    try:
        audits = audit(corpus)
    finally:
        corpus.close()
    for line in report(read_gold(Path(argv[1]) if len(argv) > 1 else GOLD), audits):
        print(line)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
