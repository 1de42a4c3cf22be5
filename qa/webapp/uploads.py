"""Uploaded files, read one after the other by a process of their own, so that answers do not wait for them."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Thread, Timer

from qa.webapp.safe import safe_name
from qa.webapp.settings import Settings

MOST_SECONDS = 1800.0
MOST_WAITING = 20
_PATIENCE = 5.0  # seconds that closing waits for a reading that was stopped


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
    """Reads uploads in the order they came, for all sessions of the app, until it is closed."""

    settings: Settings
    _files: SimpleQueue[tuple[Upload, bytes] | None] = field(default_factory=SimpleQueue)
    _lock: Lock = field(default_factory=Lock)
    _waiting: int = 0
    _reader: Thread | None = None
    _process: subprocess.Popen[str] | None = None
    _closed: bool = False

    def submit(self, name: str, data: bytes) -> Upload:
        """Queue one file; its name is used for nothing but to name it."""
        upload = Upload(Progress(safe_name(name)))
        refusal = self._refusal(upload.progress.name, data)
        if refusal is not None:
            upload.progress = replace(upload.progress, state=State.FAILED, reason=refusal)
            return upload
        self._count(1)
        self._files.put((upload, data))
        self._start()
        return upload

    def close(self) -> None:
        """Stop what is being read, so that the app can end; nothing of it is stored."""
        with self._lock:
            self._closed = True
            if self._process is not None:
                self._process.kill()
        self._files.put(None)
        if self._reader is not None:
            self._reader.join(_PATIENCE)

    def _start(self) -> None:
        with self._lock:
            if self._reader is None:
                # Not one of a pool's threads: Python would wait for those before it ends, however long they read.
                self._reader = Thread(target=self._read_all, name="upload", daemon=True)
                self._reader.start()

    def _read_all(self) -> None:
        while (file := self._files.get()) is not None and not self._closed:
            self._read(*file)

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
        process = self._begin(command)
        if process is not None:
            limit = Timer(MOST_SECONDS, process.kill)
            limit.start()
            with process:
                try:
                    follow(upload, process.stdout or ())
                finally:
                    limit.cancel()
                    self._process = None
        if not upload.progress.ended:
            reason = f"{upload.progress.name}: reading it took too long or broke off"
            upload.progress = replace(upload.progress, state=State.FAILED, reason=reason)

    def _begin(self, command: list[str]) -> subprocess.Popen[str] | None:
        """The process, known to `close`; None where the queue was closed first."""
        with self._lock:
            if self._closed:
                return None
            self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            return self._process


def follow(upload: Upload, lines: Iterable[str]) -> None:
    """Keep an upload's progress in step with what its process says."""
    for line in lines:
        said = _object(line)
        for key, read in _READINGS.items():
            if key in said:
                upload.progress = read(upload.progress, said)


def _object(line: str) -> dict[str, object]:
    """What a line of the process says; nothing where it is not ours, since libraries print too."""
    try:
        said = json.loads(line)
    except json.JSONDecodeError:
        return {}
    return said if isinstance(said, dict) else {}


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
