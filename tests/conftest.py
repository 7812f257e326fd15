"""Fixtures that every test may use."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def instances() -> Path:
    """Folder of public benchmark files; tests that need it skip where it is absent."""
    folder = Path(os.environ.get("ROUTEWRIGHT_INSTANCES", ROOT.parent / "shared" / "instances"))
    if not folder.is_dir():
        pytest.skip(f"no public instances at {folder} (set ROUTEWRIGHT_INSTANCES)")
    return folder
