"""What a question wants done: cues of the language's table, matched with the mentions masked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from qa.question import Language
from qa.roles import read_table

MASK = "@"


@dataclass(frozen=True, slots=True)
class Masked:
    """A question with each named stretch as one `@`; `origins` gives every character's place in the question."""

    text: str
    origins: tuple[int, ...]

    def region(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the question that masked characters [start, end) stand for."""
        if start >= end:
            return (self.origins[start] if start < len(self.origins) else 0,) * 2
        return self.origins[start], self.origins[end] if end < len(self.origins) else 1 << 30


@dataclass(frozen=True, slots=True)
class Cue:
    """An intent found in a question, with the stretches of its two operands where the pattern tells them apart."""

    intent: str
    text: str
    a: tuple[int, int] | None = None
    b: tuple[int, int] | None = None


def mask(text: str, spans: Sequence[tuple[int, int]]) -> Masked:
    """The text with the (non-overlapping) spans as `@`."""
    characters: list[str] = []
    origins: list[int] = []
    at = 0
    for start, end in sorted(spans):
        characters += list(text[at:start].replace(MASK, " "))
        origins += range(at, start)
        characters.append(MASK)
        origins.append(start)
        at = end
    characters += list(text[at:].replace(MASK, " "))
    origins += range(at, len(text))
    return Masked("".join(characters), tuple(origins))


@cache
def _patterns(language: Language) -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = read_table(f"intents_{language}.tsv")
    return tuple((intent, re.compile(pattern, re.IGNORECASE)) for intent, pattern in rows)


MOST_NAMES = 24
MOST_READ = 300  # characters beside the names: the patterns of operations take time with the cube of these


def is_readable(masked: Masked) -> bool:
    """Whether a text may be one question, and not pages of them: only then are the operations in it looked for."""
    return masked.text.count(MASK) <= MOST_NAMES and len(masked.text) <= MOST_READ


def find_cues(masked: Masked, language: Language) -> tuple[Cue, ...]:
    """Every cue found, in the order of the table; each intent once, by its first pattern that matches.

    None in a text that is not readable.
    """
    if not is_readable(masked):
        return ()
    found: dict[str, Cue] = {}
    for intent, pattern in _patterns(language):
        match = pattern.search(masked.text) if intent not in found else None
        if match:
            found[intent] = Cue(intent, match.group(), _group(masked, match, "a"), _group(masked, match, "b"))
    return tuple(found.values())


def _group(masked: Masked, match: re.Match[str], name: str) -> tuple[int, int] | None:
    groups = match.groupdict()
    for key in (name, f"{name}2"):
        if groups.get(key):
            return masked.region(match.start(key), match.end(key))
    return None


def read_patterns(language: Language) -> tuple[str, ...]:
    """The sources of all patterns that speak of operations and operands in a language."""
    cues = tuple(row[1] for row in read_table(f"intents_{language}.tsv"))
    return cues + tuple(row[2] for row in read_table("operands.tsv") if row[1] == language)


@cache
def pattern(what: str, language: Language) -> re.Pattern[str]:
    """A pattern of the operand table by its name; one that never matches where the language has none."""
    found = [p for kind, lang, p in read_table("operands.tsv") if kind == what and lang == language]
    return re.compile("|".join(found) if found else r"(?!)", re.IGNORECASE)


def says(what: str, text: str, language: Language) -> bool:
    """Whether the text has a word of the named kind."""
    return pattern(what, language).search(text) is not None
