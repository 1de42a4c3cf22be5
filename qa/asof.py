"""Stocks at a date: "截至2024年8月31日", "at the end of 2023". The document that tells them may be of another year."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.corpus import Corpus
from qa.scope import Setting

MOST_DOCUMENTS = 30  # of more than these no sentence is looked at: no agency was named
_CHINESE = re.compile(
    r"(?:截[至止]到?\s*)((?:19|20)\d\d)\s*年\s*(?:(\d{1,2})\s*月)?|((?:19|20)\d\d)\s*年\s*(?:底|末|(\d{1,2})\s*月\s*(?:底|末|3[01]\s*日))"
)
_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
)  # fmt: skip
_ENGLISH = re.compile(
    rf"\b(?:as of|as at|by|at)\s+(?:the\s+)?(?:end of\s+)?(?:\d{{1,2}}\s+)?(?:({_MONTHS})\s+)?(?:\d{{1,2}},?\s+)?"
    r"((?:19|20)\d\d)\b",
    re.I,
)
_END = re.compile(r"\bend of\b", re.I)


@dataclass(frozen=True, slots=True)
class Date:
    """A month of a year; the month is None where only the year is named."""

    year: int
    month: int | None


def date_asked(text: str) -> Date | None:
    """The date at which a stock is asked for; None where the question names none."""
    chinese = _CHINESE.search(text)
    if chinese is not None:
        year, month = chinese[1] or chinese[3], chinese[2] or chinese[4]
        return Date(int(year), int(month) if month else 12 if chinese[3] else None)
    english = _ENGLISH.search(text)
    if english is None:
        return None
    month = _MONTHS.split("|").index(english[1].casefold()) + 1 if english[1] else None
    return Date(int(english[2]), month or (12 if _END.search(english.group()) else None))


def at_date(setting: Setting, text: str, corpus: Corpus) -> Setting:
    """The setting with the documents that tell stocks at the date the question names, where some do."""
    date = date_asked(text)
    if date is None or len(setting.documents) > MOST_DOCUMENTS:
        return setting
    month = rf"{date.month}\s*月" if date.month else ""
    told = re.compile(rf"截[至止]到?\s*{date.year}\s*年\s*{month}")
    holding = tuple(d for d in setting.documents if any(told.search(h.record.text) for h in corpus.passages(d.id)))
    return replace(setting, documents=holding, years=()) if holding else setting
