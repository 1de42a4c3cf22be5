"""Why something could not be done, in the reader's language: errors are composed in English, Chinese is a table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from qa.question import Language

_NUMBER = "#"  # stands for a number in the table, in both columns in the same order


def told(reason: str, language: Language) -> str:
    """An error's one line in a language; as composed where the table has no words for it.

    What stands before a known reason, the name of the file, stays as it is.
    """
    for known, own in _reasons().items() if language is Language.ZH else ():
        found = known.fullmatch(reason)
        if found is not None:
            name, *numbers = found.groups()
            words = own.replace(_NUMBER, "{}").format(*numbers)
            return f"{name}：{words}" if name else words
    return reason


@cache
def _reasons() -> Mapping[re.Pattern[str], str]:
    rows = (Path(__file__).parent / "reasons.tsv").read_text(encoding="utf-8").splitlines()
    cells = [row.split("\t") for row in rows if row and not row.startswith("#!")]
    return {_pattern(english): chinese for english, chinese in cells}


def _pattern(english: str) -> re.Pattern[str]:
    words = r"([\d.]+)".join(re.escape(part) for part in english.split(_NUMBER))
    return re.compile(f"(?:(.*): )?{words}", re.DOTALL)
