"""From what a job says of its solver to the solver itself."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any, cast

from routewright.compare.functions import HERE, Function, function_here
from routewright.compare.job import SolverSpec
from routewright.data.errors import RoutewrightError
from routewright.solvers.registry import Solver, configured


def load_solver(spec: SolverSpec) -> Solver:
    """The solver that ``spec`` speaks of.

    Raises:
        RoutewrightError: if there is no such file or function, or words are nothing to it.
    """
    if spec.module.startswith(HERE):
        return Function(function_here(spec.module))
    place, _, name = spec.module.partition(":")
    module = load_module(place)
    if name:
        return Function(_inside(module, name))
    return configured(cast(Solver, module), spec.name, spec.words)


def load_module(place: str) -> ModuleType:
    """The module of a dotted name or of a ``.py`` file.

    Raises:
        RoutewrightError: if there is no such file.
    """
    if not place.endswith(".py"):
        return import_module(place)
    path = Path(place)
    found = spec_from_file_location(path.stem, path)
    if found is None or found.loader is None or not path.exists():
        raise RoutewrightError(f"solver module {place}: no such file")
    loaded = module_from_spec(found)
    with _beside(path.resolve().parent):
        found.loader.exec_module(loaded)
    return loaded


@contextmanager
def _beside(folder: Path) -> Iterator[None]:
    """Modules in the folder can be imported, as where a file is run as a script."""
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))


def _inside(module: Any, name: str) -> Any:
    for part in name.split("."):
        module = getattr(module, part, None)
    if not callable(module):
        raise RoutewrightError(f"solver function {name!r} is not in its module")
    return module
