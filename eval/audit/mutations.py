"""What the audit notices when one printed figure is changed: `python -m eval.audit.mutations`.

Random documents are rendered and read once; then one figure at a time is changed on the pages as read, in a table or in
prose, a digit changed or two exchanged, and everything from the tables on is understood and checked anew. A mutation is
caught when a check breaks that did not break before. The unchanged documents give the false alarms.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from eval.generate.files import render_book
from eval.generate.mutate import other_figure
from eval.generate.random_book import random_book
from ingest.extract import default_readers, extract, understand
from ingest.limits import DEFAULT_LIMITS
from ingest.numbers import CellState
from ingest.pages import Grid, GridCell, Line, Page, PageFailure
from ingest.records import Check, Document, Extract, Fact, Outcome, Table

_TRIES = 20


@dataclass(frozen=True, slots=True)
class Base:
    """An unchanged document: its pages as read, and what was understood of them."""

    document: Document
    pages: tuple[Page, ...]
    extract: Extract


@dataclass(frozen=True, slots=True)
class Trial:
    """One changed figure, and whether a new check broke, broke with a doubt, or was merely called rounding."""

    kind: str
    where: str
    before: str
    after: str
    verdict: str


def read_base(seed: int, folder: Path) -> Base:
    """The random document of a seed, rendered and read."""
    path = folder / f"random-{seed}.pdf"
    path.write_bytes(render_book(random_book(seed), path.name, embed=False).pdf)
    found = extract(path)
    reader = next(r for r in default_readers(DEFAULT_LIMITS) if r.accepts(path))
    pages = tuple(p for p in reader.read(path) if not isinstance(p, PageFailure))
    return Base(found.document, pages, found)


def alarms(found: Extract) -> list[Check]:
    """The broken checks that the audit stands by."""
    return [c for c in found.checks if c.outcome is Outcome.BROKEN and c.doubt is None]


def trials(base: Base, count: int, rng: Random) -> Iterator[Trial]:
    """`count` figures of the document changed, one at a time."""
    figures = [
        f
        for f in base.extract.facts
        if f.state is CellState.FIGURE and f.box is not None and any(map(str.isdigit, f.text))
    ]
    before = _keys(base.extract)
    for _ in range(count):
        trial = next((t for _ in range(_TRIES) if (t := _trial(base, before, rng.choice(figures), rng))), None)
        if trial is not None:
            yield trial


def _trial(base: Base, before: dict[str, Counter[str]], fact: Fact, rng: Random) -> Trial | None:
    after = other_figure(fact.text, rng)
    pages = [_changed(page, fact, after) if page.number == fact.page else page for page in base.pages]
    if tuple(pages) == base.pages:
        return None
    found = _keys(understand(base.document, pages))
    verdict = next((name for name in ("broken", "doubtful", "rounding") if found[name] - before[name]), "unnoticed")
    where = f"p.{fact.page} {' > '.join(fact.row_path)} | {' > '.join(fact.column_path)}"
    return Trial(_kind(base.extract, fact), where, fact.text, after, verdict)


def _keys(found: Extract) -> dict[str, Counter[str]]:
    """The checks that did not hold, by how they came out, each by its message: a figure changed changes it."""
    keys: dict[str, Counter[str]] = {name: Counter() for name in ("broken", "doubtful", "rounding")}
    for check in found.checks:
        if check.outcome is Outcome.BROKEN:
            keys["doubtful" if check.doubt else "broken"][f"{check.kind} {check.message}"] += 1
        elif check.outcome is Outcome.ROUNDING:
            keys["rounding"][f"{check.kind} {check.message}"] += 1
    return keys


def _kind(found: Extract, fact: Fact) -> str:
    """The kind of cell: the table's kind with the level of the row, or the measure of a figure in prose."""
    if fact.table is None:
        return f"prose: {fact.measure.value}"
    table = next(t for t in found.tables if t.id == fact.table)
    return f"{table.kind.value}: {_level(table, fact)}"


def _level(table: Table, fact: Fact) -> str:
    labels = [label for row in table.rows for label in row.labels if label is not None]
    if fact.total:
        return "total"
    return "parent" if any(label.parent == fact.row for label in labels) else "item"


def _changed(page: Page, fact: Fact, after: str) -> Page:
    """The page with the fact's figure printed differently; unchanged where it cannot be told apart."""
    if fact.table is not None:
        return replace(
            page, blocks=tuple(_changed_grid(b, fact, after) if isinstance(b, Grid) else b for b in page.blocks)
        )
    lines = [b for b in page.blocks if isinstance(b, Line) and b.text.count(fact.text) == 1 and _holds(b, fact)]
    if len(lines) != 1 or len(after) != len(fact.text):
        return page
    changed = replace(lines[0], text=lines[0].text.replace(fact.text, after))
    return replace(page, blocks=tuple(changed if b is lines[0] else b for b in page.blocks))


def _changed_grid(grid: Grid, fact: Fact, after: str) -> Grid:
    hits = [c for c in grid.cells if c.text.strip() == fact.text and c.box == fact.box]
    if len(hits) != 1:
        return grid
    return replace(grid, cells=tuple(_reprinted(c, after) if c is hits[0] else c for c in grid.cells))


def _reprinted(cell: GridCell, text: str) -> GridCell:
    return replace(cell, text=text)


def _holds(line: Line, fact: Fact) -> bool:
    return line.box is not None and fact.box is not None and line.box.contains(*fact.box.middle, slack=1.0)


def report(bases: Sequence[Base], done: Sequence[Trial]) -> Iterator[str]:
    """False alarms on the unchanged documents, and the share caught by kind of cell."""
    false = [(b, c) for b in bases for c in alarms(b.extract)]
    doubtful = sum(c.doubt is not None for b in bases for c in b.extract.checks)
    yield f"{len(bases)} unchanged documents: {len(false)} false alarms, {doubtful} doubtful"
    yield from (f"  {b.document.file} p.{c.left.page} {c.kind}: {c.message[:140]}" for b, c in false)
    by_kind: dict[str, Counter[str]] = defaultdict(Counter)
    for trial in done:
        by_kind[trial.kind][trial.verdict] += 1
        by_kind["all"][trial.verdict] += 1
        by_kind["all in prose" if trial.kind.startswith("prose") else "all in tables"][trial.verdict] += 1
    yield "| figure | changed | caught | caught % | with a doubt | as rounding | unnoticed |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for kind, verdicts in sorted(by_kind.items()):
        total = sum(verdicts.values())
        share = 100 * verdicts["broken"] / total
        yield (
            f"| {kind} | {total} | {verdicts['broken']} | {share:.1f} | {verdicts['doubtful']} "
            f"| {verdicts['rounding']} | {verdicts['unnoticed']} |"
        )


def main() -> None:
    """Parse the options, run, and print the report."""
    parser = argparse.ArgumentParser(prog="python -m eval.audit.mutations", description=__doc__)
    parser.add_argument("--books", type=int, default=20, help="random documents (20)")
    parser.add_argument("--mutations", type=int, default=1000, help="figures changed, over all documents (1000)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the first document")
    parser.add_argument("--unnoticed", action="store_true", help="list what was not caught")
    options = parser.parse_args()
    rng = Random(options.seed)
    bases: list[Base] = []
    done: list[Trial] = []
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(options.seed, options.seed + options.books):
            base = read_base(seed, Path(folder))
            bases.append(base)
            done += trials(base, options.mutations // options.books, rng)
    for line in report(bases, done):
        print(line)
    if options.unnoticed:
        for trial in (t for t in done if t.verdict != "broken"):
            print(f"{trial.verdict}: {trial.kind}, {trial.where}: {trial.before} -> {trial.after}")


if __name__ == "__main__":
    main()
