"""Names printed with their classification code in one cell: [2013816]食品安全监管, 2130234-林业草原防灾减灾."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.numbers import fold_width

_CODED = re.compile(
    r"^(?:\[(?P<bracketed>\d{3,7})\]|(?P<joined>[1235]\d\d(?:\d\d){0,2})\s?[-—_ ])\s?(?P<name>[^\d\W].*)$", re.DOTALL
)
_LEAST_BEHIND = 5  # digits of a code (款, 项) behind a plain name; a shorter one may number anything


def split_code(name: str) -> tuple[str | None, str]:
    """The code that a name begins with, and the name without it; (None, name) where it begins with none."""
    match = _CODED.match(fold_width(name))
    if match is None:
        return None, name
    return match["bracketed"] or match["joined"], name[-len(match["name"]) :].strip()


def split_codes(rows: Sequence[tuple[str, ...]]) -> list[tuple[tuple[str, ...], str | None]]:
    """For the names of every row (outer ones first): the names without codes, and the row's code.

    A coded name behind a plain one is the classification of the row (a project's function) and no name of its own. Of
    two coded names the second belongs to another classification (部门 and 政府预算经济分类): it is kept only where the
    first stands on several rows.
    """
    first = [split_code(names[0])[0] for names in rows]
    return [_without_codes(names, first.count(code) == 1) for names, code in zip(rows, first, strict=True)]


def _without_codes(names: tuple[str, ...], alone: bool) -> tuple[tuple[str, ...], str | None]:
    parts = [split_code(name) for name in names]
    code = next((code for code, _ in parts if code), None)
    if code is None:
        return names, None
    if parts[0][0] is None:
        found = [code for code, _ in parts if code and len(code) >= _LEAST_BEHIND]
        kept = tuple(name for name, (own, _) in zip(names, parts, strict=True) if own not in found)
        return kept, found[0] if found else None
    return tuple(name for own, name in (parts[:1] if alone and all(c for c, _ in parts) else parts)), code
