"""Finding a document by what a person calls it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from pathlib import PurePath

from ingest.errors import NoSuchDocument
from ingest.records import Document

_SHORTEST_ID_PREFIX = 4
_LISTED = 12


def best_match(name: str, documents: Sequence[Document]) -> Document:
    """By id, file name (with or without suffix), title or unique id prefix, the first of these that fits.

    Raises `NoSuchDocument`, listing what is held, when nothing fits or when several documents do.
    """
    wanted = _folded(name)
    ways: tuple[Callable[[Document], bool], ...] = (
        lambda d: d.id == wanted or d.sha256 == wanted,
        lambda d: _folded(d.file) == _folded(PurePath(name).name),
        lambda d: _folded(PurePath(d.file).stem) == _folded(PurePath(name).name),
        lambda d: _folded(d.identity.title) == wanted,
        lambda d: len(wanted) >= _SHORTEST_ID_PREFIX and d.id.startswith(wanted),
    )
    for fits in ways:
        found = [d for d in documents if fits(d)]
        if len(found) == 1:
            return found[0]
        if found:
            raise NoSuchDocument(f"{name[:80]!r} names {len(found)} documents, use an id: {listing(found)}")
    raise NoSuchDocument(f"no document {name[:80]!r} here; held: {listing(documents)}")


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().casefold()


def listing(documents: Sequence[Document]) -> str:
    """Ids and file names, the first dozen of them, for messages."""
    shown = ", ".join(f"{d.id} ({d.file})" for d in documents[:_LISTED])
    more = len(documents) - _LISTED
    return f"{shown} and {more} more" if more > 0 else shown or "none"
