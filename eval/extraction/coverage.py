"""Are all figures on table pages placed? `python -m eval.extraction.coverage FILE...`.

Reads the text layer of every page that holds a table with plain pdfplumber, independently of our reader, and looks
each printed figure up among the boxes of table cells, headings and sentence figures. What no box holds is listed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.extract import extract
from ingest.geometry import Box
from ingest.records import Extract

_FIGURE = re.compile(r"^[-(（]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\d{3,})[)）%]?$")
_PAGE_NUMBER_BAND = 0.06  # of the page's height: what stands lower or higher is a running header or footer


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many figures of a document's table pages are in a cell or heading, in prose, or nowhere."""

    file: str
    in_tables: int
    in_prose: int
    nowhere: tuple[tuple[int, str], ...]

    @property
    def figures(self) -> int:
        return self.in_tables + self.in_prose + len(self.nowhere)


def coverage(path: Path) -> Coverage:
    """Look up every printed figure of the pages that hold tables."""
    import pdfplumber

    read = extract(path)
    tables, prose = _table_boxes(read), _prose_boxes(read)
    in_tables = in_prose = 0
    nowhere: list[tuple[int, str]] = []
    with pdfplumber.open(path) as pdf:
        for number in sorted(tables):
            for text, x, y in _figures(pdf.pages[number - 1]):
                if any(box.contains(x, y, 0.5) for box in tables[number]):
                    in_tables += 1
                elif any(box.contains(x, y, 1.0) for box in prose.get(number, [])):
                    in_prose += 1
                else:
                    nowhere.append((number, text))
            pdf.pages[number - 1].close()
    return Coverage(path.name, in_tables, in_prose, tuple(nowhere))


def _figures(page: object) -> Iterator[tuple[str, float, float]]:
    height = float(page.height)  # type: ignore[attr-defined]
    for word in page.extract_words(x_tolerance=1.0, y_tolerance=2.0):  # type: ignore[attr-defined]
        y = (word["top"] + word["bottom"]) / 2
        if _FIGURE.match(word["text"]) and _PAGE_NUMBER_BAND * height < y < (1 - _PAGE_NUMBER_BAND) * height:
            yield word["text"], (word["x0"] + word["x1"]) / 2, y


def _table_boxes(read: Extract) -> dict[int, list[Box]]:
    boxes: dict[int, list[Box]] = {}
    for table in read.tables:
        for row in table.rows:
            for cell in row.cells:
                if cell.box is not None and cell.text:
                    boxes.setdefault(cell.page, []).append(cell.box)
        for column in table.columns:
            for page in table.pages:
                boxes.setdefault(page, []).extend(column.boxes)
    return boxes


def _prose_boxes(read: Extract) -> dict[int, list[Box]]:
    boxes: dict[int, list[Box]] = {}
    for passage in read.passages:
        for line in passage.lines:
            if line.box is not None:
                boxes.setdefault(line.page, []).append(line.box)
    return boxes


def main(arguments: Sequence[str]) -> int:
    """Print a line a document, and every figure that is nowhere."""
    for name in arguments:
        found = coverage(Path(name))
        placed = found.in_tables + found.in_prose
        share = f"{100 * placed / found.figures:.2f} %" if found.figures else "-"
        print(f"{found.file}: {found.figures} figures, {found.in_tables} in tables, {found.in_prose} in prose, {share}")
        for page, text in found.nowhere:
            print(f"    p.{page} {text}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
