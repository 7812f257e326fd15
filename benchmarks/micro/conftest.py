"""Instances that every micro-benchmark can count on: generated, so that no file is missing.

    python -m pytest benchmarks/micro                       # time them
    python -m pytest benchmarks/micro --benchmark-autosave  # and keep the numbers in .benchmarks/
    python -m pytest benchmarks/micro --benchmark-compare   # against the last kept ones

They stand outside ``tests``, so the routine suite does not run them.
"""

import pytest

from routewright.data.generators import generate
from routewright.data.instance import Instance
from routewright.data.solution import Solution

SIZES = (100, 1000)


@pytest.fixture(scope="session", params=SIZES, ids=lambda n: f"cvrp-{n}")
def cvrp(request: pytest.FixtureRequest) -> Instance:
    """Capacities only, with integer distances."""
    return generate("xstyle", request.param, seed=1)


@pytest.fixture(scope="session", params=SIZES, ids=lambda n: f"vrptw-{n}")
def vrptw(request: pytest.FixtureRequest) -> Instance:
    """Capacities and time windows."""
    return generate("solomon_like", request.param, seed=1)


def filled(instance: Instance) -> Solution:
    """Routes that take clients in their order while the vehicle holds them; windows do not matter."""
    routes: list[list[int]] = [[]]
    load, capacity = 0.0, float(instance.capacities[0, 0])
    for client in instance.clients:
        demand = float(instance.delivery[client, 0])
        if load + demand > capacity:
            routes.append([])
            load = 0.0
        routes[-1].append(client)
        load += demand
    return Solution.from_routes(routes)


@pytest.fixture(scope="session")
def cvrp_solution(cvrp: Instance) -> Solution:
    """Full vehicles."""
    return filled(cvrp)


@pytest.fixture(scope="session")
def vrptw_solution(vrptw: Instance) -> Solution:
    """Full vehicles, most of them late: the judge then has the most to say."""
    return filled(vrptw)
