"""The file of measured sizes: what was measured, when and at which commit, one entry a size."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from eval.intervals import Interval
from ingest.errors import BadDataset

RESULTS = Path(__file__).parent / "results.json"


@dataclass(frozen=True, slots=True)
class Scaled:
    """What one size of corpus took and gave.

    `cpu_ms` is processor time a question, scoring included; `dirty` whether files differed from the commit;
    `added_cpu_seconds` the processor time of ingesting one more document, None where it was not measured.
    """

    documents: int
    pages: int
    ingest_seconds: float
    ingest_cpu_seconds: float
    peak_megabytes: float
    store_megabytes: float
    questions: int
    accuracy: Interval
    wrong_figures: Interval
    p50_ms: float
    p95_ms: float
    cpu_ms: float
    date: str
    commit: str
    dirty: bool
    added_cpu_seconds: float | None = None
    note: str = ""  # what a reader of the figures has to know


def read_results(path: Path = RESULTS) -> tuple[Scaled, ...]:
    """The sizes measured so far, smallest first; none where there is no file. Raises `BadDataset` naming the file."""
    if not path.exists():
        return ()
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        return tuple(
            Scaled(**entry | {name: Interval(**entry[name]) for name in ("accuracy", "wrong_figures")})
            for entry in entries
        )
    except (ValueError, TypeError, KeyError) as error:
        raise BadDataset(f"{path}: not measured sizes ({error})") from error


def record(scaled: Scaled, path: Path = RESULTS) -> None:
    """Write one size down, in place of what was measured of that size before."""
    entries = [asdict(one) for one in merged(read_results(path), (scaled,))]
    path.write_text(json.dumps(entries, indent=1) + "\n", encoding="utf-8")


def merged(before: Iterable[Scaled], after: Iterable[Scaled]) -> tuple[Scaled, ...]:
    """Both, smallest first; of one size what was measured after."""
    by_size = {one.documents: one for one in (*before, *after)}
    return tuple(by_size[size] for size in sorted(by_size))
