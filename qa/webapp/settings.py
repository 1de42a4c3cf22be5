"""How the app is run: the data directory, whether files may be uploaded, and what one may cost."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import InputError
from ingest.limits import Limits
from qa.cli import store_directory
from qa.commands.app import UPLOAD_VARIABLE

MEGABYTES_VARIABLE = "BUDGETQA_UPLOAD_MEGABYTES"
PAGES_VARIABLE = "BUDGETQA_UPLOAD_PAGES"
_OFF = frozenset({"off", "no", "false", "0"})


@dataclass(frozen=True, slots=True)
class Settings:
    """`uploads` also governs removal: a public site changes nothing."""

    store: Path
    uploads: bool = True
    max_megabytes: int = 50
    max_pages: int = 1000

    @property
    def limits(self) -> Limits:
        return Limits(self.max_megabytes * 1024 * 1024, self.max_pages)


def settings_from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings that BUDGETQA_STORE, _UPLOAD, _UPLOAD_MEGABYTES and _UPLOAD_PAGES give. Raises `InputError`."""
    default = Settings(store_directory(None))
    return Settings(
        default.store,
        environment.get(UPLOAD_VARIABLE, "").casefold() not in _OFF,
        _count(environment, MEGABYTES_VARIABLE, default.max_megabytes),
        _count(environment, PAGES_VARIABLE, default.max_pages),
    )


def _count(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise InputError(f"{name}={text[:40]!r}: must be a number of at least 1")
    return int(text)
