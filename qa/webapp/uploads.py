"""Uploaded files, read one after the other by a process of their own, so that answers do not wait for them."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from threading import Lock, Timer

from qa.webapp.safe import safe_name
from qa.webapp.settings import Settings

MOST_SECONDS = 1800.0
MOST_WAITING = 20


class State(StrEnum):
    """Where an upload has got to."""

    WAITING = "waiting"
    READING = "reading"
    STORED = "stored"
    HELD = "already"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Progress:
    """An upload as it stands now: pages read and of how many, or what became of it."""

    name: str
    state: State = State.WAITING
    pages: int = 0
    of: int | None = None
    document: str | None = None
    reason: str | None = None

    @property
    def ended(self) -> bool:
        return self.state in (State.STORED, State.HELD, State.FAILED)


@dataclass(slots=True)
class Upload:
    """A handle to one upload: `progress` is replaced whole by the thread that follows the process."""

    progress: Progress


@dataclass(slots=True)
class UploadQueue:
    """Reads uploads in the order they came, for all sessions of the app."""

    settings: Settings
    _pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "upload"))
    _lock: Lock = field(default_factory=Lock)
    _waiting: int = 0

    def submit(self, name: str, data: bytes) -> Upload:
        """Queue one file; its name is used for nothing but to name it."""
        upload = Upload(Progress(safe_name(name)))
        refusal = self._refusal(upload.progress.name, data)
        if refusal is not None:
            upload.progress = replace(upload.progress, state=State.FAILED, reason=refusal)
            return upload
        self._count(1)
        self._pool.submit(self._read, upload, data)
        return upload

    def _refusal(self, name: str, data: bytes) -> str | None:
        most = self.settings.max_megabytes
        if len(data) > most * 1024 * 1024:
            return f"{name}: {len(data) / 1e6:.0f} MB, the limit is {most} MB"
        if self._waiting >= MOST_WAITING:
            return f"{name}: {self._waiting} files are waiting already; try again later"
        return None

    def _count(self, change: int) -> None:
        with self._lock:
            self._waiting += change

    def _read(self, upload: Upload, data: bytes) -> None:
        try:
            with tempfile.TemporaryDirectory(prefix="budgetqa-upload-") as folder:
                file = Path(folder) / upload.progress.name
                file.write_bytes(data)
                self._run(upload, file)
        except OSError as error:
            reason = f"{upload.progress.name}: cannot be read ({error.strerror or error})"
            upload.progress = replace(upload.progress, state=State.FAILED, reason=reason)
        finally:
            self._count(-1)

    def _run(self, upload: Upload, file: Path) -> None:
        settings = self.settings
        limits = (str(settings.max_megabytes), str(settings.max_pages))
        command = [sys.executable, "-m", "qa.webapp.uploadworker", str(settings.store), str(file), *limits]
        upload.progress = replace(upload.progress, state=State.READING)
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
            limit = Timer(MOST_SECONDS, process.kill)
            limit.start()
            try:
                follow(upload, process.stdout or ())
            finally:
                limit.cancel()
        if not upload.progress.ended:
            reason = f"{upload.progress.name}: reading it took too long or broke off"
            upload.progress = replace(upload.progress, state=State.FAILED, reason=reason)


def follow(upload: Upload, lines: Iterable[str]) -> None:
    """Keep an upload's progress in step with what its process says."""
    for line in lines:
        said = json.loads(line)
        for key, read in _READINGS.items():
            if key in said:
                upload.progress = read(upload.progress, said)


_READINGS: dict[str, Callable[[Progress, dict[str, object]], Progress]] = {
    "pages": lambda p, said: replace(p, pages=_number(said["pages"]) or 0, of=_number(said["of"])),
    "stored": lambda p, said: replace(
        p, state=State.STORED, document=_text(said["stored"]), reason=_text(said["index"])
    ),
    "held": lambda p, said: replace(p, state=State.HELD, document=_text(said["held"])),
    "failed": lambda p, said: replace(p, state=State.FAILED, reason=_text(said["failed"])),
}


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
