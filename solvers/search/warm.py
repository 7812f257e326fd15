"""Compile kernels before the clock starts; later processes find them on disk."""

import subprocess
import sys
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


def compile_start(timed: bool) -> None:
    """Compile what builds a start and polishes it."""
    start_routes(model(_sample(timed)), seed=0)


def compile_annealing(timed: bool) -> None:
    """Compile what improves a solution."""
    Session(model(_sample(timed)), 0, 4).compile()


def _compile(timed: bool) -> None:
    if timed in _ready:
        return
    if _marker(timed).exists():
        compile_annealing(timed)
        compile_start(timed)
    else:
        _compile_in_two_processes(timed)
    _ready.add(timed)
    DIRECTORY.mkdir(parents=True, exist_ok=True)
    _marker(timed).touch()


def _compile_in_two_processes(timed: bool) -> None:
    """Numba compiles one function at a time in a process: a second one halves the wait."""
    module = "routewright.solvers.search.warm"
    code = f"import importlib; importlib.import_module({module!r}).compile_others({timed!r})"
    with subprocess.Popen(  # noqa: S603 - our own interpreter, our own code
        [sys.executable, "-c", code],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ):
        compile_annealing(timed)
    compile_start(timed)  # from disk; compiled here should the other process have failed


def compile_others(timed: bool) -> None:
    """Compile all but what improves a solution: the polish, the savings, the loading."""
    from routewright.solvers.search.polish import polish

    asked = model(_sample(timed))
    polish(asked, [[client] for client in range(1, asked.n_nodes)])
    Session(asked, 0, 4).load([])


def _marker(timed: bool) -> Path:
    """Says that the kernels beside it are complete."""
    return DIRECTORY / f"{FAMILIES[timed]}.ready"


def _sample(timed: bool) -> Instance:
    places = np.array([[0, 0], [1, 5], [2, 7], [8, 1], [9, 4]])
    windows = [[0, 99]] * len(places) if timed else None
    return Instance.build(coords=places, delivery=[0, 1, 1, 1, 1], capacity=2, windows=windows, rounding="round")
