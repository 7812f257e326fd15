"""Recipes that take a second."""

from pathlib import Path
from typing import Any

from routewright.policies.training import Recipe

TINY: dict[str, Any] = {
    "name": "tiny",
    "policy": {"preset": "pomo", "width": 16, "heads": 2, "layers": 1, "hidden": 32},
    "data": {"n": 6},
    "steps": 6,
    "batch": 8,
    "validation": {"every": 3},
}


def tiny(folder: Path = Path(), **changes: Any) -> Recipe:
    """The smallest of all, with some entries changed."""
    return Recipe(**(TINY | changes), folder=folder)
