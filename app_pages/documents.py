"""Documents: what is held and how its own arithmetic came out, reading new files, removing old ones."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from app_pages.audit import show_checks
from app_pages.shell import Shell, document_label, upload_queue
from ingest.errors import BudgetQAError
from ingest.originals import forget_original
from ingest.records import Document, Outcome
from qa.question import Language
from qa.webapp.reasons import told
from qa.webapp.safe import plain
from qa.webapp.settings import Settings
from qa.webapp.uploads import Progress, State, Upload
from qa.webapp.wording import Wording

UPLOADS, REMOVED = "uploads", "removed"
_ICONS = {
    State.STORED: ":material/check_circle:",
    State.HELD: ":material/content_copy:",
    State.FAILED: ":material/error:",
}


def documents_page(shell: Shell) -> None:
    """The page over a corpus that holds something or nothing yet."""
    upload_form(shell.settings, shell.words)
    removed = st.session_state.pop(REMOVED, None)
    if removed:
        st.toast(plain(shell.words("documents.removed", removed)))
    if shell.documents:
        _held(shell)


def upload_form(settings: Settings, words: Wording) -> None:
    """Choosing files and following how they are read; a sentence where uploads are switched off."""
    if not settings.uploads:
        st.caption(words("documents.closed"))
        return
    with st.form("upload", clear_on_submit=True):
        files = st.file_uploader(
            words("documents.upload", settings.max_megabytes, settings.max_pages), type=["pdf", "txt"],
            accept_multiple_files=True, max_upload_size=settings.max_megabytes, key="files",
        )  # fmt: skip
        if st.form_submit_button(words("documents.read"), type="primary", icon=":material/upload_file:"):
            queue = upload_queue(settings)
            mine: list[Upload] = st.session_state.setdefault(UPLOADS, [])
            mine.extend(queue.submit(file.name, file.getvalue()) for file in files or ())
    if st.session_state.get(UPLOADS):
        _follow(words)


def _follow(words: Wording) -> None:
    """How this session's uploads stand, looked at again every second while one is being read."""
    uploads: list[Upload] = st.session_state[UPLOADS]
    waiting = not all(upload.progress.ended for upload in uploads)

    @st.fragment(run_every=1.0 if waiting else None)
    def progress() -> None:
        now = [upload.progress for upload in uploads]
        for one in now:
            _show_progress(one, words)
        if waiting and all(one.ended for one in now):
            st.rerun()

    progress()
    if waiting:
        st.caption(words("documents.busy"))


def _show_progress(progress: Progress, words: Wording) -> None:
    name = progress.name
    if progress.state is State.FAILED:
        st.error(
            plain(words("documents.failed", told(progress.reason or name, words.language))), icon=_ICONS[State.FAILED]
        )
    elif progress.ended:
        st.success(plain(words(f"documents.{progress.state}", name)), icon=_ICONS[progress.state])
        if progress.reason:
            st.caption(plain(words("documents.index", progress.reason)))
    elif progress.state is State.WAITING:
        st.progress(0, plain(words("documents.waiting", name)))
    elif progress.of and progress.pages < progress.of:
        share = progress.pages * 100 // progress.of
        st.progress(share, plain(words("documents.reading_of", name, progress.pages, progress.of)))
    elif progress.of:
        st.progress(100, plain(words("documents.storing", name)))
    elif progress.pages:
        st.progress(50, plain(words("documents.reading", name, progress.pages)))
    else:
        st.progress(0, plain(words("documents.opening", name)))


def _held(shell: Shell) -> None:
    words, documents = shell.words, shell.documents
    rows = [_summary(shell.settings.store.as_posix(), shell.version, words.language, d.id, shell) for d in documents]
    st.caption(words("documents.hint", words("documents.hint.remove") if shell.settings.uploads else ""))
    columns = ("agency", "year", "phase", "pages", "tables", "held", "rounding", "broken", "doubtful", "file")
    event = st.dataframe(
        {words(f"documents.{column}"): [row[index] for row in rows] for index, column in enumerate(columns)},
        hide_index=True, on_select="rerun", selection_mode="single-row", key="held",
    )  # fmt: skip
    chosen = event.selection.rows
    if chosen and chosen[0] < len(documents):
        _one(shell, documents[chosen[0]])


@st.cache_data(show_spinner=False, max_entries=500)
def _summary(
    store: str, version: str, language: Language, document: str, _shell: Shell
) -> tuple[str | int | None, ...]:
    """One document's row of the list."""
    held = _shell.document(document)
    who = held.identity
    checks = [h.record for h in _shell.corpus.checks(document)]
    count = Counter("doubtful" if check.doubt else check.outcome.value for check in checks)
    outcomes = [count[o] for o in (Outcome.HELD, Outcome.ROUNDING, Outcome.BROKEN)]
    tables = len(_shell.sheets(document).tables)
    phase = _shell.words(f"phase.{who.phase}").strip()
    return (who.agency or who.title, who.year, phase, held.pages, tables, *outcomes, count["doubtful"], held.file)


def _one(shell: Shell, document: Document) -> None:
    words = shell.words
    st.subheader(plain(document_label(shell, document.id)), anchor=False)
    if document.problems:
        with st.expander(words("documents.problems"), icon=":material/warning:"):
            for problem in document.problems:
                st.text(words("documents.problem", problem.page or "?", problem.message))
    if shell.settings.uploads and st.button(words("documents.remove"), icon=":material/delete:", key="remove"):
        _confirm(shell, document)
    st.markdown(f"**{words('documents.checks')}**")
    show_checks(shell, document, f"held-{document.id}")


def _confirm(shell: Shell, document: Document) -> None:
    words = shell.words

    @st.dialog(words("documents.remove"))
    def ask() -> None:
        st.markdown(plain(words("documents.confirm", document_label(shell, document.id))))
        with st.container(horizontal=True):
            if st.button(words("documents.yes"), type="primary", key="remove-yes"):
                try:
                    shell.corpus.remove(document.id)
                    forget_original(shell.settings.store, document)
                except BudgetQAError as error:
                    st.error(plain(told(str(error), words.language)))
                    return
                st.session_state[REMOVED] = document.file
                st.rerun()
            if st.button(words("documents.no"), key="remove-no"):
                st.rerun()

    ask()
