"""Audit: the document's own arithmetic, each check with the cells of both sides on their pages."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app_pages.evidence import show_evidence
from app_pages.shell import Shell, choose_document
from ingest.records import Document, Outcome
from qa.audit import Audit, AuditedCheck, audit_document
from qa.audit.report import html_lines
from qa.audit.words import doubt, kind_name, message
from qa.webapp.figures import figure
from qa.webapp.safe import plain

_OUTCOMES = ("broken", "doubtful", "rounding", "held", "not_applicable")
_MOST_ROWS = 2000


def audit_page(shell: Shell) -> None:
    """Choose a document, see what holds and what does not."""
    st.markdown(shell.words("audit.intro"))
    document = choose_document(shell, shell.words("explore.document"), "audit-document")
    found = show_checks(shell, document, f"audit-{document.id}")
    st.download_button(
        shell.words("audit.report"), lambda: "\n".join(html_lines([found], True, shell.words.language)).encode(),
        "audit.html", "text/html", icon=":material/download:", on_click="ignore",
    )  # fmt: skip


def show_checks(shell: Shell, document: Document, key: str) -> Audit:
    """The checks of one document by outcome; the selected one's cells beside the list."""
    words = shell.words
    with st.spinner(words("audit.working")):
        found = _audit(shell.settings.store.as_posix(), shell.version, document.id, shell)
    by_outcome = {name: _of(found, name) for name in _OUTCOMES}
    outcome = st.segmented_control(
        words("audit.outcome"), _OUTCOMES, default=next((n for n in _OUTCOMES if by_outcome[n]), "held"), required=True,
        key=f"outcome-{key}", format_func=lambda n: f"{words(f'audit.{n}')} {len(by_outcome[n])}",
        label_visibility="collapsed",
    )  # fmt: skip
    checks = by_outcome[outcome or "broken"][:_MOST_ROWS]
    if not checks:
        st.caption(words("audit.none"))
        return found
    _show_list(shell, checks, f"{key}-{outcome}")
    return found


def _show_list(shell: Shell, checks: Sequence[AuditedCheck], key: str) -> None:
    """The list across the page until one is selected, then its evidence beside it."""
    words = shell.words
    listed = f"checks-{key}"
    state = st.session_state.get(listed)
    left, right = st.columns([10, 11] if state and state["selection"]["rows"] else [100, 1], gap="large")
    with left:
        chosen = _list(shell, checks, listed)
    if chosen is not None:
        with right, st.container(key="evidence"):
            st.markdown(plain(message(chosen, words.language)))
            doubted = doubt(chosen.check, words.language)
            if doubted:
                st.caption(plain(doubted))
            cells = (*chosen.left.citations, *chosen.right.citations)
            show_evidence(shell, cells, f"{key}-{checks.index(chosen)}")


@st.cache_resource(show_spinner=False, max_entries=16)
def _audit(store: str, version: str, document: str, _shell: Shell) -> Audit:
    return audit_document(_shell.corpus, _shell.document(document))


def _of(found: Audit, name: str) -> tuple[AuditedCheck, ...]:
    if name == "doubtful":
        return tuple(c for c in found.checks if c.check.doubt is not None)
    return found.of(Outcome(name))


def _list(shell: Shell, checks: Sequence[AuditedCheck], key: str) -> AuditedCheck | None:
    words = shell.words
    st.caption(words("audit.hint"))
    columns: dict[str, list[object]] = {
        words("audit.page"): [check.page for check in checks],
        words("audit.message"): [message(check, words.language) for check in checks],
    }
    if any(check.check.difference for check in checks):
        columns[words("audit.difference")] = [
            "" if c.check.difference is None else figure(f"{c.check.difference:f}", None) for c in checks
        ]
    columns[words("audit.kind")] = [kind_name(check.check.kind, words.language) for check in checks]
    event = st.dataframe(
        columns, hide_index=True, on_select="rerun", selection_mode="single-row", key=key,
        column_config={
            words("audit.page"): st.column_config.NumberColumn(width="small"),
            words("audit.message"): st.column_config.TextColumn(width="large"),
            words("audit.difference"): st.column_config.TextColumn(alignment="right"),
        },
    )  # fmt: skip
    rows = event.selection.rows
    return checks[rows[0]] if rows and rows[0] < len(checks) else None
