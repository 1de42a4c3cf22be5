"""Is a fact's printed text what stands in its box? `python -m eval.extraction.fact_boxes DOCUMENTS`.

Takes from the page, with plain pdfplumber and independently of our reader, the characters whose middle lies in the box
of each fact of every PDF in the folder DOCUMENTS, and compares them with the fact's printed text, blanks aside.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from eval.extraction.facts_by_eye import readable
from ingest.numbers import CellState
from ingest.records import Extract, Fact

if TYPE_CHECKING:
    from pdfplumber.page import Page


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A fact whose box holds another text than its own."""

    fact: Fact
    in_box: str


def misplaced(path: Path, facts: Sequence[Fact]) -> Iterator[Misplaced]:
    """The facts whose box, cropped from the page, does not read as their printed text."""
    import pdfplumber

    by_page: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_page[fact.page].append(fact)
    with pdfplumber.open(path) as pdf:
        for number, here in sorted(by_page.items()):
            page = pdf.pages[number - 1]
            for fact in here:
                text = _cropped(page, fact)
                if _bare(text) != _bare(fact.text):
                    yield Misplaced(fact, text)
            page.close()


def _cropped(page: Page, fact: Fact) -> str:
    from pdfplumber.utils.text import extract_text

    box = fact.box
    if box is None:
        return ""
    return extract_text([c for c in page.chars if box.contains((c["x0"] + c["x1"]) / 2, (c["top"] + c["bottom"]) / 2)])


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def boxed_facts(read: Extract, from_tables: bool) -> list[Fact]:
    """The facts of a document to look up: of its tables every cell, a blank one as well; of its prose every figure."""
    wanted = (CellState.FIGURE, CellState.BLANK, CellState.NIL)
    return [f for f in read.facts if (f.table is not None) == from_tables and f.state in wanted]


def main(arguments: Sequence[str]) -> int:
    """Print a line a document, and every fact whose box reads otherwise."""
    folder = Path(arguments[0])
    print("document\ttable facts\tof them boxed right\tsentence facts\tof them boxed right")
    for read in readable(folder):
        counts: list[str] = []
        wrong: list[Misplaced] = []
        for from_tables in (True, False):
            facts = boxed_facts(read, from_tables)
            amiss = list(misplaced(folder / read.document.file, facts))
            counts += [str(len(facts)), str(len(facts) - len(amiss))]
            wrong += amiss
        print("\t".join((read.document.file, *counts)))
        for one in wrong:
            print(f"    {one.fact.id} p.{one.fact.page} {one.fact.text!r} in its box {one.in_box!r}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
