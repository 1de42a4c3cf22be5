"""Peak memory of `budgetqa ingest`, each in a process of its own: a document of ordinary length, and a very long one.

    python -m benchmarks.memory [--pages N] [FILE.pdf ...]

Without files, two documents are generated: one as samples are, and one with the same parts over and over until it has
about N pages (1,000 unless told otherwise).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.clock import machine, print_rows
from benchmarks.ingest import page_count

ROOT = Path(__file__).resolve().parent.parent
KIBIBYTE = 1024 if sys.platform != "darwin" else 1  # what ru_maxrss counts in, as bytes


@dataclass(frozen=True, slots=True)
class Peak:
    """What one ingest took."""

    file: Path
    pages: int
    megabytes: float
    seconds: float


def generate(folder: Path, pages: int) -> list[Path]:
    """A generated document, and one of about `pages` pages made of its parts."""
    from eval.generate.compose import budget_book
    from eval.generate.files import render_book
    from eval.generate.layout import Layout
    from eval.generate.shaoxing import shaoxing_2024

    book = budget_book(shaoxing_2024(), Layout())
    short, long = folder / "ordinary.pdf", folder / "long.pdf"

    def write(file: Path, copies: int) -> int:
        file.write_bytes(render_book(replace(book, parts=book.parts * copies), file.name).pdf)
        return page_count(file)

    copies = max(2, pages // write(short, 1))
    found = write(long, copies)
    write(long, max(2, copies * pages // found))  # contents grow with the copies; once more is near enough
    return [short, long]


def measure(file: Path) -> Peak:
    """Ingest the file into an empty store in a process of its own; raises `CalledProcessError` where that fails."""
    with tempfile.TemporaryDirectory() as store:
        command = [sys.executable, "-m", "qa", "ingest", str(file.resolve()), "--store", store]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    taken = usage.ru_utime + usage.ru_stime
    return Peak(file, page_count(file), usage.ru_maxrss * KIBIBYTE / 1e6, taken)


def report(peaks: Sequence[Peak]) -> None:
    """Print the peaks and each one's ratio to the first."""
    rows = [("", "pages", "peak MB", "against the first", "CPU s", "pages/CPU s")]
    for peak in peaks:
        ratio = peak.megabytes / peaks[0].megabytes
        rates = (f"{peak.seconds:.1f}", f"{peak.pages / peak.seconds:.1f}")
        rows.append((peak.file.name, str(peak.pages), f"{peak.megabytes:.0f}", f"{ratio:.2f}", *rates))
    print(machine())
    print_rows(rows)


def main() -> int:
    """Measure the files given, else the two generated ones."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory", description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--pages", type=int, default=1000, help="pages of the long document (else 1000)")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = args.files or generate(Path(folder), args.pages)
        report([measure(file) for file in files])
    return 0


if __name__ == "__main__":
    sys.exit(main())
