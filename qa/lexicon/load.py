"""Reading the lexicon's tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources

from ingest.errors import StoreError


class Source(StrEnum):
    """Which table a standard name is from."""

    FUNCTION = "function"  # 支出功能分类
    ECONOMIC = "economic"  # 部门预算支出经济分类
    GOVERNMENT_ECONOMIC = "government_economic"  # 政府预算支出经济分类
    REVENUE = "revenue"  # 收入分类
    TERM = "term"  # tables, columns and words of disclosures


@dataclass(frozen=True, slots=True)
class StandardName:
    """A name of a classification or a budget term: all its Chinese spellings (current one first) and English names.

    `code` is None for terms. `generic` marks a term that every disclosure has in some form, so that its absence
    from a corpus says nothing.
    """

    source: Source
    code: str | None
    chinese: tuple[str, ...]
    english: tuple[str, ...]
    generic: bool = False


@dataclass(frozen=True, slots=True)
class Alias:
    """Words people use for standard names; `score` is how surely they mean the first target, in thousandths of one."""

    words: tuple[str, ...]
    targets: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class AgencyName:
    """A common noun of agency names with its short forms and English names (科学技术协会, 科协, association …)."""

    full: str
    short: tuple[str, ...]
    english: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A place with its English name."""

    chinese: str
    english: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All tables, as read. Words of `words` are grouped by table section: (section, language) to words."""

    names: tuple[StandardName, ...]
    aliases: tuple[Alias, ...]
    agencies: tuple[AgencyName, ...]
    places: tuple[Place, ...]
    words: dict[tuple[str, str], tuple[str, ...]]

    def section(self, name: str, language: str = "") -> tuple[str, ...]:
        """The words of a section of words.tsv in one language, or in all of them."""
        if language:
            return self.words.get((name, language), ())
        return tuple(w for (section, _), words in self.words.items() if section == name for w in words)


def read_rows(file: str, columns: int) -> Iterator[tuple[str, ...]]:
    """The rows of one table of this folder; raises `StoreError` as `parse_rows` does."""
    text = (resources.files("qa.lexicon") / file).read_text(encoding="utf-8")
    return parse_rows(text, file, columns)


def parse_rows(text: str, file: str, columns: int) -> Iterator[tuple[str, ...]]:
    """The rows of a table's text; raises `StoreError` with file and line where a row has other columns."""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = tuple(cell.strip() for cell in line.split("\t"))
        if len(cells) != columns:
            raise StoreError(f"lexicon {file}, line {number}: {len(cells)} columns instead of {columns}")
        yield cells


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


_CODED = (
    ("functions.tsv", Source.FUNCTION),
    ("revenue.tsv", Source.REVENUE),
    ("economic.tsv", Source.ECONOMIC),
    ("government_economic.tsv", Source.GOVERNMENT_ECONOMIC),
)


def _names() -> Iterator[StandardName]:
    for file, source in _CODED:
        for code, chinese, english in read_rows(file, 3):
            yield StandardName(source, code, _split(chinese), _split(english))
    for chinese, english, generic in read_rows("terms.tsv", 3):
        yield StandardName(Source.TERM, None, _split(chinese), _split(english), generic == "generic")


def _words() -> dict[tuple[str, str], tuple[str, ...]]:
    words: dict[tuple[str, str], tuple[str, ...]] = {}
    for section, language, cell in read_rows("words.tsv", 3):
        words[section, language] = (*words.get((section, language), ()), *_split(cell))
    return words


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """The lexicon as shipped. Raises `StoreError` where a table is malformed."""
    return Lexicon(
        names=tuple(_names()),
        aliases=tuple(
            Alias(_split(words), _split(targets), int(permille) / 1000)
            for words, targets, permille in read_rows("aliases.tsv", 3)
        ),
        agencies=tuple(AgencyName(full, _split(s), _split(e)) for full, s, e in read_rows("agencies.tsv", 3)),
        places=tuple(Place(*row) for row in read_rows("places.tsv", 2)),
        words=_words(),
    )
