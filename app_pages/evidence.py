"""Evidence: the cited pages with their cells boxed, the row as text, the PDF at this page, a reference to copy."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app_pages.shell import Shell, closeup_picture, document_name, page_picture
from ingest.errors import BudgetQAError
from qa.answer import Citation
from qa.page_image import VERMILION
from qa.webapp.closeup import close_up
from qa.webapp.pageview import PAGE_DPI, ZOOMED_DPI, Picture
from qa.webapp.places import CitedPage, Place, cited_pages, row_fields
from qa.webapp.reasons import told
from qa.webapp.safe import plain

MOST_ROWS = 8
FIT, LARGE = "fit", "large"
ENLARGED = 220  # per cent of the room for a picture, as in the style


def show_evidence(shell: Shell, citations: Sequence[Citation], key: str, rows: int = MOST_ROWS) -> None:
    """One cited page at a time, with everything to check it by.

    `key` keeps the choice of page for these citations; at most `rows` of a page's are set out as text.
    """
    words = shell.words
    if not citations:
        st.caption(words("evidence.none"))
        return
    try:
        pages = cited_pages([shell.place(citation) for citation in citations])
        chosen = _choose_page(shell, pages, key)
        _show_page(shell, chosen, pages, key, rows)
    except BudgetQAError as error:
        st.warning(plain(words("error.page", told(str(error), words.language))))


def _choose_page(shell: Shell, pages: Sequence[CitedPage], key: str) -> CitedPage:
    if len(pages) == 1:
        return pages[0]
    several = len({page.document for page in pages}) > 1
    labels = [_page_label(shell, page, several) for page in pages]
    index = st.segmented_control(
        shell.words("evidence.choose"), range(len(pages)), default=0, required=True, key=f"page-{key}",
        format_func=lambda i: plain(labels[i]), label_visibility="collapsed",
    )  # fmt: skip
    return pages[index or 0]


def _page_label(shell: Shell, page: CitedPage, several: bool) -> str:
    """A page by its number, its document's year where there are several, and what it is cited for."""
    label = shell.words("evidence.page", page.page)
    if several:
        label = f"{label} · {shell.document(page.document).identity.year or page.document[:4]}"
    return label if page.places else f"{label} · {shell.words('evidence.heading')}"


def _show_page(shell: Shell, page: CitedPage, pages: Sequence[CitedPage], key: str, rows: int) -> None:
    words = shell.words
    document = shell.document(page.document)
    st.markdown(f"**{plain(document_name(document, words))}**")
    st.caption(plain(f"{document.file} · {words('evidence.page', page.page)}"))
    if not page.places:
        st.caption(words("evidence.header"))
    file = shell.original(page.document)
    if file is not None:
        _pictures(shell, page, pages, key)
    elif document.reader == "text":
        st.caption(words("evidence.textfile"))
    else:
        st.info(words("evidence.nofile"))
    for place in page.places[:rows]:
        _show_place(shell, place)
    if len(page.places) > rows > 1:
        st.caption(words("evidence.more", len(page.places) - rows))


def _pictures(shell: Shell, page: CitedPage, pages: Sequence[CitedPage], key: str) -> None:
    words = shell.words
    file = shell.original(page.document)
    if file is None:
        return
    alt = words("evidence.image", shell.document(page.document).file, page.page)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        zoom = st.segmented_control(
            words("evidence.zoom"), (FIT, LARGE), default=FIT, required=True, key=f"zoom-{key}",
            format_func=lambda z: words(f"evidence.zoom.{z}"), label_visibility="collapsed",
        )  # fmt: skip
        _open_pdf(shell, page, key)
    closeup = close_up(page) if zoom == FIT else None
    with st.spinner(words("evidence.drawing")):
        if closeup is not None:
            marks = {other.page: other.marks for other in pages if other.document == page.document}
            near = closeup_picture(file, closeup, marks)
        picture = page_picture(file, page.page, page.marks, ZOOMED_DPI if zoom == LARGE else PAGE_DPI)
    if page.marks:
        st.caption(words("evidence.legend"))
    if closeup is not None:
        with st.container(key=f"closeup-{key}"):
            st.image(near, width="content", output_format="PNG", alt=words("evidence.strip"))
    with st.container(key=f"picture-{zoom}-{key}", border=True):
        if zoom == LARGE:
            _begin_at(picture, page)
        st.image(picture.png, width="stretch", output_format="PNG", alt=alt)


def _begin_at(picture: Picture, page: CitedPage) -> None:
    """Let the enlarged page begin where its first cited cell stands, in browsers that know how, by numbers alone."""
    cited = next((mark.box for mark in page.marks if mark.colour == VERMILION), None)
    if cited is None:
        return
    shares = zip(picture.place(cited), (60, 20), strict=True)  # with so much of the page before it
    left, top = (max(0.0, share * ENLARGED - before) for share, before in shares)
    st.html(
        f'<div style="position:absolute;left:{left:.1f}%;top:0;margin-top:{top:.1f}%;width:1px;height:1px;'
        'scroll-initial-target:nearest"></div>'
    )


def _open_pdf(shell: Shell, page: CitedPage, key: str) -> None:
    """A link to the kept file, served by streamlit like any medium of the page, that opens at the cited page."""
    file = shell.original(page.document)
    if file is not None:
        from streamlit.runtime import get_instance

        address = get_instance().media_file_mgr.add(str(file), "application/pdf", f"pdf-{key}-{page.document}")
        st.link_button(
            shell.words("evidence.open"), f"{address}#page={page.page}", icon=":material/picture_as_pdf:",
            type="tertiary",
        )  # fmt: skip


def _show_place(shell: Shell, place: Place) -> None:
    words = shell.words
    fields = row_fields(place)
    if fields:
        st.markdown(f"**{plain(place.table_title or '')}**")
        st.table(
            {
                words("evidence.field"): [_emphasised(field.heading, field.cited) for field in fields],
                words("evidence.printed"): [_emphasised(field.text, field.cited) for field in fields],
            },
            hide_index=True,
        )
    elif place.citation.section is not None or place.row is None:
        st.text(place.citation.text)
    st.caption(words("evidence.reference"))
    st.code(shell.reference(place.citation), language=None, wrap_lines=True)


def _emphasised(text: str, cited: bool) -> str:
    """The text of a cell of the row as Markdown that means nothing else; the cited one is bold."""
    shown = plain(text)
    return f"**{shown}**" if cited and shown else shown
