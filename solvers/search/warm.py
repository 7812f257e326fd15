"""Compile kernels before the clock starts; later processes find them on disk."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from routewright.data.instance import Instance
from routewright.solvers.search.kernel.jit import DIRECTORY
from routewright.solvers.search.model import is_timed, model
from routewright.solvers.search.session import Session
from routewright.solvers.search.start import start_routes

FAMILIES = {False: "capacity", True: "windows"}

_ready: set[bool] = set()


def prepare(instance: Instance) -> None:
    """Compile, or load from disk, what ``run`` needs for ``instance``."""
    _compile(is_timed(instance))


def warm(announce: Callable[[str], None] | None = None) -> None:
    """Compile every kernel; ``announce`` is told each family before its turn."""
    for timed, family in FAMILIES.items():
        if announce is not None:
            announce(family)
        _compile(timed)


def is_compiled(instance: Instance) -> bool:
    """Whether ``prepare`` would find the kernels of ``instance`` on disk, or loaded already."""
    timed = is_timed(instance)
    return timed in _ready or _marker(timed).exists()


def _compile(timed: bool) -> None:
    if timed in _ready:
        return
    asked = model(_sample(timed))
    routes = start_routes(asked, seed=0)  # builds, joins and polishes
    session = Session(asked, 0, 4)
    session.load(routes)
    session.improve(10, 1.0)
    _ready.add(timed)
    DIRECTORY.mkdir(parents=True, exist_ok=True)
    _marker(timed).touch()


def _marker(timed: bool) -> Path:
    """Says that the kernels beside it are complete."""
    return DIRECTORY / f"{FAMILIES[timed]}.ready"


def _sample(timed: bool) -> Instance:
    places = np.array([[0, 0], [1, 5], [2, 7], [8, 1], [9, 4]])
    windows = [[0, 99]] * len(places) if timed else None
    return Instance.build(coords=places, delivery=[0, 1, 1, 1, 1], capacity=2, windows=windows, rounding="round")
