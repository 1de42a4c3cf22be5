"""Claim sets: texts with the verdict of every figure in them, as `eval/questions/README.md` describes the files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from eval.fields import Fields, known_fields, text_of, texts_of
from eval.groups import Group, group_of
from ingest.errors import BadDataset, NotAFigure
from ingest.numbers import parse_figure
from ingest.units import Quantity, unit_named
from qa.verify.verdict import Verdict

_FIELDS = ("id", "language", "text", "verdict", "true value", "unit", "document", "cite label")
_AND = "|"
_TEXT_FIELDS = frozenset({"id", "lang", "text", "verdicts", "true", "documents"})


@dataclass(frozen=True, slots=True)
class Case:
    """A text with its verdicts: one for the whole text, or one for each figure in it.

    `true` holds the true figure for each verdict, None where there is none. `each` says that there is one verdict for
    each claim, be it only one; else a single verdict is that of the whole text.
    """

    id: str
    language: str
    text: str
    verdicts: tuple[Verdict, ...]
    true: tuple[Quantity | None, ...]
    group: Group
    each: bool = False
    dataset: str = ""

    @property
    def held_out(self) -> bool:
        return self.group is Group.HELD_OUT


def read_cases(paths: Sequence[Path]) -> tuple[Case, ...]:
    """The cases of all files in order; raises `BadDataset` naming file and line."""
    return tuple(case for path in paths for case in _read(path))


def _read(path: Path) -> Iterator[Case]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadDataset(f"{path.name}: cannot be read as text in UTF-8") from error
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            yield _case(line.split("\t"), f"{path.name} line {number}", group_of(path.stem))


def _case(cells: list[str], place: str, group: Group) -> Case:
    if len(cells) < 4:
        raise BadDataset(f"{place}: {len(cells)} fields, expected {', '.join(_FIELDS)}")
    cells = [*cells, *[""] * (len(_FIELDS) - len(cells))]
    verdicts = tuple(_verdict(name, place) for name in cells[3].split(_AND))
    values, units = cells[4].split(_AND), cells[5].split(_AND)
    if len(values) != len(units) or (len(verdicts) > 1 and len(values) != len(verdicts)):
        raise BadDataset(f"{place}: verdicts, true values and units differ in number")
    true = tuple(_quantity(value, unit, place) for value, unit in zip(values, units, strict=True))
    return Case(cells[0], cells[1], cells[2], verdicts, true, group)


def gold_text(data: Fields, path: Path, line: int) -> Case:
    """A JSON line with a text and one verdict for each claim in it: `text`, `verdicts`, and, where known, `true`.

    `true` holds {"value", "unit"} or null for each verdict. Raises `BadDataset` naming file and line.
    """
    place = f"{path}:{line}"
    known_fields(data, _TEXT_FIELDS, place)
    text = text_of(data, "text", place)
    if not text:
        raise BadDataset(f"{place}: no text")
    verdicts = tuple(_verdict(name, place) for name in texts_of(data, "verdicts", place))
    figures = data.get("true", [None] * len(verdicts))
    if not isinstance(figures, list) or len(figures) != len(verdicts):
        raise BadDataset(f"{place}: true is not a list with an entry for each verdict")
    true = tuple(_true_figure(figure, place) for figure in figures)
    name = text_of(data, "id", place) or f"{path.stem}:{line}"
    language = text_of(data, "lang", place)
    return Case(name, language, text, verdicts, true, group_of(path.stem), each=True, dataset=path.stem)


def _true_figure(data: object, place: str) -> Quantity | None:
    if data is None:
        return None
    if not isinstance(data, dict):
        raise BadDataset(f"{place}: true holds something that is neither an object nor null")
    return _quantity(text_of(data, "value", place), text_of(data, "unit", place), place)


def _verdict(name: str, place: str) -> Verdict:
    try:
        return Verdict(name)
    except ValueError as error:
        raise BadDataset(f"{place}: {name!r} is no verdict; known are {', '.join(Verdict)}") from error


def _quantity(value: str, unit: str, place: str) -> Quantity | None:
    if not value:
        return None
    try:
        figure: Decimal = parse_figure(value)
    except NotAFigure as error:
        raise BadDataset(f"{place}: {value!r} is not a figure") from error
    named = unit_named(unit or "个")
    if named is None:
        raise BadDataset(f"{place}: {unit!r} is no unit")
    return Quantity(figure, named)
