"""What all pages share: the opened corpus, the words of the interface, pictures of pages. Nothing of a session."""

from __future__ import annotations

import atexit
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import streamlit as st

from ingest.originals import find_original
from ingest.records import Document
from ingest.store import SqlCorpus
from qa.answer import Citation
from qa.commands.ask import make_engine
from qa.engine import Engine
from qa.opening import open_configured
from qa.page_image import Mark
from qa.question import Language
from qa.webapp.closeup import Closeup, draw
from qa.webapp.pageview import PAGE_DPI, Picture, Renderer
from qa.webapp.places import Place, Sheets, place_citation, read_sheets
from qa.webapp.reference import reference
from qa.webapp.safe import plain
from qa.webapp.settings import Settings
from qa.webapp.suggest import newest_of_each, suggestions
from qa.webapp.uploads import UploadQueue
from qa.webapp.wording import Wording

WARM_UP = "总支出"


@dataclass(frozen=True, slots=True)
class Shell:
    """The app as one run of a page sees it. `engine` and `corpus` are shared by all sessions."""

    settings: Settings
    words: Wording
    corpus: SqlCorpus
    engine: Engine
    version: str
    documents: tuple[Document, ...]

    def document(self, document: str) -> Document:
        """A document by id, file or title. Raises `NoSuchDocument`."""
        return next((d for d in self.documents if d.id == document), None) or self.corpus.find_document(document)

    def sheets(self, document: str) -> Sheets:
        """The tables of a document."""
        return _sheets(self.settings.store, self.version, document, self.corpus)

    def place(self, citation: Citation) -> Place:
        """A citation with its table, row and column."""
        return place_citation(citation, self.sheets)

    def reference(self, citation: Citation) -> str:
        """A citation as one line for people."""
        return reference(self.place(citation), self.document(citation.document), self.words.language)

    def original(self, document: str) -> Path | None:
        """The kept file of a document, where it is a PDF."""
        file = find_original(self.settings.store, self.document(document))
        return file if file is not None and file.suffix == ".pdf" else None

    def suggestions(self) -> tuple[str, ...]:
        """Questions to start with."""
        return _suggestions(self.settings.store, self.version, self.words.language, self.engine)


def open_shell(settings: Settings, words: Wording) -> Shell:
    """The shell over the corpus as it is now. Raises `EmptyCorpus`, `StoreError`."""
    corpus, engine = _opened(settings.store, words("ask.opening"))
    return Shell(settings, words, corpus, engine, corpus.version(), corpus.documents())


def _opened(store: Path, message: str) -> tuple[SqlCorpus, Engine]:
    with st.spinner(message, show_time=False):
        return _open(store)


@st.cache_resource(show_spinner=False)
def _open(store: Path) -> tuple[SqlCorpus, Engine]:
    corpus = open_configured(store)
    engine = make_engine(corpus, store)
    if corpus.documents():
        _warm(engine, store)
    return corpus, engine


def _warm(engine: Engine, store: Path) -> None:
    """Do once what everybody's questions need, so that nobody's first one waits: lexicons, indexes, libraries."""
    import pandas  # noqa: F401
    import PIL.Image
    import pypdfium2  # noqa: F401

    PIL.Image.init()
    answer = engine.ask(WARM_UP)
    for citation in answer.citations[:1]:
        place_citation(citation, lambda document: read_sheets(engine.corpus, document))


@st.cache_resource(show_spinner=False, max_entries=64)
def _sheets(store: Path, version: str, document: str, _corpus: SqlCorpus) -> Sheets:
    return read_sheets(_corpus, document)


@st.cache_data(show_spinner=False, max_entries=16)
def _suggestions(store: Path, version: str, language: Language, _engine: Engine) -> tuple[str, ...]:
    return suggestions(_engine, language)


@st.cache_resource(show_spinner=False)
def _renderer() -> Renderer:
    return Renderer(Lock())


# Streamlit's own way of telling values apart looks into every box of every mark, which costs as much as the answer.
_TOLD_APART: dict[str | type[Any], Callable[[Any], Any]] = {Mark: repr, Closeup: repr}


@st.cache_data(show_spinner=False, max_entries=200, hash_funcs=_TOLD_APART)
def page_picture(file: Path, page: int, marks: Sequence[Mark], most_dpi: int) -> Picture:
    """A page of a kept file with its marks. Raises `UnreadableDocument`."""
    renderer = _renderer()
    dpi = renderer.dpi(file, page, most_dpi)
    return Picture(renderer.page(file, page, marks, dpi), renderer.offset(file, page), dpi)


@st.cache_data(show_spinner=False, max_entries=200, hash_funcs=_TOLD_APART)
def closeup_picture(file: Path, closeup: Closeup, marks: Mapping[int, Sequence[Mark]]) -> bytes:
    """The close-up of a file's cited cells, `marks` by page. Raises `UnreadableDocument`."""
    return draw(closeup, lambda page: page_picture(file, page, marks.get(page, ()), PAGE_DPI))


@st.cache_resource(show_spinner=False)
def upload_queue(settings: Settings) -> UploadQueue:
    """The uploads of all sessions; what is being read when the app ends is stopped."""
    queue = UploadQueue(settings)
    atexit.register(queue.close)
    return queue


def document_name(document: Document, words: Wording) -> str:
    """A document for a list: agency, year, phase."""
    who = document.identity
    parts = (who.agency or who.title, str(who.year or ""), words(f"phase.{who.phase}").strip())
    return " · ".join(part for part in parts if part)


def document_label(shell: Shell, document: str) -> str:
    """The same for a widget's options, with the file's name where two documents are called alike."""
    documents = shell.documents
    names = {d.id: document_name(d, shell.words) for d in documents}
    if document not in names:
        return document
    alike = [other for other, name in names.items() if name == names[document]]
    file = next(d.file for d in documents if d.id == document)
    return f"{names[document]} · {file}" if len(alike) > 1 else names[document]


def choose_document(shell: Shell, label: str, key: str, index: int = 0) -> Document:
    """A widget to choose one of the documents held."""
    ids = [d.id for d in newest_of_each(shell.documents, shell.words.language)]
    chosen = st.selectbox(
        plain(label), ids, index=min(index, len(ids) - 1), key=key, format_func=lambda i: document_label(shell, i)
    )
    return shell.document(chosen)
