"""One run of fast-tsp."""

from importlib.metadata import version as installed
from math import inf

import numpy as np

from routewright.data.evaluate import evaluate
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers.absence import missing_package
from routewright.solvers.answer import Answer
from routewright.solvers.monitor import Monitor
from routewright.solvers.plain import Floats, reasons
from routewright.solvers.tours import beyond_a_tour, symmetric

LARGEST = 65_535
"""Distance that the library takes."""

LEAST_SECONDS = 0.01
DEFAULT_SECONDS = 1.0
"""Where the stop has no limit on time: it knows no other."""


def version() -> str:
    """Version of the fast-tsp package."""
    return installed("fast-tsp")


def absent() -> str:
    """What must be installed first."""
    return missing_package("fast_tsp", "fast-tsp")


def supports(instance: Instance) -> list[str]:
    """Why no tour can be asked for; empty where one can."""
    found = reasons(beyond_a_tour(instance))
    if not found and not symmetric(instance):
        found.append("asymmetric distances")
    return found


def run(
    instance: Instance, monitor: Monitor, *, seed: int = 0, threads: int = 1, initial_solution: Solution | None = None
) -> Answer:
    """Find a tour until the limit on time; seed and start are of no account."""
    from fast_tsp import find_tour

    limit = monitor.stop.seconds if monitor.stop.seconds < inf else DEFAULT_SECONDS
    matrix = _whole(instance.distance_matrix())
    tour = find_tour(matrix.tolist(), max(LEAST_SECONDS, limit - monitor.wall()), max_threads=threads)
    place = tour.index(0)
    solution = Solution.from_routes([[*tour[place + 1 :], *tour[:place]]])
    monitor.improved(evaluate(instance, solution).cost, 0, solution)
    return Answer(solution, 0)


def _whole(matrix: Floats) -> Floats:
    largest = float(matrix.max())
    exact = largest <= LARGEST and bool((matrix == np.rint(matrix)).all())
    factor = 1.0 if exact or largest == 0 else LARGEST / largest
    return np.rint(matrix * factor).astype(np.int64)
