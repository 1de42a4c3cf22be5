"""A conversation with its sources, as Markdown and as a page of its own. Texts of documents stay text in both."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator

from qa.answer import Answer, Citation
from qa.question import Language
from qa.webapp.conversation import Conversation, Exchange
from qa.webapp.figures import figure
from qa.webapp.reasons import told
from qa.webapp.wording import Wording

Reference = Callable[[Citation], str]
_MOST_SOURCES = 60
_STYLE = (
    "body{font:16px/1.6 sans-serif;max-width:46em;margin:2em auto;padding:0 1em;color:#1a1a1a;background:#fff}"
    "h2{margin-top:2em;font-size:1.1em}.figure{font-size:1.8em;margin:.2em 0}li,p{overflow-wrap:anywhere}"
    "@media(prefers-color-scheme:dark){body{color:#eee;background:#111}}"
)


def to_markdown(conversation: Conversation, reference: Reference, words: Wording) -> str:
    """Every exchange under a heading: answer, steps, other readings, notes, sources."""
    lines = [f"# {words('title')}", "", _md(words("share.made")), ""]
    for exchange in conversation.exchanges:
        lines += [f"## {_md(exchange.question)}", ""]
        for title, entries in parts(exchange, reference, words):
            if title:
                lines += [f"**{_md(title)}**", ""]
            lines += [f"* {_md(entry)}" if title else _md(entry) for entry in entries]
            lines.append("")
    return "\n".join(lines)


def to_html(conversation: Conversation, reference: Reference, words: Wording) -> str:
    """The same as a self-contained page without scripts."""
    body = []
    for exchange in conversation.exchanges:
        body.append(f"<h2>{html.escape(exchange.question)}</h2>")
        for title, entries in parts(exchange, reference, words):
            if title:
                items = "".join(f"<li>{html.escape(entry)}</li>" for entry in entries)
                body.append(f"<p><b>{html.escape(title)}</b></p><ul>{items}</ul>")
            else:
                body += [f"<p>{html.escape(entry)}</p>" for entry in entries]
    tongue = "zh-CN" if words.language is Language.ZH else "en"
    title = html.escape(words("title"))
    return (
        f'<!doctype html><html lang="{tongue}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head>'
        f"<body><h1>{title}</h1><p>{html.escape(words('share.made'))}</p>\n" + "\n".join(body) + "</body></html>"
    )


def parts(exchange: Exchange, reference: Reference, words: Wording) -> Iterator[tuple[str, list[str]]]:
    """The sections of one exchange; the answer itself has no title."""
    answer = exchange.answer
    if answer is None:
        yield "", [words("ask.error", told(exchange.problem or "", words.language))]
        return
    yield "", [answer.answer]
    sections = (
        ("ask.steps", list(answer.steps)),
        ("share.others", _others(answer, reference)),
        ("ask.note", list(answer.notes)),
        ("share.sources", [reference(citation) for citation in answer.citations[:_MOST_SOURCES]]),
    )
    yield from ((words(key), entries) for key, entries in sections if entries)


def _others(answer: Answer, reference: Reference) -> list[str]:
    return [f"{o.label}: {figure(o.value, o.unit)} ({reference(o.citation)})" for o in answer.alternatives]


def _md(text: str) -> str:
    """The text with what Markdown or HTML would take for markup made harmless."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>|#~" else c for c in " ".join(text.split()))
