"""Facts against the page, judged by eye: `python -m eval.extraction.facts_by_eye DOCUMENTS`.

With `--draw N --seed S` it draws N figures, and a blank cell for every ten of them, from the tables of every PDF in the
folder DOCUMENTS (with `--prose` N figures of sentences), and writes them as TSV with an empty verdict, for a person to
fill in beside the pages. Without `--draw` it reads the judged file docs/facts_by_eye.tsv, extracts the documents again
and counts how many facts still are what the page says.

A verdict is `right`; `wrong` with the page's reading as remark (`field=reading`, several parted by `; `); or `none`
where the page holds no such fact. What follows `# ` in a remark is for people.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

from ingest.errors import UnreadableDocument
from ingest.extract import extract
from ingest.numbers import CellState
from ingest.records import Extract, Fact

JUDGED = Path(__file__).parents[2] / "docs" / "facts_by_eye.tsv"
_BETWEEN = " > "
_BLANKS_SHARE = 10


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact in the words of the file; `value` is `blank` or `nil` where no figure is printed."""

    id: str
    document: str
    page: str
    table: str
    label_path: str
    code: str
    organisation: str
    column_path: str
    period: str
    measure: str
    value: str
    unit: str
    verdict: str = ""
    remark: str = ""


_COLUMNS = tuple(f.name for f in fields(FactLine))
COMPARED = _COLUMNS[2:-2]


def fact_line(file: str, titles: dict[str, str], fact: Fact) -> FactLine:
    """A fact as a line of the file, not yet judged."""
    return FactLine(
        id=fact.id,
        document=file,
        page=str(fact.page),
        table=titles.get(fact.table or "", ""),
        label_path=_BETWEEN.join(fact.row_path),
        code=fact.code or "",
        organisation=fact.organisation or "",
        column_path=_BETWEEN.join(fact.column_path),
        period=f"{fact.year or ''} {fact.phase.value}".strip(),
        measure=fact.measure.value,
        value=fact.state.value if fact.value is None else f"{fact.value:f}",
        unit=fact.unit.unit.symbol if fact.unit.unit else "",
    )


def fact_lines(read: Extract, facts: Iterable[Fact]) -> Iterator[FactLine]:
    """Facts of one document as lines."""
    titles = {table.id: table.title for table in read.tables}
    for fact in facts:
        yield fact_line(read.document.file, titles, fact)


def draw(read: Extract, number: int, chance: random.Random, prose: bool) -> list[Fact]:
    """Figures drawn at random, in document order; of tables also a blank or dash for every ten of them."""
    facts = [f for f in read.facts if (f.table is None) == prose]
    figures = [f for f in facts if f.state is CellState.FIGURE]
    others = [f for f in facts if f.state in (CellState.BLANK, CellState.NIL)]
    drawn = chance.sample(figures, min(number, len(figures)))
    drawn += chance.sample(others, min(number // _BLANKS_SHARE, len(others)))
    order = {fact.id: place for place, fact in enumerate(read.facts)}
    return sorted(drawn, key=lambda fact: (fact.page, order[fact.id]))


def readable(folder: Path) -> Iterator[Extract]:
    """Every PDF of a folder that has a text layer, extracted, by name."""
    for path in sorted(folder.glob("*.pdf")):
        try:
            yield extract(path)
        except UnreadableDocument as refusal:
            print(refusal, file=sys.stderr)


def read_lines(path: Path = JUDGED) -> list[FactLine]:
    """The lines of a drawn or judged file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [FactLine(**row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def write_lines(lines: Iterable[FactLine]) -> None:
    """Lines with their heading to standard output."""
    print("\t".join(_COLUMNS))
    for line in lines:
        print("\t".join(astuple(line)))


def page_reading(line: FactLine) -> FactLine:
    """What the page says: the line itself, with the remark's readings in place where it was judged wrong."""
    if line.verdict != "wrong":
        return line
    readings = dict(part.split("=", 1) for part in line.remark.split("# ")[0].strip().split("; "))
    return replace(line, **readings)


@dataclass(frozen=True, slots=True)
class Departure:
    """A judged fact that is not extracted as the page says; `fields` are those in which the nearest fact differs."""

    line: FactLine
    fields: tuple[str, ...]


def departures(judged: Iterable[FactLine], found: Sequence[FactLine]) -> Iterator[Departure]:
    """The judged facts of one document that no extracted fact tells as the page does."""
    held = {_said(line) for line in found}
    for line in judged:
        truth = page_reading(line)
        if line.verdict == "none":
            if _said(line) in held:
                yield Departure(line, ("value",))
        elif _said(truth) not in held:
            near = max(found, key=lambda other: _likeness(truth, other), default=None)
            yield Departure(line, _differing(truth, near) if near else COMPARED)


def _said(line: FactLine) -> tuple[str, ...]:
    return tuple(getattr(line, name) for name in COMPARED)


def _differing(one: FactLine, other: FactLine) -> tuple[str, ...]:
    return tuple(name for name in COMPARED if getattr(one, name) != getattr(other, name))


def _likeness(one: FactLine, other: FactLine) -> tuple[int, bool]:
    return -len(_differing(one, other)), one.id == other.id


def score(folder: Path, judged: Sequence[FactLine]) -> None:
    """Print, a document, how many facts were judged right and how many now are what the page says."""
    print("document\tjudged\tright when judged\tas on the page now")
    for document in dict.fromkeys(line.document for line in judged):
        if not (folder / document).exists():
            print(f"{document}: not in {folder}")
            continue
        read = extract(folder / document)
        mine = [line for line in judged if line.document == document and line.verdict]
        gone = list(departures(mine, list(fact_lines(read, read.facts))))
        right = sum(line.verdict == "right" for line in mine)
        print(f"{document}\t{len(mine)}\t{right}\t{len(mine) - len(gone)}")
        for departure in gone:
            print(f"    {departure.line.id} p.{departure.line.page} {', '.join(departure.fields)}")


def main(arguments: Sequence[str]) -> int:
    """Draw facts, or score the judged ones."""
    parser = argparse.ArgumentParser(description="Facts against the page, judged by eye")
    parser.add_argument("documents", type=Path)
    parser.add_argument("--draw", type=int, metavar="N", help="draw N facts a document instead of scoring")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--prose", action="store_true", help="draw from sentences, not from tables")
    parser.add_argument("--judged", type=Path, default=JUDGED, help="the judged file to score")
    options = parser.parse_args(arguments)
    if options.draw is None:
        score(options.documents, read_lines(options.judged))
        return 0
    chance = random.Random(options.seed)
    write_lines(
        line
        for read in readable(options.documents)
        for line in fact_lines(read, draw(read, options.draw, chance, options.prose))
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
