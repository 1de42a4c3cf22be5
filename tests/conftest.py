"""What several test modules use and is slow to make."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two years of one agency, for reading only."""
    from tests.browser import make_store

    names = ["shaoxing-kexie-2023-invented.pdf", "shaoxing-kexie-2024-sample.pdf"]
    return make_store(tmp_path_factory.mktemp("sample-store"), names)
