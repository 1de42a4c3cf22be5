"""Share and keep: an address, the conversation as a file, the answer as a picture."""

from __future__ import annotations

import streamlit as st

from app_pages.shell import Shell
from qa.answer import Answer
from qa.webapp import card, transcript
from qa.webapp.address import address
from qa.webapp.conversation import Conversation, Exchange
from qa.webapp.figures import headline
from qa.webapp.places import origin

_MOST_SOURCES = 3


def share_menu(shell: Shell, conversation: Conversation, exchange: Exchange, number: int) -> None:
    """A menu that makes each thing only when it is asked for."""
    words = shell.words
    with st.popover(words("share"), icon=":material/share:", type="tertiary"):
        st.caption(words("share.address"))
        base = st.context.url or ""
        st.code(address(base, exchange.chain, exchange.document, words.language), language=None, wrap_lines=True)
        st.download_button(
            words("share.markdown"), lambda: transcript.to_markdown(conversation, shell.reference, words).encode(),
            "budgetqa.md", "text/markdown", key=f"markdown-{number}", on_click="ignore", width="stretch",
        )  # fmt: skip
        st.download_button(
            words("share.html"), lambda: transcript.to_html(conversation, shell.reference, words).encode(),
            "budgetqa.html", "text/html", key=f"html-{number}", on_click="ignore", width="stretch",
        )  # fmt: skip
        answer = exchange.answer
        if answer is None or not answer.citations:
            return
        if not card.can_draw():
            st.caption(words("share.nofont"))
            return
        st.download_button(
            words("share.card"), lambda: card.draw(answer_card(shell, answer)), "budgetqa.png", "image/png",
            key=f"card-{number}", on_click="ignore", width="stretch",
        )  # fmt: skip


def answer_card(shell: Shell, answer: Answer) -> card.Card:
    """What the picture of an answer says."""
    place = shell.place(answer.citations[0])
    who = origin(place, shell.document(place.citation.document))
    phase = shell.words(f"phase.{who.phase}").strip()
    whose = " · ".join(part for part in (who.agency or "", str(who.year or ""), phase) if part)
    sources = tuple(shell.reference(citation) for citation in answer.citations[:_MOST_SOURCES])
    return card.Card(answer.question, headline(answer) or "", whose, answer.answer, sources, shell.words("share.made"))
