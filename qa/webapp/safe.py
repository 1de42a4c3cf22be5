"""Texts of documents, questions and uploads made harmless for where they are shown or stored."""

from __future__ import annotations

import re
import unicodedata

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_SEPARATORS = re.compile(r"[/\\]")
_MOST_BYTES = 150  # of a file's name, below every file system's limit with room for our own endings


def plain(text: str) -> str:
    """The text in one line with everything escaped that Markdown would act on, for labels and captions."""
    return _PUNCTUATION.sub(r"\\\1", " ".join(text.split()))


def safe_name(name: str, default: str = "document.pdf") -> str:
    """The last part of an uploaded file's name without control characters or leading dots, fit to be one file name."""
    last = _SEPARATORS.split(name)[-1]
    kept = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip(" .")
    stem, dot, suffix = kept.rpartition(".")
    stem, suffix = (stem, suffix) if dot else (kept, "")
    if not stem:
        return default
    ending = f".{suffix}" if suffix else ""
    room = _MOST_BYTES - len(ending.encode())
    return stem.encode()[: max(room, 1)].decode(errors="ignore") + ending[:16]
