"""The real documents that tests run on where they are at hand; they are not part of the project."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from ingest.extract import extract
from ingest.records import Extract

FOLDER = Path(os.environ.get("BUDGETQA_SHARED", Path(__file__).parents[2] / "shared")) / "documents"


def shared_document(name: str) -> Path:
    """The path of a real document; skips the test where the folder or the file is absent."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"real document {name} is not in {FOLDER} (set BUDGETQA_SHARED to the folder that holds it)")
    return path


@cache
def shared_extract(name: str) -> Extract:
    """A real document, extracted once for all tests."""
    return extract(shared_document(name))
