"""The audit's words in two languages, from tables: names of kinds and outcomes, doubts, and what a check found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

from ingest.checks.view import compact
from ingest.numbers import printed_decimals
from ingest.records import Check, Outcome
from qa.audit.checks import AuditedCheck, AuditedSide
from qa.question import Language

_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_MOST_DECIMALS = 4  # of a recomputed rate, which may have no end


def kind_name(kind: str, language: Language) -> str:
    """What a kind of check asserts; a kind without a name of its own as it is."""
    return _names(language).get(("kind", kind), kind)


def outcome_name(outcome: str, language: Language) -> str:
    """An outcome, or "doubtful", in a word."""
    return _names(language)["outcome", outcome]


def section_name(outcome: str, language: Language) -> str:
    """An outcome, or "doubtful", as the heading over its checks."""
    return _names(language)["section", outcome]


def word(key: str, language: Language, *values: object) -> str:
    """A word of the report, its places {0}, {1} … filled."""
    return _names(language)["word", key].format(*values)


def doubt(check: Check, language: Language) -> str | None:
    """Why the extraction may have caused a broken check; as stored where the language has no words for it."""
    if check.doubt is None:
        return None
    figures = iter(_NUMBER.findall(check.doubt))
    known = _names(language).get(("doubt", _NUMBER.sub("#", check.doubt)))
    return check.doubt if known is None else re.sub("#", lambda _: next(figures, ""), known)


def message(audited: AuditedCheck, language: Language) -> str:
    """What a check found, in one sentence: in English as composed by the check, in Chinese from its two sides."""
    check = audited.check
    templates = _messages() if language is Language.ZH else {}
    keys = ("undefined",) if check.right.value is None and check.outcome is Outcome.BROKEN else ()
    for outcome in (*keys, check.outcome.value, "*"):
        if (check.kind, outcome) in templates:
            return templates[check.kind, outcome].format_map(_blanks(audited))
    return check.message


def _blanks(audited: AuditedCheck) -> Mapping[str, str]:
    check, left, right = audited.check, audited.left, audited.right
    return {
        "what": _what(left) or _what(right),
        "other": _what(right),
        "left": _figure(left),
        "right": _figure(right),
        "difference": "" if check.difference is None else _with_unit(_short(abs(check.difference)), left),
        "said": left.side.text,
        "beside": right.side.text or _figure(right),
        "parts": str(len(right.side.facts)),
        "year": str(audited.document.identity.year or ""),
        "agency": audited.document.identity.agency or audited.document.identity.title,
    }


def _what(side: AuditedSide) -> str:
    """What a side measures: table, row and column of its first cell, or the item that a sentence speaks of."""
    if not side.citations:
        return ""
    cited = side.citations[0]
    if cited.section is not None:
        return " > ".join(cited.section)
    row = " ".join(filter(None, (cited.code, *map(compact, cited.row[-1:]))))
    return "，".join(filter(None, (cited.table, row, " > ".join(compact(h) for h in cited.column if h))))


def _figure(side: AuditedSide) -> str:
    """The side's figure with its unit: as printed where it is one figure, else as worked out."""
    value = side.side.value
    if value is None:
        return side.side.text
    printed = len(side.side.facts) == 1 and _NUMBER.fullmatch(side.side.text.strip())
    text = side.side.text.strip() if printed and value >= 0 else _short(value)
    return _with_unit(text, side)


def _with_unit(figure: str, side: AuditedSide) -> str:
    unit = side.side.unit.unit
    return f"{figure} {unit}" if unit is not None else figure


def _short(value: Decimal) -> str:
    """A figure without the endless digits of a division."""
    return f"{value if printed_decimals(value) <= _MOST_DECIMALS else round(value, _MOST_DECIMALS):f}"


@cache
def _names(language: Language) -> Mapping[tuple[str, str], str]:
    column = {Language.ZH: 2, Language.EN: 3}[language]
    return {(row[0], row[1]): row[column] for row in _rows("names.tsv")}


@cache
def _messages() -> Mapping[tuple[str, str], str]:
    return {(row[0], row[1]): row[2] for row in _rows("messages_zh.tsv")}


def _rows(name: str) -> list[list[str]]:
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]
