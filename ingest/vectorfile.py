"""Vectors of texts in two plain files, appended to as texts come, mapped into memory for exact search.

`NAME.texts` has a first line that names the vectors' file and their width, then one text (as JSON) a line; the vectors'
file holds the rows in the same order as 32-bit floats. Rows are written before their texts, so that after a crash the
complete lines say what is there; whatever stands behind them is cut off by the next writer.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.embedders import Matrix

_ITEM_BYTES = 4


@dataclass(frozen=True, slots=True)
class VectorFile:
    """The texts held and their vectors, row by row, as they were when it was read."""

    texts: tuple[str, ...]
    vectors: Matrix


@dataclass(frozen=True, slots=True)
class _Header:
    vectors: str
    width: int


def read_vectors(folder: Path, name: str) -> VectorFile:
    """What is held under a name; nothing where no file is, or one that is not ours."""
    import numpy as np

    header, lines = _read_texts(_texts_path(folder, name))
    empty = VectorFile((), np.zeros((0, 0), dtype=np.float32))
    if header is None or header.width <= 0:
        return empty
    rows_path = folder / header.vectors
    rows = rows_path.stat().st_size // (_ITEM_BYTES * header.width) if rows_path.is_file() else 0
    count = min(len(lines), rows)
    if not count:
        return empty
    vectors = np.memmap(rows_path, dtype=np.float32, mode="r", shape=(count, header.width))
    return VectorFile(tuple(json.loads(line) for line in lines[:count]), vectors)


def count_vectors(folder: Path, name: str) -> int:
    """How many vectors are held under a name."""
    return len(_read_texts(_texts_path(folder, name))[1])


def append_vectors(folder: Path, name: str, texts: Sequence[str], vectors: Matrix) -> None:
    """Add texts with their vectors. One writer at a time; readers may go on reading."""
    if not texts:
        return
    header, lines = _read_texts(_texts_path(folder, name))
    if header is None or header.width != vectors.shape[1] or not (folder / header.vectors).is_file():
        replace_vectors(folder, name, texts, vectors)
        return
    rows_path, texts_path = folder / header.vectors, _texts_path(folder, name)
    row_bytes = _ITEM_BYTES * header.width
    count = min(len(lines), rows_path.stat().st_size // row_bytes)
    os.truncate(rows_path, count * row_bytes)
    _append(rows_path, vectors.astype("<f4").tobytes())
    os.truncate(texts_path, texts_path.stat().st_size - _behind(texts_path, count + 1))
    _append(texts_path, _lines(texts))


def replace_vectors(folder: Path, name: str, texts: Sequence[str], vectors: Matrix) -> None:
    """Hold exactly these texts under a name, from one moment to the next."""
    folder.mkdir(parents=True, exist_ok=True)
    old, _ = _read_texts(_texts_path(folder, name))
    generation = int(old.vectors.rpartition(".")[2]) + 1 if old is not None else 1
    header = {"vectors": f"{name}.{generation}", "width": int(vectors.shape[1]) if len(texts) else 0}
    _write_new(folder / f"{name}.{generation}", vectors.astype("<f4").tobytes())
    partial = folder / f"{name}.texts.part"
    _write_new(partial, json.dumps(header).encode() + b"\n" + _lines(texts))
    partial.replace(_texts_path(folder, name))
    if old is not None:
        (folder / old.vectors).unlink(missing_ok=True)


def _texts_path(folder: Path, name: str) -> Path:
    return folder / f"{name}.texts"


def _read_texts(path: Path) -> tuple[_Header | None, list[bytes]]:
    """The header and the complete lines; no header where the file is not there or is not ours."""
    if not path.is_file():
        return None, []
    first, *lines = path.read_bytes().split(b"\n")[:-1] or [b""]
    try:
        said = json.loads(first)
        header = _Header(str(said["vectors"]), int(said["width"]))
    except (ValueError, TypeError, KeyError):
        return None, []
    known = header.vectors.rpartition(".")
    return (header, lines) if known[0] == path.stem and known[2].isdecimal() else (None, [])


def _lines(texts: Iterable[str]) -> bytes:
    return b"".join(json.dumps(text).encode("ascii") + b"\n" for text in texts)


def _behind(path: Path, lines: int) -> int:
    """How many bytes of a file stand behind its first lines."""
    with path.open("rb") as file:
        kept = sum(len(file.readline()) for _ in range(lines))
    return path.stat().st_size - kept


def _append(path: Path, content: bytes) -> None:
    with path.open("ab") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _write_new(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
