"""What several test modules use and is slow to make."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# The first example of a property loads word lists and compiles patterns; on a busy machine that alone takes a second.
settings.register_profile("shared machine", deadline=None)
settings.load_profile("shared machine")


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two years of one agency, for reading only."""
    from tests.browser import make_store

    names = ["shaoxing-kexie-2023-invented.pdf", "shaoxing-kexie-2024-sample.pdf"]
    return make_store(tmp_path_factory.mktemp("sample-store"), names)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser for one module: other modules' event loops and this one's do not live at the same time."""
    from tests.browser import browser

    with browser() as opened:
        yield opened
