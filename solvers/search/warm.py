"""Compile kernels before the clock starts; later processes find them on disk."""

import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import ExitStack, nullcontext
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from routewright.data.instance import Instance
from routewright.solvers.alone import alone
from routewright.solvers.search.general import general_model, needs_general
from routewright.solvers.search.genetic import Genetic
from routewright.solvers.search.kernel.jit import DIRECTORY
from routewright.solvers.search.model import Model, is_timed, model
from routewright.solvers.search.phases import may_breed
from routewright.solvers.search.population import Population
from routewright.solvers.search.rich import session as rich
from routewright.solvers.search.session import Session
from routewright.solvers.search.start import start_flat
from routewright.solvers.search.support import rich_features
from routewright.solvers.stop import Stop


class Family(StrEnum):
    """Kernels that are compiled together."""

    CAPACITY = "capacity"
    BREEDING = "breeding"
    WINDOWS = "windows"
    GENERAL = "general"
    RICH = "rich"


_ready: set[Family] = set()


def family(instance: Instance) -> Family:
    """The kernels that every run on ``instance`` needs."""
    if rich_features(instance):
        return Family.RICH
    if needs_general(instance):
        return Family.GENERAL
    return Family.WINDOWS if is_timed(instance) else Family.CAPACITY


def needed(instance: Instance, stop: Stop) -> list[Family]:
    """The kernels that a run under these limits needs."""
    first = family(instance)
    breeds = first is Family.CAPACITY and may_breed(stop, instance.n_clients)
    return [first, Family.BREEDING] if breeds else [first]


def prepare(instance: Instance, stop: Stop) -> None:
    """Compile, or load from disk, what ``run`` needs for ``instance`` under these limits."""
    _compile(needed(instance, stop))


def warm(announce: Callable[[str], None] | None = None) -> None:
    """Compile every kernel; ``announce`` is told each family before its turn."""
    for each in Family:
        if announce is not None:
            announce(each.value)
        _compile([each])


def is_compiled(instance: Instance, stop: Stop) -> bool:
    """Whether ``prepare`` would find its kernels on disk, or loaded already."""
    return all(each in _ready or _marker(each).exists() for each in needed(instance, stop))


def compile_start(asked: Family) -> None:
    """Compile what builds a start and polishes it; or what breeds; or what walks routes."""
    if asked is Family.RICH:
        rich.compile_parts(_instance())
    elif asked is Family.BREEDING:
        _compile_breeding(_sample(Family.CAPACITY))
    else:
        start_flat(_sample(asked), seed=0)


def _compile_breeding(asked: Model) -> None:
    genetic = Genetic(asked, 0, asked.n_clients, Population(asked.n_nodes))
    for _ in range(2):
        genetic.step()
    genetic.child()


def compile_annealing(asked: Family) -> None:
    """Compile what improves a solution."""
    if asked is Family.RICH:
        rich.compile_search(_instance())
    elif asked is not Family.BREEDING:
        Session(_sample(asked), 0, 4).compile()


def _compile(asked: Iterable[Family]) -> None:
    missing = [each for each in asked if each not in _ready]
    DIRECTORY.mkdir(parents=True, exist_ok=True)
    on_disk = all(_marker(each).exists() for each in missing)
    with nullcontext() if on_disk else alone(DIRECTORY / "compiling.lock"):
        with ExitStack() as others:
            for each in missing:
                if not _marker(each).exists():  # nor did another process compile it meanwhile
                    others.enter_context(_compiled_beside(each))
            for each in missing:
                compile_annealing(each)
        for each in missing:
            compile_start(each)  # from disk; compiled here should the other process have failed
            _ready.add(each)
            _marker(each).touch()


def _compiled_beside(asked: Family) -> "subprocess.Popen[bytes]":
    """Numba compiles one function at a time in a process: others do what this one does not begin with."""
    module = "routewright.solvers.search.warm"
    code = f"import importlib; importlib.import_module({module!r}).compile_others({asked.value!r})"
    return subprocess.Popen(  # noqa: S603 - our own interpreter, our own code
        [sys.executable, "-c", code],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def compile_others(name: str) -> None:
    """Compile all of a family but what improves a solution: the polish, the savings, the loading, the walk."""
    from routewright.solvers.search.polish import polish

    asked = Family(name)
    if asked in {Family.RICH, Family.BREEDING}:
        compile_start(asked)
        return
    sample = _sample(asked)
    Session(sample, 0, 4).load([])
    if sample.fleet is None:
        polish(sample, [[client] for client in range(1, sample.n_nodes)])


def _marker(asked: Family) -> Path:
    """Says that the kernels beside it are complete."""
    return DIRECTORY / f"{asked.value}.ready"


def _instance(windows: ArrayLike | None = None) -> Instance:
    places = np.array([[0, 0], [1, 5], [2, 7], [8, 1], [9, 4]])
    return Instance.build(coords=places, delivery=[0, 1, 1, 1, 1], capacity=2, windows=windows, rounding="round")


def _sample(asked: Family) -> Model:
    instance = _instance([[0, 99]] * 5 if asked is Family.WINDOWS else None)
    return general_model(instance) if asked is Family.GENERAL else model(instance)
