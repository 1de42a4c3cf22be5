"""The list of contents against the tables and headings that are there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.checks.compare import text_side
from ingest.checks.spelling import edits
from ingest.checks.view import DocumentView, compact
from ingest.numbering import PART_RANK, read_numbering, without_numbering
from ingest.pages import Page
from ingest.records import Check, Outcome, PassageKind, Table, Volume

MISSING = "contents"
WORDING = "contents_wording"
_CONTENTS = re.compile(r"^(?:目\s*录|CONTENTS)$", re.IGNORECASE)
_LEADERS = re.compile(r"[.…·．\s]{2,}\d*$|\s+\d{1,3}$|[…·]+\d*$")
_PART_OF_TABLES = re.compile(r"(?:部门|单位)(?:预算|决算)表$")
_BULLET = re.compile(r"^[-•·]\s*")
_FORM = re.compile(
    r"^(?:(?:公开|预算|决算|附)?\s?\d{1,2}\s?表|(?:附?表|附件)\s?(?:[一二三四五六七八九十]+|\d{1,2}))[\s:：、.]*(?=\S{4})"
)
_YEAR = re.compile(r"20\d\d年度?(?:部门|单位)?")
_BEFORE_YEAR = re.compile(r"^\d{1,2}\s*[.．、]\s*(?=20\d\d\s*年)")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]$")
_MARKS = re.compile(r"[和及与的“”\"'‘’《》、，,。.：:（）()\s]")
_LEAST_ENTRIES = 4
_LONGEST = 150
_LEAST_PIECE = 4  # characters
_MOST_PAGES = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list of contents."""

    text: str
    page: int

    @property
    def is_table(self) -> bool:
        """Whether it announces a table, and not the part of the tables."""
        number = read_numbering(self.text)
        part = number is not None and number.rank == PART_RANK
        return self.text.endswith("表") and len(self.bare) > 3 and not part and not _PART_OF_TABLES.search(self.text)

    @property
    def bare(self) -> str:
        """The text without number, year and marks."""
        return bare_title(self.text)


def contents(document: DocumentView) -> Iterator[Check]:
    """Every table of the list of contents is in the file, and its title and the headings read as they are announced.

    Only the document's own list is a standard. A volume of texts is not expected to hold the tables of the other one.
    """
    entries = _entries(document.pages)
    if len(entries) < _LEAST_ENTRIES:
        return
    yield from _tables(document, [e for e in entries if e.is_table])
    yield from _headings(document, [e for e in entries if not e.is_table])


def bare_title(text: str) -> str:
    """A title as it is compared: without number, year, marks and a closing bracket."""
    plain = compact(without_numbering(_BEFORE_YEAR.sub("", _FORM.sub("", _BULLET.sub("", text.strip())))))
    return _MARKS.sub("", _YEAR.sub("", _BRACKETS.sub("", _LEADERS.sub("", plain))))


def _entries(pages: Sequence[Page]) -> list[Entry]:
    """The entries from the line 目录 on, up to where the first of them comes again or a page is no list any more."""
    entries: list[Entry] = []
    begun: int | None = None
    for page in pages:
        if begun is not None and (page.number - begun >= _MOST_PAGES or not _is_listing(page)):
            break
        for line in page.lines:
            text = _BULLET.sub("", line.text.strip())
            if begun is None:
                begun = page.number if _CONTENTS.match(compact(text)) else None
            elif entries and (len(text) > _LONGEST or bare_title(text) == entries[0].bare):
                return entries
            else:
                _enter(entries, _LEADERS.sub("", text).strip(), page.number)
    return entries


def _enter(entries: list[Entry], text: str, page: int) -> None:
    """Add a line to the entries: one of its own, or, without a number, the rest of the entry above it."""
    if not text or re.fullmatch(r"[-—–\d\s]+", text):
        return
    if entries and not _is_numbered(text) and _is_numbered(entries[-1].text):
        entries[-1] = Entry(entries[-1].text + text, entries[-1].page)
    else:
        entries.append(Entry(text, page))


def _is_numbered(text: str) -> bool:
    return any((read_numbering(text), _BEFORE_YEAR.match(text), _FORM.match(text)))


def _is_listing(page: Page) -> bool:
    lines = [line.text.strip() for line in page.lines if len(line.text.strip()) > 2]
    numbered = sum(map(_is_numbered, lines))
    return not page.grids and bool(lines) and numbered * 3 >= len(lines) * 2 and max(map(len, lines)) < _LONGEST


def _tables(document: DocumentView, entries: Sequence[Entry]) -> Iterator[Check]:
    titles = {bare_title(t.title): t for t in document.extract.tables if t.title}
    printed = _printed(document, entries)
    found = [e for e in entries if e.bare in titles]
    if not found and document.extract.document.identity.volume is not Volume.WHOLE:
        return
    taken = {e.bare for e in found}
    for entry in entries:
        left = text_side(entry.text, entry.page)
        if entry.bare in titles:
            table = titles[entry.bare]
            right = text_side(table.title, table.pages[0])
            yield Check(MISSING, Outcome.HELD, left, right, None, f"{entry.text}: listed, and there", table.id)
            continue
        near = [t for key, t in titles.items() if key not in taken and _resembles(entry.bare, key)]
        if near:
            right = text_side(near[0].title, near[0].pages[0])
            text = f"contents: {entry.text}; title: {near[0].title}"
            yield Check(WORDING, Outcome.BROKEN, left, right, None, text, near[0].id, _cut_title(entry, near[:1]))
        elif found and entry.bare not in printed and not _is_in_two(entry.bare, printed):
            text = f"{entry.text}: listed in the contents, no such table in the file"
            doubt = "most tables of the contents were not found" if len(found) * 2 < len(entries) else None
            doubt = doubt or _cut_title(entry, document.extract.tables)
            yield Check(MISSING, Outcome.BROKEN, left, text_side("", None), None, text, doubt=doubt)


def _cut_title(entry: Entry, tables: Sequence[Table]) -> str | None:
    """A doubt where a table's title is a mere piece of the entry and names no table: it was read in part."""
    bare = [bare_title(t.title) for t in tables if t.title and not t.title.strip().endswith("表")]
    return "a title may have been read in part" if any(b and b in entry.bare for b in bare) else None


def _headings(document: DocumentView, entries: Sequence[Entry]) -> Iterator[Check]:
    """Headings that read otherwise than the entry of the same number between the same neighbours."""
    headings = [p for p in document.extract.passages if p.kind is PassageKind.HEADING]
    known = {bare_title(h.text) for h in headings}
    missing = [e for e in entries if e.bare not in known and _is_section(e)]
    for entry in missing:
        number = read_numbering(entry.text)
        near = [
            h
            for h in headings
            if bare_title(h.text) not in {e.bare for e in entries}
            and number is not None
            and compact(h.text)[: number.end] == compact(entry.text)[: number.end]
            and _resembles(entry.bare, bare_title(h.text))
        ]
        if len(near) == 1:
            left, right = text_side(entry.text, entry.page), text_side(near[0].text, near[0].page)
            text = f"contents: {entry.text}; heading: {near[0].text}"
            yield Check(WORDING, Outcome.BROKEN, left, right, None, text)


def _is_section(entry: Entry) -> bool:
    """Whether an entry is a numbered section; the parts above them are often announced in other words."""
    number = read_numbering(entry.text)
    return number is not None and number.rank > PART_RANK


def _printed(document: DocumentView, entries: Sequence[Entry]) -> set[str]:
    """Every line and cell behind the list of contents, as titles are compared: a title may stand over no table."""
    last = max((e.page for e in entries), default=0)
    pages = [page for page in document.pages if page.number > last]
    texts = [line.text for page in pages for line in page.lines]
    texts += [cell.text for page in pages for grid in page.grids for cell in grid.cells]
    return {bare_title(text) for text in texts}


def _is_in_two(title: str, printed: set[str]) -> bool:
    """Whether a title is printed in two pieces, as where a grid was taken to begin in the middle of it."""
    return any(
        title[:at] in printed and title[at:] in printed for at in range(_LEAST_PIECE, len(title) - _LEAST_PIECE + 1)
    )


def _resembles(one: str, other: str) -> bool:
    """Whether two titles are the same but for a third of the longer one, or one holds the other."""
    longer, shorter = max(len(one), len(other)), min(len(one), len(other))
    if shorter < 3 or shorter * 2 < longer:
        return False
    limit = max(1, longer // 3)
    return one in other or other in one or edits(one, other, limit) <= limit
