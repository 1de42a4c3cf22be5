"""Terms and what a document says they mean (名词解释)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.classpath import read_class_paths
from ingest.numbering import without_numbering
from ingest.records import Definition, Passage, PassageKind

_COLON = re.compile(r"[：:]|\s[-–—]\s")


def read_definitions(passages: Iterable[Passage]) -> tuple[Definition, ...]:
    """A definition for every passage of the glossary; the term of a classification path is its last name."""
    found = (_definition(passage) for passage in passages if passage.kind is PassageKind.DEFINITION)
    return tuple(definition for definition in found if definition is not None)


def _definition(passage: Passage) -> Definition | None:
    bare = without_numbering(passage.text.strip())
    colon = _COLON.search(bare)
    if colon is None:
        return None
    term, text = bare[: colon.start()].strip(), bare[colon.end() :].strip()
    paths = read_class_paths(term)
    if paths:
        term = paths[-1].path[-1]
    return Definition(re.sub(r"\s+", "", term) if not term.isascii() else term, text, passage.id) if text else None
