"""Our extraction beside other libraries: `python -m eval.extraction.bench [--documents DIR] [--random N]`.

Gold is the text form of shaoxing-kexie-2024 (against its ruled and its borderless PDF) and generated documents of all
layouts. Prints precision and recall of rows and cells, pages a second, and what only ours claims to find.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from eval.extraction.finders import RowFinder, finders
from eval.extraction.rowscore import GoldLine, RowScore, lines_of_gold, lines_of_text, score_rows
from eval.generate.compare import compare
from eval.generate.files import render_book
from eval.generate.gold import Gold
from eval.generate.points import Aspect, Comparison, tally
from eval.generate.random_book import random_book
from eval.report.texts import markdown_table

TEXT_FORM = "shaoxing-kexie-2024.txt"
PRINTED = ("shaoxing-kexie-2024.pdf", "shaoxing-kexie-2024-borderless.pdf")
# What the other libraries do not give: shown for ours alone.
UNDERSTOOD = (
    Aspect.TITLE, Aspect.UNIT, Aspect.COLUMN, Aspect.CODE, Aspect.PATH, Aspect.PARENT, Aspect.TOTAL, Aspect.FACT,
    Aspect.PLACE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Specimen:
    """A document with its gold rows; `gold` where it was generated."""

    path: Path
    lines: list[GoldLine]
    pages: int
    gold: Gold | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """One finder over one group of documents."""

    group: str
    finder: str
    score: RowScore = field(default_factory=RowScore)
    pages: int = 0
    seconds: float = 0.0


def shared_specimens(folder: Path) -> Iterator[tuple[str, list[Specimen]]]:
    """The printed forms of the text form, each a group of its own."""
    text = folder / TEXT_FORM
    for name in PRINTED:
        path = folder / name
        if text.exists() and path.exists():
            yield name, [Specimen(path, lines_of_text(text), page_count(path))]


def random_specimens(seeds: Sequence[int], folder: Path) -> list[Specimen]:
    """Generated documents with their gold, written into a folder."""
    specimens = []
    for seed in seeds:
        name = f"random-{seed:05d}.pdf"
        rendered = render_book(random_book(seed), name)
        (folder / name).write_bytes(rendered.pdf)
        specimens.append(Specimen(folder / name, lines_of_gold(rendered.gold), rendered.gold.pages, rendered.gold))
    return specimens


def page_count(path: Path) -> int:
    """The pages of a PDF."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


def measure(group: str, specimens: Sequence[Specimen], finder: RowFinder) -> Measured:
    """Run one finder over a group."""
    total = Measured(group, finder.name)
    for specimen in specimens:
        start = time.perf_counter()
        rows = list(finder.rows(specimen.path))
        seconds = time.perf_counter() - start
        total = replace(
            total,
            score=total.score + score_rows(specimen.lines, rows),
            pages=total.pages + specimen.pages,
            seconds=total.seconds + seconds,
        )
    return total


def understanding(specimens: Sequence[Specimen]) -> dict[Aspect, tuple[int, int]]:
    """Right and all points of ours on the generated documents, by aspect."""
    from ingest.extract import extract

    comparisons: list[Comparison] = [compare(s.gold, extract(s.path)) for s in specimens if s.gold is not None]
    wrong = tally(comparisons)
    return {a: (wrong[a][1] - wrong[a][0], wrong[a][1]) for a in UNDERSTOOD if a in wrong}


def extraction_section(documents: Path | None, random: int) -> list[str]:
    """The whole benchmark as Markdown lines."""
    with tempfile.TemporaryDirectory() as folder:
        groups = list(shared_specimens(documents)) if documents is not None else []
        generated = random_specimens(range(1, random + 1), Path(folder))
        groups.append((f"{random} generated documents, all layouts", generated))
        measured = [measure(name, specimens, finder) for name, specimens in groups for finder in finders()]
        return [*rows_table(measured), "", *understood_table(understanding(generated))]


def rows_table(measured: Sequence[Measured]) -> list[str]:
    """Precision and recall of rows and cells, and speed."""
    head = ("documents", "found by", "rows: recall", "rows: precision", "cells: recall", "cells: precision", "pages/s")
    rows: list[Sequence[str]] = [head]
    for m in measured:
        s = m.score
        shares = ((s.right_rows, s.gold_rows), (s.right_rows, s.found_rows), (s.right_cells, s.gold_cells),
                  (s.right_cells, s.found_cells))  # fmt: skip
        speed = f"{m.pages / m.seconds:.1f}" if m.seconds else ""
        rows.append((m.group, m.finder, *(_share(a, b) for a, b in shares), speed))
    return markdown_table(rows)


def understood_table(points: dict[Aspect, tuple[int, int]]) -> list[str]:
    """What is understood beyond texts in rows, on the generated documents."""
    rows: list[Sequence[str]] = [("ours, generated documents", "right", "of", "share")]
    rows += [(aspect.value, str(right), str(asked), _share(right, asked)) for aspect, (right, asked) in points.items()]
    return markdown_table(rows)


def _share(part: int, whole: int) -> str:
    return f"{part / whole * 100:.1f} %" if whole else "none"


def main() -> None:
    """Print the benchmark."""
    parser = argparse.ArgumentParser(prog="python -m eval.extraction.bench", description=__doc__)
    parser.add_argument("--documents", type=Path, help="folder with the text form and its printed forms")
    parser.add_argument("--random", type=int, default=20, metavar="N", help="how many generated documents (else 20)")
    options = parser.parse_args()
    print("\n".join(extraction_section(options.documents, options.random)))


if __name__ == "__main__":
    main()
