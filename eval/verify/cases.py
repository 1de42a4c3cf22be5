"""Claim sets: texts with the verdict of every figure in them, as `eval/questions/README.md` describes the files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from eval.groups import Group, group_of
from ingest.errors import BadDataset, NotAFigure
from ingest.numbers import parse_figure
from ingest.units import Quantity, unit_named
from qa.verify.judge import Verdict

_FIELDS = ("id", "language", "text", "verdict", "true value", "unit", "document", "cite label")
_AND = "|"


@dataclass(frozen=True, slots=True)
class Case:
    """A text with its verdicts: one for the whole text, or one for each figure in it.

    `true` holds the true figure for each verdict, None where there is none.
    """

    id: str
    language: str
    text: str
    verdicts: tuple[Verdict, ...]
    true: tuple[Quantity | None, ...]
    group: Group

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
    try:
        verdicts = tuple(Verdict(name) for name in cells[3].split(_AND))
    except ValueError as error:
        raise BadDataset(f"{place}: {cells[3]!r} is no verdict; known are {', '.join(Verdict)}") from error
    values, units = cells[4].split(_AND), cells[5].split(_AND)
    if len(values) != len(units) or (len(verdicts) > 1 and len(values) != len(verdicts)):
        raise BadDataset(f"{place}: verdicts, true values and units differ in number")
    true = tuple(_quantity(value, unit, place) for value, unit in zip(values, units, strict=True))
    return Case(cells[0], cells[1], cells[2], verdicts, true, group)


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
