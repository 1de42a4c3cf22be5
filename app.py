"""The app: navigation, language, and what to do when the corpus cannot be opened. The pages are in `app_pages`.

Widgets only; `qa` does the work. Text of documents and questions is shown as text and never as Markdown or HTML.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app_pages.ask import ask_page
from app_pages.audit import audit_page
from app_pages.documents import documents_page, upload_form
from app_pages.explore import explore_page
from app_pages.shell import Shell, open_shell
from app_pages.style import apply_style
from ingest.errors import BudgetQAError, EmptyCorpus
from qa.question import Language
from qa.webapp.address import LANGUAGE
from qa.webapp.reasons import told
from qa.webapp.safe import plain
from qa.webapp.settings import Settings, settings_from_environment
from qa.webapp.wording import Wording, language_of

_NAMES = {Language.ZH: "中文", Language.EN: "English"}


def main() -> None:
    """The whole app, run anew by streamlit at every interaction."""
    # Browsers draw an emoji themselves; a Material icon of the page would be fetched from another host.
    st.set_page_config(page_title="budgetqa", page_icon="🧾", layout="wide")
    # Streamlit folds its navigation away on narrow screens, behind a button that says nothing; ours is shown then.
    narrow = st.container(horizontal=True, key="narrow-nav", gap="small")
    words = Wording(_language())
    apply_style(words)
    try:
        settings = settings_from_environment()
    except BudgetQAError as error:
        st.error(plain(words("error.page", told(str(error), words.language))))
        return
    _navigation(settings, words, narrow).run()


def _language() -> Language:
    """The language chosen, else the address's, else the browser's."""
    asked = st.query_params.get(LANGUAGE)
    default = Language(asked) if asked in set(Language) else language_of(st.context.locale)
    with st.container(horizontal=True, horizontal_alignment="right", key="language-row"):
        chosen = st.segmented_control(
            "语言 / Language", list(Language), default=default, required=True, key="language",
            format_func=lambda language: _NAMES[language], label_visibility="collapsed",
        )  # fmt: skip
    return Language(chosen or default)


def _navigation(settings: Settings, words: Wording, narrow: DeltaGenerator) -> st.Page:
    pages: tuple[tuple[str, str, Callable[[Shell], None]], ...] = (
        ("ask", ":material/chat:", ask_page),
        ("explore", ":material/table_view:", explore_page),
        ("documents", ":material/folder_open:", documents_page),
        ("verify", ":material/fact_check:", verify_page),
        ("audit", ":material/rule:", audit_page),
    )
    made: dict[str, st.Page] = {}

    def body(name: str, show: Callable[[Shell], None]) -> Callable[[], None]:
        return lambda: _run(settings, words, name, show, made["documents"])

    for name, icon, show in pages:
        made[name] = st.Page(
            body(name, show), title=words(f"nav.{name}"), icon=icon, url_path=name, default=name == "ask"
        )
    for name, page in made.items():
        narrow.page_link(page, label=words(f"nav.{name}"))
    return st.navigation(list(made.values()), position="top")


def verify_page(shell: Shell) -> None:
    """The page that checks a text; its libraries are loaded when it is first opened."""
    from app_pages import verify

    verify.verify_page(shell)


def _run(settings: Settings, words: Wording, name: str, show: Callable[[Shell], None], documents: st.Page) -> None:
    """One page; errors in a sentence with a way on."""
    st.title(words("title") if name == "ask" else words(f"nav.{name}"), anchor=False)
    try:
        shell = open_shell(settings, words)
        if not shell.documents and name != "documents":
            raise EmptyCorpus("")
        show(shell)
    except EmptyCorpus:
        _empty(settings, words, name, documents)
    except BudgetQAError as error:
        st.error(plain(words("error.page", told(str(error), words.language))), icon=":material/error:")
        st.button(words("error.retry"), icon=":material/refresh:")


def _empty(settings: Settings, words: Wording, name: str, documents: st.Page) -> None:
    st.subheader(words("empty.title"), anchor=False)
    told_how = "here" if name == "documents" else "text"
    st.info(plain(words(f"empty.{told_how}" if settings.uploads else "empty.closed")), icon=":material/folder_open:")
    if name == "documents":
        upload_form(settings, words)
    elif settings.uploads:
        st.page_link(documents, label=words("empty.go"), icon=":material/upload_file:")


main()
