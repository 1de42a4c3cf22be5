"""Question files to datasets: tab-separated as in eval/questions/README.md, or JSON lines with richer gold.

A header line begins with '#' and names the columns; without one the six of the plain form are assumed. Every error
carries file and line.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.question import FIGURE_KINDS, Dataset, GoldCell, Kind, Question
from ingest.errors import BadDataset, NotAFigure
from ingest.numbers import parse_figure

PLAIN_COLUMNS = ("kind", "lang", "question", "gold", "unit", "cite")
SUFFIXES = (".tsv", ".jsonl")
_ANY = "*"
_MANY = "|"
_CELL_TEXTS = ("table", "row", "column")


def read_datasets(paths: Sequence[Path]) -> tuple[Dataset, ...]:
    """The question sets of files and folders (of a folder those files that hold questions), each once.

    Raises `BadDataset` for a path that is not there, a malformed line, or a folder without questions.
    """
    files: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = [p for p in sorted(path.iterdir()) if p.suffix in SUFFIXES and _holds_questions(p)]
            if not inside:
                raise BadDataset(f"{path}: no question files ({', '.join(SUFFIXES)}) in this folder")
            files.update(dict.fromkeys(inside))
        else:
            files[path] = None
    return tuple(read_dataset(path) for path in files)


def read_dataset(path: Path) -> Dataset:
    """The questions of one file. Raises `BadDataset` naming file and line."""
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise BadDataset(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise BadDataset(f"{path}: not UTF-8 text (byte {error.start})") from error
    read = _read_json_lines if path.suffix == ".jsonl" else _read_tsv
    questions = tuple(read(path, text))
    if not questions:
        raise BadDataset(f"{path}: no questions in it")
    return Dataset(path.stem, path, hashlib.sha256(data).hexdigest(), questions)


def _holds_questions(path: Path) -> bool:
    """Whether a file is a question set and not, say, claims, by its header or its first line."""
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        first = file.readline().rstrip("\r\n")
    if path.suffix == ".jsonl":
        return '"question"' in first
    return not first.startswith("#") or "question" in first[1:].split("\t")


def _read_tsv(path: Path, text: str) -> Iterator[Question]:
    columns: Sequence[str] = PLAIN_COLUMNS
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#"):
            columns = line[1:].split("\t") if number == 1 else columns
            _check_columns(columns, path, number)
        elif line.strip():
            fields = line.split("\t")
            if len(fields) > len(columns):
                known = ", ".join(columns)
                raise BadDataset(f"{path}:{number}: {len(fields)} fields, expected {len(columns)}: {known}")
            fields += [""] * (len(columns) - len(fields))
            yield _question(dict(zip(columns, fields, strict=True)), path, number)


def _check_columns(columns: Sequence[str], path: Path, number: int) -> None:
    missing = [name for name in ("kind", "lang", "question", "gold") if name not in columns]
    if missing:
        raise BadDataset(f"{path}:{number}: the header names no column {', '.join(missing)}")


def _read_json_lines(path: Path, text: str) -> Iterator[Question]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
        except json.JSONDecodeError as error:
            raise BadDataset(f"{path}:{number}: not JSON ({error.msg})") from error
        if not isinstance(data, dict):
            raise BadDataset(f"{path}:{number}: not a JSON object")
        yield _question(data, path, number)


def _question(data: Mapping[str, Any], path: Path, line: int) -> Question:
    where = f"{path}:{line}"
    kind = _kind(_text(data, "kind", where), where)
    text = _text(data, "question", where)
    if not text:
        raise BadDataset(f"{where}: no question")
    gold = tuple(part.strip() for part in _texts(data, "gold", where))
    if not gold and kind is not Kind.ABSTAIN:
        raise BadDataset(f"{where}: kind {kind} needs gold")
    figures = _figures(gold, where) if kind in FIGURE_KINDS or kind is Kind.TREND else ()
    if kind in FIGURE_KINDS and len(figures) != 1:
        raise BadDataset(f"{where}: kind {kind} has one figure as gold, not {len(figures)}")
    documents = tuple(name for name in _texts(data, "documents", where) if name != _ANY)
    plan = data.get("plan")
    return Question(
        path.stem, line, kind, _text(data, "lang", where) or _text(data, "language", where), text, figures,
        () if figures else gold, _text(data, "unit", where), _text(data, "cite", where), documents,
        _text(data, "id", where), _text(data, "style", where), plan.get("op") if isinstance(plan, dict) else None,
        data.get("phase"), tuple(_cells(data.get("cells", ()), where)),
    )  # fmt: skip


def _kind(name: str, where: str) -> Kind:
    try:
        return Kind(name)
    except ValueError as error:
        raise BadDataset(f"{where}: unknown kind {name!r}; known: {', '.join(Kind)}") from error


def _figures(gold: Sequence[str], where: str) -> tuple[Any, ...]:
    try:
        return tuple(parse_figure(part) for part in gold)
    except NotAFigure as error:
        raise BadDataset(f"{where}: gold is {error}") from error


def _text(data: Mapping[str, Any], name: str, where: str) -> str:
    value = data.get(name, "")
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadDataset(f"{where}: {name} is not text")
    return value.strip()


def _texts(data: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
    """A list of texts, or one text with '|' between."""
    value = data.get(name)
    if isinstance(value, list):
        if not all(isinstance(part, str) for part in value):
            raise BadDataset(f"{where}: {name} holds something that is not text")
        return tuple(value)
    return tuple(part for part in _text(data, name, where).split(_MANY) if part.strip())


def _cells(data: object, where: str) -> Iterator[GoldCell]:
    if not isinstance(data, list | tuple):
        raise BadDataset(f"{where}: cells is not a list")
    for number, cell in enumerate(data, 1):
        if not isinstance(cell, dict) or not isinstance(cell.get("document"), str):
            raise BadDataset(f"{where}: a cell without a document")
        page = cell.get("page")
        if page is not None and (isinstance(page, bool) or not isinstance(page, int)):
            raise BadDataset(f"{where}: page of cell {number} is not a whole number")
        table, row, column = (_cell_text(cell, name, f"{where}: {name} of cell {number}") for name in _CELL_TEXTS)
        yield GoldCell(cell["document"], page, table, row, column)


def _cell_text(cell: Mapping[str, Any], name: str, what: str) -> str | None:
    value = cell.get(name)
    if value is not None and not isinstance(value, str):
        raise BadDataset(f"{what} is not text")
    return value
