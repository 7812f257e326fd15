"""The instances that ship with the package, and how each was made.

They are files, so that examples and demos show what a user has: something to read. A test makes
them anew and compares. To add one, name it in ``PACKAGED`` and call ``write_packaged``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import as_file, files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from routewright.data.errors import InstanceError
from routewright.data.generators import generate
from routewright.data.instance import Instance


@dataclass(frozen=True)
class Recipe:
    """The call that makes a packaged instance: ``generate(kind, n, seed, **options)``."""

    kind: str
    n: int
    seed: int
    options: Mapping[str, Any] = field(default_factory=dict)

    def make(self) -> Instance:
        """Generate the instance."""
        return generate(self.kind, self.n, self.seed, **self.options)


PACKAGED: Mapping[str, Recipe] = MappingProxyType(
    {
        "clustered-20": Recipe("clustered", 20, 1, {"modes": 3, "grid": 100}),
        "windows-50": Recipe(
            "solomon_like", 50, 1, {"placement": "RC", "density": 0.75, "width": 60.0, "deviation": 15.0}
        ),
        "xstyle-100": Recipe(
            "xstyle", 100, 1, {"depot": "central", "customers": "random-clustered", "demand": "1-100", "route_size": 9}
        ),
    }
)


def packaged_names() -> tuple[str, ...]:
    """Names that ``packaged`` knows."""
    return tuple(PACKAGED)


def packaged(name: str) -> Instance:
    """Read an instance that ships with the package.

    Raises:
        InstanceError: if there is none of that name; the message lists them.
    """
    from routewright.data.formats.read import read

    with as_file(files("routewright.data") / "instances" / _file(name)) as path:
        return read(path)


def write_packaged(folder: str | Path) -> list[Path]:
    """Make all packaged instances and write them into ``folder``; returns their paths."""
    from routewright.data.formats.write import write

    paths = [Path(folder) / _file(name) for name in PACKAGED]
    for recipe, path in zip(PACKAGED.values(), paths, strict=True):
        write(recipe.make(), path)
    return paths


def _file(name: str) -> str:
    if name not in PACKAGED:
        raise InstanceError(f"no packaged instance {name!r}, there are {', '.join(PACKAGED)}")
    return f"{name}.vrp"
