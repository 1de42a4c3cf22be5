"""Ask: a conversation on the left, the evidence of one of its answers on the right."""

from __future__ import annotations

import streamlit as st

from app_pages.evidence import show_evidence
from app_pages.sharing import share_menu
from app_pages.shell import Shell, document_label
from ingest.errors import NoSuchDocument
from qa.answer import Alternative, Answer, Citation
from qa.engine import MOST_CHARACTERS
from qa.result import Status
from qa.webapp.address import DOCUMENT, QUESTION, read_request
from qa.webapp.conversation import Conversation, Exchange, ask, choose_reading
from qa.webapp.figures import figure, headline, in_base_unit, shown_unit
from qa.webapp.places import origin
from qa.webapp.reasons import told
from qa.webapp.safe import plain

CONVERSATION, PENDING, CHOSEN, SELECTED, SCOPE, OPENED = (
    "conversation", "pending", "chosen", "selected", "scope", "opened",
)  # fmt: skip
ALL = ""  # documents


def ask_page(shell: Shell) -> None:
    """The page, run anew at every interaction."""
    with st.container(key="asking"):  # inline, so that a new answer begins where the reader looks
        typed = st.chat_input(shell.words("ask.placeholder"), max_chars=MOST_CHARACTERS, key="question")
        document = _scope(shell)
    _reopen(shell)
    question = typed or st.session_state.pop(PENDING, None)
    if question:
        _ask(shell, question, document)
    chosen = st.session_state.pop(CHOSEN, None)
    if chosen is not None:
        _set(choose_reading(shell.engine, conversation(), *chosen))
    if conversation().exchanges:
        _two_sides(shell)
    else:
        _first_sight(shell)


def conversation() -> Conversation:
    """This session's conversation."""
    held = st.session_state.get(CONVERSATION)
    return held if isinstance(held, Conversation) else Conversation()


def _set(new: Conversation) -> None:
    st.session_state[CONVERSATION] = new
    _select(len(new.exchanges) - 1)


def _ask(shell: Shell, question: str, document: str | None) -> None:
    with st.spinner(shell.words("ask.thinking")):
        _set(ask(shell.engine, conversation(), question.strip(), document))


def _reopen(shell: Shell) -> None:
    """Ask what the address asks, once for each session."""
    if st.session_state.get(OPENED):
        return
    st.session_state[OPENED] = True
    request = read_request(st.query_params.get_all(QUESTION), st.query_params.get(DOCUMENT))
    for question in request.questions:
        _ask(shell, question, _held(shell, request.document))


def _held(shell: Shell, document: str | None) -> str | None:
    try:
        return shell.document(document).id if document else None
    except NoSuchDocument:
        return None


def _scope(shell: Shell) -> str | None:
    """The one document to ask, chosen beneath the question; None for all."""
    words = shell.words
    # Not None: streamlit offers to clear a choice that is None, to another nothing.
    chosen = st.selectbox(
        words("ask.scope"), [ALL, *(d.id for d in shell.documents)], key=SCOPE, label_visibility="collapsed", width=420,
        format_func=lambda i: words("ask.all") if i == ALL else document_label(shell, i),
    )  # fmt: skip
    return chosen or None


def _forget() -> None:
    st.session_state.pop(CONVERSATION, None)
    st.session_state.pop(SELECTED, None)
    st.query_params.clear()


def _first_sight(shell: Shell) -> None:
    words = shell.words
    st.markdown(words("ask.intro"))
    with st.spinner(words("ask.opening")):
        questions = shell.suggestions()
    if questions:
        st.markdown(f"**{words('ask.first')}**")
    columns = st.columns(2, gap="small")
    for number, question in enumerate(questions):
        with columns[number % 2], st.container(key=f"sentence-first-{number}"):
            st.button(plain(question), key=f"first-{number}", on_click=_pend, args=(question,), width="stretch")


def _pend(question: str) -> None:
    st.session_state[PENDING] = question


def _two_sides(shell: Shell) -> None:
    """The selected exchange with its evidence beside it; the others of the conversation below, newest first."""
    exchanges = conversation().exchanges
    selected = min(st.session_state.get(SELECTED, len(exchanges) - 1), len(exchanges) - 1)
    exchange = exchanges[selected]
    left, right = st.columns([10, 11], gap="large")
    with left:
        _show_question(exchange)
        with st.chat_message("assistant", avatar=":material/request_quote:"):
            focus = _show_whole(shell, exchange, selected)
    if exchange.answer is not None and exchange.answer.citations:
        with right, st.container(key="evidence"):
            st.subheader(shell.words("evidence.title"), anchor=False)
            cited = exchange.answer.citations if focus is None else (focus,)
            item = "" if focus is None else f"-{exchange.answer.citations.index(focus)}"
            show_evidence(shell, cited, f"{selected}{item}")
    if len(exchanges) > 1:
        st.divider()
        st.markdown(f"**{shell.words('ask.earlier')}**")
    for number in reversed([n for n in range(len(exchanges)) if n != selected]):
        _show_question(exchanges[number])
        with st.chat_message("assistant", avatar=":material/request_quote:"):
            _show_short(shell, exchanges[number], number)


def _show_question(exchange: Exchange) -> None:
    with st.chat_message("user", avatar=":material/person:"):
        st.text(exchange.question)


def _show_short(shell: Shell, exchange: Exchange, number: int) -> None:
    if exchange.answer is None:
        st.caption(plain(_problem(shell, exchange)))
        return
    st.markdown(plain(exchange.answer.answer))
    if exchange.answer.citations:
        st.button(
            shell.words("ask.show"), key=f"select-{number}", on_click=_select, args=(number,), type="tertiary",
            icon=":material/find_in_page:",
        )  # fmt: skip


def _problem(shell: Shell, exchange: Exchange) -> str:
    return shell.words("ask.error", told(exchange.problem or "", shell.words.language))


def _select(number: int) -> None:
    """Show one exchange with its evidence; the page's address reopens it."""
    st.session_state[SELECTED] = number
    exchange = conversation().exchanges[number]
    st.query_params[QUESTION] = list(exchange.chain)
    if exchange.document:
        st.query_params[DOCUMENT] = exchange.document
    elif DOCUMENT in st.query_params:
        del st.query_params[DOCUMENT]


def _show_whole(shell: Shell, exchange: Exchange, number: int) -> Citation | None:
    """The answer in full; the citation of the item that was selected in it, if any."""
    words, answer = shell.words, exchange.answer
    if answer is None:
        st.warning(plain(_problem(shell, exchange)), icon=":material/error:")
        _offers(shell, number)
        return None
    _headline(shell, answer)
    if answer.steps:
        st.caption(words("ask.steps"))
        for step in answer.steps:
            st.text(step)
    focus = _items(shell, answer, number)
    for note in answer.notes:
        st.caption(f":material/info: {plain(note)}")
    _others(shell, exchange, number)
    if answer.status is Status.ABSTAINED:
        _offers(shell, number)
    with st.container(horizontal=True):
        share_menu(shell, conversation(), exchange, number)
        st.button(words("ask.new"), key="new", icon=":material/add_comment:", on_click=_forget, type="tertiary")
    return focus


def _headline(shell: Shell, answer: Answer) -> None:
    words = shell.words
    if answer.status is Status.ABSTAINED:
        st.warning(f"**{words('status.abstained')}** — {plain(answer.answer)}", icon=":material/search_off:")
        return
    if answer.status is Status.DECLARED_NONE:
        st.badge(words("status.declared_none"), icon=":material/block:", color="blue")
    if answer.status is Status.AMBIGUOUS:
        st.badge(words("status.ambiguous"), icon=":material/call_split:", color="orange")
    whose = whose_figure(shell, answer)
    if whose:
        st.caption(plain(whose))
    large = headline(answer)
    if large is not None:
        st.header(plain(large), anchor=False)
        other = in_base_unit(answer)
        if other is not None:
            st.caption(plain(words("ask.equals", other)))
    st.markdown(plain(answer.answer))


def whose_figure(shell: Shell, answer: Answer) -> str:
    """Agency, year and phase of the cited figures, each combination once."""
    found = []
    for citation in answer.citations:
        place = shell.place(citation)
        who = origin(place, shell.document(citation.document))
        phase = shell.words(f"phase.{who.phase}").strip()
        found.append(" · ".join(part for part in (who.agency or "", str(who.year or ""), phase) if part))
    distinct = list(dict.fromkeys(found))
    return "；".join(distinct[:3]) + ("…" if len(distinct) > 3 else "")


def _items(shell: Shell, answer: Answer, number: int) -> Citation | None:
    words = shell.words
    if not answer.items:
        return None
    st.caption(words("ask.list.hint"))
    event = st.dataframe(
        {
            words("ask.list.label"): [item.label for item in answer.items],
            words("ask.list.value"): [figure(i.value, None) if i.value is not None else "" for i in answer.items],
            words("ask.list.unit"): [shown_unit(item.unit, answer.language) or "" for item in answer.items],
            words("ask.list.page"): [answer.citations[item.citation].page for item in answer.items],
        },
        hide_index=True, on_select="rerun", selection_mode="single-row", key=f"items-{number}",
        column_config={words("ask.list.value"): st.column_config.TextColumn(alignment="right")},
    )  # fmt: skip
    rows = event.selection.rows
    return answer.citations[answer.items[rows[0]].citation] if rows and rows[0] < len(answer.items) else None


def _others(shell: Shell, exchange: Exchange, number: int) -> None:
    answer = exchange.answer
    if answer is None or not answer.alternatives:
        return
    st.caption(shell.words("ask.others"))
    agency = shell.document(answer.citations[0].document).identity.agency if answer.citations else None
    with st.container(key=f"sentence-others-{number}"):
        for index, other in enumerate(answer.alternatives):
            name = plain(f"{_without(other.label, agency)}")
            amount = plain(figure(other.value, shown_unit(other.unit, answer.language)))
            where = f"{other.citation.table or ''} {shell.words('evidence.page', other.citation.page)}".strip()
            st.button(
                f"{name}  **{amount}**  \n:small[{plain(where)}]", key=f"other-{number}-{index}",
                on_click=_choose, args=(exchange, other), width="stretch",
            )  # fmt: skip


def _without(label: str, agency: str | None) -> str:
    """A reading's name without the agency that all of the answer is about."""
    return label.removeprefix(f"{agency} ") if agency else label


def _choose(exchange: Exchange, other: Alternative) -> None:
    st.session_state[CHOSEN] = (exchange, other)


def _offers(shell: Shell, number: int) -> None:
    """Questions that do have an answer, beside one that has none."""
    questions = shell.suggestions()[:3]
    if questions:
        st.caption(shell.words("ask.try"))
    with st.container(key=f"sentence-offers-{number}"):
        for index, question in enumerate(questions):
            st.button(plain(question), key=f"offer-{number}-{index}", on_click=_pend, args=(question,), width="stretch")
