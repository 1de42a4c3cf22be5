"""How a corpus of some size is ingested and answers.

Ingest runs in a process of its own, so that its peak memory and its processor time are its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from eval.baselines.systems import make_systems
from eval.dataset import read_datasets
from eval.provenance import provenance
from eval.report.svg import Axes, Series, line_chart
from eval.report.texts import markdown_table, percent
from eval.run import run
from eval.scale.corpus import specifications, write_corpus, write_questions
from eval.scale.results import Scaled
from eval.summary import summarise
from ingest.store import open_corpus

SIZES = (1, 10, 100)
ASKED = 10  # budgets that are asked about; questions are of these whatever the corpus holds beside them
_ROOT = Path(__file__).resolve().parents[2]
_KIBIBYTE = 1024 if sys.platform != "darwin" else 1  # what ru_maxrss counts in, as bytes


@dataclass(frozen=True, slots=True)
class Ingested:
    """What `budgetqa ingest` took: seconds by the clock and of the processor, and megabytes at the peak."""

    seconds: float
    cpu_seconds: float
    peak_megabytes: float


def measure(documents: int, folder: Path) -> Scaled:
    """Generate, ingest and ask a corpus of one size in a folder of its own."""
    *specs, one_more = specifications(documents + 1)
    pages = write_corpus(specs, folder / "documents")
    ingested = ingest(folder / "documents", folder / "store")
    megabytes = size_of(folder / "store")
    dataset = folder / "generated.tsv"
    write_questions(specs, dataset, ASKED)
    corpus = open_corpus(folder / "store")
    try:
        datasets = read_datasets([dataset])
        (system,) = make_systems(["ours"], corpus, folder / "store")
        # The first question pays for the vocabulary and the indexes; what is measured is a service that is up.
        system.ask(datasets[0].questions[0].text)
        rests_on = provenance(datasets, corpus.documents(), ())
        before = time.process_time()
        done = run(datasets, [system], rests_on)
        cpu = time.process_time() - before
    finally:
        corpus.close()
    write_corpus([one_more], folder / "more")
    added = ingest(folder / "more", folder / "store")
    summary = summarise("ours", done.scored)
    return Scaled(
        documents, pages, ingested.seconds, ingested.cpu_seconds, ingested.peak_megabytes, megabytes,
        len(done.scored), summary.whole.accuracy, summary.wrong_figures, summary.p50_ms, summary.p95_ms,
        cpu * 1000 / len(done.scored), f"{datetime.now(UTC):%Y-%m-%d}", rests_on.commit, rests_on.dirty,
        added.cpu_seconds,
    )  # fmt: skip


def ingest(documents: Path, store: Path) -> Ingested:
    """What `budgetqa ingest` took; raises `CalledProcessError` where it fails."""
    command = [sys.executable, "-m", "qa", "ingest", str(documents.resolve()), "--store", str(store.resolve())]
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    seconds = time.perf_counter() - start
    return Ingested(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _KIBIBYTE / 1e6)


def size_of(store: Path) -> float:
    """Megabytes of a data directory, the kept originals left out."""
    originals = store / "files"
    files = (p for p in store.rglob("*") if p.is_file() and originals not in p.parents)
    return sum(p.stat().st_size for p in files) / 1e6


def measure_all(sizes: Sequence[int]) -> Iterator[Scaled]:
    """One size after the other, each in a folder that is thrown away."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            yield measure(size, Path(folder))


def scale_table(scaled: Sequence[Scaled]) -> list[str]:
    """The measurements as a Markdown table, then the notes on sizes that have one."""
    head = ("documents", "pages", "ingest s", "ingest CPU s", "pages/CPU s", "one more CPU s", "peak MB", "store MB",
            "right", "wrong figures", "p50 ms", "p95 ms", "CPU ms a question", "date", "commit")  # fmt: skip
    rows: list[Sequence[str]] = [head]
    rows += [_cells(s) for s in scaled]
    notes = [f"{s.documents} documents: {s.note}" for s in scaled if s.note]
    return [*markdown_table(rows), *([""] if notes else []), *notes]


def _cells(s: Scaled) -> tuple[str, ...]:
    return (
        str(s.documents), str(s.pages), f"{s.ingest_seconds:.1f}", f"{s.ingest_cpu_seconds:.1f}",
        f"{s.pages / s.ingest_cpu_seconds:.1f}", "" if s.added_cpu_seconds is None else f"{s.added_cpu_seconds:.1f}",
        f"{s.peak_megabytes:.0f}", f"{s.store_megabytes:.1f}", percent(s.accuracy), percent(s.wrong_figures),
        f"{s.p50_ms:.1f}", f"{s.p95_ms:.1f}", f"{s.cpu_ms:.1f}", s.date,
        f"{s.commit[:7] or 'unknown'}{' and changes' if s.dirty else ''}",
    )  # fmt: skip


def scale_plots(scaled: Sequence[Scaled]) -> dict[str, str]:
    """How ingest, store and latency grow, as SVG figures by name."""

    def line(name: str, values: Sequence[float]) -> Series:
        return Series(name, tuple((s.documents, value) for s, value in zip(scaled, values, strict=True)))

    ingest_series = [
        line("ingest, CPU seconds", [s.ingest_cpu_seconds for s in scaled]),
        line("store, MB", [s.store_megabytes for s in scaled]),
        line("peak memory, MB", [s.peak_megabytes for s in scaled]),
    ]
    latency = [line("p50", [s.p50_ms for s in scaled]), line("p95", [s.p95_ms for s in scaled]),
               line("CPU a question", [s.cpu_ms for s in scaled])]  # fmt: skip
    shares = [line("right", [s.accuracy.share for s in scaled]),
              line("wrong figures", [s.wrong_figures.share for s in scaled])]  # fmt: skip
    axes = Axes("Ingest by size of the corpus", "documents", "CPU seconds or MB", log_x=True, log_y=True)
    return {
        "scale-ingest": line_chart(axes, ingest_series),
        "scale-latency": line_chart(
            Axes("Time to answer by size of the corpus", "documents", "milliseconds", log_x=True, log_y=True), latency
        ),
        "scale-accuracy": line_chart(
            Axes("Answers by size of the corpus", "documents", "share of the questions", log_x=True, top=1.0), shares
        ),
    }
