"""One run of VROOM."""

from datetime import timedelta
from importlib.metadata import version as installed
from math import inf
from typing import Any

from routewright.data.errors import RoutewrightError
from routewright.data.evaluate import evaluate
from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution
from routewright.solvers.absence import missing_package
from routewright.solvers.answer import Answer
from routewright.solvers.monitor import Monitor
from routewright.solvers.vroom.model import build

DEEPEST = 5
STOPS = ("job", "pickup", "delivery")


def version() -> str:
    """Version of the pyvroom package."""
    return installed("pyvroom")


def absent() -> str:
    """What must be installed first."""
    return missing_package("vroom", "pyvroom")


def run(
    instance: Instance,
    monitor: Monitor,
    *,
    seed: int = 0,
    threads: int = 1,
    initial_solution: Solution | None = None,
    exploration: int = DEEPEST,
) -> Answer:
    """Plan once; seed and start are of no account.

    Args:
        instance: the problem.
        monitor: whose limit on time ends the plan, if it does not end before.
        seed: of no account.
        threads: to use.
        initial_solution: of no account.
        exploration: depth of the search, 0 to 5.

    Raises:
        RoutewrightError: if the depth is no such number.
    """
    if exploration not in range(DEEPEST + 1):
        raise RoutewrightError(f"vroom: exploration is {exploration!r}, must be a whole number from 0 to {DEEPEST}")
    problem, types = build(instance)
    limit = monitor.stop.seconds - monitor.wall()
    timeout = None if limit == inf else timedelta(seconds=max(limit, 0.001))
    found = problem.solve(exploration, nb_threads=threads, timeout=timeout).to_dict()
    solution = Solution(tuple(_route(route, types) for route in found["routes"]))
    if not found["unassigned"]:
        monitor.improved(evaluate(instance, solution).cost, 0, solution)
    return Answer(solution, 0)


def _route(route: dict[str, Any], types: list[int]) -> Route:
    clients = tuple(int(step["location_index"]) for step in route["steps"] if step["type"] in STOPS)
    return Route((clients,), vehicle_type=types[route["vehicle"]])
