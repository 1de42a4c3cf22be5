"""The paragraphs of the documents, and the figures told in them, in the spelling in which words are compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.corpus import Corpus, FactHit, FactQuery
from ingest.records import Measure, Passage, PassageKind
from qa.keys import label_key

MOST_DOCUMENTS = 40  # whose paragraphs are kept; of a question over more no prose is looked at
MOST_LISTED = 30  # numbered lines under the sentence that opens a list
_OPENS_LIST = re.compile(r"[:：]\s*$")
_LISTED = re.compile(r"^\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)、.．])")
_CLAUSE = re.compile(r"[，。；、：（）,;:()!?！？\n]")
_OF_PROJECTS = "项目"
_MEASURES = (Measure.AMOUNT, Measure.QUANTITY)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with the lines it opens (`lines`), and its own heading.

    `beside` are the headings above, and in a chapter on a project the paragraph that introduces it.
    """

    document: str
    passages: tuple[Passage, ...]
    text: str
    lines: str
    heading: str
    beside: str

    @property
    def announces(self) -> bool:
        """Whether it only announces what stands elsewhere: it ends in a colon and no list follows."""
        return not self.lines and _OPENS_LIST.search(self.passages[0].text) is not None

    @property
    def opening(self) -> str:
        """Its text, without the lines it opens, under its own heading."""
        return f"{self.heading}\n{self.text}"

    @property
    def key(self) -> str:
        """All its text under its own heading."""
        return f"{self.opening}\n{self.lines}"

    @property
    def whole(self) -> str:
        """Text and all headings."""
        return f"{self.beside}\n{self.key}"


@dataclass(frozen=True, slots=True)
class ToldFigure:
    """A figure of a paragraph: `own` are its label and the clause it stands in, `above` what it is a part of.

    `around` is the paragraph with its headings; in a chapter on a project the whole chapter.
    """

    hit: FactHit
    own: str
    above: str
    around: str
    of_project: bool


class Shelf:
    """The prose of a corpus, read once for each document."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._paragraphs: dict[str, tuple[Paragraph, ...]] = {}
        self._figures: dict[str, tuple[ToldFigure, ...]] = {}

    def paragraphs(self, document: str) -> tuple[Paragraph, ...]:
        """The paragraphs of a document, in order; a sentence that opens a list with the lines of the list."""
        if document not in self._paragraphs:
            if len(self._paragraphs) >= MOST_DOCUMENTS:
                self._paragraphs.clear()
            passages = [h.record for h in self._corpus.passages(document)]
            self._paragraphs[document] = tuple(_paragraphs(document, passages))
        return self._paragraphs[document]

    def figures(self, document: str) -> tuple[ToldFigure, ...]:
        """The amounts and counts that a document's sentences tell, in order."""
        if document not in self._figures:
            if len(self._figures) >= MOST_DOCUMENTS:
                self._figures.clear()
            self._figures[document] = tuple(self._read_figures(document))
        return self._figures[document]

    def _read_figures(self, document: str) -> Iterator[ToldFigure]:
        around: dict[str, tuple[str, bool]] = {}
        ends: dict[str, int] = {}
        texts = {p.passages[0].id: p.passages[0] for p in self.paragraphs(document)}
        for hit in self._corpus.facts(FactQuery(documents=(document,), from_tables=False)):
            fact = hit.fact
            passage = texts.get(fact.passage or "")
            if passage is None or fact.value is None:
                continue
            at = passage.text.find(fact.text, ends.get(passage.id, 0))
            at = at if at >= 0 else passage.text.find(fact.text)
            clause = clause_at(passage.text, at, at + len(fact.text))
            ends[passage.id] = at + len(fact.text)
            if fact.measure not in _MEASURES:
                continue
            if passage.id not in around:
                around[passage.id] = self._around(document, passage)
            whole, of_project = around[passage.id]
            own, above = label_key(f"{fact.label}，{clause}"), "\n".join(label_key(p) for p in fact.row_path[:-1])
            yield ToldFigure(hit, own, above, whole, of_project)

    def _around(self, document: str, passage: Passage) -> tuple[str, bool]:
        """The words a figure of the passage stands among, and whether they describe one project."""
        chapter = passage.section[0] if passage.section else ""
        of_project = _OF_PROJECTS in chapter
        kin = [p for p in self.paragraphs(document) if p.passages[0].id == passage.id]
        if of_project:
            kin = [p for p in self.paragraphs(document) if p.passages[0].section[:1] == passage.section[:1]]
        return "\n".join(p.whole for p in kin), of_project


def _paragraphs(document: str, passages: list[Passage]) -> Iterator[Paragraph]:
    introduced: dict[str, str] = {}
    for at, passage in enumerate(passages):
        if passage.kind is PassageKind.HEADING:
            continue
        listed = _lines_of_list(passages, at) if _OPENS_LIST.search(passage.text) else []
        chapter = passage.section[0] if passage.section else ""
        project = introduced.setdefault(chapter, passage.text) if _OF_PROJECTS in chapter else ""
        lines = "\n".join(label_key(p.text) for p in listed)
        beside = "\n".join(label_key(text) for text in (*passage.section[:-1], project))
        heading = "".join(label_key(s) for s in passage.section[-1:])
        yield Paragraph(document, (passage, *listed), label_key(passage.text), lines, heading, beside)


def _lines_of_list(passages: list[Passage], at: int) -> list[Passage]:
    found: list[Passage] = []
    for passage in passages[at + 1 : at + 1 + MOST_LISTED]:
        heading = passage.kind is PassageKind.HEADING or passage.section != passages[at].section
        if heading or not _LISTED.match(passage.text):
            break
        found.append(passage)
    return found


def clause_at(text: str, start: int, end: int) -> str:
    """The words between the clause marks round a figure; a mark inside a number is none."""
    before = max((m.end() for m in _CLAUSE.finditer(text, 0, start) if not _in_number(text, m.start())), default=0)
    after = next((m.start() for m in _CLAUSE.finditer(text, end)), len(text))
    return text[before:after]


def _in_number(text: str, at: int) -> bool:
    return text[at] == "," and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()
