"""The address that reopens a question with its evidence, and what such an address asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit, urlunsplit

from qa.engine import MOST_CHARACTERS
from qa.question import Language
from qa.webapp.conversation import MOST_REMEMBERED

QUESTION, DOCUMENT, LANGUAGE = "q", "document", "lang"


@dataclass(frozen=True, slots=True)
class Request:
    """What an address asks: questions in order, of one document or of all."""

    questions: tuple[str, ...]
    document: str | None = None


def read_request(questions: Sequence[str], document: str | None) -> Request:
    """The request of an address; empty and oversized questions are left out, and more than can be leant on."""
    fit = [q.strip() for q in questions if q.strip() and len(q) <= MOST_CHARACTERS]
    return Request(tuple(fit[:MOST_REMEMBERED]), document or None)


def query(chain: Sequence[str], document: str | None, language: Language | None = None) -> str:
    """The part of the address after the question mark."""
    pairs = [(QUESTION, question) for question in chain]
    if document:
        pairs.append((DOCUMENT, document))
    if language is not None:
        pairs.append((LANGUAGE, language.value))
    return urlencode(pairs)


def address(base: str, chain: Sequence[str], document: str | None, language: Language | None = None) -> str:
    """The whole address; `base` is the app's own."""
    parts = urlsplit(base)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query(chain, document, language), ""))
