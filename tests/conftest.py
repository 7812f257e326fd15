"""Fixtures that every test may use, and shapes that are checked."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from jaxtyping import config

from tests.shapes import CALLED_BY_USERS, check_shapes

ROOT = Path(__file__).parents[1]

check_shapes(CALLED_BY_USERS)


@pytest.fixture(scope="session")
def instances() -> Path:
    """Folder of public benchmark files; tests that need it skip where it is absent."""
    folder = Path(os.environ.get("ROUTEWRIGHT_INSTANCES", ROOT.parent / "shared" / "instances"))
    if not folder.is_dir():
        pytest.skip(f"no public instances at {folder} (set ROUTEWRIGHT_INSTANCES)")
    return folder


@pytest.fixture
def unchecked_shapes() -> Iterator[None]:
    """For calls that are wrong on purpose, about which the library itself complains."""
    config.update("jaxtyping_disable", True)
    yield
    config.update("jaxtyping_disable", False)
