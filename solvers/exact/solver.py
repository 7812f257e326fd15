"""Proofs: of tours by 1-trees and circuits, of routes by columns and branches."""

from importlib.metadata import version as installed

import numpy as np

from routewright.data.check import check
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers import lk, search
from routewright.solvers.answer import Answer
from routewright.solvers.exact import circuit, one_tree
from routewright.solvers.exact.routes import Proof
from routewright.solvers.exact.support import is_tour
from routewright.solvers.exact.tours import longest_tree
from routewright.solvers.monitor import Monitor
from routewright.solvers.part import Part
from routewright.solvers.stop import Stop

SHARE = 0.1
"""Of the time, which a search gets before the proof, and penalties of 1-trees."""
SECONDS = 2.0
"""That each of them gets at most."""
ITERATIONS = 20_000
"""Of the search."""


def version() -> str:
    """Of OR-Tools, whose linear programs and circuits it needs."""
    return f"with OR-Tools {installed('ortools')}"


def prepare(instance: Instance, stop: Stop) -> None:
    """Compile kernels, or load them from disk."""
    if is_tour(instance):
        lk.prepare(instance, stop)
        one_tree.longest(Instance.build(coords=np.arange(8.0).reshape(-1, 2) ** 2, vehicles=1), _soon())
    else:
        search.prepare(instance, stop)
        Proof(Instance.build(coords=np.arange(8.0).reshape(-1, 2) ** 2), _soon(), None).finish()


def _soon() -> Monitor:
    return Monitor(Stop(iterations=2))


def run(
    instance: Instance, monitor: Monitor, *, seed: int = 0, threads: int = 1, initial_solution: Solution | None = None
) -> Answer:
    """Search first, then prove; ends when the answer is proved to be the best, or by the monitor.

    An iteration is a part of all solutions that was looked into; of a tour, a better one.
    """
    if instance.n_clients == 0:
        return Answer(Solution(), 0, bound=0.0)
    soon = min(SECONDS, SHARE * monitor.seconds_left())
    tour = is_tour(instance)
    found = (lk if tour else search).run(
        instance,
        Part(Stop(wall=soon, iterations=ITERATIONS), monitor, monitor),
        seed=seed,
        initial_solution=initial_solution,
    )
    if tour:
        return circuit.shortest(
            instance, monitor, found.solution, longest_tree(instance, Part(Stop(wall=soon), monitor, None)), seed
        )
    known = None if check(instance, found.solution) else found.solution
    return Proof(instance, monitor, known).finish()
