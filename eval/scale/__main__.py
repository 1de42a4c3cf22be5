"""`python -m eval.scale [SIZE ...] [--results FILE]`: measure corpora of so many documents, and write each down."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from eval.scale.measure import SIZES, measure_all, scale_table
from eval.scale.results import RESULTS, read_results, record
from ingest.errors import BudgetQAError


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, record size by size, print the table of all recorded; 2 for input that cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m eval.scale", description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", metavar="SIZE", help="documents (else 1, 10 and 100)")
    parser.add_argument("--results", type=Path, default=RESULTS, metavar="FILE", help="where sizes are written down")
    options = parser.parse_args(argv)
    try:
        for scaled in measure_all(options.sizes or SIZES):
            record(scaled, options.results)
            print(f"{scaled.documents} documents measured", file=sys.stderr, flush=True)
        print("\n".join(scale_table(read_results(options.results))))
    except BudgetQAError as error:
        print(f"eval.scale: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
