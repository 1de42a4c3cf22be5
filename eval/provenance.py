"""What a score rests on: data, code, corpus, configuration, versions and machine."""

from __future__ import annotations

import hashlib
import os
import platform
import re
import sqlite3
import subprocess
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from eval.question import Dataset
from ingest.config import config_from_environment
from ingest.records import Document
from qa.check import ENOUGH
from qa.meant import calibration_of

_PROJECT = "budgetqa"
_ROOT = Path(__file__).resolve().parent.parent
# What an evaluation itself writes into the checkout; it says nothing of the code that was measured.
_WRITTEN = ("docs/evaluation.md", "docs/evaluation", "eval/scale/results.json")
_REQUIRED = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Provenance:
    """The circumstances of a run.

    `commit` is empty outside a checkout. `dirty` says whether files differed from it, `untracked` how many of these it
    does not know at all. `corpus_sha256` is one digest of all documents, whatever their order and names.
    """

    datasets: tuple[tuple[str, str, int], ...]  # name, SHA-256, lines of gold
    corpus: tuple[tuple[str, str], ...]  # file, SHA-256
    corpus_sha256: str
    commit: str
    dirty: bool
    untracked: int
    configuration: tuple[tuple[str, str], ...]
    versions: tuple[tuple[str, str], ...]
    machine: str

    @property
    def code(self) -> str:
        """The commit, shortened, and whether the files were those of it."""
        untracked = f" and {self.untracked} untracked files" if self.untracked else ""
        return f"{self.commit[:12] or 'unknown'}{f' with uncommitted changes{untracked}' if self.dirty else ''}"


def provenance(
    datasets: Sequence[Dataset], documents: Sequence[Document], configuration: Sequence[tuple[str, str]]
) -> Provenance:
    """What is about to be run on what; `configuration` are the options of the run, to which the engine's are added."""
    return Provenance(
        tuple((d.name, d.sha256, d.whole) for d in datasets),
        tuple((d.file, d.sha256) for d in documents),
        corpus_digest(d.sha256 for d in documents),
        *commit_and_dirt(_ROOT),
        (*configuration, *configured()),
        versions(),
        machine(),
    )


def versions() -> tuple[tuple[str, str], ...]:
    """The versions of the project, of the packages it requires and of SQLite; what is not installed is left out."""
    found = [(name, number) for name in _packages() if (number := _version(name))]
    return (*found, ("SQLite", sqlite3.sqlite_version))


def corpus_digest(digests: Iterable[str]) -> str:
    """The SHA-256 of the documents' SHA-256s in order, one a line."""
    return hashlib.sha256("\n".join(sorted(digests)).encode()).hexdigest()


def configured() -> tuple[tuple[str, str], ...]:
    """What of the environment and of the engine's settings decides an answer: embedder, its floors, the check."""
    config = config_from_environment()
    floors = calibration_of(config.embedder)
    return (
        ("embedder", config.embedder),
        ("embedder's floors", f"Chinese {floors.chinese}, English {floors.english}, margin {floors.margin}"),
        ("vector search", config.search.value),
        ("database", "in the data directory" if config.database is None else config.database.partition(":")[0]),
        ("answers withheld below", str(ENOUGH)),
    )


def commit_and_dirt(folder: Path) -> tuple[str, bool, int]:
    """The commit of a checkout, whether files differ from it, and how many are unknown to it, ignored ones left out.

    ("", False, 0) where there is no git.
    """
    try:
        head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=folder, capture_output=True, text=True, check=True)
        command = ["git", "status", "--porcelain", "--", ".", *(f":(exclude){path}" for path in _WRITTEN)]
        status = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "", False, 0
    lines = status.stdout.splitlines()
    return head.stdout.strip(), bool(lines), sum(line.startswith("??") for line in lines)


def machine() -> str:
    """What the figures were measured on and how busy it was, as one line."""
    memory = f", {_gigabytes():.0f} GB" if _gigabytes() else ""
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    cores = f"{os.cpu_count()} cores"
    return f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {cores}{memory}{load}"


def _gigabytes() -> float:
    """Physical memory; 0 where the system does not tell."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9
    except (AttributeError, ValueError, OSError):
        return 0.0


def _packages() -> tuple[str, ...]:
    """The project and the packages it cannot run without, as its installation or its checkout names them."""
    try:
        needed = requires(_PROJECT) or []
    except PackageNotFoundError:
        declared = _ROOT / "pyproject.toml"
        needed = tomllib.loads(declared.read_text("utf-8"))["project"]["dependencies"] if declared.exists() else []
    names = (_REQUIRED.match(line) for line in needed if "extra ==" not in line)
    return (_PROJECT, *sorted(name.group() for name in names if name is not None))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
