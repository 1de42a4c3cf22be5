"""The page: take a question, show the answer, its citations, and the cited pages with their cells boxed.

Widgets only; `qa` does the work. Text of documents and questions is shown as text and never as Markdown or HTML.
"""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

import streamlit as st

from ingest.errors import BudgetQAError
from ingest.originals import find_original
from ingest.store import SqlCorpus
from qa.answer import Answer, Citation
from qa.cli import store_directory
from qa.commands.ask import make_engine, place
from qa.engine import Engine
from qa.opening import open_configured
from qa.page_image import page_image

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    """The text with everything escaped that Markdown would act on."""
    return _PUNCTUATION.sub(r"\\\1", " ".join(text.split()))


@st.cache_resource(show_spinner="正在打开语料库 / Opening the corpus")
def opened(store: Path) -> tuple[SqlCorpus, Engine]:
    """The corpus and its engine, shared by all sessions; they hold nothing of a session."""
    corpus = open_configured(store)
    return corpus, make_engine(corpus, store)


def show_answer(answer: Answer) -> None:
    """The sentence, the figure, how it was computed, and what else could be meant."""
    st.subheader(plain(answer.answer))
    for step in answer.steps:
        st.text(step)
    for note in answer.notes:
        st.caption(plain(note))
    if answer.items:
        st.table([{"": item.label, "值": item.value or "", "单位": item.unit or ""} for item in answer.items])
    if answer.alternatives:
        st.markdown("**其他理解 / Other readings**")
        for other in answer.alternatives:
            st.markdown(plain(f"{other.label}: {other.value} {other.unit or ''} ({place(other.citation)})"))


def show_evidence(corpus: SqlCorpus, store: Path, citations: tuple[Citation, ...]) -> None:
    """Each cited page once, with all of its cited cells boxed."""
    documents = {document.id: document for document in corpus.documents()}
    in_order = sorted(citations, key=lambda citation: (citation.document, citation.page))
    for (document, page), cited in groupby(in_order, key=lambda citation: (citation.document, citation.page)):
        cells = list(cited)
        for citation in cells:
            st.markdown(plain(place(citation)))
        file = find_original(store, documents[document])
        boxes = [citation.box for citation in cells if citation.box is not None]
        if file is not None and file.suffix == ".pdf":
            st.image(page_image(file, page, boxes), caption=plain(f"{documents[document].file}, {page}"))


def main() -> None:
    """The whole page, run anew by streamlit at every interaction."""
    st.set_page_config(page_title="budgetqa", layout="wide")
    st.title("预算问答 / Budget questions")
    store = store_directory(None)
    question = st.text_input("问题 / Question", value=st.query_params.get("q", ""), max_chars=2000)
    try:
        corpus, engine = opened(store)
        if question.strip():
            answer = engine.ask(question)
            left, right = st.columns(2)
            with left:
                show_answer(answer)
            with right:
                show_evidence(corpus, store, answer.citations)
        else:
            held = "、".join(document.identity.title for document in corpus.documents())
            st.caption(plain(f"现有文件 / Documents: {held}"))
    except BudgetQAError as error:
        st.error(plain(str(error)))


main()
