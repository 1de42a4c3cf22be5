"""A lock between processes that a killed holder lets go of."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import StoreError


@contextmanager
def exclusive(file: Path, wait_seconds: float) -> Iterator[None]:
    """Hold `file`, an empty database made for it, for oneself; raises `StoreError` when it stays taken.

    SQLite's file locks are used because they work the same on every system and end with their process.
    """
    connection = None
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(file, timeout=wait_seconds, isolation_level=None)
        connection.execute("BEGIN EXCLUSIVE")
    except (sqlite3.Error, OSError) as error:
        if connection is not None:
            connection.close()
        raise StoreError(f"{file}: cannot be locked: {error}") from error
    try:
        yield
    finally:
        connection.close()
