"""Verify: a text's claims one by one, each with its verdict, its correction and the place that says so."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from app_pages.evidence import show_evidence
from app_pages.shell import Shell
from qa.link import linker_for
from qa.verify import report
from qa.verify.judge import Judge
from qa.verify.verdict import Checked, Judged, Verdict
from qa.webapp.safe import plain

JUDGED, SHOWN, MOST_CHARACTERS = "judged", "judged-shown", 50_000
# Told apart by their icon and their words as well as by colour.
_Look = tuple[Literal["blue", "gray", "orange"], str]
_LOOKS: dict[Verdict, _Look] = {
    Verdict.SUPPORTED: ("blue", ":material/check_circle:"),
    Verdict.ROUNDED: ("blue", ":material/check:"),
    Verdict.NOT_FOUND: ("gray", ":material/help:"),
    Verdict.NOT_CHECKABLE: ("gray", ":material/remove:"),
}
_WRONG: _Look = ("orange", ":material/error:")


def verify_page(shell: Shell) -> None:
    """Paste a text, read the verdicts, look at the places."""
    words = shell.words
    st.markdown(words("verify.intro"))
    with st.form("verify", enter_to_submit=False):
        text = st.text_area(
            words("verify.text"), height=160, max_chars=MOST_CHARACTERS, key="verify-text",
            placeholder=words("verify.example"),
        )  # fmt: skip
        pressed = st.form_submit_button(words("verify.run"), type="primary", icon=":material/fact_check:")
    if pressed and text.strip():
        with st.spinner(words("verify.working")):
            judge = Judge(shell.corpus, shell.engine, linker_for(shell.corpus))
            st.session_state[JUDGED] = judge.check(text)
        st.session_state.pop(SHOWN, None)
    checked: Checked | None = st.session_state.get(JUDGED)
    if checked is None:
        return
    if not checked.judged:
        st.info(words("verify.none"))
        return
    _show(shell, checked)


def _show(shell: Shell, checked: Checked) -> None:
    words, judged = shell.words, checked.judged
    if not checked.complete:
        st.warning(words("verify.partial", len(judged)), icon=":material/warning:")
    left, right = st.columns([10, 11], gap="large")
    with left:
        for number, one in enumerate(judged):
            with st.container(border=True):
                _claim(shell, one, number)
        st.download_button(
            words("verify.report"), lambda: report.to_html(judged).encode(), "verify.html", "text/html",
            icon=":material/download:", on_click="ignore",
        )  # fmt: skip
    shown = st.session_state.get(SHOWN, next((n for n, one in enumerate(judged) if one.citations), None))
    if shown is not None and shown < len(judged):
        with right, st.container(key="evidence"):
            st.markdown(_sentence(judged[shown]))
            show_evidence(shell, judged[shown].citations, f"verify-{shown}")


def _sentence(judged: Judged) -> str:
    """The claim's sentence as Markdown, its figure set off: one sentence may hold several claims."""
    claim = judged.claim
    start, end = (place - claim.span[0] for place in claim.figure_span)
    before, said, after = claim.text[:start], claim.text[start:end], claim.text[end:]
    if claim.figure is None or not said.strip():
        return plain(claim.text)
    left, right = (" " if edge.isspace() else "" for edge in (before[-1:], after[:1]))
    return f"{plain(before)}{left}:blue-background[{plain(said)}]{right}{plain(after)}"


def _claim(shell: Shell, judged: Judged, number: int) -> None:
    words = shell.words
    colour, icon = _LOOKS.get(judged.verdict, _WRONG)
    st.badge(words(f"verdict.{judged.verdict}"), icon=icon, color=colour)
    st.markdown(_sentence(judged))
    st.caption(plain(report.reason(judged)))
    correction = report.correction(judged)
    if correction:
        st.markdown(plain(words("verify.correction", correction)))
    if judged.citations:
        st.button(
            words("verify.place"), key=f"verify-place-{number}", type="tertiary", icon=":material/find_in_page:",
            on_click=_look, args=(number,),
        )  # fmt: skip


def _look(number: int) -> None:
    st.session_state[SHOWN] = number
