"""What of a corpus can be found by meaning: its labels and its passages, each with the text that is embedded."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from ingest.corpus import Corpus, LabelKind
from ingest.records import Passage, PassageKind

EMBEDDED_KINDS = (
    LabelKind.ITEM,
    LabelKind.PROJECT,
    LabelKind.INDICATOR,
    LabelKind.TERM,
    LabelKind.COLUMN,
    LabelKind.TABLE,
)
"""Agencies and organisations are names, which embeddings confuse; they are matched by their characters."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to be found. `group` narrows a search: a label's kind, a passage's document."""

    group: str
    name: str
    text: str

    @property
    def id(self) -> str:
        """Names the entry, its text included: 32 hex digits."""
        return hashlib.sha256(json.dumps([self.group, self.name, self.text]).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Near:
    """An entry near a question; `score` is the cosine of their angle."""

    entry: Entry
    score: float


def label_entries(corpus: Corpus) -> tuple[Entry, ...]:
    """The distinct labels of the kinds that are embedded."""
    return tuple(Entry(label.kind.value, label.text, label.text) for label in corpus.labels(EMBEDDED_KINDS))


def passage_entries(corpus: Corpus) -> tuple[Entry, ...]:
    """The paragraphs, definitions and notes, each under its nearest heading."""
    return tuple(
        Entry(held.document, held.record.id, passage_text(held.record))
        for held in corpus.passages()
        if held.record.kind is not PassageKind.HEADING and held.record.text.strip()
    )


def passage_text(passage: Passage) -> str:
    """What is embedded of a passage: the last heading above it and its text."""
    return "\n".join((*passage.section[-1:], passage.text))
