"""Names misspelt in running text: a row's name with one character too many or another, and a slip in a definition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from ingest.checks.compare import in_unit, text_side
from ingest.checks.named import bare
from ingest.checks.spelling import are_variants
from ingest.checks.view import DocumentView, compact
from ingest.records import Check, Outcome
from ingest.units import YUAN

KIND = "spelling"
_HAN = re.compile(r"[一-鿿]+")
_LEVEL = re.compile(r"[(（][类款项][)）]")
_ITEM = re.compile(r"\(款\)(?P<name>[^()]{3,40})\(项\)")
_SHORTENED = re.compile(r"的|(?:支出|经费|费)$")
_LEAST_NAME = 6  # characters: shorter names are too often alike
_EDGE = 2  # characters at either end that have to be the name's own: 年初 and 年末, 收入 and 支出 are different words
_WINDOW = 4
_PARTICLES = "的及和与或等"  # 专户管理的资金 for 专户管理资金 is no slip


def misspelt(document: DocumentView) -> Iterator[Check]:
    """Every misspelt name of the running text, each place once."""
    seen: set[tuple[str, int | None]] = set()
    for run in (misspelt_names, misspelt_paths, misspelt_definitions):
        for check in run(document):
            if (check.left.text, check.left.page) not in seen:
                seen.add((check.left.text, check.left.page))
                yield check


def misspelt_names(document: DocumentView) -> Iterator[Check]:
    """Names of rows and columns that prose prints with one character inserted or another in the middle of them.

    What any table prints itself is a name of its own.
    """
    names = _names(document)
    printed = "\n".join(sorted(names))
    patterns = [(name, pattern) for name in sorted(names) if len(name) >= _LEAST_NAME for pattern in _slips(name)]
    if not patterns:
        return
    for passage in document.extract.passages:
        text = compact(passage.text)
        for name, pattern in patterns:
            if name[:_EDGE] not in text:
                continue
            for match in pattern.finditer(text):
                if match[0] != name and match[0] not in printed:
                    yield _check(match[0], name, passage.page, f"{name}: spelt {match[0]} in the text")


def misspelt_paths(document: DocumentView) -> Iterator[Check]:
    """A classification path whose item no table prints, beside an amount that a row of nearly that name has."""
    rows: dict[str, set[Decimal]] = {}
    for fact in document.extract.facts:
        amount = in_unit(fact, YUAN) if fact.table is not None else None
        if amount is not None:
            rows.setdefault(bare(fact.label), set()).add(amount)
    pages = {p.id: p.page for p in document.extract.passages}
    for statement in document.extract.statements:
        printed = _ITEM.search(compact(statement.sentence))
        name = bare(printed["name"]) if printed and statement.path else ""
        if not name or name in rows:
            continue
        said = {in_unit(f, YUAN) for f in document.sentence_facts.get(statement.id, ())}
        meant = [row for row, amounts in rows.items() if _is_slip(name, row) and amounts & said]
        if len(meant) == 1:
            text = f"{' > '.join(statement.path)}: the tables print {meant[0]}"
            yield _check(name, meant[0], pages.get(statement.passage), text)


def _is_slip(name: str, meant: str) -> bool:
    """Whether a name is another with a character changed or too many; a shortened one is no slip."""
    plain, other = _SHORTENED.sub("", name), _SHORTENED.sub("", meant)
    return len(plain) >= len(other) and are_variants(plain, other)


def misspelt_definitions(document: DocumentView) -> Iterator[Check]:
    """A definition that prints a piece of the term it defines with one other character, there and nowhere else."""
    pages = {p.id: p.page for p in document.extract.passages}
    everything = compact("\n".join(p.text for p in document.extract.passages))
    for definition in document.extract.definitions:
        own, text = bare(_LEVEL.split(compact(definition.term).rstrip("(（项款类)）"))[-1]), compact(definition.text)
        for said, meant in _other_windows(own, text):
            if everything.count(said) == 1 and everything.count(meant) > 1:
                yield _check(said, meant, pages.get(definition.passage), f"definition of {own}: {said} for {meant}")
                break


def _other_windows(own: str, text: str) -> Iterator[tuple[str, str]]:
    """Stretches of a text that are a stretch of the term but for one character in their middle."""
    for start in range(len(own) - _WINDOW + 1):
        window = own[start : start + _WINDOW]
        if not _HAN.fullmatch(window):
            continue
        for at in range(1, _WINDOW - 1):
            for match in re.finditer(f"{window[:at]}[一-鿿]{window[at + 1 :]}", text):
                if match[0] != window and match[0] not in own:
                    yield match[0], window


def _names(document: DocumentView) -> set[str]:
    found = {
        bare(name)
        for fact in document.extract.facts
        if fact.table is not None
        for name in (*fact.row_path, *fact.column_path)
    }
    return {name for name in found if _HAN.fullmatch(name)}


@lru_cache(maxsize=4096)
def _slips(name: str) -> tuple[re.Pattern[str], ...]:
    """The name with one character inserted, and with one exchanged, away from its ends."""
    other = f"[^{_PARTICLES}\\W\\da-zA-Z]"
    inserted = "|".join(f"{name[:i]}{other}{name[i:]}" for i in range(_EDGE, len(name) - 1))
    exchanged = "|".join(f"{name[:i]}{other}{name[i + 1 :]}" for i in range(_EDGE, len(name) - _EDGE))
    return tuple(re.compile(p) for p in (inserted, exchanged) if p)


def _check(said: str, meant: str, page: int | None, message: str) -> Check:
    return Check(KIND, Outcome.BROKEN, text_side(said, page), text_side(meant, page), None, message)
