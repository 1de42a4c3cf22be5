"""`budgetqa app`: opens the app in a browser, served to this machine only unless told otherwise."""

from __future__ import annotations

import argparse
import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import InputError

if TYPE_CHECKING:
    from qa.commands import Subparsers

LOCALHOST = "127.0.0.1"
UPLOAD_VARIABLE = "BUDGETQA_UPLOAD"
DEFAULT_PORT = 8501
UPLOAD_MEGABYTES = 50


def register(subparsers: Subparsers) -> None:
    """Add the command's parser."""
    parser = subparsers.add_parser("app", help="open the app in a browser")
    parser.add_argument("--address", default=LOCALHOST, help=f"the address to listen on (else {LOCALHOST})")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help=f"the port to listen on (else {DEFAULT_PORT})")
    parser.add_argument("--headless", action="store_true", help="do not open a browser")
    parser.add_argument("--no-upload", action="store_true", help="refuse uploads and removals, for a public site")


def run(args: argparse.Namespace) -> int:
    """Become the app's server; returns only where it cannot start."""
    environment = {**os.environ, "BUDGETQA_STORE": str(args.store)}
    if args.no_upload:
        environment[UPLOAD_VARIABLE] = "off"
    os.execve(sys.executable, command_line(args), environment)
    return 0


def command_line(args: argparse.Namespace) -> list[str]:
    """The streamlit command that serves the app."""
    options = {
        "server.address": args.address,
        "server.port": str(args.port),
        "server.headless": "true" if args.headless else None,
        "server.showEmailPrompt": "false",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "server.maxUploadSize": str(UPLOAD_MEGABYTES),
        "client.toolbarMode": "viewer",
        "client.showErrorDetails": "none",
        # Streamlit would collect all garbage after every run of a page, a third of the server's CPU.
        "runner.postScriptGC": "false",
    }
    flags = [f"--{name}={value}" for name, value in options.items() if value is not None]
    return [sys.executable, "-m", "streamlit", "run", str(script()), *flags]


def script() -> Path:
    """Where app.py lies; raises `InputError` where it was not installed."""
    spec = find_spec("app")
    if spec is None or spec.origin is None:
        raise InputError("app.py is not installed here; run make setup in the project's folder")
    return Path(spec.origin)
