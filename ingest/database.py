"""The database under the store: how it is opened, how transactions begin, and its errors in one line."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from ingest.errors import StoreError

BUSY_SECONDS = 60
_WRITER_LOCK = 0x6275_6467  # any fixed number: names the advisory lock of writers on a server
_REASONS = (
    ("disk is full", "the disk is full; nothing of this document was stored"),
    ("not a database", "its corpus.sqlite is not a database"),
    ("malformed", "its corpus.sqlite is damaged"),
    ("unable to open", "its corpus.sqlite cannot be opened; is the directory there and writable?"),
    ("readonly", "it cannot be written"),
    ("read-only", "it cannot be written"),
    ("locked", f"another ingest has held it for more than {BUSY_SECONDS} seconds"),
    ("disk i/o", "reading or writing its corpus.sqlite failed (disk I/O error)"),
)


@dataclass(frozen=True, slots=True)
class Database:
    """An open database; `name` is what messages call it."""

    engine: Engine
    name: str

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One snapshot of the whole store, however many statements; never waits for a writer. Raises `StoreError`."""
        with store_errors(self.name), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, the only one that writes: all of it is kept, or nothing. Raises `StoreError`."""
        with store_errors(self.name), self.engine.connect() as plain:
            server = self.engine.dialect.name != "sqlite"
            # A snapshot taken while waiting for the other writers would be one from before they wrote.
            options = {"isolation_level": "READ COMMITTED"} if server else {"writes": True}
            connection = plain.execution_options(**options)
            with connection.begin():
                if server:
                    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _WRITER_LOCK})
                yield connection

    def close(self) -> None:
        self.engine.dispose()


def open_sqlite(file: Path) -> Database:
    """The SQLite database in `file`, created when absent; its directory must exist."""
    engine = create_engine(f"sqlite+pysqlite:///{file}", connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return Database(engine, str(file.parent))


def open_server(url: str) -> Database:
    """A database server by SQLAlchemy URL (PostgreSQL); its driver must be installed. Raises `StoreError`."""
    try:
        engine = create_engine(url, isolation_level="REPEATABLE READ")
    except (SQLAlchemyError, ImportError) as error:
        raise StoreError(f"cannot use the database {_without_password(url)}: {_first_line(error)}") from error
    return Database(engine, _without_password(url))


def _without_password(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"


def _on_connect(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
    # The driver's own transaction handling would begin too late for BEGIN IMMEDIATE and for snapshots.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def use_write_ahead_log(database: Database) -> None:
    """Turn on SQLite's write-ahead log, which the file then keeps, so that readers never wait for the writer."""
    with store_errors(database.name):
        raw = database.engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA journal_mode = WAL")
        finally:
            raw.close()


@contextmanager
def store_errors(name: str) -> Iterator[None]:
    """Turn what goes wrong in the database or its directory into a `StoreError` of one clear line."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        raise StoreError(f"store {name}: {_reason(error)}") from error
    except OSError as error:
        raise StoreError(f"store {name}: {os.strerror(error.errno) if error.errno else error}") from error


def _reason(error: Exception) -> str:
    said = _first_line(getattr(error, "orig", None) or error)
    return next((reason for sign, reason in _REASONS if sign in said.casefold()), said)


def _first_line(error: Any) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
