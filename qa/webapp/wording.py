"""The interface's own texts in its languages, from a table: a language is a column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from qa.question import Language


@cache
def _texts(language: Language) -> Mapping[str, str]:
    rows = (Path(__file__).parent / "texts.tsv").read_text(encoding="utf-8").splitlines()
    cells = [row.split("\t") for row in rows if row and not row.startswith("#")]
    column = {Language.ZH: 1, Language.EN: 2}[language]
    return {row[0]: row[column] for row in cells}


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of one language."""

    language: Language

    def __call__(self, key: str, *values: object) -> str:
        """The text of a key, its places {0}, {1} … filled."""
        return _texts(self.language)[key].format(*values)


def language_of(locale: str | None) -> Language:
    """The interface language for a browser's locale: Chinese for zh-*, English for any other, Chinese for none."""
    return Language.ZH if not locale or locale.casefold().startswith("zh") else Language.EN


def keys() -> frozenset[str]:
    """Every key there is."""
    return frozenset(_texts(Language.ZH))
