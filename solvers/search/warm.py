"""Compile kernels before the clock starts; later processes find them on disk."""

import subprocess
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from routewright.data.instance import Instance
from routewright.solvers.search.general import general_model, needs_general
from routewright.solvers.search.genetic import Genetic
from routewright.solvers.search.kernel.jit import DIRECTORY
from routewright.solvers.search.model import Model, is_timed, model
from routewright.solvers.search.population import Population
from routewright.solvers.search.rich import session as rich
from routewright.solvers.search.session import Session
from routewright.solvers.search.start import start_flat
from routewright.solvers.search.support import rich_features


class Family(StrEnum):
    """Kernels compiled for the same kind of instances."""

    CAPACITY = "capacity"
    WINDOWS = "windows"
    GENERAL = "general"
    RICH = "rich"


_ready: set[Family] = set()


def family(instance: Instance) -> Family:
    """The kernels that ``instance`` needs."""
    if rich_features(instance):
        return Family.RICH
    if needs_general(instance):
        return Family.GENERAL
    return Family.WINDOWS if is_timed(instance) else Family.CAPACITY


def prepare(instance: Instance) -> None:
    """Compile, or load from disk, what ``run`` needs for ``instance``."""
    _compile(family(instance))


def warm(announce: Callable[[str], None] | None = None) -> None:
    """Compile every kernel; ``announce`` is told each family before its turn."""
    for each in Family:
        if announce is not None:
            announce(each.value)
        _compile(each)


def is_compiled(instance: Instance) -> bool:
    """Whether ``prepare`` would find the kernels of ``instance`` on disk, or loaded already."""
    needed = family(instance)
    return needed in _ready or _marker(needed).exists()


def compile_start(needed: Family) -> None:
    """Compile what builds a start and polishes it, and what breeds; or what walks routes."""
    if needed is Family.RICH:
        rich.compile_parts(_instance())
        return
    asked = _sample(needed)
    if needed is Family.CAPACITY:
        _compile_breeding(asked)
    start_flat(asked, seed=0)


def _compile_breeding(asked: Model) -> None:
    genetic = Genetic(asked, 0, asked.n_clients, Population(asked.n_nodes))
    for _ in range(2):
        genetic.step()
    genetic.child()


def compile_annealing(needed: Family) -> None:
    """Compile what improves a solution."""
    if needed is Family.RICH:
        rich.compile_search(_instance())
        return
    Session(_sample(needed), 0, 4).compile()


def _compile(needed: Family) -> None:
    if needed in _ready:
        return
    if _marker(needed).exists():
        compile_annealing(needed)
        compile_start(needed)
    else:
        _compile_in_two_processes(needed)
    _ready.add(needed)
    DIRECTORY.mkdir(parents=True, exist_ok=True)
    _marker(needed).touch()


def _compile_in_two_processes(needed: Family) -> None:
    """Numba compiles one function at a time in a process: a second one halves the wait."""
    module = "routewright.solvers.search.warm"
    code = f"import importlib; importlib.import_module({module!r}).compile_others({needed.value!r})"
    with subprocess.Popen(  # noqa: S603 - our own interpreter, our own code
        [sys.executable, "-c", code],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ):
        compile_annealing(needed)
    compile_start(needed)  # from disk; compiled here should the other process have failed


def compile_others(needed: str) -> None:
    """Compile all but what improves a solution: the polish, the savings, the loading, the walk."""
    from routewright.solvers.search.polish import polish

    if needed == Family.RICH:
        compile_start(Family.RICH)
        return
    asked = _sample(Family(needed))
    Session(asked, 0, 4).load([])
    if asked.fleet is None:
        polish(asked, [[client] for client in range(1, asked.n_nodes)])


def _marker(needed: Family) -> Path:
    """Says that the kernels beside it are complete."""
    return DIRECTORY / f"{needed.value}.ready"


def _instance(windows: ArrayLike | None = None) -> Instance:
    places = np.array([[0, 0], [1, 5], [2, 7], [8, 1], [9, 4]])
    return Instance.build(coords=places, delivery=[0, 1, 1, 1, 1], capacity=2, windows=windows, rounding="round")


def _sample(needed: Family) -> Model:
    instance = _instance([[0, 99]] * 5 if needed is Family.WINDOWS else None)
    return general_model(instance) if needed is Family.GENERAL else model(instance)
