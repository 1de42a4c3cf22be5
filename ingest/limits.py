"""What one file may cost before it is refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest file that is read, in bytes and in pages; a larger one is an `UnreadableDocument`."""

    max_bytes: int = 200 * 1024 * 1024
    max_pages: int = 3000


DEFAULT_LIMITS = Limits()
