"""Functions as solvers, at the top of a module, so that another process finds them."""

from typing import Any

from routewright.data.instance import Instance
from routewright.data.solution import Solution


def single_routes(instance: Instance, time_limit: float, seed: int) -> list[tuple[int, ...]]:
    """One route for each client."""
    return [(client,) for client in instance.clients]


def one_round(instance: Instance, time_limit: float, seed: int, **options: Any) -> Solution:
    """All clients in one route, in their order."""
    return Solution.from_routes([tuple(instance.clients)])


def broken(instance: Instance, time_limit: float, seed: int) -> Solution:
    raise RuntimeError("no idea")
