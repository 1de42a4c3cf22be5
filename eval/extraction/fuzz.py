"""Damaged PDFs: `python -m eval.extraction.fuzz COUNT FILE...` reads COUNT mutants of the given files.

Bytes are flipped, pieces cut out, swapped or doubled, the end cut off. Every mutant must be read, wholly or with the
pages that fail reported, or refused as `UnreadableDocument`; anything else, or more than 60 s, is printed as a failure
with the seed that makes it again. Exit status 1 when there is one.
"""

from __future__ import annotations

import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from ingest.errors import UnreadableDocument
from ingest.extract import extract

LIMIT_SECONDS = 60


class TooSlow(BaseException):
    """A mutant took longer than the limit; outside the Exception tree so that no parser swallows it."""


def mutated(data: bytes, seed: int) -> bytes:
    """One damaged copy of a file, the same for the same seed."""
    draw = random.Random(seed)
    damaged = bytearray(data)
    for _ in range(draw.choice((1, 1, 3, 10, 40))):
        kind = draw.choice(("flip", "flip", "truncate", "swap", "drop", "double", "digit"))
        start = draw.randrange(len(damaged))
        length = draw.choice((1, 4, 40, 400))
        if kind == "flip":
            damaged[start] ^= 1 << draw.randrange(8)
        elif kind == "truncate" and draw.random() < 0.3:
            del damaged[max(start, 100) :]
        elif kind == "swap":
            other = draw.randrange(len(damaged))
            one, two = damaged[start : start + length], damaged[other : other + length]
            damaged[start : start + len(two)], damaged[other : other + len(one)] = two, one
        elif kind == "drop":
            del damaged[start : start + length]
        elif kind == "double":
            damaged[start:start] = damaged[start : start + length]
        elif kind == "digit":
            digits = [i for i in range(start, min(start + 2000, len(damaged))) if 48 <= damaged[i] <= 57]
            if digits:
                damaged[draw.choice(digits)] = 48 + draw.randrange(10)
        if len(damaged) < 10:
            break
    return bytes(damaged)


@contextmanager
def _time_limit(seconds: int) -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def outcome(path: Path) -> str:
    """How one file came out: read, partly, refused, or the name of what went wrong."""
    try:
        with _time_limit(LIMIT_SECONDS):
            read = extract(path)
    except UnreadableDocument:
        return "refused"
    except TooSlow:
        return "FAILED: over 60 s"
    except Exception as error:  # noqa: BLE001  what else may come is just what this program looks for
        traceback.print_exc()
        return f"FAILED: {type(error).__name__}"
    return "partly" if read.document.problems else "read"


def main(arguments: Sequence[str]) -> int:
    """Run and print the counts."""
    count, files = int(arguments[0]), [Path(name) for name in arguments[1:]]
    counts: Counter[str] = Counter()
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mutant.pdf"
        for seed in range(count):
            source = files[seed % len(files)]
            path.write_bytes(mutated(source.read_bytes(), seed))
            start = time.perf_counter()
            result = outcome(path)
            slowest = max(slowest, time.perf_counter() - start)
            counts[result] += 1
            if result.startswith("FAILED"):
                print(f"seed {seed} of {source.name}: {result}", flush=True)
    print(", ".join(f"{n} {name}" for name, n in counts.most_common()), f"; slowest {slowest:.1f} s")
    return 1 if any(name.startswith("FAILED") for name in counts) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
