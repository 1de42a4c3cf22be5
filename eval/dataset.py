"""Question files to datasets: tab-separated as in eval/questions/README.md, or JSON lines with richer gold.

A header line begins with '#' and names the columns; without one the six of the plain form are assumed. A JSON line is
a question, a text with its verdicts, or a document with its audit's findings. Every error carries file and line.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from eval.audit.findings import GoldAudit, gold_audit
from eval.goldquestion import gold_question
from eval.question import Dataset, Question
from eval.verify.cases import Case, gold_text
from ingest.errors import BadDataset

PLAIN_COLUMNS = ("kind", "lang", "question", "gold", "unit", "cite")
SUFFIXES = (".tsv", ".jsonl")
_GOLD_FIELDS = ("question", "verdicts", "findings")
Gold = Question | Case | GoldAudit


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
    """The questions of one file, and what else a file of JSON lines holds. Raises `BadDataset` naming file and line."""
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise BadDataset(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise BadDataset(f"{path}: not UTF-8 text (byte {error.start})") from error
    lines: tuple[Gold, ...] = tuple(_read_json_lines(path, text) if path.suffix == ".jsonl" else _read_tsv(path, text))
    if not lines:
        raise BadDataset(f"{path}: no questions in it")
    return Dataset(
        path.stem, path, hashlib.sha256(data).hexdigest(),
        tuple(line for line in lines if isinstance(line, Question)),
        tuple(line for line in lines if isinstance(line, Case)),
        tuple(line for line in lines if isinstance(line, GoldAudit)),
    )  # fmt: skip


def _holds_questions(path: Path) -> bool:
    """Whether a file is a dataset and not, say, tab-separated claims, by its header or its first line."""
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        first = file.readline().rstrip("\r\n")
    if path.suffix == ".jsonl":
        return any(f'"{name}"' in first for name in _GOLD_FIELDS)
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
            yield gold_question(dict(zip(columns, fields, strict=True)), path, number)


def _check_columns(columns: Sequence[str], path: Path, number: int) -> None:
    missing = [name for name in ("kind", "lang", "question", "gold") if name not in columns]
    if missing:
        raise BadDataset(f"{path}:{number}: the header names no column {', '.join(missing)}")


def _read_json_lines(path: Path, text: str) -> Iterator[Gold]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
        except json.JSONDecodeError as error:
            raise BadDataset(f"{path}:{number}: not JSON ({error.msg})") from error
        if not isinstance(data, dict):
            raise BadDataset(f"{path}:{number}: not a JSON object")
        if "verdicts" in data:
            yield gold_text(data, path, number)
        elif "findings" in data:
            yield gold_audit(data, path, number)
        else:
            yield gold_question(data, path, number)
