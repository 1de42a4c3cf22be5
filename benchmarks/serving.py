"""The app served by its own command on a free port, for what is measured and tested in a browser."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Server:
    """A served app: where it listens, and its process."""

    url: str
    process: int

    def cpu_seconds(self) -> float | None:
        """The CPU that its process has used so far; None where the system does not tell (Linux's /proc does)."""
        stat = Path(f"/proc/{self.process}/stat")
        if not stat.is_file():
            return None
        user, system = stat.read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def resident_megabytes(self) -> float | None:
        """The memory that its process holds; None where the system does not tell."""
        status = Path(f"/proc/{self.process}/status")
        if not status.is_file():
            return None
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) * 1024 / 1e6


@contextmanager
def serving(store: Path, log: Path, settings: Mapping[str, str] | None = None) -> Iterator[Server]:
    """The app over a store, by the command `budgetqa app`, with `settings` in its environment.

    Raises `RuntimeError` where it ends before it answers, `TimeoutError` where it does not answer within a minute.
    """
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "qa", "--store", str(store), "app", "--port", str(port), "--headless"]
    environment = {**os.environ, **(settings or {})}
    with log.open("w") as out:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT)
        try:
            await_answer(f"{url}/_stcore/health", server)
            yield Server(url, server.pid)
        finally:
            server.terminate()
            server.wait(20)


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def await_answer(url: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until the app answers."""
    for _ in range(240):
        if server.poll() is not None:
            raise RuntimeError(f"the app ended with status {server.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (URLError, ConnectionError):
            time.sleep(0.25)
    raise TimeoutError(url)
