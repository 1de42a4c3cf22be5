"""The ingested files themselves, kept in the data directory so that a cited page can be shown."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from ingest.errors import StoreError
from ingest.records import Document

FOLDER = "files"


def keep_original(store: Path, document: Document, source: Path) -> Path:
    """Copy the file into the data directory unless it is there; never half a file. Raises `StoreError`."""
    target = _place(store, document)
    if target.exists():
        return target
    partial = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, partial)
        partial.replace(target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise StoreError(f"store {store}: cannot keep {document.file}: {error.strerror}") from error
    return target


def find_original(store: Path, document: Document) -> Path | None:
    """Where the document's file is kept; None where it is not."""
    place = _place(store, document)
    return place if place.is_file() else None


def forget_original(store: Path, document: Document) -> None:
    """Delete the kept file, if any."""
    _place(store, document).unlink(missing_ok=True)


def _place(store: Path, document: Document) -> Path:
    # Named by content, never by the file's own name, which is untrusted.
    return store / FOLDER / f"{document.sha256}{'.txt' if document.file.lower().endswith('.txt') else '.pdf'}"
