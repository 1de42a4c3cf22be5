"""Tables as extracted against tables as read off the pages by eye: `python -m eval.extraction.by_eye DOCUMENTS`.

Compares title, number, unit, pages, kind, number of body rows and header paths of every table listed in
docs/tables_by_eye_*.tsv with what `ingest.extract` finds in the files of the folder DOCUMENTS.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.extract import extract
from ingest.numbers import fold_width
from ingest.records import Table

_GOLD = Path(__file__).parents[2] / "docs"
FIELDS = ("title", "number", "unit", "pages", "kind", "rows", "columns")


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one table that was extracted otherwise than a person read it."""

    document: str
    table: str
    field: str
    gold: str
    found: str


def read_gold(folder: Path = _GOLD) -> dict[str, list[dict[str, str]]]:
    """The tables read by eye, by document."""
    gold: dict[str, list[dict[str, str]]] = {}
    for path in sorted(folder.glob("tables_by_eye_*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                gold.setdefault(row["#document"], []).append(row)
    return gold


def described(table: Table) -> dict[str, str]:
    """An extracted table in the words of the gold file."""
    pages = table.pages
    return {
        "title": table.title,
        "number": table.number or "",
        "unit": table.unit.unit.symbol if table.unit.unit else "",
        "pages": str(pages[0]) if pages[0] == pages[-1] else f"{pages[0]}-{pages[-1]}",
        "kind": table.kind.value,
        "rows": str(len(table.rows)),
        "columns": "|".join(">".join(c.path) for c in table.columns),
    }


def compare(gold: Sequence[dict[str, str]], tables: Sequence[Table]) -> Iterator[Difference]:
    """Every field that differs, tables taken in printed order; blanks and widths of characters aside."""
    for row, table in zip(gold, tables, strict=False):
        found = described(table)
        for field in FIELDS:
            if _folded(row[field]) != _folded(found[field]):
                yield Difference(row["#document"], row["title"], field, row[field], found[field])
    if len(gold) != len(tables):
        yield Difference(gold[0]["#document"], "*", "tables", str(len(gold)), str(len(tables)))


def _folded(text: str) -> str:
    return re.sub(r"[\s“”\"]", "", fold_width(text))


def main(arguments: Sequence[str]) -> int:
    """Print the differences and the share of fields that agree."""
    folder = Path(arguments[0])
    fields = differing = 0
    for document, gold in read_gold().items():
        path = folder / document
        if not path.exists():
            print(f"{document}: not in {folder}")
            continue
        tables = [t for t in extract(path).tables if t.title or len(gold) > 0]
        titled = [t for t in tables if t.title] if len(tables) > len(gold) else tables
        differences = list(compare(gold, titled))
        fields += len(FIELDS) * len(gold)
        differing += len(differences)
        for d in differences:
            print(f"{d.document}\t{d.table}\t{d.field}\n    by eye    {d.gold}\n    extracted {d.found}")
    print(f"{fields - differing} of {fields} fields agree")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
