"""Texts in the form in which they are compared."""

from __future__ import annotations

import re

from ingest.numbers import fold_width


def plain(text: str) -> str:
    """A text without blanks and quotes, full-width characters folded, case aside."""
    return re.sub(r"[\s“”\"'‘’]+", "", fold_width(text)).casefold()
